"""A line's spacing: full lines are driven in or out to the measure, gap by gap."""

from __future__ import annotations

from bisect import bisect_left
from typing import NamedTuple

from producer.compose.bidi import visual_order
from producer.compose.classes import Squeeze
from producer.compose.paragraph import Cluster, LineEnd, Paragraph
from producer.compose.spacing import line_end
from producer.edition import Span

_ORDER = tuple(squeeze.value for squeeze in Squeeze)


class Spaced(NamedTuple):
    """A line's spans, its width and first shift in em, how far its gaps were opened.

    `order` are its clusters from left to right, `gaps` what stands behind each of them;
    `is_broken` says that it ends where no line may, for want of a better place.
    """

    spans: tuple[Span, ...]
    width: float = 0.0
    shift: float = 0.0
    opened: float = 0.0
    order: tuple[int, ...] = ()
    gaps: tuple[float, ...] = ()
    is_broken: bool = False


def space_line(
    paragraph: Paragraph, start: int, end: int, measure: float, fill: bool, is_first: bool = True
) -> Spaced:
    """Set clusters `start` to `end`; a line that need not be filled is only driven in."""
    own = _end_at(paragraph, end)
    stop = own or line_end(paragraph, end, end)
    if stop.ink <= start:
        return Spaced(())
    trimmed = 0.0 if is_first else paragraph.blank_before[start]
    width = stop.right - paragraph.left[start] - trimmed
    opened = 0.0
    gaps = paragraph.gap_after[start : stop.ink]
    if width > measure:
        _squeeze(paragraph, start, stop, gaps, width - measure - stop.blank)
        width = measure
    elif fill:
        opened = _open(paragraph, start, stop, gaps, measure - width)
        width = measure
    gaps[-1] = 0.0
    order = _visual(paragraph, start, stop.ink)
    if paragraph.levels is not None:
        gaps = _visual_gaps(paragraph, start, order, gaps)
    hyphen = paragraph.hyphen_at(end) if stop.is_hyphen else None
    spans = _Pen(paragraph).write(order, gaps, hyphen)
    return Spaced(spans, width, -trimmed, opened, tuple(order), tuple(gaps), own is None)


def places(paragraph: Paragraph, spaced: Spaced) -> dict[int, tuple[float, float]]:
    """Left and right edge of each cluster of a spaced line, in em from where it begins."""
    found, x = {}, 0.0
    for index, gap in zip(spaced.order, spaced.gaps, strict=True):
        width = paragraph.clusters[index].width
        found[index] = (x, x + width)
        x += width + gap
    return found


def _end_at(paragraph: Paragraph, at: int) -> LineEnd | None:
    """The paragraph's own line end before a cluster; None where a line ends in need."""
    number = bisect_left(paragraph.ends, at, key=lambda end: end.at)
    if number < len(paragraph.ends) and paragraph.ends[number].at == at:
        return paragraph.ends[number]
    return None


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


def _open(paragraph: Paragraph, start: int, stop: LineEnd, gaps: list[float], need: float) -> float:
    """Open spaces and CJK–Latin gaps first, then all gaps alike; returns that last."""
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
    return opened if count or spread else need


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


# Face, scale, rise, and whether the glyphs need their characters told.
_Style = tuple[str, float, float, bool]


class _Pen:
    """Writes clusters as TJ operands; moves are rounded, and their rounding carried on."""

    def __init__(self, paragraph: Paragraph) -> None:
        self.paragraph = paragraph
        self.spans: list[Span] = []
        self.style: _Style = ("", 1.0, 0.0, False)
        self.operand = self.actual = ""
        # Where the pen must still go, in 1/1000 body em.
        self.carried = 0.0

    def write(
        self, order: list[int], gaps: list[float], hyphen: Cluster | None
    ) -> tuple[Span, ...]:
        """The spans of a line."""
        clusters, readings = self.paragraph.clusters, self.paragraph.readings
        for index, gap in zip(order, gaps, strict=True):
            cluster = clusters[index]
            face, scale, complex_ = cluster.face, cluster.scale, cluster.is_complex
            self._add((face, scale, cluster.rise, complex_), cluster.glyphs)
            self.actual += cluster.text if complex_ else ""
            for rise, glyphs in cluster.raised:
                self._add((face, scale, cluster.rise + scale * rise, False), glyphs)
            self.carried += cluster.move * cluster.scale
            if index in readings:
                self._add_reading(index)
            self.carried += 1000 * gap
        if hyphen:
            self._add((hyphen.face, hyphen.scale, hyphen.rise, False), hyphen.glyphs)
        self._close()
        return tuple(self.spans)

    def _add(self, style: _Style, glyphs: str) -> None:
        if style != self.style:
            self._close()
            self.style, self.operand = style, "<"
        move = round(self.carried / style[1])
        if move:
            self.operand += f">{-move}<"
            self.carried -= move * style[1]
        self.operand += glyphs

    def _add_reading(self, last: int) -> None:
        """A reading in the middle above its base; then the pen goes back to the base's end."""
        reading = self.paragraph.readings[last]
        base = self.paragraph.clusters[reading.first : last + 1]
        width = sum(cluster.width for cluster in base)
        self.carried -= 500 * (width + reading.width)
        self._add((reading.face, reading.scale, reading.rise, False), reading.glyphs)
        self.carried += 500 * (width - reading.width)

    def _close(self) -> None:
        if self.operand:
            operand = f"{self.operand}>".replace("<>", " ").strip()
            face, scale, rise, _ = self.style
            self.spans.append(Span(face, operand, scale, rise, self.actual))
        self.operand = self.actual = ""
