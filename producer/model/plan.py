"""Which story stands where: the pages of `issue.yaml`, and of `plan.json`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Annotated, Any, Literal

from pydantic import Discriminator, Field, Tag, model_validator
from pydantic_core import PydanticCustomError

from producer.model.base import Data, FileName, Identifier, Text


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
    """Where a story's picture, table or quote stands among the story's text columns.

    It covers whole columns, or stands inside one with the text at its other side (绕排).
    """

    inset: Identifier
    column: int = Field(1, ge=1, description="First text column that it covers")
    columns: int = Field(1, ge=1, description="Text columns that it covers")
    row: int = Field(1, ge=1, description="First row of the text area below the head")
    rows: int = Field(ge=1, description="Rows it takes, caption and air included")
    side: Literal["left", "right"] | None = Field(
        None, description="Stands at that side of one column, text beside it"
    )
    width_em: int | None = Field(None, ge=4, description="With side: its width, gap included")

    @model_validator(mode="after")
    def _side_and_width(self) -> InsetPlacement:
        if (self.side is None) != (self.width_em is None) or (self.side and self.columns > 1):
            raise PydanticCustomError("inset_side", "side needs width_em, and one column")
        return self


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
    pinned: bool = Field(False, description="The planner leaves it where it is")


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
    pinned: bool = Field(False, description="The planner leaves it and its stories as they are")
    place: tuple[StoryPlacement, ...] = Field(min_length=1)


class Advertisement(Placement):
    """A fixed slot that holds one advertisement."""

    advertisement: FileName
    alt: Text
    epub: bool = Field(False, description="Whether the e-book shows it too")


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
    place: tuple[Item, ...] = Field((), description="Empty: nothing is planned yet")

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


class Wish(Data):
    """What the planner is to heed about one story; what is left out is its own to choose."""

    story: Identifier
    page: int | None = Field(None, ge=1, description="The page that it must stand on")
    section: Text | None = Field(None, description="Or a page of this section")
    rank: int = Field(3, ge=1, le=9, description="1: the most important of its page")
    columns: tuple[int, int] | None = Field(None, description="Least and most grid columns")
    jump: bool = Field(True, description="Whether it may go on on another page")
    beside: Identifier | None = Field(None, description="A story that it must stand next to")
    package: Text | None = Field(None, description="Title of the package that it belongs to")
    picture: Literal["required", "optional"] = Field(
        "optional", description="Whether its pictures may be left out where room is short"
    )

    @model_validator(mode="after")
    def _columns_in_order(self) -> Wish:
        if self.columns and not 1 <= self.columns[0] <= self.columns[1]:
            raise PydanticCustomError("wish_columns", "columns are the least, then the most")
        return self


class IssueFacts(Data):
    """An issue's date and numbers. Facts that can be computed are checked if stated."""

    date: dt.date
    number: int = Field(ge=1, description="Running number within the year")
    total: int = Field(ge=1, description="Running number since the paper began")
    weekday: str | None = None
    lunar: str | None = None
    page_count: int | None = Field(None, ge=1)


class IssueData(Plan, IssueFacts):
    """`issues/<paper>/<date>/issue.yaml`: facts, plan, and what the planner is to heed."""

    wanted: tuple[Wish, ...] = ()
