"""The tag tree of a PDF: what its parts are, for readers that do not see."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pikepdf

_DEEPEST = 200


@dataclass(frozen=True)
class Tag:
    """One element: its type (H1, P, Figure, …), its page from 1 where known, its alt text."""

    kind: str
    page: int | None
    alt: str | None


def read_tags(catalogue: Any, pages: list[Any]) -> list[Tag]:
    """All elements of the tag tree in reading order; none where there is no tree."""
    root = catalogue.get("/StructTreeRoot")
    if root is None:
        return []
    numbers = {page.objgen: number for number, page in enumerate(pages, 1)}
    roles = {key: str(value) for key, value in root.get("/RoleMap", pikepdf.Dictionary()).items()}
    found: list[Tag] = []
    waiting = [(child, 0) for child in reversed(_children(root))]
    while waiting:
        element, depth = waiting.pop()
        if "/S" not in element or depth > _DEEPEST:
            continue
        kind = str(element.S)
        page = numbers.get(element.Pg.objgen) if "/Pg" in element else None
        alt = str(element.Alt) if "/Alt" in element else None
        found.append(Tag(roles.get(kind, kind).lstrip("/"), page, alt))
        waiting += [(child, depth + 1) for child in reversed(_children(element))]
    return found


def _children(element: Any) -> list[Any]:
    """An element's children that are dictionaries; numbers name marked content."""
    kids = element.get("/K", [])
    items = list(kids) if isinstance(kids, pikepdf.Array) else [kids]
    return [each for each in items if isinstance(each, pikepdf.Dictionary)]
