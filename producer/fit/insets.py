"""Insets in their cells: a picture takes what its caption, set in whole rows, leaves."""

from __future__ import annotations

import math

from producer.edition import Box, PlacedInset
from producer.fit.geometry import FrameGeometry
from producer.fonts.library import FontLibrary
from producer.layouts import MM_PER_PT, Layout
from producer.model import Inset, InsetPlacement, Story

# A credit keeps this distance from the caption; a ragged line may stay this much short.
_CREDIT_GAP_EM = 1.0
_RAGGED_EM = 1.0


class InsetSetter:
    """Places insets in the faces of a layout."""

    def __init__(self, fonts: FontLibrary, layout: Layout) -> None:
        self.fonts = fonts
        self.layout = layout

    def place(
        self, story: Story, placement: InsetPlacement, geometry: FrameGeometry, head_rows: int
    ) -> PlacedInset:
        """An inset's box and, for a picture, those of the picture and its caption."""
        box = geometry.inset_box(placement, head_rows)
        inset = story.inset(placement.inset)
        if inset is None or not inset.picture:
            return PlacedInset(placement.inset, box, placement.rows)
        row = self.layout.grid.row_mm
        air = self.layout.caption.air_rows * row
        above = 0.0 if placement.row == 1 else air
        caption_rows = self._caption_rows(inset, box.width)
        gap = self.layout.caption.gap_pt * MM_PER_PT if caption_rows else 0.0
        height = box.height - above - gap - caption_rows * row - air
        picture = Box(box.x, box.y + above, box.width, height)
        top = picture.y + height + gap
        caption = Box(box.x, top, box.width, caption_rows * row) if caption_rows else None
        return PlacedInset(placement.inset, box, placement.rows, picture, caption)

    def _caption_rows(self, inset: Inset, width_mm: float) -> int:
        spec = self.layout.caption
        line_em = width_mm / (spec.size_pt * MM_PER_PT)
        width = self.fonts.width_em(spec.face, inset.caption or "")
        if inset.credit:
            width += self.fonts.width_em(spec.face, inset.credit)
            width += _CREDIT_GAP_EM if inset.caption else 0.0
        return math.ceil(width / (line_em - _RAGGED_EM)) if width > line_em else bool(width)
