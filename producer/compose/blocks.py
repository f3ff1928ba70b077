"""One block of a story set to a measure: its finished lines."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from producer.compose.breaking import Shape, break_lines
from producer.compose.justify import Spaced, places, space_line
from producer.compose.paragraph import Paragraph
from producer.compose.prepare import Prepared, Preparer
from producer.compose.shaping import END_MARK_GAP_EM, StyledText
from producer.compose.spacing import tracked
from producer.compose.styling import DropCapital, Styled
from producer.edition import Line, LinkSpan, Span
from producer.layouts import Layout
from producer.model import Story


class Setting(NamedTuple):
    """How a galley is to differ from the best one: the means of fitting a story to its frame.

    `changes` are pairs of a block's number and by how many lines it is to be longer, or shorter
    if negative; `tracking_em` is added to every gap; `subhead_rows` is a subhead's height.
    """

    changes: tuple[tuple[int, int], ...] = ()
    tracking_em: float = 0.0
    subhead_rows: int | None = None


BEST = Setting()

# What stands beside a block's first lines takes from each: em at its left, em in all.
Beside = tuple[tuple[float, float], ...]


class BlockSetter:
    """Sets blocks in the faces of one layout."""

    def __init__(self, layout: Layout, preparer: Preparer) -> None:
        self.body = layout.body
        self.body_pt = layout.grid.body_pt
        self.preparer = preparer

    def set_block(
        self,
        story: Story,
        index: int,
        measure: float,
        offset: int,
        setting: Setting,
        is_marked: bool,
        beside: Beside,
        has_drop: bool = True,
    ) -> Iterator[Line]:
        """The lines of block number `index` from character `offset` on, `measure` em wide.

        `is_marked` says that an end mark follows, `beside` what takes from the first lines.
        """
        prepared = self.preparer.prepare(story, index, is_marked, has_drop)
        if story.body[index].kind == "subhead":
            yield from self._set_subhead(index, prepared, measure, setting, beside)
            return
        styled, paragraph = prepared.styled, prepared.paragraph
        if setting.tracking_em:
            paragraph = tracked(paragraph, setting.tracking_em)
        first = paragraph.index_of(offset + styled.prefix) if offset else 0
        shape, lefts = _narrowed(*self.preparer.shape(prepared, measure, offset), beside)
        change = dict(setting.changes).get(index, 0)
        ranges = break_lines(paragraph, shape, first, not offset, change)
        if prepared.drop and len(ranges) < (story.head.drop_capital or 0):
            # Too short a paragraph for a drop capital: an ordinary one.
            yield from self.set_block(
                story, index, measure, offset, setting, is_marked, beside, False
            )
            return
        for number, (begin, end) in enumerate(ranges):
            is_last = end == len(paragraph.clusters)
            left = lefts[min(number, len(lefts) - 1)]
            room = shape.room(number)
            fill = styled.style.align == "justify" and not (is_last or end in paragraph.forced)
            is_first = number == 0 and not offset
            spaced = space_line(paragraph, begin, end, room, fill, is_first)
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
                opened_em=spaced.opened,
                short_em=spaced.short,
                is_broken=spaced.is_broken,
            )
            line = self._with_places(story, line, prepared, spaced)
            if is_first and prepared.drop:
                line = self._with_drop(line, styled, prepared.drop)
            yield line

    def _air_rows(self, story: Story, index: int, styled: Styled) -> int:
        """Air stands between stanzas, and where another kind of paragraph begins."""
        if not index:
            return 0
        kind, before = story.body[index].kind, story.body[index - 1].kind
        return styled.style.air_rows if (kind == before) == (kind == "verse") else 0

    def _with_places(self, story: Story, line: Line, prepared: Prepared, spaced: Spaced) -> Line:
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
        paragraph = self.preparer.shaper.paragraph([text], plain=True)
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
        self, index: int, prepared: Prepared, measure: float, setting: Setting, beside: Beside
    ) -> Iterator[Line]:
        paragraph, scale = prepared.paragraph, self.body.subhead_pt / self.body_pt
        rows = setting.subhead_rows or self.body.subhead_rows
        left, taken = beside[0] if beside else (0.0, 0.0)
        measure -= taken
        for begin, end in break_lines(paragraph, Shape(measure / scale)):
            spaced = space_line(paragraph, begin, end, measure / scale, fill=False)
            yield Line(
                block=index,
                start=paragraph.offset_of(begin),
                end=paragraph.offset_of(end),
                spans=spaced.spans,
                text=paragraph.text(begin, end),
                x_em=left + max(0.0, (measure - spaced.width * scale) / 2),
                width_em=spaced.width * scale,
                rows=rows if begin == 0 else 1,
                size_pt=self.body.subhead_pt,
                is_first=begin == 0,
                is_last=end == len(paragraph.clusters),
                is_subhead=True,
            )


def _narrowed(
    shape: Shape, lefts: tuple[float, ...], beside: Beside
) -> tuple[Shape, tuple[float, ...]]:
    """A block's shape and left edges with what stands beside its first lines taken off."""
    if not beside:
        return shape, lefts
    count = max(len(beside), len(shape.indents))
    taken = [*beside, *[(0.0, 0.0)] * (count - len(beside))]
    indents = tuple(shape.measure - shape.room(at) + taken[at][1] for at in range(count))
    edges = (lefts[min(at, len(lefts) - 1)] + taken[at][0] for at in range(count))
    return Shape(shape.measure, indents), (*edges, lefts[-1])


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
