"""What stands on a page, as checks see it: text, shapes, pictures, each with its place."""

from __future__ import annotations

from dataclasses import dataclass

from producer.edition import Box
from producer.preflight.read.colours import Colour, Space
from producer.preflight.read.fonts import Font
from producer.preflight.read.images import ImageFacts


@dataclass(frozen=True)
class Look:
    """The graphics state that an object was painted with."""

    fill: Colour
    stroke: Colour
    overprints_fill: bool = False
    overprints_stroke: bool = False
    overprint_mode: int = 0
    alpha: float = 1.0
    blend: str = "Normal"
    masked: bool = False
    blend_space: str = ""
    """Of the group that the object stands in; empty where that is the page's."""

    @property
    def is_transparent(self) -> bool:
        """Whether what lies below shows through."""
        return self.alpha < 1 or self.masked or self.blend not in ("Normal", "Compatible")

    @property
    def keeps_ink_below(self) -> bool:
        """Whether a fill in black alone leaves the other plates as they are.

        Overprint mode 1 spares a plate of DeviceCMYK that has no ink; a separation spares all
        others by itself; grey and ICC colours paint all four (ISO 32000-1, 8.6.7).
        """
        family = self.fill.space.painted.family
        return self.overprints_fill and (
            family == "separation" or (family == "cmyk" and self.overprint_mode == 1)
        )


@dataclass(frozen=True)
class Text:
    """What one operator shows: glyphs of one font, size and colour. Box in mm from the trim."""

    box: Box
    look: Look
    font: Font
    size_pt: float
    codes: tuple[int, ...]
    visible: bool


@dataclass(frozen=True)
class Shape:
    """A path that is filled, stroked or both; `thin_pt` is the width of its line, if it has one.

    A filled rectangle that is thinner than it is long is a rule, and has a width as well.
    """

    box: Box
    look: Look
    filled: bool
    stroked: bool
    thin_pt: float | None
    is_rectangle: bool


@dataclass(frozen=True)
class Picture:
    """An image where it is placed: what the clip leaves of it, and the lower of both ppi."""

    box: Box
    look: Look
    facts: ImageFacts
    ppi: float


@dataclass(frozen=True)
class Shade:
    """A smooth shading, painted by itself or as a pattern."""

    box: Box
    look: Look
    space: Space


Painted = Text | Shape | Picture | Shade


def colours(painted: Painted) -> list[Colour]:
    """The colours that an object is filled and stroked with; a stencil's is its fill."""
    if isinstance(painted, Shade) or (isinstance(painted, Text) and not painted.visible):
        return []
    if not isinstance(painted, Shape):
        return [painted.look.fill]
    look = painted.look
    return [look.fill] * painted.filled + [look.stroke] * painted.stroked


def painted_spaces(painted: Painted) -> list[Space]:
    """The spaces of what an object really paints; a pattern without colour paints its cells."""
    if isinstance(painted, Picture) and not painted.facts.is_stencil:
        # A JPEG 2000 image may leave its space to its own data.
        return [(painted.facts.space or Space("unknown")).painted]
    if isinstance(painted, Shade):
        return [painted.space.painted]
    found = dict.fromkeys(colour.space.painted for colour in colours(painted))
    return [space for space in found if space.family != "pattern"]
