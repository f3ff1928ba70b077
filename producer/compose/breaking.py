"""Where the lines of a paragraph end: the best breaks of the whole paragraph.

A paragraph's places to break are a graph: an edge is a line, its cost how much the line must
be driven in or out (先挤进，后推出), and the cheapest way from start to end is the paragraph
(Knuth and Plass 1981). A line's cost does not depend on the lines before it, so a paragraph
goes on from any of its breaks as if it had never been cut.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from producer.compose.linecosts import EASY, LINE, Edge, Lines
from producer.compose.paragraph import Paragraph


class Shape(NamedTuple):
    """A paragraph's measure in em, and how much shorter its first lines are, one by one."""

    measure: float
    indents: tuple[float, ...] = ()

    def room(self, line: int) -> float:
        """The room of a line, from 0."""
        return self.measure - (self.indents[line] if line < len(self.indents) else 0.0)


class _Graph(NamedTuple):
    """Edges by first cluster: of each of the first lines, then of all others."""

    first: tuple[dict[int, list[Edge]], ...]
    later: dict[int, list[Edge]]


def break_lines(
    paragraph: Paragraph, shape: Shape, start: int = 0, is_first: bool = True, change: int = 0
) -> list[tuple[int, int]]:
    """The (first, end) cluster ranges of the paragraph's lines.

    Args:
        paragraph: The paragraph.
        shape: Measure and indents.
        start: The cluster to begin at.
        is_first: Whether the first line begins the paragraph or goes on with it.
        change: So many lines more than the best breaks have, or fewer if negative; where that
            cannot be had, the best breaks stay.
    """
    total = len(paragraph.clusters)
    if start >= total:
        return []
    if change:
        ways = _ways(_graph(paragraph, shape, start, is_first), start, total)
        cost, best = min(ways.values())
        wanted = len(best) + change
        return ways[wanted][1] if wanted in ways else best
    cost, best = _shortest(_graph(paragraph, shape, start, is_first, is_eager=True), start, total)
    # No way with a line that costs more than EASY can be cheaper than this.
    if best and cost <= EASY + LINE * (len(best) - 2):
        return best
    return _shortest(_graph(paragraph, shape, start, is_first), start, total)[1]


def line_changes(
    paragraph: Paragraph, shape: Shape, start: int = 0, is_first: bool = True
) -> dict[int, float]:
    """What it costs to set the paragraph in more or fewer lines, by the change in lines."""
    if start >= len(paragraph.clusters):
        return {}
    ways = _ways(_graph(paragraph, shape, start, is_first), start, len(paragraph.clusters))
    best = min(ways.values())
    return {lines - len(best[1]): cost - best[0] for lines, (cost, _) in sorted(ways.items())}


def _graph(
    paragraph: Paragraph, shape: Shape, start: int, is_first: bool, is_eager: bool = False
) -> _Graph:
    """All lines that can come up, from `start` on; with `is_eager` only the easy ones."""
    lines, total = Lines(paragraph), len(paragraph.clusters)
    first: list[dict[int, list[Edge]]] = []
    frontier = [start]
    for number in range(len(shape.indents)):
        room = shape.room(number)
        edges = {
            at: lines.edges(at, room, is_first and at == start, is_eager)
            for at in frontier
            if at < total
        }
        first.append(edges)
        frontier = sorted({end for found in edges.values() for end, _ in found})
    later: dict[int, list[Edge]] = {}
    waiting = bytearray(total + 1)
    for at in frontier:
        waiting[at] = 1
    for at in range(min(frontier, default=total), total):
        if waiting[at]:
            found = lines.edges(at, shape.measure, is_first and at == start and not first, is_eager)
            later[at] = found
            for end, _ in found:
                waiting[end] = 1
    return _Graph(tuple(first), later)


def _shortest(graph: _Graph, start: int, total: int) -> tuple[float, list[tuple[int, int]]]:
    """The cheapest way, found from the paragraph's end, and its cost; none if it has no end.

    Ties go to the longer line.
    """
    best: dict[int, float] = {total: 0.0}
    after: dict[int, int] = {}
    _relax(graph.later, best, after)
    layers = [(best, after)]
    for edges in reversed(graph.first):
        best, after = {total: 0.0}, {}
        _relax(edges, best, after, layers[-1][0])
        layers.append((best, after))
    layers.reverse()
    if start not in best:
        return 0.0, []
    lines, at, number = [], start, 0
    while at < total:
        end = layers[min(number, len(layers) - 1)][1][at]
        lines.append((at, end))
        at, number = end, number + 1
    return best[start], lines


def _relax(
    edges: dict[int, list[Edge]],
    best: dict[int, float],
    after: dict[int, int],
    onward: dict[int, float] | None = None,
) -> None:
    """Put in the least cost from each cluster to the end, by the costs from where lines end."""
    onward = best if onward is None else onward
    for at in reversed(edges):
        least, end_of_least = 0.0, -1
        for end, cost in edges[at]:
            if end in onward:
                cost += onward[end]
                if end_of_least < 0 or cost <= least:
                    least, end_of_least = cost, end
        if end_of_least >= 0:
            best[at], after[at] = least, end_of_least


def _ways(graph: _Graph, start: int, total: int) -> dict[int, tuple[float, list[tuple[int, int]]]]:
    """The cheapest way for each number of lines that can be had."""
    Found = dict[int, tuple[float, int]]
    none: Found = {0: (0.0, total)}
    best: dict[int, Found] = {total: none}

    def step(found: Sequence[Edge], onward: dict[int, Found]) -> Found:
        ways: Found = {}
        for end, cost in found:
            for lines, (rest, _) in onward[end].items():
                candidate = (cost + rest, end)
                if lines + 1 not in ways or candidate < ways[lines + 1]:
                    ways[lines + 1] = candidate
        return ways

    for at in reversed(graph.later):
        best[at] = step(graph.later[at], best)
    layers = [best]
    for edges in reversed(graph.first):
        onward = layers[-1]
        layers.append({total: none, **{at: step(found, onward) for at, found in edges.items()}})
    layers.reverse()
    ways = {}
    for count, (cost, _) in layers[0][start].items():
        lines, at, left = [], start, count
        while left:
            layer = layers[min(count - left, len(layers) - 1)]
            end = layer[at][left][1]
            lines.append((at, end))
            at, left = end, left - 1
        ways[count] = (cost, lines)
    return ways
