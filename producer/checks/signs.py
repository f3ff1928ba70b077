"""Which characters are Chinese, and what within Chinese text has marks of its own."""

from __future__ import annotations

import re
from typing import NamedTuple

HAN = "\u3007\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff"
OPENERS, CLOSERS = "“‘《〈（【〔「『", "”’》〉）】〕」』"
PAIRS = dict(zip(OPENERS, CLOSERS, strict=True))
# Addresses keep their own marks, all but those that end a clause behind them.
_ADDRESS = re.compile(
    r"(?:(?:https?://|www\.)[!-~]+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
    r"|(?:[A-Za-z0-9-]+\.)+[A-Za-z]{2,}(?:/[!-~]*)?)(?<![,.;:?!)\"'])",
    re.ASCII,
)
_IS_HAN = re.compile(f"[{HAN}]")
_IS_CHINESE = re.compile(f"[{HAN}{OPENERS}{CLOSERS}，。、；：？！…—％℃]")
# Full-width digits and letters are a fault of their own; the numbers that they make are read.
_FOLD = {code: code - 0xFEE0 for code in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF5B))}
_FOLD = {code: sign for code, sign in _FOLD.items() if chr(sign).isalnum()}
_FOLD |= {ord("％"): ord("%"), ord("．"): ord(".")}


class Pairing(NamedTuple):
    """The marks that pair, by the place of the opening one, and those that do not."""

    pairs: dict[int, int]
    within: dict[int, tuple[int, ...]]
    lone: tuple[int, ...]


def is_han(sign: str) -> bool:
    """Whether the text begins with an ideograph."""
    return bool(_IS_HAN.match(sign))


def has_han(text: str) -> bool:
    """Whether there is an ideograph in the text."""
    return bool(_IS_HAN.search(text))


def is_chinese(sign: str) -> bool:
    """Whether the text begins with an ideograph or a mark that only Chinese text has."""
    return bool(_IS_CHINESE.match(sign))


def is_latin(sign: str) -> bool:
    """Whether a character is a letter or digit of ASCII."""
    return sign.isascii() and sign.isalnum()


def fold(text: str) -> str:
    """The text with plain digits, letters and signs of numbers for full-width ones."""
    return text.translate(_FOLD)


def addresses(text: str) -> set[int]:
    """The places of all characters of addresses (of sites and for mail)."""
    return {at for found in _ADDRESS.finditer(text) for at in range(*found.span())}


def _is_apostrophe(text: str, at: int) -> bool:
    """Whether a mark stands behind a Latin letter, or for the century of a year (’98)."""
    return is_latin(fold(text[at - 1 : at])) or bool(re.match(r"\d\d(?!\d)", text[at + 1 :]))


def pairing(text: str) -> Pairing:
    """Which quotes and brackets of a text pair; none may cross another."""
    opened: list[int] = []
    pairs: dict[int, int] = {}
    within: dict[int, tuple[int, ...]] = {}
    lone: list[int] = []
    for at, sign in enumerate(text):
        if sign in PAIRS:
            within[at] = tuple(opened)
            opened.append(at)
        elif sign in CLOSERS:
            fitting = [i for i, start in enumerate(opened) if PAIRS[text[start]] == sign]
            if sign == "’" and not fitting and _is_apostrophe(text, at):
                continue
            if not fitting:
                lone.append(at)
                continue
            lone += opened[fitting[-1] + 1 :]
            pairs[opened[fitting[-1]]] = at
            del opened[fitting[-1] :]
    return Pairing(pairs, within, tuple(sorted(lone + opened)))
