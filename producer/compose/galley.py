"""A story set to one measure: the list of finished lines that frames are filled from."""

from __future__ import annotations

from dataclasses import replace

from producer.compose.blocks import BEST, Beside, BlockSetter, Setting
from producer.compose.breaking import Shape, break_lines, line_changes
from producer.compose.coverage import Coverage
from producer.compose.justify import space_line
from producer.compose.prepare import Preparer
from producer.compose.shaping import StyledText
from producer.edition import Line, Mark, Span
from producer.errors import Findings
from producer.fonts.library import FontLibrary
from producer.layouts import Layout
from producer.model import Story

# At least that much air before a byline.
_BYLINE_GAP_EM = 1.0

START = Mark(0, 0)


class Composer:
    """Sets stories in the faces of one layout; keeps what does not depend on the measure."""

    def __init__(
        self, fonts: FontLibrary, layout: Layout, language: str, findings: Findings
    ) -> None:
        self.body = layout.body
        self.body_pt = layout.grid.body_pt
        self.tolerances = layout.tolerances
        self.findings = findings
        self.coverage = Coverage(fonts, findings)
        self.preparer = Preparer(layout, language, self.coverage)
        self.shaper = self.preparer.shaper
        self._setter = BlockSetter(layout, self.preparer)
        self._galleys: dict[tuple[object, ...], tuple[Line, ...]] = {}
        self._blocks: dict[tuple[object, ...], tuple[Line, ...]] = {}
        self._told: set[tuple[str, int, str]] = set()

    def galley(
        self,
        story: Story,
        measure: float,
        start: Mark = START,
        byline: str | None = None,
        setting: Setting = BEST,
    ) -> list[Line]:
        """The story's lines from `start` on, `measure` body em wide.

        A byline is set flush right after the last paragraph, on its last line if there is room;
        without one the story ends with the layout's end mark.
        """
        key = (self.preparer.content_of(story), measure, start, byline, setting)
        if key not in self._galleys:
            lines: list[Line] = []
            for index in range(start.block, len(story.body)):
                offset = start.offset if index == start.block else 0
                marked = index + 1 == len(story.body) and not byline
                lines += self.block(story, index, measure, offset, setting, marked)
            if byline and start.block <= len(story.body):
                self.add_byline(lines, story, byline, measure)
            self._galleys[key] = tuple(lines)
        return list(self._galleys[key])

    def line_changes(
        self, story: Story, block: int, measure: float, offset: int = 0, is_marked: bool = False
    ) -> dict[int, float]:
        """By how many lines a block can be longer or shorter, and what each costs the eye.

        `is_marked` says that it ends with the end mark.
        """
        prepared = self.preparer.prepare(story, block, is_marked)
        if story.body[block].kind == "subhead":
            return {0: 0.0}
        first = prepared.paragraph.index_of(offset + prepared.styled.prefix) if offset else 0
        shape, _ = self.preparer.shape(prepared, measure, offset)
        return line_changes(prepared.paragraph, shape, first, not offset)

    def wrap(self, text: str, face: str, measure: float) -> list[str]:
        """A caption's or quote's lines, `measure` em of its own size wide."""
        paragraph = self.shaper.paragraph([StyledText(text, face)], plain=True)
        return [
            paragraph.text(begin, end).rstrip()
            for begin, end in break_lines(paragraph, Shape(measure))
        ]

    def tell_bad_line(self, story: Story, line: Line, measure: float) -> None:
        """A line that stands in a frame and could not be set well is told, once, by its text."""
        key = (story.id, line.block, line.text)
        fault: tuple[str, dict[str, float]] | None = None
        if line.is_broken:
            fault = "line.broken", {}
        elif line.short_em > self.tolerances.loose_gap_em:
            fault = "line.short", {"short": round(line.short_em, 2)}
        elif line.opened_em > self.tolerances.loose_gap_em:
            fault = "line.loose", {"gap": round(line.opened_em, 2)}
        if fault and key not in self._told:
            self._told.add(key)
            self.findings.add(
                fault[0],
                replace(story.place, line=story.body[line.block].line),
                level="warning",
                story=story.title,
                line=line.text.strip(),
                measure=measure,
                **fault[1],
            )

    def block(
        self,
        story: Story,
        index: int,
        measure: float,
        offset: int,
        setting: Setting,
        is_marked: bool,
        beside: Beside = (),
    ) -> tuple[Line, ...]:
        """A block's lines; the galleys that are tried for a frame share most of them."""
        own = Setting(
            tuple(change for change in setting.changes if change[0] == index),
            setting.tracking_em,
            setting.subhead_rows if story.body[index].kind == "subhead" else None,
        )
        key = (self.preparer.content_of(story), index, measure, offset, own, is_marked, beside)
        if key not in self._blocks:
            made = self._setter.set_block(story, index, measure, offset, own, is_marked, beside)
            self._blocks[key] = tuple(made)
        return self._blocks[key]

    def add_byline(self, lines: list[Line], story: Story, byline: str, measure: float) -> None:
        """Put a byline flush right, on the last line if it has room, else on lines of its own."""
        self.coverage.check(byline, self.body.byline, story.place, story.title)
        paragraph = self.shaper.paragraph([StyledText(byline, self.body.byline)])
        ranges = break_lines(paragraph, Shape(measure))
        block = lines[-1].block + 1 if lines else 0
        for number, (begin, end) in enumerate(ranges):
            spaced = space_line(paragraph, begin, end, measure, fill=False)
            text, x_em = paragraph.text(begin, end), max(0.0, measure - spaced.width)
            last = lines[-1] if lines and len(ranges) == 1 else None
            if last and not last.is_subhead and last.x_em + last.width_em + _BYLINE_GAP_EM <= x_em:
                move = -round((x_em - last.x_em - last.width_em) * 1000)
                spans = (*last.spans, Span(last.spans[-1].face, str(move)), *spaced.spans)
                width = measure - last.x_em
                lines[-1] = replace(last, spans=spans, text=last.text + text, width_em=width)
                return
            lines.append(
                Line(
                    block=block,
                    start=0,
                    end=len(text),
                    spans=spaced.spans,
                    text=text,
                    x_em=x_em,
                    width_em=spaced.width,
                    size_pt=self.body_pt,
                    is_first=number == 0,
                    is_last=number + 1 == len(ranges),
                )
            )
