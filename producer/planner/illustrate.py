"""Pictures, quotes and tables of a story laid into its text columns, in several sizes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

from producer.compose.galley import Composer
from producer.errors import Findings
from producer.fit.geometry import FrameGeometry
from producer.fit.insets import InsetSetter
from producer.layouts import Layout
from producer.model import Inset, InsetPlacement, Issue, Story

# Rows by which a picture may be lower or higher than its own proportions ask.
_CROPPED_ROWS = (0, -1, 1, -2, 2)
# A table's column is so wide, or the table is not set in so few text columns.
_LEAST_CELL_EM = 5
# Text between two insets of one story.
_ROWS_BETWEEN = 4


@dataclass(frozen=True)
class Illustration:
    """A story's insets in their cells; how many are left out.

    `crop` are hundredths of pictures that are lost: cut off, or for being narrower than is good.
    """

    insets: tuple[InsetPlacement, ...] = ()
    left_out: int = 0
    crop: int = 0
    is_cropped: bool = False


@dataclass(frozen=True)
class _Size:
    columns: int
    rows: int
    crop: int
    is_cropped: bool = False


class Illustrator:
    """Finds the sizes that insets can have, by the means of the fit."""

    def __init__(self, issue: Issue, layout: Layout, composer: Composer) -> None:
        self.issue = issue
        self.layout = layout
        self.composer = composer
        self._sizes: dict[tuple[object, ...], list[_Size]] = {}

    def illustrations(
        self, story: Story, geometry: FrameGeometry, head_rows: int, needs_all: bool
    ) -> Iterator[Illustration]:
        """Every way to lay the story's insets, then without those that are not needed."""
        insets = story.head.insets
        if not insets:
            yield Illustration()
            return
        sizes = [self._sizes_of(story, inset, geometry) for inset in insets]
        if all(sizes):
            for chosen in _together(sizes):
                yield from self._laid(insets, chosen, geometry.frame.columns)
        must = [inset for inset in insets if inset.table]
        if not needs_all and not must:
            yield Illustration(left_out=len(insets))

    def _laid(
        self, insets: tuple[Inset, ...], sizes: tuple[_Size, ...], count: int
    ) -> Iterator[Illustration]:
        """The first at the upper right, the others below by turns, or all in one row."""
        crop = sum(size.crop for size in sizes)
        is_cropped = any(size.is_cropped for size in sizes)
        ways = [_staggered(insets, sizes, count, _ROWS_BETWEEN)]
        if len(insets) > 1:
            ways.append(_staggered(insets, sizes, count, 0))
            if sum(size.columns for size in sizes) <= count:
                ways.append(_in_a_row(insets, sizes, count))
        for placed in ways:
            yield Illustration(placed, crop=crop, is_cropped=is_cropped)

    def _sizes_of(self, story: Story, inset: Inset, geometry: FrameGeometry) -> list[_Size]:
        key = (story.id, inset.id, geometry.measure_em, geometry.gutter_em, geometry.frame.columns)
        if key not in self._sizes:
            count = geometry.frame.columns
            self._sizes[key] = [
                size
                for columns in range(1, count + 1)
                for size in self._heights(story, inset, geometry, columns)
            ]
        return self._sizes[key]

    def _heights(
        self, story: Story, inset: Inset, geometry: FrameGeometry, columns: int
    ) -> Iterator[_Size]:
        bounds = self.layout.planning.pictures
        if inset.table and geometry.measure_em * columns < _LEAST_CELL_EM * len(inset.head):
            return
        if not inset.picture:
            rows = self._least_rows(story, inset, geometry, columns)
            if rows <= bounds.most_rows:
                yield _Size(columns, rows, 0)
            return
        good = min(bounds.least_em, _width_em(geometry))
        narrow = max(0.0, 1 - _width_em(geometry, columns) / good) if good else 0.0
        picture = self.issue.pictures[inset.picture]
        natural = picture.width / picture.height
        placement = InsetPlacement(inset=inset.id, columns=columns, rows=bounds.most_rows)
        setter = InsetSetter(self.issue, self.layout, self.composer, Findings())
        box = setter.place(story, placement, geometry, 0).picture_box
        assert box
        around = bounds.most_rows - box.height / self.layout.grid.row_mm
        own = box.width / natural / self.layout.grid.row_mm
        for more in _CROPPED_ROWS:
            rows = round(own + around) + more
            ratio = box.width / max((rows - around) * self.layout.grid.row_mm, 0.1)
            lost = 1 - min(natural, ratio) / max(natural, ratio)
            if bounds.least_rows <= rows <= bounds.most_rows and lost <= bounds.crop:
                yield _Size(columns, rows, round(100 * (lost + narrow)), bool(more))

    def _least_rows(self, story: Story, inset: Inset, geometry: FrameGeometry, columns: int) -> int:
        """Rows that a quote or table needs, as the fit tells them of one that has too few."""
        findings = Findings()
        setter = InsetSetter(self.issue, self.layout, self.composer, findings)
        placement = InsetPlacement(inset=inset.id, columns=columns, rows=1)
        setter.place(story, placement, geometry, 0)
        told = [each.values["needed"] for each in findings if each.id == "fit.inset-too-small"]
        return int(str(told[0])) if told else 1


def _width_em(geometry: FrameGeometry, columns: int | None = None) -> float:
    """Width of so many text columns, or of all, with the gutters between them."""
    count = columns or geometry.frame.columns
    return count * geometry.measure_em + (count - 1) * geometry.gutter_em


def _together(sizes: list[list[_Size]]) -> Iterator[tuple[_Size, ...]]:
    """One size for each inset: all of the first one's with the smallest few of the others'."""
    first, *others = sizes
    fewer = [sorted(each, key=lambda size: size.columns * size.rows)[:2] for each in others]
    return product(first, *fewer)


def _staggered(
    insets: tuple[Inset, ...], sizes: tuple[_Size, ...], count: int, between: int
) -> tuple[InsetPlacement, ...]:
    """One below the other, at the right and at the left by turns."""
    placed, row = [], 1
    for number, (inset, size) in enumerate(zip(insets, sizes, strict=True)):
        column = 1 if number % 2 else count - size.columns + 1
        placed.append(_at(inset, size, column, row))
        row += size.rows + between
    return tuple(placed)


def _in_a_row(
    insets: tuple[Inset, ...], sizes: tuple[_Size, ...], count: int
) -> tuple[InsetPlacement, ...]:
    """Side by side at the right, the first leftmost."""
    placed, column = [], count - sum(size.columns for size in sizes) + 1
    for inset, size in zip(insets, sizes, strict=True):
        placed.append(_at(inset, size, column, 1))
        column += size.columns
    return tuple(placed)


def _at(inset: Inset, size: _Size, column: int, row: int) -> InsetPlacement:
    return InsetPlacement(
        inset=inset.id, column=column, columns=size.columns, row=row, rows=size.rows
    )
