"""Every mark of CLREQ's punctuation tables has its class, at the basic level of kinsoku.

The tables are W3C's own (CLREQ 3.1.1), where they are at hand.
"""

from __future__ import annotations

import csv
import unicodedata
from pathlib import Path

import pytest

from producer.compose.classes import CLOSING, OPENING, may_break

TABLE = Path(__file__).parents[2] / "shared" / "data" / "cjk" / "clreq_punctuation.tsv"
pytestmark = pytest.mark.skipif(not TABLE.exists(), reason="CLREQ's tables are not here")

PAUSES, SIGNS, BRACKETS = (
    f"table_of_{name}_punctuation_marks"
    for name in ("pause_or_stop", "non-bracket_indication", "bracket_indication")
)
# Set above or below the text (专名号, 书名号, 着重号): not among the characters of a line.
INTERLINEAR = "table_of_interlinear_indication_punctuation_marks"
# 破折号 and 省略号: never parted; at the basic level they may begin a line.
DOUBLE = "—⸺…⋯"
# Of one em without a blank half: ‼ ⁇.
WHOLE = "‼⁇"

# 分隔号: of GB's level; at the basic one it may stand at either end of a line.
SOLIDUS = "／"


def marks(*sections: str) -> set[str]:
    """The characters of some tables; rows differ in their cells, but all have a code."""
    found = set()
    with TABLE.open(encoding="utf-8", newline="") as file:
        for row in csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            if row[0] in sections:
                found.add(chr(int(next(filter(_is_code, row)), 16)))
    return found


def _is_code(cell: str) -> bool:
    return len(cell) == 4 and set(cell) <= set("0123456789ABCDEF")


def closing() -> set[str]:
    return {mark for mark in marks(BRACKETS) if "RIGHT" in unicodedata.name(mark)}


def opening() -> set[str]:
    return {mark for mark in marks(BRACKETS) if "LEFT" in unicodedata.name(mark)}


def test_the_tables_are_read() -> None:
    assert set("。，、：；！？") <= marks(PAUSES)
    assert set("～-–·/") <= marks(SIGNS)
    assert set("》】〕") <= closing()
    assert closing() | opening() == marks(BRACKETS)
    assert not marks(INTERLINEAR) & marks(PAUSES, SIGNS)


def test_no_line_begins_with_a_pause_a_closing_mark_or_a_sign() -> None:
    forbidden = (marks(PAUSES, SIGNS) | closing()) - set(DOUBLE)
    assert {mark for mark in forbidden if may_break("字", mark, "gb")} == set()
    assert {mark for mark in forbidden if may_break("字", mark, "basic")} == set(SOLIDUS)


def test_no_line_ends_with_an_opening_mark() -> None:
    assert {mark for mark in opening() if may_break(mark, "字")} == set()
    assert may_break(SOLIDUS, "字", "basic")
    assert not may_break(SOLIDUS, "字", "gb")


def test_double_marks_are_never_parted() -> None:
    assert set(DOUBLE) <= marks(SIGNS)
    assert {mark for mark in DOUBLE if may_break(mark, mark)} == set()


def test_full_width_marks_have_their_blank_half() -> None:
    """CLREQ 3.1.6: what may be set in half an em at a line's edge and beside other marks."""
    after = (marks(PAUSES) | closing()) - set(WHOLE)
    assert (after - CLOSING) | (opening() - OPENING) == set()
