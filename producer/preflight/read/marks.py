"""Paths and lines of text while they are being made, and the objects that become of them."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from typing import Any

import pikepdf
from pikepdf import Matrix

from producer.edition import ASCENT_EM, DESCENT_EM, Box
from producer.preflight.read.fonts import Font
from producer.preflight.read.objects import Shape, Text
from producer.preflight.read.state import Area, State, area_of

ToBox = Callable[[Area], Box]
# Modes that paint no glyph: invisible, or clipping only (ISO 32000-1, table 106).
_UNPAINTED = (3, 7)


class Path:
    """The path that the next painting operator ends."""

    def __init__(self) -> None:
        self._points: list[tuple[float, float]] = []
        self._operators = ""
        self._clips = False

    def add(self, operator: str, numbers: tuple[float, ...]) -> None:
        """A segment; a curve's control points count as points of it."""
        self._points += zip(numbers[::2], numbers[1::2], strict=True)
        self._operators += operator

    def rectangle(self, numbers: tuple[float, ...]) -> None:
        """The operator `re`."""
        x, y, width, height = numbers
        self._points += [(x, y), (x + width, y), (x + width, y + height), (x, y + height)]
        self._operators += "r"

    def clip(self) -> None:
        """The path will also cut what is painted after it."""
        self._clips = True

    def end(self, state: State, fills: bool, strokes: bool, to_box: ToBox) -> Shape | None:
        """What the path paints, if it can be seen; then it clips, and a new one begins."""
        shape = None
        if self._points:
            area = area_of(self._points, state.matrix)
            if fills or strokes:
                shape = self._shape(state, area, fills, strokes, to_box)
            if self._clips:
                state.clip = state.clip.cut(area)
        self._points, self._operators, self._clips = [], "", False
        return shape

    def _shape(
        self, state: State, area: Area, fills: bool, strokes: bool, to_box: ToBox
    ) -> Shape | None:
        seen = area.cut(state.clip)
        if seen.is_empty:
            return None
        is_rectangle = self._is_rectangle()
        thin = None
        if strokes:
            thin = state.line_width * min(sides(state.matrix))
        elif is_rectangle:
            thin = min(area.right - area.left, area.top - area.bottom)
        look = state.look(stroked_only=not fills)
        return Shape(to_box(seen), look, fills, strokes, thin, is_rectangle)

    def _is_rectangle(self) -> bool:
        """Whether it is one rectangle that stands upright."""
        if self._operators.strip("h") == "r":
            return True
        points = self._points
        if self._operators.strip("h") not in ("mlll", "mllll"):
            return False
        ring = [*points[:4], points[0]]
        return points[4:] in ([], points[:1]) and all(
            one[0] == other[0] or one[1] == other[1] for one, other in itertools.pairwise(ring)
        )


class TextLine:
    """The text matrices, and the text that they are used for."""

    def __init__(self) -> None:
        self._glyph = self._line = Matrix()

    def begin(self) -> None:
        """The operator `BT`."""
        self._glyph = self._line = Matrix()

    def set(self, matrix: Matrix) -> None:
        """The operator `Tm`."""
        self._glyph = self._line = matrix

    def next(self, x: float, y: float) -> None:
        """The operator `Td`."""
        self._line = Matrix(1, 0, 0, 1, x, y) @ self._line
        self._glyph = self._line

    def show(self, state: State, pieces: Any, to_box: ToBox) -> Text | None:
        """Strings and moves between them: one object, and the place where the next begins."""
        font = state.font
        if font is None:
            return None
        codes: list[int] = []
        advance = 0.0
        for piece in pieces:
            if isinstance(piece, pikepdf.String):
                own = font.codes(bytes(piece))
                codes += own
                advance += sum(_advance(state, font, code) for code in own)
            else:
                advance -= float(piece) / 1000 * state.size
        advance *= state.scale
        text = self._text(state, font, tuple(codes), advance, to_box) if codes else None
        self._glyph = Matrix(1, 0, 0, 1, advance, 0) @ self._glyph
        return text

    def _text(
        self, state: State, font: Font, codes: tuple[int, ...], advance: float, to_box: ToBox
    ) -> Text:
        matrix = self._glyph @ state.matrix
        foot, top = state.rise - DESCENT_EM * state.size, state.rise + ASCENT_EM * state.size
        area = area_of([(0.0, foot), (advance, top)], matrix).cut(state.clip)
        is_seen = state.mode not in _UNPAINTED and not area.is_empty
        size = abs(state.size) * min(sides(matrix))
        return Text(to_box(area), state.look(), font, size, codes, is_seen)


def sides(matrix: Matrix) -> tuple[float, float]:
    """How long the sides of the unit square become."""
    return (matrix.a**2 + matrix.b**2) ** 0.5, (matrix.c**2 + matrix.d**2) ** 0.5


def _advance(state: State, font: Font, code: int) -> float:
    space = state.word_space if code == 32 and not font.is_composite else 0.0
    return font.width(code) * state.size + state.char_space + space
