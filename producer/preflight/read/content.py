"""Reads a page's content: every text, shape and picture with its place and graphics state."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pikepdf
from pikepdf import Matrix

from producer.edition import Box
from producer.layouts import MM_PER_PT
from producer.preflight.read.colours import (
    DEVICE_CMYK,
    DEVICE_GRAY,
    DEVICE_RGB,
    Colour,
    Space,
    group_space,
    read_space,
)
from producer.preflight.read.fonts import Font, read_font
from producer.preflight.read.images import ImageFacts, read_image, read_inline
from producer.preflight.read.marks import Path, TextLine, sides
from producer.preflight.read.objects import Painted, Picture, Shade
from producer.preflight.read.state import Area, State, area_of

_DEEPEST = 12
_DEVICES = {"g": DEVICE_GRAY, "rg": DEVICE_RGB, "k": DEVICE_CMYK}
# Operator → field of the state, and what its operand is multiplied by.
_NUMBERS = {
    "w": ("line_width", 1.0),
    "TL": ("leading", 1.0),
    "Tc": ("char_space", 1.0),
    "Tw": ("word_space", 1.0),
    "Tz": ("scale", 0.01),
    "Ts": ("rise", 1.0),
}
# Operator → whether it fills and strokes the path.
_PAINTS = {
    "n": (False, False),
    "S": (False, True),
    "s": (False, True),
    **dict.fromkeys(("f", "F", "f*"), (True, False)),
    **dict.fromkeys(("B", "B*", "b", "b*"), (True, True)),
}


def read_content(page: pikepdf.Page, sheet: Area, trim: Area) -> list[Painted]:
    """All that a page paints, in the order of painting.

    Args:
        page: The page.
        sheet: Its media box in points.
        trim: Its trim box in points: places are counted from its top left corner.
    """
    reader = _Reader(sheet, trim)
    reader.run(page, page.get("/Resources", pikepdf.Dictionary()))
    return reader.found


class _Reader:
    """Follows the operators; one instance for a page and the forms on it."""

    def __init__(self, sheet: Area, trim: Area) -> None:
        self.found: list[Painted] = []
        self._trim = trim
        self._state = State(Matrix(), sheet)
        self._stack: list[State] = []
        self._resources: Any = pikepdf.Dictionary()
        self._fonts: dict[tuple[int, int] | str, Font] = {}
        self._path = Path()
        self._text = TextLine()
        self._depth = 0

    # ------------------------------------------------------------ running

    def run(self, content: Any, resources: Any) -> None:
        """Follow the content of a page or a form."""
        outer, self._resources = self._resources, resources
        for instruction in pikepdf.parse_content_stream(content):
            if isinstance(instruction, pikepdf.ContentStreamInlineImage):
                self._place(read_inline(instruction.iimage, resources))
                continue
            self._follow(str(instruction.operator), tuple(instruction.operands))
        self._resources = outer

    def _follow(self, name: str, operands: tuple[Any, ...]) -> None:
        if name in ("m", "l", "c", "v", "y", "h"):
            self._path.add(name, _floats(operands))
        elif name in _PAINTS:
            self._paint(*_PAINTS[name])
        elif name in _NUMBERS:
            field, factor = _NUMBERS[name]
            setattr(self._state, field, float(operands[0]) * factor)
        elif name.lower() in _DEVICES:
            colour = Colour(_DEVICES[name.lower()], _floats(operands))
            self._set_colour(colour, stroke=name.isupper())
        elif name in _OPERATORS:
            _OPERATORS[name](self, *operands)

    def _resource(self, kind: str, name: Any) -> Any:
        found = self._resources.get(kind)
        return found.get(str(name)) if found is not None else None

    def _box(self, area: Area) -> Box:
        return Box(
            (area.left - self._trim.left) * MM_PER_PT,
            (self._trim.top - area.top) * MM_PER_PT,
            (area.right - area.left) * MM_PER_PT,
            (area.top - area.bottom) * MM_PER_PT,
        )

    # ------------------------------------------------------------ state

    def _save(self) -> None:
        self._stack.append(self._state.saved())

    def _restore(self) -> None:
        if self._stack:
            self._state = self._stack.pop()

    def _move(self, *numbers: Any) -> None:
        self._state.matrix = _matrix(numbers) @ self._state.matrix

    def _settings(self, name: Any) -> None:
        if (settings := self._resource("/ExtGState", name)) is not None:
            self._state.apply(settings)
            if "/Font" in settings:
                self._set_font(settings.Font[0], settings.Font[1])

    # ------------------------------------------------------------ colour

    def _space(self, name: Any, stroke: bool) -> None:
        space = read_space(name, self._resources)
        first = 1.0 if space.family == "separation" else 0.0
        values = (0.0,) * (space.components - 1) + (1.0 if space.family == "cmyk" else first,)
        self._set_colour(Colour(space, values), stroke)

    def _colour(self, operands: tuple[Any, ...], stroke: bool) -> None:
        now = (self._state.stroke if stroke else self._state.fill).space
        if operands and isinstance(operands[-1], pikepdf.Name):
            space = self._pattern_space(operands[-1], now)
            self._set_colour(Colour(space, _floats(operands[:-1])), stroke)
        else:
            self._set_colour(Colour(now, _floats(operands)), stroke)

    def _pattern_space(self, name: Any, now: Space) -> Space:
        """A pattern's space: a shading's own, else that of the colour it is painted in."""
        pattern = self._resource("/Pattern", name)
        if pattern is not None and "/Shading" in pattern:
            base = read_space(pattern.Shading.ColorSpace, self._resources)
            return Space("pattern", base=base)
        if isinstance(pattern, pikepdf.Stream) and self._depth < _DEEPEST:
            self._inside(pattern, Matrix())
        return now

    def _set_colour(self, colour: Colour, stroke: bool) -> None:
        if stroke:
            self._state.stroke = colour
        else:
            self._state.fill = colour

    # ------------------------------------------------------------ paths

    def _paint(self, fills: bool, strokes: bool) -> None:
        """End a path: what it paints, then what it clips."""
        if shape := self._path.end(self._state, fills, strokes, self._box):
            self.found.append(shape)

    def _shade(self, name: Any) -> None:
        shading = self._resource("/Shading", name)
        if shading is not None and not self._state.clip.is_empty:
            space = read_space(shading.ColorSpace, self._resources)
            box = self._box(self._state.clip)
            self.found.append(Shade(box, self._state.look(), space))

    # ------------------------------------------------------------ text

    def _font(self, name: Any, size: Any) -> None:
        if (raw := self._resource("/Font", name)) is not None:
            self._set_font(raw, size)

    def _set_font(self, raw: Any, size: Any) -> None:
        key = raw.objgen if raw.is_indirect else repr(raw)
        if key not in self._fonts:
            self._fonts[key] = read_font(raw)
        self._state.font, self._state.size = self._fonts[key], float(size)

    def _mode(self, mode: Any) -> None:
        self._state.mode = int(mode)

    def _next_leading(self, x: Any, y: Any) -> None:
        self._state.leading = -float(y)
        self._text.next(float(x), float(y))

    def _new_line(self) -> None:
        self._text.next(0, -self._state.leading)

    def _show(self, pieces: Any) -> None:
        if text := self._text.show(self._state, pieces, self._box):
            self.found.append(text)

    def _show_next(self, text: Any) -> None:
        self._new_line()
        self._show([text])

    def _show_spaced(self, word: Any, character: Any, text: Any) -> None:
        self._state.word_space, self._state.char_space = float(word), float(character)
        self._show_next(text)

    # ------------------------------------------------------------ images and forms

    def _object(self, name: Any) -> None:
        raw = self._resource("/XObject", name)
        if raw is None:
            return
        if raw.get("/Subtype") == "/Image":
            self._place(read_image(raw, self._resources))
        elif raw.get("/Subtype") == "/Form" and self._depth < _DEEPEST:
            self._inside(raw, _matrix(raw.get("/Matrix", (1, 0, 0, 1, 0, 0))))

    def _inside(self, form: Any, matrix: Matrix) -> None:
        outer, depth = self._state.saved(), len(self._stack)
        text, path = self._text, self._path
        self._text, self._path = TextLine(), Path()
        self._state.matrix = matrix @ self._state.matrix
        if (group := form.get("/Group")) is not None:
            self._state.blend_space = group_space(group) or self._state.blend_space
            self._state.alpha_outside *= self._state.alpha_fill
            self._state.alpha_fill = self._state.alpha_stroke = 1.0
        if "/BBox" in form:
            left, low, right, top = _floats(form.BBox)
            area = area_of([(left, low), (right, top)], self._state.matrix)
            self._state.clip = self._state.clip.cut(area)
        self._depth += 1
        self.run(form, form.get("/Resources", self._resources))
        self._depth -= 1
        self._state = outer
        del self._stack[depth:]
        self._text, self._path = text, path

    def _place(self, facts: ImageFacts) -> None:
        area = area_of([(0.0, 0.0), (1.0, 1.0)], self._state.matrix).cut(self._state.clip)
        if area.is_empty:
            return
        across, up = sides(self._state.matrix)
        width, height = facts.image.width, facts.image.height
        ppi = min(72 * width / max(across, 0.01), 72 * height / max(up, 0.01))
        self.found.append(Picture(self._box(area), self._state.look(), facts, ppi))


def _floats(numbers: Any) -> tuple[float, ...]:
    return tuple(float(number) for number in numbers)


def _matrix(numbers: Any) -> Matrix:
    return Matrix(*_floats(numbers))


# What an operator does with its reader and operands (ISO 32000-1, annex A).
_OPERATORS: dict[str, Callable[..., None]] = {
    "q": _Reader._save,
    "Q": _Reader._restore,
    "cm": _Reader._move,
    "gs": _Reader._settings,
    "cs": lambda reader, name: reader._space(name, False),
    "CS": lambda reader, name: reader._space(name, True),
    **dict.fromkeys(("sc", "scn"), lambda reader, *values: reader._colour(values, False)),
    **dict.fromkeys(("SC", "SCN"), lambda reader, *values: reader._colour(values, True)),
    "re": lambda reader, *numbers: reader._path.rectangle(_floats(numbers)),
    **dict.fromkeys(("W", "W*"), lambda reader: reader._path.clip()),
    "sh": _Reader._shade,
    "BT": lambda reader: reader._text.begin(),
    "Tf": _Reader._font,
    "Tr": _Reader._mode,
    "Td": lambda reader, x, y: reader._text.next(float(x), float(y)),
    "TD": _Reader._next_leading,
    "T*": _Reader._new_line,
    "Tm": lambda reader, *numbers: reader._text.set(_matrix(numbers)),
    "Tj": lambda reader, text: reader._show([text]),
    "TJ": _Reader._show,
    "'": _Reader._show_next,
    '"': _Reader._show_spaced,
    "Do": _Reader._object,
}
