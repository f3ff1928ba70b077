"""What a line costs: how far it must be driven in or out, and where it breaks."""

from __future__ import annotations

from bisect import bisect_left, bisect_right

from producer.compose.classes import HALF_EM, Class, class_of, forbidden
from producer.compose.paragraph import Paragraph

# Widths are sums of fractions of an em; a line is not too long by a rounding error.
EPSILON = 1e-6

# Costs. A perfect line has that of a line, LINE; gaps opened by _EASY_GAP cost 1, twice that 4, and
# steeply more from _WIDE_GAP on, since readers see it.
LINE = 0.2
_EASY_GAP, _WIDE_GAP = 0.04, 0.07
_SPREAD, _SQUEEZE, _HARD_SQUEEZE, _TIGHT = 0.5, 0.6, 3.0, 2.5
_HOPELESS = 1000.0
_LATIN_POWER = 4
# A last line of one character (孤字), of a short word or part of one.
_LONELY = 32.0
_LONELY_EM = 1.5
# With its marks it is not longer than this.
_LONGEST_LONELY_EM = 5.0
_HYPHENS_IN_TURN = 12.0
_EMERGENCY = 500.0
# Gaps opened wider than this are looked at only where nothing else is to be had.
_REACH_EM = 0.13
_LATIN_REACH = 8.0

_WORDS = (Class.IDEOGRAPH, Class.LATIN)

Edge = tuple[int, float]


class Lines:
    """The lines that may begin at a cluster, each with its cost."""

    def __init__(self, paragraph: Paragraph) -> None:
        self.paragraph = paragraph
        self.breaks, inks, right = paragraph.breaks, paragraph.inks, paragraph.right
        self.rights = [right[inks[at] - 1] if inks[at] else 0.0 for at in self.breaks]

    def edges(self, start: int, room: float, is_first: bool) -> list[Edge]:
        """Every line from `start` that the room allows; one too long or loose if it must be."""
        paragraph = self.paragraph
        edge = paragraph.left[start]
        if not is_first:
            edge += paragraph.blank_before[start]
        first = bisect_right(self.breaks, start)
        last = self._last(start) if paragraph.forced else len(self.breaks) - 1
        reach = edge + room - self._give(start, room)
        at = bisect_left(self.rights, reach, first, last)
        found = self._priced(start, edge + room, at, last + 1, last)
        # Wider gaps only where nothing else is to be had, a break in a word if even they fail.
        while not found and at > first:
            at -= 1
            found = self._priced(start, edge + room, at, at + 1, last)
        return found or [self._emergency(start, edge, room, last)]

    def _last(self, start: int) -> int:
        """The number of the last break that may be thought of: a forced one, or the end."""
        forced = self.paragraph.forced
        at = bisect_right(forced, start)
        if at == len(forced):
            return len(self.breaks) - 1
        return bisect_left(self.breaks, forced[at])

    def _give(self, start: int, room: float) -> float:
        """How much shorter than the room a line is that can be driven out with grace."""
        spread = self.paragraph.spread
        own = spread[min(len(spread) - 1, start + int(room * 2))] - spread[start]
        return _LATIN_REACH * own if self.paragraph.is_latin else own + _REACH_EM * room

    def _priced(self, start: int, limit: float, low: int, high: int, last: int) -> list[Edge]:
        """The lines from `start` to breaks `low` to `high` that can be driven into `limit`."""
        paragraph, found = self.paragraph, []
        right, inks, blank_after = paragraph.right, paragraph.inks, paragraph.blank_after
        gaps, spreads, costs = paragraph.gaps, paragraph.spread, paragraph.break_costs
        gaps0, spread0 = gaps[start], spreads[start]
        hyphened = paragraph.hyphened
        for number in range(low, high):
            at = self.breaks[number]
            ink = inks[at] - 1
            need, blank = limit - right[ink], blank_after[ink]
            cost = LINE + costs[at] if at in costs else LINE
            if at in hyphened:
                need, blank = need - paragraph.hyphen_at(at).width, 0.0
                cost += _HYPHENS_IN_TURN * (start in hyphened)
            if number == last:
                cost += self._last_cost(start, at)
            elif need > EPSILON:
                spread = spreads[ink] - spread0
                if spread:
                    cost += _opened(need, gaps[ink] - gaps0, spread)
                else:
                    gap = need / (gaps[ink] - gaps0 or 1)
                    cost += _gap_cost(gap) if gaps[ink] > gaps0 else _HOPELESS + need
            if need + blank < -EPSILON:
                more = self._squeezed(start, ink, need + blank)
                if more < 0:
                    # A mark's blank half may make the next end fit, more than that cannot.
                    if more < -HALF_EM or number == last:
                        break
                    continue
                cost += more
            found.append((at, cost))
        return found

    def _squeezed(self, start: int, ink: int, excess: float) -> float:
        """Cost of a line driven in by `excess`; negative: what is too much after all squeezing."""
        paragraph = self.paragraph
        soft = paragraph.soft[ink] - paragraph.soft[start]
        if -excess <= soft + EPSILON:
            return _SQUEEZE * (-excess / soft) ** 2
        hard = paragraph.hard[ink] - paragraph.hard[start]
        excess += soft
        if -excess <= hard + EPSILON:
            return _SQUEEZE + _HARD_SQUEEZE * (-excess / hard) ** 2
        tight = paragraph.tightest * (paragraph.gaps[ink] - paragraph.gaps[start])
        excess += hard
        if -excess <= tight + EPSILON:
            return _SQUEEZE + _HARD_SQUEEZE * (hard > 0) + _TIGHT * (-excess / tight) ** 2
        return excess + tight

    def _last_cost(self, start: int, end: int) -> float:
        """A last line should be more than a character (孤字) or a word's end."""
        right = self.paragraph.right[end - 1]
        if start == 0 or right - self.paragraph.left[start] > _LONGEST_LONELY_EM:
            return 0.0
        clusters = self.paragraph.clusters[start:end]
        width = sum(each.width for each in clusters if class_of(each.last) in _WORDS)
        return 0.0 if width >= _LONELY_EM else _LONELY

    def _emergency(self, start: int, edge: float, room: float, last: int) -> Edge:
        """A word longer than the measure is broken where it must, but never before its mark."""
        paragraph = self.paragraph
        limit = self.breaks[last]
        fits = start
        while fits < limit and paragraph.right[fits] - edge <= room + EPSILON:
            fits += 1
        fits = min(max(fits, start + 1), limit)
        no_start, no_end = forbidden(paragraph.kinsoku)
        for end in range(fits, start, -1):
            before, after = paragraph.clusters[end - 1], paragraph.clusters[end : end + 1]
            if before.last not in no_end and not (after and after[0].first in no_start):
                return end, _EMERGENCY
        return fits, _EMERGENCY


def _opened(need: float, gaps: int, spread: float) -> float:
    """Cost of a line that is driven out by `need` em; `spread` is what its spaces take."""
    if need <= spread:
        return _SPREAD * (need / spread) ** 2
    if not gaps:
        # Only spaces open: a Latin line.
        return _SPREAD * (need / spread) ** _LATIN_POWER
    return _SPREAD + _gap_cost((need - spread) / gaps)


def _gap_cost(gap: float) -> float:
    """Cost of a line's gaps that are opened by `gap` em each."""
    return (gap / _EASY_GAP) ** 2 + (gap / _WIDE_GAP) ** 4
