"""Building fonts/built from the recipe: what is missing or stale, on all cores."""

from __future__ import annotations

import hashlib
import json
import tempfile
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from producer.fonts.recipe import Face, Recipe, load_recipe, recipe_digest
from producer.fonts.sources import Source, Sources, fetch_sources, file_digest, write_whole

RECIPE = "fonts.yaml"
BUILT = "built"
MANIFEST = "manifest.json"
# Groups of the manifest: faces cut to the lean set, and whole ones for rare characters.
_LEAN, _FULL = "faces", "full"


@dataclass(frozen=True)
class _Task:
    """One file to build: a face in its lean or its full form."""

    group: str
    face: Face
    source: Source
    folder: Path

    @property
    def file(self) -> str:
        """The file's path in the built folder; Debian's Noto has CFF outlines."""
        suffix = ".otf" if self.source.path.suffix in (".ttc", ".otf") else ".ttf"
        return f"{'full/' if self.group == _FULL else ''}{self.face.key}{suffix}"


def build_fonts(fonts: Path) -> str:
    """Build the faces of `fonts`/fonts.yaml if anything is missing or stale.

    Returns:
        One line that tells where the sources came from; empty if nothing was to do.

    Raises:
        FontError: where the sources cannot be had.
    """
    if not next(_stale(fonts), ""):
        return ""
    recipe = load_recipe(fonts / RECIPE)
    with tempfile.TemporaryDirectory(prefix="producer-fonts-") as scratch:
        sources = fetch_sources(recipe, Path(scratch))
        entries = _build_all(recipe, sources, fonts / BUILT)
    _write_manifest(fonts / BUILT, recipe, sources, entries)
    count = len(entries)
    if sources.origin == "npm":
        return f"fonts: {count} faces built from npm's pinned packages"
    return f"fonts: {count} faces built from Debian's packages ({sources.note})"


def check_fonts(fonts: Path) -> list[str]:
    """What is missing, stale or changed in `fonts`/built, byte for byte; empty if nothing."""
    found = list(_stale(fonts))
    if found:
        return found
    manifest = _read_manifest(fonts)
    return [
        f"{entry['file']} is not the file that was built"
        for entry in _entries(manifest)
        if file_digest(fonts / BUILT / entry["file"]) != entry["sha256"]
    ]


def _stale(fonts: Path) -> Iterator[str]:
    manifest = _read_manifest(fonts)
    if not manifest:
        yield f"{MANIFEST} is missing"
    elif manifest["recipe"] != recipe_digest(fonts / RECIPE):
        yield "the recipe or its code changed"
    for entry in _entries(manifest):
        if not (fonts / BUILT / entry["file"]).is_file():
            yield f"{entry['file']} is missing"


def _read_manifest(fonts: Path) -> dict[str, Any]:
    path = fonts / BUILT / MANIFEST
    manifest: dict[str, Any] = json.loads(path.read_text("utf-8")) if path.is_file() else {}
    return manifest


def _entries(manifest: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for group in (_LEAN, _FULL):
        yield from manifest.get(group, {}).values()


def _build_all(recipe: Recipe, sources: Sources, folder: Path) -> list[tuple[_Task, str]]:
    """Build every face; each task with the sha256 of its file."""
    tasks = [_Task(_LEAN, face, sources.files[face.key], folder) for face in recipe.faces]
    tasks += [
        _Task(_FULL, face, sources.files[face.key], folder)
        for face in recipe.faces
        if face.is_kept_full
    ]
    with ProcessPoolExecutor() as pool:
        return list(zip(tasks, pool.map(_build, tasks), strict=True))


def _build(task: _Task) -> str:
    # Here, not above: importing the font libraries costs more than finding nothing to do.
    from producer.fonts.cut import cut_face, rename_face

    make = rename_face if task.group == _FULL else cut_face
    data = make(task.source.path, task.source.index, task.face)
    write_whole(task.folder / task.file, data)
    return hashlib.sha256(data).hexdigest()


def _write_manifest(
    folder: Path, recipe: Recipe, sources: Sources, entries: list[tuple[_Task, str]]
) -> None:
    manifest: dict[str, Any] = {"origin": sources.origin, "recipe": recipe.digest}
    manifest |= {_LEAN: {}, _FULL: {}}
    for task, digest in entries:
        face = task.face
        manifest[task.group][face.key] = {
            "family": f"{face.family} Full" if task.group == _FULL else face.family,
            "file": task.file,
            "licence": face.licence,
            "origin": sources.origin,
            "sha256": digest,
            "weight": face.weight,
        }
    text = json.dumps(manifest, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    write_whole(folder / MANIFEST, text.encode())
