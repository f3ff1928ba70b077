"""A story through its chain of frames: cut at a line, jump, go on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from producer.compose.galley import START, Composer
from producer.edition import Head, JumpLine, Line, Mark, Part, Slice
from producer.errors import Findings, Level
from producer.fit.geometry import LEAST_MEASURE_EM, FrameGeometry, frame_geometry
from producer.fit.heads import HeadSetter
from producer.fit.insets import InsetSetter
from producer.fit.pour import (
    Segment,
    Stretch,
    balanced_depth,
    free_segments,
    pour,
    reserve_last_row,
)
from producer.layouts import HeadStyle, Layout
from producer.model import InsetPlacement, Issue, Story
from producer.plan import Frame, place_in_plan
from producer.wording import from_line, jump_line

# A head stands a little above the middle of its rows: the eye takes that for the middle.
_AIR_ABOVE, _AIR_IN_PLATE = 0.35, 0.47


@dataclass(frozen=True)
class _Filled:
    """A frame's text area after pouring."""

    stretches: list[Stretch]
    used: int
    jump_row: Segment | None
    empty_rows: int


class ChainFitter:
    """Fits stories into the frames of one issue."""

    def __init__(
        self,
        issue: Issue,
        layout: Layout,
        composer: Composer,
        heads: HeadSetter,
        insets: InsetSetter,
        findings: Findings,
    ) -> None:
        self.issue = issue
        self.layout = layout
        self.composer = composer
        self.heads = heads
        self.insets = insets
        self.findings = findings

    def fit(self, story: Story, frames: Sequence[Frame]) -> list[Part]:
        """The story's parts, one for each frame of its chain, in order."""
        parts: list[Part] = []
        start = START
        for index, _frame in enumerate(frames):
            following = frames[index + 1] if index + 1 < len(frames) else None
            part = self._part(story, frames, index, start, following)
            parts.append(part)
            start = part.end
        self._check_lengths(story, parts)
        return parts

    def _part(
        self,
        story: Story,
        frames: Sequence[Frame],
        index: int,
        start: Mark,
        following: Frame | None,
    ) -> Part:
        frame = frames[index]
        geometry = frame_geometry(self.layout, frame)
        comes_from = frames[index - 1].page if index else None
        style = self.layout.heads[frame.style]
        if style.direction == "vertical" and not comes_from:
            head, geometry = self._head_beside(story, geometry, style)
        else:
            head = self._head(story, geometry, style, comes_from)
        lines = self.composer.galley(
            story, geometry.measure_em, start, self._tail(story, frames[0])
        )
        rows = geometry.text_rows(head.rows)
        insets = self._insets(frame, rows)
        fill = self._fill_and_jump if following else self._fill_and_end
        filled = fill(lines, frame.columns, rows, insets)
        goes_to = following.page if following else None
        rest = lines[filled.used :]
        self._check_fill(story, frame, filled, rest, following)
        return Part(
            story=story.id,
            index=index + 1,
            page=frame.page,
            rect=frame.rect,
            box=geometry.box,
            style=frame.style,
            box_style=frame.box,
            measure_em=geometry.measure_em,
            columns=frame.columns,
            gutter_em=geometry.gutter_em,
            head=head,
            slices=tuple(_slices(filled.stretches, geometry, head.rows)),
            insets=tuple(self.insets.place(story, inset, geometry, head.rows) for inset in insets),
            jump_line=self._jump_line(geometry, head.rows, filled.jump_row, goes_to),
            goes_to=goes_to,
            comes_from=comes_from,
            start=start,
            end=_mark(rest, story),
            overset_lines=0 if following else len(rest),
            overset_characters=0 if following else sum(len(line.text) for line in rest),
            empty_rows=filled.empty_rows,
            package=frame.package,
        )

    def _head(
        self, story: Story, geometry: FrameGeometry, style: HeadStyle, comes_from: int | None
    ) -> Head:
        setter = self.heads.continuation_head if comes_from else self.heads.story_head
        head = setter(story, style, geometry.width_em)
        byline = story.head.byline if style.byline == "head" and not comes_from else None
        if byline:
            self.heads.check_byline(story, byline, self.layout.body.byline, geometry.width_em)
        rows = head.rows + bool(byline) + bool(comes_from)
        box = geometry.head_box(rows)
        return Head(
            box=box,
            plate=geometry.plate(box, style.below_pt),
            rows=rows,
            lines=head.lines,
            air_pt=(_AIR_ABOVE if style.look == "plain" else _AIR_IN_PLATE)
            * (head.rows * self.layout.grid.leading_pt - style.below_pt - head.height_pt),
            gap_pt=style.gap_pt,
            align=style.align,
            byline=byline,
            from_line=from_line(self.issue.paper, comes_from) if comes_from else None,
            look=style.look,
        )

    def _head_beside(
        self, story: Story, geometry: FrameGeometry, style: HeadStyle
    ) -> tuple[Head, FrameGeometry]:
        """A vertical head, and the frame with what it leaves to the text."""
        head = self.heads.vertical_head(story, style, geometry.text_rows(0))
        strip = head.strip_pt / self.layout.grid.body_pt
        box, beside = geometry.strip_box(strip, style.side), geometry.beside(strip, style.side)
        if beside.measure_em < LEAST_MEASURE_EM:
            frame, measure = geometry.frame, beside.measure_em
            self._add("head.no-room-beside", frame, story=story.title, characters=measure)
        return Head(
            box=box,
            plate=geometry.plate(box, style.below_pt),
            rows=0,
            lines=head.lines,
            air_pt=0.0,
            gap_pt=style.gap_pt,
            align=style.align,
            byline=None,
            from_line=None,
            direction="vertical",
            look=style.look,
        ), beside

    def _tail(self, story: Story, first: Frame) -> str | None:
        """The byline as it ends the story, unless the first head has it."""
        if not story.head.byline or self.layout.heads[first.style].byline == "head":
            return None
        return self.issue.paper.byline_mark + story.head.byline

    def _insets(self, frame: Frame, rows: int) -> tuple[InsetPlacement, ...]:
        """The frame's insets that lie within its text area; the others are told."""
        inside = []
        for inset in frame.item.insets:
            last_column = inset.column + inset.columns - 1
            if last_column > frame.columns or inset.row + inset.rows - 1 > rows:
                self._add(
                    "fit.inset-outside", frame, inset=inset.inset, columns=frame.columns, rows=rows
                )
            else:
                inside.append(inset)
        return tuple(inside)

    def _fill_and_jump(
        self, lines: list[Line], columns: int, rows: int, insets: tuple[InsetPlacement, ...]
    ) -> _Filled:
        """Fill every row but the jump line's."""
        segments, jump_row = reserve_last_row(free_segments(columns, rows, insets))
        stretches, used = pour(lines, segments)
        return _Filled(stretches, used, jump_row, _free_rows(stretches))

    def _fill_and_end(
        self, lines: list[Line], columns: int, rows: int, insets: tuple[InsetPlacement, ...]
    ) -> _Filled:
        """Fill the columns to one depth, the remainder in the last."""
        depth = balanced_depth(lines, columns, rows, insets)
        stretches, used = pour(lines, free_segments(columns, depth or rows, insets))
        below = sum(
            segment.bottom - max(segment.top, depth or rows)
            for segment in free_segments(columns, rows, insets)
            if segment.bottom > (depth or rows)
        )
        return _Filled(stretches, used, None, _free_rows(stretches) + below)

    def _jump_line(
        self, geometry: FrameGeometry, head_rows: int, row: Segment | None, goes_to: int | None
    ) -> JumpLine | None:
        if row is None or goes_to is None:
            return None
        return JumpLine(jump_line(self.issue.paper, goes_to), geometry.segment_box(row, head_rows))

    def _check_fill(
        self,
        story: Story,
        frame: Frame,
        filled: _Filled,
        rest: list[Line],
        following: Frame | None,
    ) -> None:
        if following and not rest:
            self._add("jump.unneeded", frame, story=story.title, to=following.page)
        elif following is None and rest:
            characters = sum(len(line.text) for line in rest)
            self._add("fit.overset", frame, story=story.title, lines=len(rest), chars=characters)
        tolerated = frame.columns * (1 + self.layout.tolerances.underset_rows) - 1
        if not rest and filled.empty_rows > tolerated:
            self._add("fit.underset", frame, "warning", story=story.title, rows=filled.empty_rows)
        for stretch in filled.stretches:
            self._check_column(story, frame, stretch)

    def _check_column(self, story: Story, frame: Frame, stretch: Stretch) -> None:
        """A column that begins with a paragraph's last line (孤行) is told."""
        first = stretch.lines[0].line if stretch.lines else None
        lonely = first and first.is_last and not first.is_first
        if first and lonely and first.block < len(story.body):
            self._add(
                "column.widow",
                frame,
                "warning",
                story=story.title,
                column=stretch.segment.column + 1,
                text=first.text,
            )

    def _check_lengths(self, story: Story, parts: list[Part]) -> None:
        """No part of a jumped story is shorter than the layout allows."""
        least = self.layout.tolerances.shortest_part_lines
        if len(parts) < 2:
            return
        for part in parts:
            lines = sum(len(slice_.lines) for slice_ in part.slices)
            if lines < least:
                self.findings.add(
                    "jump.short-part",
                    story.place,
                    story=story.title,
                    page=part.page,
                    lines=lines,
                    least=least,
                )

    def _add(self, id: str, frame: Frame, level: Level = "error", **values: object) -> None:
        place = place_in_plan(self.issue, frame.path)
        self.findings.add(id, place, level, page=frame.page, **values)


def _slices(stretches: list[Stretch], geometry: FrameGeometry, head_rows: int) -> list[Slice]:
    return [
        Slice(
            stretch.segment.column,
            geometry.segment_box(stretch.segment, head_rows),
            stretch.segment.rows,
            stretch.lines,
        )
        for stretch in stretches
        if stretch.lines
    ]


def _free_rows(stretches: list[Stretch]) -> int:
    return sum(stretch.segment.rows - stretch.rows for stretch in stretches)


def _mark(rest: list[Line], story: Story) -> Mark:
    """Where the story goes on: before the first line that found no place."""
    if not rest:
        return Mark(len(story.body), 0)
    return Mark(rest[0].block, rest[0].start)
