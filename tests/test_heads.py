"""Heads: the largest allowed size that fits, one line or two, and whole rows in height."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from producer.compose.coverage import Coverage
from producer.errors import Findings, Place
from producer.fit.heads import HeadSetter, SetHead
from producer.fit.issue import fit_issue
from producer.fonts.library import FontLibrary
from producer.layouts import Layout
from producer.typestyles import HeadPart, HeadStyle
from tests.conftest import make_issue, make_story
from tests.issuefactory import page, place_rest, place_story

SetFor = Callable[..., SetHead]


@pytest.fixture
def findings() -> Findings:
    return Findings()


@pytest.fixture
def head(tiny: Layout, squares: FontLibrary, findings: Findings) -> SetFor:
    """Sets a story's head in the lead style: 40, 30 or 20 pt, kicker and deck 10 pt."""
    setter = HeadSetter(Coverage(squares, findings), tiny.grid, findings)

    def run(width_em: float, style: str | HeadStyle = "lead", **parts: object) -> SetHead:
        style = tiny.heads[style] if isinstance(style, str) else style
        return setter.story_head(make_story("正文", **parts), style, width_em)

    return run


def shown(head: SetHead) -> list[tuple[str, float]]:
    return [(line.text, line.size_pt) for line in head.lines]


@pytest.mark.parametrize(
    ("headline", "size"),
    [
        ("一二三四五", 40),  # 5 × 40 pt fill the 200 pt
        ("一二三四五六", 30),  # two lines of 40 pt would not gain half as much again
        ("Ten letters", 30),  # half an em each
    ],
)
def test_the_largest_size_that_fits_is_taken(head: SetFor, headline: str, size: int) -> None:
    assert shown(head(20, headline=headline)) == [(headline, size)]


def test_a_line_more_is_taken_where_the_type_gains_by_it(head: SetFor) -> None:
    """One line of 20 pt, or two of 40: twice as large."""
    assert shown(head(20, headline="社区食堂开门迎客")) == [("社区食堂", 40), ("开门迎客", 40)]


@pytest.mark.parametrize(
    ("sizes", "lines"),
    [
        ((22, 20), ["江水退了一步，", "渡口灯塔还亮着没有灭"]),
        ((22, 14), ["江水退了一步，渡口", "灯塔还亮着没有灭"]),
    ],
)
def test_clauses_stay_whole_unless_that_costs_much_size(
    head: SetFor, sizes: tuple[float, ...], lines: list[str]
) -> None:
    style = HeadStyle(headline=HeadPart(face="square", sizes=sizes, lines=2))
    found = head(20, style, headline="江水退了一步，渡口灯塔还亮着没有灭")
    assert [line.text for line in found.lines] == lines


def test_the_gap_between_clauses_counts_with_the_width_that_it_is_painted(head: SetFor) -> None:
    """Ten characters and three quarters of one: 215 pt at 20 pt."""
    style = HeadStyle(headline=HeadPart(face="square", sizes=(20,), lines=2))
    (line,) = head(21.5, style, headline="架好连心桥 畅通民意路").lines
    assert (line.text, line.gap_em) == ("架好连心桥\u3000畅通民意路", 0.75)
    found = head(21.4, style, headline="架好连心桥 畅通民意路").lines
    assert [line.text for line in found] == ["架好连心桥", "畅通民意路"]


@pytest.mark.parametrize(
    ("headline", "lines"),
    [
        ("架好连心桥 畅通民意路", ["架好连心桥", "畅通民意路"]),
        ("架好连心桥\u3000畅通民意路", ["架好连心桥", "畅通民意路"]),
        ("架好桥，畅通民意大路", ["架好桥，", "畅通民意大路"]),
        ("一二三四、五六七、八九", ["一二三四、", "五六七、八九"]),
    ],
)
def test_a_two_part_headline_too_wide_for_a_line_has_two(
    head: SetFor, headline: str, lines: list[str]
) -> None:
    found = head(19, headline=headline).lines
    assert [line.text for line in found] == lines
    assert len({line.size_pt for line in found}) == 1


def test_an_english_headline_is_parted_between_words(head: SetFor, findings: Findings) -> None:
    found = head(16, headline="Old bridge opens at last")
    assert [line.text for line in found.lines] == ["Old bridge", "opens at last"]
    assert list(findings) == []


def test_the_editors_line_break_is_kept(head: SetFor) -> None:
    """Although all would stand on one line; the longer line decides the size of both."""
    assert shown(head(20, headline=("一二", "三四五六"))) == [("一二", 40), ("三四五六", 40)]
    assert shown(head(12, headline=("一二", "三四五六"))) == [("一二", 30), ("三四五六", 30)]


def test_the_break_mark_is_the_editors_break_too(head: SetFor) -> None:
    assert shown(head(20, headline="一二|三四五六")) == [("一二", 40), ("三四五六", 40)]
    assert make_story("正文", headline="一二 | 三四｜五六").title == "一二 三四｜五六"


def test_a_headline_that_fits_only_if_a_word_is_parted_is_told(
    head: SetFor, findings: Findings
) -> None:
    """Four characters a line: 图书馆 has to be parted."""
    style = HeadStyle(headline=HeadPart(face="square", sizes=(20,), lines=2))
    found = head(8, style, headline="新建图书馆要开门")
    assert [line.text for line in found.lines] == ["新建图书", "馆要开门"]
    (told,) = findings
    assert (told.id, told.level) == ("head.poor-break", "warning")
    assert told.values["lines"] == "新建图书 / 馆要开门"


def test_spaces_between_latin_words_stay(head: SetFor) -> None:
    (line,) = head(32, headline="AI 进社区 Wi Fi").lines
    assert line.text == "AI\u3000进社区\u3000Wi Fi"


def test_a_headline_too_wide_is_told_with_its_room(head: SetFor, findings: Findings) -> None:
    found = head(20, headline=("一二三四五六七八九十一", "一"))
    assert shown(found)[0] == ("一二三四五六七八九十一", 20)
    (told,) = findings
    assert (told.id, told.level, told.place) == (
        "head.too-wide",
        "error",
        Place("stories/alpha.md", 1),
    )
    assert told.values == {
        "story": "一二三四五六七八九十一 一",
        "part": "headline",
        "characters": 11,
        "room": 10,
        "size": "20",
    }


@pytest.mark.parametrize("part", ["kicker", "deck"])
def test_each_part_is_told_by_its_name(head: SetFor, findings: Findings, part: str) -> None:
    head(5, headline="一二", **{part: "一二三四五六"})
    assert [(told.values["part"], told.values["room"]) for told in findings] == [(part, 5)]


def test_the_parts_stand_in_order(head: SetFor) -> None:
    found = head(20, deck="副题", headline="主题", kicker="引题")
    assert [(line.kind, line.text, line.size_pt) for line in found.lines] == [
        ("kicker", "引题", 10),
        ("headline", "主题", 40),
        ("deck", "副题", 10),
    ]


def test_a_style_without_kicker_leaves_it_out(head: SetFor) -> None:
    assert [line.kind for line in head(20, "standard", kicker="引", deck="副").lines] == [
        "headline"
    ]


@pytest.mark.parametrize(
    ("parts", "rows"),
    [
        ({"headline": "主题"}, 3),  # 40 + 10 pt of air, on rows of 20 pt
        ({"headline": "主题", "kicker": "引"}, 3),  # exactly 60
        ({"headline": "主题", "kicker": "引", "deck": "副"}, 4),
        ({"headline": ("主题", "主题")}, 5),
    ],
)
def test_a_head_takes_whole_rows(head: SetFor, parts: dict[str, object], rows: int) -> None:
    found = head(20, **parts)
    assert found.rows == rows
    assert found.height_pt + 10 <= rows * 20


def test_marks_in_headlines_are_measured_half_wide(tabloid: Layout, fonts: FontLibrary) -> None:
    """“样城”日报: four characters and two half marks take 5 em, 210 pt at 42 pt."""
    findings = Findings()
    setter = HeadSetter(Coverage(fonts, findings), tabloid.grid, findings)
    story = make_story("正文", headline="“样城”日报")
    sizes = [
        setter.story_head(story, tabloid.heads["lead"], w).lines[0].size_pt for w in (23.4, 23.3)
    ]
    assert sizes == [42, 36]


def test_a_continuation_repeats_the_short_headline(tiny: Layout, squares: FontLibrary) -> None:
    text = "样城新闻今天天晴人们出门看报纸" * 9
    for short, wanted in (("短题", "短题"), (None, "主题")):
        story = make_story(text, headline="主题", short=short, kicker="引", byline="记者")
        first, rest = (
            place_story("alpha", rect=[1, 1, 1, 9]),
            place_rest("alpha", rect=[1, 1, 1, 9]),
        )
        issue = make_issue([page(first), page(rest)], [story])
        _, second = fit_issue(issue, tiny, squares, Findings()).parts_of("alpha")
        assert [line.text for line in second.head.lines] == [wanted]
        assert second.head.from_line == "（上接第1版）"
        assert second.head.byline is None


def test_a_byline_in_the_head_has_a_row_and_is_not_repeated(
    tiny: Layout, squares: FontLibrary
) -> None:
    placed = place_story("alpha", rect=[1, 1, 1, 9], style="essay")
    issue = make_issue([page(placed)], [make_story("正文。", byline="记者")])
    (part,) = fit_issue(issue, tiny, squares, Findings()).parts()
    assert (part.head.byline, part.head.rows) == ("记者", 3)
    assert [each.text for each in part.slices] == ["正文。"]


def test_a_continuation_that_has_nothing_to_take_up_is_told(
    tiny: Layout, squares: FontLibrary
) -> None:
    first, rest = place_story("alpha", rect=[1, 1, 1, 9]), place_rest("alpha", rect=[1, 1, 1, 9])
    findings = Findings()
    fit_issue(make_issue([page(first), page(rest)], [make_story("短。")]), tiny, squares, findings)
    told = next(found for found in findings if found.id == "jump.unneeded")
    assert (told.level, told.values) == ("error", {"page": 1, "story": "题", "to": 2})


@pytest.mark.parametrize("byline", ["记者一二三四五六七八", "记者一二三四五六七八九"])
def test_a_byline_in_the_head_that_is_too_wide_is_told(
    tiny: Layout, squares: FontLibrary, byline: str
) -> None:
    """It has one row of ten characters: more would run out of the frame."""
    findings = Findings()
    placed = place_story("alpha", rect=[1, 1, 1, 4], style="essay")
    issue = make_issue([page(placed)], [make_story("正文。", byline=byline)])
    fit_issue(issue, tiny, squares, findings)
    assert bool([told for told in findings if told.level == "error"]) is (len(byline) > 10)
