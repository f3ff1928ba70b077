"""What the judge of plans counts on a page, on pages made to have the fault or not."""

from __future__ import annotations

from typing import Any

import pytest

from producer.edition import EditionPage
from producer.errors import Findings
from producer.fit.issue import fit_issue
from producer.fonts.library import FontLibrary
from producer.layouts import Layout
from producer.model import Page
from tests.conftest import make_issue, make_story
from tests.planning.taste import Taste, taste

Set = Any
CLEAN = Taste(clashes=0, gutters=0, narrow=0, inversions=0, lead_off=False)


@pytest.fixture
def page(tiny: Layout, squares: FontLibrary) -> Set:
    """Makes a page of stories named by letters, each with its placement."""

    def made(**places: dict[str, Any]) -> EditionPage:
        stories = [make_story("正文一段。", id, headline="题") for id in places]
        items = [{"story": id, "style": "lead", **place} for id, place in places.items()]
        planned = Page.model_validate({"section": "要闻", "master": "news", "place": items})
        return fit_issue(make_issue([planned], stories), tiny, squares, Findings()).pages[0]

    return made


def at(*rect: int, **more: Any) -> dict[str, Any]:
    # One text column of 31 em: at 10 em every measure would be narrow.
    return {"rect": rect, "columns": 1, **more}


RANKS = {"a": 1, "b": 2, "c": 3}


def test_a_lead_above_two_others_in_different_heads_is_clean(page: Set) -> None:
    found = page(a=at(1, 1, 3, 8), b=at(1, 10, 2, 8, style="standard"), c=at(1, 19, 3, 8))
    assert taste(found, {**RANKS, "c": 1, "b": 3}) == CLEAN


def test_equal_heads_side_by_side_clash_unless_one_is_boxed(page: Set) -> None:
    below = {"c": at(1, 10, 3, 8, style="standard")}
    side_by_side = page(a=at(1, 1, 2, 8), b=at(3, 1, 1, 8), **below)
    assert taste(side_by_side, RANKS).clashes == 1
    boxed = page(a=at(1, 1, 2, 8), b=at(3, 1, 1, 8, box="line"), **below)
    assert taste(boxed, RANKS).clashes == 0
    apart = page(a=at(1, 1, 2, 8), b=at(3, 2, 1, 8), **below)
    assert taste(apart, RANKS).clashes == 0


def test_a_gutter_from_top_to_foot_is_counted_until_something_crosses_it(page: Set) -> None:
    parted = {"a": at(1, 1, 2, 8), "b": at(3, 1, 1, 8, style="standard")}
    assert taste(page(**parted), RANKS).gutters == 1
    assert taste(page(**parted, c=at(1, 10, 2, 8, style="standard")), RANKS).gutters == 1
    assert taste(page(**parted, c=at(1, 10, 3, 8, style="standard")), RANKS).gutters == 0


def test_a_narrow_measure_is_counted(page: Set) -> None:
    assert taste(page(a=at(1, 1, 1, 20)), RANKS).narrow == 1


def test_the_first_story_leads_by_size_and_place(page: Set) -> None:
    small = page(a=at(1, 1, 3, 8, style="standard"), b=at(1, 10, 3, 8))
    assert taste(small, RANKS).lead_off and taste(small, RANKS).inversions == 1
    below = page(b=at(1, 1, 3, 8, style="standard"), a=at(1, 10, 3, 8))
    assert taste(below, RANKS).lead_off and taste(below, RANKS).inversions == 0
    beside = page(a=at(1, 1, 2, 8), b=at(3, 1, 1, 8, style="standard"))
    assert not taste(beside, RANKS).lead_off
