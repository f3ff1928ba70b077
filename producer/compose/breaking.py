"""Where the lines of a paragraph end: the best breaks of the whole paragraph.

A paragraph's places to break are a graph: an edge is a line, its cost how much the line must
be driven in or out (先挤进，后推出), and the cheapest way from start to end is the paragraph
(Knuth and Plass 1981). A line's cost does not depend on the lines before it, so a paragraph
goes on from any of its breaks as if it had never been cut.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from typing import NamedTuple

from producer.compose.classes import HALF_EM, Class, class_of, forbidden
from producer.compose.paragraph import Paragraph

# Widths are sums of fractions of an em; a line is not too long by a rounding error.
EPSILON = 1e-6

# Costs. A perfect line has that of a line; gaps opened by _EASY_GAP cost 1, twice that 4, and
# steeply more from _WIDE_GAP on, since readers see it.
_LINE = 0.2
_EASY_GAP, _WIDE_GAP = 0.04, 0.07
_SPREAD, _SQUEEZE, _HARD_SQUEEZE, _TIGHT = 0.5, 0.6, 3.0, 2.5
_LATIN_RATIO = 1.0
_HOPELESS = 60.0
# A last line of one character (孤字), of a short word or part of one.
_LONELY = 40.0
_LONELY_EM = 1.5
_HYPHENS_IN_TURN = 4.0
_EMERGENCY = 500.0
# Gaps opened wider than this are looked at only where nothing else is to be had.
_REACH_EM = 0.13

_WORDS = (Class.IDEOGRAPH, Class.LATIN)

Edge = tuple[int, float]


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
    if start >= len(paragraph.clusters):
        return []
    graph = _graph(paragraph, shape, start, is_first)
    if change:
        ways = _ways(graph, start, len(paragraph.clusters))
        best = min(ways.values())
        wanted = len(best[1]) + change
        if wanted in ways:
            return ways[wanted][1]
        return best[1]
    return _shortest(graph, start, len(paragraph.clusters))


def line_changes(
    paragraph: Paragraph, shape: Shape, start: int = 0, is_first: bool = True
) -> dict[int, float]:
    """What it costs to set the paragraph in more or fewer lines, by the change in lines."""
    if start >= len(paragraph.clusters):
        return {}
    ways = _ways(_graph(paragraph, shape, start, is_first), start, len(paragraph.clusters))
    best = min(ways.values())
    return {lines - len(best[1]): cost - best[0] for lines, (cost, _) in sorted(ways.items())}


def _graph(paragraph: Paragraph, shape: Shape, start: int, is_first: bool) -> _Graph:
    """All lines that can come up, from `start` on."""
    lines, total = _Lines(paragraph), len(paragraph.clusters)
    first: list[dict[int, list[Edge]]] = []
    frontier = [start]
    for number in range(len(shape.indents)):
        room = shape.room(number)
        edges = {
            at: lines.edges(at, room, is_first and at == start) for at in frontier if at < total
        }
        first.append(edges)
        frontier = sorted({end for found in edges.values() for end, _ in found})
    later: dict[int, list[Edge]] = {}
    waiting = bytearray(total + 1)
    for at in frontier:
        waiting[at] = 1
    for at in range(min(frontier, default=total), total):
        if waiting[at]:
            found = lines.edges(at, shape.measure, is_first and at == start and not first)
            later[at] = found
            for end, _ in found:
                waiting[end] = 1
    return _Graph(tuple(first), later)


def _shortest(graph: _Graph, start: int, total: int) -> list[tuple[int, int]]:
    """The cheapest way, found from the paragraph's end; ties go to the longer line."""
    best: dict[int, float] = {total: 0.0}
    after: dict[int, int] = {}
    _relax(graph.later, best, after)
    layers = []
    for edges in reversed(graph.first):
        layer: dict[int, float] = {total: 0.0}
        ends: dict[int, int] = {}
        for at, found in edges.items():
            layer[at], ends[at] = min((cost + best[end], -end) for end, cost in found)
            ends[at] = -ends[at]
        layers.append(ends)
        best = layer
    lines, at = [], start
    for ends in reversed(layers):
        if at < total:
            lines.append((at, ends[at]))
            at = ends[at]
    while at < total:
        lines.append((at, after[at]))
        at = after[at]
    return lines


def _relax(edges: dict[int, list[Edge]], best: dict[int, float], after: dict[int, int]) -> None:
    for at in reversed(edges):
        least = end_of_least = -1.0
        for end, cost in edges[at]:
            cost += best[end]
            if end_of_least < 0 or cost <= least:
                least, end_of_least = cost, end
        best[at], after[at] = least, int(end_of_least)


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


class _Lines:
    """The lines that may begin at a cluster, each with its cost."""

    def __init__(self, paragraph: Paragraph) -> None:
        self.paragraph = paragraph
        self.ends = paragraph.ends
        self.rights = [end.right for end in paragraph.ends]
        self.positions = [end.at for end in paragraph.ends]
        self.hyphens = {end.at for end in paragraph.ends if end.is_hyphen}

    def edges(self, start: int, room: float, is_first: bool) -> list[Edge]:
        """Every line from `start` that the room allows; one too long or loose if it must be."""
        paragraph = self.paragraph
        edge = paragraph.left[start]
        if not is_first:
            edge += paragraph.blank_before[start]
        first = bisect_left(self.positions, start + 1)
        last = self._last(start) if paragraph.forced else len(self.ends) - 1
        reach = edge + room - self._give(start, room)
        at = bisect_left(self.rights, reach, first, last + 1)
        found = self._priced(start, edge + room, range(at, last + 1), last)
        # Wider gaps only where nothing else is to be had, a break in a word if even they fail.
        while not found and at > first:
            at -= 1
            found = self._priced(start, edge + room, range(at, at + 1), last)
        return found or [self._emergency(start, edge, room, last)]

    def _last(self, start: int) -> int:
        """The number of the last end that may be thought of: a forced one, or the final."""
        forced = self.paragraph.forced
        at = bisect_left(forced, start + 1)
        if at == len(forced):
            return len(self.ends) - 1
        return bisect_left(self.positions, forced[at])

    def _give(self, start: int, room: float) -> float:
        """How much shorter than the room a line is that can be driven out with grace."""
        spread = self.paragraph.spread
        own = spread[min(len(spread) - 1, start + int(room * 2))] - spread[start]
        return 1.5 * own if self.paragraph.is_latin else own + _REACH_EM * room

    def _priced(self, start: int, limit: float, numbers: range, last: int) -> list[Edge]:
        """The lines from `start` to each of the ends that can be driven into `limit`."""
        paragraph, found = self.paragraph, []
        gaps0, spread0 = paragraph.gaps[start], paragraph.spread[start]
        squeezed0 = paragraph.soft[start] + paragraph.hard[start]
        after_hyphen, tightest = start in self.hyphens, paragraph.tightest
        for number in numbers:
            at, right, _, blank, gaps, spread, soft, hard, cost, is_hyphen = self.ends[number]
            need = limit - right
            if number == last:
                cost += self._last_cost(start, at)
            elif need >= 0:
                gap = (need - spread + spread0) / (gaps - gaps0 or 1)
                if spread == spread0 and gap < _EASY_GAP:
                    cost += (gap / _EASY_GAP) ** 2
                else:
                    cost += _opened(need, gaps - gaps0, spread - spread0)
            if need + blank < -EPSILON:
                tight = tightest * (gaps - gaps0)
                room_left = need + blank + soft + hard - squeezed0 + tight
                if room_left < -EPSILON:
                    # A mark's blank half may make the next end fit, more than that cannot.
                    if room_left < -HALF_EM or number == last:
                        break
                    continue
                own = soft - paragraph.soft[start]
                cost += _squeezed(need + blank, own, soft + hard - squeezed0 - own, tight)
            if is_hyphen and after_hyphen:
                cost += _HYPHENS_IN_TURN
            found.append((at, cost + _LINE))
        return found

    def _last_cost(self, start: int, end: int) -> float:
        """A last line should be more than a character (孤字) or a word's end."""
        clusters = self.paragraph.clusters[start:end]
        width = sum(each.width for each in clusters if class_of(each.last) in _WORDS)
        return 0.0 if start == 0 or width >= _LONELY_EM else _LONELY

    def _emergency(self, start: int, edge: float, room: float, last: int) -> Edge:
        """A word longer than the measure is broken where it must, but never before its mark."""
        paragraph = self.paragraph
        limit = self.positions[last]
        fits = start
        while fits < limit and paragraph.right[fits] - edge <= room + EPSILON:
            fits += 1
        fits = min(max(fits, start + 1), limit)
        no_start, no_end = forbidden("basic")
        for end in range(fits, start, -1):
            before, after = paragraph.clusters[end - 1], paragraph.clusters[end : end + 1]
            if before.last not in no_end and not (after and after[0].first in no_start):
                return end, _EMERGENCY
        return fits, _EMERGENCY


def _opened(need: float, gaps: int, spread: float) -> float:
    """Cost of a line that is driven out by `need` em."""
    if need <= spread:
        return _SPREAD * (need / spread) ** 2 if need > EPSILON else 0.0
    if not gaps:
        # Only spaces open: a Latin line, or one long word.
        return _SPREAD * (need / spread) ** 3 if spread else _HOPELESS + need
    gap = (need - spread) / gaps
    return _SPREAD * (spread > 0) + (gap / _EASY_GAP) ** 2 + (gap / _WIDE_GAP) ** 4


def _squeezed(excess: float, soft: float, hard: float, tight: float) -> float:
    """Cost of a line that is driven in; `excess` is negative, after the last mark's blank."""
    if excess >= -EPSILON:
        return 0.0
    if -excess <= soft + EPSILON:
        return _SQUEEZE * (-excess / soft) ** 2
    excess += soft
    if -excess <= hard + EPSILON:
        return _SQUEEZE + _HARD_SQUEEZE * (-excess / hard) ** 2
    return _SQUEEZE + _HARD_SQUEEZE * (hard > 0) + _TIGHT * ((-excess - hard) / tight) ** 2
