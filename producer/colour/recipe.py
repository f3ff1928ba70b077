"""The recipe colour/profiles.yaml: printing conditions, and how their profiles are fetched."""

from __future__ import annotations

import hashlib
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from producer.debian import download, unpack
from producer.errors import ExitCode, Place, ProducerError, problem


@dataclass(frozen=True)
class Condition:
    """A printing condition: its profile's file and digest, and its names in an output intent."""

    key: str
    file: str
    sha256: str
    name: str
    info: str


@dataclass(frozen=True)
class Recipe:
    """All printing conditions, and the Debian package that has their profiles."""

    path: Path
    package: str
    source: str
    folder: str
    conditions: dict[str, Condition]

    def built(self, condition: Condition) -> Path:
        """Where the profile lies once it is fetched."""
        return self.path.parent / "built" / condition.file


def load_recipe(folder: Path) -> Recipe:
    """Read `folder/profiles.yaml`.

    Raises:
        ProducerError: where it is missing, is not YAML or lacks an entry.
    """
    path = folder / "profiles.yaml"
    try:
        raw = YAML(typ="safe").load(path)
        conditions = {key: _condition(key, entry) for key, entry in raw["profiles"].items()}
        return Recipe(path, raw["package"], raw["source"], raw["folder"], conditions)
    except (OSError, YAMLError, KeyError, TypeError, AttributeError) as error:
        broken = problem("colour.recipe", Place(path.as_posix()), reason=str(error))
        raise ProducerError(broken, ExitCode.SETUP) from error


def _condition(key: str, entry: dict[str, Any]) -> Condition:
    names = entry["condition"], entry["condition_info"]
    return Condition(key, entry["file"], entry["sha256"], *names)


def is_built(recipe: Recipe, condition: Condition) -> bool:
    """Whether the profile is there, and is the one that the recipe pins."""
    path = recipe.built(condition)
    return path.is_file() and _digest(path) == condition.sha256


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def fetch_profiles(recipe: Recipe) -> tuple[str, ...]:
    """Fetch the profiles that are missing; their keys.

    An installed package serves as well as a download: the digest tells that it is the same file.

    Raises:
        ProducerError: where a profile cannot be had, or is not the one that the recipe pins.
    """
    missing = [each for each in recipe.conditions.values() if not is_built(recipe, each)]
    installed = Path("/") / recipe.folder
    if all((installed / each.file).is_file() for each in missing):
        _take(recipe, missing, installed)
    else:
        with tempfile.TemporaryDirectory() as scratch:
            _take(recipe, missing, _downloaded(recipe, Path(scratch)))
    return tuple(each.key for each in missing)


def _downloaded(recipe: Recipe, scratch: Path) -> Path:
    """The folder of the profiles in the package, unpacked below `scratch`."""
    failed = download([recipe.package], scratch, recipe.source)
    for package in scratch.glob("*.deb"):
        failed = failed or unpack(package, scratch / "debian")
    if failed:
        place = Place(recipe.path.as_posix())
        refused = problem("colour.fetch", place, package=recipe.package, reason=failed)
        raise ProducerError(refused, ExitCode.SETUP)
    return scratch / "debian" / recipe.folder


def _take(recipe: Recipe, missing: list[Condition], folder: Path) -> None:
    for condition in missing:
        path = folder / condition.file
        found = _digest(path) if path.is_file() else "-"
        if found != condition.sha256:
            place = Place(recipe.path.as_posix())
            other = problem("colour.digest", place, file=condition.file, found=found)
            raise ProducerError(other, ExitCode.SETUP)
        built = recipe.built(condition)
        built.parent.mkdir(parents=True, exist_ok=True)
        beside = built.with_name(f".{built.name}.{os.getpid()}")
        beside.write_bytes(path.read_bytes())
        beside.replace(built)
