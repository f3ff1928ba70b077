"""The sample issue: its editors' plan as a proposal, written back, builds the same pages."""

from __future__ import annotations

from pathlib import Path

import pytest

from producer.fonts.library import FontLibrary
from producer.load import load_issue
from producer.planner.proposal import Proposal
from tests.planning.judge import Bench
from tests.planning.sample import SAMPLE, edited, unplanned


@pytest.fixture(scope="module")
def editors(fonts: FontLibrary) -> Proposal:
    return edited(fonts)


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory, fonts: FontLibrary) -> Bench:
    return Bench(unplanned(tmp_path_factory.mktemp("sample")), fonts)


def test_the_unplanned_sample_wants_every_story(bench: Bench) -> None:
    assert {wish.story for wish in bench.issue.data.wanted} == set(bench.issue.stories)
    assert not any(list(page.text_placements()) for page in bench.issue.pages)


def test_the_editors_plan_written_back_is_the_editors_plan(bench: Bench, editors: Proposal) -> None:
    judged = bench.judge(editors)
    assert judged.is_sound, judged
    assert (judged.placed, judged.jumped) == (38, 8)
    assert all(page.fill > 0.97 and not page.taste.lead_off for page in judged.pages)
    again, _ = load_issue(bench.planned(editors))
    assert placements(again.folder) == placements(str(SAMPLE))


def placements(folder: str) -> list[list[str]]:
    """Every page's placements, all that a frame's master says spelled out."""
    issue, _ = load_issue(Path(folder))
    return [
        sorted(repr(item.model_copy(update={"pinned": False})) for item in page.text_placements())
        for page in issue.pages
    ]
