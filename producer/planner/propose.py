"""A plan proposed: stories to pages, pages solved, frames tried by the fit, all of it told."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from producer.errors import Findings
from producer.fonts.library import FontLibrary
from producer.layouts import Layout
from producer.model import Issue
from producer.planner.assign import assign
from producer.planner.desk import Item, desk, with_lead
from producer.planner.estimate import cells
from producer.planner.fillers import with_fillers
from producer.planner.fixed import check
from producer.planner.ground import grounds, old_frames
from producer.planner.moulds import MouldMaker
from producer.planner.pages import OpenPage, PageWork
from producer.planner.proposal import Cut, Proposal
from producer.planner.reasons import left_on, nowhere
from producer.planner.shapes import ShapeMaker
from producer.planner.solve import Solution
from producer.planner.telling import page_proposal
from producer.planner.trial import Trial


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
    return alternatives(issue, layout, fonts, replace(options, alternatives=1), findings)[0]


def alternatives(
    issue: Issue, layout: Layout, fonts: FontLibrary, options: Options, findings: Findings
) -> list[Proposal]:
    """As many plans as are wanted, the best first; on each page half of the stories are moved.

    Raises:
        ProducerError: when what is fixed on the pages contradicts itself.
    """
    planner = _Planner(issue, layout, fonts, options, findings)
    return [planner.proposal() for _ in range(options.alternatives)]


class _Planner:
    """Plans one issue."""

    def __init__(
        self,
        issue: Issue,
        layout: Layout,
        fonts: FontLibrary,
        options: Options,
        findings: Findings,
    ) -> None:
        issue, fillers = with_fillers(issue, findings)
        self.layout = layout
        self.options = options
        self.grounds = grounds(issue, layout, findings, options.pages)
        findings.stop_on_errors()
        old = old_frames(issue, layout)
        self.items = desk(issue, old, fillers)
        check(issue, layout, self.grounds, options.pages, self.items, findings)
        findings.stop_on_errors()
        self.before: dict[int, list[Solution]] = {}
        moulds = MouldMaker(issue, layout, fonts)
        trial = Trial(issue, layout, moulds.composer)
        seconds = layout.planning.solver.seconds
        if options.seconds:
            seconds = options.seconds / max(1, len(options.pages or self.grounds))
        self.work = PageWork(ShapeMaker(moulds), trial, layout, options.seed, seconds)

    def proposal(self) -> Proposal:
        """The pages that send jumps are solved first, then those that take them up."""
        planned = self.options.pages or {ground.number for ground in self.grounds}
        own = [ground for ground in self.grounds if ground.number in planned]
        shared = assign(own, self._stories(planned), self.layout)
        fillers = [item for item in self.items if item.is_filler]
        pages = [
            OpenPage(
                ground,
                with_lead(shared.get(ground.number, [])),
                list(fillers),
                list(self.before.get(ground.number, [])),
            )
            for ground in own
        ]
        sending = [page for page in pages if self._sends(page)]
        others = [page for page in pages if not self._sends(page)]
        for page in sending:
            page.room = self._room(page, others)
        self.work.solve(sending)
        self._send_rests(sending, others)
        self.work.solve(others)
        self._take_back(sending, others)
        told = [page_proposal(page, self.layout) for page in pages]
        for page in pages:
            if page.solution:
                self.before.setdefault(page.ground.number, []).append(page.solution)
        missing = nowhere(shared.get(0, []), self.items, own, self.layout)
        cuts = []
        for each in (one for page in pages for one in left_on(page, self.work)):
            if isinstance(each, Cut):
                cuts.append(each)
            else:
                missing.append(each)
        return Proposal(tuple(told), tuple(missing), tuple(cuts), self.options.seed)

    def _stories(self, planned: Iterable[int]) -> list[Item]:
        """The stories to be planned: those of the pages wanted, and those that stand nowhere."""
        pinned = {frame.story for ground in self.grounds for frame in ground.pinned}
        pages = set(planned)
        free = [item for item in self.items if item.name not in pinned and not item.is_filler]
        return [
            item
            for item in free
            if (item.wish.page in pages if item.wish.page else item.old is None)
            or (item.old is not None and item.old.page in pages)
        ]

    def _sends(self, page: OpenPage) -> bool:
        """Whether stories may jump from a page: from the first, and others with too much copy."""
        if page.ground.page.master not in self.layout.planning.jumps.masters:
            return False
        return page.ground.number == 1 or self._spare(page) < 0

    def _room(self, page: OpenPage, others: Sequence[OpenPage]) -> int:
        """Cells that later pages seem to have for what jumps."""
        later = [other for other in others if other.ground.number > page.ground.number]
        return sum(max(0, self._spare(other)) for other in later)

    def _spare(self, page: OpenPage) -> int:
        return page.ground.free_cells - sum(cells(item, self.layout) for item in page.items)

    def _send_rests(self, sending: Sequence[OpenPage], others: Sequence[OpenPage]) -> None:
        """Each rest to a later page that has room, so that few pages receive any."""
        cut = [(page, placed) for page in sending for placed in page.cut]
        cut.sort(key=lambda each: -each[1].shape.rest_lines)
        spare = {other.ground.number: self._spare(other) for other in others}
        for page, placed in cut:
            later = [other for other in others if other.ground.number > page.ground.number]
            if not later:
                continue
            size = self.work.rest_cells(placed)
            # A page that receives already, else the one with most room.
            best = max(
                later,
                key=lambda other: (
                    spare[other.ground.number] >= size,
                    other.receives,
                    spare[other.ground.number],
                ),
            )
            best.items.append(self.work.rest(placed, page, best))
            page.sent[placed.item.name] = best.ground.number
            spare[best.ground.number] -= size

    def _take_back(self, sending: Sequence[OpenPage], others: Sequence[OpenPage]) -> None:
        """A story whose rest found no place is not cut after all; its page is solved again."""
        lost = {item.name for other in others for item in _missing_rests(other)}
        for page in sending:
            mine = lost.intersection(page.sent)
            if not mine:
                continue
            for other in others:
                other.forget_rests(set(page.sent))
            page.uncut |= mine
            page.sent.clear()
            self.work.solve([page])
            self._send_rests([page], others)
            self.work.solve([other for other in others if not other.is_done])


def _missing_rests(page: OpenPage) -> list[Item]:
    return [item for item in page.solution.missing if item.is_rest] if page.solution else []
