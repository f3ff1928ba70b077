"""Checks of the marks, spaces and forms of characters in Chinese text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import accumulate

from producer.checks.pairs import half_width_brackets
from producer.checks.passages import Copy
from producer.checks.registry import Finding, check, finding
from producer.checks.signs import (
    CLOSERS,
    HAN,
    OPENERS,
    addresses,
    is_chinese,
    is_han,
    is_latin,
)

_FULL = dict(zip(",;:?!.", "，；：？！。", strict=True))
_MARKS = "，、；：。"
_A_DATE = re.compile(r"\d{1,4}[年月]")
_DOTS = re.compile(r"\.{3,}|．{2,}|。{3,}|·{3,}|…+")
_DASHES = re.compile(r"-{2,}|－{2,}|─+|—+|―+")
_DOUBLED = re.compile(rf"[{_MARKS}](?:\s*[{_MARKS}])+|[？！][{_MARKS}]|[{_MARKS}][？！]")
_FULL_WIDTH = re.compile("[０-９Ａ-Ｚａ-ｚ]+(?:[．·][０-９]+)?")
_CHINESE_SIDE = rf"[{HAN}{_MARKS}？！{OPENERS}{CLOSERS}]"
_SPACE = re.compile(rf"(?<={_CHINESE_SIDE})[ \t\u00a0]+(?={_CHINESE_SIDE})")
# Between names, times and places a single dash joins (连接号, 一字线).
_JOINS = re.compile(rf"[{HAN}A-Za-z0-9０-９％%”》）]—[{HAN}A-Za-z0-9０-９“《（]")


@check(
    "text.half-width-mark",
    "Marks in Chinese text are full-width",
    rationale="A half-width mark belongs to Latin text; between ideographs it looks lost.",
    source="GB/T 15834—2011 5.1, CLREQ",
    level="error",
    mends=True,
)
def half_width_mark(copy: Copy) -> Iterator[Finding]:
    """Commas, colons, stops, brackets and the like of ASCII beside Chinese text.

    Decimal points, times (12:30), ratios (3:2), addresses, Latin phrases, and the point behind
    an item's number stay.
    """
    for passage in copy.chinese:
        rights = {at: _FULL[passage.text[at]] for at in _half_width(passage.text)}
        for at, right in sorted({**rights, **dict(half_width_brackets(passage.text))}.items()):
            edits = passage.edit(at, at + 1, right)
            yield finding(passage, at, at + 1, edits, right=right)


def _half_width(text: str) -> Iterator[int]:
    apart = addresses(text)
    for at, sign in enumerate(text):
        if sign not in _FULL or at in apart or not at:
            continue
        before, after = text[at - 1], text[at + 1 : at + 2]
        if sign == ".":
            is_decimal = is_latin(after) and not _A_DATE.match(text, at + 1)
            if (is_han(before) or before in f"{CLOSERS}%℃") and not is_decimal and after != ".":
                yield at
        elif is_chinese(before) or is_chinese(text[at + 1 :].lstrip(" ")[:1]):
            yield at


@check(
    "text.ellipsis",
    "An ellipsis is ……",
    rationale="Six points in the room of two characters; points and stops in a row are not it.",
    source="GB/T 15834—2011 4.11, 5.1.5",
    level="error",
    mends=True,
)
def ellipsis(copy: Copy) -> Iterator[Finding]:
    """Rows of points; …… may be doubled where whole paragraphs are left out."""
    for passage in copy.chinese:
        for found in _DOTS.finditer(passage.text):
            if found[0] in ("……", "…………") or not _is_beside_chinese(passage.text, found):
                continue
            edits = passage.edit(found.start(), found.end(), "……")
            yield finding(passage, found.start(), found.end(), edits)


@check(
    "text.dash",
    "A dash is ——",
    rationale="Two hyphens, or one dash beside a mark, are neither 破折号 nor 连接号.",
    source="GB/T 15834—2011 4.10, 4.13, 5.1.4",
    level="error",
    mends=True,
)
def dash(copy: Copy) -> Iterator[Finding]:
    """Dashes of hyphens or of drawn lines, too long, or single where nothing is joined."""
    for passage in copy.chinese:
        text = passage.text
        for found in _DASHES.finditer(text):
            start, end = found.span()
            joins = len(found[0]) == 1 and _JOINS.match(text, start - 1) if start else None
            if found[0] == "——" or joins or not _is_beside_chinese(text, found):
                continue
            yield finding(passage, start, end, passage.edit(start, end, "——"))


def _is_beside_chinese(text: str, found: re.Match[str]) -> bool:
    """Whether what was found is no option of a program, Latin quotation or row of signs."""
    before, after = text[: found.start()].rstrip(" ")[-1:], text[found.end() :].lstrip(" ")[:1]
    return is_chinese(before) or (is_chinese(after) and not is_latin(before))


@check(
    "text.doubled-mark",
    "No two marks of a pause or stop stand together",
    rationale="One of the two was left over when the sentence was changed.",
    source="GB/T 15834—2011 4.1–4.7",
    level="error",
)
def doubled_mark(copy: Copy) -> Iterator[Finding]:
    """Commas, stops and colons side by side; ？！ may stand together."""
    for passage in copy.chinese:
        for found in _DOUBLED.finditer(passage.text):
            if not found[0].startswith("。。。"):  # meant as an ellipsis
                yield finding(passage, *found.span())


@check(
    "text.full-width-form",
    "Digits and Latin letters are not full-width",
    rationale="Full-width letters are of the age of typewriters; their spaces cannot be set.",
    source="CLREQ",
    level="error",
)
def full_width_form(copy: Copy) -> Iterator[Finding]:
    """Digits and letters of U+FF10 to U+FF5A."""
    for passage in copy.chinese:
        for found in _FULL_WIDTH.finditer(passage.text):
            yield finding(passage, *found.span())


@check(
    "text.space",
    "No space is typed between Chinese characters",
    rationale="Chinese has no word spaces; the composer sets all room between characters.",
    source="CLREQ",
    level="warning",
)
def space(copy: Copy) -> Iterator[Finding]:
    """Spaces and tabs in running text.

    Headlines part clauses by them, bylines names, and a label in a style of its own what follows.
    """
    for passage in copy.chinese:
        if not passage.is_prose and passage.kind not in ("caption", "alt", "quote"):
            continue
        ends = set(accumulate(len(run.text) for run in passage.runs[:-1]))
        for found in _SPACE.finditer(passage.text):
            if ends.isdisjoint(range(found.start(), found.end() + 1)):
                yield finding(passage, *found.span())
