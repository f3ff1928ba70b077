"""Any text on any measure: composing ends, loses nothing, and tells what it could not keep."""

from __future__ import annotations

import unicodedata
from itertools import pairwise

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from producer.compose.breaking import Shape, break_lines
from producer.compose.classes import Kinsoku, forbidden
from producer.compose.justify import space_line
from producer.compose.paragraph import Paragraph
from producer.compose.spacing import Spacing
from producer.errors import Findings
from producer.fonts.library import FontLibrary
from producer.layouts import Layout
from tests.composing import paragraph_of
from tests.conftest import make_composer, make_story

MEASURES = st.floats(4, 40).map(lambda em: round(em, 2))
# What copy is made of, more often than chance would have it.
COMMON = "的一是样城日报，。、；：？！“”‘’（）《》—…·～ aeGDP0127.,%-/@年月℃￥\u3000\u00a0\u200b"
LEVELS: tuple[Kinsoku, ...] = ("none", "basic", "gb", "strict")


def text_of(fonts: FontLibrary, data: st.DataObject, more: str = "") -> str:
    """A string of the body face's characters."""
    known = sorted(chr(code) for code in fonts.face("song").font.face.unicodes)
    known = [each for each in known if unicodedata.category(each)[0] != "C"]
    letter = st.one_of(st.sampled_from(COMMON + more), st.sampled_from(known))
    return data.draw(st.lists(letter, min_size=1, max_size=80).map("".join))


def is_emergency(paragraph: Paragraph, end: int) -> bool:
    """A line that ends where none may: a word longer than the measure."""
    return end not in {each.at for each in paragraph.ends}


@settings(max_examples=250, deadline=None)
@given(data=st.data(), measure=MEASURES, level=st.sampled_from(LEVELS))
def test_lines_are_contiguous_and_fit(
    fonts: FontLibrary, data: st.DataObject, measure: float, level: Kinsoku
) -> None:
    text = text_of(fonts, data, "\n")
    paragraph = paragraph_of(fonts, text, "song", Spacing(kinsoku=level))
    ranges = break_lines(paragraph, Shape(measure, (2,)))
    assert [start for start, _ in ranges] == [0, *(end for _, end in ranges[:-1])]
    assert ranges[-1][1] == len(paragraph.clusters)
    assert paragraph.text(0, len(paragraph.clusters)) == text.replace("\n", " ")
    for number, (start, end) in enumerate(ranges):
        room = measure - (2 if number == 0 else 0)
        fits(paragraph, start, end, room)


def fits(paragraph: Paragraph, start: int, end: int, room: float) -> None:
    """No line is longer than its room but by a mark's blank half, or one thing that is."""
    spaced = space_line(paragraph, start, end, room, fill=True, is_first=start == 0)
    width = sum(paragraph.clusters[at].width for at in spaced.order) + sum(spaced.gaps)
    trimmed = -spaced.shift
    last = spaced.order[-1] if spaced.order else start
    hang = paragraph.blank_after[last] if spaced.order else 0.0
    inner = [each.at for each in paragraph.ends if start < each.at < end]
    is_one = end - start == 1 or (not inner and is_short_of_breaks(paragraph, start, end))
    assert is_one or width - trimmed <= room + hang + 1e-6, paragraph.text(start, end)


def is_short_of_breaks(paragraph: Paragraph, start: int, end: int) -> bool:
    """Nothing in the line may be parted, not even in need: its marks hold it together."""
    no_start, no_end = forbidden(paragraph.kinsoku)
    pairs = pairwise(paragraph.clusters[start:end])
    return all(one.last in no_end or two.first in no_start for one, two in pairs)


@settings(max_examples=200, deadline=None)
@given(data=st.data(), measure=MEASURES, level=st.sampled_from(LEVELS))
def test_kinsoku_is_kept_but_in_an_emergency(
    fonts: FontLibrary, data: st.DataObject, measure: float, level: Kinsoku
) -> None:
    paragraph = paragraph_of(fonts, text_of(fonts, data), "song", Spacing(kinsoku=level))
    no_start, no_end = forbidden(level)
    for _, end in break_lines(paragraph, Shape(measure))[:-1]:
        before, after = paragraph.clusters[end - 1], paragraph.clusters[end]
        kept = after.first not in no_start and before.last not in no_end
        assert kept or is_emergency(paragraph, end) or before.last == "\u200b"


@settings(max_examples=120, deadline=None)
@given(data=st.data(), measure=MEASURES, is_verse=st.booleans())
def test_a_galley_loses_nothing(
    fonts: FontLibrary, tabloid: Layout, data: st.DataObject, measure: float, is_verse: bool
) -> None:
    text = text_of(fonts, data, "\n" if is_verse else "")
    story = make_story(text, kind="verse") if is_verse else make_story(text)
    assume(story.body and not any("\u2060" in block.text for block in story.body))
    composer = make_composer(tabloid, fonts, Findings())
    lines = composer.galley(story, measure)
    for index, block in enumerate(story.body):
        own = [line for line in lines if line.block == index]
        assert "".join(line.text for line in own) == block.text.replace("\n", " ")
        edges = [(line.start, line.end) for line in own]
        assert [end for _, end in edges[:-1]] == [start for start, _ in edges[1:]]
        assert (edges[0][0], edges[-1][1]) == (0, len(block.text))
