"""The levers: each alone within its bounds, two together, their order, and that all is told."""

from __future__ import annotations

import json
from typing import Any

import pytest

from producer.bounds import Levers, Mending
from producer.edition import Part
from producer.errors import Findings, Problem
from producer.fit.issue import fit_issue
from producer.fit.levers import LEVERS
from producer.fonts.library import FontLibrary
from producer.layouts import Layout
from producer.model import Issue, Page, Picture, Story
from producer.planfile import plan_json
from tests.conftest import make_issue, make_story
from tests.issuefactory import page, place_story

TEXT = "".join(map(chr, range(0x4E00, 0x6000)))
PICTURE = {"id": "one", "picture": "one.jpg", "alt": "画面"}


def body(lines: int) -> str:
    """A paragraph of so many full lines at 10 em, the first indented by 2."""
    return TEXT[: 10 * lines - 2]


def with_levers(layout: Layout, **levers: Any) -> Layout:
    return layout.model_copy(update={"levers": Levers(**levers), "mending": Mending(paragraphs=0)})


def issue_of(story: Story, rows: int, height: float = 112, **frame: Any) -> Issue:
    """A story in a column of so many rows; its picture is 100 units wide."""
    pages = [page(place_story(story.id, **{"rect": [1, 1, 1, rows], **frame}))]
    picture = Picture(name="one.jpg", path="", width=100, height=height, vector=False)
    return make_issue(pages, [story]).model_copy(update={"pictures": {"one.jpg": picture}})


def fit(issue: Issue, layout: Layout, fonts: FontLibrary) -> tuple[Part, list[Problem]]:
    findings = Findings()
    (part,) = fit_issue(issue, layout, fonts, findings).parts()
    return part, list(findings)


def uses(found: list[Problem]) -> list[tuple[object, ...]]:
    """Levers with what they did, of findings that are nothing but these."""
    assert {(each.id, each.level) for each in found} <= {("fit.lever", "note")}
    return [tuple(each.values[key] for key in ("lever", "by", "rows")) for each in found]


def test_the_order_is_that_of_the_layouts_keys() -> None:
    assert list(LEVERS) == [name for name in Levers.model_fields if name != "reach_rows"]


def test_without_levers_nothing_is_changed(tiny: Layout, squares: FontLibrary) -> None:
    issue = issue_of(make_story(body(8)), 10, style="lead")
    part, found = fit(issue, tiny, squares)
    assert part.overset_lines == 1
    assert [each.id for each in found] == ["fit.overset"]


def test_a_long_story_has_a_smaller_headline(tiny: Layout, squares: FontLibrary) -> None:
    """40 pt take three rows of 20 pt with their air, 30 pt two."""
    issue = issue_of(make_story(body(8)), 10, style="lead")
    part, found = fit(issue, with_levers(tiny, headline_size={}), squares)
    assert uses(found) == [("headline_size", "40 → 30 pt", "-1")]
    assert (part.head.lines[0].size_pt, part.head.rows) == (30, 2)
    assert (part.overset_lines, part.empty_rows) == (0, 0)


def test_a_lever_has_its_bound(tiny: Layout, squares: FontLibrary) -> None:
    """Two rows too many: one step of the headline's size is not enough."""
    issue = issue_of(make_story(body(9)), 10, style="lead")
    part, found = fit(issue, with_levers(tiny, headline_size={"steps": 2}), squares)
    assert part.overset_lines == 2
    assert part.head.lines[0].size_pt == 40
    assert [each.id for each in found] == ["fit.overset"]


@pytest.mark.parametrize(
    ("lines", "crop", "by"),
    [
        (3, 0.2, [("picture_height", "one 6 → 7", "+1")]),  # 112 × 100 becomes 132 × 100
        (3, 0.12, []),
        (5, 0.2, [("picture_height", "one 6 → 5", "-1")]),
        (6, 0.2, []),  # two rows: a third would be cropped
        (6, 0.4, []),
    ],
)
def test_a_picture_is_higher_or_lower_within_its_crop(
    tiny: Layout, squares: FontLibrary, lines: int, crop: float, by: list[Any]
) -> None:
    insets = [{"inset": "one", "column": 1, "row": 1, "rows": 6}]
    issue = issue_of(make_story(body(lines), insets=[PICTURE]), 11, insets=insets)
    bounds = {"rows": 2, "crop": min(crop, 0.3)}
    part, found = fit(issue, with_levers(tiny, picture_height=bounds), squares)
    if by:
        assert uses(found) == by
        assert (part.overset_lines, part.empty_rows) == (0, 0)
        assert part.insets[0].rows == int(by[0][1][-1])
    else:
        assert part.insets[0].rows == 6
        assert "fit.lever" not in {each.id for each in found}


def test_a_picture_that_is_cropped_anyway_may_be_cropped_less(
    tiny: Layout, squares: FontLibrary
) -> None:
    insets = [{"inset": "one", "column": 1, "row": 1, "rows": 6}]
    issue = issue_of(make_story(body(3), insets=[PICTURE]), 11, height=200, insets=insets)
    _, found = fit(issue, with_levers(tiny, picture_height={"crop": 0.05}), squares)
    assert uses(found) == [("picture_height", "one 6 → 7", "+1")]


def test_the_deck_of_a_long_story_is_left_out(tiny: Layout, squares: FontLibrary) -> None:
    head = {"headline": "一二三四五", "kicker": "引题", "deck": "副题"}
    story = make_story(body(8), **head)
    part, found = fit(issue_of(story, 10, style="lead"), with_levers(tiny, deck={}), squares)
    assert uses(found) == [("deck", "1 → 0", "-1")]
    assert [line.kind for line in part.head.lines] == ["kicker", "headline"]
    short = make_story(body(6), **head)
    part, found = fit(issue_of(short, 10, style="lead"), with_levers(tiny, deck={}), squares)
    assert [each.id for each in found] == ["fit.underset"]
    assert len(part.head.lines) == 3


@pytest.mark.parametrize(("rows", "by"), [(11, "2 → 1"), (13, "2 → 3"), (10, ""), (14, "")])
def test_subheads_have_less_or_more_air(
    tiny: Layout, squares: FontLibrary, rows: int, by: str
) -> None:
    story = make_story(f"{body(4)}\n\n## 小标\n\n{body(5)}")
    part, found = fit(issue_of(story, rows), with_levers(tiny, subhead_rows={}), squares)
    assert (part.empty_rows == 0 and part.overset_lines == 0) == bool(by)
    assert [each.values["by"] for each in found if each.id == "fit.lever"] == [by] * bool(by)


@pytest.mark.parametrize(
    ("levers", "rows"), [({"least": 2}, 11), ({"most": 2}, 13), ({"least": 1, "most": 2}, 13)]
)
def test_subheads_keep_within_bounds(
    tiny: Layout, squares: FontLibrary, levers: dict[str, int], rows: int
) -> None:
    story = make_story(f"{body(4)}\n\n## 小标\n\n{body(5)}")
    _, found = fit(issue_of(story, rows), with_levers(tiny, subhead_rows=levers), squares)
    assert [each.id for each in found if each.id == "fit.lever"] == []


def test_the_measure_of_a_box_gives_way(tiny: Layout, squares: FontLibrary) -> None:
    """Padding of 1 em leaves 8 em; 56 characters and an indent need 8 lines, at 9 em 7."""
    issue = issue_of(make_story(TEXT[:56]), 10, box="line")
    plain, found = fit(issue, tiny, squares)
    assert (plain.measure_em, plain.overset_lines) == (8, 1)
    part, found = fit(issue, with_levers(tiny, measure={}), squares)
    assert uses(found) == [("measure", "8 → 9 em", "-1")]
    assert (part.measure_em, part.overset_lines) == (9, 0)
    inside = part.slices[0].box
    assert part.box.x < inside.x
    assert inside.x + inside.width < part.box.x + part.box.width
    _, found = fit(issue, with_levers(tiny, measure={"sides_em": 0.4}), squares)
    assert [each.id for each in found] == ["fit.overset"]


def test_a_frame_without_a_box_keeps_its_measure(tiny: Layout, squares: FontLibrary) -> None:
    issue = issue_of(make_story(body(8)), 8)
    _, found = fit(issue, with_levers(tiny, measure={"sides_em": 1}), squares)
    assert [each.id for each in found] == ["fit.overset"]


def test_the_first_lever_that_suffices_is_taken(tiny: Layout, squares: FontLibrary) -> None:
    story = make_story(f"{body(4)}\n\n## 小标\n\n{body(2)}")
    issue = issue_of(story, 10, style="lead")
    levers = {"subhead_rows": {}, "headline_size": {}}
    part, found = fit(issue, with_levers(tiny, **levers), squares)
    assert [use[0] for use in uses(found)] == ["headline_size"]
    assert part.overset_lines == 0


def test_two_levers_together_and_no_third(tiny: Layout, squares: FontLibrary) -> None:
    story = make_story(f"{body(4)}\n\n## 小标\n\n{body(3)}")
    issue = issue_of(story, 10, style="lead")
    levers = {"subhead_rows": {}, "headline_size": {}, "reach_rows": 4}
    part, found = fit(issue, with_levers(tiny, **levers), squares)
    assert uses(found) == [("headline_size", "40 → 30 pt", "-1"), ("subhead_rows", "2 → 1", "-1")]
    assert part.overset_lines == 0
    longer = issue_of(make_story(f"{body(4)}\n\n## 小标\n\n{body(4)}"), 10, style="lead")
    part, found = fit(longer, with_levers(tiny, **levers), squares)
    assert [each.id for each in found] == ["fit.overset"]
    assert part.head.lines[0].size_pt == 40


def test_what_is_out_of_reach_is_left_as_it_is(tiny: Layout, squares: FontLibrary) -> None:
    story = make_story(f"{body(4)}\n\n## 小标\n\n{body(3)}")
    levers = {"subhead_rows": {}, "headline_size": {}, "reach_rows": 1}
    part, found = fit(issue_of(story, 10, style="lead"), with_levers(tiny, **levers), squares)
    assert [each.id for each in found] == ["fit.overset"]
    assert (part.overset_lines, part.head.lines[0].size_pt) == (4, 40)


def test_a_headline_is_not_made_too_wide(tiny: Layout, squares: FontLibrary) -> None:
    """Ten characters at 10 pt fill the column; short of a row, 20 pt would be too wide."""
    style = tiny.heads["standard"]
    sizes = style.headline.model_copy(update={"sizes": (40.0, 20.0, 10.0)})
    heads = {**tiny.heads, "standard": style.model_copy(update={"headline": sizes})}
    layout = with_levers(tiny.model_copy(update={"heads": heads}), headline_size={})
    part, found = fit(issue_of(make_story(body(4), headline=TEXT[:10]), 6), layout, squares)
    assert part.head.lines[0].size_pt == 10
    assert [each.id for each in found] == ["fit.underset"]


# ---------------------------------------------------------------- real type

NEWS = (
    "冬至前的第一场雪落在江上，没有积住。早市的灯比平时亮得早，卖菜的老人把筐摆成一排，"
    "等着第一班渡船靠岸。“今年的萝卜甜。”他对每个人都这样说，“霜打过两回了。”"
)


def news_of(length: int, rows: int) -> Issue:
    cuts = (30, 66, 47, 71, 58 + length)
    text = "\n\n".join((NEWS * 2)[at : at + cut] for at, cut in enumerate(cuts))
    pages = [page(place_story("alpha", rect=[1, 1, 2, rows], style="standard", columns=2))]
    return make_issue(pages, [make_story(text, headline="江上的早市")], layout="tabloid")


@pytest.mark.parametrize("name", ["lines", "tracking"])
def test_levers_of_the_text_in_real_type(tabloid: Layout, fonts: FontLibrary, name: str) -> None:
    """Over many stories some are fitted, none is worse, and no line is looser than may be."""
    layout, bounds = with_levers(tabloid, **{name: {}}), tabloid.tolerances
    fitted = 0
    for length in range(0, 30, 2):
        for rows in (15, 16, 17, 18):
            issue = news_of(length, rows)
            part, found = fit(issue, layout, fonts)
            levers = [each for each in found if each.id == "fit.lever"]
            fitted += len(levers)
            if levers:
                lines = [line for each in part.slices for line, _ in each.lines]
                assert max(line.opened_em for line in lines) <= bounds.loose_gap_em
                assert (part.overset_lines, part.empty_rows < 2) == (0, True)
                assert levers[0].values["lever"] == name
                before, _ = fit(issue, with_levers(tabloid), fonts)
                assert before.overset_lines or before.empty_rows > 1
                assert _text(before) in _text(part)
    assert fitted


def test_only_lines_that_stand_in_a_frame_are_told_as_loose(
    tabloid: Layout, fonts: FontLibrary
) -> None:
    """What a lever tries and does not take is not told; a line of the edition is, and once."""
    body = "一二三四五123456789012\n\n" + NEWS * 2
    placed = place_story("alpha", rect=[1, 1, 2, 19], style="standard", columns=2)
    issue = make_issue([page(placed)], [make_story(body)], layout="tabloid")
    part, found = fit(issue, tabloid, fonts)
    bound = tabloid.tolerances.loose_gap_em
    lines = [line for each in part.slices for line, _ in each.lines]
    loose = [line.text.strip() for line in lines if line.opened_em > bound]
    assert loose
    assert [each.values["line"] for each in found if each.id == "line.loose"] == loose


def _text(part: Part) -> str:
    return "".join(each.text for each in part.slices)


def test_the_plan_made_explicit_gives_the_same_pages(tiny: Layout, squares: FontLibrary) -> None:
    """plan.json holds the rows that the editors planned; the levers find the same again."""
    insets = [{"inset": "one", "column": 1, "row": 1, "rows": 6}]
    issue = issue_of(make_story(body(5), insets=[PICTURE]), 11, insets=insets)
    layout = with_levers(tiny, picture_height={"crop": 0.2})
    edition = fit_issue(issue, layout, squares, Findings())
    text = plan_json(edition)
    pages = tuple(Page(**each) for each in json.loads(text)["pages"])
    data = issue.data.model_copy(update={"pages": pages})
    again = fit_issue(issue.model_copy(update={"data": data}), layout, squares, Findings())
    assert next(edition.parts()).insets[0].rows == 5
    assert list(again.parts()) == list(edition.parts())
    assert json.loads(plan_json(again)) == json.loads(text)
