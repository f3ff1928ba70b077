"""Checks of e-books: that the archive is one, and that all it names is in it."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator

from producer.preflight.registry import Finding, Subject, check, finding

_KIND = "application/epub+zip"
# Files of the container that no manifest lists (EPUB 3.3).
_UNLISTED = ("mimetype", "META-INF/")


@check("book-container", source="EPUB 3.3: container (OCF) and manifest")
def book_container(subject: Subject) -> Iterator[Finding]:
    """The archive begins with its kind, and its package lists every file, all well-formed."""
    book = subject.epub
    first = book.entries[0] if book.entries else None
    is_stored = first is not None and first.compress_type == zipfile.ZIP_STORED
    if first is None or first.filename != "mimetype" or book.kind != _KIND or not is_stored:
        yield finding("preflight.book-kind")
    for name, reason in book.broken.items():
        yield finding("preflight.book-broken", name=name, reason=reason)
    if not book.manifest:
        yield finding("preflight.book-package")
        return
    unlisted = {name for name in book.files if not name.startswith((*_UNLISTED, book.package_name))}
    for name in sorted(unlisted - book.manifest.keys()):
        yield finding("preflight.book-unlisted", name=name)
    for name in sorted(book.manifest.keys() - set(book.files)):
        yield finding("preflight.book-missing", name=name, document=book.package_name)


@check("book-metadata", source="EPUB 3.3: required metadata")
def book_metadata(subject: Subject) -> Iterator[Finding]:
    """Identifier, title, language and date of change are told, and the paper's language."""
    book = subject.epub
    for name in ("identifier", "title", "language"):
        if not any(book.metadata(name)):
            yield finding("preflight.book-metadata", name=f"dc:{name}")
    if not any(book.properties("dcterms:modified")):
        yield finding("preflight.book-metadata", name="dcterms:modified")
    said = next(iter(book.metadata("language")), "")
    if subject.issue and said and said != subject.issue.paper.language:
        yield finding("preflight.language", found=said, wanted=subject.issue.paper.language)


@check("book-resources", source="EPUB 3.3: resources lie in the container; house rule")
def book_resources(subject: Subject) -> Iterator[Finding]:
    """All that documents load is in the archive: an e-book is read without network."""
    book = subject.epub
    for pointer in book.pointers():
        if pointer.is_loaded and pointer.is_remote:
            yield finding("preflight.book-remote", name=pointer.written, document=pointer.document)
        elif pointer.is_loaded and pointer.target not in book.files:
            yield finding("preflight.book-missing", name=pointer.target, document=pointer.document)


@check("book-links", source="WCAG 2.2, 2.4.4; house rule: each internal link lands")
def book_links(subject: Subject) -> Iterator[Finding]:
    """Every link within the book leads to a document, and to a place that is in it."""
    book = subject.epub
    for pointer in book.pointers():
        if pointer.is_loaded or pointer.is_remote:
            continue
        is_place = not pointer.fragment or pointer.fragment in book.ids.get(pointer.target, ())
        if pointer.target not in book.files or not is_place:
            yield finding("preflight.book-link", name=pointer.written, document=pointer.document)


@check("book-alt", source="EPUB Accessibility 1.1; WCAG 2.2, 1.1.1")
def book_alt(subject: Subject) -> Iterator[Finding]:
    """Every image has an alt attribute."""
    for name, tree in subject.epub.documents.items():
        for image in tree.iter("{http://www.w3.org/1999/xhtml}img"):
            if image.get("alt") is None:
                yield finding("preflight.book-alt", name=image.get("src", ""), document=name)
