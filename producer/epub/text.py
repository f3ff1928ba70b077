"""Running text as pieces that a template can write: styles, links, markers, other scripts."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from producer.epub.markers import Marker
from producer.epub.names import page_file, story_file
from producer.model import Block, RunStyle

# Scripts written from right to left, and the language tag that says no more than the script:
# Arabic letters may be Uyghur, Persian or Arabic.
_SCRIPTS = {
    "und-Hebr": "\u0590-\u05ff\ufb1d-\ufb4f",
    "und-Syrc": "\u0700-\u074f",
    "und-Thaa": "\u0780-\u07bf",
    "und-Arab": "\u0600-\u06ff\u0750-\u077f\u08a0-\u08ff\ufb50-\ufdff\ufe70-\ufefe",
}
_RTL = "".join(_SCRIPTS.values())
# What may stand within a stretch of such a script: spaces, digits and marks of both worlds.
_STRETCH = f"[{_RTL}](?:[{_RTL}\u200c\u200d\\s\\d.,:;!?'\"()/-]*[{_RTL}])?"
_RTL_LANGUAGES = frozenset("ar dv fa he ku ps sd ug ur yi".split())


@dataclass(frozen=True)
class Piece:
    """A stretch of text of one kind, a forced line break, or a page marker."""

    text: str = ""
    style: RunStyle = "regular"
    href: str | None = None
    script: str | None = None
    rare: bool = False
    is_break: bool = False
    marker: Marker | None = None


@dataclass(frozen=True)
class Paragraph:
    """A block of a story's body; `script` is set where it runs from right to left.

    `lines` are its lines if it is a stanza, else there is one.
    """

    kind: str
    lines: tuple[tuple[Piece, ...], ...]
    script: str | None


class TextSplitter:
    """Splits text into pieces; `rare` are the characters that have a font of their own."""

    def __init__(self, rare: str = "") -> None:
        self._rare = set(rare)
        rares = f"|[{re.escape(rare)}]+" if rare else ""
        self._special = re.compile(f"({_STRETCH}|\n{rares})")

    def paragraph(self, block: Block, at: int, markers: Sequence[Marker], verse: bool) -> Paragraph:
        """Block number `at` of a story, the markers that fall into it at their characters."""
        script = direction(block.text)
        own = [marker for marker in markers if marker.mark and marker.mark.block == at]
        pieces = tuple(self._pieces(block, own, script is None))
        return Paragraph(block.kind, _lines(pieces) if verse else (pieces,), script)

    def plain(self, text: str, mark_scripts: bool = True) -> tuple[Piece, ...]:
        """A headline, caption or cell; scripts are marked unless the whole runs as they do."""
        return tuple(self._split(text, "regular", None, mark_scripts))

    def _pieces(
        self, block: Block, markers: Sequence[Marker], mark_scripts: bool
    ) -> Iterator[Piece]:
        start = 0
        waiting = list(markers)
        for run in block.runs:
            href = link_target(run.link) if run.link else None
            stops = [marker.mark.offset - start for marker in waiting if marker.mark]
            inside = [stop for stop in stops if stop < len(run.text)]
            for begin, end in pairwise([0, *inside, len(run.text)]):
                yield from self._split(run.text[begin:end], run.style, href, mark_scripts)
                if waiting and end != len(run.text):
                    yield Piece(marker=waiting.pop(0))
            start += len(run.text)
        yield from (Piece(marker=marker) for marker in waiting)

    def _split(
        self, text: str, style: RunStyle, href: str | None, mark_scripts: bool
    ) -> Iterator[Piece]:
        for at, part in enumerate(self._special.split(text)):
            if not part:
                continue
            if not at % 2:
                yield Piece(part, style, href)
            elif part == "\n":
                yield Piece(style=style, href=href, is_break=True)
            elif part[0] in self._rare:
                yield Piece(part, style, href, rare=True)
            else:
                yield Piece(part, style, href, script=_script(part[0]) if mark_scripts else None)


def _lines(pieces: Iterable[Piece]) -> tuple[tuple[Piece, ...], ...]:
    """A stanza's lines."""
    lines: list[list[Piece]] = [[]]
    for piece in pieces:
        if piece.is_break:
            lines.append([])
        else:
            lines[-1].append(piece)
    return tuple(tuple(line) for line in lines)


def direction(text: str) -> str | None:
    """The script of a text that runs from right to left, by its first letter; else None."""
    for character in text:
        kind = unicodedata.bidirectional(character)
        if kind == "L":
            return None
        if kind in ("R", "AL"):
            return _script(character)
    return None


def is_rtl(language: str) -> bool:
    """Whether a language is written from right to left."""
    return language.split("-")[0] in _RTL_LANGUAGES or language.split("-")[-1] in ("Arab", "Hebr")


def _script(character: str) -> str:
    found = (tag for tag, letters in _SCRIPTS.items() if re.match(f"[{letters}]", character))
    return next(found, "und")


def link_target(link: str) -> str:
    """The document that `story:ID` or `page:4` leads to."""
    kind, _, name = link.partition(":")
    return story_file(name) if kind == "story" else page_file(int(name))
