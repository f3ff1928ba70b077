"""Fitting: lines into columns and frames, by example and for random stories and frames."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from producer.edition import Line, Part
from producer.errors import Findings
from producer.fit.issue import fit_issue
from producer.fit.pour import (
    Area,
    Segment,
    balanced_depth,
    fill,
    free_segments,
    pour,
    reserve_last_row,
)
from producer.fonts.library import FontLibrary
from producer.layouts import Layout
from producer.model import InsetPlacement, Issue, Story
from producer.preflight.text import story_text
from tests.conftest import make_issue, make_story
from tests.issuefactory import page, place_rest, place_story

# No character twice, so that nothing can take another's place unseen.
TEXT = "".join(map(chr, range(0x4E00, 0x6000)))


def lines(kinds: str) -> list[Line]:
    """Lines without glyphs: `.` for a line of text, `#` for a subhead of two rows."""
    return [
        Line(0, at, at + 1, (), str(at), rows=2 if kind == "#" else 1, is_subhead=kind == "#")
        for at, kind in enumerate(kinds)
    ]


def inset(column: int, columns: int, row: int, rows: int) -> InsetPlacement:
    return InsetPlacement(inset="one", column=column, columns=columns, row=row, rows=rows)


def poured(kinds: str, *rows: int) -> list[str]:
    """What stands in columns of so many rows: each row's line, `-` where a subhead goes on."""
    stretches, _ = pour(lines(kinds), [Segment(at, 0, depth) for at, depth in enumerate(rows)])
    found = []
    for stretch in stretches:
        column = ["_"] * stretch.segment.rows
        for line, row in stretch.lines:
            column[row : row + line.rows] = [line.text] + ["-"] * (line.rows - 1)
        found.append("".join(column))
    return found


# ---------------------------------------------------------------- columns


@pytest.mark.parametrize(
    ("kinds", "columns"),
    [
        ("......", ["012", "345"]),
        (".....", ["012", "34_"]),
        ("........", ["012", "345"]),  # the rest is left over
        ("...#..", ["012", "345"]),  # a subhead at a column's top takes one row
        ("..#..", ["01_", "234"]),  # and never stands at its foot
    ],
)
def test_lines_fill_column_after_column(kinds: str, columns: list[str]) -> None:
    assert poured(kinds, 3, 3) == columns


def test_a_subhead_takes_two_rows_and_keeps_two_lines_below() -> None:
    assert poured(".#..", 5) == ["01-23"]
    assert poured(".#..", 4, 4) == ["0___", "123_"]


@pytest.mark.parametrize(
    ("covered", "segments"),
    [
        (inset(2, 2, 3, 2), [(0, 0, 6), (1, 0, 2), (1, 4, 2), (2, 0, 2), (2, 4, 2)]),
        (inset(1, 3, 1, 2), [(0, 2, 4), (1, 2, 4), (2, 2, 4)]),
        (inset(3, 1, 5, 2), [(0, 0, 6), (1, 0, 6), (2, 0, 4)]),
        (inset(1, 1, 1, 6), [(1, 0, 6), (2, 0, 6)]),
    ],
)
def test_text_runs_round_an_inset(
    covered: InsetPlacement, segments: list[tuple[int, int, int]]
) -> None:
    assert free_segments(3, 6, [covered]) == [Segment(*segment) for segment in segments]


def test_the_jump_line_has_the_last_row_of_the_last_column() -> None:
    kept = [Segment(0, 0, 4), Segment(1, 0, 3)]
    assert reserve_last_row([Segment(0, 0, 4), Segment(1, 0, 4)]) == (kept, Segment(1, 3, 1))
    assert reserve_last_row([Segment(0, 2, 1)]) == ([], Segment(0, 2, 1))
    assert reserve_last_row([]) == ([], None)


@pytest.mark.parametrize(
    ("kinds", "insets", "depth"),
    [
        ("." * 9, [], 3),
        ("." * 10, [], 4),
        ("." * 10, [inset(3, 1, 1, 2)], 4),
        ("." * 2, [inset(3, 1, 1, 5)], 5),  # never above an inset's foot
        ("." * 30, [], 10),
        ("." * 31, [], None),
    ],
)
def test_columns_are_as_short_as_may_be(
    kinds: str, insets: list[InsetPlacement], depth: int | None
) -> None:
    assert balanced_depth(lambda _: lines(kinds), Area(3, 10, tuple(insets))) == depth


@st.composite
def areas(draw: st.DrawFn) -> tuple[int, int, list[InsetPlacement]]:
    """Columns, rows, and an inset at the left, at the right, in the middle or over all."""
    columns, rows = draw(st.integers(1, 6)), draw(st.integers(1, 24))
    if draw(st.booleans()):
        return columns, rows, []
    first, top = draw(st.integers(1, columns)), draw(st.integers(1, rows))
    wide, high = draw(st.integers(1, columns - first + 1)), draw(st.integers(1, rows - top + 1))
    return columns, rows, [inset(first, wide, top, high)]


@given(kinds=st.text(".....#", min_size=1, max_size=90), area=areas())
def test_the_depth_is_the_smallest_that_holds_all(
    kinds: str, area: tuple[int, int, list[InsetPlacement]]
) -> None:
    columns, rows, insets = area
    galley = lines(kinds)
    least = max((each.row - 1 + each.rows for each in insets), default=1)
    holds = [
        depth
        for depth in range(least, rows + 1)
        if pour(galley, free_segments(columns, depth, insets))[1] == len(galley)
    ]
    found = balanced_depth(lambda _: galley, Area(columns, rows, tuple(insets)))
    assert found == (holds[0] if holds else None)


@given(kinds=st.text(".", min_size=1, max_size=90), area=areas())
def test_columns_differ_only_in_the_last(
    kinds: str, area: tuple[int, int, list[InsetPlacement]]
) -> None:
    """All columns end on one row, above or below an inset; the remainder is in the last."""
    columns, rows, insets = area
    filled = fill(lambda _: lines(kinds), Area(columns, rows, tuple(insets)))
    if filled.used < len(kinds):
        assert filled.empty_rows == 0
        return
    with_text = [each for each in filled.stretches if each.lines]
    assert all(each.rows == each.segment.rows for each in with_text[:-1])
    feet = {each.segment.bottom for each in filled.stretches}
    assert len({foot for foot in feet if not _above_an_inset(foot, insets)}) <= 1
    assert filled.holes == 0


def _above_an_inset(foot: int, insets: list[InsetPlacement]) -> bool:
    return any(foot == each.row - 1 for each in insets)


@given(kinds=st.text("..#", min_size=1, max_size=90), area=areas(), jumps=st.booleans())
def test_no_subhead_stands_at_a_foot(
    kinds: str, area: tuple[int, int, list[InsetPlacement]], jumps: bool
) -> None:
    """Nor is fewer than two rows of text below it, but where the story ends."""
    columns, rows, insets = area
    filled = fill(lambda _: lines(kinds + ".."), Area(columns, rows, tuple(insets), jumps))
    for stretch in filled.stretches:
        for line, row in stretch.lines:
            if line.is_subhead:
                assert row + line.rows + 2 <= stretch.segment.rows
                assert not stretch.lines[-1].line.is_subhead


@given(kinds=st.text("...#", min_size=1, max_size=120), area=areas(), jumps=st.booleans())
def test_every_row_is_text_or_counted(
    kinds: str, area: tuple[int, int, list[InsetPlacement]], jumps: bool
) -> None:
    columns, rows, insets = area
    filled = fill(lambda _: lines(kinds), Area(columns, rows, tuple(insets), jumps))
    free = columns * rows - sum(each.columns * each.rows for each in insets)
    set_rows = sum(line.rows for each in filled.stretches for line, _ in each.lines)
    assert set_rows + filled.empty_rows + (filled.jump_row is not None) == free


# ---------------------------------------------------------------- random stories and frames


@st.composite
def stories(draw: st.DrawFn) -> Story:
    kinds = st.one_of(
        st.tuples(st.just(""), st.integers(1, 90)), st.tuples(st.just("## "), st.integers(3, 12))
    )
    blocks, at = [], 0
    for mark, length in [("", 2), *draw(st.lists(kinds, max_size=9)), ("", 31)]:
        blocks.append(mark + TEXT[at : at + length])
        at += length
    lead_in = draw(st.sampled_from([None, "讯讯讯"]))
    byline = draw(st.sampled_from([None, "记者", "记者记者记者"]))
    insets = [{"id": "one", "quote": "样"}]
    return make_story("\n\n".join(blocks), lead_in=lead_in, byline=byline, insets=insets)


@st.composite
def frames(draw: st.DrawFn) -> list[dict[str, Any]]:
    """One to three frames, which will stand on a page each; one may have an inset."""
    found = []
    for _ in range(draw(st.integers(1, 3))):
        width, rows = draw(st.integers(1, 3)), draw(st.integers(6, 32))
        columns = draw(st.integers(1, width))
        frame: dict[str, Any] = {"rect": [1, 1, width, rows], "columns": columns}
        frame["box"] = draw(st.sampled_from([None, "line"])) if rows > 9 else None
        found.append(frame)
    if draw(st.booleans()) and found[0]["rect"][3] > 12:
        column, row = draw(st.integers(1, found[0]["columns"])), draw(st.integers(1, 6))
        found[0]["insets"] = [{"inset": "one", "column": column, "row": row, "rows": 2}]
    return found


def issue_of(story: Story, chain: list[dict[str, Any]], between: int = 0) -> Issue:
    """A story's chain, a frame on a page, with so many other pages after the first."""
    first, *others = chain
    fillers = [make_story("正文", id=f"filler-{at}") for at in range(between)]
    pages = [page(place_story(story.id, **first))]
    pages += [page(place_story(each.id, rect=[1, 1, 1, 8])) for each in fillers]
    pages += [page(place_rest(story.id, **frame)) for frame in others]
    return make_issue(pages, [story, *fillers], jumps={"limit": 7})


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(story=stories(), chain=frames())
def test_random_stories_in_random_frames(
    tiny: Layout, squares: FontLibrary, story: Story, chain: list[dict[str, Any]]
) -> None:
    issue, findings = issue_of(story, chain), Findings()
    edition = fit_issue(issue, tiny, squares, findings)
    parts = edition.parts_of(story.id)
    _is_whole(story, issue, parts, {found.id for found in findings})
    _stands_in_its_rows(parts)
    _jumps_land(parts, findings)
    _ends_are_even(parts[-1], story)
    assert fit_issue(issue, tiny, squares, Findings()) == edition


def _is_whole(story: Story, issue: Issue, parts: tuple[Part, ...], told: set[str]) -> None:
    """Nothing lost, doubled or out of order; what has no place is counted."""
    tail = issue.paper.byline_mark + story.head.byline if story.head.byline else ""
    wanted = "".join(story_text(story, tail).split())
    slices = [each.text for part in parts for each in part.slices]
    found = "".join("".join(slices).split())
    missing = sum(part.overset_characters for part in parts)
    assert "jump.unneeded" in told or wanted.startswith(found)
    if told.isdisjoint({"fit.overset", "jump.unneeded"}):
        assert (found, missing) == (wanted, 0)
    elif "fit.overset" in told:
        assert 0 <= missing - (len(wanted) - len(found)) <= 1  # the gap after a lead-in
    assert all(part.end == following.start for part, following in pairwise(parts))


def _stands_in_its_rows(parts: tuple[Part, ...]) -> None:
    """No slice over its rows, no two lines on one row, all within the frame."""
    for part in parts:
        for each in part.slices:
            rows = [row for line, at in each.lines for row in range(at, at + line.rows)]
            assert rows == sorted(set(rows))
            assert rows[-1] < each.rows
            outer, box = part.box, each.box
            assert 0 <= box.x - outer.x <= outer.width - box.width + 1e-6
            assert 0 <= box.y - outer.y <= outer.height - box.height + 1e-6


def _jumps_land(parts: tuple[Part, ...], findings: Findings) -> None:
    """Every jump line names the page of the next part, and that names the page before."""
    for part, following in pairwise(parts):
        assert part.jump_line is not None or not part.slices
        assert part.jump_line is None or part.jump_line.text == f"（下转第{following.page}版）"
        assert following.head.from_line == f"（上接第{part.page}版）"
        assert (part.goes_to, following.comes_from) == (following.page, part.page)
    assert parts[-1].jump_line is None
    short = [part.page for part in parts if sum(len(s.lines) for s in part.slices) < 3]
    told = [found.values["page"] for found in findings if found.id == "jump.short-part"]
    assert told == (short if len(parts) > 1 else [])


def _ends_are_even(last: Part, story: Story) -> None:
    """Columns of a story that ends here end on one row, the remainder in the last.

    Subheads that would stand at a foot leave holes there.
    """
    has_subheads = any(block.kind == "subhead" for block in story.body)
    if last.overset_lines or has_subheads or last.insets:
        return
    found = [0] * last.columns
    for each in last.slices:
        found[each.column] = each.lines[-1].row + 1
    full = found.index(max(found)) + found.count(max(found))
    assert full >= len([depth for depth in found if depth]) - 1
    assert sum(max(found) - depth for depth in found) < last.columns


def test_a_subhead_is_not_parted_by_a_jump(tiny: Layout, squares: FontLibrary) -> None:
    """A subhead of two lines at a part's foot: neither parted nor set twice."""
    story = make_story(f"样城\n\n## {TEXT[:11]}\n\n{TEXT[:40]}")
    for rows in range(7, 12):
        chain = [{"rect": [1, 1, 1, rows]}, {"rect": [1, 1, 3, 8]}]
        edition = fit_issue(issue_of(story, chain), tiny, squares, Findings())
        slices = [each for part in edition.parts_of(story.id) for each in part.slices]
        assert "".join(each.text for each in slices) == story_text(story), rows
        assert all(not each.lines[-1].line.is_subhead for each in slices), rows


@pytest.mark.parametrize("between", [2, 3, 11])
def test_moving_the_continuation_changes_every_number(
    tiny: Layout, squares: FontLibrary, between: int
) -> None:
    chain = [{"rect": [1, 1, 1, 12]}, {"rect": [1, 1, 3, 16]}]
    story, findings = make_story(TEXT[:300]), Findings()
    edition = fit_issue(issue_of(story, chain, between), tiny, squares, findings)
    first, second = edition.parts_of(story.id)
    number = between + 2
    assert (second.page, first.goes_to) == (number, number)
    assert first.jump_line and first.jump_line.text == f"（下转第{number}版）"
    assert second.head.from_line == "（上接第1版）"
    assert [found for found in findings if found.level == "error"] == []
