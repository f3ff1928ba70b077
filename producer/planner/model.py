"""A page as a problem for the solver: one shape and one place for each story, no two on one cell.

Every story takes the row of air below it along, so that frames which touch in the model have a
row between them on the page; the model's grid has that one row more.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from ortools.sat.python import cp_model

from producer.layouts import Layout
from producer.planner.desk import Item
from producer.planner.estimate import rest_cells
from producer.planner.ground import Ground
from producer.planner.shapes import Shape

Linear = cp_model.LinearExpr
Bool = cp_model.IntVar  # whole numbers too


@dataclass
class Spot:
    """A story's variables: whether it stands here, its shape, its first and last column and row.

    `bottom` is the row below its air.
    """

    item: Item
    shapes: tuple[Shape, ...]
    is_there: Bool
    chosen: list[Bool]
    starts: list[Bool]
    ends: list[Bool]
    row: cp_model.IntVar
    rows: Bool
    bottom: cp_model.IntVar
    column: Bool
    columns: Bool
    right: cp_model.IntVar
    across: cp_model.IntervalVar
    down: cp_model.IntervalVar

    def sum_of(self, value: dict[int, int]) -> Linear:
        """The value of the chosen shape, by the number of the shape."""
        return Linear.sum([self.chosen[number] * each for number, each in value.items()])

    def standing_out(self, layout: Layout) -> Linear:
        """1 if the story has a box, or a vertical, reversed, boxed or tinted head."""
        return self.is_any(
            [
                number
                for number, shape in enumerate(self.shapes)
                if shape.box or shape.is_vertical or layout.heads[shape.style].look != "plain"
            ]
        )

    def is_any(self, numbers: Sequence[int]) -> Linear:
        """1 if one of these shapes is chosen."""
        return Linear.sum([self.chosen[number] for number in numbers])


@dataclass
class Block:
    """A package's rectangle around its members."""

    title: str
    members: list[Spot]
    is_there: Bool
    column: cp_model.IntVar
    columns: cp_model.IntVar
    row: cp_model.IntVar
    bottom: cp_model.IntVar
    across: cp_model.IntervalVar
    down: cp_model.IntervalVar


@dataclass
class PageModel:
    """The variables and hard rules of one page."""

    ground: Ground
    layout: Layout
    items: Sequence[Item]
    cp: cp_model.CpModel = field(default_factory=cp_model.CpModel)
    spots: list[Spot] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.spots = [self._spot(item) for item in self.items]
        titles = dict.fromkeys(s.item.wish.package for s in self.spots if not s.item.is_rest)
        self.blocks = [self._block(title) for title in titles if title]
        self._no_overlap()
        standing_out = [spot.standing_out(self.layout) for spot in self.spots]
        self.cp.add(Linear.sum(standing_out) <= self.layout.planning.most_standing_out)
        cuts = [
            spot.is_any([n for n, shape in enumerate(spot.shapes) if shape.is_cut])
            for spot in self.spots
        ]
        self.cp.add(Linear.sum(cuts) <= self.layout.planning.jumps.most)

    @cached_property
    def holes(self) -> Linear:
        """Cells that nothing covers."""
        used: list[Linear] = [
            spot.sum_of({n: s.columns * (s.rows + 1) for n, s in enumerate(spot.shapes)})
            for spot in self.spots
        ]
        used += [block.columns * self.layout.package_rows for block in self.blocks]
        return self.ground.free_cells - Linear.sum(used)

    @property
    def cells_cut(self) -> Linear:
        """Cells that what is cut off stories will take elsewhere."""
        return Linear.sum([spot.sum_of(_rest_cells(spot, self.layout)) for spot in self.spots])

    def _spot(self, item: Item) -> Spot:
        cp, ground, shapes = self.cp, self.ground, item.shapes
        is_there = cp.new_bool_var(f"{item.name} stands")
        chosen = [cp.new_bool_var(f"{item.name} {number}") for number in range(len(shapes))]
        cp.add(sum(chosen) == is_there)
        starts = [cp.new_bool_var("") for _ in range(ground.columns)]
        ends = [cp.new_bool_var("") for _ in range(ground.columns)]
        cp.add_exactly_one(starts)
        cp.add_exactly_one(ends)
        width = sum(b * s.columns for b, s in zip(chosen, shapes, strict=True))
        height = sum(b * (s.rows + 1) for b, s in zip(chosen, shapes, strict=True))
        column = cp.new_int_var(1, ground.columns, "")
        columns = cp.new_int_var(0, ground.columns, "")
        right = cp.new_int_var(1, ground.columns + 1, "")
        row = cp.new_int_var(1, ground.rows, "")
        rows = cp.new_int_var(0, ground.rows + 1, "")
        bottom = cp.new_int_var(1, ground.rows + 2, "")
        cp.add(columns == width)
        cp.add(rows == height)
        cp.add(column == sum((c + 1) * b for c, b in enumerate(starts)))
        cp.add(right == sum((c + 2) * b for c, b in enumerate(ends)))
        cp.add(column + columns == right).only_enforce_if(is_there)
        return Spot(
            item, shapes, is_there, chosen, starts, ends, row, rows, bottom, column, columns, right,
            cp.new_optional_interval_var(column, columns, right, is_there, ""),
            cp.new_optional_interval_var(row, rows, bottom, is_there, ""),
        )  # fmt: skip

    def _block(self, title: str) -> Block:
        """A package: its stories below its title, all of them or none."""
        cp, ground = self.cp, self.ground
        members = [spot for spot in self.spots if spot.item.wish.package == title]
        is_there = cp.new_bool_var(f"{title} stands")
        column = cp.new_int_var(1, ground.columns, "")
        columns = cp.new_int_var(1, ground.columns, "")
        row = cp.new_int_var(1, ground.rows, "")
        rows = cp.new_int_var(1, ground.rows + 1, "")
        bottom = cp.new_int_var(1, ground.rows + 2, "")
        for spot in members:
            cp.add(spot.is_there == is_there)
            cp.add(spot.column >= column)
            cp.add(spot.right <= column + columns).only_enforce_if(is_there)
            cp.add(spot.row >= row + self.layout.package_rows).only_enforce_if(is_there)
            cp.add(spot.bottom <= bottom).only_enforce_if(is_there)
        right = cp.new_int_var(1, ground.columns + 1, "")
        return Block(
            title, members, is_there, column, columns, row, bottom,
            cp.new_optional_interval_var(column, columns, right, is_there, ""),
            cp.new_optional_interval_var(row, rows, bottom, is_there, ""),
        )  # fmt: skip

    def _no_overlap(self) -> None:
        """No two things on one cell; the sums over all rows and columns help the solver."""
        cp, ground = self.cp, self.ground
        packaged = {id(spot) for block in self.blocks for spot in block.members}
        outside = [spot for spot in self.spots if id(spot) not in packaged]
        holes = [
            (
                cp.new_fixed_size_interval_var(rect.column, rect.columns, ""),
                cp.new_fixed_size_interval_var(rect.row, rect.rows, ""),
                rect,
            )
            for rect in ground.blocks
        ]
        across = [spot.across for spot in outside] + [block.across for block in self.blocks]
        down = [spot.down for spot in outside] + [block.down for block in self.blocks]
        cp.add_no_overlap_2d(across + [h[0] for h in holes], down + [h[1] for h in holes])
        for block in self.blocks:
            cp.add_no_overlap_2d([s.across for s in block.members], [s.down for s in block.members])
        cp.add_cumulative(
            [spot.down for spot in self.spots] + [h[1] for h in holes],
            [spot.columns for spot in self.spots] + [h[2].columns for h in holes],
            ground.columns,
        )
        cp.add_cumulative(
            [spot.across for spot in self.spots] + [h[0] for h in holes],
            [spot.rows for spot in self.spots] + [h[2].rows for h in holes],
            ground.rows + 1,
        )


def _rest_cells(spot: Spot, layout: Layout) -> dict[int, int]:
    """About what the rest takes, by the number of the shape that is cut."""
    return {
        number: rest_cells(shape.rest_lines, shape.measure_em, layout)
        for number, shape in enumerate(spot.shapes)
        if shape.is_cut
    }
