"""Where lines end: kinsoku, whole words, forced breaks, driving in; in the square font."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from producer.compose.breaking import Shape, break_lines
from producer.edition import Line
from producer.fonts.library import FontLibrary
from producer.layouts import Layout
from tests.composing import broken, paragraph_of
from tests.conftest import make_composer, make_story
from tests.test_classes import FORBIDDEN_ENDS, FORBIDDEN_STARTS

IDEOGRAPHS = st.text("样城日报新闻排版一二三四五六七八九十", min_size=1, max_size=9)
MARKS = (
    "， 。 、 ； ： ？ ！ —— …… “样城” ‘日’ （报） 《样城时报》 【版】 。” ！” ，“报” ：“城”"
).split()
WORDS = "2026 12.5% 36℃ GDP Wi-Fi 4,096 A4 ￥100 10～20 5G”".split()
TEXTS = st.lists(
    st.tuples(IDEOGRAPHS, st.sampled_from(MARKS + WORDS)), min_size=1, max_size=25
).map(lambda pairs: "".join(text for pair in pairs for text in pair))
# Narrower measures cannot hold “《样城时报》，” and its like, which no line may part.
MEASURES = st.integers(9, 25)


def test_pure_chinese_fills_the_measure(squares: FontLibrary) -> None:
    assert broken(squares, "一二三四五六七八九十" * 3, 10) == ["一二三四五六七八九十"] * 3


def test_the_first_line_is_shorter_by_its_indent(squares: FontLibrary) -> None:
    assert broken(squares, "一二三四五六七八九十", 6, 2) == ["一二三四", "五六七八九十"]


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("一二三四五六，七八", ["一二三四五", "六，七八"]),  # the mark takes a character along
        ("一二三四五“六七”", ["一二三四五", "“六七”"]),  # an opening mark goes on
        ("一二三四五——六七", ["一二三四", "五——六七"]),  # a dash is one, and starts no line
        ("一二三四……六七八", ["一二三四……", "六七八"]),
        ("一二三四五12.5%六", ["一二三四五", "12.5%六"]),
        ("一二三四五六$5", ["一二三四五六", "$5"]),
        ("一二三四GDPs五", ["一二三四GDPs", "五"]),
        ("一二三四五GDP六", ["一二三四五", "GDP六"]),
        ("set type well", ["set type ", "well"]),  # the space hangs over the line's end
        ("twelve letters", ["twelve let", "ters"]),  # a hyphen is better than a line half empty
        ("well-known it", ["well-known ", "it"]),
        ("his well-known it", ["his well-", "known it"]),
    ],
)
def test_breaks(squares: FontLibrary, text: str, lines: list[str]) -> None:
    assert broken(squares, text, 6) == lines


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("一二，三四五。六七八", "一二，三四五。"),  # “，” and the blank half of “。” are driven in
        ("一（二三）四。五六", "一（二三）四。"),
        ("一，二三四五，六七", "一，二三四五，"),
        ("一二三四五六。七八九", "一二三四五"),  # half an em is not enough: driven out
    ],
)
def test_driven_in_before_driven_out(squares: FontLibrary, text: str, first: str) -> None:
    assert broken(squares, text, 6)[0] == first


def test_two_adjacent_marks_take_an_em_and_a_half(squares: FontLibrary) -> None:
    paragraph = paragraph_of(squares, "一”，二。（三")
    assert [paragraph.left[index] for index in (2, 3, 5, 6)] == [1.5, 2.5, 4, 5]


def test_a_word_longer_than_the_measure_is_broken(squares: FontLibrary) -> None:
    assert broken(squares, "12345678901234567", 6) == ["123456789012", "34567"]


def test_a_long_word_leaves_its_mark_a_letter(squares: FontLibrary) -> None:
    """A word as long as the measure and a comma: no line may start with the comma."""
    assert [line[0] for line in broken(squares, "yangchengpap，报", 6)][1:] != ["，"]


@pytest.mark.parametrize(
    "text", ["一二\n三四五六七八九", "一二三四五六\n七八九", "一\n\n二", "一\n"]
)
def test_forced_breaks_end_lines(squares: FontLibrary, text: str) -> None:
    lines = broken(squares, text, 6)
    wanted = [piece for given in text.split("\n") for piece in (given[:6], given[6:])]
    assert [line.strip() for line in lines if line.strip()] == [piece for piece in wanted if piece]


def test_a_forced_break_leaves_the_next_line_its_typed_indent(squares: FontLibrary) -> None:
    """Verse: the indent of the second line must not hang over the end of a full first one."""
    lines = broken(squares, "一二三四五六\n\u3000\u3000七八", 6)
    assert lines == ["一二三四五六 ", "\u3000\u3000七八"]


@settings(max_examples=150, deadline=None)
@given(text=TEXTS, measure=MEASURES, indent=st.sampled_from([0, 2]))
def test_kinsoku(fonts: FontLibrary, text: str, measure: int, indent: int) -> None:
    lines = broken(fonts, text, measure, indent, "song")
    assert "".join(lines) == text
    for before, after in pairwise(lines):
        assert after[0] not in FORBIDDEN_STARTS
        assert before[-1] not in FORBIDDEN_ENDS
        assert before[-1] + after[0] not in ("——", "……")
        assert not (before[-1].isascii() and after[0].isascii()) or before[-1] == "-"


@settings(max_examples=100, deadline=None)
@given(text=TEXTS, measure=MEASURES, data=st.data())
def test_a_paragraph_goes_on_from_any_of_its_lines(
    fonts: FontLibrary, text: str, measure: int, data: st.DataObject
) -> None:
    """The second column of a story is set as if nothing had happened."""
    paragraph = paragraph_of(fonts, text, "song")
    whole = break_lines(paragraph, Shape(measure, (2,)))
    at = data.draw(st.integers(0, len(whole) - 1))
    shape = Shape(measure) if at else Shape(measure, (2,))
    assert break_lines(paragraph, shape, whole[at][0], is_first=not at) == whole[at:]


def reach(line: Line) -> float:
    return line.x_em + line.width_em


@settings(max_examples=100, deadline=None)
@given(text=TEXTS, measure=MEASURES)
def test_no_line_is_longer_than_its_measure(
    fonts: FontLibrary, tabloid: Layout, text: str, measure: int
) -> None:
    *full, last = make_composer(tabloid, fonts).galley(make_story(text), measure)
    assert all(reach(line) == pytest.approx(measure, abs=0.001) for line in full)
    assert reach(last) <= measure + 0.001
