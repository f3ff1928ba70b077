"""What the editors wrote: paper, issue, plan and stories; knows nothing of paper sizes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Discriminator, Field, Tag, model_validator
from pydantic_core import PydanticCustomError

from producer.errors import Place

Identifier = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]*$", max_length=60)]
FileName = Annotated[str, Field(min_length=1, max_length=200)]
Text = Annotated[str, Field(min_length=1)]
Weekday = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]


class Data(BaseModel):
    """Base of everything an editor writes: frozen, and unknown keys are refused."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)


# ---------------------------------------------------------------- paper.yaml


class JumpWording(Data):
    """How jump lines are worded; what is left out comes from the paper's language."""

    to: str | None = Field(None, description="Jump line, e.g. （下转第{page}版）")
    from_: str | None = Field(None, alias="from", description="From line, e.g. （上接第{page}版）")
    numerals: str = Field(
        "arabic", pattern=r"^(arabic|chinese|[A-Z])$", description="4, 四, or a section letter: A4"
    )
    limit: int = Field(1, ge=1, le=7, description="How many times a story may jump")


class Imprint(Data):
    """What the law and the readers want to know about the paper; printed in this order."""

    licence: Text | None = Field(None, description="CN number or 准印证 number, as printed")
    items: tuple[Text, ...] = Field((), description="Further items of the masthead's line")
    foot: tuple[Text, ...] = Field((), description="Items of the last page's foot (报尾)")


class Paper(Data):
    """A newspaper: `issues/<paper>/paper.yaml`."""

    name: Text
    latin: str = ""
    language: str = Field(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$", description="BCP 47")
    publisher: Text
    layout: Identifier
    publishes: tuple[Weekday, ...] = Field(min_length=1, description="Publication days")
    pages: int = Field(8, ge=1, le=96, description="Pages of an ordinary issue")
    ears: tuple[Text, ...] = Field((), max_length=4)
    imprint: Imprint = Imprint()
    jumps: JumpWording = JumpWording()
    byline_mark: str = "■"
    advertisement_mark: str = "广告"


# ---------------------------------------------------------------- issue.yaml: the plan


class Rect(Data):
    """Cells of the page grid: first column and row count from 1; sizes in cells."""

    column: int = Field(ge=1)
    row: int = Field(ge=1)
    columns: int = Field(ge=1)
    rows: int = Field(ge=1)

    @model_validator(mode="before")
    @classmethod
    def _from_list(cls, value: Any) -> Any:
        """Editors and planners may write `[column, row, columns, rows]`."""
        if isinstance(value, (list, tuple)) and len(value) == 4:
            return dict(zip(("column", "row", "columns", "rows"), value, strict=True))
        return value

    @property
    def last_column(self) -> int:
        """The last grid column that the rectangle covers."""
        return self.column + self.columns - 1

    @property
    def last_row(self) -> int:
        """The last grid row that the rectangle covers."""
        return self.row + self.rows - 1

    def overlaps(self, other: Rect) -> bool:
        """Whether the two share a cell."""
        return (
            self.column <= other.last_column
            and other.column <= self.last_column
            and self.row <= other.last_row
            and other.row <= self.last_row
        )

    def contains(self, other: Rect) -> bool:
        """Whether every cell of the other is one of this."""
        return (
            self.column <= other.column
            and self.row <= other.row
            and other.last_column <= self.last_column
            and other.last_row <= self.last_row
        )


class InsetPlacement(Data):
    """Where a story's picture, table or quote stands among the story's text columns."""

    inset: Identifier
    column: int = Field(1, ge=1, description="First text column that it covers")
    columns: int = Field(1, ge=1, description="Text columns that it covers")
    row: int = Field(1, ge=1, description="First row of the text area below the head")
    rows: int = Field(ge=1, description="Rows it takes, caption and air included")


class Placement(Data):
    """Something that stands on a page: in a frame of the page's master, or in a rectangle."""

    frame: str | None = Field(None, description="Name of a frame of the page's master")
    rect: Rect | None = Field(None, description="[column, row, columns, rows] in grid units")

    @model_validator(mode="after")
    def _one_place(self) -> Placement:
        if (self.frame is None) == (self.rect is None):
            raise PydanticCustomError("frame_or_rect", "give either frame or rect")
        return self


class TextPlacement(Placement):
    """A frame that text is poured into."""

    columns: int | None = Field(None, ge=1, le=12, description="Text columns (破栏)")
    style: str | None = Field(None, description="Head style of the layout, e.g. lead, second")
    box: str | None = Field(None, description="Box style of the layout, e.g. tint, line")
    insets: tuple[InsetPlacement, ...] = ()


class StoryPlacement(TextPlacement):
    """The frame where a story begins."""

    story: Identifier


class Continuation(TextPlacement):
    """A frame that takes up a story begun on an earlier page."""

    continues: Identifier


class PackagePlacement(Placement):
    """Several stories under one title; the members' rectangles lie inside the package's."""

    package: Text
    style: str | None = None
    place: tuple[StoryPlacement, ...] = Field(min_length=1)


class Advertisement(Placement):
    """A fixed slot that holds one advertisement."""

    advertisement: FileName
    alt: Text


class Teaser(Data):
    """One line that sends readers of the front page to a story inside."""

    story: Identifier
    text: str | None = Field(None, description="Instead of the story's short headline")
    summary: str | None = Field(None, description="A second line that says more")


class Teasers(Placement):
    """A list of teasers (导读)."""

    teasers: tuple[Teaser, ...] = Field(min_length=1)
    title: str | None = None


_KINDS = ("story", "continues", "package", "advertisement", "teasers")


def _kind(value: Any) -> str | None:
    """Which kind of placement it is: the one key that names it."""
    keys = type(value).model_fields if isinstance(value, Placement) else value
    if not isinstance(keys, dict):
        return None
    return next((kind for kind in _KINDS if kind in keys), None)


Item = Annotated[
    Annotated[StoryPlacement, Tag("story")]
    | Annotated[Continuation, Tag("continues")]
    | Annotated[PackagePlacement, Tag("package")]
    | Annotated[Advertisement, Tag("advertisement")]
    | Annotated[Teasers, Tag("teasers")],
    Discriminator(
        _kind,
        custom_error_type="placement_kind",
        custom_error_message="a placement needs one of: " + ", ".join(_KINDS),
    ),
]


class Page(Data):
    """One page of the plan; its number is its place in the list."""

    section: Text
    master: Identifier
    number: int | None = Field(None, ge=1, description="Checked against the place in the list")
    banner: str | None = Field(None, description="Theme line above the page's stories")
    editors: tuple[Text, ...] = Field((), description="责任编辑 and others, for the folio")
    place: tuple[Item, ...] = Field(min_length=1)

    def text_placements(self) -> Iterator[StoryPlacement | Continuation]:
        """The page's frames for text in reading order, those inside packages too."""
        for item in self.place:
            if isinstance(item, PackagePlacement):
                yield from item.place
            elif isinstance(item, StoryPlacement | Continuation):
                yield item


class Plan(Data):
    """Which story stands in which frames of which page; `plan.json` is one made explicit."""

    pages: tuple[Page, ...] = Field(min_length=1, max_length=96)


class IssueFacts(Data):
    """An issue's date and numbers. Facts that can be computed are checked if stated."""

    date: dt.date
    number: int = Field(ge=1, description="Running number within the year")
    total: int = Field(ge=1, description="Running number since the paper began")
    weekday: str | None = None
    lunar: str | None = None
    page_count: int | None = Field(None, ge=1)


class IssueData(Plan, IssueFacts):
    """`issues/<paper>/<date>/issue.yaml`: facts and plan."""


# ---------------------------------------------------------------- stories/*.md

RunStyle = Literal["regular", "strong", "emphasis"]
BlockKind = Literal["body", "subhead"]


class Run(Data):
    """A stretch of text of one character style; a newline in it is a forced line break."""

    model_config = ConfigDict(str_strip_whitespace=False)

    text: str
    style: RunStyle = "regular"


class Block(Data):
    """A paragraph or subhead of a story's body."""

    kind: BlockKind
    runs: tuple[Run, ...]
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

    headline: Text | tuple[Text, ...] = Field(description="One line, or a list of lines")
    kicker: str | None = None
    deck: str | None = None
    short: str | None = Field(None, description="Headline of the continuation and of teasers")
    lead_in: str | None = Field(None, description="e.g. 本报讯")
    byline: str | None = None
    kind: Literal["prose", "verse"] = "prose"
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
        """The headline as the editor broke it."""
        given = self.head.headline
        return (given,) if isinstance(given, str) else given

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


class Picture(Data):
    """An image file that was opened and found sound."""

    name: str
    path: str
    width: float
    height: float
    vector: bool


class Facts(Data):
    """What follows from the date and the paper, in the paper's language."""

    weekday: str
    lunar: str | None


class Issue(Data):
    """One issue, loaded and checked."""

    id: str = Field(description="<paper>/<date>")
    paper_id: Identifier
    folder: str
    paper: Paper
    data: IssueData
    facts: Facts
    stories: dict[str, Story]
    pictures: dict[str, Picture]
    plan_file: str = Field("", description="The file that the pages come from, for messages")
    lines: dict[str, int] = Field({}, description="issue.yaml: `pages.0.place.2` → line")

    @property
    def pages(self) -> tuple[Page, ...]:
        """The plan's pages in order."""
        return self.data.pages
