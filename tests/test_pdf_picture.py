"""PDF advertisements: placed as vector in print, painted for the screen, refused by their fault."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2 as pdfium
import pytest
from PIL import Image

from producer.errors import Findings, Place
from producer.pdfpicture import PdfPictureError, read_pdf, render_pdf
from producer.pictures import read_pictures
from tests.conftest import ROOT, Build, outputs
from tests.issuefactory import IssueFactory, page, place_story, story

# Half cyan, half black by a colour that is never set; something stands outside the trim.
CONTENT = b"0 0 60 40 re f 1 0 0 0 k 60 10 50 30 re f 0 1 1 0 k 0 0 10 40 re f"


def advert(content: bytes = CONTENT, **resources: Any) -> pikepdf.Pdf:
    """One page of 120 × 50 pt with a trim of 100 × 30 pt."""
    pdf = pikepdf.new()
    one = pdf.add_blank_page(page_size=(120, 50))
    one.obj.TrimBox = pikepdf.Array([10, 10, 110, 40])
    one.obj.Contents = pdf.make_stream(content)
    one.obj.Resources = pikepdf.Dictionary(**resources)
    return pdf


def saved(pdf: pikepdf.Pdf) -> bytes:
    buffer = io.BytesIO()
    pdf.save(buffer, deterministic_id=True)
    return buffer.getvalue()


def rotate(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].obj.Rotate = 90


def two_pages(pdf: pikepdf.Pdf) -> None:
    pdf.add_blank_page()


def loose_font(pdf: pikepdf.Pdf) -> None:
    font = pikepdf.Dictionary(
        Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
    )
    pdf.pages[0].obj.Resources.Font = pikepdf.Dictionary(F1=pdf.make_indirect(font))


def rgb_picture(pdf: pikepdf.Pdf) -> None:
    image = pdf.make_stream(bytes(3), Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Image)
    image.ColorSpace = pikepdf.Name.DeviceRGB
    pdf.pages[0].obj.Resources.XObject = pikepdf.Dictionary(I=image)


def rgb_operator(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].contents_add(b"1 0 0 rg")


def rgb_within_the_stream(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].contents_add(b"BI /W 1 /H 1 /BPC 8 /CS /RGB ID abc EI")


def rgb_in_a_pattern(pdf: pikepdf.Pdf) -> None:
    tile = pdf.make_stream(b"1 0 0 rg 0 0 4 4 re f", PatternType=1, PaintType=1)
    pdf.pages[0].obj.Resources.Pattern = pikepdf.Dictionary(P=tile)


def lab_far_away(pdf: pikepdf.Pdf) -> None:
    """As many spaces as no object's short form shows, the last below an indirect one."""
    lab = pdf.make_indirect(pikepdf.Array([pikepdf.Name.Lab, pikepdf.Dictionary()]))
    spaces = {f"/C{number}": pikepdf.Name.DeviceCMYK for number in range(200)}
    spaces["/Z"] = pdf.make_indirect(pikepdf.Array([pikepdf.Name.Pattern, lab]))
    pdf.pages[0].obj.Resources.ColorSpace = pikepdf.Dictionary(spaces)


def test_the_trim_is_its_size(tmp_path: Path) -> None:
    path = tmp_path / "ad.pdf"
    path.write_bytes(saved(advert()))
    assert read_pdf(path) == pytest.approx((100 / 0.75, 30 / 0.75))
    image = render_pdf(path, 200)
    assert image.size == (200, 60)
    assert max(image.getpixel((50, 30))) < 50 and image.getpixel((150, 30))[2] > 200  # type: ignore[arg-type,index]


@pytest.mark.parametrize(
    ("harm", "what"),
    [
        (rotate, "Rotate"),
        (two_pages, "2 pages"),
        (loose_font, "Helvetica is not embedded"),
        (rgb_picture, "DeviceRGB"),
        (rgb_operator, "DeviceRGB"),
        (rgb_within_the_stream, "DeviceRGB"),
        (rgb_in_a_pattern, "DeviceRGB"),
        (lab_far_away, "Lab"),
    ],
)
def test_what_the_press_cannot_take_is_told(
    tmp_path: Path, harm: Callable[[pikepdf.Pdf], None], what: str
) -> None:
    pdf = advert()
    harm(pdf)
    (tmp_path / "ad.pdf").write_bytes(saved(pdf))
    with pytest.raises(PdfPictureError, match=what):
        read_pdf(tmp_path / "ad.pdf")


def test_a_broken_file_is_a_finding_that_names_it(tmp_path: Path) -> None:
    (tmp_path / "ad.pdf").write_bytes(b"%PDF-1.4 and no more")
    findings = Findings()
    assert read_pictures(tmp_path, {"ad.pdf": Place("issue.yaml", 3)}, findings) == {}
    (found,) = findings
    assert found.id == "picture.pdf" and "ad.pdf" in found.cause()


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory, build: Build) -> Path:
    factory = IssueFactory(tmp_path_factory.mktemp("advert"))
    factory.images["告 1.pdf"] = saved(advert())
    factory.stories = {"alpha": story("正文。")}
    ad = {"advertisement": "告 1.pdf", "alt": "广告", "rect": [1, 41, 3, 20], "epub": True}
    factory.pages = [page(place_story("alpha", rect=[1, 1, 6, 20]), ad)]
    folder = factory.write()
    build(folder, home=ROOT, only="print,screen,plan,epub")
    return outputs(folder)


def test_print_has_the_advertisement_as_vector_and_in_its_inks(out: Path) -> None:
    with pikepdf.open(out / "print.pdf") as pdf:
        forms = [
            each
            for each in pdf.objects
            if isinstance(each, pikepdf.Stream) and each.get("/Subtype") == "/Form"
        ]
        (form,) = [each for each in forms if CONTENT in each.read_bytes()]
        assert [float(side) for side in form.BBox] == [10, 10, 110, 40]
        assert form.read_bytes().startswith(b"0 0 0 1 k")


@pytest.mark.parametrize("name", ["print.pdf", "screen.pdf"])
def test_it_stands_in_its_box(out: Path, name: str) -> None:
    """Its halves meet in the middle of the frame, and nothing from beyond its trim is seen."""
    plan = json.loads((out / "plan.json").read_text("utf-8"))
    left, top, width, height = plan["edition"][0]["advertisements"][0]["mm"]
    image = pdfium.PdfDocument(out / name)[0].render(scale=72 / 25.4).to_pil().convert("RGB")

    def at(x: float, y: float) -> Any:
        return image.getpixel((round((left + width * x) * 8), round((top + height * y) * 8)))

    image = image.resize((270 * 8, 390 * 8), Image.Resampling.NEAREST)
    ratio = width * 0.3 / height
    black, cyan = at(0.25, 0.5), at(0.75, 0.5)
    assert max(black) < 60 and cyan[0] < 60 and cyan[2] > 200
    assert max(at(0.02, 0.5)) < 60, "the red beyond the trim is cut away"
    assert at(0.25, 0.5 - ratio * 0.6) == (255, 255, 255), "it is shown whole"


def test_the_e_book_has_it_as_a_picture(out: Path) -> None:
    with zipfile.ZipFile(next(out.glob("*.epub"))) as book:
        sizes = [
            Image.open(io.BytesIO(book.read(name))).size
            for name in book.namelist()
            if name.endswith(".png")
        ]
    assert any(width / height == pytest.approx(100 / 30, rel=0.01) for width, height in sizes)
