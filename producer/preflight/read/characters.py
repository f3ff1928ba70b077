"""The characters of a page as pdfium reads them, with their places."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from producer.layouts import MM_PER_PT


@dataclass(frozen=True)
class Character:
    """A character of a page and the middle of its ink, in mm from the top left trim corner.

    Its origin would not do: a half-width opening mark begins half an em out of its column.
    """

    text: str
    x: float
    y: float


def read_characters(page: pdfium.PdfPage) -> Iterator[Character]:
    """A page's characters in the order in which they were written; white space left out.

    A glyph that tells no character has an empty text.
    """
    left_mm, _, _, top_mm = (MM_PER_PT * edge for edge in page.get_trimbox())
    text = page.get_textpage()
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    for index in range(pdfium_c.FPDFText_CountChars(text)):
        if pdfium_c.FPDFText_IsGenerated(text, index) == 1:
            continue
        code = pdfium_c.FPDFText_GetUnicode(text, index)
        # pdfium gives a hyphen at a line's end as a control character.
        character = "-" if code in (0x02, 0xFFFE) else chr(code) if code else ""
        if not character.isspace():
            pdfium_c.FPDFText_GetCharBox(text, index, left, right, bottom, top)
            x, y = (left.value + right.value) / 2, (bottom.value + top.value) / 2
            yield Character(character, x * MM_PER_PT - left_mm, top_mm - y * MM_PER_PT)
