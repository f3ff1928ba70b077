"""A design: `layouts/<name>/layout.yaml` as data, and the arithmetic of its page grid."""

from __future__ import annotations

import functools
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, ValidationError, model_validator
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from producer.bounds import Levers, Mending
from producer.errors import ExitCode, Place, ProducerError, problem
from producer.model import BlockKind, Data, Identifier, Rect

MM_PER_PT = 25.4 / 72

Points = Annotated[float, Field(gt=0)]
Millimetres = Annotated[float, Field(gt=0)]


class PageSize(Data):
    """Trim size, and where the type area (版心) begins."""

    width_mm: Millimetres
    height_mm: Millimetres
    left_mm: Millimetres
    top_mm: Millimetres


class Grid(Data):
    """Basic columns across, baseline rows down; all text stands on its rows."""

    columns: int = Field(ge=1)
    column_em: float = Field(gt=0, description="Measure of a basic column in body ems")
    gutter_em: float = Field(gt=0)
    rows: int = Field(ge=1)
    body_pt: Points
    leading_pt: Points

    @property
    def em_mm(self) -> float:
        """Millimetres of one body em."""
        return self.body_pt * MM_PER_PT

    @property
    def row_mm(self) -> float:
        """Millimetres of one row."""
        return self.leading_pt * MM_PER_PT

    def width_em(self, columns: int) -> float:
        """Width of n basic columns with the gutters between them (长栏), in body ems."""
        return columns * self.column_em + (columns - 1) * self.gutter_em


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


class BoxStyle(Data):
    """Padding of a box around a story; its looks are the style sheet's."""

    sides_em: float = Field(0, ge=0)
    above_rows: int = Field(0, ge=0)
    below_rows: int = Field(0, ge=0)


class FrameSpec(Data):
    """A named frame of a page master."""

    rect: Rect
    columns: int | None = Field(None, ge=1)
    style: Identifier | None = None
    box: Identifier | None = None


class Master(Data):
    """A kind of page: its template, the cells its furniture takes, its named frames."""

    template: str
    reserved: tuple[Rect, ...] = ()
    banner: Rect | None = Field(None, description="Cells of the theme line, when a page has one")
    frames: dict[str, FrameSpec] = Field({})


class Tolerances(Data):
    """What is reported as a fault."""

    underset_rows: int = Field(0, ge=0, description="Empty rows per column that are let pass")
    shortest_part_lines: int = Field(3, ge=1)
    loose_gap_em: float = Field(0.25, gt=0, description="A wider gap between characters is told")


class LayoutSpec(Data):
    """`layout.yaml`."""

    page: PageSize
    grid: Grid
    body: Body
    caption: Caption
    quote: Quote
    table: Table
    heads: dict[str, HeadStyle]
    continuation: Identifier = Field(description="Head style of continuations")
    package_rows: int = Field(2, ge=1, description="Rows of a package's title")
    boxes: dict[str, BoxStyle] = Field({})
    masters: dict[str, Master]
    css_faces: tuple[Identifier, ...] = Field((), description="Further faces of the style sheet")
    tolerances: Tolerances = Tolerances()
    mending: Mending = Mending()
    levers: Levers = Levers()


class Layout(LayoutSpec):
    """A layout and the folder that holds its templates and style sheets."""

    name: str
    folder: Path

    def x_mm(self, column: int) -> float:
        """Left edge of a basic column, from the page's left trim edge."""
        grid = self.grid
        return self.page.left_mm + (column - 1) * (grid.column_em + grid.gutter_em) * grid.em_mm

    def y_mm(self, row: int) -> float:
        """Top edge of a row, from the page's top trim edge."""
        return self.page.top_mm + (row - 1) * self.grid.row_mm

    def width_mm(self, columns: int) -> float:
        """Width of n basic columns with the gutters between them."""
        return self.grid.width_em(columns) * self.grid.em_mm

    @property
    def faces(self) -> frozenset[str]:
        """Every face that the layout names."""
        body = self.body
        named = {*self.css_faces, body.regular, body.strong, body.emphasis}
        named |= {body.lead_in, body.subhead, body.byline}
        named |= {style.face for style in body.paragraphs.values() if style.face}
        named |= {body.drop_capital} if body.drop_capital else set()
        named |= {body.ruby.face} if body.ruby else set()
        named |= {self.caption.face, self.quote.face, self.table.face}
        for style in self.heads.values():
            named |= {part.face for part in (style.kicker, style.headline, style.deck) if part}
        return frozenset(named)

    @property
    def type_area(self) -> Rect:
        """All cells of the page."""
        return Rect(column=1, row=1, columns=self.grid.columns, rows=self.grid.rows)


def find_home(folder: Path) -> Path:
    """The folder that holds `layouts/` and `fonts/`: the nearest above, else the working one."""
    here = folder.resolve()
    return next((up for up in here.parents if (up / "layouts").is_dir()), Path.cwd())


@functools.cache
def load_layout(name: str, root: Path) -> Layout:
    """Read `root/name/layout.yaml`.

    Raises:
        ProducerError: when the layout is missing or wrong, with every fault found.
    """
    folder = root / name
    path = folder / "layout.yaml"
    place = Place(path.as_posix())
    if not path.is_file():
        known = ", ".join(sorted(found.parent.name for found in root.glob("*/layout.yaml")))
        raise ProducerError(problem("layout.missing", place, name=name, known=known))
    try:
        raw = YAML(typ="safe").load(path.read_text("utf-8"))
        return Layout(name=name, folder=folder, **raw)
    except (YAMLError, TypeError, UnicodeDecodeError) as error:
        raise ProducerError(problem("layout.broken", place, detail=str(error))) from error
    except ValidationError as error:
        raise ProducerError(
            [
                problem(
                    "layout.wrong",
                    place,
                    key=".".join(str(part) for part in fault["loc"]),
                    detail=fault["msg"],
                )
                for fault in error.errors()
            ],
            ExitCode.SETUP,
        ) from error
