"""The shapes that a story can take, each with the exact rows that it fills."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from producer.compose.galley import START
from producer.fit.geometry import LEAST_MEASURE_EM, FrameGeometry
from producer.fit.pour import Area
from producer.model import InsetPlacement, Story
from producer.planner.heights import empty_rows, heights
from producer.planner.illustrate import Illustration, Illustrator
from producer.planner.moulds import Mould, MouldMaker

# So many rows from the planned ones the fit's levers are asked for.
_REACH = 3
# Rows of text, at least.
LEAST_TEXT_ROWS = 4
# Where a vertical head stands beside the text, a frame is so many rows high.
_VERTICAL_ROWS = range(14, 46)
# About how wide the strip of a vertical head is, and how far off a height by it may be.
_STRIP_EM, _LEAST_OF_ROWS, _MOST_OF_ROWS = 5, 0.9, 1.5
# The measure that reads best; from others a shape is the worse the further it is off.
_BEST_MEASURE_EM = 13


@dataclass(frozen=True)
class Shape:
    """A story set in one way: all of its placement but the place.

    `choice` is the head style's number in the layout's list, `levers` the lines that the fit must
    win or lose, `crop` what is cut off pictures in hundredths. Of one that `is_cut` the rest goes
    on elsewhere: `rest_lines` of the same measure; `cut_within` is 0 between paragraphs, 1 between
    sentences, 2 elsewhere.
    """

    columns: int
    rows: int
    text_columns: int
    measure_em: int
    style: str
    headline_pt: float
    head_rows: int
    lines: int
    box: str | None = None
    insets: tuple[InsetPlacement, ...] = ()
    left_out: int = 0
    levers: int = 0
    crop: int = 0
    choice: int = 0
    is_broken_badly: bool = False
    is_vertical: bool = False
    is_cut: bool = False
    rest_lines: int = 0
    cut_within: int = 0

    @property
    def cells(self) -> int:
        """Cells that it takes of a page, the row of air below included."""
        return self.columns * (self.rows + 1)


@dataclass(frozen=True)
class Means:
    """What may be used for a story's shapes."""

    columns: tuple[int, ...]
    styles: tuple[str, ...]
    boxes: tuple[str | None, ...] = (None,)
    needs_pictures: bool = False
    most_rows: int = 10_000
    most_thin_rows: int = 10_000


class ShapeMaker:
    """Makes shapes of an issue's stories with the composer and the arithmetic of the fit."""

    def __init__(self, moulds: MouldMaker) -> None:
        self.moulds = moulds
        self.layout = moulds.layout
        self.illustrator = Illustrator(moulds.issue, moulds.layout, moulds.composer)

    def shapes(self, story: Story, means: Means) -> list[Shape]:
        """All shapes of a whole story, the best of those that take the same cells."""
        return best_of(self._every(story, means))

    def _every(self, story: Story, means: Means) -> Iterator[Shape]:
        for columns in means.columns:
            for box in means.boxes:
                for geometry in self.moulds.divisions(columns, box):
                    for choice, style in enumerate(means.styles):
                        for shape in self._set(story, means, geometry, style):
                            yield replace(shape, choice=choice)

    def _set(
        self, story: Story, means: Means, geometry: FrameGeometry, style: str
    ) -> Iterator[Shape]:
        spec = self.layout.heads[style]
        if geometry.frame.box and (spec.look != "plain" or spec.direction == "vertical"):
            return  # one means is enough
        if spec.direction == "vertical":
            yield from self._set_beside(story, means, geometry, style)
            return
        mould = self.moulds.first(story, geometry, style)
        if mould is None:
            return
        for illustration in self.illustrator.illustrations(
            story, geometry, mould.head_rows, means.needs_pictures
        ):
            yield from self.poured(mould, means, illustration)

    def poured(
        self, mould: Mould, means: Means, illustration: Illustration | None = None
    ) -> Iterator[Shape]:
        """The heights at which the text fills its columns, a few lines won or lost by the fit."""
        illustration = illustration or Illustration()
        area = Area(mould.columns, self.most_text_rows(mould, means), illustration.insets)
        for rows, empty in heights(mould.lines, area, _REACH):
            misfit = self.moulds.misfit(mould, empty)
            is_high = rows >= LEAST_TEXT_ROWS or mould.columns == 1
            if is_high and self.moulds.can_mend(mould, misfit):
                yield shape_of(mould, illustration, rows, len(mould.lines), abs(misfit))

    def most_text_rows(self, mould: Mould, means: Means) -> int:
        """Rows that the text may take; a story in one grid column has a bound of its own."""
        most = min(self.layout.grid.rows, means.most_rows)
        if mould.geometry.frame.rect.columns == 1:
            most = min(most, means.most_thin_rows)
        return most - mould.head_rows - mould.padding_rows

    def _set_beside(
        self, story: Story, means: Means, geometry: FrameGeometry, style: str
    ) -> Iterator[Shape]:
        """Shapes with a vertical head, whose width depends on the frame's height."""
        if story.head.insets:
            return
        spec, count = self.layout.heads[style], geometry.frame.columns
        tail = self.moulds.tail(story, spec)
        for rows in self._rows_beside(story, means, geometry):
            head = self.moulds.head_beside(story.id, style, rows - _padding(geometry))
            if head is None:
                continue
            beside = geometry.beside(head.strip_pt / self.layout.grid.body_pt, spec.side)
            if beside.measure_em < max(LEAST_MEASURE_EM, self.layout.planning.least_measure_em - 1):
                continue
            lines = self.moulds.galley(story, beside.measure_em, START, tail)
            mould = Mould(story, beside, head, 0, style, lines, tail)
            inner = rows - mould.padding_rows
            misfit = self.moulds.misfit(mould, empty_rows(lines, Area(count, inner)))
            if self.moulds.can_mend(mould, misfit):
                shape = shape_of(mould, Illustration(), inner, len(lines), abs(misfit))
                yield replace(shape, is_vertical=True)

    def _rows_beside(self, story: Story, means: Means, geometry: FrameGeometry) -> Iterator[int]:
        """Heights that come into question for a text with its head beside it."""
        most = min(self.layout.grid.rows, means.most_rows)
        about = sum(len(block.text) for block in story.body) / max(
            1.0, geometry.width_em - _STRIP_EM
        )
        for rows in _VERTICAL_ROWS:
            if rows <= most and _LEAST_OF_ROWS * about <= rows <= _MOST_OF_ROWS * about:
                yield rows


def _padding(geometry: FrameGeometry) -> int:
    return geometry.padding.above_rows + geometry.padding.below_rows


def shape_of(
    mould: Mould, illustration: Illustration, rows: int, lines: int, levers: int = 0
) -> Shape:
    """A mould as high as its text area has rows."""
    return Shape(
        columns=mould.geometry.frame.rect.columns,
        rows=rows + mould.head_rows + mould.padding_rows,
        text_columns=mould.columns,
        measure_em=mould.geometry.measure_em,
        style=mould.style,
        headline_pt=mould.headline_pt,
        head_rows=mould.head_rows,
        lines=lines,
        box=mould.geometry.frame.box,
        insets=illustration.insets,
        left_out=illustration.left_out,
        levers=levers,
        crop=illustration.crop,
        is_broken_badly=mould.is_broken_badly,
    )


def best_of(shapes: Iterable[Shape]) -> list[Shape]:
    """Of shapes that take the same cells under the same head the one best to read."""
    found: dict[tuple[object, ...], Shape] = {}
    for shape in shapes:
        has = bool(shape.insets)
        key = (shape.columns, shape.rows, shape.style, shape.box, has, shape.is_cut)
        if key not in found or _price(shape) < _price(found[key]):
            found[key] = shape
    return sorted(found.values(), key=lambda one: (one.columns, one.rows, _price(one)))


def _price(shape: Shape) -> tuple[int, ...]:
    """What makes one of two shapes of the same size the better one."""
    off = abs(shape.measure_em - _BEST_MEASURE_EM)
    cut = 10 * shape.cut_within
    return (shape.left_out, shape.is_broken_badly, shape.levers + shape.crop + 2 * off + cut)
