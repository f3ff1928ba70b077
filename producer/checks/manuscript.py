"""A file as its editor saved it, and edits that leave all else byte for byte."""

from __future__ import annotations

import bisect
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import NamedTuple

_BOM = "\ufeff"


class Edit(NamedTuple):
    """New text for the characters `start` to `end` of a manuscript's `text`."""

    start: int
    end: int
    text: str


@dataclass(frozen=True)
class Manuscript:
    """A file of the issue.

    Attributes:
        file: Its name for messages.
        path: Its name within the issue's folder.
        raw: What it holds, with its own line ends.
    """

    file: str
    path: str
    raw: str

    @cached_property
    def _kept(self) -> list[int]:
        """Where each character of `text` stands in `raw`: no mark of byte order, no CR LF."""
        raw = self.raw
        return [
            at
            for at, sign in enumerate(raw)
            if not (sign == "\r" and raw[at + 1 : at + 2] == "\n") and (at or sign != _BOM)
        ]

    @cached_property
    def text(self) -> str:
        """The text that was loaded: every line ends in a newline alone."""
        return "".join(self.raw[at] for at in self._kept)

    @cached_property
    def _line_starts(self) -> list[int]:
        return [0, *(at for at, sign in enumerate(self.text, 1) if sign == "\n")]

    def line(self, at: int) -> int:
        """The line, from 1, of a character of `text`."""
        return bisect.bisect_right(self._line_starts, at)

    def line_start(self, line: int) -> int:
        """Where a line of `text` begins; behind the last line, where the text ends."""
        starts = self._line_starts
        return starts[line - 1] if line <= len(starts) else len(self.text)

    def mended(self, edits: Iterable[Edit]) -> Manuscript:
        """The file with edits made; of two that touch the same characters the first is made."""
        raw, kept, last = self.raw, self._kept, len(self.text) + 1
        for edit in sorted(edits, reverse=True):
            if edit.end <= last:
                raw = f"{raw[: kept[edit.start]]}{edit.text}{raw[kept[edit.end - 1] + 1 :]}"
                last = edit.start
        return replace(self, raw=raw)
