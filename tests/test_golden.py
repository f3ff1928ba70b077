"""Each feature of the typesetting as it is printed: golden texts, and golden pictures.

`pytest tests/test_golden.py --accept` rewrites both; look at them before you commit them.
"""

from __future__ import annotations

import difflib
import io
from pathlib import Path

import pytest
from PIL import Image

from producer.fonts.library import FontLibrary
from producer.layouts import Layout
from tests.golden import pictures
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
    return set_features(read_features(), tmp_path_factory.mktemp("golden"), tabloid, fonts)


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


def test_goldens_are_of_features_that_are_there() -> None:
    assert {path.stem for path in EXPECTED.iterdir()} == set(FEATURES)
    assert {path.stem for path in pictures.FOLDER.iterdir()} == set(pictures.PICTURES)
    assert len(set(FEATURES)) == len(FEATURES)


@pytest.mark.parametrize("id", FEATURES)
def test_golden_texts_are_small(id: str) -> None:
    assert len((EXPECTED / f"{id}.txt").read_text("utf-8").splitlines()) <= MOST_LINES
