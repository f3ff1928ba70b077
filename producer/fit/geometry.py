"""Inside a frame: the box's padding, the head, the text columns, all in millimetres."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

from producer.edition import Box
from producer.fit.pour import Segment
from producer.layouts import MM_PER_PT, BoxStyle, Layout
from producer.model import InsetPlacement
from producer.plan import Frame

# Beside a vertical head a narrower column cannot be set.
LEAST_MEASURE_EM = 5
# Its characters have air of their own: the gutter beside it may be so much of the others.
_STRIP_GUTTER = 0.85
_NO_BOX = BoxStyle()


@dataclass(frozen=True)
class FrameGeometry:
    """A frame's inner measures; `text_rows` is known once the head has been set.

    `width_em` is what lies between the box's paddings, `text_em` where its text columns begin.
    """

    layout: Layout
    frame: Frame
    padding: BoxStyle
    width_em: float
    measure_em: int
    gutter_em: float
    text_em: float = 0.0

    @property
    def box(self) -> Box:
        """The whole frame."""
        rect, layout = self.frame.rect, self.layout
        return Box(
            layout.x_mm(rect.column),
            layout.y_mm(rect.row),
            layout.width_mm(rect.columns),
            rect.rows * layout.grid.row_mm,
        )

    @property
    def left_mm(self) -> float:
        """Left edge of what lies inside the box's padding."""
        return self.box.x + self.padding.sides_em * self.layout.grid.em_mm

    @property
    def width_mm(self) -> float:
        """Width between the box's paddings."""
        return self.width_em * self.layout.grid.em_mm

    def text_rows(self, head_rows: int) -> int:
        """Rows left for text below a head."""
        padding = self.padding.above_rows + self.padding.below_rows
        return self.frame.rect.rows - padding - head_rows

    def head_box(self, rows: int) -> Box:
        """The box of a head of so many rows."""
        row_mm = self.layout.grid.row_mm
        return Box(
            self.left_mm,
            self.box.y + self.padding.above_rows * row_mm,
            self.width_mm,
            rows * row_mm,
        )

    def plate(self, box: Box, below_pt: float) -> Box:
        """A head's box without the air below it."""
        return replace(box, height=box.height - below_pt * MM_PER_PT)

    def strip_box(self, strip_em: float, side: str) -> Box:
        """The box of a vertical head: a strip of the whole height at one side."""
        whole, width = self.head_box(self.text_rows(0)), strip_em * self.layout.grid.em_mm
        x = whole.x if side == "left" else whole.x + whole.width - width
        return replace(whole, x=x, width=width)

    def beside(self, strip_em: float, side: str) -> FrameGeometry:
        """The frame with its text beside a strip, in columns of whole ems as before.

        What is left goes to the gutters; the air between strip and text may be a little less.
        """
        width, count = self.width_em - strip_em, self.frame.columns
        least = self.layout.body.column_gutter_em
        measure = _whole_ems(width - (count - 1 + _STRIP_GUTTER) * least, count)
        air = width - count * measure
        gutter = max(least, air / count) if count > 1 else 0.0
        text = strip_em + air - (count - 1) * gutter if side == "left" else 0.0
        return replace(self, measure_em=measure, gutter_em=gutter, text_em=text)

    def segment_box(self, segment: Segment, head_rows: int) -> Box:
        """The box of a column's free rows."""
        grid = self.layout.grid
        step = (self.measure_em + self.gutter_em) * grid.em_mm
        top = self.padding.above_rows + head_rows + segment.top
        return Box(
            self.left_mm + self.text_em * grid.em_mm + segment.column * step,
            self.box.y + top * grid.row_mm,
            self.measure_em * grid.em_mm,
            segment.rows * grid.row_mm,
        )

    def inset_box(self, inset: InsetPlacement, head_rows: int) -> Box:
        """The box of an inset: whole columns with the gutters between them, or a column's side."""
        first = self.segment_box(Segment(inset.column - 1, inset.row - 1, inset.rows), head_rows)
        if inset.width_em:
            em = self.layout.grid.em_mm
            own = (inset.width_em - self.layout.body.column_gutter_em) * em
            x = first.x if inset.side == "left" else first.x + first.width - own
            return Box(x, first.y, own, first.height)
        width = inset.columns * self.measure_em + (inset.columns - 1) * self.gutter_em
        return Box(first.x, first.y, width * self.layout.grid.em_mm, first.height)


def frame_geometry(layout: Layout, frame: Frame, sides_em: float = 0.0) -> FrameGeometry:
    """Divide a frame into text columns of whole ems, the gutters taking the rest.

    Pure Chinese lines of whole-em measures are flush as they are (破栏 as 长栏). `sides_em` is
    added to the padding of a box at either side.
    """
    padding = layout.boxes[frame.box] if frame.box else _NO_BOX
    if sides_em:
        padding = padding.model_copy(update={"sides_em": padding.sides_em + sides_em})
    width = layout.grid.width_em(frame.rect.columns) - 2 * padding.sides_em
    count = frame.columns
    least = layout.body.column_gutter_em
    measure = _whole_ems(width - (count - 1) * least, count)
    gutter = (width - count * measure) / (count - 1) if count > 1 else 0.0
    return FrameGeometry(layout, frame, padding, width, measure, gutter)


def _whole_ems(width_em: float, count: int) -> int:
    """The measure of so many columns that share a width."""
    return max(1, math.floor(width_em / count + 1e-9))
