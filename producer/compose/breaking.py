"""Where the lines of a paragraph end.

First fit: each line takes what its measure holds and gives back to the last allowed break.
Breaks over the whole paragraph, with squeeze and stretch as costs, take this function's
place: same arguments, same answer.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator

from producer.compose.paragraph import Paragraph

# Widths are sums of fractions of an em; a line is not too long by a rounding error.
_EPSILON = 1e-6


def break_lines(
    paragraph: Paragraph, measure: float, indent: float, start: int = 0
) -> Iterator[tuple[int, int]]:
    """Yield (first, end) cluster ranges of lines of `measure` em.

    The first line is `indent` em shorter; `start` is the cluster to begin at.
    """
    total = len(paragraph.clusters)
    room = measure - indent
    while start < total:
        end = _line_end(paragraph, start, room)
        yield start, end
        start = end
        room = measure


def _line_end(paragraph: Paragraph, start: int, room: float) -> int:
    limit = paragraph.left[start] + room + _EPSILON
    fits = bisect_right(paragraph.right, limit, lo=start)
    forced = bisect_right(paragraph.forced, start)
    if forced < len(paragraph.forced) and paragraph.forced[forced] <= fits:
        return paragraph.forced[forced]
    total = len(paragraph.clusters)
    if fits >= total:
        return total
    # A space may hang over the line's end: the break comes after it.
    while fits < total and paragraph.clusters[fits].text.isspace():
        fits += 1
    if fits >= total:
        return total
    end = paragraph.last_break[fits]
    # A word longer than the measure is broken where it must.
    return end if end > start else max(fits, start + 1)
