"""Checks of how much ink is laid on: by each object, and by all that lie on one another."""

from __future__ import annotations

from collections.abc import Iterator

from PIL import Image

from producer.edition import Box
from producer.preflight.read.document import Page
from producer.preflight.read.images import UnseenError, greatest_ink
from producer.preflight.read.objects import Painted, Picture, colours, painted_spaces
from producer.preflight.registry import Finding, Subject, check, finding, skip
from producer.preflight.separations import (
    RendererFails,
    RendererMissing,
    most_ink,
    wet_spots,
)

_ROUNDING = 0.5
_LIGHT = ("rgb", "calrgb", "lab", "icc-rgb", "unknown")
# A pixel is inked where anything touches it, and sheets are rounded to whole pixels.
_SLACK_PIXELS = 2
# Spots that are nearer to one another are told as one.
_APART_MM = 5.0
_SOURCE = "ISO 12647-3; newsprint plants' data sheets: 200 to 240 %"


@check("ink-total", source=_SOURCE)
def ink_total(subject: Subject, *, limit: float, ppi: float) -> Iterator[Finding]:
    """No object has more ink than the paper takes: samples of pictures, colours of all else."""
    for page in subject.pdf.pages:
        for painted, ink in _wet_objects(page, limit, ppi):
            if ink is None:
                yield finding("preflight.ink-unseen", page.number, painted.box, level="warning")
                continue
            is_picture = isinstance(painted, Picture)
            id = "preflight.ink-picture" if is_picture else "preflight.ink-object"
            yield finding(id, page.number, painted.box, ink=round(ink), limit=limit)


def _wet_objects(page: Page, limit: float, ppi: float) -> Iterator[tuple[Painted, float | None]]:
    """Objects over the limit with their ink, and with None those whose ink cannot be seen."""
    for painted in page.content:
        if _is_apart(painted.box, page.printed):
            # Crop marks are on all plates.
            continue
        try:
            ink = _ink(painted, ppi)
        except UnseenError:
            yield painted, None
            continue
        if ink is not None and ink > limit + _ROUNDING:
            yield painted, ink


def _is_apart(one: Box, other: Box) -> bool:
    return (
        one.x >= other.x + other.width
        or other.x >= one.x + one.width
        or one.y >= other.y + other.height
        or other.y >= one.y + one.height
    )


def _ink(painted: Painted, ppi: float) -> float | None:
    if isinstance(painted, Picture) and not painted.facts.is_stencil:
        return greatest_ink(painted.facts, painted.ppi, ppi)
    return max((colour.total_ink or 0.0 for colour in colours(painted)), default=None)


@check("ink-plates", source=_SOURCE)
def ink_plates(subject: Subject, *, limit: float, ppi: float) -> Iterator[Finding]:
    """Nowhere do inks add up to more, outside of objects that other checks tell by themselves."""
    pages = subject.pdf.pages
    try:
        separated = subject.separated(ppi)
    except RendererMissing:
        yield skip("preflight.no-ghostscript")
        return
    except RendererFails as error:
        yield finding("preflight.plates-fail", reason=str(error))
        return
    if len(separated) != len(pages):
        yield finding("preflight.plates-fail", reason=f"{len(separated)} / {len(pages)}")
        return
    for page, separation in zip(pages, separated, strict=True):
        total = page.turned_back(separation.total)
        if most_ink(total) > limit:
            for box in _told_elsewhere(page, limit, ppi):
                total.paste(0, page.pixels(box, total, _SLACK_PIXELS))
            for box, ink in _spots(total, page, limit):
                yield finding("preflight.ink-plates", page.number, box, ink=round(ink), limit=limit)


def _told_elsewhere(page: Page, limit: float, ppi: float) -> Iterator[Box]:
    """Objects that are over the limit, and those in colours of light, whose inks are a guess."""
    yield from (painted.box for painted, ink in _wet_objects(page, limit, ppi) if ink is not None)
    for painted in page.content:
        if any(space.family in _LIGHT for space in painted_spaces(painted)):
            yield painted.box


def _spots(total: Image.Image, page: Page, limit: float) -> Iterator[tuple[Box, float]]:
    """Places over the limit, in mm from the trim; marks beyond the bleed are meant to be wet."""
    sheet = page.sheet
    across, down = total.width / sheet.width, total.height / sheet.height
    left, top, right, bottom = page.pixels(page.printed, total)
    inside = total.crop((left, top, right, bottom))
    for (x0, y0, x1, y1), ink in wet_spots(inside, limit, round(_APART_MM * across)):
        x, y = (x0 + left) / across + sheet.x, (y0 + top) / down + sheet.y
        yield Box(x, y, (x1 - x0) / across, (y1 - y0) / down), ink
