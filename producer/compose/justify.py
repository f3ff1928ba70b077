"""A line's spacing: full lines are driven in or out to the measure, gap by gap."""

from __future__ import annotations

from typing import NamedTuple

from producer.compose.breaking import natural_width, shrink_room
from producer.compose.paragraph import Paragraph
from producer.edition import Span


class Spaced(NamedTuple):
    """A line's spans, its width and first shift in em, how far its gaps were opened."""

    spans: tuple[Span, ...]
    width: float = 0.0
    shift: float = 0.0
    opened: float = 0.0
    squeeze: float = 0.0


def space_line(
    paragraph: Paragraph, start: int, end: int, measure: float, fill: bool, is_first: bool = True
) -> Spaced:
    """Set clusters `start` to `end`; a line that need not be filled is only driven in."""
    while end > start and paragraph.clusters[end - 1].text.isspace():
        end -= 1
    if end == start:
        return Spaced(())
    width = natural_width(paragraph, start, end, is_first)
    shift = 0.0 if is_first else -paragraph.blank_before[start]
    opened = squeeze = 0.0
    if width > measure:
        squeeze = _squeeze_ratio(paragraph, start, end, width - measure)
        width = measure
    elif fill:
        gaps = sum(paragraph.stretch_after[start : end - 1])
        opened = (measure - width) / gaps if gaps else 0.0
        width = measure
    return Spaced(_spans(paragraph, start, end, opened, squeeze), width, shift, opened, squeeze)


def reach(
    paragraph: Paragraph, start: int, first: int, last: int, spaced: Spaced
) -> tuple[float, float]:
    """Where clusters `first` to `last` of a spaced line stand: left and right edge in em."""

    def left(index: int) -> float:
        gaps = sum(paragraph.stretch_after[start:index])
        squeezed = spaced.squeeze * (paragraph.shrunk[index] - paragraph.shrunk[start])
        return paragraph.left[index] - paragraph.left[start] + spaced.opened * gaps - squeezed

    return left(first), left(last) + paragraph.clusters[last].width


def _squeeze_ratio(paragraph: Paragraph, start: int, end: int, excess: float) -> float:
    """How much of each shrinkable gap is taken, 0 to 1, after the last mark's blank half."""
    hanging = paragraph.blank_after[end - 1]
    inner = shrink_room(paragraph, start, end) - hanging
    return min(1.0, max(0.0, excess - hanging) / inner) if inner else 0.0


def _spans(
    paragraph: Paragraph, start: int, end: int, opened: float, squeeze: float
) -> tuple[Span, ...]:
    """Write the clusters as TJ operands; moves in 1/1000 em, their rounding carried on."""
    spans: list[Span] = []
    face, operand, carried = "", "", 0.0
    for index in range(start, end):
        cluster = paragraph.clusters[index]
        if cluster.face != face:
            if operand:
                spans.append(Span(face, f"{operand}>"))
            face, operand = cluster.face, "<"
        operand += cluster.glyphs
        if index + 1 == end:
            break
        gap = paragraph.gap_after[index] - squeeze * paragraph.shrink_after[index]
        if paragraph.stretch_after[index]:
            gap += opened
        carried += cluster.move + 1000 * gap
        move = round(carried)
        if move:
            operand += f">{-move}<"
            carried -= move
    spans.append(Span(face, f"{operand}>"))
    return tuple(span._replace(operand=span.operand.replace("<>", "")) for span in spans)
