"""Latin paragraphs and words: spaces, hyphens, quotes and apostrophes, addresses, long words."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from producer.compose import linecosts
from producer.compose.breaking import Shape, break_lines
from producer.compose.hyphenation import word_breaks
from producer.compose.justify import space_line
from producer.compose.paragraph import Paragraph
from producer.edition import Line, Mark
from producer.errors import Findings
from producer.fonts.library import FontLibrary
from producer.layouts import Layout
from tests.composing import Painted, broken, lines_of, paragraph_of, spaced_lines
from tests.conftest import make_composer, make_story

ENGLISH = "The committee considered several recommendations concerning neighbourhood transport"
COPY = "a of the river communication neighbourhood it’s well-known “fine” 12.5%".split()
WORDS = st.lists(st.sampled_from(COPY), min_size=3, max_size=30).map(" ".join)


def latin(fonts: FontLibrary, text: str, language: str = "en-GB") -> Paragraph:
    return paragraph_of(fonts, text, language=language)


def hyphenated(text: str, language: str) -> list[str]:
    """A word's parts between its hyphens."""
    places = [at for at, found in word_breaks(text, language, True).items() if found.is_hyphen]
    edges = [0, *sorted(places), len(text)]
    return [text[start:end] for start, end in pairwise(edges)]


# ---------------------------------------------------------------- spaces


def test_only_spaces_open(squares: FontLibrary) -> None:
    paragraph = latin(squares, ENGLISH)
    for line in spaced_lines(paragraph, 14):
        for at, gap in zip(line.order, line.gaps, strict=True):
            assert gap == 0 or paragraph.clusters[at].text == " "


@settings(max_examples=60, deadline=None)
@given(text=WORDS, measure=st.integers(10, 24))
def test_lines_are_full_and_lose_nothing(squares: FontLibrary, text: str, measure: int) -> None:
    paragraph = latin(squares, text)
    lines = break_lines(paragraph, Shape(measure))
    assert "".join(paragraph.text(*ends) for ends in lines) == text
    for start, end in lines[:-1]:
        spaced = space_line(paragraph, start, end, measure, fill=True, is_first=not start)
        has_space = " " in paragraph.text(start, end).strip()
        assert not has_space or spaced.width == pytest.approx(measure)


def test_spaces_at_a_line_s_end_hang(squares: FontLibrary) -> None:
    (first, _) = spaced_lines(latin(squares, "one two  three four"), 5)
    assert first.width == 5


# ---------------------------------------------------------------- hyphens


@pytest.mark.parametrize(
    ("word", "language", "parts"),
    [
        ("neighbourhood", "en-GB", ["neigh", "bour", "hood"]),
        ("recommendation", "en-US", ["rec", "om", "men", "da", "tion"]),
        ("Zeitungspapier", "de", ["Zei", "tungs", "pa", "pier"]),
        ("Zeitungspapier", "de-DE", ["Zei", "tungs", "pa", "pier"]),
        ("news", "en-GB", ["news"]),
        ("well-considered", "en-GB", ["well-con", "sidered"]),
        ("state-of-the-art", "en-GB", ["state-of-the-art"]),
        ("considered", "xx", ["considered"]),  # no dictionary: whole
        ("COVID2019test", "en-US", ["COVID2019test"]),
    ],
)
def test_words_break_at_syllables(word: str, language: str, parts: list[str]) -> None:
    assert hyphenated(word, language) == parts


def test_a_compound_breaks_behind_its_own_hyphen(squares: FontLibrary) -> None:
    paragraph = latin(squares, "a well-considered plan")
    costs = {paragraph.text(0, end.at): end.cost for end in paragraph.ends}
    plain = {latin(squares, "considered").ends[0].cost}
    assert costs["a well-"] < min(plain) < costs["a well-con"]


def test_a_hyphen_is_painted_and_not_text(tiny: Layout, squares: FontLibrary) -> None:
    composer = make_composer(tiny, squares)
    story = make_story("The recommendations considered communication.", language="en-US")
    lines = composer.galley(story, 10)
    painted = [Painted(line, composer) for line in lines]
    broken_words = [line for line in lines[:-1] if line.text[-1].isalpha()]
    assert broken_words
    assert "".join(line.text for line in lines) == story.body[0].text
    for line, one in zip(lines, painted, strict=True):
        assert one.text == line.text.rstrip() + ("-" if line in broken_words else "")
        assert line.x_em + line.width_em == pytest.approx(one.end, abs=0.001)
    offsets = [(line.start, line.end) for line in lines]
    assert [end for _, end in offsets[:-1]] == [start for start, _ in offsets[1:]]
    assert [story.body[0].text[start:end] for start, end in offsets] == [x.text for x in lines]


def test_a_galley_goes_on_behind_a_hyphen(tiny: Layout, squares: FontLibrary) -> None:
    story = make_story("The recommendations considered communication.", language="en-US")
    composer = make_composer(tiny, squares)
    whole = composer.galley(story, 10)
    at = next(n for n, line in enumerate(whole[:-1], 1) if line.text[-1].isalpha())
    assert composer.galley(story, 10, Mark(0, whole[at].start)) == whole[at:]


def hyphens(lines: list[str]) -> list[bool]:
    return [line[-1].isalpha() for line in lines[:-1]]


def test_hyphens_in_turn_are_avoided(squares: FontLibrary, monkeypatch: pytest.MonkeyPatch) -> None:
    """At each measure no more of them than if they cost nothing; fewer, the more they cost."""

    def in_turn() -> list[int]:
        turns = [hyphens(lines_of(latin(squares, ENGLISH * 3), em)) for em in range(12, 25)]
        return [sum(one and two for one, two in pairwise(each)) for each in turns]

    found = in_turn()
    monkeypatch.setattr(linecosts, "_HYPHENS_IN_TURN", 0.0)
    free = in_turn()
    assert all(few <= many for few, many in zip(found, free, strict=True))
    monkeypatch.setattr(linecosts, "_HYPHENS_IN_TURN", 200.0)
    assert sum(in_turn()) < sum(free)


def test_no_hyphen_where_lines_fill_without(squares: FontLibrary) -> None:
    assert hyphens(lines_of(latin(squares, "communication neighbourhood"), 7)) == [False]


def test_english_words_in_chinese_are_hyphenated_in_need_only(squares: FontLibrary) -> None:
    assert broken(squares, "一二三四五六communication七八九", 10)[0] == "一二三四五六communi"
    lines = broken(squares, "一二三四五六七八九communication", 10)
    assert lines[0] == "一二三四五六七八九"


# ---------------------------------------------------------------- quotes and apostrophes


def places(paragraph: Paragraph) -> set[int]:
    return {end.at for end in paragraph.ends if not end.is_hyphen}


@pytest.mark.parametrize("text", ["don’t", "O’Brien", "‘90s’", "“don’t”", "it’s", "’90s"])
def test_quotes_of_english_cling(squares: FontLibrary, text: str) -> None:
    assert places(latin(squares, text)) == {len(text)}


def test_quotes_break_at_their_outer_side(squares: FontLibrary) -> None:
    assert places(latin(squares, "a “b c” d")) == {2, 5, 8, 9}


@pytest.mark.parametrize("language", ["en-GB", "de"])
def test_quotes_of_latin_are_narrow(fonts: FontLibrary, language: str) -> None:
    """In 宋 they are an em wide; their ink is not."""
    paragraph = paragraph_of(fonts, "“don’t”", "song", language=language)
    quotes = [each for each in paragraph.clusters if each.text in "“’”"]
    assert all(each.width < 0.5 for each in quotes)
    assert all(not (each.blank_before or each.blank_after) for each in quotes)


def test_an_apostrophe_in_chinese_is_narrow_and_a_quote_is_not(fonts: FontLibrary) -> None:
    paragraph = paragraph_of(fonts, "说“Xi’an”好", "song")
    widths = {each.text: each.width for each in paragraph.clusters}
    assert widths["’"] < 0.5
    assert widths["“"] == widths["”"] == 1
    text = "说“Xi’an”好"
    assert not places(paragraph) & {text.index("’"), text.index("’") + 1}


# ---------------------------------------------------------------- addresses and long words


@pytest.mark.parametrize(
    ("address", "parts"),
    [
        ("www.yangcheng.example", ["www.", "yangcheng.", "example"]),
        ("https://a.example/news/2026", ["https://", "a.", "example/", "news/", "2026"]),
        ("editor@yangcheng.example", ["editor@", "yangcheng.", "example"]),
        ("a.example/x_y?z=1&w=2", ["a.", "example/", "x_", "y?", "z=", "1&", "w=", "2"]),
    ],
)
def test_addresses_break_behind_their_marks(address: str, parts: list[str]) -> None:
    found = word_breaks(address, "zh-Hans-CN", False)
    assert not any(each.is_hyphen for each in found.values())
    edges = [0, *sorted(found), len(address)]
    assert [address[a:b] for a, b in pairwise(edges)] == parts


@pytest.mark.parametrize("word", ["12.5%", "3.1415926", "1,024,000"])
def test_numbers_are_no_addresses(word: str) -> None:
    assert word_breaks(word, "zh-Hans-CN", False) == {}


def test_an_address_has_no_hyphen_in_its_lines(tiny: Layout, squares: FontLibrary) -> None:
    composer = make_composer(tiny, squares)
    lines = composer.galley(make_story("请登录www.yangcheng.example/communication查看"), 10)
    assert "".join(painted(composer, lines)) == "".join(line.text for line in lines)


def painted(composer: Any, lines: list[Line]) -> list[str]:
    return [Painted(line, composer).text for line in lines]


@pytest.mark.parametrize("measure", [4, 6.5, 8])
def test_a_word_longer_than_the_measure_fills_it(squares: FontLibrary, measure: float) -> None:
    text = "一1234567890123456789012345二"
    lines = broken(squares, text, measure)
    assert "".join(lines) == text
    widths = [sum(1 if c > "⺀" else 0.5 for c in line) for line in lines]
    assert max(widths) <= measure
    assert max(widths) > measure - 0.5


# ---------------------------------------------------------------- joiners


@pytest.mark.parametrize("joiner", ["\u00a0", "\u2060", "\u202f"])
def test_joiners_hold(fonts: FontLibrary, joiner: str) -> None:
    """No face has a word joiner; it holds all the same, and is not told as missing."""
    kept = f"二{joiner}三".replace("\u2060", "")
    for measure in range(8, 20):
        lines = broken(fonts, f"样城日报一二{joiner}三四五六七八九十", measure / 2, face="song")
        assert any(kept in line for line in lines), measure


def test_a_word_joiner_is_not_told_as_missing(fonts: FontLibrary, tabloid: Layout) -> None:
    findings = Findings()
    make_composer(tabloid, fonts, findings).galley(make_story("一\u2060二"), 12)
    assert list(findings) == []


def test_a_zero_width_space_lets_a_word_break_without_hyphen(fonts: FontLibrary) -> None:
    paragraph = paragraph_of(fonts, "ABCD\u200bEFGH", "song")
    assert places(paragraph) == {5, 9}
    assert all(each.width == 0 for each in paragraph.clusters if each.text == "\u200b")


def test_a_soft_hyphen_shows_at_a_line_s_end_only(fonts: FontLibrary, tabloid: Layout) -> None:
    composer = make_composer(tabloid, fonts)
    story = make_story("ABCDEFGH1\u00adABCDEFGH2")
    assert [painted(composer, composer.galley(story, measure)) for measure in (20, 10)] == [
        ["ABCDEFGH1\u00adABCDEFGH2"],
        ["ABCDEFGH1\u00ad-", "ABCDEFGH2"],
    ]
