"""A story as its author wrote it: `stories/*.md`."""

from __future__ import annotations

from typing import Literal

from pydantic import ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from producer.errors import Place
from producer.model.base import Data, FileName, Identifier, Text

# Where an editor breaks a headline within one string; full-width ｜ is text.
_BREAK_MARK = "|"
# `dotted` has emphasis dots (着重号) under its characters; `note` is a raised note sign.
RunStyle = Literal["regular", "strong", "emphasis", "dotted", "note"]
BlockKind = Literal[
    "body",
    "lead",
    "subhead",
    "list",
    "quotation",
    "verse",
    "question",
    "answer",
    "note",
    "signature",
]


class Run(Data):
    """A stretch of text of one character style; a newline in it is a forced line break."""

    model_config = ConfigDict(str_strip_whitespace=False)

    text: str
    style: RunStyle = "regular"
    link: str | None = Field(None, description="`story:ID` or `page:4` that it leads to")
    ruby: str | None = Field(None, description="Reading (注音) that stands above the text")


class Block(Data):
    """A paragraph, subhead or stanza of a story's body."""

    kind: BlockKind
    runs: tuple[Run, ...]
    label: str | None = Field(None, description="Sign or number of a list's item")
    line: int = Field(0, description="Line of the story's file, from 1")

    @property
    def text(self) -> str:
        """The block's characters without their styles."""
        return "".join(run.text for run in self.runs)


class Inset(Data):
    """Something that stands among a story's text: `id` and one of picture, quote, table."""

    id: Identifier
    picture: FileName | None = Field(None, description="File in the issue's images folder")
    caption: str | None = None
    credit: str | None = None
    alt: str | None = Field(None, description="What the picture shows, for screen readers")
    quote: str | None = None
    source: str | None = None
    table: str | None = Field(None, description="The table's title")
    head: tuple[str | int | float, ...] = ()
    rows: tuple[tuple[str | int | float, ...], ...] = ()

    @model_validator(mode="after")
    def _one_kind(self) -> Inset:
        if [self.picture, self.quote, self.table].count(None) != 2:
            raise PydanticCustomError("inset_kind", "an inset is one of picture, quote, table")
        if self.picture and not self.alt:
            raise PydanticCustomError("picture_alt", "a picture needs alt")
        if any(len(row) != len(self.head) for row in self.rows):
            raise PydanticCustomError("table_cells", "every row needs as many cells as the head")
        return self


class StoryHead(Data):
    """A story's front matter."""

    headline: Text | tuple[Text, ...] = Field(description="A line; or a list, or parted by |")
    kicker: str | None = None
    deck: str | None = None
    short: str | None = Field(None, description="Headline of the continuation and of teasers")
    lead_in: str | None = Field(None, description="e.g. 本报讯")
    byline: str | None = None
    kind: Literal["prose", "verse"] = "prose"
    drop_capital: int | None = Field(None, ge=2, le=3, description="Rows of the first character")
    language: str | None = Field(None, description="BCP 47; the paper's if left out")
    insets: tuple[Inset, ...] = ()


class Story(Data):
    """One piece of news: headline parts, body, insets."""

    id: Identifier
    head: StoryHead
    body: tuple[Block, ...]
    place: Place

    @property
    def headline_lines(self) -> tuple[str, ...]:
        """The headline as the editor broke it: a list of lines, or the break mark | in a line."""
        given = self.head.headline
        lines = (given,) if isinstance(given, str) else given
        parted = (piece.strip() for line in lines for piece in line.split(_BREAK_MARK))
        return tuple(piece for piece in parted if piece) or lines

    @property
    def title(self) -> str:
        """The headline on one line."""
        return " ".join(self.headline_lines)

    @property
    def short(self) -> str:
        """The headline for continuations and teasers."""
        return self.head.short or self.title

    def inset(self, id: str) -> Inset | None:
        """The inset of that id, if the story has it."""
        return next((inset for inset in self.head.insets if inset.id == id), None)
