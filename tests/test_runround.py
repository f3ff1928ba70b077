"""Run-round (绕排): text beside, above, below and between insets; captions on the grid."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from producer.compose.blocks import BEST
from producer.compose.galley import START
from producer.edition import Part
from producer.epub.insets import place_insets
from producer.errors import Findings
from producer.fit.issue import fit_issue
from producer.fit.pour import Area, Filled, balanced_depth, fill, free_segments, pour
from producer.fit.runround import LEAST_BESIDE_EM, RoundGalley, room_beside
from producer.fonts.library import FontLibrary
from producer.layouts import Layout
from producer.model import InsetPlacement, Issue, Picture, Story
from producer.report import Report
from tests.conftest import ROOT, Build, make_composer, make_issue, make_story
from tests.issuefactory import IssueFactory, page, picture_inset, place_story, png, story

TEXT = "".join(map(chr, range(0x4E00, 0x6000)))
QUOTE = {"id": "one", "quote": "样"}
# One text column over all three basic columns: 32 em.
WIDE: dict[str, Any] = {"rect": [1, 1, 3, 32], "columns": 1}


def side(
    where: str, row: int, rows: int, width: int = 12, column: int = 1, inset: str = "one"
) -> dict[str, Any]:
    return {
        "inset": inset, "side": where, "column": column, "row": row, "rows": rows, "width_em": width
    }  # fmt: skip


def issue_of(told: Story, insets: list[dict[str, Any]], **frame: Any) -> Issue:
    placed = place_story(told.id, **{**WIDE, "insets": insets, **frame})
    picture = Picture(name="one.jpg", path="", width=100, height=50, vector=False)
    issue = make_issue([page(placed)], [told])
    return issue.model_copy(update={"pictures": {"one.jpg": picture}})


def fitted(
    layout: Layout, fonts: FontLibrary, issue: Issue
) -> tuple[Part, list[tuple[str, dict[str, object]]]]:
    findings = Findings()
    (part,) = fit_issue(issue, layout, fonts, findings).parts()
    return part, [(each.id, each.values) for each in findings]


def rows_of(part: Part) -> dict[tuple[int, int], tuple[float, float]]:
    """Left and right edge of what stands on each row of each column, both from 1."""
    top = min(each.box.y for each in part.slices)
    found = {}
    for each in part.slices:
        row_mm = each.box.height / each.rows
        for line, row in each.lines:
            at = round((each.box.y - top) / row_mm) + row + 1
            found[each.column + 1, at] = (line.x_em, round(line.x_em + line.width_em, 6))
    return found


def text_of(part: Part) -> str:
    return "".join(each.text for each in part.slices)


@pytest.mark.parametrize(("where", "edges"), [("left", (12, 32)), ("right", (0, 20))])
def test_lines_beside_an_inset_are_shorter(
    tiny: Layout, squares: FontLibrary, where: str, edges: tuple[int, int]
) -> None:
    """In the middle of a column: two rows above, three beside, the rest below."""
    told = make_story(TEXT[:250], insets=[QUOTE])
    part, _ = fitted(tiny, squares, issue_of(told, [side(where, 3, 3)]))
    rows = rows_of(part)
    assert rows[1, 1] == (2, 32)
    assert rows[1, 2] == (0, 32)
    assert [rows[1, row] for row in (3, 4, 5)] == [edges] * 3
    assert rows[1, 6] == (0, 32)
    assert text_of(part) == TEXT[:250]


def test_insets_at_both_sides(tiny: Layout, squares: FontLibrary) -> None:
    quotes = [QUOTE, {"id": "two", "quote": "城"}]
    told = make_story(TEXT[:250], insets=quotes)
    insets = [side("left", 2, 3, 10), side("right", 3, 3, 9, inset="two")]
    part, found = fitted(tiny, squares, issue_of(told, insets))
    rows = rows_of(part)
    edges = [(10, 32), (10, 23), (10, 23), (0, 23), (0, 32)]
    assert [rows[1, row] for row in range(2, 7)] == edges
    assert found == [
        ("fit.underset", {"page": 1, "rows": 31 - max(row for _, row in rows), "story": "题"})
    ]


def test_an_inset_in_a_later_column(tiny: Layout, squares: FontLibrary) -> None:
    """Two columns of 15 em: text in the first is as it was, in the second beside the inset."""
    told = make_story(TEXT[:520], insets=[QUOTE])
    insets = [side("left", 4, 5, 6, column=2)]
    part, _ = fitted(tiny, squares, issue_of(told, insets, columns=2))
    rows = rows_of(part)
    assert all(edges == (0, 15) for (column, at), edges in rows.items() if column == 1 and at > 1)
    assert [rows[2, row][0] for row in range(3, 10)] == [0, 6, 6, 6, 6, 6, 0]
    assert text_of(part) == TEXT[:520]


def test_paragraphs_begin_where_they_come_to_stand(tiny: Layout, squares: FontLibrary) -> None:
    """Each paragraph is indented from the inset's edge, a subhead in the middle of the rest."""
    body = f"{TEXT[:40]}\n\n## 小标题\n\n{TEXT[50:130]}\n\n{TEXT[140:200]}"
    told = make_story(body, insets=[QUOTE])
    part, _ = fitted(tiny, squares, issue_of(told, [side("left", 2, 9)]))
    found = [(line.text[0], line.x_em) for each in part.slices for line, _ in each.lines]
    assert found[0] == (TEXT[0], 2)
    assert found[1][1] == 12
    assert ("小", 12 + (20 - 3) / 2) in found
    assert (TEXT[50], 14) in found
    assert (TEXT[140], 14) in found


@pytest.mark.parametrize(("where", "right"), [("left", 32), ("right", 20)])
@pytest.mark.parametrize("length", [70, 75, 78])
def test_a_byline_beside_an_inset(
    tiny: Layout, squares: FontLibrary, where: str, right: int, length: int
) -> None:
    """Flush right in the row's own measure: on the last line, or on one of its own."""
    told = make_story(TEXT[:length], insets=[QUOTE], byline="记者")
    part, _ = fitted(tiny, squares, issue_of(told, [side(where, 2, 9)]))
    rows = rows_of(part)
    assert rows[1, max(row for _, row in rows)][1] == right
    assert text_of(part) == TEXT[:length] + "／记者"


def test_a_jump_is_cut_beside_an_inset(tiny: Layout, squares: FontLibrary) -> None:
    told = make_story(TEXT[:400], insets=[QUOTE])
    first = place_story(told.id, rect=[1, 1, 3, 9], columns=1, insets=[side("right", 3, 6)])
    pages = [page(first), page({"continues": told.id, "rect": [1, 1, 3, 20], "columns": 1})]
    edition = fit_issue(make_issue(pages, [told]), tiny, squares, Findings())
    one, two = edition.parts()
    assert text_of(one) + text_of(two) == TEXT[:400]
    assert [rows_of(one)[1, row] for row in range(3, 8)] == [(0, 20)] * 5


def test_too_little_room_beside_is_an_error(tiny: Layout, squares: FontLibrary) -> None:
    told = make_story(TEXT[:99], insets=[QUOTE])
    for width, faults in ((24, False), (25, True)):
        _, found = fitted(tiny, squares, issue_of(told, [side("left", 1, 4, width)]))
        values = {"page": 1, "inset": "one", "room": 32 - width, "least": LEAST_BESIDE_EM}
        assert (("fit.no-room-beside", values) in found) == faults


@pytest.mark.parametrize(
    "keys", [{"side": "left"}, {"width_em": 12}, {"side": "left", "width_em": 12, "columns": 2}]
)
def test_side_and_width_go_together(factory: IssueFactory, build: Build, keys: Any) -> None:
    factory.stories = {"alpha": story(insets=[QUOTE])}
    inset = {"inset": "one", "rows": 3, **keys}
    factory.pages = [page(place_story("alpha", **WIDE, insets=[inset]))]
    with pytest.raises(Exception, match="side"):
        build(factory.write())


# ---------------------------------------------------------------- random insets


@st.composite
def areas(draw: st.DrawFn) -> tuple[Area, int]:
    """One or two columns of so many em with one or two insets at their sides."""
    columns, measure = draw(st.integers(1, 2)), draw(st.integers(16, 30))
    rows = draw(st.integers(8, 22))
    insets = []
    sides = draw(st.sampled_from([("left",), ("right",), ("left", "right")]))
    for at, where in enumerate(sides):
        width = draw(st.integers(4, (measure - LEAST_BESIDE_EM) // len(sides)))
        top = draw(st.integers(1, rows - 2))
        height = draw(st.integers(2, rows - top + 1))
        column = draw(st.integers(1, columns))
        keys = {"side": where, "column": column, "row": top, "rows": height, "width_em": width}
        insets.append(InsetPlacement(inset=f"inset-{at}", **keys))
    return Area(columns, rows, tuple(insets), draw(st.booleans())), measure


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    found=areas(),
    lengths=st.lists(st.integers(1, 120), min_size=1, max_size=6),
    subhead=st.booleans(),
    byline=st.sampled_from([None, "／记者记者"]),
)
def test_text_never_stands_on_an_inset(
    tiny: Layout,
    squares: FontLibrary,
    found: tuple[Area, int],
    lengths: list[int],
    subhead: bool,
    byline: str | None,
) -> None:
    area, measure = found
    parts = [TEXT[at * 200 : at * 200 + length] for at, length in enumerate(lengths)]
    told = make_story("\n\n".join([*(["样城", "## 小标题"] if subhead else []), *parts]))
    composer = make_composer(tiny, squares)
    galley = RoundGalley(composer, told, measure, START, byline, BEST, area.insets)
    filled = fill(galley, area)
    for stretch in filled.stretches:
        for line, row in stretch.lines:
            at = stretch.segment.top + row + 1
            left, right = _edges(area, stretch.segment.column + 1, at, measure)
            assert left - 1e-6 <= line.x_em
            assert line.x_em + line.width_em <= right + 1e-6
            if not (line.is_last or line.is_subhead or line.block == len(told.body)):
                assert line.x_em + line.width_em == pytest.approx(right)
    wanted = "".join(block.text for block in told.body) + (byline or "")
    assert "".join(line.text for line in filled.lines) == wanted
    _is_smallest(galley, area, filled)


def _edges(area: Area, column: int, row: int, measure: int) -> tuple[int, int]:
    """What insets leave of a row."""
    beside = [
        inset
        for inset in area.insets
        if inset.column == column and inset.row <= row < inset.row + inset.rows
    ]
    left = sum(inset.width_em or 0 for inset in beside if inset.side == "left")
    return left, measure - sum(inset.width_em or 0 for inset in beside if inset.side == "right")


def _is_smallest(galley: RoundGalley, area: Area, filled: Filled) -> None:
    """Columns of a story that ends here are as short as can be, but not above an inset's foot."""
    if area.jumps or filled.used < len(filled.lines):
        return
    depth = balanced_depth(galley, area)
    foot = max(inset.row - 1 + inset.rows for inset in area.insets)
    for less in range(foot, depth or 0):
        segments = free_segments(area.columns, less, area.insets)
        lines = galley(segments)
        assert pour(lines, segments)[1] < len(lines)


def test_room_is_least_where_two_insets_stand() -> None:
    left = InsetPlacement(inset="one", side="left", width_em=9, row=1, rows=4)
    right = InsetPlacement(inset="two", side="right", width_em=7, row=4, rows=4)
    assert room_beside(30, left, [left]) == 21
    assert room_beside(30, left, [left, right]) == 14
    assert room_beside(30, right, [left, right]) == 14


# ---------------------------------------------------------------- boxes and captions


@pytest.mark.parametrize(
    "placed",
    [
        {"column": 1, "columns": 1, "row": 1, "rows": 7},
        {"column": 3, "columns": 1, "row": 4, "rows": 7},
        {"column": 2, "columns": 2, "row": 3, "rows": 8},
        {"column": 1, "columns": 3, "row": 5, "rows": 9},
    ],
)
def test_captions_of_insets_over_columns_stand_on_the_grid(
    tiny: Layout, squares: FontLibrary, placed: dict[str, int]
) -> None:
    told = make_story(TEXT[:600], insets=[_picture("样城的江岸，样城的江岸。")])
    issue = issue_of(told, [{"inset": "one", **placed}], columns=3)
    part, _ = fitted(tiny, squares, issue)
    _caption_is_on_the_grid(tiny, part)
    assert text_of(part) == TEXT[:600]
    inset = part.insets[0].box
    assert not any(_overlap(each.box, inset) for each in part.slices)


@pytest.mark.parametrize("where", ["left", "right"])
@pytest.mark.parametrize("row", [1, 4])
def test_captions_beside_text_stand_on_the_grid(
    tiny: Layout, squares: FontLibrary, where: str, row: int
) -> None:
    """The inset's box leaves a gutter of one em to the text and is flush with the column."""
    told = make_story(TEXT[:300], insets=[_picture("样城的江岸，样城的江岸。")])
    part, _ = fitted(tiny, squares, issue_of(told, [side(where, row, 7)]))
    _caption_is_on_the_grid(tiny, part)
    em, column, inset = tiny.grid.em_mm, part.slices[0].box, part.insets[0]
    assert inset.box.width == pytest.approx(11 * em)
    edge = column.x if where == "left" else column.x + column.width - inset.box.width
    assert inset.box.x == pytest.approx(edge)
    assert len(inset.lines) == 2


def _picture(caption: str) -> dict[str, str]:
    return {"id": "one", "picture": "one.jpg", "alt": "画面", "caption": caption}


def _caption_is_on_the_grid(layout: Layout, part: Part) -> None:
    (placed,) = part.insets
    assert placed.caption_box
    assert placed.picture_box
    rows = (placed.caption_box.y - layout.page.top_mm) / layout.grid.row_mm
    assert rows == pytest.approx(round(rows), abs=1e-6)
    assert placed.caption_box.height == pytest.approx(len(placed.lines) * layout.grid.row_mm)
    assert placed.picture_box.y + placed.picture_box.height <= placed.caption_box.y + 1e-6


def _overlap(one: Any, other: Any) -> bool:
    return (
        one.x < other.x + other.width - 1e-6
        and other.x < one.x + one.width - 1e-6
        and one.y < other.y + other.height - 1e-6
        and other.y < one.y + one.height - 1e-6
    )


def test_the_e_book_has_the_inset_where_it_stands(tiny: Layout, squares: FontLibrary) -> None:
    """Before the first paragraph that begins beside it or below its head."""
    told = make_story(f"{TEXT[:60]}\n\n{TEXT[60:120]}\n\n{TEXT[120:180]}", insets=[QUOTE])
    issue = issue_of(told, [side("left", 3, 3)])
    edition = fit_issue(issue, tiny, squares, Findings())
    assert list(place_insets(told, edition)) == [1]


def test_a_built_issue_reads_back(factory: IssueFactory, build: Build) -> None:
    """The caption lies inside the text's column, and is not taken for its text."""
    factory.paper |= {"layout": "tabloid", "pages": 1}
    picture = {**picture_inset("one", "a.png"), "caption": "江岸上的老码头"}
    factory.stories = {
        "alpha": story("江岸上有一座老码头，船来船往。" * 60 + "\n", insets=[picture])
    }
    factory.images = {"a.png": png()}
    frame = {"rect": [1, 1, 4, 36], "columns": 1, "style": "standard"}
    factory.pages = [page(place_story("alpha", **frame, insets=[side("left", 3, 9, 20)]))]
    report: Report = build(factory.write(), home=ROOT, only="print,screen")
    assert [each for each in report.problems if each.level == "error"] == []
