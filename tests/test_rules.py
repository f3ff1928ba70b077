"""The fine rules between stories, in points: an em is 10, a row 20, the corner at (18, 36)."""

from __future__ import annotations

import pytest

from producer.errors import Findings
from producer.fit.issue import fit_issue
from producer.fit.rules import rules_between
from producer.fonts.library import FontLibrary
from producer.layouts import Layout
from producer.model import Rect
from tests.conftest import make_issue, make_story
from tests.issuefactory import page, place_story

Found = list[tuple[str, float, float, float, float]]


def rules(layout: Layout, *rects: tuple[int, int, int, int]) -> Found:
    """Direction and left, top, width, height in points of the rules between rectangles."""
    names = ("column", "row", "columns", "rows")
    given = [Rect(**dict(zip(names, rect, strict=True))) for rect in rects]
    found = [(rule.direction, rule.box) for rule in rules_between(given, layout)]
    measures = [(box.x, box.y, box.width, box.height) for _, box in found]
    points = [[round(mm / 25.4 * 72, 3) for mm in each] for each in measures]
    return [(direction, *each) for (direction, _), each in zip(found, points, strict=True)]


def test_neighbours_have_a_rule_down_the_middle_of_their_gutter(tiny: Layout) -> None:
    assert rules(tiny, (1, 1, 1, 10), (2, 1, 2, 10)) == [("down", 123, 36, 0, 200)]


def test_the_rule_is_as_long_as_what_they_share(tiny: Layout) -> None:
    assert rules(tiny, (1, 3, 1, 10), (2, 1, 2, 8)) == [("down", 123, 76, 0, 120)]


@pytest.mark.parametrize(("rows", "count"), [(2, 0), (3, 1)])
def test_two_shared_rows_are_too_few(tiny: Layout, rows: int, count: int) -> None:
    assert len(rules(tiny, (1, 1, 1, rows), (2, 1, 1, 10))) == count


def test_an_empty_row_between_two_has_a_rule_in_its_middle(tiny: Layout) -> None:
    assert rules(tiny, (1, 1, 2, 4), (1, 6, 2, 4)) == [("across", 18, 126, 210, 0)]


@pytest.mark.parametrize("row", [5, 7])
def test_no_rule_where_not_just_one_row_is_empty(tiny: Layout, row: int) -> None:
    assert rules(tiny, (1, 1, 2, 4), (1, row, 2, 4)) == []


def test_the_rule_across_is_as_wide_as_what_they_share(tiny: Layout) -> None:
    assert rules(tiny, (1, 1, 2, 4), (2, 6, 2, 4)) == [("across", 128, 126, 100, 0)]


def test_rules_of_one_row_are_joined(tiny: Layout) -> None:
    """Two stories below one: one rule across, not two with a hole at the gutter."""
    found = rules(tiny, (1, 1, 3, 4), (1, 6, 1, 4), (2, 6, 2, 4))
    assert found == [("down", 123, 136, 0, 80), ("across", 18, 126, 320, 0)]


def test_rules_down_one_gutter_are_joined_over_an_empty_row(tiny: Layout) -> None:
    found = rules(tiny, (1, 1, 1, 4), (1, 6, 1, 4), (2, 1, 1, 9))
    assert found == [("down", 123, 36, 0, 180), ("across", 18, 126, 100, 0)]


def test_strangers_have_no_rule(tiny: Layout) -> None:
    assert rules(tiny, (1, 1, 1, 4), (3, 1, 1, 4)) == []
    assert rules(tiny) == []


def test_a_box_has_its_own_border(tiny: Layout, squares: FontLibrary) -> None:
    stories = [make_story("正文", id=id) for id in ("one", "two")]
    for box, count in ((None, 1), ("line", 0)):
        left = place_story("one", rect=[1, 1, 1, 8], box=box)
        placed = page(left, place_story("two", rect=[2, 1, 1, 8]))
        edition = fit_issue(make_issue([placed], stories), tiny, squares, Findings())
        assert len(edition.pages[0].rules) == count


def test_a_package_has_rules_inside_only(tiny: Layout, squares: FontLibrary) -> None:
    stories = [make_story("正文", id=id) for id in ("one", "two", "three")]
    package = {
        "package": "组合",
        "rect": [1, 1, 2, 10],
        "place": [
            place_story("one", rect=[1, 3, 1, 8]),
            place_story("two", rect=[2, 3, 1, 8]),
        ],
    }
    placed = page(package, place_story("three", rect=[3, 3, 1, 8]))
    edition = fit_issue(make_issue([placed], stories), tiny, squares, Findings())
    assert [round(rule.box.x / 25.4 * 72) for rule in edition.pages[0].rules] == [123]
