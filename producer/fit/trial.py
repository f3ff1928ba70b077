"""A frame set in one way: what can be chosen for it, and what has come of the choice."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

from producer.compose.blocks import BEST, Setting
from producer.compose.galley import Composer
from producer.edition import Head, Line, Mark, PlacedInset
from producer.fit.geometry import FrameGeometry
from producer.fit.pour import Area, Filled
from producer.layouts import Layout
from producer.model import Issue, Story
from producer.plan import Frame
from producer.typestyles import HeadStyle


class Spot(NamedTuple):
    """One frame of a story's chain, from 0, and where the story goes on in it."""

    frames: tuple[Frame, ...]
    number: int
    start: Mark

    @property
    def frame(self) -> Frame:
        """The frame itself."""
        return self.frames[self.number]

    @property
    def following(self) -> Frame | None:
        """The frame that the story jumps to, if it goes on."""
        return self.frames[self.number + 1] if self.number + 1 < len(self.frames) else None

    @property
    def comes_from(self) -> int | None:
        """The page that the story comes from, if it began before."""
        return self.frames[self.number - 1].page if self.number else None


class Choice(NamedTuple):
    """All that may be chosen for a frame; by default it is set as the plan and layout say.

    `headline_pt` is the only size that the headline may have; `insets` are pairs of an inset's
    id and its rows more or fewer; `sides_em` is added to a box's padding at either side.
    """

    setting: Setting = BEST
    headline_pt: float | None = None
    insets: tuple[tuple[str, int], ...] = ()
    has_deck: bool = True
    sides_em: float = 0.0

    def head_style(self, style: HeadStyle) -> HeadStyle:
        """The head style with what is chosen of it."""
        if self.headline_pt:
            headline = style.headline.model_copy(update={"sizes": (self.headline_pt,)})
            style = style.model_copy(update={"headline": headline})
        return style if self.has_deck else style.model_copy(update={"deck": None})


PLANNED = Choice()


@dataclass(frozen=True)
class SetFrame:
    """A frame set by a choice: head, insets, galley, and the galley's lines in their rows.

    `cut_is_lonely` says that the next frame would begin with a paragraph's last line.
    """

    choice: Choice
    head: Head
    geometry: FrameGeometry
    area: Area
    insets: tuple[PlacedInset, ...]
    filled: Filled
    cut_is_lonely: bool

    @property
    def lines(self) -> tuple[Line, ...]:
        """The whole galley."""
        return self.filled.lines

    @property
    def rest(self) -> tuple[Line, ...]:
        """Lines without a place in the frame."""
        return self.lines[self.filled.used :]

    @property
    def lonely(self) -> int:
        """Lonely lines at the heads of columns, that of the next frame included."""
        return len(self.filled.lonely) + self.cut_is_lonely


@dataclass(frozen=True)
class Bench:
    """A story at a spot, and all that fitting it there depends on; `tail` is its byline's."""

    issue: Issue
    layout: Layout
    composer: Composer
    story: Story
    spot: Spot
    tail: str | None

    @property
    def tolerated(self) -> int:
        """Empty rows that are let pass: less than one in each column."""
        return self.spot.frame.columns * (1 + self.layout.tolerances.underset_rows) - 1

    def misfit(self, frame: SetFrame) -> int:
        """Rows too many, or too few if negative, where the story is to end.

        Too many are the rows of all lines without a place, less those that a subhead has left
        free since its text had no room.
        """
        filled = frame.filled
        if frame.area.jumps:
            return 0
        if frame.rest:
            return max(1, sum(line.rows for line in frame.rest) - filled.empty_rows)
        return min(0, self.tolerated - filled.empty_rows)

    def loose(self, frame: SetFrame) -> int:
        """Lines that are driven out further than the layout lets pass."""
        bound = self.layout.tolerances.loose_gap_em
        return sum(line.opened_em > bound for line in frame.lines)

    def costs(self, frame: SetFrame, block: int) -> dict[int, float]:
        """What each change in lines of a block costs the eye, as the frame begins and ends."""
        if block >= len(self.story.body):
            return {}
        start, measure = self.spot.start, frame.geometry.measure_em
        offset = start.offset if block == start.block else 0
        is_marked = block + 1 == len(self.story.body) and not self.tail
        return self.composer.line_changes(self.story, block, measure, offset, is_marked)


Trial = Callable[[SetFrame, Choice], SetFrame | None]
"""Sets a frame by another choice, as it was set before but for that; None if it cannot be."""
