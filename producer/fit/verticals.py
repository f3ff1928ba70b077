"""Vertical heads (竖题): lines filled to their height, and the parts beside one another."""

from __future__ import annotations

from dataclasses import dataclass, replace

from producer.fit.headsizes import Choice
from producer.fit.upright import (
    VERTICAL_FORMS,
    Upright,
    extent_em,
    placed_cells,
    upright_cells,
)
from producer.fonts.library import FontLibrary
from producer.headlines import HeadLine
from producer.typestyles import HeadPart, HeadStyle

# Kicker and deck begin lower than the headline, by an em of their own.
_DROP_EM = 1.0


@dataclass(frozen=True)
class VerticalPart:
    """Kicker, headline or deck and the height that a head has for it, in points."""

    kind: str
    part: HeadPart
    height_pt: float

    @property
    def room_pt(self) -> float:
        """The longest line; the smaller parts leave room for their drop."""
        return self.height_pt - self.drop_pt(self.part.sizes[0])

    def drop_pt(self, size_pt: float) -> float:
        """How far below the headline's beginning the part begins."""
        return 0.0 if self.kind == "headline" else _DROP_EM * size_pt


@dataclass(frozen=True)
class SetPart:
    """A part's lines from the right, not yet placed, with the longest one's length."""

    lines: tuple[HeadLine, ...]
    length_pt: float
    drop_pt: float

    @property
    def width_pt(self) -> float:
        """The part's width: its lines, and what their line height opens between them."""
        first = self.lines[0]
        return first.size_pt * (1 + (len(self.lines) - 1) * first.line_height)


def vertical_length(fonts: FontLibrary, text: str, part: HeadPart) -> float:
    """The least length of a line in em: driven in as far as the part allows."""
    cells = upright_cells(fonts, text, part)
    return extent_em(cells) - (len(cells) - 1) * part.drive_in_em


def set_vertical(fonts: FontLibrary, own: VerticalPart, chosen: Choice) -> SetPart:
    """A part's lines in the size chosen, driven in or out alike to fill their height."""
    part, size = own.part, chosen.size_pt
    columns = [upright_cells(fonts, text, part) for text in chosen.broken.lines]
    spread = _spread(columns, part, own.room_pt / size)
    lines = tuple(
        HeadLine(
            own.kind,
            text,
            part.face,
            size,
            part.line_height,
            (VERTICAL_FORMS,),
            tracking_em=spread,
            gap_em=part.part_gap_em,
            cells=placed_cells(fonts, cells, part, spread),
        )
        for text, cells in zip(chosen.broken.lines, columns, strict=True)
    )
    length = max(extent_em(cells) + (len(cells) - 1) * spread for cells in columns) * size
    return SetPart(lines, length, own.drop_pt(size))


def _spread(columns: list[list[Upright]], part: HeadPart, room_em: float) -> float:
    """Tracking that fills the fullest line, within what the part allows."""
    rooms = [(room_em - extent_em(cells)) / (len(cells) - 1) for cells in columns if len(cells) > 1]
    longest = max(map(len, columns))
    most = max(part.drive_out_em, part.tracking.get(longest, 0.0))
    return max(-part.drive_in_em, min(most, *rooms)) if rooms else 0.0


def place_parts(
    parts: list[SetPart], style: HeadStyle, air_pt: float
) -> tuple[tuple[HeadLine, ...], float]:
    """The lines with their places in the head, first part at the right; and the head's width.

    A deck ends where the headline ends, if it is shorter.
    """
    width = sum(part.width_pt for part in parts) + (len(parts) - 1) * style.gap_pt
    strip = width + 2 * style.sides_pt
    headline = next(part for part in parts if part.lines[0].kind == "headline")
    placed, right = [], strip - style.sides_pt
    for part in parts:
        y = air_pt + part.drop_pt
        if part.lines[0].kind == "deck":
            y = max(y, air_pt + headline.length_pt - part.length_pt)
        for number, line in enumerate(part.lines):
            x = right - line.size_pt * (1 + number * line.line_height)
            placed.append(replace(line, x_pt=x, y_pt=y))
        right -= part.width_pt + style.gap_pt
    return tuple(placed), strip
