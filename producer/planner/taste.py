"""Taste as named terms: what each page pays, and for which story; weights are the layout's data."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from producer.planner.cost import Cost
from producer.planner.desk import Item
from producer.planner.model import PageModel
from producer.planner.neighbours import (
    beside,
    equal_heads,
    pictures_meet,
    pictures_spread,
    straight_gutter,
    varied,
)
from producer.planner.ranks import (
    lead_place,
    lead_size,
    left_over,
    rank_place,
    rank_size,
    reading_order,
)
from producer.planner.shapes import Shape
from producer.planning import TermName


def _thin(shape: Shape) -> int:
    return max(0, shape.rows - 16) if shape.columns == 1 else 0


def _tall(shape: Shape) -> int:
    """Rows by which a story is higher than it is wide twice over; a column is five rows wide."""
    most = 13 * shape.columns
    return max(0, shape.rows - most) if shape.columns > 1 else 0


def _flat(shape: Shape) -> int:
    text = shape.rows - shape.head_rows
    return max(0, 3 * shape.columns - text) if shape.columns > 2 else 0


# What a story pays for its shape alone.
SHAPE_TERMS: dict[TermName, Callable[[Shape], int]] = {
    "thin_column": _thin,
    "tall": _tall,
    "flat": _flat,
    "picture_left_out": lambda shape: shape.left_out,
    "crop": lambda shape: shape.crop,
    "levers": lambda shape: shape.levers,
    "style_choice": lambda shape: shape.choice,
    "poor_break": lambda shape: shape.is_broken_badly,
    "jump": lambda shape: shape.is_cut,
    "cut_within": lambda shape: shape.cut_within,
}


def _shape_costs(page: PageModel) -> Iterator[Cost]:
    for term, price in SHAPE_TERMS.items():
        for spot in page.spots:
            times = _worth_of(term, spot.item)
            values = {n: int(price(shape)) * times for n, shape in enumerate(spot.shapes)}
            paid = {n: value for n, value in values.items() if value}
            if paid:
                yield Cost(term, spot.item.name, spot.sum_of(paid))


def _worth_of(term: TermName, item: Item) -> int:
    """A picture left out, cropped or made small weighs more the higher the story ranks."""
    return max(1, 4 - item.rank) if term in ("picture_left_out", "crop") else 1


def _holes(page: PageModel) -> Iterator[Cost]:
    yield Cost("holes", None, page.holes)


def _moved(page: PageModel) -> Iterator[Cost]:
    """A story that does not stand as it stood."""
    for spot in page.spots:
        frame = spot.item.old
        if frame is None or frame.page != page.ground.number:
            continue
        rect, stays = frame.rect, page.cp.new_bool_var("")
        same = [n for n, s in enumerate(spot.shapes) if s.columns == rect.columns]
        page.cp.add(spot.column == rect.column).only_enforce_if(stays)
        page.cp.add(spot.row == rect.row).only_enforce_if(stays)
        page.cp.add(spot.rows == rect.rows + 1).only_enforce_if(stays)
        page.cp.add(stays <= spot.is_any(same))
        yield Cost("moved", spot.item.name, 1 - stays)


PAGE_TERMS: tuple[Callable[[PageModel], Iterator[Cost]], ...] = (
    left_over,
    _holes,
    beside,
    _shape_costs,
    lead_place,
    lead_size,
    rank_size,
    equal_heads,
    straight_gutter,
    rank_place,
    reading_order,
    pictures_spread,
    pictures_meet,
    varied,
    _moved,
)


def costs(page: PageModel) -> list[Cost]:
    """Everything that the page may pay, of terms to which the layout gives a weight."""
    weights = page.layout.planning.terms
    return [cost for term in PAGE_TERMS for cost in term(page) if weights.get(cost.term)]
