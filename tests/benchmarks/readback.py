"""What a finished PDF holds, read by an engine that has written none of them."""

from __future__ import annotations

import unicodedata
from collections import Counter

import pypdfium2 as pdfium

from tests.benchmarks.measure import Measured
from tests.benchmarks.words import TypeSpec, Words

_PT_PER_MM = 72 / 25.4
# Around the type area, so that no mark at an edge is missed.
_MARGIN_PT = 3.0


def read_back(pdf: bytes, words: Words, measured: Measured) -> None:
    """Note the pages, the characters that should be there and those that are not.

    Characters are counted wherever they stand within the type area; outside of it are folios,
    which must not make up for letters lost.
    """
    document = pdfium.PdfDocument(pdf)
    try:
        found = "".join(_text(page, words.type) for page in document)
        measured.pages = len(document)
    finally:
        document.close()
    wanted = "".join(page.text for page in words.pages)
    measured.characters = len(wanted)
    measured.lost = sum((Counter(_plain(wanted)) - Counter(_plain(found))).values())


def _text(page: pdfium.PdfPage, spec: TypeSpec) -> str:
    left = spec.left_mm * _PT_PER_MM
    top = page.get_height() - spec.top_mm * _PT_PER_MM
    text = page.get_textpage().get_text_bounded(
        left=left - _MARGIN_PT,
        right=left + spec.area_width_pt + _MARGIN_PT,
        top=top + _MARGIN_PT,
        bottom=top - spec.rows * spec.leading_pt - _MARGIN_PT,
    )
    # pdfium gives a hyphen at a line's end as a control character.
    return str(text).replace("\x02", "-").replace("\ufffe", "-")


def _plain(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())
