"""The book's documents: contents and templates to XHTML that a parser has accepted."""

from __future__ import annotations

import functools
from dataclasses import replace
from pathlib import Path
from typing import Any

import jinja2
from lxml import etree

from producer.epub.contents import Contents, FrontPage, StoryPage
from producer.epub.insets import place_insets
from producer.epub.metadata import book_id, book_title
from producer.epub.names import CONTENTS, COVER, NCX, STYLE_SHEET, page_file, story_file
from producer.epub.passages import passages
from producer.epub.pictures import Resource
from producer.epub.text import Paragraph, TextSplitter, direction, is_rtl
from producer.errors import ExitCode, Place, ProducerError, problem
from producer.layouts import Layout, find_file
from producer.model import Inset
from producer.templates import environment
from producer.wording import long_date, page_numeral, words

XHTML = "application/xhtml+xml"
NCX_TYPE = "application/x-dtbncx+xml"
# A wide table's rows become lists on a phone: more than this many characters side by side.
_TABLE_EM = 19


@functools.cache
def _environment(folders: tuple[Path, ...]) -> jinja2.Environment:
    filled = environment(folders)
    filled.tests["right_to_left"] = is_rtl
    filled.filters["is_wide"] = is_wide
    return filled


def is_wide(table: Inset) -> bool:
    """Whether a table's columns need more than a phone's width; a Latin letter is half an em."""
    columns = zip(table.head, *table.rows, strict=True)
    return sum(max(_em(str(cell)) + 1 for cell in column) for column in columns) > _TABLE_EM


def _em(text: str) -> float:
    return sum(0.5 if character < "\u2e80" else 1.0 for character in text)


class Documents:
    """Fills one layout's templates from one book's contents."""

    def __init__(
        self,
        contents: Contents,
        layout: Layout,
        pictures: dict[str, Resource],
        thumbnails: dict[int, Resource],
        cover: Resource | None,
        rare: str,
    ) -> None:
        self.contents = contents
        self.folders = tuple(folder / "epub" for folder in layout.folders)
        style_sheet = find_file(self.folders, "book.css")
        if style_sheet is None:
            place = Place(layout.folder.as_posix())
            raise ProducerError(
                problem("epub.no-templates", place, layout=layout.name), ExitCode.SETUP
            )
        self._css = style_sheet.read_text("utf-8")
        self.cover = cover
        self.splitter = TextSplitter(rare)
        issue = contents.issue
        language = issue.paper.language
        date = issue.data.date
        self.common: dict[str, Any] = {
            "issue": issue,
            "paper": issue.paper,
            "words": words(language),
            "language": language,
            "title": book_title(issue),
            "long_date": long_date(language, date.year, date.month, date.day),
            "book_id": book_id(issue),
            "contents": contents,
            "pictures": pictures,
            "thumbnails": thumbnails,
            "cover": cover,
            "plain": self.splitter.plain,
            "direction": direction,
            "numeral": lambda page: page_numeral(issue.paper, page),
            "story_file": story_file,
            "page_file": page_file,
            "style_sheet": STYLE_SHEET,
        }

    def all(self) -> list[Resource]:
        """Every document in the order of the spine."""
        front = [self._fill(COVER, "cover.xhtml")] if self.cover else []
        front.append(self._fill("title.xhtml", "title.xhtml"))
        front.append(self._fill(CONTENTS, "nav.xhtml", properties=("nav",)))
        body = [
            self._page(one) if isinstance(one, FrontPage) else self._story(one)
            for one in self.contents.order
        ]
        return [*front, *body, self._fill("colophon.xhtml", "colophon.xhtml")]

    def ncx(self) -> Resource:
        """The contents for readers that know only EPUB 2."""
        return self._fill(NCX, "toc.ncx", media_type=NCX_TYPE)

    def style_sheet(self, more: str) -> Resource:
        """The layout's style sheet and what the book's own fonts need."""
        return Resource(STYLE_SHEET, "text/css", (self._css + more).encode())

    def _page(self, page: FrontPage) -> Resource:
        return self._fill(page.file, "page.xhtml", page=page)

    def _story(self, page: StoryPage) -> Resource:
        story = page.story
        before, after = self.contents.around(page)
        insets = place_insets(story, self.contents.edition)
        paragraphs = self._paragraphs(page)
        ending = [one for one in page.markers if one.mark and one.mark.block >= len(story.body)]
        return self._fill(
            page.file,
            "story.xhtml",
            page=page,
            story=story,
            head=story.head,
            passages=passages(paragraphs, insets),
            lone_lead_in=None if paragraphs and paragraphs[0].lead_in else story.head.lead_in,
            last_insets=insets.get(len(paragraphs), ()),
            head_markers=[marker for marker in page.markers if marker.mark is None],
            end_markers=ending,
            before=before,
            after=after,
        )

    def _paragraphs(self, page: StoryPage) -> list[Paragraph]:
        """The body, its beginning with lead-in and drop capital.

        A lead-in does not stand in a list; the drop capital is a plain paragraph's.
        """
        head, body = page.story.head, page.story.body
        texts = [self.splitter.paragraph(block, at, page.markers) for at, block in enumerate(body)]
        if texts and texts[0].kind != "list":
            texts[0] = replace(texts[0], lead_in=head.lead_in)
        plain = (at for at, text in enumerate(texts) if text.kind in ("body", "lead"))
        first = next(plain, None)
        if first is not None:
            texts[first] = replace(texts[first], drop_rows=head.drop_capital)
        return texts

    def _fill(
        self,
        file: str,
        template: str,
        media_type: str = XHTML,
        properties: tuple[str, ...] = (),
        **values: Any,
    ) -> Resource:
        """A filled template, if a parser accepts it.

        Raises:
            ProducerError: for markup that is not well-formed.
        """
        try:
            filled = _environment(self.folders).get_template(template)
            data = filled.render(**self.common, **values).encode()
            etree.fromstring(data)
        except (jinja2.TemplateError, etree.XMLSyntaxError) as error:
            place = Place((find_file(self.folders, template) or self.folders[0]).as_posix())
            raise ProducerError(
                problem("epub.template", place, template=template, reason=f"{file}: {error}"),
                ExitCode.SETUP,
            ) from error
        return Resource(file, media_type, data, properties)
