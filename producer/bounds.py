"""Bounds of what fitting may do to text that does not stand well: parts of `layout.yaml`."""

from __future__ import annotations

from pydantic import Field

from producer.model import Data


class Mending(Data):
    """How far paragraphs may be set tighter or looser to mend a lonely line (孤行).

    Costs are those of `Composer.line_changes`: 4 is not seen, 10 is, 30 is ugly.
    """

    cost: float = Field(15, ge=0, lt=30, description="Of one paragraph's change, at most")
    paragraphs: int = Field(8, ge=0, le=40, description="So many from the line back; 0: never")


class LinesLever(Data):
    """Paragraphs set a line tighter or looser each."""

    cost: float = Field(10, gt=0, lt=30, description="Of one paragraph's change, at most")
    paragraphs: int = Field(4, ge=1, le=12, description="So many of them at most")


class HeadlineSizeLever(Data):
    """The headline in another size of its head style."""

    steps: int = Field(1, ge=1, le=2, description="Up or down the list of sizes")


class PictureHeightLever(Data):
    """Rows of one picture; what its height changes is cropped, or left blank by a drawing."""

    rows: int = Field(2, ge=1, le=4, description="More or fewer, at most")
    crop: float = Field(0.12, gt=0, le=0.3, description="Share of the picture, at most")


class DeckLever(Data):
    """The deck left out of a long story's head."""

    rows: int = Field(2, ge=1, description="A deck that takes more rows stays")


class SubheadRowsLever(Data):
    """All subheads of a part in fewer or more rows than the layout's."""

    least: int = Field(1, ge=1)
    most: int = Field(3, ge=1)


class TrackingLever(Data):
    """All gaps of a part wider or narrower."""

    em: float = Field(0.01, gt=0, le=0.02)


class MeasureLever(Data):
    """The text columns of a box a whole em wider or narrower, its padding giving way."""

    sides_em: float = Field(0.5, gt=0, le=1, description="Of each side's padding, at most")


class Levers(Data):
    """The means of fitting a story that is a little short or long; one left out is never used.

    They are tried in the order of these fields, one alone before two together. `lines` comes
    first: it touches nothing that an editor chose, and within its cost no reader sees it.
    """

    reach_rows: int = Field(2, ge=1, le=4, description="Of all columns; stories further out stay")
    lines: LinesLever | None = None
    headline_size: HeadlineSizeLever | None = None
    picture_height: PictureHeightLever | None = None
    deck: DeckLever | None = None
    subhead_rows: SubheadRowsLever | None = None
    tracking: TrackingLever | None = None
    measure: MeasureLever | None = None
