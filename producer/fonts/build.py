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
# Groups of the manifest: faces cut to the lean set, whole ones for rare characters, and those of
# other scripts.
_LEAN, _FULL, _SCRIPTS = "faces", "full", "scripts"


@dataclass(frozen=True)
class _Task:
    """One file to build: a face in its lean or its full form, or one of another script."""

    group: str
    face: Face
    source: Source
    folder: Path

    @property
    def file(self) -> str:
        """The file's path in the built folder; Debian's Noto has CFF outlines."""
        suffix = ".otf" if self.source.path.suffix in (".ttc", ".otf") else ".ttf"
        return f"{'full/' if self.group == _FULL else ''}{self.face.key}{suffix}"

    @property
    def entry(self) -> dict[str, str | int]:
        """What the manifest says of the file, but for its origin and digest."""
        face = self.face
        script: dict[str, str | int] = {"script": face.script} if face.script else {}
        return script | {
            "family": f"{face.family} Full" if self.group == _FULL else face.family,
            "file": self.file,
            "licence": face.licence,
            "weight": face.weight,
        }


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
    for group in (_LEAN, _FULL, _SCRIPTS):
        yield from manifest.get(group, {}).values()


def _build_all(recipe: Recipe, sources: Sources, folder: Path) -> list[tuple[_Task, str]]:
    """Build every face; each task with the sha256 of its file."""
    tasks = [
        _Task(group, face, sources.files[face.key], folder)
        for group in (_LEAN, _FULL, _SCRIPTS)
        for face in recipe.faces
        if _is_in(group, face)
    ]
    with ProcessPoolExecutor() as pool:
        return list(zip(tasks, pool.map(_build, tasks), strict=True))


def _is_in(group: str, face: Face) -> bool:
    if group == _FULL:
        return face.is_kept_full
    return bool(face.script) == (group == _SCRIPTS)


def _build(task: _Task) -> str:
    # Here, not above: importing the font libraries costs more than finding nothing to do.
    from producer.fonts.cut import cut_face, script_face, whole_face

    make = {_LEAN: cut_face, _FULL: whole_face, _SCRIPTS: script_face}[task.group]
    data = make(task.source.path, task.source.index, task.face)
    write_whole(task.folder / task.file, data)
    return hashlib.sha256(data).hexdigest()


def _write_manifest(
    folder: Path, recipe: Recipe, sources: Sources, entries: list[tuple[_Task, str]]
) -> None:
    manifest: dict[str, Any] = {"origin": sources.origin, "recipe": recipe.digest}
    manifest |= {_LEAN: {}, _FULL: {}, _SCRIPTS: {}}
    for task, digest in entries:
        built = {"origin": sources.origin, "sha256": digest}
        manifest[task.group][task.face.key] = task.entry | built
    text = json.dumps(manifest, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    write_whole(folder / MANIFEST, text.encode())
