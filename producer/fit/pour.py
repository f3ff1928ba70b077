"""Lines into columns: whole-number arithmetic on rows, and nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

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


def free_segments(columns: int, rows: int, insets: Iterable[InsetPlacement]) -> list[Segment]:
    """The columns' free rows, in reading order: down a column, then the next."""
    blocked: list[list[tuple[int, int]]] = [[] for _ in range(columns)]
    for inset in insets:
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
    """Rows that must follow a line of a subhead: its other lines, and some of the text."""
    more = 0
    for line in lines[at + 1 :]:
        if not line.is_subhead or line.block != lines[at].block:
            break
        more += 1
    return more + _ROWS_BELOW_SUBHEAD


def reserve_last_row(segments: list[Segment]) -> tuple[list[Segment], Segment | None]:
    """Take the last row of the last column away for a jump line; None if there is none."""
    if not segments:
        return [], None
    *others, last = segments
    row = Segment(last.column, last.bottom - 1, 1)
    kept = [replace(last, rows=last.rows - 1)] if last.rows > 1 else []
    return others + kept, row


def balanced_depth(
    lines: Sequence[Line], columns: int, rows: int, insets: Sequence[InsetPlacement]
) -> int | None:
    """The smallest depth at which all lines find a place, the columns ending on one row.

    None if the lines do not fit into `rows` at all.
    """
    least = max((inset.row - 1 + inset.rows for inset in insets), default=0)
    covered = sum(inset.columns * inset.rows for inset in insets)
    needed = -(-(len(lines) + covered) // columns)
    for depth in range(min(rows, max(least, needed)), rows + 1):
        if pour(lines, free_segments(columns, depth, insets))[1] == len(lines):
            return depth
    return None
