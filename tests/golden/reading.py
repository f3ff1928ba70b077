"""A finished PDF's pages as pdfium sees them: characters, shapes and links, in pt from the top."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

BLACK = "#000000"
_HYPHENS = {0x02: "-", 0xFFFE: "-", 0xAD: "-"}
_NAME_BYTES = 99


class Box(NamedTuple):
    """Edges in pt from the page's top left corner."""

    left: float
    top: float
    right: float
    bottom: float

    def holds(self, x: float, y: float, air: float = 0.0) -> bool:
        """Whether a point lies in it, or left of it by no more than the air."""
        return self.left - air <= x <= self.right and self.top <= y <= self.bottom


class Glyph(NamedTuple):
    """A painted character: its origin, where its advance ends, and its look.

    `index` counts in the order of writing; `is_turned` is by 90° to the right.
    """

    text: str
    x: float
    y: float
    right: float
    size: float
    width: float
    face: str
    color: str
    is_turned: bool
    index: int


class Shape(NamedTuple):
    """A path, an image, or a drawing of several paths with the first one's colour."""

    kind: str
    box: Box
    color: str


class Link(NamedTuple):
    """A link's rectangle and the page that it leads to, from 1."""

    box: Box
    page: int


@dataclass(frozen=True)
class PageContent:
    """All that stands on a page."""

    glyphs: tuple[Glyph, ...]
    shapes: tuple[Shape, ...]
    links: tuple[Link, ...]


def read_pdf(pdf: bytes) -> list[PageContent]:
    """Every page's content."""
    document = pdfium.PdfDocument(pdf)
    try:
        return [
            PageContent(
                tuple(_glyphs(page)), tuple(_shapes(page)), tuple(_links(document.raw, page))
            )
            for page in document
        ]
    finally:
        document.close()


def _glyphs(page: Any) -> Iterator[Glyph]:
    text, height = page.get_textpage(), page.get_height()
    x, y, matrix, loose = ctypes.c_double(), ctypes.c_double(), pdfium_c.FS_MATRIX(), _box()
    for index in range(text.count_chars()):
        code = pdfium_c.FPDFText_GetUnicode(text, index)
        if not code or pdfium_c.FPDFText_IsGenerated(text, index) == 1:
            continue
        face = _face(text, index)
        # A space of a right-to-left text that pdfium made up has no face.
        if not face:
            continue
        pdfium_c.FPDFText_GetCharOrigin(text, index, x, y)
        pdfium_c.FPDFText_GetMatrix(text, index, matrix)
        pdfium_c.FPDFText_GetLooseCharBox(text, index, loose)
        size = pdfium_c.FPDFText_GetFontSize(text, index)
        upright = (matrix.c**2 + matrix.d**2) ** 0.5
        yield Glyph(
            text=_HYPHENS.get(code) or chr(code),
            x=x.value,
            y=height - y.value,
            right=loose.right,
            size=size * upright,
            width=(matrix.a**2 + matrix.b**2) ** 0.5 / upright,
            face=face,
            color=_color(pdfium_c.FPDFText_GetFillColor, text, index),
            is_turned=abs(matrix.b) > abs(matrix.a),
            index=index,
        )


def _box() -> Any:
    return pdfium_c.FS_RECTF()


def _face(text: Any, index: int) -> str:
    """The font's name without the subset's letters and the maker's name."""
    name, flags = ctypes.create_string_buffer(_NAME_BYTES), ctypes.c_int()
    pdfium_c.FPDFText_GetFontInfo(text, index, name, len(name), flags)
    return name.value.decode().rpartition("+")[2].removeprefix("Producer-")


def _color(ask: Any, *args: Any) -> str:
    parts = [ctypes.c_uint() for _ in range(4)]
    ask(*args, *parts)
    return "#" + "".join(f"{part.value:02x}" for part in parts[:3])


def _shapes(page: Any) -> Iterator[Shape]:
    upright = pdfium.PdfMatrix(1, 0, 0, -1, 0, page.get_height())
    yield from _shapes_in(page, None, upright)


def _shapes_in(page: Any, form: Any, matrix: Any) -> Iterator[Shape]:
    """The shapes of a page, or of a form on it, whose coordinates are its own."""
    kinds = {pdfium_c.FPDF_PAGEOBJ_PATH: "path", pdfium_c.FPDF_PAGEOBJ_IMAGE: "image"}
    for each in page.get_objects(form=form, max_depth=1):
        if each.type == pdfium_c.FPDF_PAGEOBJ_FORM:
            # A form is a drawing: the end mark, or an SVG picture.
            parts = list(_shapes_in(page, each.raw, each.get_matrix().multiply(matrix)))
            if parts:
                yield Shape("drawing", _around([part.box for part in parts]), parts[0].color)
        elif each.type in kinds:
            box = Box(*matrix.on_rect(*each.get_bounds()))
            yield Shape(kinds[each.type], box, _color(pdfium_c.FPDFPageObj_GetFillColor, each.raw))


def _around(boxes: Sequence[Box]) -> Box:
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return Box(min(lefts), min(tops), max(rights), max(bottoms))


def _links(document: Any, page: Any) -> Iterator[Link]:
    height, at, link = page.get_height(), ctypes.c_int(), pdfium_c.FPDF_LINK()
    while pdfium_c.FPDFLink_Enumerate(page, at, link):
        rect = _box()
        pdfium_c.FPDFLink_GetAnnotRect(link, rect)
        target = pdfium_c.FPDFDest_GetDestPageIndex(
            document, pdfium_c.FPDFLink_GetDest(document, link)
        )
        top, bottom = sorted((height - rect.top, height - rect.bottom))
        yield Link(Box(rect.left, top, rect.right, bottom), target + 1)
