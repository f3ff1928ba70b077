"""Each feature of the typesetting as it is printed: golden texts, and golden pictures.

`pytest tests/test_golden.py --accept` rewrites both; look at them before you commit them.
"""

from __future__ import annotations

import difflib
import io
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from producer.fonts.library import FontLibrary
from producer.layouts import Layout
from producer.typestyles import Ruby
from tests.golden import pictures
from tests.golden.dump import Dumper
from tests.golden.reading import Box, Glyph, PageContent, Shape
from tests.golden.setting import GoldenSet, set_features
from tests.golden.sources import read_features

EXPECTED = Path(__file__).parent / "golden" / "expected"
MOST_LINES = 60
FEATURES = [feature.id for feature in read_features()]


@pytest.fixture(scope="module")
def golden(
    tmp_path_factory: pytest.TempPathFactory, tabloid: Layout, fonts: FontLibrary
) -> GoldenSet:
    """All features, set once. Other makers' faces have other widths."""
    if fonts.origin != "npm":
        pytest.skip(f"golden tests are of the faces from npm, and these are from {fonts.origin}")
    # The tabloid's own readings stand in brackets.
    body = tabloid.body.model_copy(update={"ruby": Ruby(face="hei", scale=0.4)})
    layout = tabloid.model_copy(update={"body": body})
    return set_features(read_features(), tmp_path_factory.mktemp("golden"), layout, fonts)


@pytest.fixture(scope="module")
def accepts(request: pytest.FixtureRequest) -> bool:
    return bool(request.config.getoption("--accept"))


def test_all_features_are_set_without_a_fault(golden: GoldenSet) -> None:
    """A golden of a fault would keep it."""
    expected = {"fit.underset", "column.mended"}
    assert [each for each in golden.problems if each.id not in expected] == []


def test_the_lonely_line_was_mended(golden: GoldenSet) -> None:
    mended = [each.values["story"] for each in golden.problems if each.id == "column.mended"]
    assert "孤行补救" in mended


@pytest.mark.parametrize("id", FEATURES)
def test_text(golden: GoldenSet, accepts: bool, id: str) -> None:
    path, found = EXPECTED / f"{id}.txt", golden.dump(id)
    if accepts:
        path.write_text(found, "utf-8")
    kept = path.read_text("utf-8") if path.exists() else ""
    lines = (text.splitlines() for text in (kept, found))
    told = "\n".join(difflib.unified_diff(*lines, "kept", "found", lineterm=""))
    assert not told, f"{id} is set otherwise (--accept keeps it so):\n{told}"


@pytest.mark.parametrize("name", pictures.PICTURES)
def test_picture(golden: GoldenSet, accepts: bool, name: str, tmp_path: Path) -> None:
    path, found = pictures.FOLDER / f"{name}.png", pictures.draw(golden, name)
    if accepts:
        path.write_bytes(pictures.as_png(found))
    assert path.exists(), "there is no such picture yet: --accept draws it"
    assert path.stat().st_size <= pictures.LARGEST_BYTES
    kept = Image.open(io.BytesIO(path.read_bytes()))
    found.save(tmp_path / path.name)
    assert kept.size == found.size
    mean, far = pictures.difference(kept, found)
    told = f"{name} looks otherwise, see {tmp_path / path.name}"
    assert mean <= pictures.MOST_MEAN, told
    assert far <= pictures.MOST_FAR_SHARE, told


def test_a_line_moved_by_a_dot_is_seen(golden: GoldenSet) -> None:
    """The second line of the first frame, of 150 dots."""
    found = pictures.draw(golden, "marks")
    moved = found.copy()
    moved.paste(found.crop((4, 57, 154, 72)), (5, 57))
    assert pictures.difference(found, found) == (0, 0)
    assert pictures.difference(found, moved)[1] > pictures.MOST_FAR_SHARE


def glyphs_of(text: str, x: float, y: float, **more: Any) -> list[Glyph]:
    """Characters of an em one behind the other."""
    size = more.pop("size", 9.0)
    look = {"width": 1.0, "face": "Song-Medium", "color": "#000000", "is_turned": False, **more}
    return [
        Glyph(each, x + at * size, y, x + (at + 1) * size, size, index=at, **look)
        for at, each in enumerate(text)
    ]


def dump(*glyphs: Glyph, shapes: tuple[Shape, ...] = (), vertical: bool = False) -> list[str]:
    numbered = tuple(glyph._replace(index=at) for at, glyph in enumerate(glyphs))
    return Dumper(PageContent(numbered, shapes, ()), Box(0, 0, 108, 100), vertical).dump()


# The first row's baseline, in pt from the frame's top.
FIRST = 9.67


def spread(text: str, step: float) -> list[Glyph]:
    """Characters that follow each other by so many pt on the first row."""
    return [glyph for at, each in enumerate(text) for glyph in glyphs_of(each, at * step, FIRST)]


@pytest.mark.parametrize(
    ("glyphs", "told"),
    [
        (glyphs_of("样城", 18, FIRST), "     1│     2     │样城│4"),
        (glyphs_of("样城", 18, FIRST + 1.25), "   1.1│     2     │样城│4"),
        (spread("样城报", 9.9), "     1│     0  +10│样城报│3.2"),
        (spread("样城报", 8.55), "     1│     0   -5│样城报│2.9"),
        (spread("样城", 10.125), "     1│     0     │样⟨13⟩城│2.13"),
        (
            [*glyphs_of("样城", 0, FIRST), *glyphs_of("报", 16.65, FIRST)],
            "     1│     0     │样城⟨-15⟩报│2.85",
        ),
        (
            [*glyphs_of("样", 0, FIRST), *glyphs_of("城", 9, FIRST, face="Kai")],
            "     1│     0     │样‹楷›城│2",
        ),
        (
            [*glyphs_of("样", 0, FIRST), *glyphs_of("①", 9, FIRST - 3, size=5.4)],
            "     1│     0     │样{①×60↑33}│1.6",
        ),
        (
            [*glyphs_of("样", 0, FIRST), *glyphs_of("ē", 3.15, FIRST - 8.46, size=3.6)],
            "     1│     0     │样{ē×40↑94@5}│1",
        ),
    ],
)
def test_notation(glyphs: list[Glyph], told: str) -> None:
    assert dump(*glyphs) == [told]


def test_notation_of_shapes() -> None:
    dot = Shape("path", Box(3.78, 11.11, 5.22, 12.55), "#000000")
    off = dot._replace(box=Box(13.5, 11.11, 14.94, 12.55))
    rule = Shape("path", Box(0, 12.5, 108, 13), "#b0402f")
    assert dump(*glyphs_of("样城", 0, FIRST), shapes=(dot, off, rule)) == [
        "     1│     0     │样城│2",
        "     ·│           │样(1.58) ↓24",
        "     □│0–12│2–2.04│ path #b0402f",
    ]


def test_notation_of_a_vertical_head() -> None:
    cells = [*glyphs_of("样", 90, 20, size=18), *glyphs_of("城", 90, 39.8, size=18)]
    assert dump(*cells, vertical=True) == ["  1.33↓    11     │‹宋M 18›样⟨10⟩城│4.36"]


def test_goldens_are_of_features_that_are_there() -> None:
    assert {path.stem for path in EXPECTED.iterdir()} == set(FEATURES)
    assert {path.stem for path in pictures.FOLDER.iterdir()} == set(pictures.PICTURES)
    assert len(set(FEATURES)) == len(FEATURES)


@pytest.mark.parametrize("id", FEATURES)
def test_golden_texts_are_small(id: str) -> None:
    assert len((EXPECTED / f"{id}.txt").read_text("utf-8").splitlines()) <= MOST_LINES
