"""The features' stories (`sources/*.yaml`), and one issue with a frame for each.

A file is a group. A feature has an `id`, its `frame` in columns and rows of the tabloid's grid,
the text's `body`, and may have keys of a story's `head`, of its placement (`place`), the frame
in which it goes `on` upon the page behind all others. A feature that is `vertical` has its head
read downwards.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from tests.issuefactory import IssueFactory, page, place_rest, place_story, png, story

FOLDER = Path(__file__).parent / "sources"
COLUMNS, ROWS = 6, 80
# Two empty rows part the frames: an empty one alone would have a rule in it.
_AIR_ROWS = 2
_PAGE_STYLE = "brief"


@dataclass(frozen=True)
class Feature:
    """A feature's story, and where it stands."""

    id: str
    group: str
    frame: tuple[int, int]
    body: str
    head: dict[str, Any] = field(default_factory=dict)
    place: dict[str, Any] = field(default_factory=dict)
    on: tuple[int, int] | None = None
    vertical: bool = False


@dataclass(frozen=True)
class Spot:
    """A rectangle of a page (from 1): column, row, columns, rows."""

    page: int
    rect: tuple[int, int, int, int]


def read_features() -> list[Feature]:
    """All features of all groups, in the order of the files."""
    yaml = YAML(typ="safe")
    return [
        Feature(**{**each, "group": path.stem, "frame": tuple(each["frame"])})
        for path in sorted(FOLDER.glob("*.yaml"))
        for each in yaml.load(path.read_text("utf-8"))
    ]


def spots_of(features: list[Feature]) -> dict[str, list[Spot]]:
    """Where each feature stands: side by side in the order of the files, groups on own pages."""
    shelf = _Shelf()
    spots = {}
    group = features[0].group
    for feature in features:
        if feature.group != group:
            group = feature.group
            shelf.turn()
        spots[feature.id] = [shelf.put(*feature.frame)]
    shelf.turn()
    for feature in features:
        if feature.on:
            spots[feature.id].append(shelf.put(*feature.on))
    return spots


class _Shelf:
    """Frames in rows of frames, page by page."""

    def __init__(self) -> None:
        self.page, self.column, self.row, self.depth = 1, 1, 1, 0

    def put(self, columns: int, rows: int) -> Spot:
        if self.column + columns - 1 > COLUMNS:
            self.column, self.row, self.depth = 1, self.row + self.depth + _AIR_ROWS, 0
        if self.row + rows - 1 > ROWS:
            self.turn()
        spot = Spot(self.page, (self.column, self.row, columns, rows))
        self.column += columns
        self.depth = max(self.depth, rows)
        return spot

    def turn(self) -> None:
        """Go to the next page."""
        self.page, self.column, self.row, self.depth = self.page + 1, 1, 1, 0


def write_issue(root: Path, features: list[Feature]) -> Path:
    """Write an issue that has every feature in its spot; its folder."""
    factory = IssueFactory(root)
    factory.stories = {each.id: _story(each) for each in features}
    factory.images["grey.png"] = png(60, 40)
    factory.pages = _pages(features, spots_of(features))
    factory.paper["pages"] = len(factory.pages)
    return factory.write()


def _story(feature: Feature) -> str:
    return story(feature.body, **{"headline": feature.id, **feature.head})


def _pages(features: list[Feature], spots: dict[str, list[Spot]]) -> list[dict[str, Any]]:
    pages: dict[int, list[dict[str, Any]]] = {}
    for feature in features:
        for spot, item in zip(spots[feature.id], _items(feature), strict=True):
            pages.setdefault(spot.page, []).append({**item, "rect": list(spot.rect)})
    return [page(*items) for _, items in sorted(pages.items())]


def _items(feature: Feature) -> Iterator[dict[str, Any]]:
    yield place_story(feature.id, **{"style": _PAGE_STYLE, **feature.place})
    if feature.on:
        yield place_rest(feature.id)
