"""Glyphs of a frame joined to lines, with what stands raised in them."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby, pairwise

from tests.golden.reading import Glyph

# Two glyphs on one baseline are of two columns, if there is so much room between them, in em, and
# at least so much was written between them. A mark hanging out leaves half of a gutter.
_APART = ((0.96, 3), (0.2, 20))
_SAME_PT = 0.05
# What is smaller than this part of the text below it, and not higher than that above it, is raised.
_SMALL, _HIGH_EM = 0.75, 1.0
# Readings of neighbours are parted by so much of their own em.
_READINGS_APART_EM = 0.2
# A reading covers its base by more than this, in em of the base.
_COVERS_EM = 0.15
# Words of another script are parted by more than this; their spaces are moves in the file.
_WORDS_APART_EM = 0.12


@dataclass(frozen=True)
class Raised:
    """A note sign or a reading: glyphs that are smaller than a line's, above its baseline."""

    glyphs: tuple[Glyph, ...]
    base: tuple[Glyph, ...] = ()

    @property
    def left(self) -> float:
        return self.glyphs[0].x

    @property
    def right(self) -> float:
        return self.glyphs[-1].right

    @property
    def off(self) -> float:
        """How far a reading's middle is to the right of its base's, in pt."""
        own, base = self.left + self.right, self.base[0].x + self.base[-1].right
        return (own - base) / 2


@dataclass
class TextLine:
    """Glyphs on one baseline, from left to right."""

    glyphs: list[Glyph]
    raised: list[Raised] = field(default_factory=list)

    @property
    def y(self) -> float:
        return self.glyphs[0].y

    @property
    def size(self) -> float:
        return max(glyph.size for glyph in self.glyphs)


def read_lines(glyphs: Iterable[Glyph]) -> list[TextLine]:
    """The lines in the order in which they were written, which is column by column."""
    lines = list(_baselines(glyphs))
    kept = []
    for line in lines:
        host = next((other for other in lines if _carries(other, line)), None)
        if host:
            host.raised += [_placed(part, host) for part in _readings(line.glyphs)]
        else:
            kept.append(line)
    return sorted(kept, key=lambda line: min(glyph.index for glyph in line.glyphs))


def _baselines(glyphs: Iterable[Glyph]) -> Iterator[TextLine]:
    ordered = sorted(glyphs, key=lambda glyph: (round(glyph.y / _SAME_PT), glyph.x, glyph.index))
    for _, row in groupby(ordered, lambda glyph: round(glyph.y / _SAME_PT)):
        line: list[Glyph] = []
        for glyph in row:
            if line and _is_apart(line, glyph):
                yield from _trimmed(line)
                line = []
            line.append(glyph)
        yield from _trimmed(line)


def _is_apart(line: Sequence[Glyph], glyph: Glyph) -> bool:
    room = glyph.x - max(each.right for each in line)
    written = abs(glyph.index - line[-1].index)
    return any(room > em * glyph.size and written >= count for em, count in _APART)


def _trimmed(line: list[Glyph]) -> Iterator[TextLine]:
    """The line without white space at its ends, if anything is left."""
    while line and line[-1].text.isspace():
        line.pop()
    while line and line[0].text.isspace():
        line.pop(0)
    if line:
        # A narrow quotation mark's origin is left of its ink: as it was written, not by place.
        # But pdfium turns lines with right-to-left text about.
        is_turned = any(is_right_to_left(glyph) for glyph in line)
        yield TextLine(line if is_turned else sorted(line, key=lambda each: each.index))


def _carries(line: TextLine, above: TextLine) -> bool:
    """Whether what stands above belongs to the line."""
    if line is above or above.size > _SMALL * line.size:
        return False
    is_near = 0 < line.y - above.y < _HIGH_EM * line.size
    left, right = above.glyphs[0].x, above.glyphs[-1].right
    air = line.size
    return is_near and line.glyphs[0].x - air < left and right < line.glyphs[-1].right + air


def _readings(glyphs: Sequence[Glyph]) -> Iterator[Raised]:
    part: list[Glyph] = []
    for glyph in glyphs:
        if part and glyph.x - part[-1].right > _READINGS_APART_EM * glyph.size:
            yield Raised(tuple(part))
            part = []
        part.append(glyph)
    yield Raised(tuple(part))


def _placed(raised: Raised, line: TextLine) -> Raised:
    air = _COVERS_EM * line.size
    covered = [
        glyph
        for glyph in line.glyphs
        if min(raised.right, glyph.right) - max(raised.left, glyph.x) > air
    ]
    return Raised(raised.glyphs, tuple(covered))


def in_reading_order(run: Sequence[Glyph]) -> str:
    """The text of a run of one script, whatever the direction in which it is painted."""
    is_turned = any(is_right_to_left(glyph) for glyph in run)
    ordered = sorted(run, key=lambda each: (-each.x if is_turned else 0, each.index))
    text = ordered[0].text
    for one, other in pairwise(ordered):
        room = one.x - other.right if is_turned else other.x - one.right
        text += (" " if room > _WORDS_APART_EM * one.size else "") + other.text
    return text


def is_right_to_left(glyph: Glyph) -> bool:
    return unicodedata.bidirectional(glyph.text) in ("R", "AL")


def downwards(glyphs: Iterable[Glyph]) -> list[list[Glyph]]:
    """The lines of a vertical head from right to left, each as it was written.

    Glyphs stand in one line if they share a part of its width.
    """
    lines: list[list[Glyph]] = []
    for glyph in sorted(glyphs, key=lambda each: -middle(each)):
        if lines and middle(lines[-1][0]) - middle(glyph) < glyph.size / 2:
            lines[-1].append(glyph)
        else:
            lines.append([glyph])
    return [sorted(line, key=lambda each: each.index) for line in lines]


def middle(glyph: Glyph) -> float:
    """Where the middle of a glyph's em box is, across the page."""
    # A turned glyph's baseline runs down, its em box 0.12 em to the left and 0.88 to the right.
    return glyph.x + 0.38 * glyph.size if glyph.is_turned else (glyph.x + glyph.right) / 2
