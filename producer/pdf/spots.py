"""Spot colours of placed advertisements in process inks, where a paper wants no further plates."""

from __future__ import annotations

import functools
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import pikepdf
from PIL import Image

from producer.pdf.functions import Function, UnknownFunction, read_function

_CMYK = pikepdf.Name.DeviceCMYK
# What a separation may be called without being an ink of its own.
_NO_SPOTS = ("/Cyan", "/Magenta", "/Yellow", "/Black", "/All", "/None")
_SETTERS = ("g", "rg", "k", "G", "RG", "K")
_PARTED = ("/Separation", "/DeviceN")
_DEVICES = {"/DeviceCMYK": 4, "/DeviceGray": 1}
_STEPS = 256
# What reading samples of an unknown packing, or a dictionary that lacks its keys, ends with.
_BROKEN = (pikepdf.PdfError, AttributeError, IndexError, KeyError, OSError, TypeError, ValueError)


class SpotError(Exception):
    """A spot colour that cannot be told in process inks; the text says where it stands."""


@dataclass(frozen=True)
class _Spot:
    """A spot colour space and the way to its inks."""

    size: int
    tint: Function
    parts: int

    def inks(self, values: Sequence[float]) -> list[float]:
        """Cyan, magenta, yellow and black, 0 to 1 each."""
        made = self.tint(values)
        inks = made if self.parts == 4 else [0.0, 0.0, 0.0, 1 - made[0]]
        return [min(max(round(ink, 4), 0.0), 1.0) for ink in inks]


def convert_spots(page: pikepdf.Page, pdf: pikepdf.Pdf) -> None:
    """Put process inks, by the alternates, in the place of all spot colours of a page.

    A spot that overprints spared the process plates; its inks do so in overprint mode 1 only, and
    the mode stays as the page has it, since white set in mode 0 would vanish in mode 1.

    Raises:
        SpotError: for a spot colour in a place where that cannot be done.
    """
    try:
        converter = _Converter(pdf)
        page.obj.Contents = pdf.make_stream(converter.content(page, page.resources, False))
        converter.resources(page.resources)
        converter.clear()
    except (UnknownFunction, *_BROKEN) as error:
        raise SpotError(str(error)) from error


class _Converter:
    """Goes through what one page paints, each object once."""

    def __init__(self, pdf: pikepdf.Pdf) -> None:
        self._pdf = pdf
        self._done: set[tuple[int, int]] = set()
        self._spaces: list[tuple[Any, str]] = []

    def content(self, stream: Any, resources: Any, inherits: bool) -> bytes:
        """A content stream's colours in process inks; a form inherits its painter's spaces."""
        spaces = _Spaces(resources, inherits)
        made: list[Any] = []
        for instruction in pikepdf.parse_content_stream(stream):
            operands, name = list(instruction.operands), str(instruction.operator)
            made.extend(spaces.follow(operands, name) or [instruction])
        return pikepdf.unparse_content_stream(made)

    def resources(self, resources: Any) -> None:
        """All that a stream names."""
        for name, space in resources.get("/ColorSpace", {}).items():
            if read_spot(space) or (isinstance(space, pikepdf.Array) and _base(space)):
                self._spaces.append((resources.ColorSpace, name))
        for state in resources.get("/ExtGState", {}).values():
            mask = state.get("/SMask")
            if isinstance(mask, pikepdf.Dictionary):
                self._form(mask.G)
        for thing in resources.get("/XObject", {}).values():
            if thing.Subtype == pikepdf.Name.Image:
                self._image(thing)
            else:
                self._form(thing)
        for pattern in resources.get("/Pattern", {}).values():
            if int(pattern.PatternType) == 1:
                self._form(pattern)
            else:
                self._shading(pattern.Shading)
        for shading in resources.get("/Shading", {}).values():
            self._shading(shading)

    def clear(self) -> None:
        """Take the spaces away that nothing paints in any more, or their plates would be made."""
        for holder, name in self._spaces:
            if name in holder:
                del holder[name]

    def _is_new(self, thing: Any) -> bool:
        is_new = not thing.is_indirect or thing.objgen not in self._done
        self._done.add(thing.objgen)
        return is_new

    def _form(self, form: Any) -> None:
        if self._is_new(form):
            resources = form.get("/Resources", pikepdf.Dictionary())
            form.write(self.content(form, resources, inherits=True))
            self.resources(resources)

    def _shading(self, shading: Any) -> None:
        spot = read_spot(shading.ColorSpace)
        if not self._is_new(shading) or spot is None:
            return
        if int(shading.ShadingType) not in (2, 3) or "/Background" in shading:
            raise SpotError(f"ShadingType {int(shading.ShadingType)}")
        domain = [float(side) for side in shading.get("/Domain", [0, 1])]
        shade = read_function(shading.Function)
        places = [domain[0] + (domain[1] - domain[0]) * at / (_STEPS - 1) for at in range(_STEPS)]
        samples = bytes(round(255 * ink) for at in places for ink in spot.inks(shade([at])))
        shading.ColorSpace = _CMYK
        shading.Function = self._pdf.make_stream(
            samples,
            FunctionType=0,
            Domain=pikepdf.Array(domain),
            Range=pikepdf.Array([0, 1] * 4),
            Size=pikepdf.Array([_STEPS]),
            BitsPerSample=8,
        )

    def _image(self, image: Any) -> None:
        if not self._is_new(image) or "/ColorSpace" not in image:
            return
        space = image.ColorSpace
        if spot := read_spot(space):
            _paint_image(image, spot)
        elif isinstance(space, pikepdf.Array) and (spot := _base(space)):
            raw = space[3]
            table = raw.read_bytes() if isinstance(raw, pikepdf.Stream) else bytes(raw)
            inks = pikepdf.String(_pixels(table, spot, (0, 1)))
            image.ColorSpace = pikepdf.Array([pikepdf.Name.Indexed, _CMYK, space[2], inks])


class _Spaces:
    """The colour spaces that a stream has set, for fills and strokes, with what `q` saves."""

    def __init__(self, resources: Any, inherits: bool) -> None:
        self._named = resources.get("/ColorSpace", {})
        # None is a space without spots; a form does not know what it inherits.
        first: _Spot | str | None = "inherited" if inherits else None
        self._now: dict[bool, _Spot | str | None] = {False: first, True: first}
        self._saved: list[dict[bool, _Spot | str | None]] = []

    def follow(self, operands: list[Any], name: str) -> list[Any] | None:
        """What stands in an instruction's place, None for the instruction itself."""
        stroke = name.isupper()
        if name == "q":
            self._saved.append(dict(self._now))
        elif name == "Q" and self._saved:
            self._now = self._saved.pop()
        elif name in _SETTERS:
            self._now[stroke] = None
        elif name in ("cs", "CS"):
            self._now[stroke] = spot = self._space(operands[0])
            return _inked(spot, [1.0] * spot.size, stroke) if spot else None
        elif name in ("sc", "scn", "SC", "SCN"):
            now = self._now[stroke]
            if isinstance(now, str):
                raise SpotError(f"{name}: {now}")
            return _inked(now, [float(part) for part in operands], stroke) if now else None
        elif name == "INLINE IMAGE" and self._space(operands[0].obj.get("/ColorSpace")):
            raise SpotError("inline image")
        return None

    def _space(self, name: Any) -> _Spot | None:
        space = self._named.get(str(name)) if isinstance(name, pikepdf.Name) else None
        if isinstance(space, pikepdf.Array) and _base(space):
            raise SpotError(f"{space[0]} {name}")
        return read_spot(space)


def _inked(spot: _Spot, values: list[float], stroke: bool) -> list[Any]:
    return [(spot.inks(values), pikepdf.Operator("K" if stroke else "k"))]


def read_spot(space: Any) -> _Spot | None:
    """A colour space, if it has spot colours, else None.

    Raises:
        SpotError: when its alternate is of no ink.
    """
    if not isinstance(space, pikepdf.Array) or str(space[0]) not in _PARTED:
        return None
    names = list(space[1]) if isinstance(space[1], pikepdf.Array) else [space[1]]
    if all(str(name) in _NO_SPOTS for name in names):
        return None
    alternate = space[2]
    is_profile = isinstance(alternate, pikepdf.Array) and str(alternate[0]) == "/ICCBased"
    size = int(alternate[1].N) if is_profile else _DEVICES.get(str(alternate), 0)
    if size not in (1, 4):
        raise SpotError(" ".join(str(name).lstrip("/") for name in names))
    return _Spot(len(names), read_function(space[3]), size)


def _base(space: Any) -> _Spot | None:
    """The spot colours below an indexed space or a pattern's."""
    is_built_on = str(space[0]) in ("/Indexed", "/Pattern") and len(space) > 1
    return read_spot(space[1]) if is_built_on else None


def _paint_image(image: Any, spot: _Spot) -> None:
    """A picture's samples in process inks; eight bits a sample, or one for line art."""
    bits = int(image.BitsPerComponent)
    if bits not in (1, 8) or isinstance(image.get("/Mask"), pikepdf.Array):
        raise SpotError(f"{bits}-bit image")
    size = int(image.Width), int(image.Height)
    decode = [float(side) for side in image.get("/Decode", [0, 1])][:2]
    made = _pixels(_samples(image, bits, size, spot.size), spot, (decode[0], decode[1]))
    image.write(made)
    image.ColorSpace, image.BitsPerComponent = _CMYK, 8
    if "/Decode" in image:
        del image["/Decode"]


def _samples(image: Any, bits: int, size: tuple[int, int], parts: int) -> bytes:
    filters = pikepdf.PdfImage(image).filters
    if filters and filters[-1] == "/DCTDecode":
        with Image.open(io.BytesIO(image.read_raw_bytes())) as opened:
            data = opened.tobytes()
    else:
        data = image.read_bytes()
        if bits == 1:
            data = Image.frombytes("1", size, data).convert("L").tobytes()
    if len(data) != size[0] * size[1] * parts:
        raise SpotError("image")
    return data


def _pixels(data: bytes, spot: _Spot, decode: tuple[float, float]) -> bytes:
    low, high = decode

    @functools.lru_cache(maxsize=1 << 16)
    def inks(values: bytes) -> bytes:
        tints = [low + value / 255 * (high - low) for value in values]
        return bytes(round(255 * ink) for ink in spot.inks(tints))

    return b"".join(inks(values) for values in _groups(data, spot.size))


def _groups(data: bytes, size: int) -> Iterator[bytes]:
    return (data[at : at + size] for at in range(0, len(data), size))
