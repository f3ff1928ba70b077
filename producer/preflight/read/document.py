"""A finished PDF, opened once: pages, content, characters, links, what it says of itself."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import pikepdf
import pypdfium2 as pdfium
from PIL import Image

from producer.edition import Box
from producer.errors import ExitCode, Place, ProducerError, problem
from producer.layouts import MM_PER_PT
from producer.preflight.read.characters import Character, read_characters
from producer.preflight.read.colours import group_space
from producer.preflight.read.content import read_content
from producer.preflight.read.intents import Intent, read_intents
from producer.preflight.read.links import Destinations, Note, read_notes
from producer.preflight.read.objects import Painted, Picture, Shape, Text
from producer.preflight.read.state import Area
from producer.preflight.read.tags import Tag, read_tags
from producer.preflight.read.xmp import read_xmp

_PDFX = "{http://www.npes.org/pdfx/ns/id/}GTS_PDFXVersion"
_TITLE = "{http://purl.org/dc/elements/1.1/}title"


@dataclass(frozen=True)
class Boxes:
    """A page's boxes in points; None for one that the page does not state."""

    media: Area
    trim: Area | None
    bleed: Area | None


class Page:
    """One page; all places on it are millimetres from the top left corner of its trim."""

    def __init__(self, number: int, page: pikepdf.Page, drawn: pdfium.PdfPage) -> None:
        self.number = number
        self._page = page
        self._drawn = drawn

    @cached_property
    def boxes(self) -> Boxes:
        """Media, trim and bleed box."""
        media = _area(self._page.mediabox)
        return Boxes(media, self._stated("/TrimBox"), self._stated("/BleedBox"))

    def _stated(self, name: str) -> Area | None:
        return _area(self._page.obj[name]) if name in self._page.obj else None

    @property
    def trim(self) -> Area:
        """The trimmed page in points; without a trim box, the sheet."""
        return self.boxes.trim or self.boxes.media

    @property
    def width_mm(self) -> float:
        """The trimmed width."""
        return (self.trim.right - self.trim.left) * MM_PER_PT

    @property
    def height_mm(self) -> float:
        """The trimmed height."""
        return (self.trim.top - self.trim.bottom) * MM_PER_PT

    @property
    def printed(self) -> Box:
        """What the plates are judged by, the bleed box or else the trim, seen from its corner."""
        trim, area = self.trim, self.boxes.bleed or self.trim
        return _seen_from(trim, area.cut(self.boxes.media))

    @property
    def sheet(self) -> Box:
        """What is shown of the sheet, its crop box, as seen from the trim's corner."""
        return _seen_from(self.trim, self.boxes.media.cut(_area(self._page.cropbox)))

    @cached_property
    def content(self) -> list[Painted]:
        """All that is painted, in the order of painting."""
        return read_content(self._page, self.boxes.media, self.trim)

    def texts(self) -> Iterator[Text]:
        """The text that can be seen."""
        return (each for each in self.content if isinstance(each, Text) and each.visible)

    def shapes(self) -> Iterator[Shape]:
        """Painted paths."""
        return (each for each in self.content if isinstance(each, Shape))

    def pictures(self) -> Iterator[Picture]:
        """Placed images."""
        return (each for each in self.content if isinstance(each, Picture))

    @cached_property
    def characters(self) -> list[Character]:
        """The page's characters, in the order in which they were written."""
        return list(read_characters(self._drawn))

    @cached_property
    def text(self) -> str:
        """The characters as one string, white space left out."""
        return "".join(each.text for each in self.characters)

    @property
    def group_space(self) -> str:
        """The colour space in which the page's transparency is blended, if it states one."""
        group = self._page.obj.get("/Group")
        return group_space(group) if group is not None else ""

    def draw(self, dpi: float) -> Any:
        """The sheet as a picture of Pillow; not turned, since places are not."""
        back = -self._drawn.get_rotation() % 360
        return self._drawn.render(scale=dpi / 72, rotation=back, may_draw_forms=False).to_pil()

    def pixels(self, box: Box, picture: Image.Image, slack: int = 0) -> tuple[int, int, int, int]:
        """A place on the sheet's picture, wider by some pixels: left, top, right, bottom."""
        sheet = self.sheet
        across, down = picture.width / sheet.width, picture.height / sheet.height
        left, top = round((box.x - sheet.x) * across), round((box.y - sheet.y) * down)
        right = round((box.x + box.width - sheet.x) * across)
        bottom = round((box.y + box.height - sheet.y) * down)
        return left - slack, top - slack, right + slack, bottom + slack

    def turned_back(self, picture: Image.Image) -> Image.Image:
        """The sheet's picture by a program that turns pages, as `draw` gives it."""
        return picture.rotate(self._drawn.get_rotation(), expand=True)


class Document:
    """The facade that checks look through; it opens the file and asks no writer.

    Raises:
        ProducerError: when the file is no PDF that can be opened.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.name = path.name
        try:
            self._pdf = pikepdf.open(path)
            self._drawn = pdfium.PdfDocument(path)
        except (pikepdf.PdfError, pikepdf.PasswordError, pdfium.PdfiumError, OSError) as error:
            found = problem("preflight.unreadable", Place(path.as_posix()), reason=str(error))
            raise ProducerError(found, ExitCode.BAD_DATA) from error

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self._drawn.close()
        self._pdf.close()

    @cached_property
    def pages(self) -> list[Page]:
        """All pages in order."""
        pairs = zip(self._pdf.pages, self._drawn, strict=True)
        return [Page(number, page, drawn) for number, (page, drawn) in enumerate(pairs, 1)]

    @property
    def title(self) -> str:
        """The title that readers show; empty where there is none."""
        said = self._xmp.get(_TITLE) or self._pdf.docinfo.get("/Title", "")
        return str(said)

    @property
    def language(self) -> str:
        """The document's language, BCP 47."""
        return str(self._pdf.Root.get("/Lang", ""))

    @property
    def shows_title(self) -> bool:
        """Whether a reader's window shows the title and not the file's name."""
        preferences = self._pdf.Root.get("/ViewerPreferences")
        return preferences is not None and bool(preferences.get("/DisplayDocTitle", False))

    @property
    def pdfx_version(self) -> str:
        """The PDF/X version that the file claims, empty for none."""
        said = self._xmp.get(_PDFX) or self._pdf.docinfo.get("/GTS_PDFXVersion", "")
        return str(said)

    @cached_property
    def _xmp(self) -> dict[str, str]:
        raw = self._pdf.Root.get("/Metadata")
        return read_xmp(raw.read_bytes()) if isinstance(raw, pikepdf.Stream) else {}

    @cached_property
    def intents(self) -> list[Intent]:
        """The output intents of the catalogue."""
        return read_intents(self._pdf.Root)

    @property
    def is_tagged(self) -> bool:
        """Whether the file says that its content is tagged and has a tag tree."""
        info = self._pdf.Root.get("/MarkInfo")
        marked = info is not None and bool(info.get("/Marked", False))
        return marked and "/StructTreeRoot" in self._pdf.Root

    @cached_property
    def tags(self) -> list[Tag]:
        """The tag tree's elements in reading order."""
        return read_tags(self._pdf.Root, [page.obj for page in self._pdf.pages])

    @cached_property
    def _destinations(self) -> Destinations:
        return Destinations(self._pdf)

    def notes(self, page: Page) -> list[Note]:
        """A page's annotations; links know where they land."""
        raw = self._pdf.pages[page.number - 1]
        return read_notes(raw, page.trim, self._destinations)

    @property
    def lost_bookmarks(self) -> list[str]:
        """Titles of the outline's entries that lead nowhere."""
        return self._destinations.lost_bookmarks()


def _seen_from(trim: Area, area: Area) -> Box:
    """An area in mm from the top left corner of the trim."""
    return Box(
        (area.left - trim.left) * MM_PER_PT,
        (trim.top - area.top) * MM_PER_PT,
        (area.right - area.left) * MM_PER_PT,
        (area.top - area.bottom) * MM_PER_PT,
    )


def _area(raw: Any) -> Area:
    x, y, u, v = (float(value) for value in raw)
    return Area(min(x, u), min(y, v), max(x, u), max(y, v))
