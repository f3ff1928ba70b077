"""A finished e-book, opened once: its container, package and documents."""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from lxml import etree

from producer.errors import ExitCode, Place, ProducerError, problem

_CONTAINER = "META-INF/container.xml"
_NAMESPACES = {
    "c": "urn:oasis:names:tc:opendocument:xmlns:container",
    "o": "http://www.idpf.org/2007/opf",
    "dc": "http://purl.org/dc/elements/1.1/",
    "h": "http://www.w3.org/1999/xhtml",
}
_XHTML = "application/xhtml+xml"
_POINTERS = ("href", "src", "{http://www.w3.org/1999/xlink}href")


@dataclass(frozen=True)
class Pointer:
    """What an element of a document points at: `target` is a file of the book, if it is inside."""

    document: str
    written: str
    target: str
    fragment: str
    is_remote: bool
    is_loaded: bool


class Book:
    """The facade that checks of e-books look through.

    Raises:
        ProducerError: when the file is no archive that can be opened.
    """

    def __init__(self, path: Path) -> None:
        self.name = path.name
        try:
            with zipfile.ZipFile(path) as archive:
                self.entries = archive.infolist()
                self._files = {entry.filename: archive.read(entry) for entry in self.entries}
        except (OSError, zipfile.BadZipFile) as error:
            found = problem("preflight.unreadable", Place(path.as_posix()), reason=str(error))
            raise ProducerError(found, ExitCode.BAD_DATA) from error

    @property
    def files(self) -> list[str]:
        """The names of all files, in the order of the archive."""
        return list(self._files)

    @property
    def kind(self) -> str:
        """What the file `mimetype` says."""
        return self._files.get("mimetype", b"").decode("ascii", "replace")

    @cached_property
    def broken(self) -> dict[str, str]:
        """Documents that are not well-formed, and why."""
        found = {}
        for name, data in self._files.items():
            if name.endswith((".xml", ".opf", ".xhtml")):
                try:
                    etree.fromstring(data)
                except etree.XMLSyntaxError as error:
                    found[name] = str(error)
        return found

    def _tree(self, name: str) -> Any:
        if name not in self._files or name in self.broken:
            return None
        return etree.fromstring(self._files[name])

    @cached_property
    def package_name(self) -> str:
        """The package document's path; empty where the container names none."""
        container = self._tree(_CONTAINER)
        found = (
            container.xpath("//c:rootfile/@full-path", namespaces=_NAMESPACES)
            if (container is not None)
            else []
        )
        return str(found[0]) if found else ""

    @cached_property
    def _package(self) -> Any:
        return self._tree(self.package_name)

    def metadata(self, name: str) -> list[str]:
        """Values of a Dublin Core element."""
        if self._package is None:
            return []
        path = f"//o:metadata/dc:{name}"
        return [
            (each.text or "").strip() for each in self._package.xpath(path, namespaces=_NAMESPACES)
        ]

    def properties(self, name: str) -> list[str]:
        """Values of a `meta` of the package by its property."""
        if self._package is None:
            return []
        path = "//o:metadata/o:meta[@property=$name]"
        found = self._package.xpath(path, namespaces=_NAMESPACES, name=name)
        return [(each.text or "").strip() for each in found]

    @cached_property
    def manifest(self) -> dict[str, str]:
        """Files that the package lists, with their media types."""
        if self._package is None:
            return {}
        items = self._package.xpath("//o:manifest/o:item", namespaces=_NAMESPACES)
        return {
            self._path(self.package_name, item.get("href", "")): item.get("media-type", "")
            for item in items
        }

    @cached_property
    def documents(self) -> dict[str, Any]:
        """The trees of all XHTML documents that can be read."""
        names = [name for name, kind in self.manifest.items() if kind == _XHTML]
        trees = {name: self._tree(name) for name in names}
        return {name: tree for name, tree in trees.items() if tree is not None}

    @cached_property
    def ids(self) -> dict[str, set[str]]:
        """The ids of each document."""
        return {name: set(tree.xpath("//@id")) for name, tree in self.documents.items()}

    def pointers(self) -> Iterator[Pointer]:
        """Every href and src of every document."""
        for name, tree in self.documents.items():
            for element in tree.iter(etree.Element):
                for key in _POINTERS:
                    if (written := element.get(key)) is not None:
                        yield self._pointer(name, written, etree.QName(element).localname != "a")

    def _pointer(self, name: str, written: str, is_loaded: bool) -> Pointer:
        parts = urlsplit(written)
        remote = bool(parts.scheme or parts.netloc)
        target = self._path(name, parts.path) if parts.path else name
        return Pointer(name, written, target, unquote(parts.fragment), remote, is_loaded)

    @staticmethod
    def _path(base: str, relative: str) -> str:
        return posixpath.normpath(posixpath.join(posixpath.dirname(base), unquote(relative)))
