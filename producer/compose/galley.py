"""A story set to one measure: the list of finished lines that frames are filled from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import NamedTuple

from producer.compose.breaking import Shape, break_lines, line_changes
from producer.compose.coverage import Coverage
from producer.compose.justify import Spaced, places, space_line
from producer.compose.paragraph import Paragraph
from producer.compose.shaping import END_MARK_GAP_EM, RubyStyle, Shaper, StyledText
from producer.compose.spacing import Spacing, tracked
from producer.compose.styling import DropCapital, Styled, Styler, drop_capital
from producer.edition import ASCENT_EM, DESCENT_EM, Line, LinkSpan, Mark, Span
from producer.errors import Findings
from producer.fonts.library import FontLibrary
from producer.layouts import Body, Layout
from producer.model import Story

# At least that much air before a byline.
_BYLINE_GAP_EM = 1.0
# Readings stand so far above the box of their character; they need most of their own height.
_RUBY_RISE_EM, _RUBY_HEIGHT = 0.06, 0.9

START = Mark(0, 0)


class Setting(NamedTuple):
    """How a galley is to differ from the best one: the means of fitting a story to its frame.

    `changes` are pairs of a block's number and by how many lines it is to be longer, or shorter
    if negative; `tracking_em` is added to every gap; `subhead_rows` is a subhead's height.
    """

    changes: tuple[tuple[int, int], ...] = ()
    tracking_em: float = 0.0
    subhead_rows: int | None = None


BEST = Setting()


@dataclass(frozen=True)
class _Prepared:
    """A block that has been shaped, and what it needs to be set to a measure."""

    styled: Styled
    paragraph: Paragraph
    hang: int
    drop: DropCapital | None


class Composer:
    """Sets stories in the faces of one layout; keeps what does not depend on the measure."""

    def __init__(
        self, fonts: FontLibrary, layout: Layout, language: str, findings: Findings
    ) -> None:
        self.body: Body = layout.body
        self.body_pt = layout.grid.body_pt
        self.row_em = layout.grid.leading_pt / layout.grid.body_pt
        self.tolerances = layout.tolerances
        self.language = language
        self.findings = findings
        self.coverage = Coverage(fonts, findings)
        self.shaper = Shaper(fonts, _spacing(self.body), language, self._ruby())
        self.styler = Styler(self.body)
        self._prepared: dict[tuple[str, int, bool, bool], _Prepared] = {}
        self._galleys: dict[tuple[object, ...], tuple[Line, ...]] = {}
        self._told: set[tuple[str, int, str]] = set()

    def _ruby(self) -> RubyStyle | None:
        """Readings above their characters, if the leading has room for them."""
        ruby = self.body.ruby
        if ruby is None or self.row_em - 1 < ruby.scale * _RUBY_HEIGHT:
            return None
        return RubyStyle(ruby.face, ruby.scale, ASCENT_EM + _RUBY_RISE_EM)

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
        key = (story.id, measure, start, byline, setting)
        if key not in self._galleys:
            lines: list[Line] = []
            for index in range(start.block, len(story.body)):
                offset = start.offset if index == start.block else 0
                marked = index + 1 == len(story.body) and not byline
                lines += self._set_block(story, index, measure, offset, setting, marked)
            if byline and start.block <= len(story.body):
                self._add_byline(lines, story, byline, measure)
            self._galleys[key] = tuple(lines)
        return list(self._galleys[key])

    def line_changes(
        self, story: Story, block: int, measure: float, offset: int = 0, is_marked: bool = False
    ) -> dict[int, float]:
        """By how many lines a block can be longer or shorter, and what each costs the eye.

        `is_marked` says that it ends with the end mark.
        """
        prepared = self._prepare(story, block, is_marked)
        if story.body[block].kind == "subhead":
            return {0: 0.0}
        first = prepared.paragraph.index_of(offset + prepared.styled.prefix) if offset else 0
        shape, _ = self._shape(prepared, measure, offset)
        return line_changes(prepared.paragraph, shape, first, not offset)

    def wrap(self, text: str, face: str, measure: float) -> list[str]:
        """A caption's or quote's lines, `measure` em of its own size wide."""
        paragraph = self.shaper.paragraph([StyledText(text, face)], plain=True)
        return [
            paragraph.text(begin, end).rstrip()
            for begin, end in break_lines(paragraph, Shape(measure))
        ]

    # ------------------------------------------------------------ blocks

    def _set_block(
        self,
        story: Story,
        index: int,
        measure: float,
        offset: int,
        setting: Setting,
        is_marked: bool,
        has_drop: bool = True,
    ) -> Iterator[Line]:
        prepared = self._prepare(story, index, is_marked, has_drop)
        if story.body[index].kind == "subhead":
            yield from self._set_subhead(index, prepared, measure, setting)
            return
        styled, paragraph = prepared.styled, prepared.paragraph
        if setting.tracking_em:
            paragraph = tracked(paragraph, setting.tracking_em)
        first = paragraph.index_of(offset + styled.prefix) if offset else 0
        shape, lefts = self._shape(prepared, measure, offset)
        change = dict(setting.changes).get(index, 0)
        ranges = break_lines(paragraph, shape, first, not offset, change)
        if prepared.drop and len(ranges) < (story.head.drop_capital or 0):
            # Too short a paragraph for a drop capital: an ordinary one.
            yield from self._set_block(story, index, measure, offset, setting, is_marked, False)
            return
        for number, (begin, end) in enumerate(ranges):
            is_last = end == len(paragraph.clusters)
            left = lefts[min(number, len(lefts) - 1)]
            room = shape.room(number)
            fill = styled.style.align == "justify" and not (is_last or end in paragraph.forced)
            is_first = number == 0 and not offset
            spaced = space_line(paragraph, begin, end, room, fill, is_first)
            self._tell_bad(story, index, measure, spaced, paragraph.text(begin, end))
            x_em = left + _aligned(styled.style.align, room - spaced.width) + spaced.shift
            line = Line(
                block=index,
                start=max(0, paragraph.offset_of(begin) - styled.prefix),
                end=max(0, paragraph.offset_of(end) - styled.prefix),
                spans=spaced.spans,
                text=paragraph.text(begin, end),
                x_em=x_em,
                width_em=spaced.width - spaced.shift,
                air_rows=self._air_rows(story, index, styled) if is_first else 0,
                size_pt=self.body_pt,
                is_first=is_first,
                is_last=is_last,
            )
            line = self._with_places(story, line, prepared, spaced)
            if is_first and prepared.drop:
                line = self._with_drop(line, styled, prepared.drop)
            yield line

    def _shape(
        self, prepared: _Prepared, measure: float, offset: int
    ) -> tuple[Shape, tuple[float, ...]]:
        """Measure and indents of a block's lines, and where each of the first ones begins."""
        style = prepared.styled.style
        indent = self.body.indent_em if style.indent_em is None else style.indent_em
        hang, left = prepared.hang, style.left_em
        room = measure - left - style.right_em - hang
        if offset or (hang and not prepared.styled.label):
            return Shape(room), (left + hang,)
        if prepared.drop:
            drop = float(prepared.drop.indent_em)
            rows = round((prepared.drop.scale - 1) / self.row_em) + 1
            return Shape(room, (drop,) * rows), (*(left + drop,) * rows, left)
        if hang:
            return Shape(room, (-float(hang),)), (left, left + hang)
        return Shape(room, (indent,) if indent else ()), (left + indent, left)

    def _air_rows(self, story: Story, index: int, styled: Styled) -> int:
        """Air stands between stanzas, and where another kind of paragraph begins."""
        if not index:
            return 0
        kind, before = story.body[index].kind, story.body[index - 1].kind
        return styled.style.air_rows if (kind == before) == (kind == "verse") else 0

    def _with_places(self, story: Story, line: Line, prepared: _Prepared, spaced: Spaced) -> Line:
        """The line with its links, emphasis dots and end mark."""
        paragraph = prepared.paragraph
        linked = any(run.link for run in story.body[line.block].runs)
        marked = bool(spaced.order) and not paragraph.clusters[spaced.order[-1]].text
        if not (linked or marked or paragraph.dotted):
            return line
        found = places(paragraph, spaced)
        middles = [line.x_em + sum(found[at]) / 2 for at in spaced.order if at in paragraph.dotted]
        links = _links(story, line, paragraph, prepared.styled.prefix, found) if linked else ()
        mark = line.x_em + found[spaced.order[-1]][0] + END_MARK_GAP_EM if marked else None
        return replace(line, links=tuple(links), dots_em=tuple(middles), end_mark_em=mark)

    def _with_drop(self, line: Line, styled: Styled, drop: DropCapital) -> Line:
        """The first line with the drop capital before it."""
        text = StyledText(styled.drop, self.body.drop_capital or self.body.regular)
        paragraph = self.shaper.paragraph([text], plain=True)
        spaced = space_line(paragraph, 0, 1, 1.0, fill=False)
        capital = Span(text.face, spaced.spans[0].operand, drop.scale, drop.rise)
        left = styled.style.left_em
        move = line.x_em - left - spaced.width * drop.scale
        pen = Span(line.spans[0].face, str(-round(1000 * move)))
        return replace(
            line,
            start=0,
            spans=(capital, pen, *line.spans),
            text=styled.drop + line.text,
            width_em=line.x_em + line.width_em - left,
            x_em=left,
        )

    def _set_subhead(
        self, index: int, prepared: _Prepared, measure: float, setting: Setting
    ) -> Iterator[Line]:
        paragraph, scale = prepared.paragraph, self.body.subhead_pt / self.body_pt
        rows = setting.subhead_rows or self.body.subhead_rows
        for begin, end in break_lines(paragraph, Shape(measure / scale)):
            spaced = space_line(paragraph, begin, end, measure / scale, fill=False)
            yield Line(
                block=index,
                start=paragraph.offset_of(begin),
                end=paragraph.offset_of(end),
                spans=spaced.spans,
                text=paragraph.text(begin, end),
                x_em=max(0.0, (measure - spaced.width * scale) / 2),
                width_em=spaced.width * scale,
                rows=rows if begin == 0 else 1,
                size_pt=self.body.subhead_pt,
                is_first=begin == 0,
                is_last=end == len(paragraph.clusters),
                is_subhead=True,
            )

    def _prepare(
        self, story: Story, index: int, is_marked: bool, has_drop: bool = True
    ) -> _Prepared:
        """Shape a block once for all measures."""
        marked = is_marked and self.body.end_mark is not None
        key = (story.id, index, marked, has_drop)
        if key not in self._prepared:
            styled = self.styler.block(story, index, has_drop)
            self._check_characters(story, index, styled)
            size = self.body.end_mark.size_em if marked and self.body.end_mark else 0.0
            paragraph = self.shaper.paragraph(
                styled.texts, language=story.head.language, hang=styled.label, end_mark_em=size
            )
            hang = round(paragraph.left[styled.label]) if styled.label else 0
            if story.body[index].kind == "list" and not styled.label and index:
                # An item's further paragraphs stand below its first.
                hang = self._prepare(story, index - 1, False).hang
            self._prepared[key] = _Prepared(styled, paragraph, hang, self._drop(story, styled))
        return self._prepared[key]

    def _check_characters(self, story: Story, index: int, styled: Styled) -> None:
        place = replace(story.place, line=story.body[index].line)
        for text in styled.texts:
            self.coverage.check(text.text, text.face, place, story.title)
            if text.reading:
                face = self.body.ruby.face if self.body.ruby else text.face
                self.coverage.check(text.reading, face, place, story.title)
        if styled.drop:
            face = self.body.drop_capital or self.body.regular
            self.coverage.check(styled.drop, face, place, story.title)

    def _drop(self, story: Story, styled: Styled) -> DropCapital | None:
        if not styled.drop:
            return None
        face = self.body.drop_capital or self.body.regular
        width = self.shaper.fonts.width_em(face, styled.drop)
        return drop_capital(story.head.drop_capital or 2, self.row_em, width, DESCENT_EM)

    def _tell_bad(
        self, story: Story, index: int, measure: float, spaced: Spaced, text: str
    ) -> None:
        """A line that could not be set well is told, once, by its text."""
        key = (story.id, index, text)
        is_loose = spaced.opened > self.tolerances.loose_gap_em
        if (is_loose or spaced.is_broken) and key not in self._told:
            self._told.add(key)
            gap = {} if spaced.is_broken else {"gap": round(spaced.opened, 2)}
            self.findings.add(
                "line.broken" if spaced.is_broken else "line.loose",
                replace(story.place, line=story.body[index].line),
                level="warning",
                story=story.title,
                line=text.strip(),
                measure=measure,
                **gap,
            )

    # ------------------------------------------------------------ bylines

    def _add_byline(self, lines: list[Line], story: Story, byline: str, measure: float) -> None:
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


def _spacing(body: Body) -> Spacing:
    return Spacing(
        body.kinsoku,
        body.mixed_gap_em,
        body.mixed_gap_least_em,
        body.mixed_gap_most_em,
        body.tightest_gap_em,
    )


def _aligned(align: str, left_over: float) -> float:
    """How far a line is moved to the right."""
    return {"right": max(0.0, left_over), "center": max(0.0, left_over / 2)}.get(align, 0.0)


def _links(
    story: Story,
    line: Line,
    paragraph: Paragraph,
    prefix: int,
    found: dict[int, tuple[float, float]],
) -> Iterator[LinkSpan]:
    """The stretches of a line that lead to a story or page of the issue."""
    start = prefix
    for run in story.body[line.block].runs:
        end = start + len(run.text)
        if run.link:
            own = range(paragraph.index_of(start), paragraph.index_of(end))
            edges = [found[at] for at in own if at in found]
            if edges:
                left = min(edge[0] for edge in edges)
                right = max(edge[1] for edge in edges)
                yield LinkSpan(line.x_em + left, right - left, run.link)
        start = end
