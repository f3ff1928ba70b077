"""print.pdf by other eyes than the writer's: Ghostscript, MuPDF and Poppler agree that it is right.

The judges are those of `make check-pdf`; each is shown what it must not let pass as well.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from pikepdf import Name, Pdf

from producer.preflight.separations import PROCESS, separate
from tests.conftest import ROOT, Build, outputs
from tests.independent import needs
from tests.issuefactory import IssueFactory, page, place_story, story
from tests.presspdf import MM, PressFile, add, at, picture
from tools import check_pdf

PROGRAMS = {
    "ink_coverage": "gs",
    "plates": "gs",
    "mupdf": "mutool",
    "fonts": "pdffonts",
    "images": "pdfimages",
}


def faults(judge: str, path: Path) -> list[str]:
    needs(PROGRAMS[judge])
    return list(getattr(check_pdf, judge)(path))


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory, build: Build) -> Path:
    """The sample issue's print.pdf."""
    folder = tmp_path_factory.mktemp("sample") / "issues" / "yangcheng"
    shutil.copytree(ROOT / "issues" / "yangcheng", folder)
    issue = folder / "2026-12-01"
    build(issue, home=ROOT, only="print")
    return outputs(issue) / "print.pdf"


@pytest.mark.parametrize("judge", PROGRAMS)
def test_the_sample_is_right(judge: str, sample: Path) -> None:
    assert faults(judge, sample) == []


def test_text_is_on_the_black_plate_only(tmp_path: Path, build: Build) -> None:
    needs("gs")
    factory = IssueFactory(tmp_path)
    # A byline ends the story: the end mark that stands there otherwise is red.
    factory.stories = {"alpha": story("正文有字，**也有黑体**。" * 90, byline="记者 林栀子")}
    factory.pages = [page(place_story("alpha", rect=[1, 5, 6, 50]))]
    folder = factory.write()
    build(folder, home=ROOT, only="print,plan")
    plan = json.loads((outputs(folder) / "plan.json").read_text("utf-8"))
    (part,) = plan["edition"][0]["parts"]
    left, top, width, height = (side / 25.4 * 144 for side in part["mm"])
    area = round(left), round(top), round(left + width), round(top + height)
    (separation,) = separate(outputs(folder) / "print.pdf", 144)
    inked = {plate.ink: plate.image.crop(area).getbbox() is not None for plate in separation.plates}
    assert inked == {ink: ink == "Black" for ink in PROCESS}


# ---------------------------------------------------------------- what they must see


def rich_black(pdf: Pdf) -> None:
    for one in pdf.pages:
        black = one.obj.Contents.read_bytes().replace(b"0 0 0 1 k", b"0.5 0.4 0.4 1 k")
        one.obj.Contents = pdf.make_stream(black)


def overprinting(pdf: Pdf) -> None:
    square = f"{at(60, 120)} {10 * MM:.3f} {10 * MM:.3f} re f"
    add(pdf, f"0.9 0.7 0 0 k {square} /O gs 0 0 0.9 0 k {square}")


def rgb_rule(pdf: Pdf) -> None:
    add(pdf, f"0.2 0.2 0.8 RG 1 w {at(12, 75)} m {at(40, 75)} l S")


def rgb_picture(pdf: Pdf) -> None:
    pdf.pages[0].obj.Resources.XObject.I = pdf.make_indirect(picture(pdf, 200, space="RGB"))


def coarse_picture(pdf: Pdf) -> None:
    pdf.pages[0].obj.Resources.XObject.I = pdf.make_indirect(picture(pdf, 90))


def whole_font(pdf: Pdf) -> None:
    for one in pdf.pages:
        one.obj.Resources.Font.F.BaseFont = Name.Square


def loose_font(pdf: Pdf) -> None:
    del pdf.pages[0].obj.Resources.Font.F.DescendantFonts[0].FontDescriptor["/FontFile2"]


@pytest.mark.parametrize(
    ("judge", "spoil", "told"),
    [
        ("plates", overprinting, "page 1: 25"),
        ("plates", rgb_picture, "% of ink"),
        ("mupdf", rgb_rule, "DeviceRGB"),
        ("mupdf", rgb_picture, "DeviceRGB"),
        ("images", rgb_picture, "page 1: a picture in rgb"),
        ("images", coarse_picture, "90 × 90 ppi"),
        ("fonts", whole_font, "Square"),
        ("fonts", loose_font, "ABCDEF+Square"),
    ],
)
def test_a_judge_sees_what_is_wrong(
    judge: str, spoil: Callable[[Pdf], None], told: str, tmp_path: Path
) -> None:
    pdf = PressFile(tmp_path).make()
    # Its profile is a header only, which Poppler complains of.
    del pdf.Root.OutputIntents
    pdf.save(tmp_path / "clean.pdf")
    assert faults(judge, tmp_path / "clean.pdf") == []
    spoil(pdf)
    pdf.save(tmp_path / "spoilt.pdf")
    assert any(told in fault for fault in faults(judge, tmp_path / "spoilt.pdf"))


def test_text_in_four_inks_covers_all_plates_alike(tmp_path: Path) -> None:
    pdf = PressFile(tmp_path).make()
    for one in pdf.pages:
        content = one.obj.Contents.read_bytes().split(b"0 0 0 1 K")[0]
        one.obj.Contents = pdf.make_stream(content)
    pdf.save(tmp_path / "clean.pdf")
    assert faults("ink_coverage", tmp_path / "clean.pdf") == []
    rich_black(pdf)
    pdf.save(tmp_path / "spoilt.pdf")
    assert len(faults("ink_coverage", tmp_path / "spoilt.pdf")) == 2


def test_a_missing_program_is_skipped_but_never_in_a_ci(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: None)
    monkeypatch.setattr(check_pdf, "class_path", lambda: "")
    judges = tuple(each for each in check_pdf.CHECKS if each[1] != "preflight")
    monkeypatch.setattr(check_pdf, "CHECKS", judges)
    monkeypatch.setenv("CI", "")
    assert check_pdf.check(tmp_path) == {"passed": 0, "failed": 0, "skipped": len(judges)}
    assert "SKIPPED (not passed) MuPDF: mutool is missing" in capsys.readouterr().out
    with pytest.raises(pytest.skip.Exception):
        needs("gs")
    monkeypatch.setenv("CI", "true")
    assert check_pdf.check(tmp_path) == {"passed": 0, "failed": len(judges), "skipped": 0}
    with pytest.raises(pytest.fail.Exception):
        needs("gs")
