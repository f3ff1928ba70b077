"""Numbers and names of the golden texts."""

from __future__ import annotations

import re

from tests.golden.reading import BLACK, Glyph

EM_PT, ROW_PT = 9.0, 12.5
BODY = ("宋M", 9.0, BLACK)
FAMILIES = {"Song": "宋", "Kai": "楷", "Hei": "黑"}
WEIGHTS = {"Medium": "M", "Bold": "B", "Heavy": "H", "SemiBold": "S", "": ""}
# Ties (an eighth of an em) go up on every machine.
TIE = 0.03


def style_of(glyph: Glyph) -> tuple[str, float, str]:
    family, _, weight = glyph.face.partition("-")
    face = FAMILIES.get(family, family) + WEIGHTS.get(weight, weight)
    return face, round(glyph.size, 2), glyph.color


def tag(style: tuple[str, float, str]) -> str:
    face, size, color = style
    if style == BODY:
        return "‹›"
    parts = [face, "" if size == EM_PT else f"{size:g}", "" if color == BLACK else color]
    return f"‹{' '.join(part for part in parts if part)}›"


def hundredths(value: float, size: float) -> int:
    """In 1/100 of a size; ties go up."""
    scaled = value / size * 100
    return int(scaled + 0.5 + TIE) if scaled >= 0 else -int(0.5 - TIE - scaled)


def plain(number: float) -> str:
    """Two digits at most; what is as good as a whole number is one."""
    text = re.sub(r"\.?0+$", "", f"{abs(number) + 0.0003:.2f}")
    return f"-{text}" if number < 0 and text != "0" else text
