"""A paragraph's tokens as runs: styles settled, line breaks resolved, like neighbours joined."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from markdown_it.token import Token

from producer.markdown.scripts import KEPT_SPACE, NO_SPACE, SOFT
from producer.model import Run, RunStyle

# A run has one style: what stands first here wins within the others and around them.
_RANK: tuple[RunStyle, ...] = ("strong", "dotted", "emphasis")
_STYLE_OF: dict[str, RunStyle] = {"strong": "strong", "mark": "dotted", "em": "emphasis"}


class _Look(NamedTuple):
    """What neighbours must have in common to be one run; every reading is one of its own."""

    style: RunStyle
    link: str | None
    ruby: str | None = None
    number: int = 0


def runs_of(tokens: Iterable[Token], keep_lines: bool) -> list[Run]:
    """A paragraph's runs; with `keep_lines` every line break of the file is one of the text."""
    pieces = list(_pieces(tokens, "\n" if keep_lines else SOFT))
    texts = _join_lines([text for text, _ in pieces])
    looks = [look for _, look in pieces]
    shown = [pair for pair in zip(looks, texts, strict=True) if pair[1]]
    return [
        Run(
            text="".join(text for _, text in group),
            style=look.style,
            link=look.link,
            ruby=look.ruby,
        )
        for look, group in itertools.groupby(shown, key=lambda pair: pair[0])
    ]


def _pieces(tokens: Iterable[Token], soft: str) -> Iterator[tuple[str, _Look]]:
    depths = dict.fromkeys(_RANK, 0)
    link: str | None = None
    for number, token in enumerate(tokens, 1):
        style: RunStyle = next((style for style in _RANK if depths[style]), "regular")
        if token.tag in _STYLE_OF:
            depths[_STYLE_OF[token.tag]] += token.nesting
        elif token.tag == "a":
            link = str(token.attrs["href"]) if token.nesting > 0 else None
        elif token.type == "note":
            yield token.content, _Look("note", link)
        elif token.type == "ruby":
            yield token.content, _Look(style, link, token.meta["reading"], number)
        elif token.type in ("softbreak", "hardbreak"):
            yield soft if token.type == "softbreak" else "\n", _Look(style, link)
        else:
            yield token.content.replace(KEPT_SPACE, "\u3000"), _Look(style, link)


def _join_lines(texts: list[str]) -> list[str]:
    """The texts with each soft break as a space, or nothing where both sides are CJK."""
    whole = "".join(texts)
    starts = itertools.accumulate((len(text) for text in texts), initial=0)

    def gap(at: int) -> str:
        around = f"{whole[max(at - 1, 0) : at]}\n{whole[at + 1 : at + 2]}"
        return "" if NO_SPACE.match(around) else " "

    def joined(text: str, start: int) -> str:
        return re.sub(SOFT, lambda soft: gap(start + soft.start()), text)

    return [joined(text, start) for text, start in zip(texts, starts, strict=False)]
