"""Images of a PDF: what they are, how much ink their samples lay on, whether they were blown up."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import Any

import pikepdf
from PIL import Image as Pillow
from PIL import ImageChops, ImageMath, ImageStat, UnidentifiedImageError

from producer.preflight.read.colours import Space, read_space

Image = pikepdf.PdfImage | pikepdf.PdfInlineImage
# Detail that halving takes away, in steps of 255: below, there is none to judge by.
_DETAIL = 2.0
# A picture that lost so little, against what later halvings take, never had the detail.
_HALVINGS = 4
_BLOWN_UP = 0.08
_LEAST_SIDE = 128
_UNREADABLE = (
    pikepdf.PdfError,
    ValueError,
    OSError,
    UnidentifiedImageError,
    NotImplementedError,
)


class UnseenError(Exception):
    """Samples of a kind that cannot be read here, or that are broken."""


@dataclass(frozen=True)
class ImageFacts:
    """What an image's dictionary says; no space for a stencil, which takes the fill's colour."""

    image: Image
    space: Space | None
    bits: int
    is_stencil: bool
    has_soft_mask: bool

    @property
    def is_line_art(self) -> bool:
        """Whether it knows ink and no ink only: that needs a higher resolution."""
        return self.bits == 1


def read_image(raw: Any, resources: Any) -> ImageFacts:
    """The facts of an image XObject."""
    is_stencil = bool(raw.get("/ImageMask", False))
    has_space = not is_stencil and "/ColorSpace" in raw
    space = read_space(raw.ColorSpace, resources) if has_space else None
    bits = 1 if is_stencil else int(raw.get("/BitsPerComponent", 8))
    soft = "/SMask" in raw or int(raw.get("/SMaskInData", 0)) > 0
    return ImageFacts(pikepdf.PdfImage(raw), space, bits, is_stencil, soft)


def read_inline(image: pikepdf.PdfInlineImage, resources: Any) -> ImageFacts:
    """The facts of an image that stands in the content itself."""
    if image.image_mask:
        return ImageFacts(image, None, 1, True, False)
    space = read_space(pikepdf.Name(str(image.colorspace or "/DeviceGray")), resources)
    return ImageFacts(image, space, image.bits_per_component, False, False)


def greatest_ink(facts: ImageFacts, ppi: float, least_ppi: float) -> float | None:
    """The most ink that the samples of a CMYK image lay on, in percent.

    Args:
        facts: The image.
        ppi: Its resolution where it is placed.
        least_ppi: It is averaged to no coarser a raster than this: a lone sample wets no paper.

    Returns:
        None where the samples are not four inks.

    Raises:
        UnseenError: when samples that are cannot be read.
    """
    if facts.space is None or facts.space.painted.family not in ("cmyk", "icc-cmyk"):
        return None
    if facts.space.family == "indexed":
        return _palette_ink(facts.image)
    samples = _cmyk(facts)
    if (factor := int(ppi / least_ppi)) > 1:
        samples = samples.reduce(factor)
    plates = dict(zip("cmyk", samples.split(), strict=True))
    total = ImageMath.lambda_eval(lambda all: all["c"] + all["m"] + all["y"] + all["k"], **plates)
    return float(total.getextrema()[1]) / 2.55


def _cmyk(facts: ImageFacts) -> Pillow.Image:
    """The samples as the PDF means them: 255 is full ink."""
    image = facts.image
    if isinstance(image, pikepdf.PdfInlineImage):
        raise UnseenError
    try:
        samples = _decoded(image, facts.bits)
    except _UNREADABLE as error:
        raise UnseenError from error
    decode = [float(value) for value in image.obj.get("/Decode", [])]
    if samples is None or samples.mode != "CMYK":
        raise UnseenError
    return ImageChops.invert(samples) if decode[:2] == [1, 0] else samples


def _decoded(image: pikepdf.PdfImage, bits: int) -> Pillow.Image | None:
    """Samples as they are stored, before /Decode."""
    if image.filters == ["/DCTDecode"]:
        # Pillow turns the inks of every JPEG round; the PDF's own /Decode says if that is meant.
        opened = Pillow.open(io.BytesIO(image.obj.read_raw_bytes()))
        return ImageChops.invert(opened) if opened.mode == "CMYK" else opened
    if bits not in (8, 16) or "/JPXDecode" in image.filters:
        return None
    data = image.obj.read_bytes()
    return Pillow.frombytes("CMYK", (image.width, image.height), data[:: bits // 8])


def _palette_ink(image: Image) -> float | None:
    raw = image.obj.get("/ColorSpace") if isinstance(image, pikepdf.PdfImage) else None
    if not isinstance(raw, pikepdf.Array):
        return None
    table = raw[3].read_bytes() if isinstance(raw[3], pikepdf.Stream) else bytes(raw[3])
    return max((sum(table[at : at + 4]) / 2.55 for at in range(0, len(table), 4)), default=0.0)


def is_blown_up(facts: ImageFacts) -> bool:
    """Whether a picture's samples were made up by enlarging a smaller one.

    Halving a real picture takes away about as much detail as halving it again and again; one that
    was enlarged loses next to nothing the first time.
    """
    if facts.bits != 8 or min(facts.image.width, facts.image.height) < _LEAST_SIDE:
        return False
    try:
        picture = facts.image.as_pil_image().convert("L")
    except _UNREADABLE:
        return False
    lost = []
    for _ in range(_HALVINGS):
        half = picture.reduce(2)
        lost.append(_lost(picture, half))
        picture = half
    later = max(lost[1:])
    return later > _DETAIL and lost[0] < _BLOWN_UP * later


def _lost(picture: Pillow.Image, smaller: Pillow.Image) -> float:
    """How far a picture differs from its smaller self, root mean square in steps of 255.

    Enlarged as it may have been: by repeating pixels or by smoothing between them.
    """
    ways = (Pillow.Resampling.NEAREST, Pillow.Resampling.BICUBIC)
    again = (smaller.resize(picture.size, way) for way in ways)
    return min(float(ImageStat.Stat(ImageChops.difference(picture, one)).rms[0]) for one in again)
