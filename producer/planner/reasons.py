"""Why stories are left over, and what would have made room for them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from producer.layouts import Layout
from producer.planner.conflicts import apart, conflict
from producer.planner.desk import Item
from producer.planner.estimate import cells
from producer.planner.ground import Ground
from producer.planner.pages import OpenPage, PageWork
from producer.planner.proposal import Cut, LeftOver

# So many stories of a page that were left over are looked into; the page is full for the others.
_LOOKED_INTO = 3


def nowhere(
    items: Sequence[Item], everything: Sequence[Item], grounds: Sequence[Ground], layout: Layout
) -> list[LeftOver]:
    """Stories that no page was found for: contradictory wishes, or no room on any page."""
    roomiest = max(grounds, key=lambda ground: ground.free_cells)
    found = []
    for item in items:
        told = apart(everything, item)
        needs, free = cells(item, layout), roomiest.free_cells
        if told:
            found.append(_left(item, "plan.conflict", what="; ".join(told)))
        elif needs > free:
            page = roomiest.number
            found.append(_left(item, "plan.too-long", page=page, needs=needs, free=free))
        else:
            found.append(_left(item, "plan.no-page", needs=needs))
    return found


def left_on(page: OpenPage, work: PageWork) -> Iterator[LeftOver | Cut]:
    """The stories that have no place on their page, and lines that could be cut for them."""
    assert page.solution
    missing = [item for item in (*page.solution.missing, *page.beyond) if not item.is_filler]
    for number, item in enumerate(item for item in missing if not item.is_rest):
        together = _with_package(item, missing)
        is_early = number < _LOOKED_INTO
        told = conflict(together, page.ground, work.layout, work.maker) if is_early else None
        if told:
            yield _left(item, "plan.conflict", what="; ".join(told))
            continue
        if not item.shapes and item not in page.beyond:
            yield _left(item, "plan.no-shape", page=page.ground.number)
            continue
        needs = min((shape.cells for shape in item.shapes), default=cells(item, work.layout))
        if needs > page.ground.free_cells:
            free = page.ground.free_cells
            yield _left(item, "plan.too-long", page=page.ground.number, needs=needs, free=free)
        else:
            number_of = page.ground.number
            free = page.solution.holes
            yield _left(item, "plan.left-over", page=number_of, needs=needs, free=free)
        lines = work.shortest_cut(page, item) if is_early else None
        if lines:
            yield Cut(item.name, page.ground.number, lines)


def _with_package(item: Item, missing: Sequence[Item]) -> list[Item]:
    """The story and those that stand or fall with it."""
    package = item.wish.package
    return [each for each in missing if each is item or (package and each.wish.package == package)]


def _left(item: Item, reason: str, **values: object) -> LeftOver:
    return LeftOver(item.name, reason, tuple((key, str(value)) for key, value in values.items()))
