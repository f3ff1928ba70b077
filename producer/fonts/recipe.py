"""The recipe fonts/fonts.yaml as data: which faces there are, and where each comes from."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any, Literal

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError

from producer.errors import ExitCode, Place, ProducerError, problem

Origin = Literal["npm", "apt"]
# Where the ink of a character stands in its em.
Ink = Literal["left", "middle", "right"]

# What else than the recipe decides the bytes of a face: this package's modules and these.
_LIBRARIES = ("uharfbuzz", "fonttools", "east_asian_spacing")
_MODULES = ("charset.py", "cut.py", "naming.py")


class FontError(ProducerError):
    """The faces cannot be built: where, why, and what to do about it."""

    def __init__(self, place: Path | str, cause: str, mend: str) -> None:
        found = problem("fonts.build", Place(str(place)), cause=cause, mend=mend)
        super().__init__(found, ExitCode.SETUP)
        self._text = f"error  {place}\n  {cause}\n    → {mend}"

    def __str__(self) -> str:
        return self._text


@dataclass(frozen=True)
class Face:
    """One face: its names and weight, and its file in either source.

    `npm_file` is a path in the package, `apt_file` one under /usr/share/fonts. `script` is the
    ISO 15924 code of what the face is for, empty for a Chinese one.
    """

    key: str
    family: str
    style: str
    weight: int
    licence: str
    script: str
    is_kept_full: bool
    npm_package: str
    npm_file: str
    npm_sha256: str
    apt_file: str
    apt_index: int
    cells: tuple[tuple[str, Ink], ...]


@dataclass(frozen=True)
class Recipe:
    """All faces, the Debian packages that have them, and a digest of what decides them."""

    faces: tuple[Face, ...]
    apt_packages: tuple[str, ...]
    digest: str


def load_recipe(path: Path) -> Recipe:
    """Read the recipe.

    Raises:
        FontError: where the file is missing, is not YAML or lacks an entry.
    """
    try:
        raw = YAML(typ="safe").load(path)
        faces = tuple(_face(key, entry, raw["sources"]) for key, entry in raw["faces"].items())
        return Recipe(faces, tuple(raw["apt"]), recipe_digest(path))
    except KeyError as error:
        raise FontError(path, f"no entry {error}", "write it as the other faces have it") from error
    except MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 0
        cause = error.problem or "this is not YAML"
        raise FontError(f"{path}:{line}", cause, "correct the line, or the one before") from error
    except OSError as error:
        cause = error.strerror or str(error)
        raise FontError(path, cause, "check out the project's folder fonts/ again") from error


def _face(key: str, entry: dict[str, Any], sources: dict[str, dict[str, Any]]) -> Face:
    source, npm, apt = sources[entry["source"]], entry["npm"], entry["apt"]
    return Face(
        key=key,
        family=entry["family"],
        style=entry["style"],
        weight=entry["weight"],
        licence=source["licence"],
        script=entry.get("script", ""),
        is_kept_full=entry.get("full", False),
        npm_package=source["npm"],
        npm_file=npm["file"],
        npm_sha256=npm["sha256"],
        apt_file=apt["file"],
        apt_index=apt["index"],
        cells=tuple(source.get("cells", {}).items()),
    )


def recipe_digest(path: Path) -> str:
    """Digest of all that decides the built bytes: the recipe, the code, the libraries."""
    here = Path(__file__).parent
    parts = [path.read_bytes(), *((here / name).read_bytes() for name in _MODULES)]
    parts += [f"{name}=={version(name)}".encode() for name in _LIBRARIES]
    return hashlib.sha256(b"\0".join(parts)).hexdigest()
