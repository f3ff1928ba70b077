"""Insets in their cells: a picture takes what its caption, set in whole rows, leaves."""

from __future__ import annotations

import math

from producer.compose.classes import CLOSING, HALF_EM
from producer.compose.galley import Composer
from producer.edition import Box, PlacedInset
from producer.errors import Findings
from producer.fit.geometry import FrameGeometry
from producer.layouts import MM_PER_PT, Layout
from producer.model import Inset, InsetPlacement, Issue, Story
from producer.plan import place_in_plan

# A credit keeps this distance from the caption.
_CREDIT_GAP_EM = 1.0
# A picture lower than this is no picture.
_LEAST_PICTURE_ROWS = 2


class InsetSetter:
    """Places insets in the faces of a layout."""

    def __init__(
        self, issue: Issue, layout: Layout, composer: Composer, findings: Findings
    ) -> None:
        self.issue = issue
        self.layout = layout
        self.composer = composer
        self.findings = findings

    def place(
        self, story: Story, placement: InsetPlacement, geometry: FrameGeometry, head_rows: int
    ) -> PlacedInset:
        """An inset's box and lines and, for a picture, the boxes of picture and caption."""
        box = geometry.inset_box(placement, head_rows)
        inset = story.inset(placement.inset)
        assert inset is not None, "load has checked every inset"
        self._check_characters(story, inset)
        if inset.picture:
            is_at_foot = placement.row + placement.rows > geometry.text_rows(head_rows)
            placed, needed = self._picture(inset, placement, box, is_at_foot)
        elif inset.quote:
            placed, needed = self._quote(inset, placement, box)
        else:
            placed = PlacedInset(placement.inset, box, placement.rows)
            needed = self._table_rows(inset, box)
        if needed > placement.rows:
            self.findings.add(
                "fit.inset-too-small",
                place_in_plan(self.issue, geometry.frame.path),
                page=geometry.frame.page,
                inset=placement.inset,
                rows=placement.rows,
                needed=needed,
            )
        return placed

    def _check_characters(self, story: Story, inset: Inset) -> None:
        layout, check = self.layout, self.composer.coverage.check
        cells = (inset.table, *inset.head, *(cell for row in inset.rows for cell in row))
        for face, texts in (
            (layout.caption.face, (inset.caption, inset.credit)),
            (layout.quote.face, (inset.quote, inset.source)),
            (layout.table.face, cells),
        ):
            for text in texts:
                check(str(text or ""), face, story.place, story.title)

    def _picture(
        self, inset: Inset, placement: InsetPlacement, box: Box, is_at_foot: bool
    ) -> tuple[PlacedInset, int]:
        """A picture above its caption, which stands on the grid: air below it is whole rows."""
        row, spec = self.layout.grid.row_mm, self.layout.caption
        lines = self._wrap(inset.caption or "", spec.face, spec.size_pt, box.width)
        caption_rows = max(len(lines), bool(inset.credit))
        if inset.credit and lines and not self._has_room(lines[-1], inset.credit, box):
            caption_rows += 1
        above = 0.0 if placement.row == 1 else spec.air_rows * row
        below_rows = math.ceil(spec.air_rows) if caption_rows else spec.air_rows
        below = 0.0 if is_at_foot else below_rows * row
        gap = spec.gap_pt * MM_PER_PT if caption_rows else 0.0
        height = box.height - above - gap - caption_rows * row - below
        picture = Box(box.x, box.y + above, box.width, max(height, 0.0))
        top = picture.y + height + gap
        caption = Box(box.x, top, box.width, caption_rows * row) if caption_rows else None
        placed = PlacedInset(placement.inset, box, placement.rows, tuple(lines), picture, caption)
        return placed, caption_rows + _LEAST_PICTURE_ROWS

    def _quote(self, inset: Inset, placement: InsetPlacement, box: Box) -> tuple[PlacedInset, int]:
        spec = self.layout.quote
        lines = self._wrap(inset.quote or "", spec.face, spec.size_pt, box.width)
        height = len(lines) * spec.leading_pt + spec.padding_pt
        if inset.source:
            height += self.layout.grid.leading_pt
        rows = math.ceil(height / self.layout.grid.leading_pt)
        return PlacedInset(placement.inset, box, placement.rows, tuple(lines)), rows

    def _table_rows(self, inset: Inset, box: Box) -> int:
        """Rows of a table: its title, and each row as high as its fullest cell."""
        spec = self.layout.table
        padding = 2 * spec.padding_em * spec.size_pt * MM_PER_PT
        width = box.width / len(inset.head) - padding
        return 1 + sum(
            max(len(self._wrap(str(cell), spec.face, spec.size_pt, width)) for cell in cells)
            for cells in (inset.head, *inset.rows)
        )

    def _wrap(self, text: str, face: str, size_pt: float, width_mm: float) -> list[str]:
        return self.composer.wrap(text, face, width_mm / (size_pt * MM_PER_PT)) if text else []

    def _has_room(self, line: str, credit: str, box: Box) -> bool:
        spec, fonts = self.layout.caption, self.composer.shaper.fonts
        width = fonts.width_em(spec.face, line) + fonts.width_em(spec.face, credit)
        # A mark's blank half is air as well.
        width -= HALF_EM * (line[-1:] in CLOSING)
        return (width + _CREDIT_GAP_EM) * spec.size_pt * MM_PER_PT <= box.width
