"""A newspaper's standing facts: `paper.yaml`."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from producer.model.base import Data, Identifier, Text, Weekday


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


class Press(Data):
    """How the paper is printed; the printing plant knows."""

    profile: str = Field(
        "wan-ifra-26v5", min_length=1, description="Of colour/profiles.yaml, or a file *.icc"
    )
    ink_limit: int = Field(240, ge=180, le=400, description="Total ink (TAC) in percent")
    spots: Literal["keep", "convert"] = Field(
        "keep", description="Spot colours of PDF advertisements: plates of their own, or in CMYK"
    )
    marks: bool = Field(False, description="Crop marks, a bar of inks and a slug line")
    picture_ppi: int = Field(250, ge=200, le=300, description="Pictures at their placed size")


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
    press: Press = Press()
    byline_mark: str = "■"
    advertisement_mark: str = "广告"
    waive: dict[str, Text] = Field(
        {},
        description="Checks of copy and files whose findings may pass, by id, and why",
    )
