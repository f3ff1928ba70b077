"""Run-round (绕排): text beside an inset that stands at one side of a column.

Lines beside it are shorter, so what a line is depends on the row that it will stand on: a story
with such insets is composed block by block, each from the row on which it begins.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from producer.compose.blocks import Beside, Setting
from producer.compose.galley import Composer
from producer.edition import Line, Mark
from producer.fit.pour import Segment, pour
from producer.model import InsetPlacement, Story

# Narrower text beside an inset is torn apart.
LEAST_BESIDE_EM = 8


def room_beside(measure_em: int, inset: InsetPlacement, insets: Iterable[InsetPlacement]) -> int:
    """What an inset leaves of its column's measure in em, on the row where that is least."""
    rows = range(inset.row, inset.row + inset.rows)
    return min(measure_em - _taken(insets, inset.column, row)[1] for row in rows)


def _taken(insets: Iterable[InsetPlacement], column: int, row: int) -> tuple[int, int]:
    """What insets take of a column's row, both from 1: em at its left, em in all."""
    widths = [
        (inset.side, inset.width_em or 0)
        for inset in insets
        if inset.column == column and inset.row <= row < inset.row + inset.rows
    ]
    return sum(em for side, em in widths if side == "left"), sum(em for _, em in widths)


class RoundGalley:
    """A story's lines at one measure, as insets at the sides of columns narrow them."""

    def __init__(
        self,
        composer: Composer,
        story: Story,
        measure: float,
        start: Mark,
        byline: str | None,
        setting: Setting,
        insets: Sequence[InsetPlacement],
    ) -> None:
        self.composer = composer
        self.story = story
        self.measure = measure
        self.start = start
        self.byline = byline
        self.setting = setting
        self.insets = insets

    def __call__(self, segments: Sequence[Segment]) -> list[Line]:
        """The lines for these segments."""
        lines: list[Line] = []
        for index in range(self.start.block, len(self.story.body)):
            lines += self._block(index, lines, segments)
        if self.byline and self.start.block <= len(self.story.body):
            self._add_byline(lines, segments)
        return lines

    def _block(
        self, index: int, lines: list[Line], segments: Sequence[Segment]
    ) -> tuple[Line, ...]:
        """A block from the row on which it comes to stand; that may depend on how it is set."""
        at = len(lines)
        beside = self._beside(segments, (*lines, *self._set(index, ())), at)
        made = self._set(index, beside)
        again = self._beside(segments, (*lines, *made), at)
        return made if again == beside else self._set(index, again)

    def _set(self, index: int, beside: Beside) -> tuple[Line, ...]:
        offset = self.start.offset if index == self.start.block else 0
        is_marked = index + 1 == len(self.story.body) and not self.byline
        return self.composer.block(
            self.story, index, self.measure, offset, self.setting, is_marked, beside
        )

    def _beside(self, segments: Sequence[Segment], lines: Sequence[Line], at: int) -> Beside:
        """What insets take of the rows from that of line `at` on, down to the last such row."""
        taken: list[tuple[float, float]] = []
        before, found = 0, False
        for stretch in pour(lines, segments)[0]:
            segment, first = stretch.segment, 0
            if not found and before + len(stretch.lines) > at:
                found, first = True, stretch.lines[at - before].row
            before += len(stretch.lines)
            if found:
                rows = range(segment.top + first, segment.bottom)
                taken += [_taken(self.insets, segment.column + 1, row + 1) for row in rows]
        while taken and taken[-1] == (0.0, 0.0):
            taken.pop()
        return tuple(taken)

    def _add_byline(self, lines: list[Line], segments: Sequence[Segment]) -> None:
        """The byline flush right on the last line, or on one below it where there is no room."""
        count, last = len(lines), lines[-1:]
        self._byline(lines, self._edge(segments, lines, count - 1))
        if len(lines) > count:
            own: list[Line] = []
            self._byline(own, self._edge(segments, (*lines[:count], *last), count))
            lines[count:] = [replace(line, block=len(self.story.body)) for line in own]

    def _byline(self, lines: list[Line], edge: float) -> None:
        assert self.byline
        self.composer.add_byline(lines, self.story, self.byline, edge)

    def _edge(self, segments: Sequence[Segment], lines: Sequence[Line], at: int) -> float:
        """How far to the right the row of a line reaches."""
        beside = self._beside(segments, lines, at)
        left, taken = beside[0] if beside else (0.0, 0.0)
        return self.measure - taken + left
