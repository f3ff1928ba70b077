"""The fine rules between stories: down a shared gutter, across an empty row."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from producer.edition import Box, Rule
from producer.layouts import Layout
from producer.model import Rect

# Neighbours that share fewer rows than this need no rule between them.
_LEAST_SHARED_ROWS = 3


def rules_between(rects: Sequence[Rect], layout: Layout) -> tuple[Rule, ...]:
    """Rules for rectangles that stand beside or below each other without a border."""
    return (*_down(rects, layout), *_across(rects, layout))


def _down(rects: Sequence[Rect], layout: Layout) -> Iterator[Rule]:
    grid = layout.grid
    spans: dict[int, list[tuple[int, int]]] = {}
    for left in rects:
        for right in rects:
            first, last = max(left.row, right.row), min(left.last_row, right.last_row)
            if left.last_column + 1 == right.column and last - first + 1 >= _LEAST_SHARED_ROWS:
                spans.setdefault(right.column, []).append((first, last))
    for column, rows in sorted(spans.items()):
        x = layout.x_mm(column) - grid.gutter_em * grid.em_mm / 2
        for first, last in _merged(rows, 2):
            yield Rule("down", Box(x, layout.y_mm(first), 0, (last - first + 1) * grid.row_mm))


def _across(rects: Sequence[Rect], layout: Layout) -> Iterator[Rule]:
    grid = layout.grid
    spans: dict[int, list[tuple[int, int]]] = {}
    for above in rects:
        for below in rects:
            first = max(above.column, below.column)
            last = min(above.last_column, below.last_column)
            if below.row - above.last_row == 2 and first <= last:
                spans.setdefault(below.row - 1, []).append((first, last))
    for row, columns in sorted(spans.items()):
        for first, last in _merged(columns, 1):
            x, width = layout.x_mm(first), layout.width_mm(last - first + 1)
            yield Rule("across", Box(x, layout.y_mm(row) + grid.row_mm / 2, width, 0))


def _merged(spans: Iterable[tuple[int, int]], reach: int) -> list[tuple[int, int]]:
    """Spans that touch, or lie less than `reach` apart, as one."""
    merged: list[tuple[int, int]] = []
    for first, last in sorted(spans):
        if merged and first <= merged[-1][1] + reach:
            merged[-1] = (merged[-1][0], max(merged[-1][1], last))
        else:
            merged.append((first, last))
    return merged
