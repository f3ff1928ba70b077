"""Taste as named terms: what each page pays, and for which story; weights are the layout's data."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import combinations
from typing import NamedTuple

from producer.planner.desk import Item
from producer.planner.model import Bool, Linear, PageModel, Spot
from producer.planner.shapes import Shape
from producer.planning import TermName

# Heads whose first rows are no further apart stand side by side.
_LEVEL_ROWS = 2
# Headlines whose sizes differ less are of equal weight.
_EQUAL_PT = 3
_POSSIBLE_WIDTHS = 3
# Among stories of this rank and below none is more important than another.
_MINOR_RANK = 3
# A grid column is so wide as rows are high, about.
_ROWS_PER_COLUMN = 5


class Cost(NamedTuple):
    """How often a term is paid, for a story or for the whole page."""

    term: TermName
    story: str | None
    times: Linear | Bool


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
    """A picture left out weighs more the higher the story ranks."""
    return max(1, 4 - item.rank) if term == "picture_left_out" else 1


def worth(item: Item) -> int:
    """How much more a story of higher rank must not be left over."""
    return 0 if item.is_filler else max(1, 6 - item.rank)


def _left_over(page: PageModel) -> Iterator[Cost]:
    for spot in page.spots:
        if times := worth(spot.item):
            yield Cost("left_over", spot.item.name, (1 - spot.is_there) * times)


def _holes(page: PageModel) -> Iterator[Cost]:
    yield Cost("holes", None, page.holes)


def _lead_place(page: PageModel) -> Iterator[Cost]:
    for spot in _leads(page):
        off = page.cp.new_int_var(0, 10 * page.ground.rows, "")
        rows = spot.row - page.ground.first_row + _ROWS_PER_COLUMN * (spot.column - 1)
        page.cp.add(off >= rows).only_enforce_if(spot.is_there)
        yield Cost("lead_place", spot.item.name, off)


def _lead_size(page: PageModel) -> Iterator[Cost]:
    for lead in _leads(page):
        for spot in page.spots:
            if spot is not lead and spot.item.rank > lead.item.rank:
                yield Cost("lead_size", spot.item.name, _is_larger(page, spot, lead))


def _rank_size(page: PageModel) -> Iterator[Cost]:
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


def _rank_place(page: PageModel) -> Iterator[Cost]:
    for spot in page.spots:
        if weight := max(0, 4 - spot.item.rank):
            off = spot.row - 1 + 2 * (spot.column - 1)
            yield Cost("rank_place", spot.item.name, weight * off)


def _reading_order(page: PageModel) -> Iterator[Cost]:
    """A minor story whose head stands above a more important one's."""
    for one, other in combinations(page.spots, 2):
        high, low = sorted((one, other), key=lambda spot: spot.item.rank)
        if high.item.rank < min(low.item.rank, _MINOR_RANK):
            above = page.cp.new_bool_var("")
            page.cp.add(high.row <= low.row).only_enforce_if(~above, high.is_there, low.is_there)
            yield Cost("reading_order", low.item.name, above)


def _equal_heads(page: PageModel) -> Iterator[Cost]:
    """Heads of one face and about one size, side by side in one row (碰题)."""
    for one, other in combinations(page.spots, 2):
        classes = sorted(set(_classes(page, one)) & set(_classes(page, other)))
        if not classes:
            continue
        side = page.cp.new_bool_var("")
        _force_side_by_side(page, one, other, side)
        clash = page.cp.new_bool_var("")
        for each in classes:
            both = one.is_any(_classes(page, one)[each]) + other.is_any(_classes(page, other)[each])
            page.cp.add(clash >= side + both - 2)
        yield Cost("equal_heads", other.item.name, clash)


def _classes(page: PageModel, spot: Spot) -> dict[tuple[object, ...], list[int]]:
    """The weights of head that a story's shapes have; a box sets a head apart."""
    found: dict[tuple[object, ...], list[int]] = {}
    for number, shape in enumerate(spot.shapes):
        style = page.layout.heads[shape.style]
        if shape.box is None and style.look == "plain":
            key = (style.headline.face, style.direction, int(shape.headline_pt) // _EQUAL_PT)
            found.setdefault(key, []).append(number)
    return found


def _force_side_by_side(page: PageModel, one: Spot, other: Spot, side: Bool) -> None:
    """`side` must be true where two stories begin in about one row in neighbouring columns."""
    cp, last = page.cp, page.ground.columns - 1
    above, below = cp.new_bool_var(""), cp.new_bool_var("")
    cp.add(one.row >= other.row + _LEVEL_ROWS + 1).only_enforce_if(below)
    cp.add(other.row >= one.row + _LEVEL_ROWS + 1).only_enforce_if(above)
    for left, right in ((one, other), (other, one)):
        for column in range(last):
            apart = [~left.ends[column], ~right.starts[column + 1]]
            cp.add_bool_or([side, above, below, ~left.is_there, ~right.is_there, *apart])


def _straight_gutter(page: PageModel) -> Iterator[Cost]:
    """A gutter that no story and nothing taken stands across (断版)."""
    others = [rect for rect in page.ground.holes if rect not in page.ground.furniture]
    for column in range(1, page.ground.columns):
        if any(rect.column <= column < rect.last_column for rect in others):
            continue
        straight = page.cp.new_bool_var("")
        across = [_stands_across(spot, column) for spot in page.spots]
        page.cp.add(straight + sum(across) >= 1)
        yield Cost("straight_gutter", None, straight)


def _stands_across(spot: Spot, column: int) -> Linear:
    """1 if a story covers both columns beside a gutter."""
    return Linear.sum([*spot.starts[:column], *spot.ends[column:]]) - 1


def _pictures_meet(page: PageModel) -> Iterator[Cost]:
    """Stories with pictures side by side."""
    for one, other in combinations(_illustrated(page), 2):
        side, meet = page.cp.new_bool_var(""), page.cp.new_bool_var("")
        _force_side_by_side(page, one, other, side)
        page.cp.add(meet >= side + _has_picture(one) + _has_picture(other) - 2)
        yield Cost("pictures_meet", other.item.name, meet)


def _pictures_spread(page: PageModel) -> Iterator[Cost]:
    """All pictures in one half of the page."""
    spots = _illustrated(page)
    if len(spots) < 2:
        return
    half = page.ground.columns // 2
    for part in (slice(0, half), slice(page.ground.columns - half, None)):
        bare = page.cp.new_bool_var("")
        reached = []
        for spot in spots:
            here = page.cp.new_bool_var("")
            page.cp.add(here <= sum(spot.ends[part] if part.start else spot.starts[part]))
            page.cp.add(here <= _has_picture(spot))
            reached.append(here)
        page.cp.add(bare + sum(reached) >= 1)
        yield Cost("pictures_spread", None, bare)


def _illustrated(page: PageModel) -> list[Spot]:
    return [spot for spot in page.spots if any(shape.insets for shape in spot.shapes)]


def _has_picture(spot: Spot) -> Linear:
    return spot.is_any([n for n, shape in enumerate(spot.shapes) if shape.insets])


def _varied(page: PageModel) -> Iterator[Cost]:
    """Several widths, and something that stands out: a box, a vertical or reversed head."""
    if len(page.spots) < _POSSIBLE_WIDTHS:
        return
    used = []
    for width in range(1, page.ground.columns + 1):
        numbers = [
            spot.is_any([n for n, shape in enumerate(spot.shapes) if shape.columns == width])
            for spot in page.spots
        ]
        is_used = page.cp.new_bool_var("")
        page.cp.add(is_used <= sum(numbers))
        used.append(is_used)
    missing = page.cp.new_int_var(0, _POSSIBLE_WIDTHS, "")
    page.cp.add(missing >= _POSSIBLE_WIDTHS - sum(used))
    yield Cost("varied", None, missing)
    plain = page.cp.new_bool_var("")
    page.cp.add(plain + sum(spot.standing_out(page.layout) for spot in page.spots) >= 1)
    yield Cost("varied", None, plain)


def _beside(page: PageModel) -> Iterator[Cost]:
    """A story not next to the one that it must stand beside."""
    named = {spot.item.name: spot for spot in page.spots}
    for spot in page.spots:
        other = named.get(spot.item.wish.beside or "")
        if other is not None:
            next_to = [page.cp.new_bool_var("") for _ in range(4)]
            for is_so, (first, second) in zip(next_to, _sides(spot, other), strict=True):
                page.cp.add(first == second).only_enforce_if(is_so)
            for is_so in next_to[:2]:
                page.cp.add(spot.row < other.bottom).only_enforce_if(is_so)
                page.cp.add(other.row < spot.bottom).only_enforce_if(is_so)
            for is_so in next_to[2:]:
                page.cp.add(spot.column < other.right).only_enforce_if(is_so)
                page.cp.add(other.column < spot.right).only_enforce_if(is_so)
            apart = page.cp.new_bool_var("")
            page.cp.add_bool_or([apart, ~spot.is_there, *next_to])
            yield Cost("beside", spot.item.name, apart)


def _sides(one: Spot, other: Spot) -> Iterator[tuple[Bool, Bool]]:
    """Four ways to touch: what is equal then."""
    yield one.right, other.column
    yield other.right, one.column
    yield one.bottom, other.row
    yield other.bottom, one.row


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


def _leads(page: PageModel) -> list[Spot]:
    """The most important story, if it is one."""
    best = min((spot.item.rank for spot in page.spots), default=9)
    leads = [spot for spot in page.spots if spot.item.rank == best and not spot.item.is_rest]
    return leads[:1]


PAGE_TERMS: tuple[Callable[[PageModel], Iterator[Cost]], ...] = (
    _left_over,
    _holes,
    _beside,
    _shape_costs,
    _lead_place,
    _lead_size,
    _rank_size,
    _equal_heads,
    _straight_gutter,
    _rank_place,
    _reading_order,
    _pictures_spread,
    _pictures_meet,
    _varied,
    _moved,
)


def costs(page: PageModel) -> list[Cost]:
    """Everything that the page may pay, of terms to which the layout gives a weight."""
    weights = page.layout.planning.terms
    return [cost for term in PAGE_TERMS for cost in term(page) if weights.get(cost.term)]
