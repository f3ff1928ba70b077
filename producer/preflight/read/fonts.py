"""Fonts of a PDF: whether they are embedded, and how wide and which the glyphs of codes are."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pikepdf

_FILES = ("/FontFile", "/FontFile2", "/FontFile3")
_SUBSET = re.compile(r"^[A-Z]{6}\+")
_TYPE3_UNIT = 0.001


@dataclass(frozen=True, eq=False)
class Font:
    """A font as the page's resources name it."""

    name: str
    kind: str
    is_embedded: bool
    is_composite: bool
    widths: dict[int, float] = field(default_factory=dict)
    default_width: float = 1.0
    glyphs: bytes | None = None
    """The way from codes to glyphs, two bytes each; None where they are the same."""

    @property
    def is_subset(self) -> bool:
        """Whether the name says that only the glyphs used are there."""
        return bool(_SUBSET.match(self.name))

    def codes(self, text: bytes) -> tuple[int, ...]:
        """The character codes of a string: two bytes each in a composite font."""
        if not self.is_composite:
            return tuple(text)
        return tuple(int.from_bytes(text[at : at + 2]) for at in range(0, len(text), 2))

    def width(self, code: int) -> float:
        """How far a code moves on, in em."""
        return self.widths.get(code, self.default_width)

    def is_missing(self, code: int) -> bool:
        """Whether a code shows the glyph .notdef, as far as the file says so."""
        if not self.is_composite:
            return False
        if self.glyphs is None:
            return code == 0
        return self.glyphs[2 * code : 2 * code + 2] in (b"", b"\0\0")


def read_font(raw: Any) -> Font:
    """A font from its dictionary."""
    kind = str(raw.get("/Subtype", "")).lstrip("/")
    name = str(raw.get("/BaseFont", raw.get("/Name", "/?"))).lstrip("/")
    if kind == "Type0":
        return _composite(raw.DescendantFonts[0], name)
    descriptor = raw.get("/FontDescriptor")
    embedded = kind == "Type3" or _has_file(descriptor)
    first = int(raw.get("/FirstChar", 0))
    unit = abs(float(raw.FontMatrix[0])) if kind == "Type3" else _TYPE3_UNIT
    widths = {first + at: float(value) * unit for at, value in enumerate(raw.get("/Widths", []))}
    missing = descriptor.get("/MissingWidth", 0) if descriptor is not None else 500
    return Font(name, kind, embedded, False, widths, float(missing) / 1000)


def _composite(inner: Any, name: str) -> Font:
    kind = str(inner.get("/Subtype", "")).lstrip("/")
    mapping = inner.get("/CIDToGIDMap")
    glyphs = mapping.read_bytes() if isinstance(mapping, pikepdf.Stream) else None
    widths = dict(_cid_widths(inner.get("/W", [])))
    default = float(inner.get("/DW", 1000)) / 1000
    embedded = _has_file(inner.get("/FontDescriptor"))
    return Font(name, kind, embedded, True, widths, default, glyphs)


def _has_file(descriptor: Any) -> bool:
    return descriptor is not None and any(key in descriptor for key in _FILES)


def _cid_widths(raw: Any) -> Iterator[tuple[int, float]]:
    """Widths of a composite font: `first [w w …]` or `first last w` (ISO 32000-1, 9.7.4.3)."""
    items = list(raw)
    at = 0
    while at + 1 < len(items):
        first, then = int(items[at]), items[at + 1]
        if isinstance(then, pikepdf.Array):
            yield from ((first + step, float(width) / 1000) for step, width in enumerate(then))
            at += 2
        else:
            width = float(items[at + 2]) / 1000
            yield from ((code, width) for code in range(first, int(then) + 1))
            at += 3
