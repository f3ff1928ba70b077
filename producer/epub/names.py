"""File names and ids of the book: ASCII, stable, made from the data's own ids."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from pathlib import PurePosixPath

STYLE_SHEET = "book.css"
CONTENTS = "nav.xhtml"
NCX = "toc.ncx"
COVER = "cover.xhtml"
COVER_IMAGE = "images/cover.jpg"

_UNSAFE = re.compile(r"[^a-z0-9-]+")


def story_file(story: str) -> str:
    """A story's document."""
    return f"story-{story}.xhtml"


def page_file(number: int) -> str:
    """A page's front document."""
    return f"page-{number}.xhtml"


def thumbnail_file(number: int) -> str:
    """The small picture of a printed page."""
    return f"images/page-{number}.jpg"


def item_id(file: str) -> str:
    """A file's id in the package: its name without folder and suffix."""
    path = PurePosixPath(file)
    if file == NCX:
        return "ncx"  # by this id the spine names it
    kind = "" if path.suffix in (".xhtml", ".css") else f"{path.parts[0].rstrip('s')}-"
    return f"{kind}{path.stem}"


def picture_stems(names: Iterable[str]) -> dict[str, str]:
    """The name of each picture's file in the book, without suffix.

    Names that differ only in letters which a book's file names cannot hold (图1.jpg, 图2.jpg), or
    that collide otherwise (a.jpg, A.png), take a few digits of the whole name's digest along.
    """
    stems = {name: _UNSAFE.sub("-", _stem(name).lower()).strip("-") for name in sorted(names)}
    taken = list(stems.values())
    return {
        name: f"images/art-{stem}"
        if stem == _stem(name) and taken.count(stem) == 1
        else f"images/art-{stem}-{_digest(name)}".replace("--", "-")
        for name, stem in stems.items()
    }


def _stem(name: str) -> str:
    return str(PurePosixPath(name).with_suffix(""))


def _digest(name: str) -> str:
    return hashlib.sha256(name.encode()).hexdigest()[:8]
