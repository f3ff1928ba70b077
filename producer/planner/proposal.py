"""What the planner proposes: where every story stands, what it pays for it, what is left over."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from producer.model import InsetPlacement, Rect

Status = Literal["best", "good", "empty", "impossible"]


@dataclass(frozen=True)
class Term:
    """A taste term of the layout that is not met, and what it costs."""

    name: str
    cost: int


@dataclass(frozen=True)
class PlacedStory:
    """A story, or the rest of one, in a rectangle of a page.

    `rows` are those that its head and text fill of the rectangle's; `lines` are the lines of
    text that stand here.
    """

    story: str
    page: int
    rect: Rect
    columns: int
    style: str
    rows: int
    lines: int
    rank: int
    box: str | None = None
    package: str | None = None
    insets: tuple[InsetPlacement, ...] = ()
    continues: bool = False
    goes_to: int | None = None
    pinned: bool = False
    terms: tuple[Term, ...] = ()


@dataclass(frozen=True)
class LeftOver:
    """A story that has no place, why (a message's id), and what would have made it fit."""

    story: str
    reason: str
    values: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Cut:
    """Lines that an editor would have to cut from a story, for it to stand on the page."""

    story: str
    page: int
    lines: int


@dataclass(frozen=True)
class PageProposal:
    """One page: its stories in reading order, the cells taken before, what the whole page pays.

    `fill` is the share of the free cells that the stories' heads, text and pictures fill.
    """

    number: int
    section: str
    master: str
    stories: tuple[PlacedStory, ...]
    taken: tuple[tuple[str, Rect], ...] = ()
    packages: tuple[tuple[str, Rect], ...] = ()
    fill: float = 0.0
    terms: tuple[Term, ...] = ()
    status: Status = "good"


@dataclass(frozen=True)
class Proposal:
    """A whole issue's plan, or some pages of it."""

    pages: tuple[PageProposal, ...]
    left_over: tuple[LeftOver, ...] = ()
    cuts: tuple[Cut, ...] = ()
    seed: int = 0
