"""Nothing lost: the finished book is opened again and compared with the data.

It trusts no writer: documents are found through the package, text and markers through the
markup alone. A reader sees what stands here, so this is what must be whole.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterable

from lxml import etree

from producer.edition import Edition
from producer.epub.openbook import XHTML, is_inset, open_book, squeezed, text_box, text_of
from producer.epub.waycheck import check_jump_words, check_links, check_marks, check_page_list
from producer.errors import Findings
from producer.model import Block, Inset, Issue, Story

_SHOWN = 16


def check_epub(
    epub: bytes, issue: Issue, findings: Findings, edition: Edition | None = None
) -> None:
    """Compare a finished book with its data: texts, links, page list and, if given, page breaks."""
    try:
        book = open_book(epub)
    except (ValueError, KeyError, zipfile.BadZipFile, etree.XMLSyntaxError) as error:
        findings.add("epub.broken", what=str(error))
        return
    for story in issue.stories.values():
        document = book.documents.get(f"story-{story.id}.xhtml")
        if document is None:
            findings.add("epub.broken", story.place, what=story.id)
            continue
        _check_story(document, story, findings)
        if edition:
            check_marks(document, story, edition, findings)
    check_jump_words(book, issue, findings)
    check_links(book, findings)
    check_page_list(book, findings)


def _check_story(document: etree._Element, story: Story, findings: Findings) -> None:
    """Head, running text and insets, each for itself."""
    head = story.head
    heads = [head.kicker, "".join(story.headline_lines), head.deck, head.byline]
    body = (head.lead_in or "") + "".join(map(_written, story.body))
    insets = "".join(text for inset in head.insets for text in inset_texts(inset))
    for part, wanted, found in (
        ("head", "".join(text or "" for text in heads), _head_text(document)),
        ("text", body, "".join(_running_text(document))),
        ("insets", insets, _inset_text(document, head.insets)),
    ):
        _compare(part, wanted, found, story, findings)


def _head_text(document: etree._Element) -> str:
    """Kicker, headline, deck and byline, in the order of the document."""
    kinds = ("kicker", "deck", "byline")
    header = document.find(f".//{XHTML}header")
    nodes = header if header is not None else ()
    shown = (node for node in nodes if node.tag == f"{XHTML}h1" or node.get("class", "") in kinds)
    return "".join(text_of(node) for node in shown)


def _written(block: Block) -> str:
    """What a reader sees of a block: a label without its point, a reading in brackets."""
    label = (block.label or "").rstrip(".)")
    return label + "".join(
        f"{run.text}（{run.ruby}）" if run.ruby else run.text for run in block.runs
    )


def _running_text(document: etree._Element) -> Iterable[str]:
    """The text of each block between the insets, with the labels that a list is shown with."""
    for node in text_box(document):
        if node.tag in (f"{XHTML}ul", f"{XHTML}ol"):
            for number, item in enumerate(node, int(node.get("start", 1))):
                yield str(number) if node.tag == f"{XHTML}ol" else "•"
                yield text_of(item)
        elif not is_inset(node):
            yield text_of(node)


def _inset_text(document: etree._Element, insets: Iterable[Inset]) -> str:
    """The texts of the insets, in the order in which the data has them."""
    own = {node.get("id"): node for node in text_box(document) if is_inset(node)}
    found = (own.get(f"inset-{inset.id}") for inset in insets)
    return "".join(_alt(node) + text_of(node) for node in found if node is not None)


def _alt(node: etree._Element) -> str:
    return "".join(image.get("alt", "") for image in node.iter(f"{XHTML}img"))


def inset_texts(inset: Inset) -> Iterable[str]:
    """All that an inset says, in reading order."""
    cells = (str(cell) for row in (inset.head, *inset.rows) for cell in row)
    texts = (inset.alt, inset.caption, inset.credit, inset.quote, inset.table, *cells)
    yield from (text for text in texts if text)
    yield inset.source or ""


def _compare(part: str, wanted: str, found: str, story: Story, findings: Findings) -> None:
    """White space aside, since lines of a file are no lines of a page."""
    left, right = squeezed(wanted), squeezed(found)
    if part == "insets":  # sources stand behind a dash that is the language's
        left, right = (text.replace("—", "") for text in (left, right))
    if left == right:
        return
    pairs = enumerate(zip(left, right, strict=False))
    at = next((at for at, (one, other) in pairs if one != other), min(len(left), len(right)))
    findings.add(
        "epub.text-differs",
        story.place,
        story=story.title,
        at=at,
        wanted=left[at : at + _SHOWN],
        found=right[at : at + _SHOWN],
    )
