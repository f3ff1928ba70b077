"""Colour spaces of a PDF and the inks that a colour puts on the sheet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pikepdf

_DEVICE = {
    "/DeviceGray": ("gray", 1),
    "/G": ("gray", 1),
    "/DeviceRGB": ("rgb", 3),
    "/RGB": ("rgb", 3),
    "/DeviceCMYK": ("cmyk", 4),
    "/CMYK": ("cmyk", 4),
    "/CalGray": ("calgray", 1),
    "/CalRGB": ("calrgb", 3),
    "/Lab": ("lab", 3),
}
_ICC = {1: "icc-gray", 3: "icc-rgb", 4: "icc-cmyk"}
_PROCESS = ("Cyan", "Magenta", "Yellow", "Black")
_DEEP = 4


@dataclass(frozen=True)
class Space:
    """A colour space: its family, as profiles name it, and what it is built on.

    Families: gray, rgb, cmyk (of the device), calgray, calrgb, lab, icc-gray, icc-rgb, icc-cmyk,
    separation (spot and single process plates), indexed, pattern, unknown.
    """

    family: str
    components: int = 1
    plates: tuple[str, ...] = ()
    base: Space | None = None

    @property
    def spots(self) -> tuple[str, ...]:
        """Its inks that are not the process's; /All and /None name no ink."""
        return tuple(name for name in self.plates if name not in (*_PROCESS, "All", "None"))

    @property
    def painted(self) -> Space:
        """The space that colours are really given in: an indexed or a pattern's is its base."""
        return self.base if self.family in ("indexed", "pattern") and self.base else self


@dataclass(frozen=True)
class Colour:
    """A colour as an operator gives it."""

    space: Space
    values: tuple[float, ...] = ()

    @property
    def inks(self) -> tuple[float, float, float, float, float] | None:
        """Cyan, magenta, yellow, black and the sum of all spot plates, each 0 to 1.

        None where the numbers are not inks: RGB, Lab, patterns.
        """
        return _inks(self.space.painted, self.values)

    @property
    def total_ink(self) -> float | None:
        """All inks together, in percent."""
        return None if self.inks is None else 100 * sum(self.inks)

    @property
    def is_paper(self) -> bool:
        """Whether nothing is printed: no ink, or white light."""
        if self.inks is not None:
            return sum(self.inks) == 0
        return self.space.painted.family.endswith("rgb") and set(self.values) == {1.0}

    @property
    def is_black_plate(self) -> bool:
        """Whether black is the only ink."""
        return self.inks is not None and self.inks[3] > 0 and sum(self.inks) == self.inks[3]


DEVICE_GRAY, DEVICE_RGB, DEVICE_CMYK = (
    Space("gray", 1),
    Space("rgb", 3),
    Space("cmyk", 4),
)
BLACK = Colour(DEVICE_GRAY, (0.0,))


def read_space(raw: Any, resources: Any = None, depth: int = 0) -> Space:
    """A colour space from its PDF object; names are looked up in the page's resources."""
    if depth > _DEEP:
        return Space("unknown")
    if isinstance(raw, pikepdf.Name):
        return _named(str(raw), resources, depth)
    if not isinstance(raw, pikepdf.Array) or not len(raw):
        return Space("unknown")
    kind = str(raw[0])
    if kind in _DEVICE:
        return Space(*_DEVICE[kind])
    if kind == "/ICCBased":
        count = int(raw[1].get("/N", 0))
        return Space(_ICC.get(count, "unknown"), count)
    if kind in ("/Indexed", "/I"):
        return Space("indexed", 1, base=read_space(raw[1], resources, depth + 1))
    if kind == "/Pattern":
        return Space("pattern", base=read_space(raw[1], resources, depth + 1) if raw[1:] else None)
    if kind in ("/Separation", "/DeviceN"):
        return _plates(raw, resources, depth)
    return Space("unknown")


def group_space(group: Any) -> str:
    """The space in which a transparency group is blended; empty where it takes its parent's."""
    space = group.get("/CS")
    if space is None:
        return ""
    if isinstance(space, pikepdf.Name):
        return str(space).lstrip("/")
    family = read_space(space).family
    return {"icc-cmyk": "DeviceCMYK", "icc-gray": "DeviceGray"}.get(family, family)


def _named(name: str, resources: Any, depth: int) -> Space:
    if name in _DEVICE:
        return Space(*_DEVICE[name])
    if name == "/Pattern":
        return Space("pattern")
    found = (resources.get("/ColorSpace") if resources is not None else None) or {}
    return read_space(found[name], resources, depth + 1) if name in found else Space("unknown")


def _plates(raw: Any, resources: Any, depth: int) -> Space:
    names = [raw[1]] if str(raw[0]) == "/Separation" else list(raw[1])
    plates = tuple(str(name).lstrip("/") for name in names)
    base = read_space(raw[2], resources, depth + 1)
    return Space("separation", len(plates), plates, base)


def _inks(
    space: Space, values: tuple[float, ...]
) -> tuple[float, float, float, float, float] | None:
    if space.family in ("gray", "calgray", "icc-gray") and values:
        return 0.0, 0.0, 0.0, 1 - values[0], 0.0
    if space.family in ("cmyk", "icc-cmyk") and len(values) == 4:
        return (*values, 0.0)
    if space.family == "separation" and len(values) == len(space.plates):
        found = dict(zip(space.plates, values, strict=True))
        every = found.get("All", 0.0)
        process = [max(found.get(name, 0.0), every) for name in _PROCESS]
        spot = sum(found[name] for name in space.spots)
        return process[0], process[1], process[2], process[3], spot
    return None
