"""Checks of what a file offers its readers: links, bookmarks, title, language, tags."""

from __future__ import annotations

import re
from collections.abc import Iterator

from producer.preflight.registry import Finding, Subject, check, finding

_ADDRESS = re.compile(r"^(https?://|mailto:|tel:)\S+$")
# Annotations that printing machines put there themselves (ISO 15930-7).
_FOR_THE_PRESS = ("PrinterMark", "TrapNet")


@check("links", source="ISO 32000-1, 12.3.2; house rule: each internal link lands")
def links(subject: Subject) -> Iterator[Finding]:
    """Every link leads to a page of the file, or is an address that a browser knows."""
    for page in subject.pdf.pages:
        for note in subject.pdf.notes(page):
            if note.leads_inside and note.page is None:
                yield finding("preflight.link-lost", page.number, note.box, name=note.name or "–")
            elif note.address is not None and not _ADDRESS.match(note.address):
                yield finding("preflight.link-address", page.number, note.box, address=note.address)


@check("bookmarks", source="ISO 32000-1, 12.3.3")
def bookmarks(subject: Subject) -> Iterator[Finding]:
    """Every entry of the outline leads to a page."""
    for title in subject.pdf.lost_bookmarks:
        yield finding("preflight.bookmark-lost", title=title)


@check("annotations", source="ISO 15930-7 (PDF/X-4): annotations lie outside the bleed box")
def stray_annotations(subject: Subject) -> Iterator[Finding]:
    """Nothing on the page but its content: annotations are not printed, or are by mistake."""
    for page in subject.pdf.pages:
        for note in subject.pdf.notes(page):
            if note.kind not in _FOR_THE_PRESS:
                yield finding("preflight.annotation", page.number, note.box, kind=note.kind)


@check("title", source="ISO 15930-7 (PDF/X-4); ISO 14289-1, 7.1")
def title(subject: Subject) -> Iterator[Finding]:
    """The file has a title, and it names the paper."""
    said = subject.pdf.title.strip()
    if not said:
        yield finding("preflight.no-title")
    elif subject.issue and subject.issue.paper.name not in said:
        yield finding("preflight.title", found=said, wanted=subject.issue.paper.name)


@check("title-shown", source="ISO 14289-1, 7.1 (DisplayDocTitle)")
def title_shown(subject: Subject) -> Iterator[Finding]:
    """Readers show the title and not the file's name."""
    if not subject.pdf.shows_title:
        yield finding("preflight.title-shown")


@check("language", source="ISO 14289-1, 7.2; ISO 19005-3, 6.7.4; BCP 47")
def language(subject: Subject) -> Iterator[Finding]:
    """The file says in which language it is read aloud."""
    said = subject.pdf.language
    if not said:
        yield finding("preflight.no-language")
    elif subject.issue and said.split("-")[0] != subject.issue.paper.language.split("-")[0]:
        yield finding("preflight.language", found=said, wanted=subject.issue.paper.language)


@check("tagged", source="ISO 14289-1, 7.1; ISO 32000-1, 14.8")
def tagged(subject: Subject) -> Iterator[Finding]:
    """The file has a tag tree, with headings and paragraphs."""
    kinds = {tag.kind for tag in subject.pdf.tags}
    if not subject.pdf.is_tagged or not kinds:
        yield finding("preflight.not-tagged")
    elif not any(re.fullmatch(r"H\d?", kind) for kind in kinds):
        yield finding("preflight.no-headings")


@check("picture-alt", source="ISO 14289-1, 7.3; WCAG 2.2, 1.1.1")
def picture_alt(subject: Subject) -> Iterator[Finding]:
    """Every figure has words for those who do not see it."""
    for tag in subject.pdf.tags:
        if tag.kind == "Figure" and not (tag.alt or "").strip():
            yield finding("preflight.no-alt", tag.page)
