"""Pictures and advertisements: inside the issue's folder, of a known kind, sound, not huge."""

from __future__ import annotations

import base64
import binascii
import difflib
import io
import re
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from PIL import Image, ImageFile

from producer.errors import Findings, Place
from producer.model import Picture
from producer.pdfpicture import PdfPictureError, read_pdf
from producer.svg import SvgError, read_svg

# The largest picture that is decoded: a tabloid spread at 600 ppi has 190 megapixels.
MEGAPIXEL_LIMIT = 200

_FORMATS = ("JPEG", "PNG", "TIFF", "WEBP")
_SUFFIXES = (".jpg", ".jpeg", ".png", ".tif", ".tiff", ".webp", ".svg", ".pdf")
# PostScript is a program: to print it is to run it.
_POSTSCRIPT = (".eps", ".ps", ".epsf", ".ai")
_URL = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_DATA_IMAGE = re.compile(r"data:image/[\w.+-]+(?:;[\w=.-]+)*;base64,", re.ASCII)


class _TooLarge(Exception):
    """A picture with more pixels than the limit."""

    def __init__(self, width: int, height: int) -> None:
        self.megapixels = round(width * height / 1e6)
        super().__init__(width, height)


def read_pictures(
    images: Path, wanted: dict[str, Place], findings: Findings, limit: int = MEGAPIXEL_LIMIT
) -> dict[str, Picture]:
    """The pictures that the issue names, by that name, each opened and decoded once.

    Args:
        images: The issue's `images` folder.
        wanted: The name as the data has it, and where it is written first.
        findings: Takes the problems, told at that place.
        limit: Megapixels above which a picture is refused, unseen.
    """
    found = {}
    for name, place in wanted.items():
        path = _path(images, name, place, findings)
        picture = _read(path, name, place, findings, limit) if path else None
        if picture:
            found[name] = picture
    return found


def _path(images: Path, name: str, place: Place, findings: Findings) -> Path | None:
    """The file that a name means, if it is one inside the images folder."""
    parts = PurePosixPath(name)
    outside = parts.is_absolute() or ".." in parts.parts or "\\" in name or "\0" in name
    if outside or _URL.match(name):
        findings.add("picture.outside", place, picture=name)
        return None
    path = images / name
    try:
        real = path.resolve(strict=True)
    except (OSError, RuntimeError):
        findings.add("picture.missing", place, picture=name, near=_nearest(images, name))
        return None
    home = images.parent.resolve() / images.name
    if not real.is_relative_to(home):
        findings.add("picture.outside", place, picture=name)
    elif not real.is_file():
        findings.add("picture.not-a-file", place, picture=name)
    elif real.suffix.lower() in _POSTSCRIPT:
        findings.add("picture.postscript", place, picture=name)
    elif real.suffix.lower() not in _SUFFIXES:
        findings.add("picture.kind", place, picture=name, kinds=" ".join(_SUFFIXES))
    else:
        return path
    return None


def _nearest(images: Path, name: str) -> str:
    """The file of the folder that was probably meant."""
    names = sorted(path.name for path in images.iterdir()) if images.is_dir() else []
    return next(iter(difflib.get_close_matches(name, names, 1, 0.75)), "-")


def _read(path: Path, name: str, place: Place, findings: Findings, limit: int) -> Picture | None:
    """The picture's size, after reading all of it."""
    vector = path.suffix.lower() == ".svg"
    try:
        if vector:
            width, height, embedded = read_svg(path.read_bytes())
            for url in embedded:
                _measure(io.BytesIO(_embedded(url)), limit)
        elif path.suffix.lower() == ".pdf":
            vector = True
            width, height = read_pdf(path)
        else:
            with path.open("rb") as file:
                width, height = _measure(file, limit)
    except _TooLarge as large:
        size = large.megapixels
        findings.add("picture.too-large", place, picture=name, size=size, limit=limit)
    except PdfPictureError as error:
        findings.add("picture.pdf", place, picture=name, what=str(error))
    except SvgError as error:
        findings.add(error.id, place, picture=name, what=error.what)
    except Exception as error:  # decoders raise whatever broken data makes them stumble over
        reason = str(error).replace(str(path), name)
        findings.add("picture.corrupt", place, picture=name, reason=reason)
    else:
        return Picture(name=name, path=str(path), width=width, height=height, vector=vector)
    return None


def _embedded(url: str) -> bytes:
    """The bytes of a picture that an SVG file carries inside."""
    head = _DATA_IMAGE.match(url)
    if not head:
        raise SvgError("picture.svg-unsafe", url[:40])
    try:
        return base64.b64decode(re.sub(r"\s", "", url[head.end() :]), validate=True)
    except binascii.Error as error:
        raise SvgError("picture.svg-broken", f"data:image: {error}") from error


def _measure(file: BinaryIO, limit: int) -> tuple[int, int]:
    """Width and height in pixels of a picture that could be decoded to its end."""
    with _strict_pillow(), Image.open(file, formats=_FORMATS) as image:
        width, height = image.size
        if width * height > limit * 1_000_000:
            raise _TooLarge(width, height)
        image.verify()  # checksums, which decoding does not look at
        file.seek(0)
        with Image.open(file, formats=_FORMATS) as again:
            again.load()
        return width, height


@contextmanager
def _strict_pillow() -> Iterator[None]:
    """Pillow that takes our limit for its own and refuses pictures which end early.

    WeasyPrint, once imported, makes Pillow fill truncated pictures with grey for all.
    """
    before = ImageFile.LOAD_TRUNCATED_IMAGES, Image.MAX_IMAGE_PIXELS
    ImageFile.LOAD_TRUNCATED_IMAGES, Image.MAX_IMAGE_PIXELS = False, None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of odd metadata, which is not printed
            yield
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES, Image.MAX_IMAGE_PIXELS = before
