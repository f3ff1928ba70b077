"""The shapes that a story can take, each with the exact rows that it fills."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from producer.compose.galley import START, Composer
from producer.edition import Line
from producer.errors import Findings
from producer.fit.geometry import LEAST_MEASURE_EM, FrameGeometry, frame_geometry
from producer.fit.heads import HeadSetter, SetHead
from producer.fit.pour import Area
from producer.fonts.library import FontLibrary
from producer.layouts import Layout
from producer.model import InsetPlacement, Issue, Rect, Story, StoryPlacement
from producer.plan import Frame
from producer.planner.heights import empty_rows, heights
from producer.planner.illustrate import Illustration, Illustrator
from producer.typestyles import HeadStyle

# So many rows from the planned ones the fit's levers are asked for.
_REACH = 3
# Lines that stand in each column, at least.
_LEAST_COLUMN_LINES = 4
# Where a vertical head stands beside it, a frame is so many rows high.
_VERTICAL_ROWS = range(14, 46)


@dataclass(frozen=True)
class Shape:
    """A story set in one way: all of its placement but the place.

    `levers` are the lines that the fit must win or lose for it; `picture` the grid cells that
    its pictures cover, `crop` what is cut off them in hundredths.
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
    cut_within: int = 0


@dataclass(frozen=True)
class Means:
    """What may be used for a story's shapes."""

    columns: tuple[int, ...]
    styles: tuple[str, ...]
    boxes: tuple[str | None, ...] = (None,)
    needs_pictures: bool = False
    most_rows: int = 10_000
    may_be_cut: bool = False


@dataclass(frozen=True)
class _Mould:
    """A frame of no height yet: its geometry, head and tail."""

    geometry: FrameGeometry
    head: SetHead
    head_rows: int
    style: str
    lines: tuple[Line, ...]
    is_broken_badly: bool


class ShapeMaker:
    """Makes shapes of an issue's stories with the composer and the arithmetic of the fit."""

    def __init__(self, issue: Issue, layout: Layout, fonts: FontLibrary) -> None:
        self.issue = issue
        self.layout = layout
        self.planning = layout.planning
        self.composer = Composer(fonts, layout, issue.paper.language, Findings())
        self.illustrator = Illustrator(issue, layout, self.composer)
        self._head = cache(self._set_head)
        self._changes = cache(self._count_changes)

    def shapes(self, story: Story, means: Means) -> list[Shape]:
        """All shapes of a whole story, the best of those that take the same cells."""
        found: dict[tuple[object, ...], Shape] = {}
        for shape in self._every(story, means):
            has = bool(shape.insets)
            key = (shape.columns, shape.rows, shape.style, shape.box, has, shape.is_cut)
            if key not in found or _price(shape) < _price(found[key]):
                found[key] = shape
        return sorted(found.values(), key=lambda one: (one.columns, one.rows, _price(one)))

    def _every(self, story: Story, means: Means) -> Iterator[Shape]:
        for columns in means.columns:
            for box in means.boxes:
                for choice, style in enumerate(means.styles):
                    for text_columns in self._divisions(columns, box):
                        for shape in self._set(story, means, columns, text_columns, style, box):
                            yield replace(shape, choice=choice)

    def _divisions(self, columns: int, box: str | None) -> Iterator[int]:
        """Numbers of text columns of a good measure that a frame of so many grid columns takes."""
        for count in range(1, columns + 1):
            measure = self._geometry(columns, count, box).measure_em
            if self.planning.least_measure_em <= measure <= self.planning.most_measure_em:
                yield count

    def _geometry(self, columns: int, text_columns: int, box: str | None) -> FrameGeometry:
        rect = Rect(column=1, row=1, columns=columns, rows=self.layout.grid.rows)
        item = StoryPlacement(story="shape", rect=rect)
        return frame_geometry(self.layout, Frame(item, 1, "", rect, text_columns, "", box))

    def _set(
        self,
        story: Story,
        means: Means,
        columns: int,
        text_columns: int,
        style: str,
        box: str | None,
    ) -> Iterator[Shape]:
        geometry = self._geometry(columns, text_columns, box)
        if self.layout.heads[style].direction == "vertical":
            yield from self._set_beside(story, means, geometry, style)
            return
        mould = self._mould(story, geometry, style)
        if mould is None:
            return
        for illustration in self.illustrator.illustrations(
            story, geometry, mould.head_rows, means.needs_pictures
        ):
            yield from self._poured(story, means, mould, illustration)

    def _mould(self, story: Story, geometry: FrameGeometry, style: str) -> _Mould | None:
        found = self._head(story.id, style, geometry.width_em)
        if found is None:
            return None
        head, is_bad = found
        spec = self.layout.heads[style]
        rows = head.rows + bool(spec.byline == "head" and story.head.byline)
        lines = self._lines(story, geometry.measure_em, spec)
        return _Mould(geometry, head, rows, style, lines, is_bad)

    def _lines(self, story: Story, measure: int, style: HeadStyle) -> tuple[Line, ...]:
        return tuple(self.composer.galley(story, measure, START, self.tail(story, style)))

    def tail(self, story: Story, style: HeadStyle) -> str | None:
        """The byline as it ends a story of that head style, as the fit has it."""
        if not story.head.byline or style.byline == "head":
            return None
        return self.issue.paper.byline_mark + story.head.byline

    def _set_head(self, story: str, style: str, width_em: float) -> tuple[SetHead, bool] | None:
        """A head, and whether it is broken badly; None if it is too wide."""
        findings = Findings()
        setter = HeadSetter(self.composer.coverage, self.layout.grid, findings)
        head = setter.story_head(self.issue.stories[story], self.layout.heads[style], width_em)
        return None if findings.of("error") else (head, bool(findings.of("warning")))

    def _poured(
        self, story: Story, means: Means, mould: _Mould, illustration: Illustration
    ) -> Iterator[Shape]:
        """The heights at which the text fills its columns, a few lines won or lost by the fit."""
        geometry = mould.geometry
        most = min(self.layout.grid.rows, means.most_rows) - mould.head_rows - _padding(geometry)
        area = Area(geometry.frame.columns, most, illustration.insets)
        for rows, empty in heights(mould.lines, area, _REACH):
            misfit = self._misfit(empty, area.columns)
            if rows >= _LEAST_COLUMN_LINES and self._can_fit(story, mould, misfit):
                yield self._shape(mould, illustration, rows, abs(misfit))

    def _misfit(self, empty: int, count: int) -> int:
        """Rows too many, or too few if negative, as the levers count them."""
        tolerated = count * (1 + self.layout.tolerances.underset_rows) - 1
        return -empty if empty < 0 else min(0, tolerated - empty)

    def _can_fit(self, story: Story, mould: _Mould, misfit: int) -> bool:
        """Whether the lever of lines alone sets the story so much longer or shorter."""
        if not misfit:
            return True
        bounds, levers = self.layout.levers.lines, self.layout.levers
        count = mould.geometry.frame.columns
        if bounds is None or abs(misfit) > min(bounds.paragraphs, levers.reach_rows * count):
            return False
        marked = self.tail(story, self.layout.heads[mould.style]) is None
        changes = self._changes(story.id, mould.geometry.measure_em, marked)
        return abs(misfit) <= changes[misfit > 0]

    def _count_changes(self, story: str, measure: int, is_marked: bool) -> tuple[int, int]:
        """Paragraphs that bear a line more, and those that bear one fewer."""
        source, bounds = self.issue.stories[story], self.layout.levers.lines
        assert bounds
        last = len(source.body) - 1
        found = [
            self.composer.line_changes(source, block, measure, 0, is_marked and block == last)
            for block in range(len(source.body))
        ]
        longer = sum(costs.get(1, 99.0) <= bounds.cost for costs in found)
        return longer, sum(costs.get(-1, 99.0) <= bounds.cost for costs in found)

    def _shape(
        self,
        mould: _Mould,
        illustration: Illustration,
        rows: int,
        levers: int,
    ) -> Shape:
        geometry, frame = mould.geometry, mould.geometry.frame
        sizes = [line.size_pt for line in mould.head.lines if line.kind == "headline"]
        return Shape(
            columns=frame.rect.columns,
            rows=rows + mould.head_rows + _padding(geometry),
            text_columns=frame.columns,
            measure_em=geometry.measure_em,
            style=mould.style,
            headline_pt=max(sizes, default=0.0),
            head_rows=mould.head_rows,
            lines=len(mould.lines),
            box=frame.box,
            insets=illustration.insets,
            left_out=illustration.left_out,
            levers=levers,
            crop=illustration.crop,
            is_broken_badly=mould.is_broken_badly,
        )

    def _set_beside(
        self, story: Story, means: Means, geometry: FrameGeometry, style: str
    ) -> Iterator[Shape]:
        """Shapes with a vertical head, whose width depends on the frame's height."""
        if story.head.insets:
            return
        spec = self.layout.heads[style]
        for rows in _VERTICAL_ROWS:
            if rows > min(self.layout.grid.rows, means.most_rows):
                return
            findings = Findings()
            setter = HeadSetter(self.composer.coverage, self.layout.grid, findings)
            inner = rows - _padding(geometry)
            head = setter.vertical_head(story, spec, inner)
            beside = geometry.beside(head.strip_pt / self.layout.grid.body_pt, spec.side)
            least = max(LEAST_MEASURE_EM, self.planning.least_measure_em - 1)
            if findings.found or beside.measure_em < least:
                continue
            lines = self._lines(story, beside.measure_em, spec)
            mould = _Mould(beside, head, 0, style, lines, False)
            empty = empty_rows(lines, Area(geometry.frame.columns, inner))
            misfit = self._misfit(empty, geometry.frame.columns)
            if self._can_fit(story, mould, misfit):
                shape = self._shape(mould, Illustration(), inner, abs(misfit))
                yield replace(shape, is_vertical=True)


def _padding(geometry: FrameGeometry) -> int:
    return geometry.padding.above_rows + geometry.padding.below_rows


def _price(shape: Shape) -> tuple[int, ...]:
    """What makes one of two shapes of the same size the better one."""
    return (
        shape.left_out,
        shape.is_broken_badly,
        shape.levers + shape.crop + 2 * abs(shape.measure_em - 13) + 4 * shape.choice,
    )
