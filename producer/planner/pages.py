"""Pages being planned: solved, tried by the fit, and solved again by other means."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace

from producer.layouts import Layout
from producer.planner.desk import Item
from producer.planner.estimate import rest_cells, text_rows
from producer.planner.ground import Ground
from producer.planner.jumps import cut_shapes, rest_item
from producer.planner.means import Mode, means_for
from producer.planner.shapes import ShapeMaker
from producer.planner.solve import Placed, Solution, fewest_lines, solve
from producer.planner.trial import Trial

# Pages solved at the same time; each by a search of its own, whatever the machine has.
_AT_ONCE = 2
# Of a page's time, what the first search gets, and each that begins with a solution.
_FIRST_SHARE, _LATER_SHARE = 0.6, 0.25
# After the layout's rounds, those for pages on which the fit still refuses a frame.
_MORE_ROUNDS = 2
# A search that is any shorter may find no page at all.
_LEAST_SECONDS = 2.5
# Stories whose text alone takes so much of a page are beyond reach.
_OUT_OF_REACH = 1.6
# A page that is filled to such a share is full.
_FULL = 0.99


@dataclass
class OpenPage:
    """A page that is being planned; `room` are cells elsewhere for what it cuts.

    `unlike` are pages that it must differ from.
    `sent` says where the rests of its stories go, `uncut` which must not be cut.
    """

    ground: Ground
    items: list[Item]
    fillers: list[Item] = field(default_factory=list)
    unlike: list[Solution] = field(default_factory=list)
    room: int = 0
    mode: Mode = "usual"
    cuts: bool = False
    shaped: list[Item] | None = None
    solution: Solution | None = None
    is_done: bool = False
    refused: bool = False
    is_new: bool = True
    is_retried: bool = False
    refusals: int = 0
    fewest_missing: int = 10_000
    sent: dict[str, int] = field(default_factory=dict)
    uncut: set[str] = field(default_factory=set)
    beyond: list[Item] = field(default_factory=list)

    @property
    def cut(self) -> list[Placed]:
        """The stories that go on elsewhere."""
        return [each for each in self.solution.placed if each.shape.is_cut] if self.solution else []

    @property
    def receives(self) -> bool:
        """Whether it takes up a story already."""
        return any(item.is_rest for item in self.items)

    @property
    def fill(self) -> float:
        """The share of the free cells that is covered."""
        free = self.ground.free_cells
        return 1 - self.solution.holes / free if self.solution and free else 1.0

    def forget_rests(self, names: set[str]) -> None:
        """Rests of these stories are planned anew."""
        kept = [item for item in self.items if not (item.is_rest and item.name in names)]
        if len(kept) < len(self.items):
            self.items, self.shaped, self.is_done = kept, None, False
            self.mode, self.solution, self.is_new = "usual", None, True
            self.fewest_missing, self.is_retried = 10_000, False


class PageWork:
    """Plans pages with the shapes of their stories."""

    def __init__(
        self,
        maker: ShapeMaker,
        trial: Trial,
        layout: Layout,
        seed: int,
        seconds: float,
    ) -> None:
        self.maker = maker
        self.trial = trial
        self.layout = layout
        self.seed = seed
        self.seconds = seconds

    def solve(self, pages: Sequence[OpenPage]) -> None:
        """Solve pages until the fit takes every frame and they are full, or no means is left."""
        for page in pages:
            page.is_done = False
        rounds = self.layout.planning.solver.rounds
        for number in range(rounds + _MORE_ROUNDS):
            waiting = [page for page in pages if not page.is_done]
            with ThreadPoolExecutor(_AT_ONCE) as pool:
                # While the solver is at work on one page, shapes are made for the next.
                futures = [pool.submit(self._search, self._shape(page)) for page in waiting]
            for page, future in zip(waiting, futures, strict=True):
                self._judge(page, future.result(), number + 1 - rounds)

    def _search(self, page: OpenPage) -> Solution:
        assert page.shaped is not None
        share = _FIRST_SHARE if page.is_new else _LATER_SHARE
        page.is_new = False
        return solve(
            page.ground,
            self.layout,
            page.shaped,
            self.seed,
            max(_LEAST_SECONDS, share * self.seconds),
            page.solution,
            page.room if page.cuts else None,
            page.unlike,
        )

    def _shape(self, page: OpenPage) -> OpenPage:
        if page.shaped is None:
            page.items, page.beyond = self._within_reach(page)
            fillers = page.fillers if page.mode == "filled" else []
            page.shaped = [self._shaped(page, item) for item in (*page.items, *fillers)]
            if page.room > 0 and not page.cuts and _least(page.shaped) > page.ground.free_cells:
                # No search is needed to see that stories must be cut.
                page.cuts = True
                page.shaped = [self._shaped(page, item) for item in page.items]
        return page

    def _within_reach(self, page: OpenPage) -> tuple[list[Item], list[Item]]:
        """The stories that shapes are made for, and those beyond what any page could hold."""
        kept: list[Item] = []
        room = reach = _OUT_OF_REACH * page.ground.free_cells
        for item in page.items:
            least = 0 if item.is_rest else text_rows(item.story, self.layout)
            if least <= room:
                room -= least
                kept.append(item)
            elif least > reach:
                # One that is too long for any page takes no other's place.
                kept.append(item)
        return kept, [*page.beyond, *(item for item in page.items if item not in kept)]

    def _shaped(self, page: OpenPage, item: Item) -> Item:
        if item.is_rest:
            return item
        means = means_for(item, page.ground, self.layout, page.mode)
        shapes = self.maker.shapes(item.story, means)
        if page.cuts and item.wish.jump and item.name not in page.uncut and not item.is_filler:
            least = self.layout.planning.jumps.least_lines
            shapes += cut_shapes(self.maker, item.story, means, least)
        return replace(item, shapes=tuple(shapes))

    def _judge(self, page: OpenPage, solution: Solution, late: int) -> None:
        """Take a solution, or have the page solved again by what may better it.

        When it is late no other means are tried, only shapes that the fit takes; at last a story
        that it refuses is left over.
        """
        is_last = late == _MORE_ROUNDS
        if page.solution is None or solution.cost <= page.solution.cost or page.refused:
            page.solution = solution
        page.fewest_missing = min(page.fewest_missing, len(solution.missing))
        refused = self.trial.refused(page.ground, page.solution)
        page.refused = bool(refused)
        if refused:
            page.refusals += 1
            if is_last:
                page.solution = _less(page.solution, refused)
                page.is_done = True
            else:
                exact = page.refusals > 1
                page.shaped = [_without(item, refused, exact) for item in page.shaped or []]
            return
        lost = len(page.solution.missing)
        if lost > page.fewest_missing and not page.is_retried:
            # The search has lost a story for which there was room: it goes on from here.
            page.is_new = page.is_retried = True
            page.is_done = late >= 0
            return
        page.is_done = late >= 0 or not self._other_means(page)

    def _other_means(self, page: OpenPage) -> bool:
        """What a page that is not full, or has no place for a story, is tried with next."""
        assert page.solution
        missing = [item for item in page.solution.missing if not item.is_filler]
        is_bare = any(each.shape.left_out for each in page.solution.placed)
        if is_bare and page.room > 0 and not page.cuts:
            # A story is better cut than a picture left out.
            page.cuts = True
        elif missing and page.mode == "usual":
            page.mode = "dense"
        elif missing and page.room > 0 and not page.cuts:
            page.cuts = True
        elif not missing and page.fill < _FULL and page.mode == "usual":
            page.mode = "roomy"
        elif not missing and page.fill < _FULL and page.mode == "roomy" and page.fillers:
            page.mode = "filled"
        else:
            return False
        page.shaped, page.is_new = None, True
        return True

    def shortest_cut(self, page: OpenPage, item: Item) -> int | None:
        """The fewest lines that must be cut from a story for it to stand among the others."""
        assert page.solution
        means = means_for(item, page.ground, self.layout, "dense")
        own = replace(item, shapes=tuple(cut_shapes(self.maker, item.story, means, 1, False)))
        others = [replace(each.item, shapes=each.item.shapes) for each in page.solution.placed]
        return fewest_lines(page.ground, self.layout, [own, *others]) if own.shapes else None

    def rest(self, placed: Placed, page: OpenPage, target: OpenPage) -> Item:
        """What goes on of a story that was cut, as an item of another page."""
        means = means_for(placed.item, target.ground, self.layout, "rest")
        return rest_item(self.maker, self.trial, placed, page.ground.number, means)

    def rest_cells(self, placed: Placed) -> int:
        """About how many cells that will take."""
        return rest_cells(placed.shape.rest_lines, placed.shape.measure_em, self.layout)


def _least(items: Iterable[Item]) -> int:
    """Cells that stories take at the least."""
    return sum(min((shape.cells for shape in item.shapes), default=0) for item in items)


def _less(solution: Solution, refused: Iterable[tuple[str, int]]) -> Solution:
    """A solution without the stories that the fit refuses."""
    names = {name for name, _ in refused}
    lost = [each for each in solution.placed if each.item.name in names]
    return replace(
        solution,
        placed=tuple(each for each in solution.placed if each.item.name not in names),
        missing=(*solution.missing, *(each.item for each in lost)),
        holes=solution.holes + sum(each.shape.cells for each in lost),
    )


def _without(item: Item, refused: Iterable[tuple[str, int]], is_exact: bool) -> Item:
    """An item without the shapes that the fit refuses, or without all that need a lever."""
    numbers = {number for name, number in refused if name == item.name}
    kept = [
        shape
        for number, shape in enumerate(item.shapes)
        if number not in numbers and not (is_exact and shape.levers)
    ]
    return replace(item, shapes=tuple(kept)) if numbers else item
