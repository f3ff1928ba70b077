"""Line ends against Unicode's own cases for UAX #14 (LineBreakTest.txt), where they are at hand.

The composer is tailored for Chinese (CLREQ), so not every case can agree. Each pair of classes
that it holds together or parts against UAX #14 stands below with its reason.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.composing import AnyFonts, paragraph_of

CASES = Path(__file__).parents[2] / "shared" / "data" / "cjk" / "LineBreakTest.txt"
pytestmark = pytest.mark.skipif(not CASES.exists(), reason="Unicode's cases are not here")

# What a Chinese or English paper sets. Left out: combining marks, which are part of a cluster;
# forced breaks, which the copy's reader has turned into blocks; emoji, Hangul, Hebrew, Thai.
HANDLED = frozenset(
    "AL AI NU ID OP CL CP QU EX IS SY PR PO HY BA B2 IN NS CJ SP GL ZW WJ".lower().split()
)
# Narrow characters that the composer takes for parts of a word, number or formula.
_WORD = "al ai nu cl cp ex is sy hy ba in ns po pr op gl"


class Tailoring(NamedTuple):
    """Classes before and after; capitals are wide (East Asian) characters, * stands for any."""

    before: str
    after: str
    reason: str


# Held together although UAX #14 allows a line to end there.
STRICTER = [
    Tailoring("*", "b2", "CLREQ 3.1.3: —— begins no line"),
    Tailoring("*", "po", "CLREQ 3.1.3: % ‰ ℃ begin no line"),
    Tailoring("pr al", "ID OP", "GB/T 15834, 5.1: a sign before a number (¥ $ # №) ends no line"),
    Tailoring("hy sy", "ID OP", "a hyphen or solidus parts a compound only before a letter"),
    Tailoring(_WORD, _WORD, "words, numbers and formulas stay whole, with their brackets"),
    Tailoring("sp zw", "ba gl", "spaces hang over the line's end, however many there are"),
    Tailoring("sp", "cl cp ex in is ns sy qu", "kinsoku looks at the mark, not at the space"),
    Tailoring("sp", "hy", "CLREQ 3.1.3: a connecting mark begins no line"),
    Tailoring("sp", "wj", "a word joiner joins, whatever the space before it allows"),
]
# Parted although UAX #14 forbids it, on purpose.
LOOSER = [
    Tailoring("*", "CJ", "small kana as in CSS line-break: loose; the level `strict` forbids them"),
    Tailoring("sp", "op OP", "Unicode 15.1 gave LB 15 (QU SP* × OP) up again"),
    Tailoring("ba", "qu", "a tab is a space"),
]


class Position(NamedTuple):
    """A position of a case: what stands around it, what the rules say, what the composer does."""

    text: str
    at: int
    before: str
    after: str
    rule: str
    expected: bool
    found: bool

    def __str__(self) -> str:
        shown = ascii(f"{self.text[: self.at]}|{self.text[self.at :]}")
        return f"{shown} ({self.before}, {self.after}) rule {self.rule}"


def breaks(text: str) -> list[bool]:
    """Whether a line may end before each character of a text but the first, without a hyphen."""
    ends = paragraph_of(AnyFonts(), text).ends
    found = {end.at for end in ends if not end.is_hyphen}
    return [at in found for at in range(1, len(text))]


def disagreements() -> Iterator[Position]:
    for line in CASES.read_text("utf-8").splitlines():
        case, _, comment = line.partition("#")
        if not case.strip():
            continue
        text = "".join(chr(int(code, 16)) for code in re.findall(r"[0-9A-F]{4,}", case))
        named = re.findall(r"\] .*? \(([A-Za-z0-9_]+)\)(?= [×÷])", comment)
        classes = [_class(*pair) for pair in zip(text, named, strict=True)]
        if {name.lower() for name in classes} <= HANDLED:
            yield from _compare(text, classes, re.findall(r"([×÷]) \[([\d.]+)\]", comment))


def _class(character: str, name: str) -> str:
    """The class without what it was resolved to (CJ_NS); capitals tell a wide character."""
    wide = unicodedata.east_asian_width(character) in "WF"
    return name.split("_")[0].upper() if wide else name.split("_")[0].lower()


def _compare(text: str, classes: list[str], rules: list[tuple[str, str]]) -> Iterator[Position]:
    for at, found in enumerate(breaks(text), 1):
        sign, rule = rules[at]
        if found != (sign == "÷"):
            yield Position(text, at, classes[at - 1], classes[at], rule, not found, found)


def covers(row: Tailoring, position: Position) -> bool:
    return all(
        "*" in names.split() or name in names.split()
        for names, name in ((row.before, position.before), (row.after, position.after))
    )


def test_what_is_held_together_has_a_reason() -> None:
    held = [each for each in disagreements() if not each.found]
    bare = [str(each) for each in held if not any(covers(row, each) for row in STRICTER)]
    assert bare == []


def test_what_is_parted_has_a_reason() -> None:
    parted = [each for each in disagreements() if each.found]
    assert [str(each) for each in parted if not any(covers(row, each) for row in LOOSER)] == []


@pytest.mark.parametrize("row", [*STRICTER, *LOOSER], ids=lambda row: f"{row.before}, {row.after}")
def test_no_reason_is_given_for_nothing(row: Tailoring) -> None:
    """A row that no position needs any more is taken out."""
    held = row in STRICTER
    assert any(each.found != held and covers(row, each) for each in disagreements())
