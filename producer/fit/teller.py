"""What is told of fitted frames: faults, and the means by which they were avoided."""

from __future__ import annotations

from collections.abc import Sequence

from producer.compose.galley import Composer
from producer.edition import Part
from producer.errors import Findings, Level
from producer.fit.levers import Use
from producer.fit.pour import Stretch, is_lonely
from producer.fit.trial import SetFrame, Spot
from producer.layouts import Layout
from producer.model import Issue, Story
from producer.plan import Frame, place_in_plan


class Teller:
    """Tells findings about frames, each at its place in the plan."""

    def __init__(
        self, issue: Issue, layout: Layout, composer: Composer, findings: Findings
    ) -> None:
        self.issue = issue
        self.layout = layout
        self.composer = composer
        self.findings = findings

    def check_frame(self, story: Story, spot: Spot, done: SetFrame) -> None:
        """Lines without a place, rows without lines, lonely and loose lines."""
        frame, rest, filled = spot.frame, done.rest, done.filled
        if spot.following and not rest:
            self._add("jump.unneeded", frame, story=story.title, to=spot.following.page)
        elif not spot.following and rest:
            characters = sum(len(line.text) for line in rest)
            self._add("fit.overset", frame, story=story.title, lines=len(rest), chars=characters)
        tolerated = frame.columns * (1 + self.layout.tolerances.underset_rows) - 1
        if not rest and filled.empty_rows > tolerated:
            self._add("fit.underset", frame, "warning", story=story.title, rows=filled.empty_rows)
        for stretch in filled.stretches:
            self._check_column(story, frame, stretch)
            for line, _ in stretch.lines:
                self.composer.tell_bad_line(story, line, done.geometry.measure_em)

    def _check_column(self, story: Story, frame: Frame, stretch: Stretch) -> None:
        """A column that begins with a paragraph's last line (孤行) is told."""
        first = stretch.lines[0].line if stretch.lines else None
        if first and is_lonely(first) and first.block < len(story.body):
            self._add(
                "column.widow",
                frame,
                "warning",
                story=story.title,
                column=stretch.segment.column + 1,
                text=first.text,
            )

    def tell_uses(self, story: Story, frame: Frame, uses: Sequence[Use]) -> None:
        """The levers that were used on a frame."""
        for use in uses:
            values = {"lever": use.lever, "by": use.by, "rows": f"{use.rows:+d}"}
            self._add("fit.lever", frame, "note", story=story.title, **values)

    def tell_changes(self, story: Story, frame: Frame, before: SetFrame, after: SetFrame) -> None:
        """The paragraphs that were set tighter or looser to mend lonely lines."""
        kept = before.choice.setting.changes
        for block, lines in after.choice.setting.changes:
            if (block, lines) not in kept:
                values = {"paragraph": block + 1, "lines": f"{lines:+d}"}
                self._add("column.mended", frame, "note", story=story.title, **values)

    def check_lengths(self, story: Story, parts: list[Part]) -> None:
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
