"""`plan.json`: the plan made explicit, and the edition's places in millimetres.

Its `pages` are a plan in the grammar of issue.yaml: given back with `--plan`, they build the
same pages. Its `edition` tells every frame, slice and jump, for the editions made later.
"""

from __future__ import annotations

import json
from typing import Any

from producer.edition import Box, Edition, EditionPage, Mark, Part, Slice
from producer.model import PackagePlacement, Page

_VERSION = 1


def plan_json(edition: Edition) -> str:
    """The file's text; the same edition gives the same text."""
    data = {
        "version": _VERSION,
        "issue": edition.issue.id,
        "date": edition.issue.data.date.isoformat(),
        "pages": [
            _plan_page(page, planned)
            for page, planned in zip(edition.pages, edition.issue.pages, strict=True)
        ],
        "edition": [_edition_page(page) for page in edition.pages],
        "jumps": [
            {"story": part.story, "from": part.page, "to": part.goes_to, "cut": _mark(part.end)}
            for part in edition.parts()
            if part.goes_to is not None
        ],
    }
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def _plan_page(page: EditionPage, planned: Page) -> dict[str, Any]:
    """The page as the editors planned it, each frame's cells and measures spelled out."""
    data = planned.model_dump(mode="json", exclude_none=True, exclude_defaults=True)
    parts = iter(page.parts)
    others = iter(
        [
            *(("package", package.rect) for package in page.packages),
            *(("advertisement", ad.rect) for ad in page.advertisements),
            *(("teasers", teasers.rect) for teasers in page.teasers),
        ]
    )
    rects: dict[str, list[Any]] = {}
    for kind, rect in others:
        rects.setdefault(kind, []).append(rect)
    for item, source in zip(data["place"], planned.place, strict=True):
        found = next((kind for kind in rects if kind in item), None)
        if found:
            _spell_out(item, rects[found].pop(0))
            members = source.place if isinstance(source, PackagePlacement) else ()
            for member, _ in zip(item.get("place", ()), members, strict=True):
                _spell_out_part(member, next(parts))
        else:
            _spell_out_part(item, next(parts))
    return {"number": page.number, **data}


def _spell_out(item: dict[str, Any], rect: Any) -> None:
    item.pop("frame", None)
    item["rect"] = [rect.column, rect.row, rect.columns, rect.rows]


def _spell_out_part(item: dict[str, Any], part: Part) -> None:
    _spell_out(item, part.rect)
    item |= {"columns": part.columns, "style": part.style}
    if part.box_style:
        item["box"] = part.box_style


def _edition_page(page: EditionPage) -> dict[str, Any]:
    return {
        "page": page.number,
        "section": page.section,
        "parts": [_part(part) for part in page.parts],
        "packages": [{"title": each.title, "mm": _box(each.box)} for each in page.packages],
        "advertisements": [
            {"file": each.data.advertisement, "mm": _box(each.box)} for each in page.advertisements
        ],
        "teasers": [
            {
                "mm": _box(each.box),
                "teasers": [
                    {"text": teaser.text, "page": teaser.page, "part": teaser.anchor}
                    for teaser in each.teasers
                ],
            }
            for each in page.teasers
        ],
    }


def _part(part: Part) -> dict[str, Any]:
    data: dict[str, Any] = {
        "story": part.story,
        "part": part.anchor,
        "mm": _box(part.box),
        "measure_em": part.measure_em,
        "head": {
            "mm": _box(part.head.box),
            "lines": [
                {"kind": line.kind, "text": line.text, "pt": line.size_pt}
                for line in part.head.lines
            ],
        },
        "start": _mark(part.start),
        "end": _mark(part.end),
        "slices": [_slice(each) for each in part.slices],
        "insets": [{"id": each.id, "mm": _box(each.box)} for each in part.insets],
        "empty_rows": part.empty_rows,
    }
    if part.jump_line:
        data["jump"] = {
            "to": part.goes_to,
            "text": part.jump_line.text,
            "mm": _box(part.jump_line.box),
        }
    if part.comes_from:
        data["from"] = {"page": part.comes_from, "text": part.head.from_line}
    if part.overset_lines:
        data["overset"] = {"lines": part.overset_lines, "characters": part.overset_characters}
    return data


def _slice(slice_: Slice) -> dict[str, Any]:
    first, last = slice_.lines[0].line, slice_.lines[-1].line
    return {
        "column": slice_.column + 1,
        "mm": _box(slice_.box),
        "lines": len(slice_.lines),
        "start": _mark(Mark(first.block, first.start)),
        "end": _mark(Mark(last.block, last.end)),
    }


def _mark(mark: Mark) -> list[int]:
    """[block, offset]: before that character of that block of the story's body, from 0."""
    return [mark.block, mark.offset]


def _box(box: Box) -> list[float]:
    """[left, top, width, height] in millimetres from the page's top left trim corner."""
    return [round(value, 3) for value in (box.x, box.y, box.width, box.height)]
