"""Terms of taste for what stands side by side, and for the page as a whole."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from producer.planner.cost import Cost
from producer.planner.model import Bool, Linear, PageModel, Spot

# Heads whose first rows are no further apart stand side by side.
_LEVEL_ROWS = 2
# Headlines whose sizes differ less are of equal weight.
_EQUAL_PT = 3
_POSSIBLE_WIDTHS = 3


def equal_heads(page: PageModel) -> Iterator[Cost]:
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


def straight_gutter(page: PageModel) -> Iterator[Cost]:
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


def pictures_meet(page: PageModel) -> Iterator[Cost]:
    """Stories with pictures side by side."""
    for one, other in combinations(_illustrated(page), 2):
        side, meet = page.cp.new_bool_var(""), page.cp.new_bool_var("")
        _force_side_by_side(page, one, other, side)
        page.cp.add(meet >= side + _has_picture(one) + _has_picture(other) - 2)
        yield Cost("pictures_meet", other.item.name, meet)


def pictures_spread(page: PageModel) -> Iterator[Cost]:
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


def varied(page: PageModel) -> Iterator[Cost]:
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


def beside(page: PageModel) -> Iterator[Cost]:
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
