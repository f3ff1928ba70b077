"""Annotations, destinations and the outline: where links lead."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pikepdf

from producer.edition import Box
from producer.layouts import MM_PER_PT
from producer.preflight.read.state import Area

_MOST_BOOKMARKS = 10_000


@dataclass(frozen=True)
class Note:
    """An annotation: where it is and of what kind; where a link leads, if it is one.

    `page` is the page that an internal link lands on, from 1, and None where it lands nowhere.
    """

    box: Box
    kind: str
    leads_inside: bool = False
    page: int | None = None
    name: str = ""
    address: str | None = None


class Destinations:
    """A document's named places, and the pages they are on."""

    def __init__(self, pdf: pikepdf.Pdf) -> None:
        self._root = pdf.Root
        self._pages = {page.obj.objgen: number for number, page in enumerate(pdf.pages, 1)}
        self._named = dict(_old_names(pdf.Root))
        names = pdf.Root.get("/Names")
        if names is not None and "/Dests" in names:
            self._named |= dict(pikepdf.NameTree(names.Dests).items())

    def page(self, target: Any) -> int | None:
        """The page that a destination is on, from 1; None where it is nowhere."""
        if isinstance(target, pikepdf.String | pikepdf.Name):
            target = self._named.get(str(target).lstrip("/"))
        if isinstance(target, pikepdf.Dictionary):
            target = target.get("/D")
        if not isinstance(target, pikepdf.Array) or not len(target):
            return None
        first = target[0]
        return self._pages.get(first.objgen) if isinstance(first, pikepdf.Dictionary) else None

    def lost_bookmarks(self) -> list[str]:
        """Titles of the outline's entries that lead nowhere."""
        return [
            str(item.get("/Title", ""))
            for item in self._bookmarks()
            if (target := _target(item)) is not None and self.page(target) is None
        ]

    def _bookmarks(self) -> Iterator[Any]:
        outlines = self._root.get("/Outlines")
        open_ = [outlines.First] if outlines is not None and "/First" in outlines else []
        seen = 0
        while open_ and seen < _MOST_BOOKMARKS:
            item = open_.pop()
            seen += 1
            yield item
            open_ += [item[key] for key in ("/Next", "/First") if key in item]


def _old_names(root: Any) -> Iterator[tuple[str, Any]]:
    for key, target in root.get("/Dests", pikepdf.Dictionary()).items():
        yield key.lstrip("/"), target


def read_notes(page: pikepdf.Page, trim: Area, destinations: Destinations) -> list[Note]:
    """A page's annotations with their places in mm from the trim's top left corner."""
    return [_note(raw, trim, destinations) for raw in page.obj.get("/Annots", [])]


def _note(raw: Any, trim: Area, destinations: Destinations) -> Note:
    x, y, u, v = (float(value) for value in raw.Rect)
    left, top = (min(x, u) - trim.left) * MM_PER_PT, (trim.top - max(y, v)) * MM_PER_PT
    box = Box(left, top, abs(u - x) * MM_PER_PT, abs(v - y) * MM_PER_PT)
    kind = str(raw.get("/Subtype", "")).lstrip("/")
    action = raw.get("/A")
    if action is not None and action.get("/S") == "/URI":
        return Note(box, kind, address=str(action.get("/URI", "")))
    target = _target(raw)
    if kind != "Link" or target is None:
        return Note(box, kind)
    name = str(target) if isinstance(target, pikepdf.String | pikepdf.Name) else ""
    return Note(box, kind, True, destinations.page(target), name)


def _target(raw: Any) -> Any:
    """Where a link or a bookmark leads within the document; None where it does something else."""
    if "/Dest" in raw:
        return raw.Dest
    action = raw.get("/A")
    return action.get("/D") if action is not None and action.get("/S") == "/GoTo" else None
