"""The e-book of an issue, from data and plan to the file's bytes."""

from __future__ import annotations

from producer.edition import Edition
from producer.epub.check_data import check_data
from producer.epub.contents import Contents, arrange
from producer.epub.documents import Documents
from producer.epub.metadata import book_metadata
from producer.epub.pages import draw_pages
from producer.epub.pictures import read_pictures
from producer.epub.rare import find_rare
from producer.epub.writer import Package, write_book
from producer.errors import Findings
from producer.fonts.library import FontLibrary
from producer.layouts import Layout
from producer.model import Issue


def make_epub(
    issue: Issue,
    layout: Layout,
    fonts: FontLibrary,
    findings: Findings,
    edition: Edition | None = None,
    print_pdf: bytes | None = None,
) -> bytes:
    """The e-book's bytes; the same data give the same bytes.

    Args:
        issue: The issue; it needs no fitted plan.
        layout: Its folder `epub/` holds the templates.
        fonts: Rare characters and the text of drawings are taken from its faces.
        findings: Takes notes of what was converted or left out.
        edition: The fitted plan, whose page breaks become the book's page markers.
        print_pdf: The print edition's file, for the cover and the pictures of pages.

    Raises:
        ProducerError: for data that no e-book can hold, with all that was found.
    """
    faults = Findings()
    check_data(issue, faults)
    faults.stop_on_errors()

    if edition is None:
        findings.add("epub.no-edition", level="note")
    if print_pdf is None:
        findings.add("epub.no-cover", level="note")
    contents = arrange(issue, edition)
    cover, thumbnails = draw_pages(print_pdf, len(issue.pages)) if print_pdf else (None, {})
    pictures = read_pictures(issue, _shown(contents), fonts, findings)
    rare = find_rare(issue, fonts)
    if rare.characters:
        findings.add("epub.rare", level="note", characters=rare.characters)

    documents = Documents(contents, layout, pictures, thumbnails, cover, rare.characters)
    others = [documents.ncx(), documents.style_sheet(rare.css), *([cover] if cover else [])]
    others += [*thumbnails.values(), *pictures.values(), *(file for file, _ in rare.files)]
    return write_book(
        Package(
            language=issue.paper.language,
            date=issue.data.date,
            metadata=book_metadata(issue, edition is not None, bool(pictures), cover is not None),
            documents=documents.all(),
            others=others,
        )
    )


def _shown(contents: Contents) -> list[str]:
    """The names of the pictures that stand in stories, and of the advertisements."""
    insets = (inset for page in contents.stories for inset in page.story.head.insets)
    names = {inset.picture for inset in insets if inset.picture}
    return sorted(
        names | {ad.advertisement for page in contents.pages for ad in page.advertisements}
    )
