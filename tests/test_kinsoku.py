"""Line ends by house style: the four levels of kinsoku, ？！ as one, numbers with their signs."""

from __future__ import annotations

from itertools import pairwise

import pytest

from producer.compose.classes import Kinsoku, may_break
from producer.compose.spacing import Spacing
from producer.fonts.library import FontLibrary
from tests.composing import AnyFonts, broken, paragraph_of, spaced_lines

LEVELS: tuple[Kinsoku, ...] = ("none", "basic", "gb", "strict")


def levels_that_allow(before: str, after: str) -> list[Kinsoku]:
    return [level for level in LEVELS if may_break(before, after, level)]


# ---------------------------------------------------------------- levels


@pytest.mark.parametrize(
    ("pair", "allowed"),
    [
        ("字，", ["none"]),
        ("字”", ["none"]),
        ("字…", ["none"]),
        ("“字", ["none"]),
        ("￥字", ["none"]),
        ("字·", ["none"]),
        ("字〜", ["none"]),
        ("字／", ["none", "basic"]),
        ("／字", ["none", "basic"]),
        ("字々", ["none", "basic", "gb"]),
        ("キャ", ["none", "basic", "gb"]),
        ("字ー", ["none", "basic", "gb"]),
        ("字字", [*LEVELS]),
        ("。字", [*LEVELS]),
        ("——", []),
        ("字,", []),  # Latin marks cling to their word at every level
        ("(字", []),
        ("5%", []),
    ],
)
def test_levels(pair: str, allowed: list[Kinsoku]) -> None:
    assert levels_that_allow(*pair) == allowed


def test_each_level_forbids_what_the_one_before_forbids() -> None:
    characters = "字a1，。“”（）—…／々ー·-%￥"
    pairs = [(before, after) for before in characters for after in characters]
    allowed = [{pair for pair in pairs if may_break(*pair, level)} for level in LEVELS]
    assert all(stricter < looser for looser, stricter in pairwise(allowed))


@pytest.mark.parametrize(
    ("level", "lines"),
    [
        ("none", ["一二三四五六", "，七八九"]),
        ("basic", ["一二三四五", "六，七八九"]),
    ],
)
def test_a_paragraph_is_broken_by_its_level(
    squares: FontLibrary, level: Kinsoku, lines: list[str]
) -> None:
    assert broken(squares, "一二三四五六，七八九", 6, spacing=Spacing(kinsoku=level)) == lines


@pytest.mark.parametrize(
    ("pair", "may"),
    [
        ("字\u2060", False),
        ("\u2060字", False),
        (" \u2060", False),
        ("a\u00a0", False),
        ("\u00a0a", False),
        ("a\u200b", False),
        ("\u200ba", True),
        ("\u200b\u200b", False),
        ("\u200b ", False),
        ("字\u2011", False),
        ("\u2011a", False),
    ],
)
def test_joiners_and_zero_width_spaces(pair: str, may: bool) -> None:
    assert may_break(*pair) is may


def test_no_line_ends_behind_an_opening_bracket_and_a_space(squares: FontLibrary) -> None:
    """UAX #14, LB 14; a space typed by mistake does not help the bracket."""
    assert broken(squares, "一二三四五( 六七八", 6) == ["一二三四五", "( 六七八"]
    assert broken(squares, "一二三四五（ 六七八", 6) == ["一二三四五", "（ 六七八"]


# ---------------------------------------------------------------- ？！


@pytest.mark.parametrize(("marks", "width"), [("？", 1), ("？！", 1), ("！！", 1), ("！！！", 2)])
def test_doubled_marks_take_an_em(squares: FontLibrary, marks: str, width: float) -> None:
    """GB/T 15834, 5.1.2: ？！ in one character's place; three marks in two."""
    paragraph = paragraph_of(squares, f"一{marks}二三")
    assert paragraph.left[1 + len(marks)] - paragraph.left[1] == width


def test_doubled_marks_are_not_parted_nor_opened(squares: FontLibrary) -> None:
    assert broken(squares, "一二三四五六？！七八", 6) == ["一二三四五", "六？！七八"]
    first = spaced_lines(paragraph_of(squares, "一二三四？！五六七八——九十"), 10)[0]
    assert first.opened > 0
    assert first.gaps[4] == 0


def test_doubled_marks_end_a_line_within_it(squares: FontLibrary) -> None:
    """They have no blank half to hang over the edge."""
    first = spaced_lines(paragraph_of(squares, "一二三四五？！六七"), 6)[0]
    assert (len(first.order), first.width, first.opened) == (7, 6, 0)
    assert sum(first.gaps) == 0


def test_three_marks_end_a_line(squares: FontLibrary) -> None:
    """The third keeps its blank half, which hangs."""
    paragraph = paragraph_of(squares, "一二三四！！！五六七")
    first = spaced_lines(paragraph, 6)[0]
    assert (len(first.order), first.width) == (7, 6)


# ---------------------------------------------------------------- numbers


@pytest.mark.parametrize("number", "7月 12日 2026年 12.5% ￥500 36℃ 3㎡ 25％ 8时 1,024".split())
@pytest.mark.parametrize("measure", [4, 5, 6, 7, 8, 9])
def test_a_number_stays_with_its_sign(number: str, measure: int) -> None:
    """GB/T 15834 and CLREQ: a number and its sign or unit are one, wherever the line ends."""
    for before in range(2 * measure):
        text = "一" * before + number + "二三四"
        assert sum(number in line for line in broken(AnyFonts(), text, measure)) == 1, text


def test_a_date_breaks_behind_its_sign_only_at_a_cost(squares: FontLibrary) -> None:
    costs = {end.at: end.cost for end in paragraph_of(squares, "于12月25日至").ends}
    assert costs[4] > costs[1] == 0  # 12月|25日, 于|12月
    assert 2 not in costs
    assert 3 not in costs
