"""A story through its chain of frames: cut at a line, jump, go on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from producer.compose.galley import START, Composer
from producer.edition import Head, JumpLine, Line, Mark, Part, Slice
from producer.errors import Findings, Level
from producer.fit.geometry import LEAST_MEASURE_EM, FrameGeometry, frame_geometry
from producer.fit.heads import HeadSetter
from producer.fit.insets import InsetSetter
from producer.fit.levers import choose
from producer.fit.mend import mend
from producer.fit.pour import Area, Galley, Segment, Stretch, fill, is_lonely
from producer.fit.runround import LEAST_BESIDE_EM, RoundGalley, room_beside
from producer.fit.teller import Teller
from producer.fit.trial import PLANNED, Bench, Choice, SetFrame, Spot
from producer.layouts import Layout
from producer.model import InsetPlacement, Issue, Story
from producer.plan import Frame, place_in_plan
from producer.typestyles import HeadStyle
from producer.wording import from_line, jump_line

# A head stands a little above the middle of its rows: the eye takes that for the middle.
_AIR_ABOVE, _AIR_IN_PLATE = 0.35, 0.47


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
        self.teller = Teller(issue, layout, composer, findings)

    def fit(self, story: Story, frames: Sequence[Frame]) -> list[Part]:
        """The story's parts, one for each frame of its chain, in order."""
        parts: list[Part] = []
        start = START
        for index in range(len(frames)):
            spot = Spot(tuple(frames), index, start)
            part = self._part(story, spot, self._fitted(story, spot))
            parts.append(part)
            start = part.end
        self.teller.check_lengths(story, parts)
        return parts

    def _fitted(self, story: Story, spot: Spot) -> SetFrame:
        """A frame set as planned or, where it must be, fitted by levers and mended."""
        bench = Bench(self.issue, self.layout, self.composer, story, spot, self._tail(story, spot))

        def trial(before: SetFrame, choice: Choice) -> SetFrame | None:
            if choice._replace(setting=before.choice.setting) == before.choice:
                return self._filled_again(story, spot, before, choice)
            quiet = self._quiet()
            tried = quiet._set(story, spot, choice)
            return None if quiet.findings.of("error") else tried

        planned = self._set(story, spot)
        fitted, uses = choose(bench, planned, trial)
        mended = mend(bench, fitted, trial)
        self.teller.tell_uses(story, spot.frame, uses)
        self.teller.tell_changes(story, spot.frame, fitted, mended)
        return mended

    def _quiet(self) -> ChainFitter:
        """A fitter for trials, whose findings are its own."""
        findings = Findings()
        return ChainFitter(
            self.issue,
            self.layout,
            self.composer,
            HeadSetter(self.heads.coverage, self.layout.grid, findings),
            InsetSetter(self.issue, self.layout, self.composer, findings),
            findings,
        )

    def _set(self, story: Story, spot: Spot, choice: Choice = PLANNED) -> SetFrame:
        """Set a frame: its head, then its insets, then the text in what is left."""
        frame = spot.frame
        geometry = frame_geometry(self.layout, frame, choice.sides_em)
        style = choice.head_style(self.layout.heads[frame.style])
        if style.direction == "vertical" and not spot.comes_from:
            head, geometry = self._head_beside(story, geometry, style)
        else:
            head = self._head(story, geometry, style, spot.comes_from)
        rows = geometry.text_rows(head.rows)
        placements = self._insets(geometry, rows, dict(choice.insets))
        area = Area(frame.columns, rows, placements, spot.following is not None)
        insets = tuple(self.insets.place(story, inset, geometry, head.rows) for inset in placements)
        empty = SetFrame(choice, head, geometry, area, insets, fill(lambda _: (), area), False)
        return self._filled_again(story, spot, empty, choice)

    def _filled_again(self, story: Story, spot: Spot, frame: SetFrame, choice: Choice) -> SetFrame:
        """The frame with its galley set by a choice of setting."""
        filled = fill(self._galley(story, spot, frame, choice), frame.area)
        is_lonely_cut = self._is_lonely_cut(story, spot, filled.lines[filled.used :])
        return replace(frame, choice=choice, filled=filled, cut_is_lonely=is_lonely_cut)

    def _galley(self, story: Story, spot: Spot, frame: SetFrame, choice: Choice) -> Galley:
        """The story from the spot on; its lines depend on their rows beside an inset only."""
        tail, measure = self._tail(story, spot), frame.geometry.measure_em
        beside = [inset for inset in frame.area.insets if inset.side]
        if beside:
            return RoundGalley(
                self.composer, story, measure, spot.start, tail, choice.setting, beside
            )
        lines = self.composer.galley(story, measure, spot.start, tail, choice.setting)
        return lambda _: lines

    def _is_lonely_cut(self, story: Story, spot: Spot, rest: Sequence[Line]) -> bool:
        """Whether the next frame would begin with a paragraph's last line."""
        if not rest or not spot.following or rest[0].block >= len(story.body):
            return False
        measure = frame_geometry(self.layout, spot.following).measure_em
        tail = self._tail(story, spot)
        return is_lonely(self.composer.galley(story, measure, _mark(rest, story), tail)[0])

    def _part(self, story: Story, spot: Spot, done: SetFrame) -> Part:
        frame, geometry, head, filled = spot.frame, done.geometry, done.head, done.filled
        goes_to = spot.following.page if spot.following else None
        self.teller.check_frame(story, spot, done)
        return Part(
            story=story.id,
            index=spot.number + 1,
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
            insets=done.insets,
            jump_line=self._jump_line(geometry, head.rows, filled.jump_row, goes_to),
            goes_to=goes_to,
            comes_from=spot.comes_from,
            start=spot.start,
            end=_mark(done.rest, story),
            overset_lines=0 if goes_to else len(done.rest),
            overset_characters=0 if goes_to else sum(len(line.text) for line in done.rest),
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

    def _tail(self, story: Story, spot: Spot) -> str | None:
        """The byline as it ends the story, unless the first head has it."""
        first = spot.frames[0]
        if not story.head.byline or self.layout.heads[first.style].byline == "head":
            return None
        return self.issue.paper.byline_mark + story.head.byline

    def _insets(
        self, geometry: FrameGeometry, rows: int, more: dict[str, int]
    ) -> tuple[InsetPlacement, ...]:
        """The frame's insets that can stand in its text area; the others are told.

        `more` are rows that insets have more than planned, or fewer if negative.
        """
        frame, inside = geometry.frame, []
        for planned in frame.item.insets:
            higher = planned.rows + more.get(planned.inset, 0)
            inset = planned.model_copy(update={"rows": higher})
            last_column = inset.column + inset.columns - 1
            if last_column > frame.columns or inset.row + inset.rows - 1 > rows:
                self._add(
                    "fit.inset-outside", frame, inset=inset.inset, columns=frame.columns, rows=rows
                )
            else:
                inside.append(inset)
        return tuple(self._with_room_beside(geometry, inside))

    def _with_room_beside(
        self, geometry: FrameGeometry, insets: Sequence[InsetPlacement]
    ) -> Iterator[InsetPlacement]:
        """The insets but those at a column's side that leave too little measure to the text."""
        for inset in insets:
            room = room_beside(geometry.measure_em, inset, insets)
            if inset.side and room < LEAST_BESIDE_EM:
                self._add(
                    "fit.no-room-beside",
                    geometry.frame,
                    inset=inset.inset,
                    room=room,
                    least=LEAST_BESIDE_EM,
                )
            else:
                yield inset

    def _jump_line(
        self, geometry: FrameGeometry, head_rows: int, row: Segment | None, goes_to: int | None
    ) -> JumpLine | None:
        if row is None or goes_to is None:
            return None
        return JumpLine(jump_line(self.issue.paper, goes_to), geometry.segment_box(row, head_rows))

    def _add(self, id: str, frame: Frame, level: Level = "error", **values: object) -> None:
        place = place_in_plan(self.issue, frame.path)
        self.findings.add(id, place, level, page=frame.page, **values)


def _slices(stretches: Sequence[Stretch], geometry: FrameGeometry, head_rows: int) -> list[Slice]:
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


def _mark(rest: Sequence[Line], story: Story) -> Mark:
    """Where the story goes on: before the first line that found no place."""
    if not rest:
        return Mark(len(story.body), 0)
    return Mark(rest[0].block, rest[0].start)
