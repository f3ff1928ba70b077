"""The finished book's ways: page markers, page list and links lead where they should."""

from __future__ import annotations

from collections.abc import Iterable

from lxml import etree

from producer.edition import Edition, Mark
from producer.epub.openbook import (
    EPUB_TYPE,
    XHTML,
    OpenBook,
    is_inset,
    squeezed,
    text_box,
    text_of,
)
from producer.errors import Findings, Place
from producer.model import Issue, Story
from producer.wording import from_line, jump_line, page_numeral

# Readings (注音) are no characters of the body.
_READINGS = (f"{XHTML}rp", f"{XHTML}rt")


def check_marks(
    document: etree._Element, story: Story, edition: Edition, findings: Findings
) -> None:
    """Every marker in the text stands at the character where print changes the page."""
    parts = edition.parts_of(story.id)[1:]
    paper = edition.issue.paper
    wanted = [(page_numeral(paper, part.page), _characters(story, part.start)) for part in parts]
    found = list(_markers_in_text(document, len(squeezed(story.head.lead_in or ""))))
    for at in range(max(len(wanted), len(found))):
        page, count = wanted[at] if at < len(wanted) else ("", -1)
        label, stands = found[at] if at < len(found) else (page, -1)
        if (page, count) != (label.rpartition("-")[0], stands):
            findings.add(
                "epub.marker",
                story.place,
                story=story.title,
                label=label,
                wanted=count,
                found=stands,
            )


def _characters(story: Story, mark: Mark) -> int:
    """Characters of a story's body before a mark, white space left out."""
    before = "".join(block.text for block in story.body[: mark.block])
    cut = story.body[mark.block].text[: mark.offset] if mark.block < len(story.body) else ""
    return len(squeezed(before + cut))


def _markers_in_text(document: etree._Element, skipped: int) -> Iterable[tuple[str, int]]:
    """The markers of the running text: label, and the number of characters before."""
    count = -skipped
    for block in text_box(document):
        if is_inset(block):
            continue
        for event, node in etree.iterwalk(block, events=("start", "end")):
            if event == "start":
                if node.get(EPUB_TYPE) == "pagebreak":
                    yield node.get("aria-label", ""), max(count, 0)
                if node.tag not in _READINGS:
                    count += len(squeezed(node.text or ""))
            elif node is not block:
                count += len(squeezed(node.tail or ""))


def check_jump_words(book: OpenBook, issue: Issue, findings: Findings) -> None:
    """What print says at a jump is nowhere; a story that quotes such words may have them."""
    for page in range(1, len(issue.pages) + 1):
        for words in (jump_line(issue.paper, page), from_line(issue.paper, page)):
            for file, root in book.documents.items():
                if words not in text_of(root):
                    continue
                story = issue.stories.get(file.removeprefix("story-").removesuffix(".xhtml"))
                quoted = "".join(block.text for block in story.body) if story else ""
                if words not in quoted:
                    findings.add("epub.jump-words", words=words, file=file)


def check_links(book: OpenBook, findings: Findings) -> None:
    """Every link and picture is there."""
    ids = {file: book.ids(file) for file in book.documents}
    for file, root in book.documents.items():
        for node in root.iter(etree.Element):
            for name in ("href", "src"):
                link = node.get(name)
                if link is None:
                    continue
                target, _, id = link.partition("#")
                known = target in book.files and (not id or id in ids.get(target, ()))
                if not known:
                    findings.add("epub.dead-link", Place(file), link=link, file=file)


def check_page_list(book: OpenBook, findings: Findings) -> None:
    """The page list names every marker, in reading order, and no id is another's end."""
    markers = [
        (f"{file}#{node.get('id')}", node.get("aria-label")) for file, node in book.markers()
    ]
    listed = []
    for nav in book.nav.iter(f"{XHTML}nav") if book.nav is not None else ():
        if nav.get(EPUB_TYPE) == "page-list":
            listed = [(link.get("href"), text_of(link)) for link in nav.iter(f"{XHTML}a")]
    for at in range(max(len(markers), len(listed))):
        pair = (markers[at : at + 1], listed[at : at + 1])
        if pair[0] != pair[1]:
            findings.add("epub.page-list", label=(pair[0] or pair[1])[0][1])
    every = [id for file in book.documents for id in book.ids(file)]
    for href, label in markers:
        own = href.partition("#")[2]
        if sum(id.endswith(own) for id in every) != 1:
            findings.add("epub.page-list", label=label)
