"""Lonely lines (孤行): mended by one paragraph or by two, never at the cost of something else."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from producer.bounds import Mending
from producer.compose.blocks import BEST
from producer.edition import Edition, Head, Line
from producer.errors import Findings
from producer.fit.geometry import FrameGeometry
from producer.fit.issue import fit_issue
from producer.fit.mend import mend
from producer.fit.pour import Area, fill
from producer.fit.trial import PLANNED, Bench, Choice, SetFrame
from producer.fonts.library import FontLibrary
from producer.layouts import Layout
from producer.model import Issue
from tests.conftest import make_issue, make_story
from tests.issuefactory import page, place_rest, place_story

Costs = dict[int, dict[int, float]]


def galley(counts: list[int], choice: Choice = PLANNED) -> tuple[Line, ...]:
    """Lines of paragraphs that have so many lines each, more or fewer by the choice."""
    changes = dict(choice.setting.changes)
    return tuple(
        Line(block, at, at + 1, (), f"{block}.{at}", is_first=at == 0, is_last=at + 1 == count)
        for block, count in ((at, each + changes.get(at, 0)) for at, each in enumerate(counts))
        for at in range(count)
    )


@dataclass
class Toy:
    """Paragraphs by their lines, in an area; as a bench that mending asks."""

    counts: list[int]
    area: Area
    prices: Costs
    bounds: Mending = field(default_factory=Mending)

    @property
    def layout(self) -> Toy:
        return self

    @property
    def mending(self) -> Mending:
        return self.bounds

    def set(self, _: SetFrame | None = None, choice: Choice = PLANNED) -> SetFrame:
        lines = galley(self.counts, choice)
        filled = fill(lambda _: lines, self.area)
        rest = lines[filled.used :]
        is_cut = bool(self.area.jumps and rest) and rest[0].is_last and not rest[0].is_first
        head, geometry = cast(Head, None), cast(FrameGeometry, None)
        return SetFrame(choice, head, geometry, self.area, (), filled, is_cut)

    def misfit(self, frame: SetFrame) -> int:
        if self.area.jumps:
            return 0
        short = max(0, frame.filled.empty_rows - self.area.columns + 1)
        return len(frame.rest) or -short

    def loose(self, frame: SetFrame) -> int:
        return 0

    def costs(self, frame: SetFrame, block: int) -> dict[int, float]:
        return self.prices.get(block, {0: 0.0})

    def mended(self) -> SetFrame:
        return mend(cast(Bench, self), self.set(), self.set)


def changes(frame: SetFrame) -> dict[int, int]:
    return dict(frame.choice.setting.changes)


BOTH = {-1: 3.0, 0: 0.0, 1: 3.0}


@pytest.mark.parametrize(
    ("prices", "found"),
    [
        ({1: BOTH}, {1: -1}),  # the paragraph itself
        ({0: {1: 2.0}, 1: {1: 9.0}}, {0: 1}),  # the one before, since nobody sees it
        ({0: {1: 8.0}, 1: {1: 9.0}}, {1: 1}),  # both can be seen: the nearer
        ({0: {1: 40.0}, 1: {1: 99.0}}, {}),  # too dear
        ({2: BOTH}, {}),  # those behind it cannot help
    ],
)
def test_the_nearest_of_the_least_visible_is_taken(prices: Costs, found: dict[int, int]) -> None:
    """Paragraphs of 3, 3 and 9 lines in columns of 5 and 4 rows: the second ends alone."""
    toy = Toy([3, 3, 9], Area(2, 5, jumps=True), prices)
    assert [line.text for line in toy.set().filled.lonely] == ["1.2"]
    assert changes(toy.mended()) == found
    assert toy.mended().lonely == (0 if found else 1)


def test_another_paragraph_gives_the_line_back() -> None:
    """The frame is full: a line more would be overset, a line less leave a row too many."""
    toy = Toy([3, 3, 4, 2], Area(2, 6), {0: {1: 1.0}, 3: {-1: 1.0}})
    assert not toy.set().lonely
    toy = Toy([4, 3, 3, 2], Area(2, 6), {1: {1: 1.0}, 3: {-1: 1.0}})
    assert [line.text for line in toy.set().filled.lonely] == ["1.2"]
    mended = toy.mended()
    assert changes(mended) == {1: 1, 3: -1}
    assert (mended.lonely, len(mended.rest)) == (0, 0)


def test_the_cut_of_a_jump_is_a_column_border() -> None:
    """Two columns of 4 rows, the last for the jump line: the eighth line would go on alone."""
    toy = Toy([4, 4, 6], Area(2, 4, jumps=True), {0: {1: 9.0}, 1: {-1: 2.0, 1: 3.0}})
    assert toy.set().cut_is_lonely
    assert changes(toy.mended()) == {1: -1}


def test_a_jump_keeps_something_to_go_on_with() -> None:
    toy = Toy([4, 4], Area(2, 4, jumps=True), {1: {-1: 2.0, 1: 3.0}})
    assert toy.set().cut_is_lonely
    assert changes(toy.mended()) == {1: 1}


def test_changes_that_were_made_before_stay() -> None:
    toy = Toy([3, 4, 4], Area(2, 5), {0: BOTH, 1: BOTH})
    before = toy.set(None, Choice(BEST._replace(changes=((1, -1),))))
    assert before.lonely
    after = mend(cast(Bench, toy), before, toy.set)
    assert changes(after) == {0: -1, 1: -1}


def test_mending_can_be_switched_off() -> None:
    toy = Toy([3, 3, 4], Area(2, 5), {1: BOTH}, Mending(paragraphs=0))
    assert toy.mended() == toy.set()


@st.composite
def toys(draw: st.DrawFn) -> Toy:
    counts = draw(st.lists(st.integers(2, 7), min_size=1, max_size=9))
    columns, jumps = draw(st.integers(1, 4)), draw(st.booleans())
    needed = -(-sum(counts) // columns)
    rows = max(2, needed + draw(st.integers(-2, 2)))
    prices = st.dictionaries(st.sampled_from([-1, 1]), st.floats(0, 30))
    found = draw(st.lists(prices, min_size=len(counts), max_size=len(counts)))
    return Toy(counts, Area(columns, rows, (), jumps), dict(enumerate(found)))


@given(toy=toys())
def test_mending_makes_nothing_worse(toy: Toy) -> None:
    before, after = toy.set(), toy.mended()
    assert after.lonely <= before.lonely
    assert max(0, toy.misfit(after)) <= max(0, toy.misfit(before))
    assert min(0, toy.misfit(after)) >= min(0, toy.misfit(before))
    assert after.filled.holes <= before.filled.holes
    for block, change in changes(after).items():
        assert toy.prices[block][change] <= toy.bounds.cost
    assert toy.mended() == after


@given(toy=toys())
def test_what_one_change_can_mend_is_mended(toy: Toy) -> None:
    """Whatever single change takes a lonely line away and harms nothing: it is not left out."""
    before = toy.set()
    for block, prices in toy.prices.items():
        for change, cost in prices.items():
            tried = toy.set(None, Choice(BEST._replace(changes=((block, change),))))
            same = toy.misfit(tried) == toy.misfit(before)
            same = same and tried.filled.holes == before.filled.holes
            near = any(0 <= line.block - block < 8 for line in before.filled.lonely)
            if not tried.area.jumps and tried.lonely < before.lonely and same and near:
                assert cost > toy.bounds.cost or toy.mended().lonely < before.lonely


# ---------------------------------------------------------------- real type

TEXT = (
    "样城的江岸有一段老路，两边种着香樟，晨练的人从这里走到码头，再从码头走回来。"
    "去年冬天，路面重新铺过，旧石板一块一块编了号，铺回去的时候还在原来的地方。"
    "“看得出是老路。”住在江边的人这样说，“脚下的声音没有变。”"
)


def issue_of(length: int) -> Issue:
    """Seven paragraphs of different lengths on a page and their rest on another."""
    cuts = [18, 47, 71, 86, 60, 95, 33]
    body = "\n\n".join((TEXT * 2)[at : at + cut + length % 7] for at, cut in enumerate(cuts))
    rows = 16 + length % 3
    pages = [
        page(place_story("alpha", rect=[1, 1, 3, rows], style="standard")),
        page(place_rest("alpha", rect=[1, 1, 2, 20])),
    ]
    return make_issue(pages, [make_story(body, headline="老路还是老路")], layout="tabloid")


@pytest.mark.parametrize("length", range(12))
def test_in_real_type_lonely_lines_are_mended_or_told(
    tabloid: Layout, fonts: FontLibrary, length: int
) -> None:
    issue, findings, plain = issue_of(length), Findings(), Findings()
    off = tabloid.model_copy(update={"mending": Mending(paragraphs=0)})
    untouched = fit_issue(issue, off, fonts, plain)
    edition = fit_issue(issue, tabloid, fonts, findings)
    lonely = [
        line.text
        for part in edition.parts()
        for each in part.slices
        for line in [each.lines[0].line]
        if line.is_last and not line.is_first
    ]
    told = [found.values["text"] for found in findings if found.id == "column.widow"]
    assert sorted(told) == sorted(lonely)
    before = [found for found in plain if found.id == "column.widow"]
    notes = [found for found in findings if found.id == "column.mended"]
    assert notes or len(told) == len(before)
    assert len(told) <= len(before)
    assert all(note.level == "note" and note.values["lines"] in ("-1", "+1") for note in notes)
    assert _text(edition) == _text(untouched)


def _text(edition: Edition) -> str:
    return "".join(each.text for part in edition.parts() for each in part.slices)


def test_real_type_has_something_to_mend(tabloid: Layout, fonts: FontLibrary) -> None:
    """The test above is not empty: some of its stories are mended."""
    found = []
    for length in range(12):
        findings = Findings()
        fit_issue(issue_of(length), tabloid, fonts, findings)
        found += [each.id for each in findings if each.id == "column.mended"]
    assert found
