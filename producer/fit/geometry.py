"""Inside a frame: the box's padding, the head, the text columns, all in millimetres."""

from __future__ import annotations

import math
from dataclasses import dataclass

from producer.edition import Box
from producer.fit.pour import Segment
from producer.layouts import BoxStyle, Layout
from producer.model import InsetPlacement
from producer.plan import Frame

_NO_BOX = BoxStyle()


@dataclass(frozen=True)
class FrameGeometry:
    """A frame's inner measures; `text_rows` is known once the head has been set."""

    layout: Layout
    frame: Frame
    padding: BoxStyle
    width_em: float
    measure_em: int
    gutter_em: float

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
        """Left edge of the first text column."""
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

    def segment_box(self, segment: Segment, head_rows: int) -> Box:
        """The box of a column's free rows."""
        grid = self.layout.grid
        step = (self.measure_em + self.gutter_em) * grid.em_mm
        top = self.padding.above_rows + head_rows + segment.top
        return Box(
            self.left_mm + segment.column * step,
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
    measure = max(1, math.floor((width - (count - 1) * least) / count + 1e-9))
    gutter = (width - count * measure) / (count - 1) if count > 1 else 0.0
    return FrameGeometry(layout, frame, padding, width, measure, gutter)
