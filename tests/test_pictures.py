"""Pictures: what is taken, and everything that is refused."""

from __future__ import annotations

import base64
import io
import os
from pathlib import Path

import pytest
from PIL import Image, ImageFile

from producer.errors import Findings, Place
from producer.model import Picture
from producer.pictures import read_pictures
from tests.issuefactory import png

PLACE = Place("stories/a.md", 7)
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 30 20">{}</svg>'


@pytest.fixture
def images(tmp_path: Path) -> Path:
    folder = tmp_path / "issue" / "images"
    folder.mkdir(parents=True)
    return folder


def read(images: Path, name: str, limit: int = 200) -> tuple[Picture | None, list[str]]:
    """The picture, and the ids of problems, all told at the place that was given."""
    findings = Findings()
    found = read_pictures(images, {name: PLACE}, findings, limit)
    assert all(one.place == PLACE for one in findings)
    return found.get(name), [one.id for one in findings]


def refused(images: Path, name: str) -> str:
    """The one problem of a picture that is refused."""
    picture, (id,) = read(images, name)
    assert picture is None
    return id


def saved(format: str, mode: str = "RGB", size: tuple[int, int] = (60, 40)) -> bytes:
    """A noisy picture, so that cutting its end off cuts picture data off."""
    raw = bytes(
        i * 7919 % 251 for i in range(size[0] * size[1] * len(Image.new(mode, (1, 1)).getbands()))
    )
    file = io.BytesIO()
    Image.frombytes(mode, size, raw).save(file, format)
    return file.getvalue()


# ---------------------------------------------------------------- taken


@pytest.mark.parametrize(
    ("name", "format", "mode"),
    [
        ("a.jpg", "JPEG", "RGB"),
        ("a.JPEG", "JPEG", "CMYK"),
        ("a.png", "PNG", "RGBA"),
        ("a.tif", "TIFF", "CMYK"),
        ("a.webp", "WEBP", "RGB"),
    ],
)
def test_photographs(images: Path, name: str, format: str, mode: str) -> None:
    (images / name).write_bytes(saved(format, mode))
    picture, found = read(images, name)
    assert found == []
    assert picture is not None
    assert (picture.width, picture.height, picture.vector) == (60, 40, False)
    assert picture.path == str(images / name)


@pytest.mark.parametrize(
    ("attributes", "size"),
    [
        ('viewBox="0 0 300 200"', (300, 200)),
        ('viewBox="-5,-5, 30.5,20" width="100%"', (30.5, 20)),
        ('width="30" height="20px"', (30, 20)),
        ('width="25.4mm" height="72pt"', (96, 96)),
    ],
)
def test_drawings_tell_their_size(images: Path, attributes: str, size: tuple[float, float]) -> None:
    text = f'<svg xmlns="http://www.w3.org/2000/svg" {attributes}/>'
    (images / "a.svg").write_text(text, "utf-8")
    picture, found = read(images, "a.svg")
    assert found == []
    assert picture is not None
    assert picture.vector
    assert (picture.width, picture.height) == pytest.approx(size)


def test_a_drawing_may_point_to_its_own_parts_and_embed_pictures(images: Path) -> None:
    url = f"data:image/png;base64,{base64.b64encode(png()).decode()}"
    inside = (
        '<style>.a{fill:url(#g)} /* url(http://a) */</style><a href="#top"/>'
        '<use xmlns:x="http://www.w3.org/1999/xlink" x:href="#g" style="fill:url( \'#g\' )"/>'
        f'<image href="{url}"/><!-- a comment --><text>http://a.example url()</text>'
    )
    doctype = '<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/svg11.dtd">'
    (images / "a.svg").write_text(doctype + SVG.format(inside), "utf-8")
    assert read(images, "a.svg")[1] == []


def test_a_picture_in_a_folder_of_images(images: Path) -> None:
    (images / "sport").mkdir()
    (images / "sport" / "a.png").write_bytes(png())
    (images / "link.png").symlink_to("sport/a.png")
    assert read(images, "sport/a.png")[1] == []
    assert read(images, "link.png")[1] == []


# ---------------------------------------------------------------- outside


@pytest.mark.parametrize(
    "name",
    [
        "/etc/passwd",
        "../issue.yaml",
        "../../etc/passwd",
        "a/../../b.png",
        "..\\b.png",
        "http://a.example/b.png",
        "HTTPS://a.example/b.png",
        "file:///etc/passwd",
        "data:image/png;base64,AAAA",
        "C:/b.png",
        "a\0.png",
    ],
)
def test_names_that_lead_outside(images: Path, name: str) -> None:
    assert refused(images, name) == "picture.outside"


def test_links_that_lead_outside(images: Path) -> None:
    (images.parent / "b.png").write_bytes(png())
    (images / "file.png").symlink_to(images.parent / "b.png")
    (images / "folder").symlink_to(images.parent)
    assert refused(images, "file.png") == "picture.outside"
    assert refused(images, "folder/b.png") == "picture.outside"


def test_an_images_folder_that_is_a_link(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "a.png").write_bytes(png())
    (tmp_path / "issue").mkdir()
    (tmp_path / "issue" / "images").symlink_to(tmp_path / "elsewhere")
    assert refused(tmp_path / "issue" / "images", "a.png") == "picture.outside"


# ---------------------------------------------------------------- not a picture


def test_missing(images: Path) -> None:
    (images / "loop.png").symlink_to("loop.png")
    assert refused(images, "a.png") == "picture.missing"
    assert refused(images, "loop.png") == "picture.missing"


def test_missing_with_its_folder(tmp_path: Path) -> None:
    assert refused(tmp_path / "images", "a.png") == "picture.missing"


def test_not_a_file(images: Path) -> None:
    (images / "a.png").mkdir()
    os.mkfifo(images / "b.png")
    assert refused(images, "a.png") == "picture.not-a-file"
    assert refused(images, "b.png") == "picture.not-a-file"
    assert refused(images, ".") == "picture.not-a-file"


@pytest.mark.parametrize("name", ["a.gif", "a.pdf.zip", "a"])
def test_of_another_kind(images: Path, name: str) -> None:
    (images / name).write_bytes(b"GIF89a")
    assert refused(images, name) == "picture.kind"


@pytest.mark.parametrize("name", ["a.eps", "a.AI"])
def test_postscript_is_refused_with_its_mend(images: Path, name: str) -> None:
    (images / name).write_bytes(b"%!PS-Adobe-3.0 EPSF-3.0")
    assert refused(images, name) == "picture.postscript"


# ---------------------------------------------------------------- corrupt


@pytest.mark.parametrize("format", ["JPEG", "PNG", "TIFF", "WEBP"])
@pytest.mark.parametrize("kept", [0.9, 0.5, 0.01])
def test_truncated(images: Path, format: str, kept: float) -> None:
    name = f"a.{format.lower()}"
    data = saved(format)
    (images / name).write_bytes(data[: int(len(data) * kept)])
    assert refused(images, name) == "picture.corrupt"


def test_truncated_although_the_renderer_lets_it_pass(
    images: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", True)
    (images / "a.jpg").write_bytes(saved("JPEG")[:-300])
    assert refused(images, "a.jpg") == "picture.corrupt"
    assert ImageFile.LOAD_TRUNCATED_IMAGES is True


def test_a_wrong_checksum(images: Path) -> None:
    data = bytearray(png(30, 30))
    data[45] ^= 0xFF
    (images / "a.png").write_bytes(data)
    assert refused(images, "a.png") == "picture.corrupt"


def test_a_png_whose_picture_data_is_gone(images: Path) -> None:
    data = png()
    at = data.index(b"IDAT") - 4
    (images / "a.png").write_bytes(data[:at] + data[-12:])
    assert refused(images, "a.png") == "picture.corrupt"


@pytest.mark.parametrize("content", [b"", b"hello", b"GIF89a", b"<html/>"])
def test_something_else_by_that_name(images: Path, content: bytes) -> None:
    (images / "a.png").write_bytes(content)
    assert refused(images, "a.png") == "picture.corrupt"


# ---------------------------------------------------------------- huge


def test_a_bomb_is_not_opened(images: Path) -> None:
    (images / "a.png").write_bytes(png(10, 10, claimed=(60_000, 60_000)))
    assert refused(images, "a.png") == "picture.too-large"


def test_the_limit_is_ours_and_can_be_set(images: Path) -> None:
    (images / "a.png").write_bytes(png(1500, 1000))
    assert read(images, "a.png", limit=1)[1] == ["picture.too-large"]
    assert read(images, "a.png", limit=2)[1] == []


def test_a_bomb_inside_a_drawing_is_not_opened(images: Path) -> None:
    bomb = base64.b64encode(png(10, 10, claimed=(60_000, 60_000))).decode()
    image = f'<image href="data:image/png;base64,{bomb}"/>'
    (images / "a.svg").write_text(SVG.format(image), "utf-8")
    assert refused(images, "a.svg") == "picture.too-large"


# ---------------------------------------------------------------- drawings


@pytest.mark.parametrize(
    "inside",
    [
        "<script>alert(1)</script>",
        "<foreignObject><p/></foreignObject>",
        '<rect onload="alert(1)"/>',
        '<image href="http://a.example/b.png"/>',
        '<image href="file:///etc/passwd"/>',
        '<image href="b.png"/>',
        '<image xmlns:x="http://www.w3.org/1999/xlink" x:href="//a.example/b.png"/>',
        '<image href="data:image/svg+xml;base64,AAAA"/>',
        '<image href="data:text/html,x"/>',
        '<image href="data:image/png,raw"/>',
        '<a href="javascript:alert(1)"/>',
        '<use href="other.svg#part"/>',
        "<style>@import 'http://a.example/b.css';</style>",
        "<style>rect { fill: url(http://a.example/b) }</style>",
        "<style>rect { fill: u\\72l(http://a.example/b) }</style>",
        '<rect style="fill: URL( &quot;b.png&quot; )"/>',
        '<rect fill="url(b.svg#g)"/>',
        "<?xml-stylesheet href='http://a.example/b.css'?>",
    ],
)
def test_drawings_that_run_or_fetch(images: Path, inside: str) -> None:
    (images / "a.svg").write_text(SVG.format(inside), "utf-8")
    assert refused(images, "a.svg") == "picture.svg-unsafe"


@pytest.mark.parametrize(
    "entity",
    [
        '<!ENTITY x SYSTEM "file:///etc/passwd">',
        '<!ENTITY a "ha"><!ENTITY x "&a;&a;&a;&a;&a;&a;">',
        '<!ENTITY % x SYSTEM "http://a.example/b.dtd">',
    ],
)
def test_drawings_with_entities(images: Path, entity: str) -> None:
    text = f"<!DOCTYPE svg [{entity}]>{SVG.format('<text>&x;</text>')}"
    (images / "a.svg").write_text(text, "utf-8")
    assert refused(images, "a.svg") in ("picture.svg-unsafe", "picture.svg-broken")


def test_billions_of_laughs(images: Path) -> None:
    levels = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    text = f'<!DOCTYPE svg [<!ENTITY l0 "ha">{levels}]>{SVG.format("<text>&l11;</text>")}'
    (images / "a.svg").write_text(text, "utf-8")
    assert refused(images, "a.svg") in ("picture.svg-unsafe", "picture.svg-broken")


@pytest.mark.parametrize("text", ["", "<svg", "<html/>", "<svg></svg><svg/>", SVG.format("&nbsp;")])
def test_broken_drawings(images: Path, text: str) -> None:
    (images / "a.svg").write_text(text, "utf-8")
    assert refused(images, "a.svg") == "picture.svg-broken"


def test_embedded_pictures_must_be_sound(images: Path) -> None:
    for data, id in (("AA A=", "picture.corrupt"), ("!", "picture.svg-broken")):
        text = SVG.format(f'<image href="data:image/png;base64,{data}"/>')
        (images / "a.svg").write_text(text, "utf-8")
        assert refused(images, "a.svg") == id


@pytest.mark.parametrize(
    "attributes",
    ["", 'viewBox="0 0 0 10"', 'viewBox="0 0 10"', 'width="100%" height="100%"', 'width="9"'],
)
def test_drawings_without_size(images: Path, attributes: str) -> None:
    text = f'<svg xmlns="http://www.w3.org/2000/svg" {attributes}/>'
    (images / "a.svg").write_text(text, "utf-8")
    assert refused(images, "a.svg") == "picture.svg-size"
