"""The plan after fitting: every head, slice, inset and jump with its place; frozen.

All places are millimetres from the page's top left trim corner; heights of text are also
whole numbers of rows. Every output is made from this and nothing else.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from producer.headlines import HeadLine
from producer.model import Advertisement, Issue, Rect

# An ideograph's box about the baseline, in its own em.
ASCENT_EM, DESCENT_EM = 0.88, 0.12


class Mark(NamedTuple):
    """A point in a story's body: before character `offset` of block `block`."""

    block: int
    offset: int


class Span(NamedTuple):
    """Glyphs of one face in a line: an operand of PDF's TJ, hexadecimal ids and moves.

    `scale` is the size in the line's own, `rise_em` how far above the baseline it stands, in
    em of the line. `actual` are its characters where its glyphs do not tell them one by one.
    """

    face: str
    operand: str
    scale: float = 1.0
    rise_em: float = 0.0
    actual: str = ""


class LinkSpan(NamedTuple):
    """Where a link stands in a line, in em from the line's start edge, and its target."""

    x_em: float
    width_em: float
    target: str


@dataclass(frozen=True, slots=True)
class Line:
    """One finished line of a galley.

    `x_em` is where its first glyph stands, `width_em` how far the line reaches from there;
    `start` and `end` are the characters of the block that it shows (white space at its end
    included); `rows` is its height, `air_rows` the rows kept free above it but at a column's top.
    `dots_em` are the middles of its emphasis dots, `end_mark_em` the left edge of an end mark;
    `opened_em` is how far its gaps were opened to fill it, `short_em` what is wanting all the same,
    `is_broken` says that it ends where none
    may, since nothing else fits.
    """

    block: int
    start: int
    end: int
    spans: tuple[Span, ...]
    text: str
    x_em: float = 0.0
    width_em: float = 0.0
    rows: int = 1
    air_rows: int = 0
    size_pt: float = 0.0
    is_first: bool = False
    is_last: bool = False
    is_subhead: bool = False
    links: tuple[LinkSpan, ...] = ()
    dots_em: tuple[float, ...] = ()
    end_mark_em: float | None = None
    opened_em: float = 0.0
    short_em: float = 0.0
    is_broken: bool = False


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on the page in millimetres from its top left trim corner."""

    x: float
    y: float
    width: float
    height: float


class SetLine(NamedTuple):
    """A line and the row of its slice on which it stands, from 0."""

    line: Line
    row: int


@dataclass(frozen=True, slots=True)
class Slice:
    """The lines of a galley that stand in one column of one frame, without a break."""

    column: int
    box: Box
    rows: int
    lines: tuple[SetLine, ...]

    @property
    def text(self) -> str:
        """The slice's characters."""
        return "".join(set_line.line.text for set_line in self.lines)


@dataclass(frozen=True, slots=True)
class Head:
    """A story's head: `rows` whole rows above the text, or none where it stands beside it.

    Its lines begin `air_pt` below its top; `gap_pt` stands between its parts. `plate` is what a
    head that is reversed, boxed or tinted covers: its box, less the air below.
    """

    box: Box
    plate: Box
    rows: int
    lines: tuple[HeadLine, ...]
    air_pt: float
    gap_pt: float
    align: str
    byline: str | None
    from_line: str | None
    direction: str = "horizontal"
    look: str = "plain"


@dataclass(frozen=True, slots=True)
class PlacedInset:
    """A picture, quote or table among the text columns.

    `lines` are those of a caption or quote. A picture and its caption have boxes of their own,
    the caption's on the grid.
    """

    id: str
    box: Box
    rows: int
    lines: tuple[str, ...] = ()
    picture_box: Box | None = None
    caption_box: Box | None = None


@dataclass(frozen=True, slots=True)
class JumpLine:
    """A jump line and where it stands."""

    text: str
    box: Box


@dataclass(frozen=True, slots=True)
class Part:
    """What stands of one story in one frame."""

    story: str
    index: int
    page: int
    rect: Rect
    box: Box
    style: str
    box_style: str | None
    measure_em: float
    columns: int
    gutter_em: float
    head: Head
    slices: tuple[Slice, ...]
    insets: tuple[PlacedInset, ...]
    jump_line: JumpLine | None
    goes_to: int | None
    comes_from: int | None
    start: Mark
    end: Mark
    overset_lines: int = 0
    overset_characters: int = 0
    empty_rows: int = 0
    package: int | None = None

    @property
    def anchor(self) -> str:
        """The part's id in every output: `council-1`, `council-2`."""
        return f"{self.story}-{self.index}"


@dataclass(frozen=True, slots=True)
class PlacedPackage:
    """A package's title and the box around its stories."""

    title: str
    rect: Rect
    box: Box
    style: str | None


@dataclass(frozen=True, slots=True)
class PlacedAdvertisement:
    """An advertisement in its slot."""

    data: Advertisement
    rect: Rect
    box: Box


@dataclass(frozen=True, slots=True)
class PlacedTeaser:
    """A teaser: its text, the page it sends to and the anchor there."""

    text: str
    summary: str | None
    page: int
    anchor: str


@dataclass(frozen=True, slots=True)
class PlacedTeasers:
    """A list of teasers."""

    title: str
    rect: Rect
    box: Box
    teasers: tuple[PlacedTeaser, ...]


@dataclass(frozen=True, slots=True)
class Rule:
    """A line between stories: `across` or `down`."""

    direction: str
    box: Box


@dataclass(frozen=True, slots=True)
class EditionPage:
    """One page, everything on it in reading order."""

    number: int
    section: str
    master: str
    template: str
    banner: str | None
    banner_box: Box | None
    editors: tuple[str, ...]
    parts: tuple[Part, ...]
    packages: tuple[PlacedPackage, ...]
    advertisements: tuple[PlacedAdvertisement, ...]
    teasers: tuple[PlacedTeasers, ...]
    rules: tuple[Rule, ...]


class Glyph(NamedTuple):
    """What a PDF must know of a glyph: its text and its advance in 1/1000 em."""

    text: str
    width: int


@dataclass(frozen=True, slots=True)
class Edition:
    """All pages, the glyphs that their galleys show, by face and glyph id, and more faces.

    `whole_faces` are those needed for rare characters and other scripts anywhere, in galleys or
    in HTML.
    """

    issue: Issue
    pages: tuple[EditionPage, ...]
    glyphs: dict[str, dict[int, Glyph]]
    whole_faces: frozenset[str] = frozenset()

    def parts(self) -> Iterator[Part]:
        """Every part in reading order."""
        for page in self.pages:
            yield from page.parts

    def parts_of(self, story: str) -> tuple[Part, ...]:
        """A story's parts in order."""
        return tuple(part for part in self.parts() if part.story == story)
