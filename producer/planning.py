"""How the planner makes up pages: head styles by rank, bounds, tastes; part of `layout.yaml`."""

from __future__ import annotations

from typing import Literal, TypeVar

from pydantic import Field, model_validator

from producer.model import Data, Identifier

Value = TypeVar("Value")

# 1 is the most important story of a page; a rank that a table lacks takes its last.
RankedStyles = dict[int, tuple[Identifier, ...]]


# What a page may be charged for; `producer/planner/taste.py` says what each means.
TermName = Literal[
    "left_over",
    "beside",
    "holes",
    "lead_place",
    "lead_size",
    "rank_size",
    "equal_heads",
    "straight_gutter",
    "thin_column",
    "tall",
    "flat",
    "rank_place",
    "reading_order",
    "pictures_spread",
    "pictures_meet",
    "picture_left_out",
    "crop",
    "levers",
    "style_choice",
    "poor_break",
    "jump",
    "cut_within",
    "varied",
    "moved",
]


class PicturePlanning(Data):
    """How large pictures may be made."""

    least_rows: int = Field(7, ge=3, description="Caption included")
    most_rows: int = Field(30, ge=3)
    least_em: float = Field(
        0, ge=0, description="A narrower one counts as cropped, unless its story is as narrow"
    )
    crop: float = Field(0.12, ge=0, le=0.3, description="Share of the picture, at most")


class JumpPlanning(Data):
    """Which stories may be cut, and how much of them stays."""

    masters: tuple[Identifier, ...] = Field((), description="Pages that stories may be cut on")
    most: int = Field(3, ge=0, description="Stories cut on one page")
    least_lines: int = Field(8, ge=1, description="Before the cut, and after it")


class Solver(Data):
    """Limits of the search, in seconds of one core as the solver counts its steps.

    The clock is never asked, so that the same issue and seed give the same plan everywhere.
    """

    seconds: float = Field(12, gt=0, description="For a page")
    rounds: int = Field(4, ge=1, description="Searches for a page whose frames the fit refuses")


class Planning(Data):
    """What the planner may do, and by what it judges pages."""

    heads: dict[Identifier, RankedStyles] = Field(
        {}, description="Head styles by rank, for a page master, or `default`"
    )
    kinds: dict[Literal["prose", "verse"], tuple[Identifier, ...]] = Field(
        {}, description="Head styles of stories of a kind, whatever their rank"
    )
    columns: dict[int, tuple[int, int]] = Field(
        {}, description="Least and most grid columns by rank"
    )
    member: tuple[Identifier, ...] = Field((), description="Head styles of a package's stories")
    boxes: tuple[Identifier, ...] = Field((), description="Boxes that minor stories may have")
    most_standing_out: int = Field(
        2, ge=0, description="Stories of a page in a box, or whose head is no plain one"
    )
    least_measure_em: float = Field(11, ge=5)
    most_measure_em: float = Field(26, ge=5)
    most_rows: int = Field(60, ge=5, description="Of a story in one grid column")
    pictures: PicturePlanning = PicturePlanning()
    jumps: JumpPlanning = JumpPlanning()
    solver: Solver = Solver()
    terms: dict[TermName, int] = Field({}, description="Weights of taste terms")

    @model_validator(mode="after")
    def _ranks_from_one(self) -> Planning:
        if any(1 not in ranks for ranks in self.heads.values()):
            raise ValueError("every table of heads begins with rank 1")
        return self

    def styles(self, master: str, rank: int) -> tuple[str, ...]:
        """The head styles that a story of a rank may have on a page of that master."""
        return _ranked(self.heads.get(master) or self.heads.get("default") or {}, rank) or ()

    def widths(self, rank: int, most: int) -> tuple[int, ...]:
        """The grid columns that a story of a rank may be wide, of `most` that there are."""
        first, last = _ranked(self.columns, rank) or (1, most)
        return tuple(range(min(first, most), min(last, most) + 1))


def _ranked(table: dict[int, Value], rank: int) -> Value | None:
    """A table's entry for a rank: its own, or that of the last rank above it."""
    known = [each for each in table if each <= rank]
    return table[max(known)] if known else None
