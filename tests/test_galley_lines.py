"""Galleys: a story's lines with their indents, faces, offsets, byline, and what is missing."""

from __future__ import annotations

import pytest

from producer.compose.shaping import StyledText
from producer.edition import Line, Mark
from producer.errors import Findings, Place
from producer.fit.issue import fit_issue
from producer.fonts.library import FontLibrary
from producer.layouts import Layout
from producer.model import Issue, Story
from tests.conftest import make_composer, make_issue, make_story

TEN = "一二三四五六七八九十"


class Setter:
    """Sets stories in the square font, 10 em wide."""

    def __init__(self, layout: Layout, fonts: FontLibrary) -> None:
        self.layout, self.fonts = layout, fonts

    def __call__(self, story: Story, *start: int, byline: str | None = None) -> list[Line]:
        composer = make_composer(self.layout, self.fonts)
        return composer.galley(story, 10, Mark(*start or (0, 0)), byline)


@pytest.fixture(scope="session")
def galley(tiny: Layout, squares: FontLibrary) -> Setter:
    return Setter(tiny, squares)


def texts(lines: list[Line]) -> list[str]:
    return [line.text for line in lines]


def edges(line: Line) -> tuple[float, float]:
    return line.x_em, line.x_em + line.width_em


def marks(lines: list[Line]) -> list[tuple[int, int, int]]:
    return [(line.block, line.start, line.end) for line in lines]


# ---------------------------------------------------------------- paragraphs


def test_a_paragraph_is_indented_by_two_em(galley: Setter) -> None:
    lines = galley(make_story(f"{TEN}一二\n\n三四"))
    assert texts(lines) == ["一二三四五六七八", "九十一二", "三四"]
    assert [edges(line) for line in lines] == [(2, 10), (0, 4), (2, 4)]
    assert marks(lines) == [(0, 0, 8), (0, 8, 12), (1, 0, 2)]
    assert [(line.is_first, line.is_last) for line in lines] == [
        (True, False),
        (False, True),
        (True, True),
    ]


def test_a_subhead_stands_centred_on_two_rows(galley: Setter) -> None:
    before, subhead, after = galley(make_story("一\n\n## 二三四五\n\n六"))
    assert (subhead.text, subhead.is_subhead, subhead.rows) == ("二三四五", True, 2)
    assert edges(subhead) == (3, 7)
    assert subhead.spans[0].face == "square-bold"
    assert (before.rows, before.is_subhead, after.is_subhead) == (1, False, False)


def test_a_long_subhead_has_more_lines_on_a_row_each(galley: Setter) -> None:
    lines = galley(make_story(f"## {TEN}一二"))
    assert [(line.text, line.rows, edges(line)) for line in lines] == [
        (TEN, 2, (0, 10)),
        ("一二", 1, (4, 6)),
    ]


def test_runs_stand_in_their_faces(galley: Setter) -> None:
    (line,) = galley(make_story("一**二三**四*五*六"))
    assert [span.face for span in line.spans] == [
        "square",
        "square-bold",
        "square",
        "square-kai",
        "square",
    ]


def test_the_tabloid_sets_strong_in_hei_and_emphasis_in_kai(
    tabloid: Layout, fonts: FontLibrary
) -> None:
    story = make_story("一**二**三*四*\n\n## 五", lead_in="本报讯")
    lines = make_composer(tabloid, fonts).galley(story, 12, byline="■某")
    assert [span.face for line in lines for span in line.spans] == [
        *("hei-bold", "song", "hei-medium", "song", "kai"),
        *("hei-bold", "kai"),
    ]


# ---------------------------------------------------------------- lead-in and offsets


def test_a_lead_in_stands_bold_before_the_text_and_counts_no_characters(galley: Setter) -> None:
    lines = galley(make_story(TEN, lead_in="本报讯"))
    assert texts(lines) == ["本报讯\u3000一二三四", "五六七八九十"]
    assert marks(lines) == [(0, 0, 4), (0, 4, 10)]
    assert [span.face for span in lines[0].spans] == ["square-bold", "square"]


def test_only_the_first_paragraph_has_the_lead_in(galley: Setter) -> None:
    assert texts(galley(make_story("一\n\n二", lead_in="讯"))) == ["讯\u3000一", "二"]


@pytest.mark.parametrize("lead_in", [None, "本报讯"])
@pytest.mark.parametrize("at", [1, 2, 3, 4])
def test_a_galley_goes_on_from_a_mark_as_if_never_cut(
    galley: Setter, lead_in: str | None, at: int
) -> None:
    """In the middle of a paragraph without indent, at its head with it; no lead-in twice."""
    story = make_story(f"{TEN * 2}“三”\n\n## 小题\n\n一**二{TEN}**", lead_in=lead_in)
    whole = galley(story)
    assert galley(story, whole[at].block, whole[at].start) == whole[at:]


# ---------------------------------------------------------------- verse


def test_verse_is_set_line_for_line(galley: Setter) -> None:
    verse = f"一二三\n\u3000四五\n六\n\n{TEN}\n七"
    lines = galley(make_story(verse, kind="verse"))
    stripped = [line.text.rstrip(" ") for line in lines]
    assert stripped == ["一二三", "\u3000四五", "六", "一二三四五六七八", "九十", "七"]
    assert {line.x_em for line in lines} == {1}
    assert not any(line.width_em == 9 for line in lines if len(line.text.strip()) < 9)


# ---------------------------------------------------------------- byline


def test_a_byline_ends_the_last_line_flush_right(galley: Setter) -> None:
    (line,) = galley(make_story("一二"), byline="／三四五")
    assert line.text == "一二／三四五"
    assert [span.face for span in line.spans] == ["square", "square", "square-kai"]
    assert edges(line) == (2, 10)


@pytest.mark.parametrize(("text", "lines"), [("一二三", 1), ("一二三四", 2)])
def test_a_byline_keeps_an_em_from_the_text(galley: Setter, text: str, lines: int) -> None:
    """8 em after the indent hold three characters, an em of air and a byline of four."""
    found = galley(make_story(text), byline="／三四五")
    assert len(found) == lines
    if lines == 2:
        assert edges(found[-1]) == (6, 10)
        assert (found[-1].block, found[-1].start) == (1, 0)


def test_a_byline_stands_below_a_subhead_that_ends_the_story(galley: Setter) -> None:
    assert texts(galley(make_story("一\n\n## 二"), byline="／三")) == ["一", "二", "／三"]


def test_a_byline_longer_than_the_measure_has_more_lines(galley: Setter) -> None:
    lines = galley(make_story("一"), byline=f"／{TEN}三四")
    assert texts(lines) == ["一", "／一二三四五六七八九", "十三四"]
    assert [edges(line)[1] for line in lines[1:]] == [10, 10]


def test_a_byline_comes_once_when_a_galley_goes_on(galley: Setter) -> None:
    story = make_story(f"{TEN}\n\n一二")
    assert texts(galley(story, 1, 0, byline="／三")) == ["一二／三"]


# ---------------------------------------------------------------- characters and faces


def test_a_character_that_no_face_has_is_told_with_its_place(
    tabloid: Layout, fonts: FontLibrary
) -> None:
    findings = Findings()
    story = make_story("一\n\n二😀三😀\n\n四", headline="笑脸")
    lines = make_composer(tabloid, fonts, findings).galley(story, 12)
    (told,) = findings
    assert (told.id, told.level) == ("character.missing", "error")
    assert told.place == Place("stories/alpha.md", 6)
    assert told.values == {"character": "😀", "code": "U+1F600", "story": "笑脸"}
    assert texts(lines) == ["一", "二三", "四"]


def inset(**data: object) -> dict[str, object]:
    return {"insets": [{"id": "one", **data}]}


def picture(**data: object) -> dict[str, object]:
    return inset(picture="a.png", alt="图", **data)


@pytest.mark.parametrize(
    ("style", "head"),
    [
        pytest.param("lead", {"headline": "题😀"}, id="headline"),
        pytest.param("lead", {"kicker": "引😀"}, id="kicker"),
        pytest.param("lead", {"deck": "副😀"}, id="deck"),
        pytest.param("lead", {"lead_in": "讯😀"}, id="lead-in"),
        pytest.param("lead", {"byline": "某😀"}, id="byline at the tail"),
        pytest.param("feature", {"byline": "某😀"}, id="byline in the head"),
        pytest.param("lead", picture(caption="图😀"), id="caption"),
        pytest.param("lead", picture(credit="摄😀"), id="credit"),
        pytest.param("lead", inset(quote="引😀"), id="quote"),
        pytest.param("lead", inset(table="表", head=["头"], rows=[["格😀"]]), id="table"),
    ],
)
def test_a_missing_character_is_told_wherever_it_stands(
    tabloid: Layout, fonts: FontLibrary, head: dict[str, object], style: str
) -> None:
    """Not only in the text: WeasyPrint would take any font of the machine for it."""
    insets = [{"inset": "one", "rows": 8}] if "insets" in head else []
    findings = Findings()
    issue = one_page(make_story("正文。\n", **head), style=style, insets=insets)
    fit_issue(issue, tabloid, fonts, findings)
    missing = [told for told in findings if told.id == "character.missing"]
    assert [told.values["character"] for told in missing] == ["😀"]
    assert missing[0].place.file == "stories/alpha.md"


def one_page(story: Story, **placement: object) -> Issue:
    placed = {"story": story.id, "rect": [1, 1, 2, 40], **placement}
    return make_issue([{"section": "要闻", "master": "news", "place": [placed]}], [story])


def test_a_rare_character_comes_from_the_whole_face_and_is_told(
    tabloid: Layout, fonts: FontLibrary
) -> None:
    rare = next(c for c in "㑇㐂㓥" if fonts.face_for("song", c) == "full-song")
    findings = Findings()
    edition = fit_issue(one_page(make_story(f"一{rare}二。")), tabloid, fonts, findings)
    (line,) = [placed.line for part in edition.parts() for s in part.slices for placed in s.lines]
    assert [span.face for span in line.spans] == ["song", "full-song", "song"]
    (told,) = [told for told in findings if told.id == "character.rare"]
    assert (told.level, told.values) == ("note", {"characters": rare})


@pytest.mark.parametrize("dashes", range(2, 7))
def test_long_dashes_have_no_glyph_wider_than_two_em(
    tabloid: Layout, fonts: FontLibrary, dashes: int
) -> None:
    """And no line parts them."""
    composer = make_composer(tabloid, fonts)
    text = f"一二三四五六七八{'—' * dashes}九十"
    lines = composer.galley(make_story(text, kind="verse"), 12, byline="■某")
    paragraph = composer.shaper.paragraph([StyledText(text, "song")])
    assert max(cluster.width for cluster in paragraph.clusters) <= 2
    assert sum("—" in line.text for line in lines) == 1
