"""The plates of a page: what inks they hold, where these add up, and their pictures."""

from __future__ import annotations

import base64
import io
import shutil
from pathlib import Path

import pytest
from pikepdf import Array, Dictionary, Name, Pdf
from PIL import Image

from producer.preflight.gallery import gallery
from producer.preflight.registry import Result
from producer.preflight.run import Checked, preflight
from producer.preflight.separations import (
    PROCESS,
    RendererFails,
    RendererMissing,
    Separation,
    most_ink,
    separate,
    wet_spots,
)
from tests.independent import needs
from tests.presspdf import BLEED, HEIGHT, MM, WIDTH, PressFile, add, at


@pytest.fixture(scope="module")
def press(tmp_path_factory: pytest.TempPathFactory) -> PressFile:
    return PressFile(tmp_path_factory.mktemp("press"))


def overprinting(x: float, y: float) -> str:
    """A square of 10 mm, cyan and magenta below yellow and black: 340 %, rounded to 341."""
    place = f"{at(x, y)} {10 * MM:.3f} {10 * MM:.3f} re f"
    return f"0.9 0.7 0 0 k {place} q /O gs 0 0 0.9 0.9 k {place} Q"


def ink_plates(pdf: Pdf, folder: Path) -> tuple[Result, Checked]:
    pdf.save(folder / "print.pdf", static_id=True)
    checked = preflight(folder / "print.pdf", "print")
    (result,) = [each for each in checked.results if each.check.id == "ink-plates"]
    return result, checked


# ---------------------------------------------------------------- the inks


def test_plates_hold_the_very_inks_of_the_file(tmp_path: Path) -> None:
    """No profile changes DeviceCMYK; grey is black; overprint in mode 1 spares other plates."""
    needs("gs")
    pdf = Pdf.new()
    page = pdf.add_blank_page(page_size=(100, 50))
    spot = Dictionary(FunctionType=2, Domain=Array([0, 1]), C0=Array([0] * 4), N=1)
    spot.C1 = Array([0, 1, 0, 0])
    page.obj.Resources = Dictionary(
        ExtGState=Dictionary(O=Dictionary(OP=True, op=True, OPM=1)),
        ColorSpace=Dictionary(S=Array([Name.Separation, Name("/专色 红"), Name.DeviceCMYK, spot])),
    )
    page.obj.Contents = pdf.make_stream(
        b"0.5 0.4 0.3 0.2 k 0 0 50 50 re f 0.6 g 50 0 50 50 re f"
        b" /O gs 0 0.8 0 0 k 0 0 20 50 re f /S cs 0.4 scn 60 0 20 50 re f"
    )
    pdf.save(tmp_path / "file.pdf")
    (separation,) = separate(tmp_path / "file.pdf", 72)
    plates = {plate.ink: plate.image for plate in separation.plates}
    assert list(plates) == [*PROCESS, "专色 红"]

    def inks(x: int) -> list[int]:
        return [round(int(image.getpixel((x, 25))) / 2.55) for image in plates.values()]  # type: ignore[arg-type]

    assert inks(30) == [50, 40, 30, 20, 0]
    assert inks(10) == [50, 80, 30, 20, 0]
    assert inks(55) == [0, 0, 0, 40, 0]
    assert inks(70) == [0, 0, 0, 40, 40]
    assert most_ink(separation.total) == pytest.approx(180, abs=1)


def test_black_text_is_on_the_black_plate_alone(press: PressFile, tmp_path: Path) -> None:
    needs("gs")
    press.make().save(tmp_path / "file.pdf")
    for separation in separate(tmp_path / "file.pdf", 72):
        left, top = (round(BLEED + 12 * MM), round(BLEED + 2 * MM))
        plates = [plate.image.crop((left, top, 280, 225)) for plate in separation.plates]
        assert [image.getbbox() for image in plates[:3]] == [None] * 3
        assert plates[3].getextrema() == (0, 255)


def test_without_ghostscript_it_is_skipped(
    press: PressFile, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: None)
    result, checked = ink_plates(press.make(), tmp_path)
    assert (result.state, result.findings[0].problem.id) == ("skipped", "preflight.no-ghostscript")
    assert 'class="plates"' not in gallery([checked], [], "en")
    with pytest.raises(RendererMissing):
        separate(tmp_path / "print.pdf", 72)


def test_a_file_that_cannot_be_rendered(tmp_path: Path) -> None:
    needs("gs")
    (tmp_path / "file.pdf").write_bytes(b"no PDF")
    with pytest.raises(RendererFails, match="error"):
        separate(tmp_path / "file.pdf", 72)


# ---------------------------------------------------------------- where they add up


def test_spots_are_told_apart_the_wettest_first() -> None:
    total = Image.new("I", (100, 100))
    for box, ink in (((10, 10, 14, 12), 700), ((40, 40, 41, 41), 900), ((42, 44, 50, 46), 800)):
        total.paste(ink, box)
    found = list(wet_spots(total, 240, 5))
    assert [box for box, _ in found] == [(40, 40, 50, 46), (10, 10, 14, 12)]
    assert [round(ink) for _, ink in found] == [353, 275]
    # 612 steps are 240 %; what rounding of four plates can make of it is let pass.
    assert not list(wet_spots(Image.new("I", (9, 9), 614), 240, 5))
    assert list(wet_spots(Image.new("I", (9, 9), 615), 240, 5))


def test_each_spot_has_its_place(press: PressFile, tmp_path: Path) -> None:
    needs("gs")
    pdf = press.make()
    add(pdf, overprinting(60, 120), page=1)
    add(pdf, overprinting(60, 100), page=1)
    result, _ = ink_plates(pdf, tmp_path)
    (found,) = result.findings
    assert (found.page, found.problem.values) == (2, {"ink": 341, "limit": 240})
    # A pixel is inked where anything touches it.
    boxes = [(box.x, box.y, box.width, box.height) for box in found.boxes]
    assert boxes == [pytest.approx((60, y, 10, 10), abs=0.5) for y in (90, 110)]


@pytest.mark.parametrize("turned", [0, 90, 180])
def test_places_on_turned_and_cropped_pages(turned: int, press: PressFile, tmp_path: Path) -> None:
    needs("gs")
    pdf = press.make()
    add(pdf, overprinting(60, 100))
    pdf.pages[0].obj.Rotate = turned
    pdf.pages[0].obj.CropBox = Array([BLEED / 2, BLEED, WIDTH + BLEED, HEIGHT + BLEED])
    result, _ = ink_plates(pdf, tmp_path)
    (box,) = result.findings[0].boxes
    assert (box.x, box.y, box.width, box.height) == pytest.approx((60, 90, 10, 10), abs=0.6)


def test_marks_beyond_the_bleed_may_be_wet(press: PressFile, tmp_path: Path) -> None:
    needs("gs")
    pdf = press.make()
    page = pdf.pages[0].obj
    page.MediaBox = Array([-40, -40, WIDTH + 2 * BLEED + 40, HEIGHT + 2 * BLEED + 40])
    page.BleedBox = Array([0, 0, WIDTH + 2 * BLEED, HEIGHT + 2 * BLEED])
    add(pdf, overprinting(40, -5))
    # A mark on all plates, as registration colour has it.
    add(pdf, f"1 1 1 1 k {at(40, -6)} 20 2 re f")
    result, checked = ink_plates(pdf, tmp_path)
    assert result.state == "passed"
    assert {each.state for each in checked.results if each.check.id == "ink-total"} == {"passed"}
    add(pdf, overprinting(60, 100))
    (box,) = ink_plates(pdf, tmp_path)[0].findings[0].boxes
    assert (box.x, box.y) == pytest.approx((60, 90), abs=0.6)


def test_what_is_told_of_objects_is_not_told_again(press: PressFile, tmp_path: Path) -> None:
    """A text line of 300 % beside a sum of 340 %: each is one check's."""
    needs("gs")
    pdf = press.make()
    square = f"{10 * MM:.3f} {10 * MM:.3f} re f"
    add(pdf, f"q 0.9 0.9 0.9 0.3 k {at(60, 120)} {square} {at(72, 120)} {square} Q")
    add(pdf, overprinting(60, 100))
    result, checked = ink_plates(pdf, tmp_path)
    (box,) = result.findings[0].boxes
    assert (box.x, box.y, box.width) == pytest.approx((60, 90, 10), abs=0.6)
    (objects,) = [each for each in checked.results if each.check.id == "ink-total"]
    assert [len(each.boxes) for each in objects.findings] == [2]


# ---------------------------------------------------------------- their pictures


def test_the_page_of_results_shows_the_plates(press: PressFile, tmp_path: Path) -> None:
    needs("gs")
    pdf = press.make()
    add(pdf, overprinting(60, 100))
    _, checked = ink_plates(pdf, tmp_path)
    assert [type(each) for each in checked.separations] == [Separation] * 2
    text = gallery([checked], [], "en")
    assert text.count('<div class="plates">') == 2
    assert text.count("data:image/") == 2 + 2 * 5
    assert "total ink: at most 341 %, limit 240 % (red is over it)" in text
    heat = text.split("data:image/png;base64,")[1].split('"')[0]
    image = Image.open(io.BytesIO(base64.b64decode(heat))).convert("RGB")
    scale = image.width / (WIDTH + 2 * BLEED)
    wet = (round((BLEED + 65 * MM) * scale), round((BLEED + 95 * MM) * scale))
    assert image.getpixel(wet) == (200, 0, 40)
    assert (200, 0, 40) not in {image.getpixel((x, 20)) for x in range(image.width)}
