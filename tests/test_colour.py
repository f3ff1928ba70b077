"""The printing conditions' profiles: pinned, named by the paper, and never a silent default."""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path

import pytest
from PIL import Image, ImageCms

from producer.colour.profile import Profile, load_profile
from producer.colour.recipe import fetch_profiles, load_recipe
from producer.errors import ExitCode, ProducerError
from tests.conftest import ROOT

COLOUR = ROOT / "colour"


@pytest.fixture(scope="module")
def newsprint() -> Profile:
    return load_profile("wan-ifra-26v5", COLOUR, ROOT)


def refusal(name: str, colour: Path, paper: Path) -> ProducerError:
    with pytest.raises(ProducerError) as refused:
        load_profile(name, colour, paper)
    return refused.value


def test_the_built_profiles_are_those_of_the_recipe() -> None:
    recipe = load_recipe(COLOUR)
    for condition in recipe.conditions.values():
        data = recipe.built(condition).read_bytes()
        assert hashlib.sha256(data).hexdigest() == condition.sha256
    assert fetch_profiles(recipe) == ()


def test_a_missing_profile_is_an_error_that_tells_how_to_get_it(tmp_path: Path) -> None:
    shutil.copy(COLOUR / "profiles.yaml", tmp_path)
    error = refusal("ifra-26v4", tmp_path, tmp_path / "paper")
    assert error.code == ExitCode.SETUP
    (found,) = error.problems
    assert found.id == "colour.missing" and found.place.file.endswith("paper/paper.yaml")
    assert "make colour" in found.mend()


def test_a_profile_that_was_tampered_with_is_missing(tmp_path: Path) -> None:
    shutil.copytree(COLOUR, tmp_path, dirs_exist_ok=True)
    path = tmp_path / "built" / "ISOnewspaper26v4.icc"
    path.write_bytes(path.read_bytes()[:-1] + b"\1")
    assert [each.id for each in refusal("ifra-26v4", tmp_path, ROOT).problems] == ["colour.missing"]


@pytest.mark.parametrize(
    ("name", "content", "id"),
    [
        ("coated", None, "colour.unknown"),
        ("gone.icc", None, "colour.file"),
        ("notes.icc", b"a text" * 40, "colour.kind"),
    ],
)
def test_other_names_are_refused(tmp_path: Path, name: str, content: bytes, id: str) -> None:
    if content:
        (tmp_path / name).write_bytes(content)
    assert [each.id for each in refusal(name, COLOUR, tmp_path).problems] == [id]


def test_a_paper_may_have_a_profile_of_its_own(tmp_path: Path, newsprint: Profile) -> None:
    (tmp_path / "plant.icc").write_bytes(newsprint.data)
    own = load_profile("plant.icc", COLOUR, tmp_path)
    assert own.data == newsprint.data
    assert own.name == "WAN-IFRAnewspaper26v5"


def test_a_screen_profile_is_not_for_printing(tmp_path: Path) -> None:
    screen = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB"))
    (tmp_path / "screen.icc").write_bytes(screen.tobytes())
    assert [each.id for each in refusal("screen.icc", COLOUR, tmp_path).problems] == ["colour.kind"]


def test_newsprint_takes_less_ink_than_its_limit(newsprint: Profile) -> None:
    """Black of a picture is made of four inks, under 240 % (measured: 231 %)."""
    steps = [x * 17 for x in range(16)]
    cube = Image.new("RGB", (16, 256))
    cube.putdata([(r, g, b) for r in steps for g in steps for b in steps])
    inks = newsprint.convert(cube).tobytes()
    most = max(sum(inks[at : at + 4]) for at in range(0, len(inks), 4)) / 2.55
    assert 220 < most < 232


def test_white_is_paper(newsprint: Profile) -> None:
    assert newsprint.inks((1, 1, 1)) == (0, 0, 0, 0)
