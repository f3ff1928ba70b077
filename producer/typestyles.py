"""How text is set, as data: paragraphs, captions, quotes, tables, heads; parts of `layout.yaml`."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from producer.model import BlockKind, Data, Identifier

Points = Annotated[float, Field(gt=0)]


class ParagraphStyle(Data):
    """How a kind of paragraph is set; what is left out is the running text's."""

    face: Identifier | None = None
    indent_em: float | None = Field(None, ge=0, description="Of the first line, inside left_em")
    left_em: float = Field(0, ge=0)
    right_em: float = Field(0, ge=0)
    align: Literal["justify", "left", "center", "right"] = "justify"
    air_rows: int = Field(0, ge=0, description="Above it, but at a column's top")


# Where a layout says nothing else.
_PARAGRAPHS: dict[BlockKind, ParagraphStyle] = {
    "list": ParagraphStyle(indent_em=0, left_em=1),
    "quotation": ParagraphStyle(left_em=1),
    "verse": ParagraphStyle(indent_em=0, left_em=1, align="left", air_rows=1),
    "signature": ParagraphStyle(indent_em=0, align="right"),
}


class Ruby(Data):
    """Readings above rare characters; where the leading has no room they follow in brackets."""

    face: Identifier
    scale: float = Field(0.4, gt=0, lt=1, description="Size in body em")


class EndMark(Data):
    """The sign that ends a story: a drawing of the layout, as high as it is wide."""

    file: str
    size_em: float = Field(0.7, gt=0, le=1)


class Body(Data):
    """Faces of the running text by character style, and how paragraphs are set."""

    regular: Identifier
    strong: Identifier
    emphasis: Identifier
    lead_in: Identifier
    subhead: Identifier
    byline: Identifier
    indent_em: float = 2
    subhead_pt: Points = 9
    subhead_rows: int = Field(2, ge=1, description="Rows of a subhead; one at a column's top")
    kinsoku: Literal["none", "basic", "gb", "strict"] = "basic"
    mixed_gap_em: float = Field(0.125, ge=0, description="Air between ideograph and Latin")
    mixed_gap_least_em: float = Field(0.1, ge=0, description="That air where a line is driven in")
    mixed_gap_most_em: float = Field(0.25, ge=0, description="And where it is driven out")
    tightest_gap_em: float = Field(
        0.05, ge=0, le=0.1, description="What gaps may lose where a line fits no other way"
    )
    paragraphs: dict[BlockKind, ParagraphStyle] = Field({})
    drop_capital: Identifier | None = Field(None, description="Face of a drop capital")
    ruby: Ruby | None = None
    end_mark: EndMark | None = None
    column_gutter_em: float = Field(1, gt=0, description="Smallest gutter between text columns")

    def paragraph(self, kind: BlockKind) -> ParagraphStyle:
        """How a kind of paragraph is set."""
        return self.paragraphs.get(kind) or _PARAGRAPHS.get(kind) or ParagraphStyle()


class Caption(Data):
    """Captions stand on the grid; the air is above and below a picture, in rows."""

    face: Identifier
    size_pt: Points = 8
    air_rows: float = Field(0.4, ge=0, lt=1)
    gap_pt: float = Field(2, ge=0, description="Between a picture and its caption")


class Quote(Data):
    """Pull quotes, and the padding of their box above and below together."""

    face: Identifier
    size_pt: Points = 12
    leading_pt: Points = 17
    padding_pt: float = Field(10, ge=0)
    source_pt: Points = 9


class Table(Data):
    """Tables: columns of one width, rows of whole grid rows."""

    face: Identifier
    size_pt: Points = 8
    padding_em: float = Field(0.3, ge=0, description="At both sides of a cell")


class HeadPart(Data):
    """Kicker, headline or deck: face, allowed sizes from the largest, lines at most."""

    face: Identifier
    sizes: tuple[Points, ...] = Field(min_length=1)
    lines: int = Field(1, ge=1, le=3)
    line_height: float = Field(1.2, gt=0.8, lt=2)
    features: tuple[str, ...] = Field((), description="OpenType features, e.g. halt")
    line_gain: float = Field(1.5, ge=1, description="What a line more must enlarge the type by")
    part_gap_em: float = Field(0.75, ge=0, le=1, description="Between clauses on one line")
    tracking: dict[int, float] = Field({}, description="em between characters, by their number")
    drive_in_em: float = Field(0, ge=0, le=0.1, description="Of each gap of a vertical line")
    drive_out_em: float = Field(0, ge=0, description="To fill a vertical line's height")


class HeadStyle(Data):
    """How a story's head is set; its height is always a whole number of rows.

    A vertical one (竖题) stands beside the text and takes its width from the text columns.
    """

    headline: HeadPart
    kicker: HeadPart | None = None
    deck: HeadPart | None = None
    direction: Literal["horizontal", "vertical"] = "horizontal"
    side: Literal["left", "right"] = Field("left", description="Of the text, if vertical")
    look: Literal["plain", "reversed", "boxed", "tinted"] = "plain"
    byline: Literal["head", "tail"] = "tail"
    align: Literal["left", "center"] = "center"
    padding_pt: float = Field(6, ge=0, description="Air above and below, at least")
    sides_pt: float = Field(0, ge=0, description="Air at either side")
    below_pt: float = Field(0, ge=0, description="Air below the plate, in its last row")
    gap_pt: float = Field(2, ge=0, description="Air between the parts")

    @model_validator(mode="after")
    def _byline_has_a_row(self) -> HeadStyle:
        if self.direction == "vertical" and self.byline == "head":
            raise ValueError("a vertical head has no row for a byline: put it at the tail")
        return self
