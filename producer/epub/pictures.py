"""Pictures as readers can show them: sRGB JPEG or PNG of at most 1,600 pixels, or sound SVG.

What a reader shows already is taken as it is; every change is told. Print keeps the original.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from pathlib import Path

from PIL import ExifTags, Image, ImageCms, ImageOps

from producer.epub.drawings import read_drawing
from producer.epub.names import picture_stems
from producer.errors import Findings, Place
from producer.fonts.library import FontLibrary
from producer.model import Issue, Picture
from producer.pdfpicture import render_pdf

LONG_SIDE = 1600
JPEG_QUALITY = 85

_KEPT_MODES = {"JPEG": ("RGB", "L"), "PNG": ("RGB", "RGBA", "L", "LA", "P", "1")}
_KINDS = {"JPEG": ("jpg", "image/jpeg"), "PNG": ("png", "image/png")}
# Places, names and cameras, which are nobody's business.
_METADATA = ("xmp", "photoshop", "comment")
# A PNG may be this much larger than the JPEG before it counts as a photograph.
_PNG_FAVOUR = 1.5


@dataclass(frozen=True)
class Resource:
    """A file of the book that is no document."""

    file: str
    media_type: str
    data: bytes
    properties: tuple[str, ...] = ()


def read_pictures(
    issue: Issue, wanted: list[str], fonts: FontLibrary, findings: Findings
) -> dict[str, Resource]:
    """The pictures that the book shows, by the name that the data has for them."""
    stems = picture_stems(wanted)
    resources = {}
    for name in sorted(wanted):
        picture = issue.pictures[name]
        place = Place(f"issues/{issue.id}/images/{name}")
        changes: list[str] = []
        if picture.is_pdf:
            page = render_pdf(Path(picture.path), LONG_SIDE)
            resources[name] = Resource(f"{stems[name]}.png", "image/png", _saved(page, "PNG"))
            changes.append("PDF → PNG")
        elif picture.vector:
            data = read_drawing(Path(picture.path).read_bytes(), fonts, place, findings, changes)
            resources[name] = Resource(f"{stems[name]}.svg", "image/svg+xml", data)
        else:
            resources[name] = _photograph(picture, stems[name], changes)
        if changes:
            changed = ", ".join(changes)
            findings.add("epub.picture-converted", place, "note", changes=changed)
    return resources


def _photograph(picture: Picture, stem: str, changes: list[str]) -> Resource:
    original = Path(picture.path).read_bytes()
    with Image.open(io.BytesIO(original)) as image:
        kind = str(image.format)
        fitting = _fit(image, changes)
        if changes or kind not in _KINDS:
            kind, data = _encode(fitting, kind, changes)
        else:
            data = original
    suffix, media_type = _KINDS[kind]
    return Resource(f"{stem}.{suffix}", media_type, data)


def _fit(image: Image.Image, changes: list[str]) -> Image.Image:
    """The picture upright, in sRGB, without what its metadata tells, and not too large."""
    size, mode = image.size, image.mode
    fitting = image
    if _has_metadata(image):
        fitting = ImageOps.exif_transpose(image)
        changes.append("EXIF → –")
    fitting = _to_srgb(fitting, changes)
    if max(fitting.size) > LONG_SIDE:
        fitting = fitting.copy()
        fitting.thumbnail((LONG_SIDE, LONG_SIDE), Image.Resampling.LANCZOS, reducing_gap=3)
        changes.append(f"{size[0]} × {size[1]} → {fitting.width} × {fitting.height}")
    if mode not in _KEPT_MODES.get(str(image.format), (mode,)) and not changes:
        changes.append(f"{mode} → {fitting.mode}")
    return fitting


def _has_metadata(image: Image.Image) -> bool:
    """Whether it tells more than it shows, or lies on its side; a TIFF's own tags are no news."""
    exif = image.getexif()
    told = exif and (image.format != "TIFF" or exif.get(ExifTags.Base.Orientation, 1) != 1)
    return bool(told) or any(key in image.info for key in _METADATA)


def _to_srgb(image: Image.Image, changes: list[str]) -> Image.Image:
    """Colours of another space as sRGB, by the picture's own profile if it has one."""
    profile = image.info.get("icc_profile")
    target = "RGBA" if image.has_transparency_data else "L" if image.mode in _GREY else "RGB"
    if profile and not _is_srgb(profile):
        changes.append(f"{image.mode} ICC → sRGB")
        return _through_profile(image, profile, target)
    if image.mode in ("RGB", "L", "RGBA", "LA", "P", "1"):
        return image
    changes.append(f"{image.mode} → {target}")
    if image.mode.startswith("I"):  # 16 bits a channel
        return image.point(lambda value: value / 256).convert("L")
    return image.convert(target)


_GREY = ("L", "LA", "1", "I", "I;16", "I;16B", "F")


def _is_srgb(profile: bytes) -> bool:
    try:
        opened = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        return "sRGB" in ImageCms.getProfileDescription(opened)
    except (ImageCms.PyCMSError, OSError):
        return True  # a profile that cannot be read is no reason to change colours


def _through_profile(image: Image.Image, profile: bytes, target: str) -> Image.Image:
    source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
    alpha = image.convert("RGBA").getchannel("A") if target == "RGBA" else None
    plain = image.convert("RGB") if alpha or image.mode == "P" else image
    try:
        done = ImageCms.profileToProfile(
            plain, source, ImageCms.createProfile("sRGB"), outputMode="RGB"
        )
    except ImageCms.PyCMSError:
        done = plain.convert("RGB")
    assert done is not None
    if alpha:
        done.putalpha(alpha)
    return done


def _encode(image: Image.Image, kind: str, changes: list[str]) -> tuple[str, bytes]:
    """JPEG stays JPEG; others are PNG, unless they are photographs by their weight."""
    if kind != "JPEG":
        png = _saved(image, "PNG")
        flat = not image.has_transparency_data and image.mode not in ("P", "1")
        jpeg = _saved(image, "JPEG") if flat else b""
        chosen = "JPEG" if jpeg and len(png) > _PNG_FAVOUR * len(jpeg) else "PNG"
        if chosen != kind:
            changes.append(f"{kind} → {chosen}")
        return (chosen, jpeg) if chosen == "JPEG" else (chosen, png)
    return "JPEG", _saved(image, "JPEG")


def _saved(image: Image.Image, kind: str) -> bytes:
    """The file's bytes, without profile and metadata."""
    target = io.BytesIO()
    image = image.copy()
    image.info = {key: image.info[key] for key in ("transparency",) if key in image.info}
    if kind == "JPEG":
        image.convert("L" if image.mode == "L" else "RGB").save(
            target, kind, quality=JPEG_QUALITY, optimize=True, progressive=False
        )
    else:
        image.save(target, kind, optimize=True)
    return target.getvalue()
