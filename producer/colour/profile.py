"""The printing condition's ICC profile, as a paper names it; colours and pictures through it."""

from __future__ import annotations

import functools
import io
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageCms

from producer.colour.recipe import is_built, load_recipe
from producer.errors import ExitCode, Place, ProducerError, problem

# An ICC profile's header (ICC.1:2010, 7.2): the device class, the colour space.
_CLASS, _SPACE, _SIGNATURE = slice(12, 16), slice(16, 20), slice(36, 40)

RELATIVE = ImageCms.Intent.RELATIVE_COLORIMETRIC
BLACK_POINT = ImageCms.Flags.BLACKPOINTCOMPENSATION

# Parts of inks C M Y K, 0 to 1 each.
Inks = tuple[float, float, float, float]
Rgb = tuple[float, float, float]


@dataclass(frozen=True)
class Profile:
    """A CMYK profile and the names of its printing condition."""

    data: bytes
    name: str
    info: str

    def convert(self, image: Image.Image, source: bytes | None = None) -> Image.Image:
        """An RGB, grey or CMYK image as CMYK, relative colorimetric with black point.

        Args:
            image: The image, in the mode of its own profile.
            source: That profile; without it the image is sRGB.
        """
        return _transform(self.data, source, image.mode).apply(image)

    def inks(self, colour: Rgb) -> Inks:
        """An sRGB colour, its parts 0 to 1, in inks."""
        pixel = Image.new("RGB", (1, 1), tuple(round(part * 255) for part in colour))
        c, m, y, k = self.convert(pixel).tobytes()
        return c / 255, m / 255, y / 255, k / 255


class _Target(ImageCms.ImageCmsProfile):
    """A profile that knows its bytes: Pillow asks for them at every conversion."""

    def __init__(self, data: bytes) -> None:
        super().__init__(io.BytesIO(data))
        self._data = data

    def tobytes(self) -> bytes:
        return self._data


@functools.lru_cache(maxsize=16)
def _transform(target: bytes, source: bytes | None, mode: str) -> ImageCms.ImageCmsTransform:
    return ImageCms.buildTransform(
        ImageCms.ImageCmsProfile(io.BytesIO(source)) if source else ImageCms.createProfile("sRGB"),
        _Target(target),
        mode,
        "CMYK",
        RELATIVE,
        BLACK_POINT,
    )


def load_profile(name: str, colour: Path, paper: Path) -> Profile:
    """The profile that a paper names: a key of profiles.yaml, or a file beside paper.yaml.

    Args:
        name: As `press.profile` of paper.yaml has it.
        colour: The folder of profiles.yaml.
        paper: The paper's folder.

    Raises:
        ProducerError: where there is no such profile, or it is not for printing in CMYK.
    """
    place = Place((paper / "paper.yaml").as_posix())
    if name.lower().endswith((".icc", ".icm")):
        return _from_file(paper / name, name, place)
    recipe = load_recipe(colour)
    condition = recipe.conditions.get(name)
    if condition is None:
        known = ", ".join(recipe.conditions)
        raise ProducerError(problem("colour.unknown", place, name=name, known=known))
    if not is_built(recipe, condition):
        path = recipe.built(condition).as_posix()
        raise ProducerError(problem("colour.missing", place, name=name, path=path), ExitCode.SETUP)
    return Profile(recipe.built(condition).read_bytes(), condition.name, condition.info)


def _from_file(path: Path, name: str, place: Place) -> Profile:
    try:
        data = path.read_bytes()
    except OSError as error:
        reason = error.strerror or str(error)
        raise ProducerError(problem("colour.file", place, name=name, reason=reason)) from error
    if (data[_CLASS], data[_SPACE], data[_SIGNATURE]) != (b"prtr", b"CMYK", b"acsp"):
        raise ProducerError(problem("colour.kind", place, name=name))
    said = ImageCms.getProfileDescription(ImageCms.ImageCmsProfile(io.BytesIO(data))).strip()
    return Profile(data, said or path.stem, said or path.stem)
