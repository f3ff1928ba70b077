"""The words that every engine sets, and the type they are set in.

Plain data that travels as JSON, so that an engine's process holds that engine alone: this
module imports nothing of the project.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Run:
    """Characters of one style: `regular`, `strong` or `emphasis`."""

    text: str
    style: str


@dataclass(frozen=True)
class Block:
    """A paragraph (`body`) or a simple heading (`subhead`)."""

    kind: str
    runs: tuple[Run, ...]


@dataclass(frozen=True)
class TextPage:
    """One page: a title across it, and blocks in columns below."""

    title: str
    blocks: tuple[Block, ...]

    @property
    def text(self) -> str:
        """Its characters without white space."""
        runs = (run.text for block in self.blocks for run in block.runs)
        return "".join((self.title + "".join(runs)).split())


@dataclass(frozen=True)
class FaceFile:
    """A font file with its family and weight, and the size it is used at."""

    path: str
    family: str
    weight: int
    size_pt: float


@dataclass(frozen=True)
class TypeSpec:
    """Page, columns and faces; faces are named `title`, `subhead` and by style of run."""

    width_mm: float
    height_mm: float
    left_mm: float
    top_mm: float
    columns: int
    column_em: float
    gutter_em: float
    rows: int
    title_rows: int
    subhead_rows: int
    body_pt: float
    leading_pt: float
    indent_em: float
    faces: dict[str, FaceFile]

    @property
    def area_width_pt(self) -> float:
        """Width of the type area."""
        ems = self.columns * self.column_em + (self.columns - 1) * self.gutter_em
        return ems * self.body_pt


@dataclass(frozen=True)
class Words:
    """All pages and their type; and what the producer's own model needs beside.

    `folder` is the issue's, `home` holds `layouts/` and `fonts/`; `master` and `title_style` are
    of the layout, `basic_columns` how many of its columns the type area spans. `needed_rows` is
    how many rows of a page the producer fills with its words.
    """

    language: str
    date: str
    pages: tuple[TextPage, ...]
    type: TypeSpec
    folder: str
    home: str
    layout: str
    master: str
    title_style: str
    basic_columns: int
    needed_rows: int
    paper: dict[str, Any]
    facts: dict[str, Any]

    def tight(self) -> Words:
        """The same words in type areas with no row to spare, by the producer's count."""
        return replace(self, type=replace(self.type, rows=self.needed_rows))

    def save(self, path: Path) -> None:
        """Write as JSON."""
        path.write_text(json.dumps(asdict(self), ensure_ascii=False), "utf-8")


def load_words(path: Path) -> Words:
    """Read what `Words.save` has written."""
    data = json.loads(path.read_text("utf-8"))
    pages = tuple(TextPage(page["title"], _blocks(page["blocks"])) for page in data["pages"])
    faces = {name: FaceFile(**face) for name, face in data["type"]["faces"].items()}
    return Words(**{**data, "pages": pages, "type": TypeSpec(**{**data["type"], "faces": faces})})


def _blocks(data: list[dict[str, Any]]) -> tuple[Block, ...]:
    return tuple(Block(block["kind"], tuple(Run(**run) for run in block["runs"])) for block in data)
