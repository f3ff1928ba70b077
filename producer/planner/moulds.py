"""Frames without a height yet: a story's head and galley for a width, as the fit sets them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from producer.compose.galley import START, Composer
from producer.edition import Line, Mark
from producer.errors import Findings
from producer.fit.geometry import FrameGeometry, frame_geometry
from producer.fit.heads import HeadSetter, SetHead
from producer.fonts.library import FontLibrary
from producer.layouts import Layout
from producer.model import Issue, Rect, Story, StoryPlacement
from producer.plan import Frame
from producer.typestyles import HeadStyle

# Paragraphs more than lines to be won or lost.
_SPARE = 1


@dataclass(frozen=True)
class Mould:
    """A frame of no height yet; `tail` is the byline that ends the story in it."""

    story: Story
    geometry: FrameGeometry
    head: SetHead
    head_rows: int
    style: str
    lines: tuple[Line, ...]
    tail: str | None
    is_broken_badly: bool = False
    start: Mark = START

    @property
    def columns(self) -> int:
        """Text columns."""
        return self.geometry.frame.columns

    @property
    def padding_rows(self) -> int:
        """Rows of its box above and below."""
        return self.geometry.padding.above_rows + self.geometry.padding.below_rows

    @property
    def headline_pt(self) -> float:
        """The headline's size."""
        sizes = (line.size_pt for line in self.head.lines if line.kind == "headline")
        return max(sizes, default=0.0)


class MouldMaker:
    """Makes moulds by the means of the fit, and keeps what comes again."""

    def __init__(self, issue: Issue, layout: Layout, fonts: FontLibrary) -> None:
        self.issue = issue
        self.layout = layout
        self.composer = Composer(fonts, layout, issue.paper.language, Findings())
        self._head = cache(self._set_head)
        self._changes = cache(self._count_changes)
        self.head_beside = cache(self._set_head_beside)

    def divisions(self, columns: int, box: str | None) -> Iterator[FrameGeometry]:
        """A frame of so many grid columns in every number of text columns of a good measure."""
        planning = self.layout.planning
        for count in range(1, columns + 1):
            rect = Rect(column=1, row=1, columns=columns, rows=self.layout.grid.rows)
            item = StoryPlacement(story="shape", rect=rect)
            frame = Frame(item, 1, "", rect, count, "", box)
            geometry = frame_geometry(self.layout, frame)
            if planning.least_measure_em <= geometry.measure_em <= planning.most_measure_em:
                yield geometry

    def first(self, story: Story, geometry: FrameGeometry, style: str) -> Mould | None:
        """A story's first frame; None where its head is too wide."""
        found = self._head(story.id, style, geometry.width_em, False)
        if found is None:
            return None
        head, is_bad = found
        spec = self.layout.heads[style]
        rows = head.rows + bool(spec.byline == "head" and story.head.byline)
        tail = self.tail(story, spec)
        lines = self.galley(story, geometry.measure_em, START, tail)
        return Mould(story, geometry, head, rows, style, lines, tail, is_bad)

    def rest(
        self, story: Story, geometry: FrameGeometry, start: Mark, first_style: str
    ) -> Mould | None:
        """The frame that a story goes on in, its from line in a row below the head."""
        style = self.layout.continuation
        found = self._head(story.id, style, geometry.width_em, True)
        if found is None:
            return None
        head, is_bad = found
        tail = self.tail(story, self.layout.heads[first_style])
        lines = self.galley(story, geometry.measure_em, start, tail)
        return Mould(story, geometry, head, head.rows + 1, style, lines, tail, is_bad, start)

    def galley(
        self, story: Story, measure: float, start: Mark, tail: str | None
    ) -> tuple[Line, ...]:
        """A story's lines from a mark on."""
        return tuple(self.composer.galley(story, measure, start, tail))

    def tail(self, story: Story, style: HeadStyle) -> str | None:
        """The byline as it ends a story whose first frame has that head style, as in the fit."""
        if not story.head.byline or style.byline == "head":
            return None
        return self.issue.paper.byline_mark + story.head.byline

    def misfit(self, mould: Mould, empty: int) -> int:
        """Rows too many, or too few if negative, of a frame that leaves so many rows empty.

        Less than one empty row in each column is let pass, as in the fit.
        """
        tolerated = mould.columns * (1 + self.layout.tolerances.underset_rows) - 1
        return -empty if empty < 0 else min(0, tolerated - empty)

    def can_mend(self, mould: Mould, misfit: int) -> bool:
        """Whether the fit's lever of lines alone sets the story so much longer or shorter."""
        if not misfit:
            return True
        bounds, levers = self.layout.levers.lines, self.layout.levers
        reach = levers.reach_rows * mould.columns
        if bounds is None or abs(misfit) > min(bounds.paragraphs, reach):
            return False
        story, measure = mould.story.id, mould.geometry.measure_em
        changes = self._changes(story, measure, mould.start, mould.tail is None)
        # Of several one may leave a loose line, which the fit does not take.
        spare = _SPARE if abs(misfit) > 1 else 0
        return abs(misfit) + spare <= changes[misfit > 0]

    def _set_head(
        self, story: str, style: str, width_em: float, is_rest: bool
    ) -> tuple[SetHead, bool] | None:
        """A head, and whether it is broken badly; None if it is too wide."""
        findings = Findings()
        setter = HeadSetter(self.composer.coverage, self.layout.grid, findings)
        set_head = setter.continuation_head if is_rest else setter.story_head
        head = set_head(self.issue.stories[story], self.layout.heads[style], width_em)
        return None if findings.of("error") else (head, bool(findings.of("warning")))

    def _set_head_beside(self, story: str, style: str, rows: int) -> SetHead | None:
        """A vertical head so many rows high; None where it does not stand well."""
        findings = Findings()
        setter = HeadSetter(self.composer.coverage, self.layout.grid, findings)
        head = setter.vertical_head(self.issue.stories[story], self.layout.heads[style], rows)
        return None if findings.found else head

    def _count_changes(
        self, story: str, measure: int, start: Mark, is_marked: bool
    ) -> tuple[int, int]:
        """Paragraphs that bear a line more, and those that bear one fewer."""
        source, bounds = self.issue.stories[story], self.layout.levers.lines
        assert bounds
        last = len(source.body) - 1
        found = [
            self.composer.line_changes(
                source,
                block,
                measure,
                start.offset if block == start.block else 0,
                is_marked and block == last,
            )
            for block in range(start.block, len(source.body))
        ]
        longer = sum(costs.get(1, 99.0) <= bounds.cost for costs in found)
        return longer, sum(costs.get(-1, 99.0) <= bounds.cost for costs in found)
