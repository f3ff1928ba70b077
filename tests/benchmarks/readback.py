"""What a finished PDF holds in its type areas, read by an engine that none of the rows uses."""

from __future__ import annotations

import pypdfium2 as pdfium

from tests.benchmarks.measure import Measured, lost_characters
from tests.benchmarks.words import TypeSpec, Words

_PT_PER_MM = 72 / 25.4
# Around the type area, so that no mark at an edge is missed.
_MARGIN_PT = 6.0


def read_back(pdf: bytes, words: Words, measured: Measured) -> None:
    """Note the pages, the characters that should be there and those that are not.

    Outside the type area stand folios, which must not fill in for letters lost.
    """
    document = pdfium.PdfDocument(pdf)
    try:
        found = "".join(_text(page, words.type) for page in document)
        measured.pages = len(document)
    finally:
        document.close()
    measured.characters = words.characters
    measured.lost = lost_characters("".join(page.text for page in words.pages), found)


def _text(page: pdfium.PdfPage, spec: TypeSpec) -> str:
    left = spec.left_mm * _PT_PER_MM
    top = page.get_height() - spec.top_mm * _PT_PER_MM
    text = page.get_textpage().get_text_bounded(
        left=left - _MARGIN_PT,
        right=left + spec.area_width_pt + _MARGIN_PT,
        top=top + _MARGIN_PT / 2,
        bottom=top - spec.rows * spec.leading_pt - _MARGIN_PT,
    )
    # pdfium gives a hyphen at a line's end as a control character.
    return str(text).replace("\x02", "-").replace("\ufffe", "-")
