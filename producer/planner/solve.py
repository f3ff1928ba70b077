"""One page solved: the search, and its solution as shapes in places."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ortools.sat.python import cp_model

from producer.layouts import Layout
from producer.model import Rect
from producer.planner.desk import Item
from producer.planner.ground import Ground
from producer.planner.model import PageModel, Spot
from producer.planner.proposal import Status, Term
from producer.planner.ranks import worth
from producer.planner.shapes import Shape
from producer.planner.taste import costs

# Units of the solver's deterministic time that a core of today does in a second, about.
_UNITS_PER_SECOND = 0.25
# Of the search for the shortest cut.
_CUT_SECONDS = 2.0
# Stories that together take so much of the page at the least are tried.
_MOST_FILL = 1.02
_STATUS: dict[object, Status] = {cp_model.OPTIMAL: "best", cp_model.FEASIBLE: "good"}


@dataclass(frozen=True)
class Placed:
    """A story in a shape, by its number among the item's, at a place of the page."""

    item: Item
    number: int
    shape: Shape
    rect: Rect


@dataclass(frozen=True)
class Solution:
    """A page's stories in places, those without, and what is paid: by story, `None` the page."""

    placed: tuple[Placed, ...]
    missing: tuple[Item, ...]
    holes: int
    paid: tuple[tuple[str | None, Term], ...]
    status: Status
    cost: int


def solve(
    ground: Ground,
    layout: Layout,
    items: Sequence[Item],
    seed: int,
    seconds: float,
    hint: Solution | None = None,
    room: int | None = None,
    unlike: Sequence[Solution] = (),
) -> Solution:
    """The cheapest page that is found within the limit, which is never the clock's.

    `room` are cells of other pages for what is cut off stories here; the page must differ from
    those that it is to be `unlike`.
    """
    usable, surplus = _that_find_room([item for item in items if item.shapes], ground)
    if not usable:
        status: Status = "impossible" if items else "empty"
        return Solution((), tuple(items), ground.free_cells, (), status, 0)
    page = PageModel(ground, layout, usable)
    if room is not None:
        page.cp.add(page.cells_cut <= room)
    for other in unlike:
        _differ(page, other)
    weights = layout.planning.terms
    charged = costs(page)
    page.cp.minimize(sum(weights[cost.term] * cost.times for cost in charged))
    if hint:
        _give_hint(page, hint)
    solver = _solver(seconds, seed)
    found = solver.solve(page.cp)
    if found not in _STATUS:
        return Solution((), tuple(items), ground.free_cells, (), "impossible", 0)
    placed = [_placed(solver, spot) for spot in page.spots if solver.boolean_value(spot.is_there)]
    placed.sort(key=lambda each: (each.rect.row, each.rect.column))
    there = {each.item.name for each in placed}
    paid = [
        (cost.story, Term(cost.term, weights[cost.term] * int(solver.value(cost.times))))
        for cost in charged
    ]
    return Solution(
        tuple(placed),
        tuple(item for item in items if item.name not in there),
        int(solver.value(page.holes)),
        tuple(each for each in paid if each[1].cost),
        _STATUS[found],
        int(solver.objective_value) + sum(weights.get("left_over", 0) * worth(i) for i in surplus),
    )


def fewest_lines(ground: Ground, layout: Layout, items: Sequence[Item]) -> int | None:
    """The fewest lines cut from the first story with which all of them stand; None if they do not.

    Taste does not count, and no other story may be cut.
    """
    page = PageModel(ground, layout, items)
    for spot in page.spots:
        page.cp.add(spot.is_there == 1)
    first, *others = page.spots
    for spot in others:
        page.cp.add(spot.is_any([n for n, s in enumerate(spot.shapes) if s.is_cut]) == 0)
    lines = first.sum_of({n: shape.rest_lines for n, shape in enumerate(first.shapes)})
    page.cp.minimize(lines)
    solver = _solver(_CUT_SECONDS, 0)
    return int(solver.value(lines)) if solver.solve(page.cp) in _STATUS else None


def _solver(seconds: float, seed: int) -> cp_model.CpSolver:
    """One thread, so that the same search is made on every machine; rectangles need no LP.

    Several ways by turns would find better pages, but take steps by the clock.
    """
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.linearization_level = 0
    solver.parameters.random_seed = seed
    solver.parameters.max_deterministic_time = seconds * _UNITS_PER_SECOND
    return solver


def _differ(page: PageModel, other: Solution) -> None:
    """At least half of the stories, the lead among them if need be, stand elsewhere."""
    before = {each.item.name: each.rect for each in other.placed}
    same = []
    for spot in page.spots:
        if rect := before.get(spot.item.name):
            stays = page.cp.new_bool_var("")
            apart = [page.cp.new_bool_var("") for _ in range(4)]
            page.cp.add(spot.row >= rect.row + 1).only_enforce_if(apart[0])
            page.cp.add(spot.row <= rect.row - 1).only_enforce_if(apart[1])
            page.cp.add(spot.column >= rect.column + 1).only_enforce_if(apart[2])
            page.cp.add(spot.column <= rect.column - 1).only_enforce_if(apart[3])
            page.cp.add_bool_or([stays, *apart])
            same.append(stays)
    page.cp.add(sum(same) <= len(same) // 2)


def _that_find_room(items: Sequence[Item], ground: Ground) -> tuple[list[Item], list[Item]]:
    """The stories that may find room, the most important first, and those beyond that.

    A page for twenty stories is no less full for it that two hundred are wanted there. Packages
    stay together.
    """
    room = _MOST_FILL * ground.free_cells
    kept: list[Item] = []
    surplus: list[Item] = []
    for unit in _units(items):
        least = sum(min(shape.cells for shape in item.shapes) for item in unit)
        if least <= room:
            room -= least
            kept += unit
        else:
            surplus += unit
    return kept, surplus


def _units(items: Sequence[Item]) -> list[list[Item]]:
    """Each story alone, but the stories of a package together; rests of stories come first."""
    units: dict[str, list[Item]] = {}
    for item in sorted(items, key=lambda item: not item.is_rest):
        package = None if item.is_rest else item.wish.package
        key = f"package {package}" if package else f"{item.name} {item.is_rest}"
        units.setdefault(key, []).append(item)
    return list(units.values())


def _placed(solver: cp_model.CpSolver, spot: Spot) -> Placed:
    number = next(n for n, chosen in enumerate(spot.chosen) if solver.boolean_value(chosen))
    shape = spot.shapes[number]
    column, row = int(solver.value(spot.column)), int(solver.value(spot.row))
    rect = Rect(column=column, row=row, columns=shape.columns, rows=shape.rows)
    return Placed(spot.item, number, shape, rect)


def _give_hint(page: PageModel, hint: Solution) -> None:
    """Where the stories stood in a solution before, for those whose shape is still allowed."""
    before = {each.item.name: each for each in hint.placed}
    for spot in page.spots:
        if each := before.get(spot.item.name):
            page.cp.add_hint(spot.column, each.rect.column)
            page.cp.add_hint(spot.row, each.rect.row)
            for number, shape in enumerate(spot.shapes):
                page.cp.add_hint(spot.chosen[number], shape == each.shape)
