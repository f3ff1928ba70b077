"""Checks of pages as sheets: how many, how large, their boxes and what reaches the trim."""

from __future__ import annotations

from collections.abc import Iterator

from producer.edition import Box
from producer.layouts import MM_PER_PT
from producer.preflight.read.document import Page
from producer.preflight.read.objects import Picture, Shape
from producer.preflight.read.state import Area
from producer.preflight.registry import Finding, Subject, check, finding

# Boxes are written with rounded numbers; a tenth of a millimetre nobody cuts.
_SLACK_MM = 0.1
# What comes so near to the trim was meant to reach it.
_TOUCHES_MM = 0.5


@check("page-count", source="Tabloid sheets carry four pages; house rule")
def page_count(subject: Subject, *, multiple_of: int) -> Iterator[Finding]:
    """As many pages as the issue has, and as a press can fold."""
    found = len(subject.pdf.pages)
    if subject.issue and found != len(subject.issue.pages):
        wanted = len(subject.issue.pages)
        yield finding("preflight.page-count", found=found, wanted=wanted)
    elif found % multiple_of:
        yield finding("preflight.page-multiple", found=found, of=multiple_of)


@check("page-size", source="ISO 15930-7 (PDF/X-4); house rule")
def page_size(
    subject: Subject, *, tolerance_mm: float, trim_mm: list[float] | str
) -> Iterator[Finding]:
    """All pages of one size: the issue's layout's, else the first page's."""
    pages = subject.pdf.pages
    # Where some pages state their trim, one that does not is another check's business.
    pages = [page for page in pages if page.boxes.trim] or pages
    first = pages[0].width_mm, pages[0].height_mm
    wanted = first if isinstance(trim_mm, str) else trim_mm
    for page in pages:
        size = page.width_mm, page.height_mm
        if any(abs(one - other) > tolerance_mm for one, other in zip(size, wanted, strict=True)):
            found, right = (f"{width:.1f} × {height:.1f}" for width, height in (size, wanted))
            yield finding("preflight.page-size", page.number, found=found, wanted=right)


@check("page-boxes", source="ISO 15930-7 (PDF/X-4); ISO 32000-1, 14.11.2")
def page_boxes(subject: Subject, *, bleed_mm: float, required: bool) -> Iterator[Finding]:
    """A trim box is stated, and lies in the bleed box, which lies in the media box."""
    for page in subject.pdf.pages:
        boxes = page.boxes
        if boxes.trim is None:
            yield finding("preflight.no-trim-box", page.number)
            continue
        bleed = boxes.bleed or boxes.media
        for inner, outer, names in (
            (boxes.trim, bleed, ("TrimBox", "BleedBox" if boxes.bleed else "MediaBox")),
            (bleed, boxes.media, ("BleedBox", "MediaBox")),
        ):
            if not _contains(outer, inner):
                first, second = names
                yield finding("preflight.box-outside", page.number, inner=first, outer=second)
        if (boxes.bleed or required) and not _is_bleed_enough(
            boxes.trim, boxes.bleed or boxes.trim, bleed_mm, required
        ):
            yield finding("preflight.bleed-box-small", page.number, wanted=bleed_mm)


def _contains(outer: Area, inner: Area) -> bool:
    slack = _SLACK_MM / MM_PER_PT
    return (
        outer.left <= inner.left + slack
        and outer.bottom <= inner.bottom + slack
        and outer.right >= inner.right - slack
        and outer.top >= inner.top - slack
    )


def _is_bleed_enough(trim: Area, bleed: Area, bleed_mm: float, required: bool) -> bool:
    """No bleed at all is for pages on which nothing reaches the trim, if it is not asked for."""
    margins = [
        (trim.left - bleed.left) * MM_PER_PT,
        (trim.bottom - bleed.bottom) * MM_PER_PT,
        (bleed.right - trim.right) * MM_PER_PT,
        (bleed.top - trim.top) * MM_PER_PT,
    ]
    has_none = max(margins) <= _SLACK_MM and not required
    return has_none or min(margins) >= bleed_mm - _SLACK_MM


@check("bleed", source="Printing plants' data sheets: 3 mm")
def bleed(subject: Subject, *, bleed_mm: float) -> Iterator[Finding]:
    """What reaches the trim goes on beyond it, since no knife cuts to the tenth."""
    for page in subject.pdf.pages:
        for painted in page.content if page.boxes.trim else ():
            if not isinstance(painted, Picture | Shape) or _is_unseen(painted):
                continue
            reach = _reach_mm(painted.box, page)
            cut = [far for far in reach if -_TOUCHES_MM <= far < bleed_mm - _SLACK_MM]
            if cut and min(reach) > -max(page.width_mm, page.height_mm):
                beyond = f"{max(0.0, min(cut)):.1f}"
                is_picture = isinstance(painted, Picture)
                id = "preflight.bleed-picture" if is_picture else "preflight.bleed-shape"
                yield finding(id, page.number, painted.box, found=beyond, wanted=bleed_mm)


def _is_unseen(painted: Picture | Shape) -> bool:
    if isinstance(painted, Picture):
        return False
    return not painted.filled or painted.look.fill.is_paper


def _reach_mm(box: Box, page: Page) -> list[float]:
    """How far a box goes over each edge of the trim; negative where it stays inside."""
    return [
        -box.x,
        -box.y,
        box.x + box.width - page.width_mm,
        box.y + box.height - page.height_mm,
    ]
