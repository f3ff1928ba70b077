"""Text of both directions, against the rules of UAX #9 and the library's own reordering."""

from __future__ import annotations

import pytest
from bidi import get_display
from hypothesis import given
from hypothesis import strategies as st

from producer.compose.bidi import RIGHT_TO_LEFT, levels, line_levels, visual_order

LEVELS = st.lists(st.integers(0, 6), max_size=30)
# Every class that copy can hold: both directions, numbers, separators, brackets, marks, joiners.
TEXT = st.text("中文aאבسل0١٢,./+%$()（）「」 \u0301\u05b8\u200d!、。", max_size=24)
# As in UAX #9, capitals stand for right-to-left letters.
HEBREW = str.maketrans("ABCDEFGHIKLMNOPRSTUVWXYZ", "אבגדהוזחטיכלמםנןסעפףצקרש")


def displayed(text: str, base: int = 0) -> str:
    """A line as it stands from left to right, brackets not mirrored."""
    found = levels(text, base) or [base] * len(text)
    return "".join(text[index] for index in visual_order(line_levels(text, found, base)))


def test_a_paragraph_without_right_to_left_text_has_no_levels(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delattr("producer.compose.bidi.get_display")
    assert levels("") is None
    assert levels("第3版：Ω＝1.5%（ก ན न）、🙂𠀀") is None


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("他说שלום。", "0011110"),
        ("𠀀אב中", "0110"),  # beyond the basic plane
        ("אב 12 גד", "11122111"),  # a European number in Hebrew
        ("سن 12 سن", "11122111"),  # the same, made an Arabic one by W2
        ("سن ١٢٫٥ سن", "1112222111"),
        ("אב, גד 。", "11111100"),  # neutrals between two of a kind follow them (N1), others not
        ("אב abc גד", "110000011"),
        ("אב (גד)中", "11111110"),  # a pair of brackets goes together (N0)
        ("אב (ab) 中", "110000000"),
        ("中（אב）文", "001100"),
        ("שָׁ中", "1110"),  # points go with their letter (W1)
        ("س\u200dس", "111"),  # and so do joiners
        ("אב\nגד", "11011"),
        ("-5אב", "0011"),
        ("א levels: [Level(5", "1" + "0" * 17),
        ("אב-5", "1112"),
    ],
)
def test_levels(text: str, found: str) -> None:
    assert levels(text) == [int(level) for level in found]


@pytest.mark.parametrize(
    ("text", "found"), [("中文", "22"), ("אב", "11"), ("אב 中", "1112"), ("12", "22")]
)
def test_levels_of_a_right_to_left_paragraph(text: str, found: str) -> None:
    assert levels(text, RIGHT_TO_LEFT) == [int(level) for level in found]


@pytest.mark.parametrize(
    ("text", "base", "shown"),
    [
        ("car means CAR.", 0, "car means RAC."),
        ("car MEANS CAR.", 1, ".RAC SNAEM car"),
        ("he said “IT DOES,” and so on", 0, "he said “SEOD TI,” and so on"),
        ("THE VALUES ARE 123, 456, 789, OK", 1, "KO ,789 ,456 ,123 ERA SEULAV EHT"),
    ],
)
def test_mixed_sentences(text: str, base: int, shown: str) -> None:
    assert displayed(text.translate(HEBREW), base) == shown.translate(HEBREW)


def test_blanks_at_a_line_s_end_stand_at_its_end() -> None:
    line = "中אב "
    assert levels(line + "גד中") == [0, 1, 1, 1, 1, 1, 0]
    assert line_levels(line, [0, 1, 1, 1]) == [0, 1, 1, 0]
    assert line_levels(["א", " ", "\u3000"], [1, 1, 1]) == [1, 0, 0]
    assert line_levels([" "], [2], RIGHT_TO_LEFT) == [1]
    assert line_levels("", []) == []


@pytest.mark.parametrize(
    ("found", "order"),
    [
        ([], []),
        ([0, 1, 1, 0], [0, 2, 1, 3]),
        ([1, 1, 2, 2, 1], [4, 2, 3, 1, 0]),
        ([0, 2, 2, 0], [0, 1, 2, 3]),
        ([2, 1, 0, 1, 2], [1, 0, 2, 4, 3]),
        ([3, 2], [0, 1]),
    ],
)
def test_visual_order(found: list[int], order: list[int]) -> None:
    assert visual_order(found) == order


@given(LEVELS)
def test_the_order_is_a_permutation(found: list[int]) -> None:
    assert sorted(visual_order(found)) == list(range(len(found)))


@given(st.integers(0, 6), st.integers(0, 30))
def test_one_level_stays_or_is_turned_whole(level: int, length: int) -> None:
    order = list(range(length))
    assert visual_order([level] * length) == (order[::-1] if level % 2 else order)


@given(LEVELS)
def test_neighbours_of_one_level_stay_neighbours(found: list[int]) -> None:
    places = {index: place for place, index in enumerate(visual_order(found))}
    for index, level in enumerate(found[1:], 1):
        if found[index - 1] == level:
            assert places[index] - places[index - 1] == (-1 if level % 2 else 1)


# The library counts joiners before a line's end among its blanks; nothing is seen of either.
@given(TEXT.filter(lambda text: not text.rstrip(" ").endswith("\u200d")), st.sampled_from([0, 1]))
def test_lines_stand_as_the_library_sets_a_whole_paragraph(text: str, base: int) -> None:
    assert displayed(text, base) == get_display(text, base_dir="LR"[base])
