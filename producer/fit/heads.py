"""A story's head: lines and sizes of its parts, horizontal above the text or vertical beside it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from producer.compose.coverage import Coverage
from producer.errors import Findings, Level
from producer.fit.headbreaks import Grade
from producer.fit.headsizes import Choice, Width, choose
from producer.fit.tracking import centred, line_width, tracking
from producer.fit.verticals import VerticalPart, place_parts, set_vertical, vertical_length
from producer.fonts.library import FontLibrary
from producer.headlines import HeadLine
from producer.layouts import Grid
from producer.model import Story
from producer.typestyles import HeadPart, HeadStyle


@dataclass(frozen=True)
class SetHead:
    """A head that has been set: its lines, their height in points, and rows for them.

    A vertical one takes no rows, and `strip_pt` of the frame's width.
    """

    lines: tuple[HeadLine, ...]
    height_pt: float
    rows: int
    strip_pt: float = 0.0


class HeadSetter:
    """Sets heads in the faces of a layout."""

    def __init__(self, coverage: Coverage, grid: Grid, findings: Findings) -> None:
        self.coverage = coverage
        self.fonts: FontLibrary = coverage.fonts
        self.grid = grid
        self.findings = findings

    def story_head(self, story: Story, style: HeadStyle, width_em: float) -> SetHead:
        """Kicker, headline and deck of a story's first part, one below the other."""
        lines = [
            line
            for kind, given, part in _parts(story, style)
            for line in self._lines(kind, given, part, style, width_em, story)
        ]
        return self._set(lines, style)

    def continuation_head(self, story: Story, style: HeadStyle, width_em: float) -> SetHead:
        """The short headline over a continuation; horizontal, as its from line is."""
        given = (story.short,)
        lines = self._lines("headline", given, style.headline, style, width_em, story)
        return self._set(lines, style)

    def vertical_head(self, story: Story, style: HeadStyle, rows: int) -> SetHead:
        """Kicker, headline and deck beside one another from the right, in so many rows."""
        air = max(style.padding_pt, self.grid.leading_pt - self.grid.body_pt) / 2
        room = rows * self.grid.leading_pt - 2 * air - style.below_pt
        parts = []
        for kind, given, part in _parts(story, style):
            own = VerticalPart(kind, part, room)

            def length(text: str, part: HeadPart = part) -> float:
                return vertical_length(self.fonts, text, part)

            chosen = self._choose(kind, given, part, own.room_pt, length, story, "head.too-high")
            parts.append(set_vertical(self.fonts, own, chosen))
        lines, strip = place_parts(parts, style, air)
        return SetHead(lines, room, 0, strip)

    def check_byline(self, story: Story, byline: str, face: str, width_em: float) -> None:
        """A byline in the head has one row, in the body's size; a wider one is told."""
        self.coverage.check(byline, face, story.place, story.title)
        if self.fonts.width_em(face, byline) > width_em:
            self._tell(
                "head.too-wide",
                story,
                part="byline",
                characters=len(byline),
                room=int(width_em),
                size=f"{self.grid.body_pt:g}",
            )

    def _lines(
        self,
        kind: str,
        given: Sequence[str],
        part: HeadPart,
        style: HeadStyle,
        width_em: float,
        story: Story,
    ) -> list[HeadLine]:
        """A part's horizontal lines with their tracking and places."""
        room_pt = width_em * self.grid.body_pt - 2 * style.sides_pt

        def width(text: str) -> float:
            return line_width(self.fonts, text, part)

        chosen = self._choose(kind, given, part, room_pt, width, story, "head.too-wide")
        size, texts = chosen.size_pt, chosen.broken.lines
        spread = tracking(texts, part, chosen.broken.width_em, room_pt / size)
        lines = []
        for text in texts:
            own = width(text) + spread * (len(text) - 1)
            is_centred = style.align == "center"
            x = centred(self.fonts, text, part, own, room_pt / size) if is_centred else 0.0
            lines.append(
                HeadLine(
                    kind,
                    text,
                    part.face,
                    size,
                    part.line_height,
                    part.features,
                    x_pt=style.sides_pt + x * size,
                    tracking_em=spread,
                    gap_em=part.part_gap_em,
                )
            )
        return lines

    def _choose(
        self,
        kind: str,
        given: Sequence[str],
        part: HeadPart,
        room_pt: float,
        width: Width,
        story: Story,
        unfit: str,
    ) -> Choice:
        """Lines and size of a part; what does not fit and what reads badly are told."""
        self.coverage.check("".join(given), part.face, story.place, story.title)
        chosen = choose(given, part, room_pt, width)
        texts, size = chosen.broken.lines, chosen.size_pt
        if not chosen.fits:
            characters, room = max(map(len, texts)), int(room_pt / size)
            self._tell(unfit, story, part=kind, characters=characters, room=room, size=f"{size:g}")
        elif chosen.broken.worst > Grade.LOOSE:
            broken = " / ".join(texts)
            self._tell("head.poor-break", story, "warning", part=kind, lines=broken)
        return chosen

    def _tell(self, id: str, story: Story, level: Level = "error", **values: object) -> None:
        self.findings.add(id, story.place, level, story=story.title, **values)

    def _set(self, lines: list[HeadLine], style: HeadStyle) -> SetHead:
        height = sum(line.size_pt * line.line_height for line in lines)
        height += (len({line.kind for line in lines}) - 1) * style.gap_pt
        taken = height + style.padding_pt + style.below_pt
        return SetHead(tuple(lines), height, math.ceil(taken / self.grid.leading_pt))


def _parts(story: Story, style: HeadStyle) -> list[tuple[str, tuple[str, ...], HeadPart]]:
    """Name, lines and style of each part that the story has and the style sets."""
    head = story.head
    found: list[tuple[str, tuple[str, ...], HeadPart]] = []
    if head.kicker and style.kicker:
        found.append(("kicker", (head.kicker,), style.kicker))
    found.append(("headline", story.headline_lines, style.headline))
    if head.deck and style.deck:
        found.append(("deck", (head.deck,), style.deck))
    return found
