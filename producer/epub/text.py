"""Running text as pieces that a template can write: styles, links, markers, other scripts."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from producer.epub.markers import Marker
from producer.epub.names import page_file, story_file
from producer.model import Block, BlockKind, Run, RunStyle

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
    """A stretch of text of one kind, a forced line break, or a page marker.

    Text that has a reading (注音) above it is in `base`, since a marker may stand in it.
    """

    text: str = ""
    style: RunStyle = "regular"
    href: str | None = None
    script: str | None = None
    rare: bool = False
    is_break: bool = False
    marker: Marker | None = None
    base: tuple[Piece, ...] = ()
    ruby: tuple[Piece, ...] = ()


@dataclass(frozen=True)
class Paragraph:
    """A block of a story's body; `script` is set where it runs from right to left.

    `lines` are its lines if it is a stanza, else there is one. `lead_in` stands before them;
    `drop_rows` are the rows of its first character, if that is a drop capital.
    """

    kind: BlockKind
    lines: tuple[tuple[Piece, ...], ...]
    script: str | None
    label: str | None = None
    lead_in: str | None = None
    drop_rows: int | None = None


class TextSplitter:
    """Splits text into pieces; `rare` are the characters that have a font of their own."""

    def __init__(self, rare: str = "") -> None:
        self._rare = set(rare)
        rares = f"|[{re.escape(rare)}]+" if rare else ""
        self._special = re.compile(f"({_STRETCH}|\n{rares})")

    def paragraph(self, block: Block, at: int, markers: Sequence[Marker]) -> Paragraph:
        """Block number `at` of a story, the markers that fall into it at their characters."""
        script = direction(block.text)
        own = [marker for marker in markers if marker.mark and marker.mark.block == at]
        pieces = tuple(self._pieces(block, own, script is None))
        lines = _lines(pieces) if block.kind == "verse" else (pieces,)
        return Paragraph(block.kind, lines, script, block.label)

    def plain(self, text: str, mark_scripts: bool = True) -> tuple[Piece, ...]:
        """A headline, caption or cell; scripts are marked unless the whole runs as they do."""
        return tuple(self._split(text, "regular", None, mark_scripts))

    def _pieces(
        self, block: Block, markers: Sequence[Marker], mark_scripts: bool
    ) -> Iterator[Piece]:
        start = 0
        waiting = [(marker.mark.offset, marker) for marker in markers if marker.mark]
        for run in block.runs:
            while waiting and waiting[0][0] <= start:
                yield Piece(marker=waiting.pop(0)[1])
            end = start + len(run.text)
            inside = [(stop - start, marker) for stop, marker in waiting if stop < end]
            waiting = waiting[len(inside) :]
            pieces = self._cut(run, inside, mark_scripts)
            if run.ruby:
                yield Piece(base=tuple(pieces), ruby=self.plain(run.ruby, mark_scripts=False))
            else:
                yield from pieces
            start = end
        yield from (Piece(marker=marker) for _, marker in waiting)

    def _cut(
        self, run: Run, markers: Sequence[tuple[int, Marker]], mark_scripts: bool
    ) -> Iterator[Piece]:
        """A run's pieces, with the markers before their characters."""
        href = link_target(run.link) if run.link else None
        begin = 0
        for stop, marker in markers:
            yield from self._split(run.text[begin:stop], run.style, href, mark_scripts)
            yield Piece(marker=marker)
            begin = stop
        yield from self._split(run.text[begin:], run.style, href, mark_scripts)

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
