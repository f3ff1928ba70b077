"""A story's paragraphs as the elements that hold them: lists, quotations, editor's notes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from producer.epub.text import Paragraph
from producer.model import BlockKind, Inset

# Kinds of which neighbours stand in one element.
_JOINED = ("list", "quotation", "note")


@dataclass(frozen=True)
class Passage:
    """What one element of the book holds, and the insets that stand before it.

    `items` are a list's, each of its paragraphs; all else has a single one. `start` is the
    number of a numbered list's first item.
    """

    kind: BlockKind
    items: tuple[tuple[Paragraph, ...], ...]
    start: int | None = None
    insets: Sequence[Inset] = ()


def passages(
    paragraphs: Sequence[Paragraph], insets: Mapping[int, Sequence[Inset]]
) -> list[Passage]:
    """The passages of a body; an inset, which stands before a block's index, parts them."""
    starts = [
        at
        for at, paragraph in enumerate(paragraphs)
        if at == 0 or at in insets or not _goes_on(paragraphs[:at], paragraph)
    ]
    ends = [*starts[1:], len(paragraphs)]
    return [
        _passage(paragraphs[start:end], insets.get(start, ()))
        for start, end in zip(starts, ends, strict=False)
    ]


def _goes_on(before: Sequence[Paragraph], paragraph: Paragraph) -> bool:
    """Whether a paragraph stands in the element of the one before."""
    if before[-1].kind != paragraph.kind or paragraph.kind not in _JOINED:
        return False
    if not paragraph.label:
        return True
    last = next(one.label for one in reversed(before) if one.label)
    return paragraph.label == _following(last)


def _following(label: str) -> str:
    """The label of the next item: `4.` after `3.`, a bullet after a bullet."""
    number = label[:-1]
    return f"{int(number) + 1}{label[-1]}" if number else label


def _passage(paragraphs: Sequence[Paragraph], insets: Sequence[Inset]) -> Passage:
    first = paragraphs[0]
    if first.kind != "list":
        return Passage(first.kind, (tuple(paragraphs),), insets=insets)
    items: list[list[Paragraph]] = []
    for paragraph in paragraphs:
        if paragraph.label or not items:
            items.append([])
        items[-1].append(paragraph)
    number = (first.label or "")[:-1]
    return Passage("list", tuple(map(tuple, items)), int(number) if number else None, insets)
