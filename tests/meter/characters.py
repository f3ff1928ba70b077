"""A PDF page's characters with their places, read by pdfium in the order they were written."""

from __future__ import annotations

import ctypes
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

# pdfium writes a hyphen at a line's end as one of these, since a reader would join the word.
_HYPHENS = {0x02: "-", 0xFFFE: "-", 0xAD: "-"}


class Character(NamedTuple):
    """One painted character; x is its origin, y its baseline from the page's foot, all in pt.

    `right` is where its advance ends, `ink` where its ink begins and ends.
    """

    text: str
    x: float
    y: float
    size: float
    right: float
    ink: tuple[float, float]

    @property
    def is_ideograph(self) -> bool:
        return "\u3400" <= self.text <= "\u9fff" or "\uf900" <= self.text <= "\ufaff"

    @property
    def is_latin(self) -> bool:
        """A letter or digit of ASCII: what has air before and after it among ideographs."""
        return self.text.isascii() and self.text.isalnum()


def read_pages(pdf: bytes | Path) -> list[list[Character]]:
    """The characters of every page, spaces included that were really written."""
    document = pdfium.PdfDocument(pdf)
    try:
        return [list(_characters(page)) for page in document]
    finally:
        document.close()


def _characters(page: Any) -> Iterator[Character]:
    text = page.get_textpage()
    x, y, box, matrix = _numbers(2), _numbers(2), pdfium_c.FS_RECTF(), pdfium_c.FS_MATRIX()
    for index in range(text.count_chars()):
        code = pdfium_c.FPDFText_GetUnicode(text, index)
        # A space that pdfium guesses from a wide gap is no character of the page.
        if not code or pdfium_c.FPDFText_IsGenerated(text, index) == 1:
            continue
        character = _HYPHENS.get(code) or chr(code)
        pdfium_c.FPDFText_GetCharOrigin(text, index, x[0], y[0])
        pdfium_c.FPDFText_GetLooseCharBox(text, index, box)
        pdfium_c.FPDFText_GetMatrix(text, index, matrix)
        scale = (matrix.a**2 + matrix.b**2) ** 0.5
        size = pdfium_c.FPDFText_GetFontSize(text, index) * scale
        left, _, right, _ = (0, 0, 0, 0) if character.isspace() else text.get_charbox(index)
        yield Character(character, x[0].value, y[0].value, size, box.right, (left, right))


def _numbers(count: int) -> list[ctypes.c_double]:
    return [ctypes.c_double() for _ in range(count)]


def body_size(pages: Iterable[Iterable[Character]]) -> float:
    """The size that most ideographs have; most letters, where ideographs are but a few."""
    ideographs: Counter[float] = Counter()
    letters: Counter[float] = Counter()
    for page in pages:
        for each in page:
            if each.is_ideograph:
                ideographs[round(each.size, 1)] += 1
            elif each.is_latin:
                letters[round(each.size, 1)] += 1
    is_chinese = ideographs.total() > letters.total() / 10
    return (ideographs if is_chinese else letters).most_common(1)[0][0]
