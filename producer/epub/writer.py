"""EbookLib's door: finished files to a package, zipped the same way every time.

EbookLib 0.20 is used for its item model and its OPF writer and given finished bytes, since
what it makes of HTML, nav and covers is broken in several ways. It is licensed AGPL-3.0; no other
module imports it.
"""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ebooklib import epub
from lxml import etree

from producer.epub.metadata import Meta
from producer.epub.names import item_id
from producer.epub.pictures import Resource

_DC = "http://purl.org/dc/elements/1.1/"
_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_MIMETYPE = "mimetype"
# Compressing these again only costs time.
_STORED = (".jpg", ".jpeg", ".png")
_UNIX_FILE_0644 = 0o100644 << 16


@dataclass(frozen=True)
class Package:
    """Everything that is written: metadata, documents in spine order, other files."""

    language: str
    date: dt.date
    metadata: Sequence[Meta]
    documents: Sequence[Resource]
    others: Sequence[Resource]


class _Writer(epub.EpubWriter):  # type: ignore[misc]
    """Writes the package document with a language, metadata in order, and no needless prefix."""

    def _write_opf_file(self, root: etree._Element) -> None:
        root.set(_XML_LANG, self.book.language)
        root.attrib.pop("prefix", None)
        metadata = root.find("metadata")
        modified = metadata[0]
        metadata.remove(modified)
        metadata.append(modified)
        super()._write_opf_file(root)


def write_book(package: Package) -> bytes:
    """The file's bytes: the same package gives the same bytes, anywhere."""
    book = epub.EpubBook()
    book.metadata = {}
    book.language = package.language
    for meta in package.metadata:
        book.add_metadata(meta.namespace, meta.name, meta.value, dict(meta.attributes))
    for resource in (*package.documents, *package.others):
        book.add_item(_item(resource))
    book.spine = [item_id(document.file) for document in package.documents]
    midnight = dt.datetime.combine(package.date, dt.time(), dt.UTC)
    written = io.BytesIO()
    _Writer(written, book, {"mtime": midnight, "compresslevel": 0}).write()
    return _canonical(written, package.date)


def _item(resource: Resource) -> epub.EpubItem:
    item = epub.EpubItem(item_id(resource.file), resource.file, resource.media_type, resource.data)
    item.properties = list(resource.properties)
    return item


def _canonical(written: io.BytesIO, date: dt.date) -> bytes:
    """The same entries with the issue's date, one mode and one compression; mimetype first."""
    target = io.BytesIO()
    stamp = (max(date.year, 1980), date.month, date.day, 0, 0, 0)
    with zipfile.ZipFile(written) as source, zipfile.ZipFile(target, "w") as zipped:
        for name in _ordered(source.namelist()):
            entry = zipfile.ZipInfo(name, stamp)
            entry.create_system = 3
            entry.external_attr = _UNIX_FILE_0644
            stored = name == _MIMETYPE or name.endswith(_STORED)
            entry.compress_type = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
            zipped.writestr(entry, source.read(name), compresslevel=9)
    return target.getvalue()


def _ordered(names: Iterable[str]) -> list[str]:
    return sorted(
        names, key=lambda name: (name != _MIMETYPE, not name.startswith("META-INF"), name)
    )
