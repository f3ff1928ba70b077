"""Spacing: the operands of a line, read as a PDF reader would, against the measure."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from producer.compose.classes import CLOSING
from producer.errors import Findings, Place
from producer.fonts.library import FontLibrary
from producer.layouts import Layout
from tests.composing import Painted
from tests.conftest import make_composer, make_story
from tests.test_breaking import MEASURES, TEXTS

STYLED = st.lists(
    st.tuples(st.sampled_from(["{}", "{}", "**{}**", "*{}*"]), TEXTS), max_size=3
).map(lambda runs: "样报" + "".join(style.format(text) + "，报" for style, text in runs))


Set = Callable[..., list[Painted]]


@pytest.fixture(scope="session")
def set_in_squares(tiny: Layout, squares: FontLibrary) -> Set:
    """Sets a paragraph in lines of two ems more than `measure`: the indent's in the first."""

    def run(text: str, measure: float) -> list[Painted]:
        composer = make_composer(tiny, squares)
        lines = composer.galley(make_story(text), measure + 2)
        return [Painted(line, composer) for line in lines]

    return run


@settings(max_examples=60, deadline=None)
@given(text=STYLED, measure=MEASURES)
def test_full_lines_end_at_the_measure(
    fonts: FontLibrary, tabloid: Layout, text: str, measure: int
) -> None:
    """Only the blank half of a closing mark may hang over."""
    composer = make_composer(tabloid, fonts)
    *full, last = composer.galley(make_story(text), measure)
    for line in full:
        hang = Painted(line, composer).end - measure
        assert -0.001 <= hang <= (0.501 if line.text.rstrip()[-1] in CLOSING else 0.001)
        assert line.x_em + line.width_em == pytest.approx(measure, abs=0.001)
    assert Painted(last, composer).end <= measure + 0.501


@settings(max_examples=60, deadline=None)
@given(text=STYLED, measure=MEASURES)
def test_the_operands_give_back_the_text(
    fonts: FontLibrary, tabloid: Layout, text: str, measure: int
) -> None:
    composer = make_composer(tabloid, fonts)
    story = make_story(text)
    lines = composer.galley(story, measure)
    assert "".join(line.text for line in lines) == story.body[0].text
    for line in lines:
        assert Painted(line, composer).text == line.text.rstrip()


@settings(max_examples=60, deadline=None)
@given(text=TEXTS, measure=MEASURES)
def test_no_line_is_squeezed_and_stretched(
    fonts: FontLibrary, tabloid: Layout, text: str, measure: int
) -> None:
    """In a line with a gap opened between ideographs every single mark keeps its em."""
    composer = make_composer(tabloid, fonts)
    for line in composer.galley(make_story(text), measure):
        painted = Painted(line, composer)
        texts = [character for character, _ in painted.edges]
        pairs = list(zip(texts, texts[1:], painted.gaps, strict=False))
        ideographs = [gap for one, two, gap in pairs if (one + two).isalpha() and one > "⺀" < two]
        marks = [gap for one, two, gap in pairs if one in "，。、" and two.isalpha()]
        if ideographs and marks and max(ideographs) > 1.001:
            assert min(marks) > 1.0


def test_pure_chinese_needs_no_spacing(tiny: Layout, squares: FontLibrary) -> None:
    lines = make_composer(tiny, squares).galley(make_story("样城时报" * 10), 12)
    assert {">" in line.spans[0].operand.removesuffix(">") for line in lines} == {False}


def test_gaps_are_opened_alike(set_in_squares: Set) -> None:
    """A dash has no room and takes a character along: two ems are shared out among eight."""
    line = set_in_squares("一二三四五六七八九——十", 10)[0]
    assert line.text == "一二三四五六七八"
    assert line.gaps == pytest.approx([1 + 2 / 7] * 7, abs=0.001)
    assert line.end == 12


def test_words_and_dashes_are_not_opened(set_in_squares: Set) -> None:
    line = set_in_squares("一——二GDP三四五Abcdefg", 10)[0]
    texts = [text for text, _ in line.edges]
    assert line.text == "一——二GDP三四五"
    assert line.gaps[texts.index("—")] == 1
    assert [line.gaps[texts.index(letter)] for letter in "GD"] == [0.5, 0.5]
    assert line.gaps[0] > 1


def test_only_the_last_line_is_ragged(set_in_squares: Set) -> None:
    lines = set_in_squares("一二三四五六七八九——十一二三四五六七八", 10)
    assert lines[-1].gaps == [1] * (len(lines[-1].edges) - 1)


def test_two_adjacent_marks_take_an_em_and_a_half(set_in_squares: Set) -> None:
    line = set_in_squares("他说：“好。”一二", 20)[0]
    assert line.edge("“") - line.edge("：") == 0.5
    assert line.edge("”") - line.edge("。") == 0.5
    assert line.edge("一") - line.edge("”") == 1
    assert line.edge("好") - line.edge("“") == 1


def test_an_opening_mark_at_a_line_start_hangs_half_an_em(set_in_squares: Set) -> None:
    second = set_in_squares("一二三四五六七八九十“一二”三四五", 10)[1]
    assert second.text.startswith("“")
    assert second.edge("“") == -0.5
    assert second.edge("一") == 0.5


def test_an_opening_mark_after_the_indent_does_not_hang(set_in_squares: Set) -> None:
    assert set_in_squares("“一二”三四五", 10)[0].edge("“") == 2


def test_a_mark_at_a_line_end_hangs_half_an_em(set_in_squares: Set) -> None:
    """“，” gives half an em, the blank half of “。” the other: nothing else moves."""
    line = set_in_squares("一二三，四五六七八九。十一", 10)[0]
    assert line.text == "一二三，四五六七八九。"
    assert line.edge("。") == 11.5
    assert line.gaps == [1, 1, 1, 0.5, *[1] * 6]


def test_driven_in_before_driven_out(set_in_squares: Set) -> None:
    """Three marks could give an em and a half; as much as is needed is taken from each."""
    line = set_in_squares("一，二，三，四五六七八十", 10)[0]
    assert line.text == "一，二，三，四五六七"
    line = set_in_squares("一，二，三，四五六七。十一二", 10)[0]
    assert line.text == "一，二，三，四五六七。"
    assert line.gaps[1:6:2] == pytest.approx([5 / 6] * 3, abs=0.001)


@pytest.mark.parametrize("number", ["100%", "36.5℃", "￥500", "25％", "1,024"])
def test_a_number_keeps_its_sign_on_every_measure(
    fonts: FontLibrary, tabloid: Layout, number: str
) -> None:
    story = make_story(f"一二三四五六七八九{number}一二三四五六七八九")
    for tenth in range(40, 160):
        lines = make_composer(tabloid, fonts).galley(story, tenth / 10)
        assert sum(number in line.text for line in lines) == 1, tenth


def test_air_between_ideographs_and_latin(fonts: FontLibrary, tabloid: Layout) -> None:
    composer = make_composer(tabloid, fonts)
    line = Painted(composer.galley(make_story("样城5日，A股"), 20)[0], composer)
    face = fonts.face("song")
    five = face.width(face.shape("5")[0].glyph) / 1000
    assert line.edge("5") - line.edge("城") == pytest.approx(1.125, abs=0.001)
    assert line.edge("日") - line.edge("5") == pytest.approx(five + 0.125, abs=0.001)
    assert line.edge("A") - line.edge("，") == 1  # none beside a Chinese mark


def test_a_line_driven_far_out_is_told(fonts: FontLibrary, tabloid: Layout) -> None:
    findings = Findings()
    story = make_story("一二三四五GDP2026GDP2026", headline="长词")
    composer = make_composer(tabloid, fonts, findings)
    for line in composer.galley(story, 12):
        composer.tell_bad_line(story, line, 12)
    (told,) = findings
    assert (told.id, told.level) == ("line.loose", "warning")
    assert told.place == Place("stories/alpha.md", 4)
    assert told.values["story"] == "长词"
    assert told.values["gap"] > tabloid.tolerances.loose_gap_em


def test_a_line_that_ends_where_none_may_is_told(fonts: FontLibrary, tabloid: Layout) -> None:
    """A word longer than the measure; once, however often it is set."""
    findings = Findings()
    composer = make_composer(tabloid, fonts, findings)
    story = make_story("12345678901234567890", headline="长词")
    for _ in range(2):
        for line in composer.galley(story, 9):
            composer.tell_bad_line(story, line, 9)
    (told,) = findings
    assert (told.id, told.level) == ("line.broken", "warning")
    assert told.place == Place("stories/alpha.md", 4)
    assert told.values["line"] == "123456789012"
