"""Pictures of a page's plates for preflight.html: each in its ink, and a map of total ink."""

from __future__ import annotations

import base64
import io
from collections.abc import Iterator
from dataclasses import dataclass

from PIL import Image, ImageFilter, ImageOps

from producer.preflight.read.document import Page
from producer.preflight.separations import PROCESS, Plate, Separation, most_ink

_HALF = 2
_QUALITY = 70
_INKS = {"Cyan": "#0099dd", "Magenta": "#d6006e", "Yellow": "#e8c800", "Black": "#000000"}
_SPOT = "#7a4a20"
# Total ink from none to the limit; more than the limit is in one colour that is not among them.
_SCALE = ((255, 255, 255), (190, 220, 245), (60, 160, 190), (250, 210, 70), (235, 130, 30))
_OVER = (200, 0, 40)
_STEPS = 200


@dataclass(frozen=True)
class PlatePicture:
    """A small picture as a data address, and the ink that it shows; spot inks have their name."""

    ink: str
    address: str
    width: int
    height: int

    @property
    def is_process(self) -> bool:
        """Whether the ink is one of the four of the process."""
        return self.ink in PROCESS


@dataclass(frozen=True)
class PlateSheet:
    """A page's plates, its map of total ink, and the most ink up to the bleed in percent."""

    number: int
    plates: list[PlatePicture]
    total: PlatePicture
    most: int


def plate_sheet(page: Page, separation: Separation, limit: float) -> PlateSheet:
    """The pictures of a page; `limit` is in percent."""
    total = page.turned_back(separation.total)
    plates = [_plate(page, plate) for plate in separation.plates]
    heat_map = _heat_map(total, limit)
    printed = total.crop(page.pixels(page.printed, total))
    return PlateSheet(page.number, plates, heat_map, round(most_ink(printed)))


def _plate(page: Page, plate: Plate) -> PlatePicture:
    small = page.turned_back(plate.image).reduce(_HALF)
    ink = _INKS.get(plate.ink, _SPOT)
    return _picture(plate.ink, ImageOps.colorize(small, "#ffffff", ink), "JPEG", quality=_QUALITY)


def _heat_map(total: Image.Image, limit: float) -> PlatePicture:
    """Steps of the limit by colour; a lone pixel over it is kept when the map is made small."""
    levels = total.point(lambda value: value * (_STEPS / (limit * 2.55)) + 0).convert("L")
    wettest = levels.filter(ImageFilter.MaxFilter(_HALF + 1))
    size = total.width // _HALF, total.height // _HALF
    small = wettest.resize(size, Image.Resampling.NEAREST)
    small.putpalette([part for colour in _palette() for part in colour])
    return _picture("", small, "PNG", optimize=True)


def _palette() -> Iterator[tuple[int, ...]]:
    bands = len(_SCALE) - 1
    for step in range(256):
        if step > _STEPS:
            yield _OVER
            continue
        band = min(step * bands // _STEPS, bands - 1)
        part = step * bands / _STEPS - band
        ends = zip(_SCALE[band], _SCALE[band + 1], strict=True)
        yield tuple(round(a + (b - a) * part) for a, b in ends)


def _picture(ink: str, image: Image.Image, kind: str, **options: object) -> PlatePicture:
    buffer = io.BytesIO()
    image.save(buffer, kind, **options)
    data = base64.b64encode(buffer.getvalue()).decode("ascii")
    return PlatePicture(ink, f"data:image/{kind.lower()};base64,{data}", image.width, image.height)
