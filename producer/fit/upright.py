"""The characters of a vertical line (竖排): upright, grouped or turned, marks in half cells."""

from __future__ import annotations

import math
from collections.abc import Iterator
from itertools import groupby
from typing import NamedTuple

from producer.compose.classes import CLOSING, OPENING, Class, class_of
from producer.fit.headbreaks import PART_GAP
from producer.fonts.library import FontLibrary
from producer.headlines import HeadCell
from producer.typestyles import HeadPart

# The feature that gives vertical forms: marks in their corner, “” as 『』.
VERTICAL_FORMS = "vert"
# The ideographic box reaches so far above the baseline, and its middle lies so far above.
_TOP_EM, _MIDDLE_EM = 0.88, 0.38
# Two letters or digits stand upright side by side in one cell; longer runs are turned.
_MOST_UPRIGHT = 2
# Signs whose vertical forms leave a gap, or that have none: they are turned.
_TURNED = frozenset("—⸺–－")
# Air around a turned word or number, at both ends together.
_TURNED_AIR_EM = 0.1
# A mark keeps this much air in its cell, and cells are cut to quarters of an em.
_AIR_EM, _STEPS = 0.005, 4


class Upright(NamedTuple):
    """A cell before it has its place: how much of the line it takes, and how it is painted.

    Its em box begins `rise_em` above its part of the line.
    """

    text: str
    advance_em: float
    width_em: float = 1.0
    rise_em: float = 0.0
    is_turned: bool = False


def upright_cells(fonts: FontLibrary, text: str, part: HeadPart) -> list[Upright]:
    """A line's cells from the top; the gap between clauses is one without text."""
    return list(_cells(fonts, text, part))


def extent_em(cells: list[Upright]) -> float:
    """The length of a line without tracking."""
    return sum(cell.advance_em for cell in cells)


def placed_cells(
    fonts: FontLibrary, cells: list[Upright], part: HeadPart, tracking_em: float
) -> tuple[HeadCell, ...]:
    """The cells with their places from the top of their line, one below the other."""
    # The renderer centres the face's ascender and descender in a line, not the ideographs.
    drop = fonts.face(part.face).middle_em - _MIDDLE_EM
    placed, at = [], 0.0
    for cell in cells:
        x = (1 - cell.width_em) / 2
        if cell.is_turned:
            y = at + (cell.advance_em - 1) / 2
            placed.append(HeadCell(cell.text, x + drop, y, cell.width_em, is_turned=True))
        elif cell.text:
            squeeze = min(1.0, 1 / cell.width_em)
            y = at - cell.rise_em - drop
            placed.append(HeadCell(cell.text, x, y, cell.width_em, squeeze=squeeze))
        at += cell.advance_em + tracking_em
    return tuple(placed)


def _cells(fonts: FontLibrary, text: str, part: HeadPart) -> Iterator[Upright]:
    for kind, group in groupby(_spaced_runs(text), key=_kind):
        run = "".join(group)
        if kind == "turned":
            width = fonts.width_em(part.face, run)
            yield Upright(run, width, width, is_turned=True)
        elif kind == "latin":
            yield _latin(fonts, run, part)
        else:
            yield from (_single(fonts, character, part) for character in run)


def _spaced_runs(text: str) -> Iterator[str]:
    """The text by characters; a space between Latin words is a no-break one, of their run."""
    for character in text:
        yield "\u00a0" if character == " " else character


def _kind(character: str) -> str:
    if character in _TURNED:
        return "turned"
    return "latin" if character == "\u00a0" or class_of(character) is Class.LATIN else "single"


def _latin(fonts: FontLibrary, run: str, part: HeadPart) -> Upright:
    width = fonts.width_em(part.face, run)
    if len(run) <= _MOST_UPRIGHT:
        return Upright(run, 1.0, width)
    return Upright(run, width + _TURNED_AIR_EM, width, is_turned=True)


def _single(fonts: FontLibrary, character: str, part: HeadPart) -> Upright:
    if character == PART_GAP:
        return Upright("", part.part_gap_em)
    face = fonts.face(fonts.face_for(part.face, character) or part.face)
    glyph = face.shape(character, (VERTICAL_FORMS,))[0]
    width = glyph.advance / 1000
    top, bottom = (_TOP_EM - edge for edge in face.ink(glyph.glyph))
    if character in OPENING:
        free = min(0.5, math.floor((top - _AIR_EM) * _STEPS) / _STEPS)
        return Upright(character, 1 - free, width, free)
    if character in CLOSING:
        end = math.ceil((bottom + _AIR_EM) * _STEPS) / _STEPS
        return Upright(character, min(1.0, max(0.5, end)), width)
    if character == "·":
        return Upright(character, 0.5, width, 0.25)
    return Upright(character, 1.0, width)
