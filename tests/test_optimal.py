"""The best breaks of a paragraph: against all ways, with more or fewer lines, at what work."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from producer.compose.breaking import Shape, break_lines, line_changes
from producer.compose.linecosts import Lines
from producer.compose.paragraph import Paragraph
from producer.fonts.library import FontLibrary
from tests.composing import broken, lines_of, paragraph_of
from tests.test_breaking import TEXTS

SHORT = st.text("一二三四五六七八九十，。“”ABC1 ", min_size=1, max_size=26)
SHAPES = st.builds(
    Shape,
    st.sampled_from([4.0, 5.0, 5.5, 6.0, 7.25]),
    st.sampled_from([(), (2.0,), (1.0, 1.0), (-1.0,)]),
)
Way = tuple[float, list[tuple[int, int]]]


def all_ways(paragraph: Paragraph, shape: Shape, start: int = 0, line: int = 0) -> Iterator[Way]:
    """Every way through the lines that the costs offer, by brute force."""
    if start == len(paragraph.clusters):
        yield 0.0, []
        return
    for end, cost in Lines(paragraph).edges(start, shape.room(line), line == 0):
        for rest, lines in all_ways(paragraph, shape, end, line + 1):
            yield cost + rest, [(start, end), *lines]


def cost_of(paragraph: Paragraph, shape: Shape, ranges: list[tuple[int, int]]) -> float:
    lines = Lines(paragraph)
    return sum(
        dict(lines.edges(start, shape.room(number), number == 0))[end]
        for number, (start, end) in enumerate(ranges)
    )


@settings(max_examples=120, deadline=None)
@given(text=SHORT, shape=SHAPES)
@example(text="1一1一一”", shape=Shape(4.0, (-1.0,)))  # fits the hanging line alone
def test_no_way_is_cheaper(squares: FontLibrary, text: str, shape: Shape) -> None:
    paragraph = paragraph_of(squares, text)
    ways = list(all_ways(paragraph, shape))
    chosen = break_lines(paragraph, shape)
    assert cost_of(paragraph, shape, chosen) == pytest.approx(min(cost for cost, _ in ways))


@settings(max_examples=120, deadline=None)
@given(text=SHORT, shape=SHAPES, change=st.integers(-2, 2))
def test_a_number_of_lines_is_had_at_the_least_cost(
    squares: FontLibrary, text: str, shape: Shape, change: int
) -> None:
    paragraph = paragraph_of(squares, text)
    least: dict[int, float] = {}
    for cost, lines in all_ways(paragraph, shape):
        least[len(lines)] = min(cost, least.get(len(lines), cost))
    best = break_lines(paragraph, shape)
    changes = line_changes(paragraph, shape)
    assert changes == pytest.approx(
        {count - len(best): cost - min(least.values()) for count, cost in least.items()}
    )
    found = break_lines(paragraph, shape, change=change)
    wanted = len(best) + change
    assert len(found) == (wanted if wanted in least else len(best))
    assert cost_of(paragraph, shape, found) == pytest.approx(least[len(found)])


@settings(max_examples=60, deadline=None)
@given(text=TEXTS, measure=st.integers(9, 25), data=st.data())
def test_a_changed_paragraph_goes_on_from_its_lines(
    fonts: FontLibrary, text: str, measure: int, data: st.DataObject
) -> None:
    """What is left of a paragraph can be changed like a whole one, and counts its own lines."""
    paragraph = paragraph_of(fonts, text, "song")
    whole = break_lines(paragraph, Shape(measure, (2,)))
    at = data.draw(st.integers(0, len(whole) - 1))
    changes = line_changes(paragraph, Shape(measure), whole[at][0], is_first=False)
    assert min(changes.values()) == 0
    for change in changes:
        again = break_lines(paragraph, Shape(measure), whole[at][0], False, change)
        assert again[0][0] == whole[at][0]
        assert again[-1][1] == len(paragraph.clusters)


def test_a_line_more_and_a_line_less(squares: FontLibrary) -> None:
    text = "一二三，四五，六七八九十一二，三四五六七八九十一，二三四"
    paragraph = paragraph_of(squares, text)
    shape, best = Shape(9), lines_of(paragraph, 9)
    assert len(lines_of(paragraph, 9, change=1)) == len(best) + 1
    assert line_changes(paragraph, shape)[0] == 0
    assert line_changes(paragraph, shape)[1] > 0
    assert -1 not in line_changes(paragraph, shape)
    assert lines_of(paragraph, 9, change=-1) == best
    assert lines_of(paragraph, 9, change=9) == best


def test_driven_in_to_save_a_line(squares: FontLibrary) -> None:
    """A paragraph that is one line longer for two characters can give them up."""
    text = "一二，三四五，六七八九，十一二三四五六，七八"
    paragraph = paragraph_of(squares, text)
    changes = line_changes(paragraph, Shape(10))
    assert sorted(changes)[0] <= 0
    assert len(lines_of(paragraph, 10, change=min(changes))) == len(lines_of(paragraph, 10)) + min(
        changes
    )


def test_an_empty_paragraph_has_no_lines(squares: FontLibrary) -> None:
    paragraph = paragraph_of(squares, "")
    assert break_lines(paragraph, Shape(9)) == []
    assert line_changes(paragraph, Shape(9)) == {}
    assert break_lines(paragraph_of(squares, "一二"), Shape(9), start=2) == []


# ---------------------------------------------------------------- last lines


@pytest.mark.parametrize("length", range(9, 50))
def test_no_last_line_is_of_one_character(squares: FontLibrary, length: int) -> None:
    """孤字: a longer paragraph gives its last line a second character."""
    text = ("一二三四五六七八九十" * 4)[:length]
    lines = broken(squares, f"{text}。", 12, 2)
    assert len(lines) == 1 or len(lines[-1].rstrip("。")) >= 2


def test_a_mark_and_a_character_are_still_one_character(squares: FontLibrary) -> None:
    assert broken(squares, "一二三四五六七八九十一”。", 10)[-1] == "十一”。"


@pytest.mark.parametrize("word", ["AB", "12"])
def test_a_last_line_is_no_short_word(squares: FontLibrary, word: str) -> None:
    assert broken(squares, f"一二三四五六七八九十{word}", 10)[-1] == f"十{word}"


def test_a_paragraph_of_one_character_is_one_line(squares: FontLibrary) -> None:
    assert broken(squares, "一", 6, 2) == ["一"]


# ---------------------------------------------------------------- work


def priced(fonts: FontLibrary, text: str, monkeypatch: pytest.MonkeyPatch) -> tuple[int, int]:
    """How often lines are asked for, and how many of them are looked at."""
    calls, seen = 0, 0
    edges = Lines.edges

    def counted(self: Lines, *where: Any) -> list[tuple[int, float]]:
        nonlocal calls, seen
        found = edges(self, *where)
        calls, seen = calls + 1, seen + len(found)
        return found

    with monkeypatch.context() as patch:
        patch.setattr(Lines, "edges", counted)
        break_lines(paragraph_of(fonts, text), Shape(12, (2,)))
    return calls, seen


@pytest.mark.parametrize("text", ["样城日报，新闻排版。", "样城GDP增长12.5%，", "a bc def ghij "])
def test_the_work_grows_with_the_text_and_no_faster(
    squares: FontLibrary, text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each cluster begins lines once at most, but for those of the first way that is tried."""
    for count in (10, 100, 400):
        calls, seen = priced(squares, text * count, monkeypatch)
        clusters = len(text) * count
        assert calls <= 1.3 * clusters
        assert seen <= 8 * calls
