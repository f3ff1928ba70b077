"""Where Latin words, addresses and numbers may be broken: syllables by pyphen, URLs at marks."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from typing import NamedTuple

import pyphen

# At least so many letters stay before a hyphen and after it.
_BEFORE, _AFTER = 2, 3
# A compound breaks at its own hyphen only.
_WORD = re.compile(r"(?<![-‐–’])\b[^\W\d_]{5,}\b(?![-‐–])")
_TOKEN = re.compile(r"[!-~]{6,}")
# What a web or mail address has, and a word or number has not.
_ADDRESS = re.compile(r"://|^www\.|@|/|[a-z]\.[a-z]{2,}|[?&=_]", re.IGNORECASE)
# An address breaks after its marks (the mark shows that it goes on), never with a hyphen.
_AFTER_MARK = re.compile(r"(?<=[/._?&=@#~+-])(?=\w)")

HYPHEN = "-"
_HYPHEN_LATIN, _HYPHEN_CHINESE, _ADDRESS_COST = 2.0, 5.0, 3.0


class WordBreak(NamedTuple):
    """A break within a word: its cost, and whether a hyphen is set there."""

    cost: float
    is_hyphen: bool


def word_breaks(text: str, language: str, latin: bool) -> dict[int, WordBreak]:
    """Breaks within words and addresses by the offset of the character after them.

    Args:
        text: A paragraph.
        language: BCP 47; Latin words of Chinese text are taken for English.
        latin: Whether the paragraph is one of a Latin language.
    """
    breaks: dict[int, WordBreak] = {}
    addresses = [token.span() for token in _TOKEN.finditer(text) if _ADDRESS.search(token[0])]
    for start, end in addresses:
        for mark in _AFTER_MARK.finditer(text, start, end):
            if mark.start() > start + 1:
                breaks[mark.start()] = WordBreak(_ADDRESS_COST, False)
    cost = _HYPHEN_LATIN if latin else _HYPHEN_CHINESE
    for at in _syllables(text, language if latin else "en-US", addresses):
        breaks[at] = WordBreak(cost, True)
    return breaks


def _syllables(text: str, language: str, addresses: list[tuple[int, int]]) -> Iterator[int]:
    dictionary = _dictionary(language)
    if dictionary is None:
        return
    for word in _WORD.finditer(text):
        if not any(start <= word.start() < end for start, end in addresses):
            for at in dictionary.positions(word[0]):
                yield word.start() + at


@functools.cache
def _dictionary(language: str) -> pyphen.Pyphen | None:
    name = pyphen.language_fallback(language.replace("-", "_"))
    return pyphen.Pyphen(lang=name, left=_BEFORE, right=_AFTER) if name else None
