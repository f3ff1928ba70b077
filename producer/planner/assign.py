"""Stories to pages: those whose page is given, those of a section, then the others by room."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from ortools.sat.python import cp_model

from producer.layouts import Layout
from producer.planner.desk import Item
from producer.planner.estimate import cells
from producer.planner.ground import Ground

# What a cell too many or too few costs, one too many on the fullest page, a lead too many on a
# page, and a story without a page.
_OVER, _UNDER, _FULLEST, _LEAD, _NOWHERE = 6, 2, 12, 60, 3000
_SECONDS = 2.0


def assign(
    grounds: Sequence[Ground], items: Sequence[Item], layout: Layout
) -> dict[int, list[Item]]:
    """The stories of each page, in the order given; 0 holds those that no page has room for."""
    if not grounds:
        return {0: list(items)}
    cp = cp_model.CpModel()
    sizes = [cells(item, layout) for item in items]
    choice = [_choices(cp, item, grounds) for item in items]
    penalty = [
        _NOWHERE * max(1, 6 - item.rank) * c[0] for item, c in zip(items, choice, strict=True)
    ]
    fullest = cp.new_int_var(0, sum(sizes) + 1, "")
    penalty.append(_FULLEST * fullest)
    for ground in grounds:
        here = [each.get(ground.number, 0) for each in choice]
        load = sum(size * is_here for size, is_here in zip(sizes, here, strict=True))
        over = cp.new_int_var(0, sum(sizes) + 1, "")
        under = cp.new_int_var(0, ground.free_cells + 1, "")
        cp.add(load - ground.free_cells <= over)
        cp.add(over <= fullest)
        cp.add(ground.free_cells - load <= under)
        leads = cp.new_int_var(0, len(items), "")
        cp.add(sum(h for h, i in zip(here, items, strict=True) if i.rank == 1) <= leads + 1)
        penalty += [_OVER * over, _UNDER * under, _LEAD * leads]
    _keep_together(cp, items, choice)
    cp.minimize(sum(penalty))
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.max_deterministic_time = _SECONDS
    status = solver.solve(cp)
    found: dict[int, list[Item]] = defaultdict(list)
    for item, each in zip(items, choice, strict=True):
        is_solved = status in (cp_model.OPTIMAL, cp_model.FEASIBLE)
        number = next((p for p, b in each.items() if is_solved and solver.boolean_value(b)), 0)
        found[number].append(item)
    return found


def _choices(
    cp: cp_model.CpModel, item: Item, grounds: Sequence[Ground]
) -> dict[int, cp_model.IntVar]:
    """The pages that a story may stand on, each as a choice, and 0 for none of them."""
    pages = [ground.number for ground in grounds if _may_stand(item, ground)]
    choice = {page: cp.new_bool_var("") for page in (0, *pages)}
    cp.add_exactly_one(choice.values())
    return choice


def _may_stand(item: Item, ground: Ground) -> bool:
    """The page wanted, else that of the plan as it is, else one of the section wanted."""
    wish = item.wish
    if wish.page:
        return wish.page == ground.number
    if wish.section:
        return wish.section == ground.page.section
    return item.old is None or item.old.page == ground.number


def _keep_together(
    cp: cp_model.CpModel, items: Sequence[Item], choice: Sequence[dict[int, cp_model.IntVar]]
) -> None:
    """A package's stories, and those that must stand beside one another, go to one page."""
    index = {item.name: number for number, item in enumerate(items)}
    first: dict[str, int] = {}
    for number, item in enumerate(items):
        others = [index[item.wish.beside]] if item.wish.beside in index else []
        if item.wish.package:
            others.append(first.setdefault(item.wish.package, number))
        for other in others:
            for page in {*choice[number], *choice[other]}:
                cp.add(choice[number].get(page, 0) == choice[other].get(page, 0))
