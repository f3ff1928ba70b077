"""Content streams in inks: every colour operator replaced, black text set to overprint."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

import pikepdf

from producer.colour.inks import BLACK, InkTable
from producer.colour.profile import Inks

Instruction = tuple[list[Any], str]

# States that recolouring adds to a stream's resources.
OVERPRINT, KNOCK_OUT = "/PressOver", "/PressKnock"

_RGB, _GREY, _INKS = 3, 1, 4
_SETTERS = {"g": _GREY, "rg": _RGB, "k": _INKS, "G": _GREY, "RG": _RGB, "K": _INKS}
_SPACES = {"/DeviceGray": _GREY, "/DeviceRGB": _RGB, "/DeviceCMYK": _INKS}
_SPACE_SETTERS, _SPACE_COLOURS = ("cs", "CS"), ("sc", "scn", "SC", "SCN")
_SHOW_TEXT = ("Tj", "TJ", "'", '"')
_BUILD_PATH = ("m", "l", "c", "v", "y", "h", "re", "W", "W*")
_FILL = ("f", "F", "f*", "B", "B*", "b", "b*")
_STROKE = ("S", "s", "B", "B*", "b", "b*")
_FILLING_TEXT, _STROKING_TEXT = (0, 2, 4, 6), (1, 2, 5, 6)


class UnknownColour(Exception):
    """A colour space that pages of ours never have."""


class Paint(NamedTuple):
    """A colour as the stream set it: parts 0 to 1, or a pattern's own operators."""

    parts: tuple[float, ...] = (0.0,)
    verbatim: tuple[tuple[tuple[Any, ...], str], ...] = ()


@dataclass(frozen=True)
class _State:
    """What `q` saves. `None` is what a form finds set by the stream that paints it."""

    fill: Paint | None
    stroke: Paint | None
    space: tuple[int, int] = (_GREY, _GREY)
    written_fill: Any = None
    written_stroke: Any = None
    overprints: bool = False
    text_mode: int = 0


def recolour(instructions: Iterable[Any], inks: InkTable, *, is_page: bool) -> list[Instruction]:
    """A stream's instructions with all colours in inks.

    A colour is written where it is first used, since text and areas of one colour may differ in
    inks.

    Raises:
        UnknownColour: for a colour space of another kind than a page of ours has.
    """
    return _Recolouring(inks, is_page).run(instructions)


class _Recolouring:
    def __init__(self, inks: InkTable, is_page: bool) -> None:
        black = Paint() if is_page else None
        self._inks = inks
        self._state = _State(black, black)
        self._saved: list[_State] = []
        self._path: list[Instruction] = []
        self._out: list[Instruction] = []

    def run(self, instructions: Iterable[Any]) -> list[Instruction]:
        for instruction in instructions:
            operands, operator = list(instruction.operands), str(instruction.operator)
            if operator in _BUILD_PATH:
                self._path.append((operands, operator))
            elif not self._sets_colour(operands, operator):
                self._before(operands, operator)
                # No colour may be set between a path and its painting.
                self._out += self._path
                self._path = []
                self._out.append((operands, operator))
        return self._out

    def _sets_colour(self, operands: list[Any], operator: str) -> bool:
        """Whether the instruction sets a colour, which is kept until it is used."""
        stroke = operator.isupper()
        if operator in _SETTERS:
            self._keep(Paint(_numbers(operands)), stroke)
        elif operator in _SPACE_SETTERS:
            name = str(operands[0])
            if name != "/Pattern" and name not in _SPACES:
                raise UnknownColour(name)
            fill, line = self._state.space
            size = _SPACES.get(name, 0)
            space = (fill, size) if stroke else (size, line)
            self._state = replace(self._state, space=space)
            if size:
                self._keep(Paint(BLACK if size == _INKS else (0.0,) * size), stroke)
        elif operator in _SPACE_COLOURS:
            if self._state.space[stroke]:
                self._keep(Paint(_numbers(operands)), stroke)
            else:
                chosen = ((pikepdf.Name.Pattern,), "CS" if stroke else "cs")
                self._keep(Paint((), (chosen, (tuple(operands), operator))), stroke)
        else:
            return False
        return True

    def _keep(self, paint: Paint, stroke: bool) -> None:
        state = self._state
        self._state = replace(state, stroke=paint) if stroke else replace(state, fill=paint)

    def _before(self, operands: list[Any], operator: str) -> None:
        """Follow the graphics state, and write what an operator paints with before it."""
        mode = self._state.text_mode
        if operator == "q":
            self._saved.append(self._state)
        elif operator == "Q":
            self._state = self._saved.pop()
        elif operator == "Tr":
            self._state = replace(self._state, text_mode=int(operands[0]))
        elif operator in _SHOW_TEXT:
            self._write(mode in _FILLING_TEXT, mode in _STROKING_TEXT, self._inks.of_text, True)
        elif operator == "Do":
            # A form inherits the colours, and an image mask is painted in one.
            self._write(True, True, self._inks.of_area, False)
        elif operator in _FILL or operator in _STROKE:
            self._write(operator in _FILL, operator in _STROKE, self._inks.of_area, False)
        elif operator == "sh":
            self._overprint(False)
        elif operator == "INLINE IMAGE":
            raise UnknownColour(operator)

    def _write(
        self, fill: bool, stroke: bool, inks_of: Callable[[Any], Inks], is_text: bool
    ) -> None:
        filled = self._state.fill if fill else None
        stroked = self._state.stroke if stroke else None
        used = []
        for paint, operator, name in (
            (filled, "k", "written_fill"),
            (stroked, "K", "written_stroke"),
        ):
            if paint is None:
                continue
            wanted: Any = paint.verbatim or _in_inks(paint, inks_of)
            used.append(wanted)
            if wanted != getattr(self._state, name):
                self._out += [(list(operands), own) for operands, own in paint.verbatim] or [
                    ([round(part, 4) for part in wanted], operator)
                ]
                self._state = replace(self._state, **{name: wanted})
        self._overprint(is_text and bool(used) and all(each == BLACK for each in used))

    def _overprint(self, wanted: bool) -> None:
        if wanted != self._state.overprints:
            name = pikepdf.Name(OVERPRINT if wanted else KNOCK_OUT)
            self._out.append(([name], "gs"))
            self._state = replace(self._state, overprints=wanted)


def _numbers(operands: Iterable[Any]) -> tuple[float, ...]:
    return tuple(float(operand) for operand in operands)


def _in_inks(paint: Paint, inks_of: Callable[[Any], Inks]) -> Inks:
    """The inks of a colour of one, three or four parts."""
    if len(paint.parts) == _INKS:
        c, m, y, k = paint.parts
        return c, m, y, k
    if len(paint.parts) == _GREY:
        return inks_of(paint.parts * 3)
    return inks_of(paint.parts)
