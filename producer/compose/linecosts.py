"""What a line costs: how far it must be driven in or out, and where it breaks."""

from __future__ import annotations

from bisect import bisect_left

from producer.compose.classes import HALF_EM, Class, class_of, forbidden
from producer.compose.paragraph import Paragraph

# Widths are sums of fractions of an em; a line is not too long by a rounding error.
EPSILON = 1e-6

# Costs. A perfect line has that of a line; gaps opened by _EASY_GAP cost 1, twice that 4, and
# steeply more from _WIDE_GAP on, since readers see it.
_LINE = 0.2
_EASY_GAP, _WIDE_GAP = 0.04, 0.07
_SPREAD, _SQUEEZE, _HARD_SQUEEZE, _TIGHT = 0.5, 0.6, 3.0, 2.5
_HOPELESS = 60.0
_LATIN_POWER = 4
# A last line of one character (孤字), of a short word or part of one.
_LONELY = 40.0
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
        return _LATIN_REACH * own if self.paragraph.is_latin else own + _REACH_EM * room

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
        right = self.paragraph.right[end - 1]
        if start == 0 or right - self.paragraph.left[start] > _LONGEST_LONELY_EM:
            return 0.0
        clusters = self.paragraph.clusters[start:end]
        width = sum(each.width for each in clusters if class_of(each.last) in _WORDS)
        return 0.0 if width >= _LONELY_EM else _LONELY

    def _emergency(self, start: int, edge: float, room: float, last: int) -> Edge:
        """A word longer than the measure is broken where it must, but never before its mark."""
        paragraph = self.paragraph
        limit = self.positions[last]
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
    """Cost of a line that is driven out by `need` em."""
    if need <= spread:
        return _SPREAD * (need / spread) ** 2 if need > EPSILON else 0.0
    if not gaps:
        # Only spaces open: a Latin line, or one long word.
        return _SPREAD * (need / spread) ** _LATIN_POWER if spread else _HOPELESS + need
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
