"""PDF files from outside that are placed as pictures: one page, its fonts inside, in inks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2 as pdfium
from PIL import Image

PX_PER_PT = 96 / 72
_FONT_FILES = ("/FontFile", "/FontFile2", "/FontFile3")
_SCREEN_COLOURS = ("/DeviceRGB", "/CalRGB", "/Lab")
_RGB_NAMES = ("/RGB", "/DeviceRGB")
_RGB_OPERATORS = ("rg", "RG")


class PdfPictureError(Exception):
    """A file that cannot be placed; the text says what is wrong with it."""


def trim(page: pikepdf.Page) -> tuple[float, float, float, float]:
    """Left, bottom, width and height of a page's trim in points."""
    left, bottom, right, top = (float(side) for side in page.trimbox)
    return left, bottom, right - left, top - bottom


def read_pdf(path: Path) -> tuple[float, float]:
    """Width and height of the trim in px, after looking at all that would be printed.

    Raises:
        PdfPictureError: when the file is not one whole page for the press.
    """
    try:
        with pikepdf.open(path) as pdf:
            wrong = next(_faults(pdf), None)
            _, _, width, height = trim(pdf.pages[0]) if not wrong else (0, 0, 0, 0)
    except (pikepdf.PdfError, AttributeError, KeyError, TypeError, ValueError) as error:
        raise PdfPictureError(str(error).replace(str(path), path.name)) from error
    if wrong:
        raise PdfPictureError(wrong)
    return width * PX_PER_PT, height * PX_PER_PT


def render_pdf(path: Path, width: int) -> Image.Image:
    """The page's trim in sRGB, so many pixels wide."""
    document = pdfium.PdfDocument(path)
    try:
        page = document[0]
        left, bottom, right, top = page.get_trimbox()
        page.set_mediabox(left, bottom, right, top)
        page.set_cropbox(left, bottom, right, top)
        painted: Image.Image = page.render(scale=width / (right - left)).to_pil()
        return painted.convert("RGB")
    finally:
        document.close()


def _faults(pdf: pikepdf.Pdf) -> Iterator[str]:
    if pdf.is_encrypted:
        yield "encrypted"
    if len(pdf.pages) != 1:
        yield f"{len(pdf.pages)} pages"
        return
    page = pdf.pages[0]
    if int(page.obj.get("/Rotate", 0)) % 360:
        yield "/Rotate"
    if min(trim(page)[2:]) <= 0:
        yield "/TrimBox"
    yield from _colours(page)
    for thing in pdf.objects:
        if isinstance(thing, (pikepdf.Dictionary, pikepdf.Stream)):
            yield from _object_faults(thing)
        yield from _screen_colours(thing)


def _object_faults(thing: Any) -> Iterator[str]:
    kind = thing.get("/Type")
    if kind == pikepdf.Name.Font:
        if thing.get("/Subtype") == pikepdf.Name.Type3:
            yield "Type 3"
        described = thing.get("/FontDescriptor")
        composed = thing.get("/Subtype") == pikepdf.Name.Type0
        if not composed and not (described and any(key in described for key in _FONT_FILES)):
            yield f"{str(thing.get('/BaseFont', '-')).lstrip('/')} is not embedded"
    if isinstance(thing, pikepdf.Stream):
        if thing.get("/Subtype") == pikepdf.Name.Form or thing.get("/PatternType") == 1:
            yield from _colours(thing)
        if thing.get("/N") == 3 and "/Subtype" not in thing and "/Type" not in thing:
            yield "ICC RGB"


def _screen_colours(thing: Any) -> Iterator[str]:
    """Colour spaces of screens that an object names; its indirect parts are objects themselves."""
    if isinstance(thing, pikepdf.Name):
        if str(thing) in _SCREEN_COLOURS:
            yield str(thing).lstrip("/")
        return
    parts: Iterable[Any] = ()
    if isinstance(thing, pikepdf.Array):
        parts = thing
    elif isinstance(thing, (pikepdf.Dictionary, pikepdf.Stream)):
        parts = thing.values()
    for part in parts:
        if not (isinstance(part, pikepdf.Object) and part.is_indirect):
            yield from _screen_colours(part)


def _colours(stream: Any) -> Iterator[str]:
    """RGB set by operators and by pictures within the stream."""
    for instruction in pikepdf.parse_content_stream(stream):
        if str(instruction.operator) in _RGB_OPERATORS:
            yield "DeviceRGB"
        elif isinstance(instruction, pikepdf.ContentStreamInlineImage):
            space = str(instruction.iimage.obj.get("/ColorSpace"))
            yield from ["DeviceRGB"] * (space in _RGB_NAMES)
