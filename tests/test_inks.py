"""Colours in inks: the layout's table, black for text and greys, and the limit of total ink."""

from __future__ import annotations

import io
from typing import Any

import pikepdf
import pytest
from PIL import Image, ImageCms

from producer.colour.inks import InkTable
from producer.colour.pictures import (
    PictureError,
    flatten,
    in_inks,
    in_srgb,
    limit_ink,
    most_ink,
    press_jpeg,
)
from producer.colour.profile import Profile, load_profile
from producer.pdf.content import UnknownColour, recolour
from tests.conftest import ROOT

LIMIT = 240
RED = (0xB0 / 255, 0x40 / 255, 0x2F / 255)
BROWN = (0x32 / 255, 0x24 / 255, 0x24 / 255)


@pytest.fixture(scope="module")
def newsprint() -> Profile:
    return load_profile("wan-ifra-26v5", ROOT / "colour", ROOT)


@pytest.fixture(scope="module")
def inks(newsprint: Profile) -> InkTable:
    return InkTable({"#b0402f": (0, 85, 80, 25)}, newsprint, LIMIT)


# ---------------------------------------------------------------- colours


def test_black_and_greys_are_black_ink_alone(inks: InkTable) -> None:
    for grey in (0, 0.5, 1):
        for of in (inks.of_text, inks.of_area):
            assert of((grey, grey, grey)) == pytest.approx((0, 0, 0, 1 - grey), abs=0.002)


def test_the_layout_says_the_inks_of_its_colours(inks: InkTable) -> None:
    assert inks.of_text(RED) == inks.of_area(RED) == (0, 0.85, 0.8, 0.25)


def test_text_has_two_colours_and_black_at_most(inks: InkTable, newsprint: Profile) -> None:
    c, m, y, k = inks.of_text(BROWN)
    assert c == 0 and m == y < 0.06 and k > 0.8
    assert min(inks.of_area(BROWN)) > 0.1, "an area goes through the profile"


@pytest.mark.parametrize(
    ("colour", "black"), [((29, 31, 34), 1.0), ((51, 45, 40), 1.0), ((60, 66, 70), 185 / 255)]
)
def test_text_that_is_nearly_grey_is_black_ink_alone(
    inks: InkTable, colour: tuple[int, int, int], black: float
) -> None:
    red, green, blue = (part / 255 for part in colour)
    assert inks.of_text((red, green, blue)) == pytest.approx((0, 0, 0, black))


def test_an_area_keeps_the_limit(newsprint: Profile) -> None:
    table = InkTable({}, newsprint, 150)
    assert sum(newsprint.inks(BROWN)) > 1.5 >= sum(table.of_area(BROWN)) - 1e-9


# ---------------------------------------------------------------- content streams


def run(content: bytes, inks: InkTable, is_page: bool = True) -> str:
    pdf = pikepdf.new()
    stream = pdf.make_stream(content)
    made = recolour(pikepdf.parse_content_stream(stream), inks, is_page=is_page)
    return " ".join(" ".join([*map(str, operands), operator]) for operands, operator in made)


def test_black_text_overprints_and_white_text_does_not(inks: InkTable) -> None:
    made = run(b"BT (a) Tj 1 1 1 rg (b) Tj ET", inks)
    assert made == (
        "BT 0.0 0.0 0.0 1.0 k /PressOver gs a Tj 0.0 0.0 0.0 0.0 k /PressKnock gs b Tj ET"
    )


def test_the_state_returns_with_the_stack(inks: InkTable) -> None:
    made = run(b"0 0 0 rg q BT (a) Tj ET Q 0 0 1 1 re f", inks)
    assert made.endswith("Q 0.0 0.0 0.0 1.0 k 0 0 1 1 re f"), "no overprint is left to switch off"


def test_no_colour_is_set_between_a_path_and_its_painting(inks: InkTable) -> None:
    made = run(b"0.690196 0.25098 0.184314 rg 0 0 m 1 0 l h f", inks)
    assert made == "0.0 0.85 0.8 0.25 k 0 0 m 1 0 l h f"


def test_text_and_area_of_one_colour_differ(inks: InkTable) -> None:
    made = run(b"0.196 0.141 0.141 rg 0 0 1 1 re f BT (a) Tj ET", inks)
    assert made.count(" k ") == 2


def test_strokes_greys_and_inks(inks: InkTable) -> None:
    assert run(b"0.5 G 0 0 m 1 1 l S", inks).startswith("0.0 0.0 0.0 0.498 K")
    assert run(b"0.1 0.2 0.3 0.4 k 0 0 1 1 re f", inks).startswith("0.1 0.2 0.3 0.4 k")
    assert run(b"/DeviceCMYK cs 1 0 0 0 scn 0 0 1 1 re f", inks).startswith("1.0 0.0 0.0 0.0 k")


def test_a_pattern_stays_one(inks: InkTable) -> None:
    assert run(b"/Pattern cs /p0 scn 0 0 1 1 re f", inks) == "/Pattern cs /p0 scn 0 0 1 1 re f"


def test_a_form_inherits_its_colour(inks: InkTable) -> None:
    assert run(b"0 0 1 1 re f", inks, is_page=False) == "0 0 1 1 re f"


@pytest.mark.parametrize("content", [b"/Lab cs 1 0 0 scn", b"BI /W 1 /H 1 /BPC 8 /CS /G ID a EI"])
def test_other_colours_are_refused(inks: InkTable, content: bytes) -> None:
    with pytest.raises(UnknownColour):
        run(content, inks)


# ---------------------------------------------------------------- pictures


def gradient(mode: str = "RGB") -> Image.Image:
    ramp = Image.linear_gradient("L").resize((64, 64))
    bands = [ramp, ramp.rotate(90), ramp.rotate(180), ramp.rotate(270)]
    return Image.merge(mode, bands[: len(mode)])


def saved(image: Image.Image, kind: str, **options: Any) -> Image.Image:
    buffer = io.BytesIO()
    image.save(buffer, kind, **options)
    return Image.open(io.BytesIO(buffer.getvalue()))


def test_limiting_keeps_the_colour_and_the_limit() -> None:
    full = Image.merge("CMYK", [Image.new("L", (64, 64), 230), *gradient("RGB").split()])
    assert most_ink(full) > 280
    made = limit_ink(full, LIMIT)
    assert most_ink(made) <= LIMIT
    light = Image.new("CMYK", (2, 2), (50, 60, 70, 80))
    assert limit_ink(light, LIMIT) is light
    (pixel,) = {limit_ink(Image.new("CMYK", (1, 1), (200, 200, 200, 60)), LIMIT).getpixel((0, 0))}
    assert isinstance(pixel, tuple)
    assert pixel[0] == pixel[1] == pixel[2] < 200 and pixel[3] > 60, "grey gives way to black"


def test_packing_does_not_go_over_the_limit() -> None:
    noise = Image.effect_noise((96, 96), 200)
    rough = Image.merge("CMYK", [noise, noise.rotate(90), noise.rotate(180), noise.rotate(270)])
    with Image.open(io.BytesIO(press_jpeg(rough, LIMIT))) as packed:
        assert packed.mode == "CMYK"
        assert 200 < most_ink(packed) <= LIMIT


@pytest.mark.parametrize("mode", ["RGB", "L", "CMYK"])
def test_modes_that_stay(mode: str) -> None:
    assert flatten(gradient(mode)).image.mode == mode


def test_sixteen_bits_are_rounded_to_eight() -> None:
    deep = Image.new("I;16", (2, 1))
    deep.putpixel((0, 0), 65535)
    deep.putpixel((1, 0), 32896)
    flat = flatten(saved(deep, "PNG"))
    assert flat.image.mode == "L" and flat.image.tobytes() == bytes([255, 128])


def test_indexed_and_line_art() -> None:
    assert flatten(saved(gradient().quantize(8), "PNG")).image.mode == "RGB"
    assert flatten(Image.new("1", (2, 2), 1)).image.tobytes() == b"\xff" * 4


def test_transparency_is_kept_apart() -> None:
    flat = flatten(saved(gradient("RGBA"), "PNG"))
    assert flat.image.mode == "RGB" and flat.alpha is not None
    opaque = gradient("RGB").convert("RGBA")
    assert flatten(opaque).alpha is None
    keyed = saved(Image.new("RGB", (4, 4), "red"), "PNG", transparency=(255, 0, 0))
    alpha = flatten(keyed).alpha
    assert alpha is not None and alpha.getextrema() == (0, 0)


def test_exif_turns_the_picture() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    flat = flatten(saved(gradient().resize((40, 20)), "JPEG", exif=exif))
    assert flat.image.size == (20, 40)


def test_adobes_cmyk_and_plain_cmyk_mean_the_same() -> None:
    """Pillow writes Adobe's marker and turns the values round; without it they are plain."""
    image = Image.new("CMYK", (8, 8), (255, 0, 0, 0))
    buffer = io.BytesIO()
    image.save(buffer, "JPEG", quality=95)
    marked = buffer.getvalue()
    assert flatten(Image.open(io.BytesIO(marked))).image.getpixel((0, 0)) == (255, 0, 0, 0)
    at = marked.index(b"\xff\xee")
    plain = marked[:at] + marked[at + 2 + int.from_bytes(marked[at + 2 : at + 4], "big") :]
    assert b"Adobe" not in plain
    assert flatten(Image.open(io.BytesIO(plain))).image.getpixel((0, 0)) == (0, 255, 255, 255)


def test_greys_are_black_ink_and_inks_stay(newsprint: Profile) -> None:
    grey = in_inks(flatten(gradient("L")), newsprint, LIMIT)
    assert [band.getextrema()[1] for band in grey.split()][:3] == [0, 0, 0]
    own = Image.new("CMYK", (2, 2), (10, 20, 30, 40))
    assert in_inks(flatten(own), newsprint, LIMIT).getpixel((0, 0)) == (10, 20, 30, 40)


def test_an_embedded_profile_is_followed(newsprint: Profile) -> None:
    own = gradient("CMYK")
    own.info["icc_profile"] = newsprint.data
    assert in_inks(flatten(own), newsprint, 400).tobytes() == own.tobytes()
    lab = in_srgb(flatten(own)).image
    assert lab.mode == "RGB" and lab.tobytes() != own.convert("RGB").tobytes()


def test_a_profile_of_other_colours_is_refused(newsprint: Profile) -> None:
    wrong = gradient("RGB")
    wrong.info["icc_profile"] = newsprint.data
    with pytest.raises(PictureError, match="CMYK"):
        flatten(wrong)
    screen = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    wrong.info["icc_profile"] = screen[:200]
    with pytest.raises(PictureError):
        in_inks(flatten(wrong), newsprint, LIMIT)


def test_a_picture_is_never_enlarged() -> None:
    flat = flatten(gradient())
    assert flat.within(1000).image.size == (64, 64)
    assert flat.within(16).image.size == (16, 16)
