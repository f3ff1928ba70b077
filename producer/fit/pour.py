"""Lines into columns: whole-number arithmetic on rows, and nothing else."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile
from typing import NamedTuple

from producer.edition import Line, SetLine
from producer.model import InsetPlacement

# A subhead keeps at least this many rows of text below it in its column.
_ROWS_BELOW_SUBHEAD = 2


@dataclass(frozen=True)
class Segment:
    """Free rows of one text column; `column` and `top` count from 0."""

    column: int
    top: int
    rows: int

    @property
    def bottom(self) -> int:
        """The row below its last."""
        return self.top + self.rows


@dataclass(frozen=True)
class Stretch:
    """The lines poured into one segment."""

    segment: Segment
    lines: tuple[SetLine, ...]

    @property
    def rows(self) -> int:
        """Rows that the lines take."""
        return self.lines[-1].row + self.lines[-1].line.rows if self.lines else 0


class Area(NamedTuple):
    """A frame's text area; the last row of one that `jumps` is kept for the jump line."""

    columns: int
    rows: int
    insets: tuple[InsetPlacement, ...] = ()
    jumps: bool = False


@dataclass(frozen=True)
class Filled:
    """A text area after pouring; `used` of the galley's `lines` have found a place."""

    lines: tuple[Line, ...]
    stretches: tuple[Stretch, ...]
    used: int
    jump_row: Segment | None
    empty_rows: int

    @property
    def holes(self) -> int:
        """Rows left free at the feet of columns that are not the last."""
        last = max((each.segment.column for each in self.stretches if each.lines), default=0)
        return _free_rows(each for each in self.stretches if each.segment.column < last)

    @property
    def lonely(self) -> tuple[Line, ...]:
        """Last lines of paragraphs that a column begins with (孤行)."""
        firsts = (each.lines[0].line for each in self.stretches if each.lines)
        return tuple(line for line in firsts if is_lonely(line))


def is_lonely(line: Line) -> bool:
    """Whether a line must not begin a column: a paragraph's last of several."""
    return line.is_last and not line.is_first


Galley = Callable[[Sequence[Segment]], Sequence[Line]]
"""The lines of a story for segments that they will be poured into."""


def fill(galley: Galley, area: Area) -> Filled:
    """Fill every row but the jump line's, or the columns to one depth where the story ends."""
    whole = free_segments(area.columns, area.rows, area.insets)
    if area.jumps:
        segments, jump_row = reserve_last_row(whole)
        lines = tuple(galley(segments))
        stretches, used = pour(lines, segments)
        return Filled(lines, tuple(stretches), used, jump_row, _free_rows(stretches))
    depth = balanced_depth(galley, area) or area.rows
    segments = free_segments(area.columns, depth, area.insets)
    lines = tuple(galley(segments))
    stretches, used = pour(lines, segments)
    below = sum(
        segment.bottom - max(segment.top, depth) for segment in whole if segment.bottom > depth
    )
    return Filled(lines, tuple(stretches), used, None, _free_rows(stretches) + below)


def balanced_depth(galley: Galley, area: Area) -> int | None:
    """The smallest depth at which all lines find a place, the columns ending on one row.

    None if the lines do not fit into the area at all.
    """
    columns, rows, insets, _ = area
    foot = max((inset.row - 1 + inset.rows for inset in insets), default=0)
    covered = sum(inset.columns * inset.rows for inset in insets if not inset.side)
    count = len(galley(free_segments(columns, rows, insets)))
    if any(inset.side for inset in insets):
        # At another depth other lines stand beside the inset, and there are fewer or more.
        count -= count // 4
    needed = -(-(count + covered) // columns)
    for depth in range(min(rows, max(foot, needed)), rows + 1):
        segments = free_segments(columns, depth, insets)
        lines = galley(segments)
        if pour(lines, segments)[1] == len(lines):
            return depth
    return None


def _free_rows(stretches: Iterable[Stretch]) -> int:
    return sum(stretch.segment.rows - stretch.rows for stretch in stretches)


def free_segments(columns: int, rows: int, insets: Iterable[InsetPlacement]) -> list[Segment]:
    """The columns' free rows, in reading order: down a column, then the next."""
    blocked: list[list[tuple[int, int]]] = [[] for _ in range(columns)]
    for inset in insets:
        # Beside one that stands at a column's side its rows are free, though narrower.
        if inset.side:
            continue
        for column in range(inset.column - 1, inset.column - 1 + inset.columns):
            blocked[column].append((inset.row - 1, inset.row - 1 + inset.rows))
    segments = []
    for column, spans in enumerate(blocked):
        top = 0
        for start, end in [*sorted(spans), (rows, rows)]:
            if min(start, rows) > top:
                segments.append(Segment(column, top, min(start, rows) - top))
            top = max(top, end)
    return segments


def pour(lines: Sequence[Line], segments: Iterable[Segment]) -> tuple[list[Stretch], int]:
    """Fill the segments in order; the number says how many lines found a place."""
    stretches: list[Stretch] = []
    used = 0
    for segment in segments:
        placed: list[SetLine] = []
        row = 0
        while used < len(lines):
            line = lines[used]
            if line.is_subhead and row == 0 and line.rows > 1:
                line = replace(line, rows=1)
            air = line.air_rows if row else 0
            below = _rows_to_keep(lines, used) if line.is_subhead else 0
            if row + air + line.rows + below > segment.rows:
                break
            placed.append(SetLine(line, row + air))
            row += air + line.rows
            used += 1
        stretches.append(Stretch(segment, tuple(placed)))
    return stretches, used


def _rows_to_keep(lines: Sequence[Line], at: int) -> int:
    """Rows that must follow a line of a subhead: those of more subheads, and some of the text."""
    more = takewhile(lambda line: line.is_subhead, lines[at + 1 :])
    return sum(line.rows for line in more) + _ROWS_BELOW_SUBHEAD


def reserve_last_row(segments: list[Segment]) -> tuple[list[Segment], Segment | None]:
    """Take the last row of the last column away for a jump line; None if there is none."""
    if not segments:
        return [], None
    *others, last = segments
    row = Segment(last.column, last.bottom - 1, 1)
    kept = [replace(last, rows=last.rows - 1)] if last.rows > 1 else []
    return others + kept, row
