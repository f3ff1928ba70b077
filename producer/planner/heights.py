"""How high a text area must be for a galley: exact, and without pouring where that can be had."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from producer.edition import Line
from producer.fit.pour import Area, balanced_depth, fill, free_segments, pour


def empty_rows(lines: Sequence[Line], area: Area) -> int:
    """Rows that the lines leave free in an area; negative: rows of lines without a place."""
    if _is_plain(lines):
        return _free(area) - len(lines)
    filled = fill(lambda _: lines, area)
    rest = filled.lines[filled.used :]
    # A subhead that had no room leaves rows free, which its paragraph would fill.
    return (
        min(-1, filled.empty_rows - sum(line.rows for line in rest)) if rest else filled.empty_rows
    )


def heights(lines: Sequence[Line], area: Area, reach: int) -> Iterator[tuple[int, int]]:
    """Heights near the least at which all lines find a place, and what each leaves empty.

    The area's own rows are the most; `reach` rows more or fewer than the least are looked at.
    """
    foot = max((inset.row + inset.rows - 1 for inset in area.insets), default=0)
    if foot > area.rows:
        return
    depth = _depth(lines, area)
    at_depth = empty_rows(lines, area._replace(rows=depth)) if depth <= area.rows else 0
    for rows in range(max(depth - reach, foot, 1), min(area.rows, depth + reach) + 1):
        if rows < depth:
            yield rows, _overset(lines, area._replace(rows=rows))
        else:
            # Below the least depth all columns are free.
            yield rows, at_depth + area.columns * (rows - depth)


def _depth(lines: Sequence[Line], area: Area) -> int:
    """The least rows; of a galley too long for the area about so many as it would need."""
    covered = sum(inset.columns * inset.rows for inset in area.insets)
    total = sum(line.rows + line.air_rows for line in lines) + covered
    foot = max((inset.row + inset.rows - 1 for inset in area.insets), default=0)
    about = max(foot, -(-total // area.columns))
    if _is_plain(lines) or about > area.rows + area.columns:
        return about
    depth = balanced_depth(lambda _: lines, area)
    return depth if depth is not None else max(about, area.rows + 1)


def _overset(lines: Sequence[Line], area: Area) -> int:
    if _is_plain(lines):
        return _free(area) - len(lines)
    segments = free_segments(area.columns, area.rows, area.insets)
    stretches, used = pour(lines, segments)
    free = sum(stretch.segment.rows - stretch.rows for stretch in stretches)
    return min(-1, free - sum(line.rows for line in lines[used:]))


def _free(area: Area) -> int:
    return area.columns * area.rows - sum(inset.columns * inset.rows for inset in area.insets)


def _is_plain(lines: Sequence[Line]) -> bool:
    """Whether every line takes one row wherever it stands."""
    return all(line.rows == 1 and not line.air_rows and not line.is_subhead for line in lines)
