"""Where the lines of a paragraph end: the best breaks of the whole paragraph.

A paragraph's places to break are a graph: an edge is a line, its cost how much the line must
be driven in or out (先挤进，后推出), and the cheapest way from start to end is the paragraph
(Knuth and Plass 1981). A line's cost does not depend on the lines before it, so a paragraph
goes on from any of its breaks as if it had never been cut.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

from producer.compose.classes import HALF_EM
from producer.compose.linecosts import EPSILON, LINE, Edge, Lines
from producer.compose.paragraph import Paragraph


class Shape(NamedTuple):
    """A paragraph's measure in em, and how much shorter its first lines are, one by one."""

    measure: float
    indents: tuple[float, ...] = ()

    def room(self, line: int) -> float:
        """The room of a line, from 0."""
        return self.measure - (self.indents[line] if line < len(self.indents) else 0.0)

    @property
    def widest(self) -> float:
        """The room of the widest line: a label may hang to the left of the others."""
        return self.measure - min((0.0, *self.indents))


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
    search = _Search(paragraph, shape, start, is_first)
    if change:
        ways = _ways(search.graph(), start, total)
        _, best = min(ways.values())
        wanted = len(best) + change
        return ways[wanted][1] if wanted in ways else best
    return _shortest(search.graph(search.easy_cost()), start, total)


def line_changes(
    paragraph: Paragraph, shape: Shape, start: int = 0, is_first: bool = True
) -> dict[int, float]:
    """What it costs to set the paragraph in more or fewer lines, by the change in lines."""
    if start >= len(paragraph.clusters):
        return {}
    graph = _Search(paragraph, shape, start, is_first).graph()
    ways = _ways(graph, start, len(paragraph.clusters))
    best = min(ways.values())
    return {lines - len(best[1]): cost - best[0] for lines, (cost, _) in sorted(ways.items())}


class _Search:
    """Looks for the lines of one paragraph from one cluster on."""

    def __init__(self, paragraph: Paragraph, shape: Shape, start: int, is_first: bool) -> None:
        self.lines = Lines(paragraph)
        self.shape = shape
        self.start = start
        self.is_first = is_first
        self.total = len(paragraph.clusters)

    def easy_cost(self) -> float:
        """The cost of a way that takes the cheapest line each time: no better one costs more."""
        cost, at, number = 0.0, self.start, 0
        while at < self.total:
            more, end = min((cost, -end) for end, cost in self._edges(at, number))
            cost, at, number = cost + more, -end, number + 1
        return cost

    def graph(self, most: float = math.inf) -> _Graph:
        """All lines that can be part of a way that costs no more than `most`."""
        most += EPSILON
        costs = {self.start: 0.0}
        first = []
        for number in range(len(self.shape.indents)):
            edges, costs = self._step(costs, number, most)
            first.append(edges)
        later: dict[int, list[Edge]] = {}
        number = len(self.shape.indents)
        for at in range(min(costs, default=self.total), self.total):
            if at in costs:
                later[at] = self._reach(at, number, costs[at], costs, most)
        return _Graph(tuple(first), later)

    def _step(
        self, costs: dict[int, float], number: int, most: float
    ) -> tuple[dict[int, list[Edge]], dict[int, float]]:
        """The lines of one of the first numbers, and the least cost of where they end."""
        onward: dict[int, float] = {}
        edges = {
            at: self._reach(at, number, costs[at], onward, most)
            for at in sorted(costs)
            if at < self.total
        }
        return edges, onward

    def _reach(
        self, at: int, number: int, cost: float, costs: dict[int, float], most: float
    ) -> list[Edge]:
        """The lines from a cluster that can still be part of a good way; their ends' costs."""
        found: list[Edge] = []
        if cost + LINE * self._lines_left(at) > most:
            return found
        for line in self._edges(at, number):
            end, more = line
            if cost + more <= most:
                found.append(line)
                if end not in costs or cost + more < costs[end]:
                    costs[end] = cost + more
        return found

    def _lines_left(self, at: int) -> float:
        """So many lines at least are still to come, all squeezed as far as can be.

        A line may lose half an em more at either end.
        """
        paragraph = self.lines.paragraph
        width = paragraph.right[-1] - paragraph.left[at]
        width -= paragraph.soft[-1] - paragraph.soft[at] + paragraph.hard[-1] - paragraph.hard[at]
        width -= paragraph.tightest * (paragraph.gaps[-1] - paragraph.gaps[at])
        return width / (self.shape.widest + 2 * HALF_EM)

    def _edges(self, at: int, number: int) -> list[Edge]:
        is_first = self.is_first and at == self.start and number == 0
        return self.lines.edges(at, self.shape.room(number), is_first)


def _shortest(graph: _Graph, start: int, total: int) -> list[tuple[int, int]]:
    """The cheapest way, found from the paragraph's end; ties go to the longer line."""
    best: dict[int, float] = {total: 0.0}
    after: dict[int, int] = {}
    _relax(graph.later, best, after)
    layers = [(best, after)]
    for edges in reversed(graph.first):
        best, after = {total: 0.0}, {}
        _relax(edges, best, after, layers[-1][0])
        layers.append((best, after))
    layers.reverse()
    lines, at, number = [], start, 0
    while at < total:
        end = layers[min(number, len(layers) - 1)][1][at]
        lines.append((at, end))
        at, number = end, number + 1
    return lines


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
