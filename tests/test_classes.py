"""Character classes: which pairs of characters may stand on both sides of a line's end."""

from __future__ import annotations

import pytest

from producer.compose.classes import CLOSING, OPENING, Class, between, class_of, forbidden

# CLREQ 3.1.3 at its basic level and GB/T 15834, 5.1, written out once more.
FORBIDDEN_STARTS = "、，。：；！？”’）》〉】』」·%％℃…—–"
FORBIDDEN_ENDS = "“‘（《〈【『「￥"


@pytest.mark.parametrize("mark", FORBIDDEN_STARTS)
@pytest.mark.parametrize("before", "字a1”")
def test_no_break_before_closing_marks(before: str, mark: str) -> None:
    assert not between(before, mark).may_break


@pytest.mark.parametrize("mark", FORBIDDEN_ENDS)
@pytest.mark.parametrize("after", "字a1“")
def test_no_break_after_opening_marks(mark: str, after: str) -> None:
    assert not between(mark, after).may_break


@pytest.mark.parametrize("pair", ["字字", "字a", "a字", "字1", "1字", "。字", "字“", "”字", "。“"])
def test_break_beside_ideographs_and_quotes(pair: str) -> None:
    """A break outside of quotes is allowed, where Pango 1.50 forbids any beside “ and ”."""
    assert between(*pair).may_break


@pytest.mark.parametrize("pair", ["ab", "a1", "1a", "12", "1.", ".5", "1,", "a.", "-1", "éa", "a'"])
def test_latin_words_and_numbers_are_whole(pair: str) -> None:
    assert not between(*pair).may_break
    assert not between(*pair).is_stretchable


@pytest.mark.parametrize(("pair", "may_break"), [("-a", True), ("/a", True), ("-5", False)])
def test_a_compound_word_may_end_after_its_hyphen(pair: str, may_break: bool) -> None:
    assert between(*pair).may_break is may_break


@pytest.mark.parametrize("mark", "—…⸺")
def test_double_marks_are_one(mark: str) -> None:
    boundary = between(mark, mark)
    assert not boundary.may_break
    assert not boundary.is_stretchable


@pytest.mark.parametrize("sign", "%％℃‰°")
def test_a_number_keeps_its_sign(sign: str) -> None:
    assert not between("5", sign).may_break


@pytest.mark.parametrize("sign", "￥¥$€№#")
def test_a_sign_keeps_its_number(sign: str) -> None:
    assert not between(sign, "5").may_break


def test_a_line_ends_after_a_space_not_before_it() -> None:
    assert not between("a", " ").may_break
    assert between(" ", "a").may_break
    assert not between(" ", "，").may_break


@pytest.mark.parametrize("pair", ["字字", "字，", "，字", "字a", "1字", "字（", " a"])
def test_a_line_may_be_driven_out_between_ideographs(pair: str) -> None:
    assert between(*pair).is_stretchable


@pytest.mark.parametrize(
    ("pair", "mixed"),
    [("字a", True), ("1字", True), ("，a", False), ("a”", False), ("字字", False)],
)
def test_only_ideographs_and_latin_are_mixed(pair: str, mixed: bool) -> None:
    """CLREQ wants no gap beside Chinese marks."""
    assert between(*pair).is_mixed is mixed


def test_adjacent_marks_are_known() -> None:
    assert between("。", "”").is_marks
    assert between("：", "“").is_marks
    assert not between("。", "字").is_marks
    assert not between("—", "“").is_marks


@pytest.mark.parametrize(
    ("characters", "kind"),
    [
        ("字々ひカ한", Class.IDEOGRAPH),
        ("，。（“”…—·①", Class.MARK),
        ("aZ5%-é", Class.LATIN),
        (" \u3000\n", Class.SPACE),
    ],
)
def test_classes(characters: str, kind: Class) -> None:
    assert {class_of(character) for character in characters} == {kind}


def test_the_sets_agree_with_each_other() -> None:
    no_start, no_end = forbidden("basic")
    assert no_start >= CLOSING
    assert no_end >= OPENING
    assert not no_start & no_end
