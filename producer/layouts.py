"""A design: `layouts/<name>/layout.yaml` as data, and the arithmetic of its page grid."""

from __future__ import annotations

import functools
from pathlib import Path
from typing import Annotated

from pydantic import Field, ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from producer.bounds import Levers, Mending
from producer.errors import ExitCode, Place, ProducerError, problem
from producer.model import Data, Identifier, Rect
from producer.planning import Planning
from producer.typestyles import Body, Caption, HeadStyle, Points, Quote, Table

MM_PER_PT = 25.4 / 72

Millimetres = Annotated[float, Field(gt=0)]


Percent = Annotated[float, Field(ge=0, le=100)]
HexColour = Annotated[str, Field(pattern=r"^#[0-9a-f]{6}$")]


class PageSize(Data):
    """Trim size, and where the type area (版心) begins."""

    width_mm: Millimetres
    height_mm: Millimetres
    left_mm: Millimetres
    top_mm: Millimetres
    bleed_mm: float = Field(0, ge=0, le=3.5, description="Of the print edition, beyond the trim")


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
    inks: dict[HexColour, tuple[Percent, Percent, Percent, Percent]] = Field(
        {}, description="The style sheet's colours in C M Y K, for the print edition"
    )
    tolerances: Tolerances = Tolerances()
    mending: Mending = Mending()
    levers: Levers = Levers()
    planning: Planning = Planning()


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
