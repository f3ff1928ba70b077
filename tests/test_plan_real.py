"""Real stories planned: sound pages, whole stories, the same plan again, better than greedy.

Whole issues are for `make plan-bench`; these are a page or two, in seconds.
"""

from __future__ import annotations

import pytest

from producer.errors import Findings
from producer.fonts.library import FontLibrary
from producer.planner.proposal import Proposal
from producer.planner.propose import Options, propose
from tests import newspapers
from tests.planning.greedy import pack
from tests.planning.judge import FULL, Bench

pytestmark = pytest.mark.skipif(not newspapers.IS_HERE, reason="needs ../shared/data")

# Of the solver's own time, for all pages.
SECONDS = 6


def planned(bench: Bench) -> Proposal:
    options = Options(seconds=SECONDS, seed=1)
    return propose(bench.issue, bench.layout, bench.fonts, options, Findings())


@pytest.fixture(scope="module")
def broadsheet(tmp_path_factory: pytest.TempPathFactory, fonts: FontLibrary) -> Bench:
    """Two pages of a real day: fourteen stories from abroad, and nine long ones of theory."""
    root = tmp_path_factory.mktemp("broadsheet")
    return Bench(newspapers.newspaper(root, pages=(3, 5)), fonts)


@pytest.fixture(scope="module")
def tabloid_page(tmp_path_factory: pytest.TempPathFactory, fonts: FontLibrary) -> Bench:
    root = tmp_path_factory.mktemp("tabloid")
    return Bench(newspapers.tabloid(root, seed=1, pages=1), fonts)


def test_real_pages_are_sound_and_better_than_greedy(broadsheet: Bench) -> None:
    judged = broadsheet.judge(planned(broadsheet))
    greedy = broadsheet.judge(pack(broadsheet.issue, broadsheet.layout, broadsheet.fonts))
    assert judged.is_sound, judged
    assert greedy.is_sound, greedy
    assert judged.placed >= greedy.placed
    for own, other in zip(judged.pages, greedy.pages, strict=True):
        assert own.fill > other.fill
        assert not own.taste.lead_off
        assert own.taste.clashes + own.taste.gutters <= other.taste.clashes + other.taste.gutters


def test_a_page_with_enough_copy_is_full(tabloid_page: Bench) -> None:
    proposal = planned(tabloid_page)
    judged = tabloid_page.judge(proposal)
    assert judged.is_sound, judged
    assert judged.pages[0].fill >= FULL
    assert proposal == planned(tabloid_page), "same input and seed, same plan"
