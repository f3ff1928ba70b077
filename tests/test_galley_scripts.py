"""Other scripts in Chinese lines: visual order and widths of both directions, clusters, marks."""

from __future__ import annotations

from itertools import pairwise

import pytest

from producer.compose.bidi import visual_order
from producer.compose.breaking import Shape, break_lines
from producer.compose.galley import Composer
from producer.compose.justify import places, space_line
from producer.compose.shaping import Shaper, StyledText
from producer.edition import Line, Mark
from producer.fonts.library import FontLibrary
from producer.layouts import Layout
from tests.composing import STANDARD, Painted, paragraph_of
from tests.conftest import make_composer, make_story

HEBREW = "שלום עולם טוב לכולם היום"
ARABIC = "السلام عليكم ورحمة الله"


@pytest.fixture
def composer(tabloid: Layout, fonts: FontLibrary) -> Composer:
    return make_composer(tabloid, fonts)


def galley(composer: Composer, text: str, measure: float) -> list[Line]:
    return composer.galley(make_story(text), measure, byline="■某")


def ink(text: str) -> str:
    return "".join(text.split())


# ---------------------------------------------------------------- both directions


def test_a_hebrew_quotation_stands_from_right_to_left(composer: Composer) -> None:
    """Within the line it is turned; before and after it Chinese goes on as ever."""
    (line,) = galley(composer, "他说“שלום”，走了", 20)
    assert line.text.startswith("他说“שלום”，走了")
    assert ink(Painted(line, composer).text).startswith("他说“" + "שלום"[::-1] + "”，走了")


def test_arabic_letters_are_joined_and_turned(composer: Composer, fonts: FontLibrary) -> None:
    (line,) = galley(composer, "说سلام了", 20)
    painted = Painted(line, composer)
    own = [glyph for glyph, (text, _) in zip(painted.glyphs, painted.edges, strict=True)]
    shaped = [each.glyph for each in fonts.face("arabic").shape("سلام", direction="rtl")]
    assert own[1 : 1 + len(shaped)] == shaped


def test_numbers_in_hebrew_stay_from_left_to_right(composer: Composer) -> None:
    (line,) = galley(composer, "他说“שלום 25 טוב”。", 20)
    shown = ink(Painted(line, composer).text)
    assert "25" in shown
    assert shown.index("ב") < shown.index("2") < shown.index("ש")


@pytest.mark.parametrize("quotation", [HEBREW, ARABIC, f"{HEBREW}，{ARABIC}"])
@pytest.mark.parametrize("measure", [7, 9.5, 12, 16])
def test_lines_of_both_directions_are_full(
    fonts: FontLibrary, quotation: str, measure: float
) -> None:
    """The painted clusters, whatever their order, take up the measure exactly."""
    paragraph = paragraph_of(fonts, f"样城日报刊出来信，“{quotation}”，编辑部译成中文。", "song")
    ranges = break_lines(paragraph, Shape(measure))
    assert len(ranges) > 1
    for start, end in ranges[:-1]:
        line = space_line(paragraph, start, end, measure, True, start == 0)
        edges = places(paragraph, line)
        assert sorted(edges) == list(range(start, start + len(edges)))
        right = max(edge for _, edge in edges.values()) + line.shift
        hang = max(paragraph.blank_after[at] for at in edges)
        assert measure - 0.001 <= right <= measure + hang + 0.001
        in_order = [edges[at] for at in line.order]
        assert all(two[0] >= one[1] - 0.55 for one, two in pairwise(in_order))


def test_a_break_within_a_quotation_keeps_the_order_of_reading(composer: Composer) -> None:
    """Each line is turned for itself: the first words stand on the first line."""
    story = make_story(f"样城日报刊出来信“{HEBREW}”一封。")
    lines = composer.galley(story, 10, byline="■某")
    assert "".join(line.text for line in lines).startswith(story.body[0].text)
    offsets = [(line.start, line.end) for line in lines]
    assert all(one[1] == two[0] for one, two in pairwise(offsets))
    parts = [[word for word in HEBREW.split() if word in line.text] for line in lines]
    assert [word for part in parts for word in part] == HEBREW.split()
    assert sum(bool(part) for part in parts) > 1
    for line, part in zip(lines, parts, strict=True):
        shown = Painted(line, composer).text
        at = [shown.index(word[::-1]) for word in part]
        assert at == sorted(at, reverse=True)


def test_a_galley_goes_on_within_a_quotation(composer: Composer) -> None:
    story = make_story(f"样城日报刊出来信“{HEBREW}”一封。")
    whole = composer.galley(story, 10)
    for line in whole:
        assert composer.galley(story, 10, Mark(0, line.start)) == whole[whole.index(line) :]


def test_blanks_at_a_turned_line_s_end_hang(fonts: FontLibrary) -> None:
    """UAX #9, L1: they stand at the paragraph's end side, and are not painted at all."""
    paragraph = paragraph_of(fonts, f"{HEBREW}一", "song")
    start, end = break_lines(paragraph, Shape(6))[0]
    assert paragraph.clusters[end - 1].text == " "
    line = space_line(paragraph, start, end, 6, True)
    assert end - 1 not in line.order
    assert list(line.order) == [
        start + at for at in visual_order((paragraph.levels or [])[start : end - 1])
    ]


# ---------------------------------------------------------------- clusters


@pytest.mark.parametrize(
    ("text", "first"), [("नमस्ते दुनिया", "devanagari"), ("สวัสดีชาวโลก", "thai"), ("ปิ่นปั่นน้ำ", "thai")]
)
def test_clusters_keep_their_characters(
    composer: Composer, fonts: FontLibrary, text: str, first: str
) -> None:
    (line,) = galley(composer, f"说{text}。", 30)
    assert line.text.startswith(f"说{text}。")
    spans = [span for span in line.spans if span.face == first]
    assert spans
    told = "".join(
        span.actual or Painted(Line(0, 0, 0, (span,), ""), composer).text for span in spans
    )
    assert sorted(ink(told)) == sorted(ink(text))


def test_a_glyph_is_named_by_its_own_character(fonts: FontLibrary) -> None:
    """A consonant that is first seen with a vowel above it does not carry the vowel along."""
    shaper = Shaper(fonts, STANDARD, "zh-Hans-CN")
    for text in ("วัว", "שָׁש", "สั่ส", "की"):
        shaper.paragraph([StyledText(text, "song")])
    for face, letters in (("thai", "วสั"), ("hebrew", "ש"), ("devanagari", "क")):
        for letter in letters:
            (glyph,) = (each.glyph for each in fonts.face(face).shape(letter)[-1:])
            assert shaper.glyphs[face][glyph].text == letter


def test_offsets_count_characters_not_clusters(fonts: FontLibrary) -> None:
    paragraph = paragraph_of(fonts, "说क्षत्रिय了", "song")
    assert len(paragraph.clusters) < len("说क्षत्रिय了")
    assert "".join(each.text for each in paragraph.clusters) == "说क्षत्रिय了"
    assert [paragraph.offset_of(paragraph.index_of(at)) for at in paragraph.offsets] == list(
        paragraph.offsets
    )


def test_marks_off_the_baseline_are_raised(composer: Composer, fonts: FontLibrary) -> None:
    """A mark that HarfBuzz moves up is a span of its own, and costs no width."""
    raised = [
        cluster
        for text in ("ปิ่", "ก้ำ", "น้ำ", "क्षीं", "หนึ่ง", "שָׁ", "بِّ")
        for cluster in paragraph_of(fonts, text, "song").clusters
        if cluster.raised
    ]
    assert raised
    for cluster in raised:
        assert all(rise for rise, _ in cluster.raised)


def test_a_raised_mark_s_line_is_as_wide_as_its_clusters(
    composer: Composer, fonts: FontLibrary
) -> None:
    text = "说ปิ่นหนึ่งน้ำ好"
    (line,) = composer.galley(make_story(text), 30, byline="■某")
    paragraph = paragraph_of(fonts, text, "song")
    assert Painted(line, composer).edge("好") - line.x_em == pytest.approx(
        paragraph.left[-1], abs=0.003
    )


@pytest.mark.parametrize("text", ["He said “no.”", "叫48%。”", "他说：“好！”"])
def test_a_byline_stands_flush_after_a_narrow_mark(
    tabloid: Layout, fonts: FontLibrary, text: str
) -> None:
    """The pen has gone to where the text ends, whatever its last mark is narrowed by."""
    composer = make_composer(tabloid, fonts)
    story = make_story(text, language="en-GB")
    (line,) = composer.galley(story, 20, byline="■某")
    assert Painted(line, composer).end == pytest.approx(20, abs=0.002)
