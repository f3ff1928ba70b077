"""The graphics state while a page's content is read, in points of the page."""

from __future__ import annotations

import copy
from dataclasses import dataclass
from typing import Any, NamedTuple

from pikepdf import Array, Matrix

from producer.preflight.read.colours import BLACK, Colour
from producer.preflight.read.fonts import Font
from producer.preflight.read.objects import Look


class Area(NamedTuple):
    """A rectangle in points of the page: left, bottom, right, top."""

    left: float
    bottom: float
    right: float
    top: float

    def cut(self, other: Area) -> Area:
        """What both have in common; turned inside out where that is nothing."""
        return Area(
            max(self.left, other.left),
            max(self.bottom, other.bottom),
            min(self.right, other.right),
            min(self.top, other.top),
        )

    @property
    def is_empty(self) -> bool:
        """Whether nothing is left of it; a line without width is something."""
        return self.right < self.left or self.top < self.bottom


def area_of(points: list[tuple[float, float]], matrix: Matrix) -> Area:
    """The smallest rectangle around points that a matrix moves."""
    left, right = min(x for x, _ in points), max(x for x, _ in points)
    low, high = min(y for _, y in points), max(y for _, y in points)
    corners = [matrix.transform((x, y)) for x in (left, right) for y in (low, high)]
    return Area(
        min(x for x, _ in corners),
        min(y for _, y in corners),
        max(x for x, _ in corners),
        max(y for _, y in corners),
    )


@dataclass
class State:
    """What q saves and Q brings back."""

    matrix: Matrix
    clip: Area
    fill: Colour = BLACK
    stroke: Colour = BLACK
    line_width: float = 1.0
    font: Font | None = None
    size: float = 0.0
    leading: float = 0.0
    char_space: float = 0.0
    word_space: float = 0.0
    scale: float = 1.0
    rise: float = 0.0
    mode: int = 0
    overprint_fill: bool = False
    overprint_stroke: bool = False
    overprint_mode: int = 0
    alpha_fill: float = 1.0
    alpha_stroke: float = 1.0
    blend: str = "Normal"
    masked: bool = False
    alpha_outside: float = 1.0
    """Of the transparent group that the content stands in."""
    blend_space: str = ""

    def saved(self) -> State:
        """A copy to come back to."""
        return copy.copy(self)

    def look(self, stroked_only: bool = False) -> Look:
        """The state as an object keeps it."""
        alpha = self.alpha_stroke if stroked_only else self.alpha_fill
        return Look(
            self.fill,
            self.stroke,
            self.overprint_fill,
            self.overprint_stroke,
            self.overprint_mode,
            alpha * self.alpha_outside,
            self.blend,
            self.masked,
            self.blend_space,
        )

    def apply(self, settings: Any) -> None:
        """What a `gs` operator's dictionary sets."""
        # OP sets both where op is not given (ISO 32000-1, table 58).
        if "/OP" in settings:
            self.overprint_stroke = bool(settings.OP)
            self.overprint_fill = bool(settings.get("/op", settings.OP))
        elif "/op" in settings:
            self.overprint_fill = bool(settings.op)
        self.overprint_mode = int(settings.get("/OPM", self.overprint_mode))
        self.alpha_fill = float(settings.get("/ca", self.alpha_fill))
        self.alpha_stroke = float(settings.get("/CA", self.alpha_stroke))
        self.line_width = float(settings.get("/LW", self.line_width))
        if "/BM" in settings:
            mode = settings.BM
            self.blend = str(mode[0] if isinstance(mode, Array) else mode).lstrip("/")
        if "/SMask" in settings:
            self.masked = str(settings.SMask) != "/None"
