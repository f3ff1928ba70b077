"""All that a page paints with, in inks: its stream, forms, patterns, shadings and pictures."""

from __future__ import annotations

from typing import Any

import pikepdf

from producer.colour.inks import InkTable
from producer.colour.pictures import Flat, in_inks, press_jpeg
from producer.colour.profile import Profile
from producer.pdf.content import KNOCK_OUT, OVERPRINT, Instruction, UnknownColour, recolour

_CMYK, _GREY = pikepdf.Name.DeviceCMYK, pikepdf.Name.DeviceGray
_MODES = {"/DeviceRGB": ("RGB", 3), "/DeviceGray": ("L", 1)}


class Recolourer:
    """Goes through the objects of one document, each once."""

    def __init__(self, pdf: pikepdf.Pdf, inks: InkTable, profile: Profile, ink_limit: int) -> None:
        self._pdf = pdf
        self._inks = inks
        self._profile = profile
        self._limit = ink_limit
        self._done: set[tuple[int, int]] = set()
        self._states = {
            name: pdf.make_indirect(
                pikepdf.Dictionary(Type=pikepdf.Name.ExtGState, OP=on, op=on, OPM=int(on))
            )
            for name, on in ((OVERPRINT, True), (KNOCK_OUT, False))
        }

    def page(self, page: pikepdf.Page) -> None:
        """Recolour a page and everything that it paints."""
        resources = page.obj.Resources
        page.obj.Contents = self._pdf.make_stream(self._recoloured(page, is_page=True))
        self._resources(resources)
        page.obj.Group = pikepdf.Dictionary(
            Type=pikepdf.Name.Group, S=pikepdf.Name.Transparency, CS=_CMYK, I=True
        )

    def _recoloured(self, stream: Any, *, is_page: bool) -> bytes:
        instructions = recolour(pikepdf.parse_content_stream(stream), self._inks, is_page=is_page)
        return _unparse(instructions)

    def _is_new(self, thing: pikepdf.Object) -> bool:
        if not thing.is_indirect:
            return True
        if thing.objgen in self._done:
            return False
        self._done.add(thing.objgen)
        return True

    def _resources(self, resources: Any) -> None:
        """Recolour what a stream names; dictionaries shared by streams are met more than once."""
        if "/ExtGState" not in resources:
            resources.ExtGState = pikepdf.Dictionary()
        states = resources.ExtGState
        for state in list(states.values()):
            mask = state.get("/SMask")
            if isinstance(mask, pikepdf.Dictionary):
                self._mask(mask.G)
        for name, state in self._states.items():
            states[name] = state
        _drop_spaces(resources)
        for thing in _values(resources, "/XObject"):
            self._x_object(thing)
        for pattern in _values(resources, "/Pattern"):
            if int(pattern.PatternType) == 1:
                self._form(pattern)
            else:
                self._shading(pattern.Shading)
        for shading in _values(resources, "/Shading"):
            self._shading(shading)

    def _x_object(self, thing: Any) -> None:
        if thing.Subtype == pikepdf.Name.Image:
            self._image(thing)
        else:
            self._form(thing)

    def _form(self, form: Any) -> None:
        if not self._is_new(form):
            return
        form.write(self._recoloured(form, is_page=False))
        if "/Group" in form:
            form.Group.CS = _CMYK
        if "/Resources" in form:
            self._resources(form.Resources)

    def _mask(self, form: Any) -> None:
        """A soft mask has no colours, only lightness: it is left in grey."""
        if self._is_new(form) and "/Group" in form:
            form.Group.CS = _GREY
            form.write(_unparse([_in_grey(one) for one in pikepdf.parse_content_stream(form)]))
            resources = form.get("/Resources", {})
            _drop_spaces(resources)
            for shading in _values(resources, "/Shading"):
                self._is_new(shading)

    def _shading(self, shading: Any) -> None:
        if not self._is_new(shading) or shading.ColorSpace == _CMYK:
            return
        if shading.ColorSpace != pikepdf.Name.DeviceRGB:
            raise UnknownColour(str(shading.ColorSpace))
        shading.ColorSpace = _CMYK
        functions = shading.Function
        for function in functions if isinstance(functions, pikepdf.Array) else [functions]:
            self._function(function)

    def _function(self, function: Any) -> None:
        """A shade from one colour to another, or several of them in a row."""
        kind = int(function.FunctionType)
        if kind == 3:
            for part in function.Functions:
                self._function(part)
        elif kind == 2 and len(function.C0) == 3:
            for key in ("/C0", "/C1"):
                red, green, blue = (float(part) for part in function[key])
                inks = self._inks.of_area((red, green, blue))
                function[key] = pikepdf.Array([round(part, 4) for part in inks])
        elif kind not in (2, 3):
            raise UnknownColour(f"FunctionType {kind}")

    def _image(self, image: Any) -> None:
        """A picture that was not made ready: one inside a drawing, or with transparency."""
        space = image.get("/ColorSpace")
        if image.get("/ImageMask") or space == _CMYK or not self._is_new(image):
            return
        if str(space) not in _MODES:
            raise UnknownColour(str(space))
        pixels = pikepdf.PdfImage(image).as_pil_image().convert(_MODES[str(space)][0])
        data = press_jpeg(in_inks(Flat(pixels), self._profile, self._limit), self._limit)
        image.write(data, filter=pikepdf.Name.DCTDecode)
        image.ColorSpace, image.BitsPerComponent = _CMYK, 8
        # Pillow writes the values of CMYK turned round, as Adobe does.
        image.Decode = pikepdf.Array([1, 0] * 4)


def _values(resources: Any, key: str) -> list[Any]:
    return list(resources.get(key, {}).values())


def _drop_spaces(resources: Any) -> None:
    """Pages paint in device colours only; the renderer names Lab whether it is used or not."""
    if "/ColorSpace" in resources:
        del resources["/ColorSpace"]


def _unparse(instructions: list[Instruction]) -> bytes:
    return pikepdf.unparse_content_stream(
        [(operands, pikepdf.Operator(operator)) for operands, operator in instructions]
    )


def _in_grey(instruction: Any) -> Instruction:
    """Colours as lightness by Rec. 601, as luminosity masks are read."""
    operands, operator = list(instruction.operands), str(instruction.operator)
    if operator not in ("rg", "RG"):
        return operands, operator
    red, green, blue = (float(operand) for operand in operands)
    return [round(0.3 * red + 0.59 * green + 0.11 * blue, 4)], operator[1]
