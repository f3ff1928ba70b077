"""Where Latin words, addresses and numbers may be broken: syllables by pyphen, URLs at marks."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from typing import NamedTuple

import pyphen

# At least so many letters stay before a hyphen and after it.
_BEFORE, _AFTER = 2, 3
_WORD = re.compile(r"[^\W\d_]{5,}")
# A compound should break at its own hyphen.
_COMPOUND_COST = 2.0
_TOKEN = re.compile(r"[!-~]{6,}")
# What a web or mail address has, and a word or number has not.
_ADDRESS = re.compile(r"://|^www\.|@|/|[a-z]\.[a-z]{2,}|[?&=_]", re.IGNORECASE)
# An address breaks after its marks (the mark shows that it goes on), never with a hyphen.
_AFTER_MARK = re.compile(r"(?<=[/._?&=@#~+-])(?=\w)")

HYPHEN = "-"
_HYPHEN_LATIN, _HYPHEN_CHINESE, _ADDRESS_COST = 12.0, 5.0, 3.0


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
    for at, more in _syllables(text, language if latin else "en-US", addresses):
        breaks[at] = WordBreak(cost + more, True)
    return breaks


def _syllables(
    text: str, language: str, addresses: list[tuple[int, int]]
) -> Iterator[tuple[int, float]]:
    """Breaks between syllables, and what each costs more than others."""
    dictionary = _dictionary(language)
    if dictionary is None:
        return
    for word in _WORD.finditer(text):
        if not any(start <= word.start() < end for start, end in addresses):
            around = text[word.start() - 1 : word.start()] + text[word.end() : word.end() + 1]
            cost = _COMPOUND_COST if "-" in around else 0.0
            for at in dictionary.positions(word[0]):
                yield word.start() + at, cost


@functools.cache
def _dictionary(language: str) -> pyphen.Pyphen | None:
    name = pyphen.language_fallback(language.replace("-", "_"))
    return pyphen.Pyphen(lang=name, left=_BEFORE, right=_AFTER) if name else None
