"""Rare characters: those that readers' own fonts may lack get a small font of their own.

The body's font is not embedded: a subset of an issue's 1,600 characters is 640 KB, and people
read in the font that they have chosen. A character outside the lean faces (GB/T 2312 and the
通用规范汉字表) is one that a reader may show as a box.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import uharfbuzz as hb

from producer.epub.pictures import Resource
from producer.fonts.library import FontLibrary
from producer.model import Issue

FAMILY = "Rare Characters"
_BODY_FACE = "song"
_TRUETYPE = b"\0\1\0\0"


@dataclass(frozen=True)
class RareFont:
    """The characters, and the subsets that have them, with the characters of each."""

    characters: str
    files: tuple[tuple[Resource, str], ...]

    @property
    def css(self) -> str:
        """The rules that the style sheet needs; nothing without rare characters."""
        if not self.files:
            return ""
        faces = [
            f'@font-face {{ font-family: "{FAMILY}"; src: url("{file.file}"); '
            f"unicode-range: {', '.join(f'U+{ord(one):X}' for one in characters)} }}\n"
            for file, characters in self.files
        ]
        return "".join(faces) + f'.rare {{ font-family: "{FAMILY}" }}\n'


def find_rare(issue: Issue, fonts: FontLibrary) -> RareFont:
    """The issue's rare characters, cut from the whole faces."""
    if _BODY_FACE not in fonts.keys:
        return RareFont("", ())
    of_face: dict[str, set[str]] = defaultdict(set)
    for character in sorted(set("".join(strings(_written(issue))))):
        face = fonts.face_for(_BODY_FACE, character)
        if face and fonts.is_whole(face):
            of_face[face].add(character)
    files = tuple(
        (_subset(fonts, face, of_face[face]), "".join(sorted(of_face[face])))
        for face in sorted(of_face)
    )
    characters = "".join(sorted(set().union(*of_face.values())))
    return RareFont(characters, files)


def _written(issue: Issue) -> list[Any]:
    """All that the book shows of an issue."""
    stories = [story.model_dump(exclude={"place"}) for story in issue.stories.values()]
    return [stories, issue.paper.model_dump(), issue.data.model_dump(), issue.facts.model_dump()]


def strings(data: Any) -> Iterable[str]:
    """Every string of nested data."""
    if isinstance(data, str):
        yield data
    elif isinstance(data, dict):
        for value in data.values():
            yield from strings(value)
    elif isinstance(data, list | tuple):
        for value in data:
            yield from strings(value)


def _subset(fonts: FontLibrary, key: str, characters: Iterable[str]) -> Resource:
    """A face's subset of a few characters, its layout features left out."""
    options = hb.SubsetInput()
    options.unicode_set.update(map(ord, characters))
    options.layout_feature_tag_set.clear()
    options.flags = hb.SubsetFlags.NO_HINTING | hb.SubsetFlags.NOTDEF_OUTLINE
    path = fonts.path(key)
    assert path is not None, "the library has told this face"
    face = hb.subset(hb.Face(hb.Blob.from_file_path(str(path))), options)
    data = bytes(face.blob.data)
    suffix = "ttf" if data.startswith(_TRUETYPE) else "otf"
    return Resource(f"fonts/rare-{key.removeprefix('full-')}.{suffix}", f"font/{suffix}", data)
