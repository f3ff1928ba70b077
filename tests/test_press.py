"""print.pdf as the printing plant takes it: read with pikepdf, painted with pdfium."""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2 as pdfium
import pytest
from lxml import etree
from PIL import Image

from producer.colour.pictures import most_ink
from producer.errors import ExitCode, Findings, ProducerError
from producer.fit.issue import fit_issue
from producer.layouts import Layout, load_layout
from producer.load import load_issue
from producer.pdf.write import write_pdf
from producer.render import render_issue
from tests.conftest import ROOT, Build, outputs
from tests.issuefactory import IssueFactory, page, picture_inset, place_story, story

DRAWING = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 80 40">'
    '<defs><linearGradient id="g"><stop stop-color="#123456"/><stop offset="1" stop-color="#fc0"/>'
    "</linearGradient></defs>"
    '<rect width="80" height="40" fill="url(#g)"/><g opacity=".5"><path d="M0 0h9v9z" fill="#0a0"/>'
    '<path d="M0 0h5v5z" fill="#322424"/></g><text x="9" y="9" fill="#322424">AB</text></svg>'
)
COLOURS = ("g", "G", "rg", "RG", "cs", "CS", "sc", "SC", "scn", "SCN")


def photograph(mode: str, kind: str, **options: Any) -> bytes:
    ramp = Image.linear_gradient("L").resize((600, 300))
    bands = [ramp, ramp.rotate(180), ramp, Image.new("L", ramp.size, 128)]
    image = Image.merge(mode, bands[: len(mode)]) if len(mode) > 1 else ramp
    buffer = io.BytesIO()
    image.save(buffer, kind, **options)
    return buffer.getvalue()


PICTURES = {
    "rgb.jpg": photograph("RGB", "JPEG"),
    "grey.png": photograph("L", "PNG"),
    "inks.jpg": photograph("CMYK", "JPEG"),
    "alpha.png": photograph("RGBA", "PNG"),
    "drawing.svg": DRAWING.encode(),
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, build: Build) -> Path:
    """A page of the tabloid with pictures of every kind, as print.pdf."""
    factory = IssueFactory(tmp_path_factory.mktemp("press"), images=dict(PICTURES))
    places, factory.stories = [], {}
    for number, name in enumerate(PICTURES):
        id = f"story-{number}"
        inset = {"inset": "one", "row": 3, "rows": 7}
        factory.stories[id] = story("正文。" * 9, insets=[picture_inset("one", name)])
        place = [1 + number % 3 * 2, 2 + number // 3 * 25, 2, 22]
        places.append(place_story(id, rect=place, style="standard", insets=[inset]))
    factory.pages = [page(*places)]
    folder = factory.write()
    build(folder, home=ROOT, only="print")
    return folder


@pytest.fixture
def pdf(folder: Path) -> Iterator[pikepdf.Pdf]:
    with pikepdf.open(outputs(folder) / "print.pdf") as opened:
        yield opened


def streams(pdf: pikepdf.Pdf, kind: str) -> list[Any]:
    found = [each for each in pdf.objects if isinstance(each, pikepdf.Stream)]
    return [each for each in found if each.get("/Subtype") == kind]


def masks(pdf: pikepdf.Pdf) -> set[tuple[int, int]]:
    """Soft masks, of pictures and of graphics states: they hold lightness, no colour."""
    found = {each.SMask.objgen for each in streams(pdf, "/Image") if "/SMask" in each}
    for each in pdf.objects:
        mask = each.get("/SMask") if isinstance(each, pikepdf.Dictionary) else None
        if isinstance(mask, pikepdf.Dictionary):
            found.add(mask.G.objgen)
    return found


def test_all_is_painted_in_inks(pdf: pikepdf.Pdf) -> None:
    hidden = masks(pdf)
    painted = [*pdf.pages, *(each for each in streams(pdf, "/Form") if each.objgen not in hidden)]
    operators = [
        str(one.operator) for each in painted for one in pikepdf.parse_content_stream(each)
    ]
    assert {"k", "K"} >= set(operators) & {"k", "K"} and "k" in operators
    assert [each for each in operators if each in COLOURS] == ["cs", "scn"], "the gradient's"


def test_no_object_has_another_colour_space(pdf: pikepdf.Pdf) -> None:
    hidden = masks(pdf)
    for each in pdf.objects:
        if isinstance(each, (pikepdf.Dictionary, pikepdf.Stream)) and each.objgen not in hidden:
            text = repr(each) if isinstance(each, pikepdf.Dictionary) else repr(dict(each.items()))
            assert not re.search("DeviceRGB|CalRGB|ICCBased|/Lab", text), text
    assert len(streams(pdf, "/Image")) == 5
    shown = [each for each in streams(pdf, "/Image") if each.objgen not in hidden]
    assert {str(each.ColorSpace) for each in shown} == {"/DeviceCMYK"}
    assert {str(one.obj.Group.CS) for one in pdf.pages} == {"/DeviceCMYK"}


def test_pictures_keep_the_limit_of_ink_and_their_resolution(pdf: pikepdf.Pdf) -> None:
    for each in streams(pdf, "/Image"):
        if each.get("/ColorSpace") == "/DeviceCMYK":
            with Image.open(io.BytesIO(each.read_raw_bytes())) as picture:
                assert picture.mode == "CMYK" and most_ink(picture) <= 240
            assert list(each.Decode) == [1, 0] * 4, "as Adobe's marker in the file says"


def test_grey_pictures_are_on_the_black_plate(pdf: pikepdf.Pdf) -> None:
    plates = []
    for each in streams(pdf, "/Image"):
        if each.get("/ColorSpace") == "/DeviceCMYK":
            with Image.open(io.BytesIO(each.read_raw_bytes())) as picture:
                plates.append([band.getextrema()[1] > 9 for band in picture.split()])
    assert plates.count([False, False, False, True]) == 1


def test_black_text_overprints(pdf: pikepdf.Pdf) -> None:
    states = pdf.pages[0].obj.Resources.ExtGState
    assert dict(states["/PressOver"]) == {"/Type": "/ExtGState", "/OP": 1, "/op": 1, "/OPM": 1}
    over, black, shown = False, False, 0
    for one in pikepdf.parse_content_stream(pdf.pages[0]):
        operator = str(one.operator)
        if operator == "gs" and str(one.operands[0]).startswith("/Press"):
            over = str(one.operands[0]) == "/PressOver"
        elif operator == "k":
            black = [float(part) for part in one.operands] == [0, 0, 0, 1]
        elif operator in ("q", "Q"):
            over = black = False if operator == "q" else over
        elif operator == "TJ":
            shown += black and over
    assert shown > 20


def test_the_output_intent_has_the_profile(pdf: pikepdf.Pdf) -> None:
    (intent,) = pdf.Root.OutputIntents
    assert (str(intent.S), str(intent.OutputConditionIdentifier)) == (
        "/GTS_PDFX",
        "WAN-IFRAnewspaper26v5",
    )
    built = ROOT / "colour" / "built" / "WAN-IFRAnewspaper26v5.icc"
    assert intent.DestOutputProfile.read_bytes() == built.read_bytes()
    assert int(intent.DestOutputProfile.N) == 4


def test_what_pdf_x_4_wants_said(pdf: pikepdf.Pdf) -> None:
    assert pdf.pdf_version == "1.6"
    assert pdf.Root.Metadata.get("/Filter") is None, "may be read without unpacking"
    xmp = etree.fromstring(pdf.Root.Metadata.read_bytes())
    said = {etree.QName(each).localname: each.text for each in xmp.iter()}
    assert said["GTS_PDFXVersion"] == str(pdf.docinfo["/GTS_PDFXVersion"]) == "PDF/X-4"
    assert said["Trapped"] == "False" and pdf.docinfo["/Trapped"] == pikepdf.Name("/False")
    assert said["CreateDate"] == said["MetadataDate"] == "2026-12-01T00:00:00Z"
    assert str(pdf.docinfo["/CreationDate"]) == "D:20261201000000Z"
    assert said["DocumentID"] and re.fullmatch(r"uuid:[0-9a-f-]{36}", said["DocumentID"])
    assert not any(key in pdf.Root for key in ("/Names", "/Dests", "/Outlines", "/AcroForm"))
    assert not any("/Annots" in one.obj for one in pdf.pages)


def test_boxes_lie_within_one_another(pdf: pikepdf.Pdf) -> None:
    for one in pdf.pages:
        media, bleed, trim = (
            [float(side) for side in one.obj[f"/{box}"]]
            for box in ("MediaBox", "BleedBox", "TrimBox")
        )
        assert media == bleed == trim


def test_a_layout_may_ask_for_bleed(tabloid: Layout, folder: Path, fonts: Any) -> None:

    size = tabloid.page.model_copy(update={"bleed_mm": 3.0})
    bled = tabloid.model_copy(update={"page": size})
    issue, _ = load_issue(folder)
    edition = fit_issue(issue, bled, fonts, Findings())
    for screen in (False, True):
        rendered = render_issue(edition, bled, fonts, screen=screen)
        rendered.html = rendered.html.replace("<img", "<x")
        written = write_pdf(rendered, edition, bled, fonts, Findings(), tagged=False, pictures={})
        with pikepdf.open(io.BytesIO(written)) as pdf:
            obj = pdf.pages[0].obj
            beyond = float(obj.TrimBox[0]) - float(obj.MediaBox[0])
            assert beyond == pytest.approx(0 if screen else 3 / 25.4 * 72, abs=0.01)
            assert float(obj.TrimBox[2]) - float(obj.TrimBox[0]) == pytest.approx(765.35, abs=0.01)


def test_a_missing_profile_fails_the_build(factory: IssueFactory, build: Build) -> None:
    factory.paper["press"] = {"profile": "plant.icc"}
    factory.stories["alpha"] = story("正文。")
    factory.pages = [page(place_story("alpha", rect=[1, 1, 3, 20]))]
    with pytest.raises(ProducerError) as refused:
        build(factory.write(), only="print")
    assert "colour.file" in [each.id for each in refused.value.problems]
    assert not (outputs(factory.folder) / "print.pdf").exists()


def test_a_picture_with_a_wrong_profile_is_named(factory: IssueFactory, build: Build) -> None:
    profile = (ROOT / "colour" / "built" / "ISOnewspaper26v4.icc").read_bytes()
    factory.images["wrong.png"] = photograph("RGB", "PNG", icc_profile=profile)
    factory.stories["alpha"] = story("正文。", insets=[picture_inset("one", "wrong.png")])
    inset = {"inset": "one", "row": 3, "rows": 5}
    factory.pages = [page(place_story("alpha", rect=[1, 1, 3, 20], insets=[inset]))]
    with pytest.raises(ProducerError) as refused:
        build(factory.write(), only="print")
    (found,) = [each for each in refused.value.problems if each.level == "error"]
    assert found.id == "picture.profile" and "wrong.png" in found.cause()
    assert refused.value.code == ExitCode.BAD_DATA


def test_another_process_writes_the_same_bytes(folder: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "producer", "build", str(folder), "--only", "print"]
    subprocess.run(
        [*command, "--out", str(tmp_path)],
        cwd=ROOT,
        env={**os.environ, "PYTHONHASHSEED": "7"},
        check=True,
        capture_output=True,
    )
    (again,) = tmp_path.rglob("print.pdf")
    assert again.read_bytes() == (outputs(folder) / "print.pdf").read_bytes()


@pytest.mark.parametrize("name", ["tabloid", "broadsheet"])
def test_every_colour_of_the_layout_is_told_in_inks(name: str) -> None:
    """Else it would go through the profile, whose tints are of four inks."""
    layout = load_layout(name, ROOT / "layouts")
    files = [
        file
        for folder in layout.folders
        for kind in ("*.css", "*.svg")
        for file in folder.glob(kind)
    ]
    named = {each for file in files for each in re.findall("#[0-9a-f]{3,6}\\b", file.read_text())}
    long = {
        each if len(each) == 7 else "#" + "".join(sign * 2 for sign in each[1:]) for each in named
    }
    greys = {each for each in long if each[1:3] == each[3:5] == each[5:]}
    assert long - greys == set(layout.inks)


# ---------------------------------------------------------------- marks


@pytest.fixture
def marked(factory: IssueFactory, build: Build) -> Iterator[pikepdf.Pdf]:
    factory.paper |= {"pages": 1, "name": "题正文", "press": {"marks": True}}
    factory.stories["alpha"] = story("正文。" * 9)
    factory.pages = [page(place_story("alpha", rect=[1, 1, 3, 20]))]
    folder = factory.write()
    build(folder, only="print")
    with pikepdf.open(outputs(folder) / "print.pdf") as opened:
        yield opened


def test_marks_stand_beyond_the_trim(marked: pikepdf.Pdf) -> None:
    page = marked.pages[0]
    media, trim = ([float(x) for x in page.obj[key]] for key in ("/MediaBox", "/TrimBox"))
    beyond = 12 / 25.4 * 72
    assert media == pytest.approx([-beyond, -beyond, trim[2] + beyond, trim[3] + beyond], abs=0.001)
    sheet = pdfium_page(marked).convert("L")
    x0, y0 = (round((beyond + 2) * 2),) * 2
    inside = sheet.crop((x0, y0, sheet.width - x0, sheet.height - y0))
    assert inside.getextrema()[0] < 50, "the page is there"
    edge = sheet.crop((round((beyond - 3) * 2), 0, sheet.width, sheet.height))
    near = edge.crop((0, y0 + 20, 2, sheet.height - y0 - 20))
    assert near.getextrema() == (255, 255), "nothing stands where the cutter's tolerance is"


def test_crop_marks_are_on_all_plates_and_the_slug_brings_no_font(marked: pikepdf.Pdf) -> None:
    page = marked.pages[0]
    space = page.obj.Resources.ColorSpace["/PressAll"]
    assert [str(each) for each in list(space)[:3]] == ["/Separation", "/All", "/DeviceCMYK"]
    operators = [str(one.operator) for one in pikepdf.parse_content_stream(page)]
    assert operators.count("S") >= 8
    marks = page.obj.Contents[-1].read_bytes().decode().split("\n")
    assert marks[0] == "Q q" and not any("Tj" in line for line in marks)
    assert sum(line.endswith(" re f") for line in marks) == 8
    assert sum(line == "h" for line in marks) > 10, "the outlines of the slug line"


def pdfium_page(pdf: pikepdf.Pdf) -> Image.Image:
    """The first page, painted at 144 ppi."""
    buffer = io.BytesIO()
    pdf.save(buffer)
    return pdfium.PdfDocument(buffer.getvalue())[0].render(scale=2).to_pil()
