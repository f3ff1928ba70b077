"""Pictures of every kind made ready: upright, eight bits, in inks or in sRGB, of the size needed.

What reads a picture here has been opened and decoded by `producer.pictures` before.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from PIL import Image, ImageChops, ImageCms, ImageMath, ImageOps

from producer.colour.profile import BLACK_POINT, RELATIVE, Profile

_PRESS_QUALITY, _SCREEN_QUALITY = 90, 82
# Modes of Pillow with more than eight bits; TIFF and PNG have them.
_DEEP = ("I", "I;16", "I;16B", "I;16L", "I;16N")
_SPACES = {"RGB": b"RGB ", "L": b"GRAY", "CMYK": b"CMYK"}


class PictureError(Exception):
    """A picture that cannot be made right for print; the text says why."""


@dataclass(frozen=True)
class Flat:
    """A picture as pixels: mode L, RGB or CMYK, its transparency apart, and its profile."""

    image: Image.Image
    alpha: Image.Image | None = None
    profile: bytes | None = None

    def within(self, width: int) -> Flat:
        """The picture of this width in pixels, if it has more; it is never enlarged."""
        if width >= self.image.width:
            return self
        size = max(1, width), max(1, round(self.image.height * width / self.image.width))
        alpha = self.alpha and self.alpha.resize(size, Image.Resampling.LANCZOS)
        return replace(self, image=self.image.resize(size, Image.Resampling.LANCZOS), alpha=alpha)


def flatten(source: Image.Image) -> Flat:
    """A picture of any kind in one of three modes, turned as its EXIF data says.

    Raises:
        PictureError: when its embedded profile is not for its colours.
    """
    inverted = source.format == "JPEG" and source.mode == "CMYK" and "adobe" not in source.info
    profile = source.info.get("icc_profile") or None
    image = ImageOps.exif_transpose(source)
    if inverted:
        # Pillow takes every CMYK JPEG for one of Adobe's, whose values are turned round.
        image = ImageChops.invert(image)
    image = _eight_bits(image)
    alpha = None
    if image.mode in ("RGBA", "LA"):
        alpha = image.getchannel("A")
        image = image.convert(image.mode[:-1])
        if alpha.getextrema() == (255, 255):
            alpha = None
    if profile and profile[16:20] != _SPACES[image.mode]:
        raise PictureError(f"{image.mode} ≠ ICC {profile[16:20].decode('latin-1').strip()}")
    return Flat(image, alpha, profile)


def _eight_bits(image: Image.Image) -> Image.Image:
    """The image in mode L, LA, RGB, RGBA or CMYK."""
    if image.mode in _DEEP:
        deep = image.convert("I")
        return _math(lambda a: (a["i"] + 128) / 257, i=deep).convert("L")
    if image.mode in ("1", "F"):
        return image.convert("L")
    if image.mode in ("La", "RGBa"):
        return image.convert(image.mode.upper())
    if "transparency" in image.info or image.mode in ("PA", "RGBX"):
        return image.convert("RGBA")
    return image if image.mode in ("L", "LA", "RGB", "RGBA", "CMYK") else image.convert("RGB")


def _math(rule: Callable[[dict[str, Any]], Any], **images: Image.Image) -> Image.Image:
    """Whole-number arithmetic on images of mode I, pixel by pixel."""
    made = ImageMath.lambda_eval(rule, **images)
    assert isinstance(made, Image.Image)
    return made


def in_srgb(flat: Flat) -> Flat:
    """The picture in sRGB, or in grey as it was."""
    if flat.image.mode == "L" and not flat.profile:
        return flat
    if flat.image.mode == "RGB" and not flat.profile:
        return flat
    if flat.profile is None:
        # Inks that nobody has described: the plain complement.
        return Flat(flat.image.convert("RGB"), flat.alpha)
    target = ImageCms.createProfile("sRGB")
    try:
        made = ImageCms.profileToProfile(
            flat.image,
            ImageCms.ImageCmsProfile(io.BytesIO(flat.profile)),
            target,
            RELATIVE,
            "RGB",
            flags=BLACK_POINT,
        )
    except (ImageCms.PyCMSError, OSError) as error:
        raise PictureError(str(error)) from error
    assert made is not None
    return Flat(made.convert(flat.image.mode) if flat.image.mode == "L" else made, flat.alpha)


def in_inks(flat: Flat, profile: Profile, limit: int) -> Image.Image:
    """The picture in CMYK, its total ink within `limit` percent; greys are in black alone."""
    if flat.image.mode == "L":
        none = Image.new("L", flat.image.size)
        black = ImageChops.invert(in_srgb(flat).image)
        return Image.merge("CMYK", (none, none, none, black))
    same = flat.image.mode == "CMYK" and flat.profile in (None, profile.data)
    try:
        inks = flat.image if same else profile.convert(flat.image, flat.profile)
    except (ImageCms.PyCMSError, OSError) as error:
        raise PictureError(str(error)) from error
    return limit_ink(inks, limit)


def most_ink(image: Image.Image) -> float:
    """The largest total ink of a CMYK image, in percent."""
    c, m, y, k = (band.convert("I") for band in image.split())
    total = _math(lambda a: a["c"] + a["m"] + a["y"] + a["k"], c=c, m=m, y=y, k=k)
    most = total.getextrema()[1]
    assert isinstance(most, int)
    return most * 100 / 255


def limit_ink(image: Image.Image, limit: float) -> Image.Image:
    """The CMYK image with no pixel over the limit in percent.

    Grey of three inks gives way to black first (grey component replacement), which keeps the
    colour; what is over even so is taken from cyan, magenta and yellow in equal proportion.
    """
    if most_ink(image) <= limit:
        return image
    allowed = int(limit * 255 / 100)
    c, m, y, k = (band.convert("I") for band in image.split())

    def swapped(a: dict[str, Any]) -> Any:
        over = a["max"](a["c"] + a["m"] + a["y"] + a["k"] - allowed, 0)
        grey = a["min"](a["min"](a["c"], a["m"]), a["y"])
        return a["min"](a["min"]((over + 1) / 2, grey), 255 - a["k"])

    swap = _math(swapped, c=c, m=m, y=y, k=k)
    black = _math(lambda a: a["k"] + a["s"], k=k, s=swap)
    colours = [_math(lambda a: a["x"] - a["s"], x=band, s=swap) for band in (c, m, y)]
    c, m, y = colours
    total = _math(lambda a: a["max"](a["c"] + a["m"] + a["y"], 1), c=c, m=m, y=y)

    def scaled(a: dict[str, Any]) -> Any:
        return a["min"](a["x"], a["x"] * (allowed - a["k"]) / a["t"])

    kept = [_math(scaled, x=band, k=black, t=total) for band in colours]
    return Image.merge("CMYK", [band.convert("L") for band in (*kept, black)])


def press_jpeg(image: Image.Image, limit: int) -> bytes:
    """A CMYK image as JPEG whose decoded pixels keep the limit: packing makes some of them more."""
    aim = float(limit)
    while True:
        data = _jpeg(limit_ink(image, aim), _PRESS_QUALITY)
        with Image.open(io.BytesIO(data)) as packed:
            over = most_ink(packed) - limit
        if over <= 0:
            return data
        aim -= over


def screen_file(flat: Flat) -> bytes:
    """A picture in sRGB or grey as JPEG, or as PNG where it is transparent."""
    if flat.alpha is None:
        return _jpeg(flat.image, _SCREEN_QUALITY)
    return with_alpha(flat)


def with_alpha(flat: Flat) -> bytes:
    """A transparent picture as PNG."""
    assert flat.alpha is not None
    image = flat.image.copy()
    image.putalpha(flat.alpha)
    buffer = io.BytesIO()
    image.save(buffer, "PNG")
    return buffer.getvalue()


def _jpeg(image: Image.Image, quality: int) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, "JPEG", quality=quality, optimize=True)
    return buffer.getvalue()
