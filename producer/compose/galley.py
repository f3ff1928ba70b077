"""A story set to one measure: the list of finished lines that frames are filled from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from producer.compose.breaking import break_lines
from producer.compose.classes import Class, class_of
from producer.compose.coverage import Coverage
from producer.compose.justify import Spaced, reach, space_line
from producer.compose.paragraph import Paragraph, Shaper, StyledText
from producer.edition import Line, LinkSpan, Mark, Span
from producer.errors import Findings
from producer.fonts.library import FontLibrary
from producer.layouts import Body, Tolerances
from producer.model import Block, Story

# One em of air between a Chinese lead-in and the text, and at least that before a byline.
_LEAD_IN_GAP = "\u3000"
_BYLINE_GAP_EM = 1.0

START = Mark(0, 0)


class Composer:
    """Sets stories in the faces of one layout; keeps what does not depend on the measure."""

    def __init__(
        self,
        fonts: FontLibrary,
        body: Body,
        body_pt: float,
        tolerances: Tolerances,
        language: str,
        findings: Findings,
    ) -> None:
        self.body = body
        self.body_pt = body_pt
        self.tolerances = tolerances
        self.findings = findings
        self.coverage = Coverage(fonts, findings)
        self.shaper = Shaper(fonts, body.mixed_gap_em, language)
        self._paragraphs: dict[tuple[str, int], Paragraph] = {}

    def galley(
        self, story: Story, measure: float, start: Mark = START, byline: str | None = None
    ) -> list[Line]:
        """The story's lines from `start` on, `measure` body em wide.

        A byline is set flush right after the last paragraph, on its last line if there is room.
        """
        lines: list[Line] = []
        for index in range(start.block, len(story.body)):
            offset = start.offset if index == start.block else 0
            lines += self._set_block(story, index, measure, offset)
        if byline and start.block <= len(story.body):
            _add_byline(lines, self._set_byline(story, byline, measure), measure, self.body_pt)
        return lines

    def _set_block(self, story: Story, index: int, measure: float, offset: int) -> Iterator[Line]:
        block = story.body[index]
        if block.kind == "subhead":
            yield from self._set_subhead(story, index, measure)
            return
        paragraph, prefix = self._paragraph(story, index), len(self._lead_in(story, index))
        verse = story.head.kind == "verse"
        indent = self.body.verse_indent_em if verse else self.body.indent_em
        first = paragraph.index_of(offset + prefix) if offset else 0
        hang = indent if verse else 0.0
        first_indent = hang if offset else indent
        is_stanza = verse and index > 0 and story.body[index - 1].kind == "body" and not offset
        ranges = list(
            break_lines(paragraph, measure - hang, first_indent - hang, first, not offset)
        )
        for at, (begin, end) in enumerate(ranges):
            is_last = end == len(paragraph.clusters)
            x_em = first_indent if at == 0 else hang
            fill = not (is_last or verse or end in paragraph.forced)
            is_first = at == 0 and not offset
            spaced = space_line(paragraph, begin, end, measure - x_em, fill, is_first)
            self._tell_loose(story, block, spaced)
            yield Line(
                block=index,
                start=max(0, paragraph.offset_of(begin) - prefix),
                end=max(0, paragraph.offset_of(end) - prefix),
                spans=spaced.spans,
                text=paragraph.text(begin, end),
                x_em=x_em + spaced.shift,
                width_em=spaced.width - spaced.shift,
                air_rows=int(is_stanza and at == 0),
                size_pt=self.body_pt,
                is_first=is_first,
                is_last=is_last,
                links=tuple(self._links(story, index, paragraph, (begin, end), spaced, x_em)),
            )

    def _links(
        self,
        story: Story,
        index: int,
        paragraph: Paragraph,
        clusters: tuple[int, int],
        spaced: Spaced,
        x_em: float,
    ) -> Iterator[LinkSpan]:
        """The stretches of a line that lead to a story or page of the issue."""
        start, end = len(self._lead_in(story, index)), 0
        for run in story.body[index].runs:
            end = start + len(run.text)
            if run.link:
                first = max(clusters[0], paragraph.index_of(start))
                last = min(clusters[1], paragraph.index_of(end)) - 1
                if first <= last:
                    left, right = reach(paragraph, clusters[0], first, last, spaced)
                    yield LinkSpan(x_em + spaced.shift + left, right - left, run.link)
            start = end

    def _set_subhead(self, story: Story, index: int, measure: float) -> Iterator[Line]:
        paragraph = self._paragraph(story, index)
        scale = self.body.subhead_pt / self.body_pt
        for begin, end in break_lines(paragraph, measure / scale, 0.0):
            spaced = space_line(paragraph, begin, end, measure / scale, fill=False)
            yield Line(
                block=index,
                start=paragraph.offset_of(begin),
                end=paragraph.offset_of(end),
                spans=spaced.spans,
                text=paragraph.text(begin, end),
                x_em=max(0.0, (measure - spaced.width * scale) / 2),
                width_em=spaced.width * scale,
                rows=self.body.subhead_rows if begin == 0 else 1,
                size_pt=self.body.subhead_pt,
                is_first=begin == 0,
                is_last=end == len(paragraph.clusters),
                is_subhead=True,
            )

    def _paragraph(self, story: Story, index: int) -> Paragraph:
        key = (story.id, index)
        if key not in self._paragraphs:
            styled = self._styled(story, index)
            place = replace(story.place, line=story.body[index].line)
            for text, face in styled:
                self.coverage.check(text, face, place, story.title)
            self._paragraphs[key] = self.shaper.paragraph(styled)
        return self._paragraphs[key]

    def _lead_in(self, story: Story, index: int) -> str:
        lead_in = story.head.lead_in
        if index or not lead_in:
            return ""
        return lead_in + (" " if class_of(lead_in[-1]) is Class.LATIN else _LEAD_IN_GAP)

    def _styled(self, story: Story, index: int) -> list[StyledText]:
        block = story.body[index]
        if block.kind == "subhead":
            return [StyledText(block.text, self.body.subhead)]
        faces = {
            "regular": self.body.regular,
            "strong": self.body.strong,
            "emphasis": self.body.emphasis,
        }
        texts = [StyledText(run.text, faces[run.style]) for run in block.runs]
        lead_in = self._lead_in(story, index)
        return [StyledText(lead_in, self.body.lead_in), *texts] if lead_in else texts

    def _set_byline(self, story: Story, byline: str, measure: float) -> list[tuple[Spaced, str]]:
        """The byline's lines; all but a very long one have a single line."""
        self.coverage.check(byline, self.body.byline, story.place, story.title)
        paragraph = self.shaper.paragraph([StyledText(byline, self.body.byline)])
        return [
            (space_line(paragraph, begin, end, measure, fill=False), paragraph.text(begin, end))
            for begin, end in break_lines(paragraph, measure, 0.0)
        ]

    def wrap(self, text: str, face: str, measure: float) -> list[str]:
        """A caption's or quote's lines, `measure` em of its own size wide."""
        paragraph = self.shaper.paragraph([StyledText(text, face)], plain=True)
        return [
            paragraph.text(begin, end).rstrip()
            for begin, end in break_lines(paragraph, measure, 0.0)
        ]

    def _tell_loose(self, story: Story, block: Block, spaced: Spaced) -> None:
        if spaced.opened > self.tolerances.loose_gap_em:
            self.findings.add(
                "line.loose",
                replace(story.place, line=block.line),
                level="warning",
                gap=round(spaced.opened, 2),
                story=story.title,
            )


def _add_byline(
    lines: list[Line], byline: list[tuple[Spaced, str]], measure: float, size_pt: float
) -> None:
    """Put a byline flush right, on the last line if it has room, else on lines of its own."""
    block = lines[-1].block + 1 if lines else 0
    for number, (spaced, text) in enumerate(byline):
        x_em = max(0.0, measure - spaced.width)
        last = lines[-1] if lines and len(byline) == 1 else None
        if last and not last.is_subhead and last.x_em + last.width_em + _BYLINE_GAP_EM <= x_em:
            move = -round((x_em - last.x_em - last.width_em) * 1000)
            spans = (*last.spans, Span(last.spans[-1].face, str(move)), *spaced.spans)
            lines[-1] = replace(
                last, spans=spans, text=last.text + text, width_em=measure - last.x_em
            )
            return
        is_last = number + 1 == len(byline)
        lines.append(
            Line(
                block=block,
                start=0,
                end=len(text),
                spans=spaced.spans,
                text=text,
                x_em=x_em,
                width_em=spaced.width,
                size_pt=size_pt,
                is_first=number == 0,
                is_last=is_last,
            )
        )
