"""The built faces: which file paints a character, and how HarfBuzz shapes a run."""

from __future__ import annotations

import functools
import json
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

import uharfbuzz as hb

from producer.errors import ExitCode, Place, ProducerError, problem

# The whole faces that are asked for a character outside the lean set, in this order.
_FULL_ORDER = ("song", "hei", "kai")


class Shaped(NamedTuple):
    """A glyph of a shaped run; advances are 1/1000 em, `cluster` a character's index."""

    glyph: int
    cluster: int
    advance: float


@dataclass(eq=False)
class Face:
    """A font file and the CSS family and weight under which WeasyPrint knows it."""

    key: str
    path: Path
    family: str
    weight: int
    font: hb.Font
    upem: int

    def has(self, character: str) -> bool:
        """Whether the face has a glyph of its own for the character."""
        return self.font.get_nominal_glyph(ord(character)) is not None

    def width(self, glyph: int) -> int:
        """A glyph's own advance in 1/1000 em, as it goes into a PDF's width table."""
        advance: int = self.font.get_glyph_h_advance(glyph)
        return round(advance * 1000 / self.upem)

    def ink(self, glyph: int) -> tuple[float, float]:
        """Top and bottom of a glyph's ink in em above the baseline."""
        extents = self.font.get_glyph_extents(glyph)
        top: float = extents.y_bearing / self.upem
        return top, top + extents.height / self.upem

    @property
    def middle_em(self) -> float:
        """How far above the baseline the middle between ascender and descender lies."""
        extents = self.font.get_font_extents("ltr")
        middle: float = (extents.ascender + extents.descender) / 2
        return middle / self.upem

    def shape(self, text: str, features: tuple[str, ...] = (), language: str = "") -> list[Shaped]:
        """Shape a run of one script direction, left to right."""
        buffer = hb.Buffer()
        buffer.add_str(text)
        buffer.guess_segment_properties()
        buffer.direction = "ltr"
        if language:
            buffer.language = language
        hb.shape(self.font, buffer, dict.fromkeys(features, True))
        scale = 1000 / self.upem
        return [
            Shaped(info.codepoint, info.cluster, position.x_advance * scale)
            for info, position in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True)
        ]


def _open_face(key: str, path: Path, family: str, weight: int) -> Face:
    face = hb.Face(hb.Blob.from_file_path(str(path)))
    return Face(key, path, family, weight, hb.Font(face), face.upem)


class FontLibrary:
    """All faces of `fonts/built/`, opened when first asked for."""

    def __init__(self, folder: Path) -> None:
        """Read the manifest that the font build leaves.

        Raises:
            ProducerError: when the fonts have not been built.
        """
        self.folder = folder
        path = folder / "manifest.json"
        if not path.is_file():
            raise ProducerError(
                problem("fonts.not-built", Place(folder.as_posix())), ExitCode.SETUP
            )
        manifest = json.loads(path.read_text("utf-8"))
        self.origin: str = manifest["origin"]
        self._entries: dict[str, dict[str, str | int]] = {
            **manifest["faces"],
            **{f"full-{key}": entry for key, entry in manifest["full"].items()},
        }
        self._faces: dict[str, Face] = {}
        self._painting: dict[str, dict[str, str | None]] = {}

    @property
    def keys(self) -> tuple[str, ...]:
        """The names of all faces, the whole ones as `full-song` and so on."""
        return tuple(self._entries)

    def face(self, key: str) -> Face:
        """A face by its name.

        Raises:
            ProducerError: for a name that the recipe does not have.
        """
        if key not in self._faces:
            entry = self._entries.get(key)
            if entry is None:
                known = ", ".join(sorted(self._entries))
                raise ProducerError(
                    problem("fonts.unknown-face", name=key, known=known), ExitCode.SETUP
                )
            path = self.folder / str(entry["file"])
            self._faces[key] = _open_face(key, path, str(entry["family"]), int(entry["weight"]))
        return self._faces[key]

    def path(self, name: str) -> Path | None:
        """The file of a face, for the renderer's fetcher."""
        entry = self._entries.get(name)
        return self.folder / str(entry["file"]) if entry else None

    def face_for(self, key: str, character: str) -> str | None:
        """The face that paints a character where `key` is wanted; None if no face can."""
        painting = self._painting.setdefault(key, {})
        if character not in painting:
            own = self.face(key).has(character)
            painting[character] = key if own else self._find_fallback(key, character)
        return painting[character]

    def _find_fallback(self, key: str, character: str) -> str | None:
        own = key.split("-")[0]
        for name in sorted(_FULL_ORDER, key=lambda full: full != own):
            full = f"full-{name}"
            if full in self._entries and self.face(full).has(character):
                return full
        return None

    def width_em(self, key: str, text: str, features: tuple[str, ...] = ()) -> float:
        """The width of a line of text in em, as it will be painted."""
        return (
            sum(
                glyph.advance
                for name, run in self.runs(key, text)
                for glyph in self.face(name or key).shape(run, features)
            )
            / 1000
        )

    def runs(self, key: str, text: str) -> list[tuple[str | None, str]]:
        """Split a text into stretches of one painting face; None where no face can."""
        return [
            (name, "".join(run))
            for name, run in groupby(text, lambda character: self.face_for(key, character))
        ]


@functools.cache
def open_library(folder: Path) -> FontLibrary:
    """The library of a folder, opened once in a process."""
    return FontLibrary(folder)
