"""Checks of headlines and of what must stand beside a picture."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from producer.checks.passages import HEADLINES, Copy
from producer.checks.registry import Finding, check, finding
from producer.errors import Place

# In ems: two lines over four columns at the smallest size of a page's lead, and so down.
LIMITS = {"headline": 26, "short": 14, "kicker": 26, "deck": 40}
# Credits of pictures that show nothing that happened.
_ILLUSTRATION = re.compile("插图|题图|漫画|尾花")
_BREAK = re.compile(r"\s*[|\n]\s*")
# 的士, 了解 and the like begin a line; 总和, 参与 and the like end one.
_POOR_START = re.compile("的(?![确士])|了(?![解如不然得却结断])|得(?![到出益知以失主分])")
_POOR_END = re.compile(
    "(?<![总平温缓饱随调祥柔谐中附求])和$|(?<![参赠给授赋])与$|(?<![以普涉危波])及$|、$"
)


@check(
    "head.too-long",
    "A headline is no longer than two lines of a page's lead",
    rationale="What fits no head of the paper must be cut by an editor, not by the machine.",
    source="house rule; the build measures each head in its frame (head.too-wide)",
    level="warning",
)
def too_long(copy: Copy) -> Iterator[Finding]:
    """Parts of a head that are longer than any style has room for."""
    for passage in copy.chinese:
        limit = LIMITS.get(passage.kind) if passage.story else None
        length = _ems(_BREAK.sub("", passage.text))
        if limit and length > limit:
            yield finding(passage, 0, len(passage.text), length=length, limit=limit)


def _ems(text: str) -> int:
    """The width in whole ems; a Latin letter counts half."""
    halves = (2 if unicodedata.east_asian_width(sign) in "WFA" else 1 for sign in text)
    return (sum(halves) + 1) // 2


@check(
    "head.final-mark",
    "A headline ends without stop or comma",
    rationale="A headline is set apart by its size; a final stop is a character too many.",
    source="trade usage; GB/T 15834—2011 annex A",
    level="warning",
)
def final_mark(copy: Copy) -> Iterator[Finding]:
    """Parts of a head that end in 。 or ，; a kicker may end in a colon, and all in ？ or ！."""
    for passage in copy.chinese:
        marks = "。，、；." if passage.kind == "kicker" else "。，、；：."
        text = passage.text.rstrip()
        if passage.story and passage.kind in HEADLINES and text.endswith(tuple(marks)):
            yield finding(passage, len(text) - 1, len(text))


@check(
    "head.own-break",
    "No line of a headline begins with 的 or 了 or ends with 和 or 与",
    rationale="A line that hangs on the next is read as a slip; the editor's own break wins.",
    source="trade usage",
    level="warning",
)
def own_break(copy: Copy) -> Iterator[Finding]:
    """Breaks that an editor set by | or by a list of lines."""
    for passage in copy.chinese:
        if passage.kind != "headline" or not passage.story:
            continue
        for found in _BREAK.finditer(passage.text):
            before, after = passage.text[: found.start()], passage.text[found.end() :]
            if _POOR_END.search(before) or _POOR_START.match(after):
                yield finding(passage, max(found.start() - 1, 0), found.end() + 1)


@check(
    "picture.no-caption",
    "Every picture has a caption",
    rationale="A reader must learn who or what is seen, where and when.",
    source="trade usage",
    level="warning",
)
def no_caption(copy: Copy) -> Iterator[Finding]:
    """Pictures among a story's insets that have no caption; illustrations need none."""
    yield from _lacking(copy, "caption")


@check(
    "picture.no-credit",
    "Every picture names who made it",
    rationale="The maker has a right to be named.",
    source="著作权法 (2020) 第十条",
    level="warning",
)
def no_credit(copy: Copy) -> Iterator[Finding]:
    """Pictures among a story's insets that have no credit."""
    yield from _lacking(copy, "credit")


def _lacking(copy: Copy, key: str) -> Iterator[Finding]:
    for story in copy.issue.stories.values():
        for inset in story.head.insets:
            is_drawn = key == "caption" and _ILLUSTRATION.search(inset.credit or "")
            if inset.picture and not is_drawn and not getattr(inset, key):
                place = Place(story.place.file, copy.line_of(story.id, inset.picture))
                yield Finding(place, {"picture": inset.picture, "near": inset.alt or ""})
