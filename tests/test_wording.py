"""Wording by language and paper: jump and from lines, numerals, dates."""

from __future__ import annotations

from dataclasses import fields
from string import Formatter
from typing import Any

import pytest

from producer.model import Paper
from producer.wording import (
    WORDS,
    Words,
    chinese_number,
    from_line,
    jump_line,
    long_date,
    page_numeral,
    words,
)
from tests.conftest import TINY_PAPER


def paper(language: str = "zh-Hans-CN", **jumps: Any) -> Paper:
    return Paper(**{**TINY_PAPER, "language": language, "jumps": jumps})


@pytest.mark.parametrize(
    ("given", "to", "back"),
    [
        (paper(), "（下转第4版）", "（上接第4版）"),
        (paper(numerals="chinese"), "（下转第四版）", "（上接第四版）"),
        (paper(numerals="A"), "（下转第A4版）", "（上接第A4版）"),
        (paper("en"), "Continued on page 4", "Continued from page 4"),
        (paper("en-GB", numerals="B"), "Continued on page B4", "Continued from page B4"),
        (paper("fr"), "Continued on page 4", "Continued from page 4"),
        (paper(to="►{page}版", **{"from": "◄{page}版"}), "►4版", "◄4版"),
        (paper(to="转{page}"), "转4", "（上接第4版）"),
        (paper(to="100% {page} {x}"), "100% 4 {x}", "（上接第4版）"),
    ],
)
def test_jump_lines(given: Paper, to: str, back: str) -> None:
    assert jump_line(given, 4) == to
    assert from_line(given, 4) == back


@pytest.mark.parametrize(
    ("number", "numeral"),
    [
        (1, "一"),
        (4, "四"),
        (10, "十"),
        (12, "十二"),
        (19, "十九"),
        (20, "二十"),
        (21, "二十一"),
        (96, "九十六"),
    ],
)
def test_chinese_numbers(number: int, numeral: str) -> None:
    assert chinese_number(number) == numeral


def test_every_page_of_the_largest_issue_has_its_own_numeral() -> None:
    for numerals in ("arabic", "chinese", "C"):
        found = {page_numeral(paper(numerals=numerals), page) for page in range(1, 97)}
        assert len(found) == 96


def test_dates_in_words() -> None:
    assert long_date("zh-Hans-CN", 2026, 12, 1) == "2026年12月1日"
    assert long_date("en-GB", 2026, 12, 1) == "1 December 2026"


def test_the_language_decides_not_its_script_or_region() -> None:
    assert words("zh-Hant-TW") is words("zh") is WORDS["zh"]
    assert words("zu") is WORDS["en"]


@pytest.mark.parametrize("name", [field.name for field in fields(Words) if field.name != "date"])
def test_every_language_fills_in_the_same(name: str) -> None:
    """What templates hand to a word does not depend on the language; dates are made here."""
    texts = [getattr(own, name) for own in WORDS.values()]
    filled = [{part[1] for part in Formatter().parse(text) if part[1]} for text in texts]
    assert all(text.strip() for text in texts)
    assert filled == [filled[0]] * len(WORDS)
