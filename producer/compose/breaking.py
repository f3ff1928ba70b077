"""Where the lines of a paragraph end.

First fit: each line takes what its measure holds, driven in where that saves it from being
driven out (先挤进，后推出). Breaks over the whole paragraph, with squeeze and stretch as
costs, take this function's place: same arguments, same answer.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator

from producer.compose.classes import NO_END, NO_START
from producer.compose.paragraph import Paragraph

# Widths are sums of fractions of an em; a line is not too long by a rounding error.
EPSILON = 1e-6
# No more characters than this can be driven into a line.
_LOOK_AHEAD = 3


def break_lines(
    paragraph: Paragraph, measure: float, indent: float, start: int = 0, is_first: bool = True
) -> Iterator[tuple[int, int]]:
    """Yield (first, end) cluster ranges of lines of `measure` em.

    The first line is `indent` em shorter; `start` is the cluster to begin at, `is_first` says
    whether the first line begins the paragraph or goes on with it.
    """
    total = len(paragraph.clusters)
    room = measure - indent
    while start < total:
        end = _line_end(paragraph, start, room, is_first)
        yield start, end
        start, room, is_first = end, measure, False


def natural_width(paragraph: Paragraph, start: int, end: int, is_first: bool) -> float:
    """Width of a line before it is driven in or out; an opening mark at its start is halved.

    Not so at the head of a paragraph, where the indent stands before it.
    """
    trimmed = 0.0 if is_first else paragraph.blank_before[start]
    return paragraph.right[end - 1] - paragraph.left[start] - trimmed


def shrink_room(paragraph: Paragraph, start: int, end: int) -> float:
    """How much a line may be driven in: its marks and gaps, and the last mark's blank half."""
    inner = paragraph.shrunk[end - 1] - paragraph.shrunk[start]
    return inner + paragraph.blank_after[end - 1]


def _line_end(paragraph: Paragraph, start: int, room: float, is_first: bool) -> int:
    total = len(paragraph.clusters)
    trimmed = 0.0 if is_first else paragraph.blank_before[start]
    fits = bisect_right(paragraph.right, paragraph.left[start] + trimmed + room + EPSILON, lo=start)
    forced = bisect_right(paragraph.forced, start)
    if forced < len(paragraph.forced) and paragraph.forced[forced] <= fits:
        return paragraph.forced[forced]
    # A space may hang over the line's end: the break comes after it.
    while fits < total and paragraph.clusters[fits].text.isspace():
        fits += 1
        if fits in paragraph.forced:
            return fits
    if fits >= total:
        return total
    end = paragraph.last_break[fits]
    if end == fits:
        return end
    driven_in = _driven_in(paragraph, start, fits, room, is_first)
    if driven_in:
        return driven_in
    return end if end > start else _emergency(paragraph, start, fits)


def _emergency(paragraph: Paragraph, start: int, fits: int) -> int:
    """A word longer than the measure is broken where it must, but never before its mark."""
    clusters = paragraph.clusters
    for end in range(fits, start, -1):
        if clusters[end - 1].text[-1] not in NO_END and clusters[end].text[0] not in NO_START:
            return end
    return max(fits, start + 1)


def _driven_in(
    paragraph: Paragraph, start: int, fits: int, room: float, is_first: bool
) -> int | None:
    """The first allowed line end beyond what fits that squeezing can reach."""
    total = len(paragraph.clusters)
    for end in range(fits + 1, min(total, fits + _LOOK_AHEAD) + 1):
        width = natural_width(paragraph, start, end, is_first)
        if width - shrink_room(paragraph, start, end) > room + EPSILON:
            continue
        if end == total or paragraph.last_break[end] == end:
            return end
    return None
