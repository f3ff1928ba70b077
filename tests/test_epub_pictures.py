"""Pictures of the e-book: what is kept, what is converted, and text of drawings as outlines."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from lxml import etree
from PIL import Image, ImageCms

from producer.epub.drawings import read_drawing
from producer.epub.pages import THUMBNAIL_WIDTH, draw_pages
from producer.epub.pictures import LONG_SIDE, Resource, read_pictures
from producer.errors import Findings, Place
from producer.fonts.library import FontLibrary
from producer.model import Picture
from tests.conftest import make_issue, make_story
from tests.fonts import square
from tests.issuefactory import page, place_story
from tests.test_epub_rich import blank_pdf

Convert = Callable[[str, bytes], tuple[Resource, str]]
RED, GREEN = (255, 0, 0), (0, 255, 0)


def image_bytes(
    kind: str,
    mode: str = "RGB",
    size: tuple[int, int] = (40, 20),
    color: object = None,
    **more: object,
) -> bytes:
    target = io.BytesIO()
    Image.new(mode, size, color or 0).save(target, kind, **more)  # type: ignore[arg-type]
    return target.getvalue()


@pytest.fixture
def convert(tmp_path: Path, squares: FontLibrary) -> Convert:
    """Makes a picture fit for the book; gives it and what was told of it."""

    def run(name: str, data: bytes) -> tuple[Resource, str]:
        path = tmp_path / name
        path.write_bytes(data)
        vector = name.endswith(".svg")
        picture = Picture(name=name, path=str(path), width=1, height=1, vector=vector)
        planned = page(place_story("alpha", rect=[1, 1, 1, 9]), master="plain")
        issue = make_issue([planned], [make_story("字")])
        issue = issue.model_copy(update={"pictures": {name: picture}})
        findings = Findings()
        resource = read_pictures(issue, [name], squares, findings)[name]
        told = [str(found.values["changes"]) for found in findings]
        return resource, "".join(told)

    return run


def opened(resource: Resource) -> Image.Image:
    return Image.open(io.BytesIO(resource.data))


# ---------------------------------------------------------------- bitmaps


@pytest.mark.parametrize(
    ("kind", "mode"),
    [("JPEG", "RGB"), ("JPEG", "L"), ("PNG", "RGB"), ("PNG", "RGBA"), ("PNG", "P"), ("PNG", "1")],
)
def test_what_readers_show_is_kept_byte_for_byte(convert: Convert, kind: str, mode: str) -> None:
    data = image_bytes(kind, mode)
    resource, told = convert(f"a.{kind.lower()}", data)
    assert (resource.data, told) == (data, "")
    assert resource.media_type == f"image/{kind.lower()}"


@pytest.mark.parametrize(
    ("name", "kind", "mode", "told"),
    [
        ("a.jpg", "JPEG", "CMYK", "CMYK → RGB"),
        ("a.tif", "TIFF", "RGB", "TIFF → PNG"),
        ("a.tif", "TIFF", "CMYK", "CMYK → RGB, TIFF → PNG"),
        ("a.tif", "TIFF", "LAB", "LAB → RGB, TIFF → PNG"),
        ("a.webp", "WEBP", "RGBA", "WEBP → PNG"),
        ("a.png", "PNG", "I;16", "I;16 → L"),
    ],
)
def test_what_readers_may_not_show_is_converted(
    convert: Convert, name: str, kind: str, mode: str, told: str
) -> None:
    resource, changes = convert(name, image_bytes(kind, mode))
    assert changes == told
    with opened(resource) as image:
        assert image.format in ("JPEG", "PNG")
        assert image.mode in ("RGB", "RGBA", "L")
    assert (
        resource.file.rpartition(".")[2]
        == {"image/jpeg": "jpg", "image/png": "png"}[resource.media_type]
    )


def test_sixteen_bits_keep_their_brightness(convert: Convert) -> None:
    resource, _ = convert("a.png", image_bytes("PNG", "I;16", color=0x8000))
    with opened(resource) as image:
        assert image.getpixel((0, 0)) == 128


def test_large_pictures_are_scaled(convert: Convert) -> None:
    resource, told = convert("a.jpg", image_bytes("JPEG", size=(800, 3200)))
    assert told == "800 × 3200 → 400 × 1600"
    with opened(resource) as image:
        assert image.size == (LONG_SIDE // 4, LONG_SIDE)


def test_a_photograph_without_loss_becomes_a_jpeg(convert: Convert) -> None:
    target = io.BytesIO()
    Image.effect_noise((300, 300), 80).convert("RGB").save(target, "TIFF")
    resource, told = convert("a.tif", target.getvalue())
    assert (resource.media_type, told) == ("image/jpeg", "TIFF → JPEG")


def test_a_picture_on_its_side_is_set_upright_and_tells_no_more(convert: Convert) -> None:
    exif = Image.Exif()
    exif[0x0112], exif[0x010F] = 6, "camera"
    resource, told = convert("a.jpg", image_bytes("JPEG", exif=exif))
    assert told == "EXIF → –"
    with opened(resource) as image:
        assert (image.size, dict(image.getexif())) == ((20, 40), {})
    assert b"camera" not in resource.data


def swapped_profile() -> bytes:
    """A profile whose red is sRGB's green, and the other way round."""
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    table = profile[128:400]
    swapped = table.replace(b"rXYZ", b"????").replace(b"gXYZ", b"rXYZ").replace(b"????", b"gXYZ")
    name = "sRGB".encode("utf-16-be")
    return (profile[:128] + swapped + profile[400:]).replace(name, "Test".encode("utf-16-be"))


def test_colours_come_through_the_picture_s_profile(convert: Convert) -> None:
    data = image_bytes("PNG", color=RED, icc_profile=swapped_profile())
    resource, told = convert("a.png", data)
    assert told == "RGB ICC → sRGB"
    with opened(resource) as image:
        assert "icc_profile" not in image.info
        red, green, blue = image.getpixel((0, 0))  # type: ignore[misc]
        assert green > 240 > 40 > max(red, blue)


def test_transparency_comes_through_as_well(convert: Convert) -> None:
    data = image_bytes("PNG", "RGBA", color=(*RED, 77), icc_profile=swapped_profile())
    with opened(convert("a.png", data)[0]) as image:
        assert image.getpixel((0, 0))[3] == 77  # type: ignore[index]


def test_a_profile_that_is_sRGB_or_rubbish_changes_nothing(convert: Convert) -> None:
    own = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    for profile in (own, b"rubbish"):
        data = image_bytes("PNG", color=RED, icc_profile=profile)
        assert convert("a.png", data)[1] == ""


# ---------------------------------------------------------------- drawings


def drawn(svg: str, fonts: FontLibrary) -> tuple[etree._Element, Findings, list[str]]:
    findings, changes = Findings(), list[str]()
    head = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
    data = read_drawing(f"{head} {svg}</svg>".encode(), fonts, Place("a.svg"), findings, changes)
    return etree.fromstring(data), findings, changes


def edges(path: etree._Element) -> tuple[float, float, float, float]:
    """Left, top, right, bottom of a path of straight lines, as absolute commands."""
    x = y = 0.0
    xs, ys = [], []
    for command, numbers in re.findall(r"([MLHVZ])([^MLHVZ]*)", path.get("d")):
        values = [float(number) for number in re.findall(r"-?[\d.]+", numbers)]
        if command in "ML":
            x, y = values
        elif command in "HV":
            x, y = (values[0], y) if command == "H" else (x, values[0])
        xs.append(x)
        ys.append(y)
    return min(xs), min(ys), max(xs), max(ys)


def text_edges(svg: str, fonts: FontLibrary) -> list[tuple[float, float]]:
    """Left and right edges of each path that a drawing's text became."""
    root, findings, _ = drawn(f'viewBox="0 0 100 100">{svg}', fonts)
    assert list(findings) == []
    found = [edges(path) for path in root.iter("{*}path")]
    return [(round(left, 1), round(right, 1)) for left, _, right, _ in found]


FAMILY = f'font-family="{square.FAMILY}"'


def test_text_becomes_outlines_where_it_stood(squares: FontLibrary) -> None:
    plain = text_edges(f'<text x="10" y="50" font-size="10" {FAMILY}>字字</text>', squares)
    (left, right) = plain[0]
    middle = text_edges(
        f'<text x="10" y="50" font-size="10" text-anchor="middle" {FAMILY}>字字</text>', squares
    )
    end = text_edges(
        f'<g font-size="10" {FAMILY}><text x="10" y="50" text-anchor="end">字字</text></g>', squares
    )
    assert 10 <= left < right <= 30
    assert middle == [(left - 10, right - 10)]
    assert end == [(left - 20, right - 20)]


def test_letter_spacing_size_and_spans(squares: FontLibrary) -> None:
    (left, right) = text_edges(f'<text x="0" y="9" font-size="10" {FAMILY}>字</text>', squares)[0]
    spaced = text_edges(
        f'<text x="0" y="9" style="font-size:10px;letter-spacing:2" {FAMILY}>字字</text>', squares
    )
    spans = text_edges(
        f'<text x="0" y="9" font-size="10" {FAMILY}>字<tspan dx="3">字</tspan>'
        f'<tspan x="50" font-size="20">字</tspan></text>',
        squares,
    )
    assert spaced == [(left, right + 12)]
    assert spans == [(left, right), (left + 13, right + 13), (50 + 2 * left, 50 + 2 * right)]


def test_paint_and_place_stay_with_the_text(squares: FontLibrary) -> None:
    root, _, changes = drawn(
        f'viewBox="0 0 9 9"><text id="t" class="c" transform="rotate(9)" fill="#111" y="5" {FAMILY}'
        f'>字<tspan fill="#222">字</tspan></text>',
        squares,
    )
    (group,) = root
    assert dict(group.attrib) == {
        "id": "t",
        "class": "c",
        "transform": "rotate(9)",
        "fill": "#111",
    }
    assert [path.get("fill") for path in group] == [None, "#222"]
    assert changes == ["<text> × 1 → <path>"]


def test_tiny_units_keep_their_precision(squares: FontLibrary) -> None:
    root, _, _ = drawn(f'viewBox="0 0 1 1"><text font-size="0.01" {FAMILY}>字</text>', squares)
    left, top, right, bottom = edges(next(root.iter("{*}path")))
    assert right - left > 0.005
    assert bottom - top > 0.005


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ('<text><textPath xlink:href="#p">字</textPath></text>', "<textPath>"),
        ('<text x="1 2 3">字</text>', 'x="1 2 3"'),
        ('<text rotate="9">字</text>', "rotate"),
        ('<text writing-mode="tb">字</text>', "writing-mode"),
        ('<text font-size="2em">字</text>', "2em"),
        ("<style>text { font-size: 9px }</style><text>字</text>", "<style>"),
    ],
)
def test_text_of_an_unknown_kind_stays_and_is_told(
    squares: FontLibrary, text: str, what: str
) -> None:
    root, findings, changes = drawn(f'viewBox="0 0 9 9">{text}', squares)
    (found,) = findings
    assert (found.id, found.level, found.values) == ("epub.drawing-text", "warning", {"what": what})
    assert (len(list(root.iter("{*}text"))), changes) == (1, [])


def test_foreign_parts_go_and_links_stay(squares: FontLibrary) -> None:
    root, _, _ = drawn(
        'xmlns:i="urn:editor" i:zoom="2" viewBox="0 0 9 9"><metadata>m</metadata><i:guide/>'
        '<!-- note --><use xlink:href="#a" i:label="x"/><g id="a"/>',
        squares,
    )
    assert [etree.QName(node).localname for node in root] == ["use", "g"]
    assert list(root[0].attrib) == ["{http://www.w3.org/1999/xlink}href"]
    assert "i" not in root.nsmap


def test_a_drawing_without_a_view_box_gets_one(squares: FontLibrary) -> None:
    root, _, _ = drawn('width="80px" height="40.5">', squares)
    assert root.get("viewBox") == "0 0 80 40.5"


# ---------------------------------------------------------------- pages


def test_cover_and_thumbnails_are_the_printed_pages() -> None:
    cover, thumbnails = draw_pages(blank_pdf(3), 2)
    assert cover
    assert cover.properties == ("cover-image",)
    with opened(cover) as image:
        assert max(image.size) == LONG_SIDE
    assert list(thumbnails) == [1, 2]
    with opened(thumbnails[2]) as image:
        assert image.width == THUMBNAIL_WIDTH
