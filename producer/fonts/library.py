"""The built faces: which file paints a character, and how HarfBuzz shapes a run."""

from __future__ import annotations

import functools
import json
import unicodedata
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Literal, NamedTuple

import uharfbuzz as hb
from fontTools.unicodedata import script_extension, script_horizontal_direction

from producer.errors import ExitCode, Place, ProducerError, problem

# The whole faces that are asked for a character outside the lean set, in this order.
_FULL_ORDER = ("song", "hei", "kai")
# Marks and joiners: what they do to a letter, only the letter's own face can do.
_CLINGING = frozenset({"Mn", "Mc", "Me", "Cf"})
# Without a language HarfBuzz would take the machine's.
_NO_LANGUAGE = "und"

Direction = Literal["ltr", "rtl"]


class Shaped(NamedTuple):
    """A glyph of a shaped run; `cluster` is a character's index.

    The advance, and the offsets to the right and up at which it is painted, are 1/1000 em.
    """

    glyph: int
    cluster: int
    advance: float
    x_offset: float = 0.0
    y_offset: float = 0.0


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

    def sides(self, glyph: int) -> tuple[float, float]:
        """The left and right edge of a glyph's ink in em from its origin."""
        extents = self.font.get_glyph_extents(glyph)
        left: float = extents.x_bearing / self.upem
        return left, left + extents.width / self.upem

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

    def shape(
        self,
        text: str,
        features: tuple[str, ...] = (),
        language: str = "",
        direction: Direction = "ltr",
        script: str = "",
    ) -> list[Shaped]:
        """Shape a run of one script and direction; the glyphs stand from left to right.

        With "rtl" the clusters descend, and brackets are mirrored. `script` is an ISO 15924
        code; without one it is that of the first character that has any.
        """
        buffer = hb.Buffer()
        buffer.add_str(text)
        if script:
            buffer.script = script
        buffer.language = language or _NO_LANGUAGE
        buffer.guess_segment_properties()
        buffer.direction = direction
        hb.shape(self.font, buffer, dict.fromkeys(features, True))
        scale = 1000 / self.upem
        return [
            Shaped(
                info.codepoint,
                info.cluster,
                position.x_advance * scale,
                position.x_offset * scale,
                position.y_offset * scale,
            )
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
            **manifest.get("scripts", {}),
        }
        self._scripts: dict[str, str] = {
            key: entry["script"] for key, entry in manifest.get("scripts", {}).items()
        }
        self._faces: dict[str, Face] = {}
        self._painting: dict[str, dict[str, str | None]] = {}
        self._own: dict[str, set[str]] = {}

    @property
    def keys(self) -> tuple[str, ...]:
        """The names of all faces, the whole ones as `full-song` and so on."""
        return tuple(self._entries)

    @staticmethod
    def is_whole(key: str) -> bool:
        """Whether this is a whole Chinese face, which is there for rare characters."""
        return key.startswith("full-")

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
        """The face that paints a character where `key` is wanted; None if no face can.

        Asked in turn: the face itself, the faces of the character's script, the whole faces.
        """
        painting = self._painting.setdefault(key, {})
        if character not in painting:
            own = self.face(key).has(character)
            painting[character] = key if own else self._find_fallback(key, character)
        return painting[character]

    def paints(self, key: str, text: str) -> bool:
        """Whether a face has every character of a text itself."""
        own = self._own.setdefault(key, set())
        if not own.issuperset(text):
            own.update(one for one in set(text) - own if self.face_for(key, one) == key)
        return own.issuperset(text)

    def _find_fallback(self, key: str, character: str) -> str | None:
        own, scripts = key.split("-")[0], script_extension(character)
        whole = [f"full-{name}" for name in sorted(_FULL_ORDER, key=lambda full: full != own)]
        asked = [face for face, script in self._scripts.items() if script in scripts]
        # The other scripts' faces come last: joiners and the like are of no script.
        asked += [name for name in whole if name in self._entries]
        asked += self._scripts
        return next((name for name in asked if self.face(name).has(character)), None)

    def width_em(self, key: str, text: str, features: tuple[str, ...] = ()) -> float:
        """The width of a line of text in em, as it will be painted."""
        return (
            sum(
                glyph.advance
                for name, run in self.runs(key, text)
                for glyph in self._shape(name or key, run, features)
            )
            / 1000
        )

    def _shape(self, key: str, run: str, features: tuple[str, ...]) -> list[Shaped]:
        """Shape a run in its script's own direction: letters that join are as wide only so."""
        is_turned = script_horizontal_direction(self._scripts.get(key, "Hani")) == "RTL"
        return self.face(key).shape(run, features, direction="rtl" if is_turned else "ltr")

    def runs(self, key: str, text: str) -> list[tuple[str | None, str]]:
        """Split a text into stretches of one painting face; None where no face can.

        Marks and joiners stay with the letter before them, if its face has them.
        """
        if self.paints(key, text):
            return [(key, text)] if text else []
        names: list[str | None] = []
        for character in text:
            name = self.face_for(key, character)
            before = names[-1] if names else None
            if before and name != before and self._clings(before, character):
                name = before
            names.append(name)
        return [
            (name, "".join(character for _, character in run))
            for name, run in groupby(zip(names, text, strict=True), lambda pair: pair[0])
        ]

    def _clings(self, face: str, character: str) -> bool:
        return unicodedata.category(character) in _CLINGING and self.face(face).has(character)


@functools.cache
def open_library(folder: Path) -> FontLibrary:
    """The library of a folder, opened once in a process."""
    return FontLibrary(folder)
