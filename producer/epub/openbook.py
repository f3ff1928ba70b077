"""A finished book as a reader opens it: by its package document, in the order of the spine."""

from __future__ import annotations

import io
import posixpath
import zipfile
from dataclasses import dataclass, field

from lxml import etree

XHTML = "{http://www.w3.org/1999/xhtml}"
EPUB_TYPE = "{http://www.idpf.org/2007/ops}type"
_OPF = "{http://www.idpf.org/2007/opf}"
_PACKAGE = "EPUB/content.opf"


@dataclass
class OpenBook:
    """The book as a reader opens it: documents in spine order, and every file's name."""

    documents: dict[str, etree._Element] = field(default_factory=dict)
    files: set[str] = field(default_factory=set)

    @property
    def nav(self) -> etree._Element | None:
        """The contents document."""
        return self.documents.get("nav.xhtml")

    def ids(self, file: str) -> set[str]:
        """The ids of a document."""
        return {node.get("id") for node in self.documents[file].iter() if node.get("id")}

    def markers(self) -> list[tuple[str, etree._Element]]:
        """Every page marker in reading order, with its document."""
        return [
            (file, node)
            for file, root in self.documents.items()
            for node in root.iter(f"{XHTML}span")
            if node.get(EPUB_TYPE) == "pagebreak"
        ]


def open_book(epub: bytes) -> OpenBook:
    """Open a book by its package document.

    Raises:
        ValueError, KeyError, zipfile.BadZipFile, etree.XMLSyntaxError: for a broken file.
    """
    with zipfile.ZipFile(io.BytesIO(epub)) as archive:
        first = archive.infolist()[0]
        if first.filename != "mimetype" or first.compress_type != zipfile.ZIP_STORED:
            raise ValueError("mimetype")
        package = etree.fromstring(archive.read(_PACKAGE))
        folder = posixpath.dirname(_PACKAGE)
        hrefs = {item.get("id"): item.get("href") for item in package.iter(f"{_OPF}item")}
        book = OpenBook(files=set(hrefs.values()))
        for itemref in package.iter(f"{_OPF}itemref"):
            file = hrefs[itemref.get("idref")]
            book.documents[file] = etree.fromstring(archive.read(f"{folder}/{file}"))
    return book


def text_of(node: etree._Element) -> str:
    """All characters of an element."""
    return "".join(map(str, node.itertext()))


def text_box(document: etree._Element) -> list[etree._Element]:
    """The blocks and insets of a story's document."""
    boxes = (node for node in document.iter(f"{XHTML}div") if node.get("class") == "text")
    return list(next(boxes, ()))


def is_inset(node: etree._Element) -> bool:
    """Whether a child of the text box stands among the text, without being of it."""
    return str(node.get("id", "")).startswith("inset-")


def squeezed(text: str) -> str:
    """A text without white space, since lines of a file are no lines of a page."""
    return "".join(text.split())
