"""plan.html: all that a proposal holds, readable, and nothing that reaches outside."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import get_args

import pytest
from lxml import html

from producer.errors import Findings
from producer.fit.issue import fit_issue
from producer.fonts.library import FontLibrary
from producer.layouts import Layout
from producer.messages import LANGUAGES, catalogue
from producer.model import Issue, Page, Rect
from producer.planner.edited import from_edition
from producer.planner.flatplan import flatplan, term_id
from producer.planner.proposal import (
    Cut,
    LeftOver,
    PageProposal,
    PlacedStory,
    Proposal,
    Term,
)
from producer.planning import TermName
from tests.conftest import make_issue, make_story

HEADLINE = '<b>题</b> & "题"'


def pages() -> list[Page]:
    raw = [
        {"section": "要闻", "master": "front", "place": [{"story": "alpha", "rect": [1, 4, 1, 6]}]},
        {"section": "民生", "master": "news", "place": [{"story": "beta", "rect": [1, 1, 1, 6]}]},
    ]
    return [Page.model_validate(page) for page in raw]


@pytest.fixture
def issue() -> Issue:
    stories = [make_story("文。", id, headline=HEADLINE) for id in ("alpha", "beta", "gamma")]
    return make_issue(pages(), stories)


def placed(story: str, page: int, **more: object) -> PlacedStory:
    rect = Rect(column=1, row=4, columns=2, rows=10)
    made = PlacedStory(story, page, rect, 2, "standard", rows=10, lines=18, rank=1)
    return replace(made, **more)


def proposal() -> Proposal:
    furniture = ("furniture", Rect(column=1, row=1, columns=3, rows=2))
    alpha = placed("alpha", 1, goes_to=2, terms=(Term("lead_place", 60),))
    rest = placed("alpha", 2, continues=True, rows=8)
    beta = placed("beta", 2, rank=2, pinned=True, package="组合")
    return Proposal(
        (
            PageProposal(1, "要闻", "front", (alpha,), (furniture,), fill=0.998),
            PageProposal(2, "民生", "news", (rest, beta), terms=(Term("straight_gutter", 40),)),
        ),
        (LeftOver("gamma", "plan.off-page", (("columns", "3"), ("rows", "32"))),),
        (Cut("alpha", 2, 14),),
    )


def shown(issue: Issue, tiny: Layout, *proposals: Proposal, language: str = "en") -> str:
    return flatplan(issue, tiny, proposals or (proposal(),), language)


def test_every_part_stands_on_its_page_once(issue: Issue, tiny: Layout) -> None:
    page = html.fromstring(shown(issue, tiny))
    frames = [frame.get("id") for frame in page.xpath("//li[contains(@class, 'frame')]")]
    assert frames == ["plan-1-alpha", "plan-2-alpha", "plan-2-beta"]
    rows = [row.findtext(".//small") for row in page.xpath("//main//tbody/tr[td]")]
    assert rows == ["alpha", "alpha", "beta"]


def test_what_editors_wrote_is_text(issue: Issue, tiny: Layout) -> None:
    text = shown(issue, tiny)
    assert "<b>题" not in text
    heads = html.fromstring(text).xpath("//li/div[@class='head']")
    assert {head.text_content()[1:].strip() for head in heads} == {HEADLINE}


def test_links_of_jumps_lead_to_frames(issue: Issue, tiny: Layout) -> None:
    page = html.fromstring(shown(issue, tiny))
    ids = page.xpath("//@id")
    links = [link.get("href") for link in page.xpath("//a")]
    assert len(ids) == len(set(ids))
    assert {"#plan-2-alpha", "#plan-1-alpha"} <= set(links) <= {f"#{id}" for id in ids}


def test_left_over_and_cuts_are_told_with_their_mend(issue: Issue, tiny: Layout) -> None:
    cells = [cell.text_content() for cell in html.fromstring(shown(issue, tiny)).xpath("//td")]
    assert "the rectangle leaves the grid of 3 columns and 32 rows" in cells
    assert "Cut lines: 14." in cells


def test_terms_are_paid_where_they_arise(issue: Issue, tiny: Layout) -> None:
    page = html.fromstring(shown(issue, tiny))
    first, second = (figure.text_content() for figure in page.xpath("//figure"))
    assert "lead not upper left" in first and "paid in taste 60" in first
    assert "gutter straight through the page" in second and "paid in taste 40" in second


def test_it_needs_no_other_file(issue: Issue, tiny: Layout) -> None:
    text = shown(issue, tiny)
    assert not re.search(r"url\(|@import|https?:|<script|<link|\ssrc=", text)


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_can_be_read_aloud(issue: Issue, tiny: Layout, language: str) -> None:
    page = html.fromstring(shown(issue, tiny, language=language))
    assert page.get("lang") == {"en": "en", "zh": "zh-Hans"}[language]
    assert page.findtext("head/title") == page.findtext("body/header/h1")
    assert all(table.xpath("thead//th[@scope='col']") for table in page.xpath("//table"))
    assert {head.get("lang") for head in page.xpath("//div[@class='head']")} == {
        issue.paper.language
    }
    assert (
        len(page.xpath("//*[@role='img']")) == len(page.xpath("//*[@role='img'][@aria-label]")) == 2
    )


def test_alternatives_stand_side_by_side(issue: Issue, tiny: Layout) -> None:
    one = proposal()
    moved = replace(one.pages[1], stories=one.pages[1].stories[::-1])
    page = html.fromstring(shown(issue, tiny, one, replace(one, pages=(one.pages[0], moved))))
    side_by_side = page.xpath("//div[contains(@class, 'alternatives')]/figure")
    assert [each.xpath(".//*[@class='letter']")[0].text for each in side_by_side] == [
        "plan A",
        "plan B",
    ]
    assert len(page.xpath("//figure")) == 3, "the page that both agree on is shown once"
    ids = page.xpath("//@id")
    assert {link.get("href") for link in page.xpath("//a")} <= {f"#{id}" for id in ids}


def test_the_same_plan_gives_the_same_bytes(issue: Issue, tiny: Layout) -> None:
    assert shown(issue, tiny) == shown(issue, tiny)


def test_an_editors_plan_is_a_proposal_too(
    issue: Issue, tiny: Layout, squares: FontLibrary
) -> None:
    edition = fit_issue(issue, tiny, squares, Findings())
    made = from_edition(edition, tiny)
    assert [[part.story for part in page.stories] for page in made.pages] == [["alpha"], ["beta"]]
    (front, inside) = made.pages
    assert front.taken == (("furniture", Rect(column=1, row=1, columns=3, rows=2)),)
    # Three columns of 32 rows: two are the head and one the text, and the row below is air.
    part = edition.pages[1].parts[0]
    assert inside.fill == pytest.approx((7 - part.empty_rows) / 96)
    assert inside.stories[0].rows == 6 - part.empty_rows
    assert "要闻" in flatplan(issue, tiny, [made])


def test_every_term_has_a_name_and_a_reason() -> None:
    told = {id for id in catalogue() if id.startswith("plan-term.")}
    assert told == {term_id(name) for name in get_args(TermName)}
