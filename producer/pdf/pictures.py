"""The issue's pictures as an edition needs them: in its colours, at their placed size."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from PIL import Image

from producer.colour.pictures import (
    Flat,
    PictureError,
    flatten,
    in_inks,
    in_srgb,
    press_jpeg,
    screen_file,
    with_alpha,
)
from producer.colour.profile import Profile
from producer.edition import Box, Edition
from producer.errors import Findings, Place
from producer.model import Picture
from producer.pdfpicture import render_pdf

_MM_PER_INCH = 25.4

# A picture's pixels to the bytes of a file that the renderer takes as it is.
Encode = Callable[[Flat], bytes]


def screen_encoder() -> Encode:
    """Pictures in sRGB."""
    return lambda flat: screen_file(in_srgb(flat))


def press_encoder(profile: Profile, ink_limit: int) -> Encode:
    """Pictures in inks; transparent ones stay sRGB, for `recolour` to part from their mask."""

    def encode(flat: Flat) -> bytes:
        if flat.alpha is not None:
            return with_alpha(in_srgb(flat))
        return press_jpeg(in_inks(flat, profile, ink_limit), ink_limit)

    return encode


def _pixels(picture: Picture, width: int) -> Flat:
    """A picture as pixels, `width` of them across at most; a PDF has any number."""
    if picture.is_pdf:
        return Flat(render_pdf(Path(picture.path), width))
    with Image.open(picture.path) as source:
        return flatten(source).within(width)


@dataclass
class PictureDesk:
    """Makes each placed picture once, with no more pixels than `ppi` at its largest place.

    With `paints_pdf`, PDF pages are painted too; print places them as they are.
    """

    edition: Edition
    encode: Encode
    ppi: int
    findings: Findings
    paints_pdf: bool

    def files(self) -> dict[str, bytes]:
        """The placed raster pictures by name; what cannot be made right is a finding."""
        made: dict[str, bytes] = {}
        for name, inches_per_pixel in sorted(self._scales().items()):
            picture = self.edition.issue.pictures[name]
            try:
                width = self._width(picture, inches_per_pixel)
                made[name] = self.encode(_pixels(picture, width))
            except PictureError as error:
                place = Place(f"images/{name}")
                self.findings.add("picture.profile", place, picture=name, what=str(error))
        return made

    def _width(self, picture: Picture, inches_per_pixel: float) -> int:
        return -int(-picture.width * inches_per_pixel * self.ppi // 1)

    def _scales(self) -> dict[str, float]:
        """Inches of a pixel at the largest place of each raster picture."""
        scales: dict[str, float] = {}
        for name, box, fit in self._places():
            picture = self.edition.issue.pictures.get(name)
            if picture and (not picture.vector or (picture.is_pdf and self.paints_pdf)):
                sides = box.width / picture.width, box.height / picture.height
                scales[name] = max(scales.get(name, 0), fit(sides) / _MM_PER_INCH)
        return scales

    def _places(self) -> Iterator[tuple[str, Box, Callable[[tuple[float, float]], float]]]:
        """Every placed picture: photographs fill their box, advertisements stand whole in it."""
        for page in self.edition.pages:
            for part in page.parts:
                for placed in part.insets:
                    inset = self.edition.issue.stories[part.story].inset(placed.id)
                    if inset and inset.picture and placed.picture_box:
                        yield inset.picture, placed.picture_box, max
            for ad in page.advertisements:
                yield ad.data.advertisement, ad.box, min
