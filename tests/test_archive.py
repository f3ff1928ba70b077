"""archive.pdf holds the issue: the same bytes from it alone; and no file tricks its reader."""

from __future__ import annotations

import io
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from producer import unpack
from producer.batch import build_one
from producer.build import BuildOptions
from producer.errors import ExitCode
from producer.report import Report
from producer.unpack import unpacked
from tests.conftest import ROOT, Build, outputs
from tests.issuefactory import IssueFactory, page, picture_inset, place_story, png, story

BOTH = "print,archive"
PROFILE = ROOT / "colour" / "built" / "ISOnewspaper26v4.icc"


@pytest.fixture
def folder(factory: IssueFactory) -> Path:
    factory.paper["press"] = {"profile": "plant.icc"}
    factory.images["桥 1.png"] = png(30, 20)
    factory.images["unused.png"] = png()
    insets = [picture_inset("one", "桥 1.png")]
    factory.stories = {"alpha": story("正文。" * 9, insets=insets), "beta": story("另一篇。")}
    inset = {"inset": "one", "row": 3, "rows": 5}
    factory.pages = [
        page(
            place_story("alpha", rect=[1, 1, 3, 14], insets=[inset]),
            place_story("beta", rect=[1, 16, 3, 8]),
        )
    ]
    folder = factory.write()
    shutil.copy(PROFILE, folder.parent / "plant.icc")
    return folder


def rebuilt(archive: Path, out: Path, home: Path, only: str = BOTH) -> Report:
    """What becomes of an archive edition that lies somewhere else."""
    options = BuildOptions(out=out, home=home, only=frozenset(only.split(",")))
    return build_one(archive, options, None)


def test_the_issue_is_built_again_from_its_archive_alone(
    folder: Path, build: Build, tiny_root: Path, tmp_path: Path
) -> None:
    build(folder, only=BOTH)
    made = {name: (outputs(folder) / name).read_bytes() for name in ("print.pdf", "archive.pdf")}
    kept = tmp_path / "kept" / "1.PDF"
    kept.parent.mkdir()
    kept.write_bytes(made["archive.pdf"])
    shutil.rmtree(folder.parent)
    report = rebuilt(kept, tmp_path / "again", tiny_root)
    assert report.code == ExitCode.OK and report.issue == "sample/2026-12-01"
    again = tmp_path / "again" / "sample" / "2026-12-01"
    assert {name: (again / name).read_bytes() for name in made} == made


def test_another_plan_is_kept_too(
    folder: Path, build: Build, tiny_root: Path, tmp_path: Path
) -> None:
    build(folder, only="plan")
    plan = tmp_path / "plan.json"
    text = (outputs(folder) / "plan.json").read_text("utf-8")
    plan.write_text(text.replace('"section": "要闻"', '"section": "民生"'), "utf-8")
    build(folder, only=BOTH, plan=plan)
    archive = outputs(folder) / "archive.pdf"
    assert rebuilt(archive, tmp_path / "again", tiny_root).code == ExitCode.OK
    again = tmp_path / "again" / "sample" / "2026-12-01"
    assert (again / "print.pdf").read_bytes() == (outputs(folder) / "print.pdf").read_bytes()
    with unpacked(archive) as (data, own):
        assert own is not None and "民生" in own.read_text("utf-8")
        assert "要闻" in (data / "issue.yaml").read_text("utf-8")


def test_what_is_attached(folder: Path, build: Build) -> None:
    build(folder, only="archive")
    with pikepdf.open(outputs(folder) / "archive.pdf") as pdf:
        names = [str(each.UF) for each in pdf.Root.AF]
        kinds = {str(each.EF.F.Subtype) for each in pdf.Root.AF}
        said = pdf.open_metadata()
        assert said.pdfa_status == "3A" and "pdfuaid:part" not in said
        assert {str(each.AFRelationship) for each in pdf.Root.AF} == {"/Source"}
    home = "sample/2026-12-01"
    assert names == [
        "sample/paper.yaml",
        f"{home}/issue.yaml",
        f"{home}/stories/alpha.md",
        f"{home}/stories/beta.md",
        f"{home}/images/桥 1.png",
        "sample/plant.icc",
    ]
    assert {"/text/markdown", "/application/yaml", "/image/png"} <= kinds


# ---------------------------------------------------------------- files from outside


@pytest.fixture
def archive(folder: Path, build: Build) -> Path:
    build(folder, only="archive")
    return outputs(folder) / "archive.pdf"


def rename(pdf: pikepdf.Pdf, name: str) -> None:
    pdf.Root.AF[2].UF = name


def unreadable(pdf: pikepdf.Pdf) -> None:
    pdf.Root.AF[2].EF.F.write(b"00>", filter=pikepdf.Name.ASCIIHexDecode)


def stripped(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.AF


@pytest.mark.parametrize(
    ("harm", "id"),
    [
        (lambda pdf: rename(pdf, "../outside.md"), "archive.unsafe"),
        (lambda pdf: rename(pdf, "/etc/outside.md"), "archive.unsafe"),
        (
            lambda pdf: rename(pdf, "sample/2026-12-01/../../../outside.md"),
            "archive.unsafe",
        ),
        (lambda pdf: rename(pdf, "sample\\outside.md"), "archive.unsafe"),
        (lambda pdf: rename(pdf, "C:/outside.md"), "archive.unsafe"),
        (unreadable, "archive.broken"),
        (stripped, "archive.no-data"),
    ],
)
def test_a_harmful_file_is_refused(
    archive: Path, tmp_path: Path, harm: Callable[[pikepdf.Pdf], Any], id: str
) -> None:
    with pikepdf.open(archive, allow_overwriting_input=True) as pdf:
        harm(pdf)
        pdf.save(archive, compress_streams=False)
    report = rebuilt(archive, tmp_path / "again", tmp_path)
    assert [each.id for each in report.problems] == [id]
    assert not list(tmp_path.rglob("outside.md"))


def test_what_unpacks_without_end_is_refused(
    archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(unpack, "_BYTES", 100_000)
    with pikepdf.open(archive, allow_overwriting_input=True) as pdf:
        pdf.Root.AF[2].EF.F.write(bytes(10_000_000))
        pdf.save(archive)
    report = rebuilt(archive, tmp_path / "again", tmp_path)
    assert [each.id for each in report.problems] == ["archive.too-large"]


def test_a_pdf_of_other_origin_is_no_issue(tmp_path: Path) -> None:
    other = tmp_path / "other.pdf"
    buffer = io.BytesIO()
    empty = pikepdf.new()
    empty.add_blank_page()
    empty.save(buffer)
    for content, id in ((buffer.getvalue(), "archive.no-data"), (b"%PDF-1.7", "archive.broken")):
        other.write_bytes(content)
        report = rebuilt(other, tmp_path / "again", tmp_path)
        assert [each.id for each in report.problems] == [id]
