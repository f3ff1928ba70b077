"""preflight.html: each page's picture with the findings marked on it, one file without a server."""

from __future__ import annotations

import base64
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from producer.edition import Box
from producer.errors import Problem
from producer.preflight.plates import PlateSheet, plate_sheet
from producer.preflight.profiles import BOOK_PROFILE
from producer.preflight.read.document import Document, Page
from producer.preflight.registry import Finding, Result
from producer.preflight.run import Checked
from producer.webpage import fill_page

_DPI = 72
_QUALITY = 80
# A mark that is thinner than this cannot be seen.
_LEAST_MM = 1.2


@dataclass(frozen=True)
class Entry:
    """A finding with its number in the page's list."""

    number: int
    result: Result
    finding: Finding


@dataclass(frozen=True)
class Area:
    """A rectangle over a page's picture, in percent of the sheet."""

    left: float
    top: float
    width: float
    height: float


@dataclass(frozen=True)
class Mark:
    """A finding's place on a page's picture; the first bears its number."""

    entry: Entry
    area: Area
    is_first: bool


@dataclass(frozen=True)
class Sheet:
    """A page's picture as a data address, and what is marked on it."""

    number: int
    picture: str
    width: int
    height: int
    trim: Area
    marks: list[Mark]


@dataclass(frozen=True)
class Part:
    """A checked file with its numbered findings and its pages' pictures."""

    file: Checked
    entries: list[Entry]
    sheets: list[Sheet]
    plates: list[PlateSheet] = field(default_factory=list)
    ink_limit: float = 0


def gallery(files: Sequence[Checked], others: Sequence[Problem], language: str) -> str:
    """The page as HTML.

    Args:
        files: What was checked; the files are opened again for their pictures.
        others: Problems that are no file's, such as unused waivers.
        language: Of all words.
    """
    return fill_page(
        "producer.preflight",
        "preflight.html",
        language,
        parts=[_part(file) for file in files],
        others=others,
    )


def _part(file: Checked) -> Part:
    found = [
        (result, one)
        for result in file.results
        for one in result.findings
        if result.state != "passed"
    ]
    entries = [Entry(number, *each) for number, each in enumerate(found, 1)]
    if file.profile == BOOK_PROFILE:
        return Part(file, entries, [])
    with Document(file.path) as document:
        sheets = [_sheet(page, entries) for page in document.pages]
        limit = _ink_limit(file)
        # A file that Ghostscript reads otherwise has a finding, and no pictures.
        separated = file.separations if len(file.separations) == len(sheets) else ()
        plates = [
            plate_sheet(page, separation, limit)
            for page, separation in zip(document.pages, separated, strict=bool(separated))
        ]
        return Part(file, entries, sheets, plates, limit)


def _ink_limit(file: Checked) -> float:
    """The limit that the plates were held against, 0 where they were not."""
    limits = [one.given["limit"] for one in file.results if one.check.id == "ink-plates"]
    return float(limits[0]) if limits else 0.0


def _sheet(page: Page, entries: list[Entry]) -> Sheet:
    picture = page.draw(_DPI).convert("RGB")
    buffer = io.BytesIO()
    picture.save(buffer, "JPEG", quality=_QUALITY)
    address = "data:image/jpeg;base64," + base64.b64encode(buffer.getvalue()).decode("ascii")
    marks = [
        mark
        for entry in entries
        if entry.finding.page == page.number
        for mark in _marks(entry, page)
    ]
    trim = _area(Box(0, 0, page.width_mm, page.height_mm), page)
    return Sheet(page.number, address, picture.width, picture.height, trim, marks)


def _marks(entry: Entry, page: Page) -> Iterator[Mark]:
    for at, box in enumerate(entry.finding.boxes):
        width, height = max(box.width, _LEAST_MM), max(box.height, _LEAST_MM)
        left, top = box.x - (width - box.width) / 2, box.y - (height - box.height) / 2
        yield Mark(entry, _area(Box(left, top, width, height), page), at == 0)


def _area(box: Box, page: Page) -> Area:
    sheet = page.sheet
    return Area(
        round(100 * (box.x - sheet.x) / sheet.width, 3),
        round(100 * (box.y - sheet.y) / sheet.height, 3),
        round(100 * box.width / sheet.width, 3),
        round(100 * box.height / sheet.height, 3),
    )
