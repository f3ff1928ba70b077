"""What a plan is worth, judged from outside: written, loaded and fitted as any issue is.

Nothing here asks the planner. Hard rules are what the build holds as errors, and the trade's
(`../shared/checks.md`: J02, J04).
"""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from producer.edition import Edition, Part
from producer.errors import Findings, ProducerError
from producer.fit.issue import fit_issue
from producer.fonts.library import FontLibrary
from producer.layouts import load_layout
from producer.load import load_issue
from producer.model import Issue
from producer.planner.edited import from_edition
from producer.planner.proposal import Proposal
from producer.planner.writeback import written
from tests.conftest import ROOT
from tests.planning.taste import Taste, taste

# A part of a story that is cut has so many lines at least (J04).
LEAST_LINES = 8
# A page with enough copy is so full.
FULL = 0.99


@dataclass(frozen=True)
class JudgedPage:
    """One page: how full it is, and its faults of taste; `cost` is what the planner says."""

    number: int
    stories: int
    fill: float
    taste: Taste
    cost: int


@dataclass(frozen=True)
class Judged:
    """A whole plan; `broken` are hard rules with their counts, by the id of their message."""

    stories: int
    placed: int
    jumped: int
    left_over: int
    unexplained: tuple[str, ...]
    cuts: int
    overset_lines: int
    lost_characters: int
    broken: dict[str, int]
    pages: tuple[JudgedPage, ...]

    @property
    def is_sound(self) -> bool:
        """Whether no hard rule is broken, and every story is placed or explained."""
        return not (self.broken or self.unexplained or self.lost_characters or self.overset_lines)


class Bench:
    """One issue on its layout, and plans of it, which are built in a folder beside it."""

    def __init__(self, folder: Path, fonts: FontLibrary) -> None:
        self.folder = folder
        self.fonts = fonts
        self.issue, _ = load_issue(folder, is_planned=False)
        self.layout = load_layout(self.issue.paper.layout, ROOT / "layouts")

    def planned(self, proposal: Proposal) -> Path:
        """The issue's folder again, the plan written into it."""
        folder = self.folder.parents[1] / "planned" / self.folder.name
        shutil.rmtree(folder.parent, ignore_errors=True)
        shutil.copytree(self.folder, folder)
        shutil.copy(self.folder.parent / "paper.yaml", folder.parent)
        text = (self.folder / "issue.yaml").read_text("utf-8")
        (folder / "issue.yaml").write_text(written(text, proposal), "utf-8")
        return folder

    def judge(self, proposal: Proposal) -> Judged:
        """Write the plan, build it, and look at what has come of it."""
        findings = Findings()
        try:
            issue, _ = load_issue(self.planned(proposal), is_planned=False)
            edition = fit_issue(issue, self.layout, self.fonts, findings)
        except ProducerError as error:
            return self._judged(proposal, None, Counter(found.id for found in error.problems))
        return self._judged(proposal, edition, Counter(found.id for found in findings.of("error")))

    def _judged(self, proposal: Proposal, edition: Edition | None, broken: Counter[str]) -> Judged:
        parts = list(edition.parts()) if edition else []
        placed = {part.story for part in parts}
        left = {each.story for each in proposal.left_over}
        broken.update(self._broken(parts))
        is_whole = len(proposal.pages) == len(self.issue.pages)
        return Judged(
            stories=len(self.issue.stories),
            placed=len(placed),
            jumped=sum(part.goes_to is not None for part in parts),
            left_over=len(left),
            unexplained=tuple(sorted({*self.issue.stories} - placed - left)) if is_whole else (),
            cuts=len(proposal.cuts),
            overset_lines=sum(part.overset_lines for part in parts),
            lost_characters=sum(_lost(self.issue, edition, id) for id in placed) if edition else 0,
            broken=dict(broken),
            pages=tuple(self._pages(proposal, edition)) if edition else (),
        )

    def _broken(self, parts: Sequence[Part]) -> Iterator[str]:
        """Hard rules that the build itself does not hold as errors."""
        wishes = {wish.story: wish for wish in self.issue.data.wanted}
        for part in parts:
            lines = sum(len(slice_.lines) for slice_ in part.slices)
            if (part.goes_to or part.comes_from) and lines < LEAST_LINES:
                yield "short-part"
            if part.goes_to and part.goes_to <= part.page:
                yield "jump-backwards"
            wish = wishes.get(part.story)
            if not wish:
                continue
            if part.goes_to and not wish.jump:
                yield "jump-forbidden"
            if part.index == 1 and wish.page not in (None, part.page):
                yield "wrong-page"
            if wish.columns and not wish.columns[0] <= part.rect.columns <= wish.columns[1]:
                yield "wrong-columns"

    def _pages(self, proposal: Proposal, edition: Edition) -> Iterator[JudgedPage]:
        fills = {page.number: page.fill for page in from_edition(edition, self.layout).pages}
        placed = [one for page in proposal.pages for one in page.stories]
        ranks = {one.story: one.rank for one in placed if not one.continues}
        costs = {
            page.number: sum(
                term.cost
                for term in (*page.terms, *(term for one in page.stories for term in one.terms))
            )
            for page in proposal.pages
        }
        for page in edition.pages:
            if page.number in costs:
                yield JudgedPage(
                    page.number,
                    len(page.parts),
                    fills[page.number],
                    taste(page, ranks),
                    costs[page.number],
                )


def _lost(issue: Issue, edition: Edition, story: str) -> int:
    """Characters of a story that stand in no line, and are not told as overset either."""
    parts = edition.parts_of(story)
    shown = Counter("".join(slice_.text for part in parts for slice_ in part.slices))
    wanted = Counter("".join(block.text for block in issue.stories[story].body))
    missing = sum(count for sign, count in (wanted - shown).items() if not sign.isspace())
    return max(0, missing - sum(part.overset_characters for part in parts))
