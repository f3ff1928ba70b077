"""A story's head: the largest allowed size that fits its width, and whole rows in height."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass

from producer.compose.classes import Class, class_of
from producer.compose.coverage import Coverage
from producer.edition import HeadLine
from producer.errors import Findings
from producer.layouts import Grid, HeadPart, HeadStyle
from producer.model import Story

# Between the parts of a headline stands one em where both sides are Chinese.
_PART_GAP = "\u3000"
_BREAKS = re.compile(r"(?<=[，；：、])|[\u3000 ]+")


@dataclass(frozen=True)
class SetHead:
    """A head that has been set: its lines, their height in points, and rows for them."""

    lines: tuple[HeadLine, ...]
    height_pt: float
    rows: int


class HeadSetter:
    """Sets heads in the faces of a layout."""

    def __init__(self, coverage: Coverage, grid: Grid, findings: Findings) -> None:
        self.coverage = coverage
        self.fonts = coverage.fonts
        self.grid = grid
        self.findings = findings

    def story_head(self, story: Story, style: HeadStyle, width_em: float) -> SetHead:
        """Kicker, headline and deck of a story's first part."""
        lines: list[HeadLine] = []
        if story.head.kicker and style.kicker:
            lines += self._part("kicker", (story.head.kicker,), style.kicker, width_em, story)
        lines += self._part("headline", story.headline_lines, style.headline, width_em, story)
        if story.head.deck and style.deck:
            lines += self._part("deck", (story.head.deck,), style.deck, width_em, story)
        return self._set(lines, style)

    def continuation_head(self, story: Story, style: HeadStyle, width_em: float) -> SetHead:
        """The short headline that stands over a continuation."""
        lines = self._part("headline", (story.short,), style.headline, width_em, story)
        return self._set(lines, style)

    def check_byline(self, story: Story, byline: str, face: str, width_em: float) -> None:
        """A byline in the head has one row, in the body's size; a wider one is told."""
        self.coverage.check(byline, face, story.place, story.title)
        if self.fonts.width_em(face, byline) > width_em:
            self._tell_wide(story, "byline", len(byline), int(width_em), self.grid.body_pt)

    def _tell_wide(
        self, story: Story, part: str, characters: int, room: int, size_pt: float
    ) -> None:
        self.findings.add(
            "head.too-wide",
            story.place,
            story=story.title,
            part=part,
            characters=characters,
            room=room,
            size=f"{size_pt:g}",
        )

    def _part(
        self, kind: str, given: tuple[str, ...], part: HeadPart, width_em: float, story: Story
    ) -> list[HeadLine]:
        width_pt = width_em * self.grid.body_pt
        self.coverage.check("".join(given), part.face, story.place, story.title)
        candidates = list(_line_candidates(given, part.lines))
        widths = [
            max(self.fonts.width_em(part.face, line, part.features) for line in lines)
            for lines in candidates
        ]
        for lines, width in zip(candidates, widths, strict=True):
            for size in part.sizes:
                if width * size <= width_pt:
                    return [_head_line(kind, line, part, size) for line in lines]
        smallest = part.sizes[-1]
        longest = max(len(line) for line in candidates[-1])
        self._tell_wide(story, kind, longest, int(width_pt / smallest), smallest)
        return [_head_line(kind, line, part, smallest) for line in candidates[-1]]

    def _set(self, lines: list[HeadLine], style: HeadStyle) -> SetHead:
        height = sum(line.size_pt * line.line_height for line in lines)
        height += (len({line.kind for line in lines}) - 1) * style.gap_pt
        rows = math.ceil((height + style.padding_pt) / self.grid.leading_pt)
        return SetHead(tuple(lines), height, rows)


def _head_line(kind: str, text: str, part: HeadPart, size: float) -> HeadLine:
    return HeadLine(kind, text, part.face, size, part.line_height)


def _line_candidates(given: tuple[str, ...], most: int) -> Iterator[tuple[str, ...]]:
    """Ways to set the given lines: as they are, then one line parted where it may be."""
    yield tuple(_with_part_gaps(line) for line in given)
    if len(given) > 1 or most < 2:
        return
    parts = [part for part in _BREAKS.split(given[0]) if part]
    if len(parts) < 2:
        return
    total = sum(map(len, parts))
    cut = min(range(1, len(parts)), key=lambda at: abs(2 * sum(map(len, parts[:at])) - total))
    halves = _rejoin(given[0], parts, cut)
    yield tuple(_with_part_gaps(half) for half in halves)


def _rejoin(line: str, parts: list[str], cut: int) -> tuple[str, str]:
    """The line in two at the start of part `cut`, inner gaps kept."""
    at = 0
    for part in parts[:cut]:
        at = line.index(part, at) + len(part)
    return line[:at].rstrip(), line[at:].lstrip()


def _with_part_gaps(line: str) -> str:
    """Spaces beside Chinese are set one em wide; between Latin words they stay."""

    def gap(match: re.Match[str]) -> str:
        sides = (line[match.start() - 1], line[match.end()])
        latin = all(class_of(side) is Class.LATIN for side in sides)
        return " " if latin else _PART_GAP

    return re.sub(r"(?<=\S)[ \u3000]+(?=\S)", gap, line)
