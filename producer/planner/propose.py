"""A plan proposed: stories to pages, pages solved, frames tried by the fit, all of it told."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace

from producer.errors import Findings
from producer.fonts.library import FontLibrary
from producer.layouts import Layout
from producer.model import Issue
from producer.planner.assign import assign
from producer.planner.desk import Item, desk, with_lead
from producer.planner.ground import Ground, grounds, old_frames
from producer.planner.means import means_for
from producer.planner.proposal import Proposal
from producer.planner.shapes import ShapeMaker
from producer.planner.solve import Solution, solve
from producer.planner.telling import page_proposal
from producer.planner.trial import Trial

# Pages solved at the same time; each by a search of its own, whatever the machine has.
_AT_ONCE = 2


@dataclass(frozen=True)
class Options:
    """What to plan, and how long to search: `pages` by number, all if empty.

    `seconds` are of the solver's deterministic time for the whole issue, about seconds of one
    core; without them the layout's own limit for a page holds.
    """

    pages: frozenset[int] = frozenset()
    seconds: float | None = None
    seed: int = 0
    alternatives: int = 1


def propose(
    issue: Issue, layout: Layout, fonts: FontLibrary, options: Options, findings: Findings
) -> Proposal:
    """Plan an issue's pages.

    Raises:
        ProducerError: when what is fixed on the pages contradicts itself.
    """
    return _Planner(issue, layout, fonts, options, findings).proposal()


@dataclass
class _Open:
    """A page that is being planned."""

    ground: Ground
    items: list[Item]
    solution: Solution | None = None
    is_done: bool = False


class _Planner:
    def __init__(
        self,
        issue: Issue,
        layout: Layout,
        fonts: FontLibrary,
        options: Options,
        findings: Findings,
    ) -> None:
        self.issue = issue
        self.layout = layout
        self.options = options
        self.grounds = grounds(issue, layout, findings)
        findings.stop_on_errors()
        self.maker = ShapeMaker(issue, layout, fonts)
        self.trial = Trial(issue, layout, self.maker.composer)

    def proposal(self) -> Proposal:
        wanted = self.options.pages or {ground.number for ground in self.grounds}
        items = desk(self.issue, old_frames(self.issue, self.layout))
        by_page = assign(self.grounds, items, self.layout)
        pages = [
            _Open(ground, self._shaped(ground, by_page[ground.number]))
            for ground in self.grounds
            if ground.number in wanted
        ]
        for _ in range(self.layout.planning.solver.rounds):
            self._round([page for page in pages if not page.is_done])
        return Proposal(
            tuple(
                page_proposal(page.ground, self.layout, page.solution)
                for page in pages
                if page.solution
            ),
            seed=self.options.seed,
        )

    def _shaped(self, ground: Ground, items: Sequence[Item]) -> list[Item]:
        ranked = with_lead(items)
        shaped = []
        for item in ranked:
            means = means_for(item, ground, self.layout)
            shaped.append(replace(item, shapes=tuple(self.maker.shapes(item.story, means))))
        return shaped

    def _round(self, pages: Sequence[_Open]) -> None:
        """Solve the pages and try their frames; shapes that the fit refuses are taken away."""
        seconds = self.options.seconds
        each = seconds / max(1, len(self.grounds)) if seconds else None

        def solved(page: _Open) -> Solution:
            seed, before = self.options.seed, page.solution
            return solve(page.ground, self.layout, page.items, seed, each, before)

        with ThreadPoolExecutor(_AT_ONCE) as pool:
            solutions = list(pool.map(solved, pages))
        for page, solution in zip(pages, solutions, strict=True):
            page.solution = solution
            refused = self.trial.refused(page.ground, solution)
            page.items = [_without(item, refused) for item in page.items]
            page.is_done = not refused


def _without(item: Item, refused: Iterable[tuple[str, int]]) -> Item:
    numbers = {number for name, number in refused if name == item.name}
    return replace(
        item, shapes=tuple(s for number, s in enumerate(item.shapes) if number not in numbers)
    )
