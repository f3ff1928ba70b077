"""A line's spacing: full lines are driven out to the measure, gap by gap."""

from __future__ import annotations

from typing import NamedTuple

from producer.compose.paragraph import Paragraph
from producer.edition import Span


class Spaced(NamedTuple):
    """A line's spans, its width in em and how far its gaps were opened (em each)."""

    spans: tuple[Span, ...]
    width: float
    opened: float


def space_line(paragraph: Paragraph, start: int, end: int, measure: float | None) -> Spaced:
    """Set clusters `start` to `end`; `measure` is None for a line that is not filled."""
    while end > start and paragraph.clusters[end - 1].text.isspace():
        end -= 1
    if end == start:
        return Spaced((), 0.0, 0.0)
    width = paragraph.right[end - 1] - paragraph.left[start]
    gaps = sum(paragraph.stretch_after[start : end - 1])
    opened = 0.0
    if measure is not None and gaps:
        opened = (measure - width) / gaps
        width = measure
    return Spaced(_spans(paragraph, start, end, opened), width, opened)


def _spans(paragraph: Paragraph, start: int, end: int, opened: float) -> tuple[Span, ...]:
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
        carried += cluster.move + 1000 * paragraph.gap_after[index]
        if paragraph.stretch_after[index]:
            carried += 1000 * opened
        move = round(carried)
        if move:
            operand += f">{-move}<"
            carried -= move
    spans.append(Span(face, f"{operand}>"))
    return tuple(Span(name, text.replace("<>", "")) for name, text in spans)
