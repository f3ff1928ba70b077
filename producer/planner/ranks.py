"""Terms of taste for the rank of stories: who stands where, with how large a headline."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from producer.planner.cost import Cost
from producer.planner.desk import Item
from producer.planner.model import Bool, Linear, PageModel, Spot

# Among stories of this rank and below none is more important than another.
_MINOR_RANK = 3
# A grid column is so wide as rows are high, about.
_ROWS_PER_COLUMN = 5


def worth(item: Item) -> int:
    """How much more a story of higher rank must not be left over."""
    return 0 if item.is_filler else max(1, 6 - item.rank)


def left_over(page: PageModel) -> Iterator[Cost]:
    """A story without a place; more for one of higher rank."""
    for spot in page.spots:
        if times := worth(spot.item):
            yield Cost("left_over", spot.item.name, (1 - spot.is_there) * times)


def lead_place(page: PageModel) -> Iterator[Cost]:
    """Rows and columns of the lead from the upper left, the strongest place."""
    for spot in _leads(page):
        off = page.cp.new_int_var(0, 10 * page.ground.rows, "")
        rows = spot.row - page.ground.first_row + _ROWS_PER_COLUMN * (spot.column - 1)
        page.cp.add(off >= rows).only_enforce_if(spot.is_there)
        yield Cost("lead_place", spot.item.name, off)


def lead_size(page: PageModel) -> Iterator[Cost]:
    """A headline larger than the lead's."""
    for lead in _leads(page):
        for spot in page.spots:
            if spot is not lead and spot.item.rank > lead.item.rank:
                yield Cost("lead_size", spot.item.name, _is_larger(page, spot, lead))


def rank_size(page: PageModel) -> Iterator[Cost]:
    """Points by which a headline is larger than one of higher rank."""
    for one, other in combinations(page.spots, 2):
        high, low = sorted((one, other), key=lambda spot: spot.item.rank)
        if high.item.rank < min(low.item.rank, _MINOR_RANK) and not low.item.is_rest:
            more = page.cp.new_int_var(0, 100, "")
            page.cp.add(more >= _size(low) - _size(high)).only_enforce_if(
                high.is_there, low.is_there
            )
            yield Cost("rank_size", low.item.name, more)


def _is_larger(page: PageModel, one: Spot, other: Spot) -> Bool:
    larger = page.cp.new_bool_var("")
    page.cp.add(_size(one) <= _size(other) - 1).only_enforce_if(
        ~larger, one.is_there, other.is_there
    )
    return larger


def _size(spot: Spot) -> Linear:
    return spot.sum_of({n: round(shape.headline_pt) for n, shape in enumerate(spot.shapes)})


def rank_place(page: PageModel) -> Iterator[Cost]:
    """Rows of important stories from the page's top."""
    for spot in page.spots:
        if weight := max(0, 4 - spot.item.rank):
            off = spot.row - 1 + 2 * (spot.column - 1)
            yield Cost("rank_place", spot.item.name, weight * off)


def reading_order(page: PageModel) -> Iterator[Cost]:
    """A minor story whose head stands above a more important one's."""
    for one, other in combinations(page.spots, 2):
        high, low = sorted((one, other), key=lambda spot: spot.item.rank)
        if high.item.rank < min(low.item.rank, _MINOR_RANK):
            above = page.cp.new_bool_var("")
            page.cp.add(high.row <= low.row).only_enforce_if(~above, high.is_there, low.is_there)
            yield Cost("reading_order", low.item.name, above)


def _leads(page: PageModel) -> list[Spot]:
    """The most important story, if it is one."""
    best = min((spot.item.rank for spot in page.spots), default=9)
    leads = [spot for spot in page.spots if spot.item.rank == best and not spot.item.is_rest]
    return leads[:1]
