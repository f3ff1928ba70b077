"""A line's spacing: full lines are driven in or out to the measure, gap by gap."""

from __future__ import annotations

from typing import NamedTuple

from producer.compose.bidi import visual_order
from producer.compose.classes import SOFT_HYPHEN, Squeeze
from producer.compose.paragraph import Cluster, GlyphStyle, LineEnd, Paragraph
from producer.edition import Span

_ORDER = tuple(squeeze.value for squeeze in Squeeze)


class Spaced(NamedTuple):
    """A line's spans, its width and first shift in em, how far its gaps were opened.

    `short` is what is wanting to the measure, in a line that has no gap to open. `order` are its
    clusters from left to right, `gaps` what stands behind each of them; `is_broken` says that it
    ends where no line may, for want of a better place.
    """

    spans: tuple[Span, ...]
    width: float = 0.0
    shift: float = 0.0
    opened: float = 0.0
    short: float = 0.0
    order: tuple[int, ...] = ()
    gaps: tuple[float, ...] = ()
    is_broken: bool = False


def space_line(
    paragraph: Paragraph, start: int, end: int, measure: float, fill: bool, is_first: bool = True
) -> Spaced:
    """Set clusters `start` to `end`; a line that need not be filled is only driven in."""
    stop = paragraph.end(end)
    if stop.ink <= start:
        return Spaced(())
    trimmed = 0.0 if is_first else paragraph.blank_before[start]
    width = stop.right - paragraph.left[start] - trimmed
    opened = short = 0.0
    gaps = paragraph.gap_after[start : stop.ink]
    if width > measure:
        _squeeze(paragraph, start, stop, gaps, width - measure - stop.blank)
        width = measure
    elif fill:
        opened, short = _open(paragraph, start, stop, gaps, measure - width)
        width = measure - short
    gaps[-1] = 0.0
    order = _visual(paragraph, start, stop.ink)
    if paragraph.levels is not None:
        gaps = _visual_gaps(paragraph, start, order, gaps)
    hyphen = paragraph.hyphen_at(end) if stop.is_hyphen else None
    spans = _Pen(paragraph).write(order, gaps, hyphen)
    is_broken = not paragraph.may_end(end)
    return Spaced(spans, width, -trimmed, opened, short, tuple(order), tuple(gaps), is_broken)


def places(paragraph: Paragraph, spaced: Spaced) -> dict[int, tuple[float, float]]:
    """Left and right edge of each cluster of a spaced line, in em from where it begins."""
    found, x = {}, 0.0
    for index, gap in zip(spaced.order, spaced.gaps, strict=True):
        width = paragraph.clusters[index].width
        found[index] = (x, x + width)
        x += width + gap
    return found


def _squeeze(
    paragraph: Paragraph, start: int, stop: LineEnd, gaps: list[float], excess: float
) -> None:
    """Take the excess out of marks and gaps, one kind after the other."""
    inner = range(start, stop.ink - 1)
    for kind in _ORDER:
        if excess <= 0:
            return
        own = [at for at in inner if paragraph.squeeze_after[at] == kind]
        room = sum(paragraph.shrink_after[at] for at in own)
        if room:
            ratio = min(1.0, excess / room)
            for at in own:
                gaps[at - start] -= ratio * paragraph.shrink_after[at]
            excess -= room
    count = stop.gaps - paragraph.gaps[start]
    if excess > 0 and count:
        closer = min(paragraph.tightest, excess / count)
        for at in inner:
            gaps[at - start] -= closer * paragraph.stretch_after[at]


def _open(
    paragraph: Paragraph, start: int, stop: LineEnd, gaps: list[float], need: float
) -> tuple[float, float]:
    """Open spaces and CJK–Latin gaps first, then all gaps alike.

    Returns:
        How far all gaps were opened, and what is wanting where there are none.
    """
    inner = range(start, stop.ink - 1)
    count = stop.gaps - paragraph.gaps[start]
    spread = stop.spread - paragraph.spread[start]
    ratio = 0.0
    if spread:
        ratio = need / spread if not count else min(1.0, need / spread)
    opened = max(0.0, need - ratio * spread) / count if count else 0.0
    for at in inner:
        if paragraph.stretch_after[at]:
            gaps[at - start] += opened
        gaps[at - start] += ratio * paragraph.spread_after[at]
    return opened, 0.0 if count or spread else need


def _visual(paragraph: Paragraph, start: int, end: int) -> list[int]:
    """The clusters of a line from left to right (UAX #9, rule L2)."""
    if paragraph.levels is None:
        return list(range(start, end))
    return [start + at for at in visual_order(paragraph.levels[start:end])]


def _visual_gaps(
    paragraph: Paragraph, start: int, order: list[int], gaps: list[float]
) -> list[float]:
    """Gaps go with the boundary between two clusters, whichever of them stands left."""
    levels = paragraph.levels or []
    visual = []
    for at, after in zip(order, [*order[1:], order[-1] + 1], strict=True):
        turned = after if after == at - 1 else max(start, after - 1)
        index = turned if levels[at] % 2 else at
        visual.append(gaps[min(index - start, len(gaps) - 1)])
    return visual


class _Pen:
    """Writes clusters as TJ operands; moves are rounded, and their rounding carried on."""

    def __init__(self, paragraph: Paragraph) -> None:
        self.paragraph = paragraph
        self.spans: list[Span] = []
        self.style = GlyphStyle("")
        self.operand: list[str] = []
        self.actual = ""
        # Where the pen must still go, in 1/1000 body em.
        self.carried = 0.0

    def write(
        self, order: list[int], gaps: list[float], hyphen: Cluster | None
    ) -> tuple[Span, ...]:
        """The spans of a line."""
        clusters, readings = self.paragraph.clusters, self.paragraph.readings
        for index, gap in zip(order, gaps, strict=True):
            text, style, glyphs, _, move, _, _, _, _, raised = clusters[index]
            if style == self.style and -0.5 < self.carried < 0.5:
                self.operand.append(glyphs)
            else:
                self._add(style, glyphs)
            if style.is_complex:
                self.actual += text
            for above, mark in raised:
                self._add(above, mark)
            if move:
                self.carried += move * style.scale
            if index in readings:
                self._add_reading(index)
            self.carried += 1000 * gap
        if hyphen:
            self._add(hyphen.style._replace(is_complex=True), hyphen.glyphs)
            self.actual += SOFT_HYPHEN
        # What follows on the line, a byline, begins where the last cluster ends.
        self._go()
        self._close()
        return tuple(self.spans)

    def _add(self, style: GlyphStyle, glyphs: str) -> None:
        if style != self.style:
            self._close()
            self.style = style
        self._go()
        self.operand.append(glyphs)

    def _go(self) -> None:
        """Go on to where the pen must be."""
        move = round(self.carried / self.style.scale)
        if move:
            self.operand.append(f">{-move}<")
            self.carried -= move * self.style.scale

    def _add_reading(self, last: int) -> None:
        """A reading in the middle above its base; then the pen goes back to the base's end."""
        reading = self.paragraph.readings[last]
        base = self.paragraph.clusters[reading.first : last + 1]
        width = sum(cluster.width for cluster in base)
        self.carried -= 500 * (width + reading.width)
        self._add(reading.style, reading.glyphs)
        self.carried += 500 * (width - reading.width)

    def _close(self) -> None:
        if self.operand:
            operand = f"<{''.join(self.operand)}>".replace("<>", " ").strip()
            face, scale, rise, _ = self.style
            self.spans.append(Span(face, operand, scale, rise, self.actual))
        self.operand, self.actual = [], ""
