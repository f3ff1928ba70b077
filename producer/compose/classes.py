"""Character classes and what may happen between two of them: breaks, gaps, squeezes.

Sources: W3C CLREQ 3.1.3 (行首行尾禁则) with its levels, GB/T 15834-2011 5.1, UAX #14 for
Latin words and numbers.
"""

from __future__ import annotations

import functools
import unicodedata
from enum import Enum, auto
from typing import Literal, NamedTuple

Kinsoku = Literal["none", "basic", "gb", "strict"]

# Marks of Chinese text that may not begin a line (行首禁则), by the level that forbids it first.
_NO_START: dict[Kinsoku, str] = {
    "none": "",
    "basic": "、，。．：；！？”’）》〉】』」〗〙〛〕］｝｠·‧・‥…⋯—⸺～〜‼⁇⁈⁉％℃․\u17d6\u232a",
    "gb": "／",
    "strict": "々〻ゝゞヽヾー゠ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ",
}
# Marks that may not end a line (行尾禁则).
_NO_END: dict[Kinsoku, str] = {
    "none": "",
    "basic": "“‘（《〈【『「〖〘〚〔［｛｟￥\u2329",
    "gb": "／",
    "strict": "",
}
_LEVELS: tuple[Kinsoku, ...] = ("none", "basic", "gb", "strict")
# Latin marks cling to their word at every level: that is no matter of house style.
_LATIN_CLOSING = frozenset(",.:;!?)]}%‰′″°–/¢-‐‒|\u00ad\u200b")
_LATIN_OPENING = frozenset("([{$€£¥#＃№±")
# No line ends beside a word joiner, spaces or not (UAX #14, LB 11).
WORD_JOINER = "\u2060"
_JOINERS = frozenset(WORD_JOINER + "\ufeff")
# Glue: no line ends beside these, nor beside straight quotes and guillemets, which open or
# close as their neighbours have it (LB 12 and 19).
_GLUE = frozenset("\u00a0\u202f\u2007\u2011\u2060\ufeff\"'«»‹›")
# What has no width has no air beside it, and no gap.
_ZERO_WIDTH = frozenset("\u200b\u200c\u200d\u2060\ufeff\u00ad")
_ZERO_WIDTH_SPACE = "\u200b"
# Shows as a hyphen where a line ends behind it; what such a hyphen says in the PDF.
SOFT_HYPHEN = "\u00ad"
# After these a compound may go on in the next line.
_HYPHENS = frozenset("-‐–/\u00ad")

# Full-width marks with a blank half: after closing and pausing marks, before opening ones.
CLOSING = frozenset("、，。．：；！？”’）》〉】』」〗〕］｝")
OPENING = frozenset("“‘（《〈【『「〖〔［｛")
# Marks that open a bracket: no line ends behind them, with a space or without (LB 14).
BRACKETS = OPENING | frozenset("([{\u2329")
# Marks that are set double and never parted: —— and …….
PAIRED = frozenset("—…⋯⸺")
# Marks that take one em where they stand double: ？！.
DOUBLED = frozenset("？！")
# Signs of a date or time that stay with the number before them.
_UNITS = frozenset("年月日号时分秒")

# Costs of a break, where one line's perfect spacing costs nothing and a bad line's about 10.
_AFTER_UNIT = 1.0
_NUMBER_AND_WORD = 0.5
_WITHIN_WORD = 3.0
# Full-width numbers (１９９８) of older files are too long for narrow columns to be kept whole.
_WITHIN_FULL_WIDTH = 2.0


class Class(Enum):
    """What a character is to the line breaker."""

    IDEOGRAPH = auto()
    MARK = auto()
    LATIN = auto()
    SPACE = auto()
    ZERO_WIDTH = auto()


class Squeeze(Enum):
    """What is driven in first: GB/T 15834 5.1.10, CLREQ 3.1.6; the last only in need."""

    BRACKET = 0
    PAUSE = 1
    GAP = 2
    STOP = 3


@functools.cache
def class_of(character: str) -> Class:
    """The class of one character."""
    if character.isspace():
        return Class.SPACE
    if character in _ZERO_WIDTH:
        return Class.ZERO_WIDTH
    if unicodedata.east_asian_width(character) in "WF":
        return Class.MARK if unicodedata.category(character)[0] in "PS" else Class.IDEOGRAPH
    if character in "“”‘’—…⋯·‧⸺‼⁇⁈⁉■□●○★◆▲" or 0x2460 <= ord(character) <= 0x24FF:
        return Class.MARK
    return Class.LATIN


@functools.cache
def sign_of(character: str) -> str:
    """One character for all that behave alike, so that few pairs are to be judged."""
    kind = class_of(character)
    if kind is Class.SPACE:
        return character if character in _GLUE else " "
    if _is_full_width_latin(character):
        return "Ａ"
    if 0x3380 <= ord(character) <= 0x33DF:
        return "年"
    if kind is Class.IDEOGRAPH and character not in _NO_START["strict"]:
        return "年" if character in _UNITS else "字"
    if kind is Class.LATIN and character.isalnum():
        return "1" if character.isdigit() else "a"
    if unicodedata.combining(character):
        return "a"
    return character


def _is_full_width_latin(character: str) -> bool:
    """Full-width digits and letters, of which older files have whole numbers."""
    return "\uff10" <= character <= "\uff5a" and character.isalnum()


@functools.cache
def squeeze_of(mark: str) -> Squeeze:
    """When a full-width mark's blank half is taken away."""
    if mark in "。．！？":
        return Squeeze.STOP
    return Squeeze.PAUSE if mark in "、，：；" else Squeeze.BRACKET


HALF_EM = 0.5


class Boundary(NamedTuple):
    """What may happen between two adjacent characters; `cost` is that of a break there."""

    may_break: bool
    cost: float
    is_stretchable: bool
    is_mixed: bool
    is_marks: bool


@functools.cache
def forbidden(level: Kinsoku) -> tuple[frozenset[str], frozenset[str]]:
    """The marks that may not begin, and that may not end a line."""
    levels = _LEVELS[: _LEVELS.index(level) + 1]
    start = "".join(_NO_START[each] for each in levels)
    end = "".join(_NO_END[each] for each in levels)
    return _LATIN_CLOSING | set(start), _LATIN_OPENING | set(end)


@functools.cache
def between(before: str, after: str, level: Kinsoku = "basic", latin: bool = False) -> Boundary:
    """What may happen between two characters, of a Chinese or a Latin paragraph."""
    first, second = class_of(before), class_of(after)
    breaks = may_break(before, after, level)
    marks = before in CLOSING | OPENING and after in CLOSING | OPENING
    mixed = not latin and {first, second} == {Class.IDEOGRAPH, Class.LATIN}
    stretchable = not latin and _is_stretchable(before, after)
    return Boundary(breaks, _cost(before, after) if breaks else 0.0, stretchable, mixed, marks)


def may_break(before: str, after: str, level: Kinsoku = "basic") -> bool:
    """Whether a line may end between two adjacent characters (kinsoku, whole words)."""
    no_start, no_end = forbidden(level)
    if before == _ZERO_WIDTH_SPACE != after:
        return not after.isspace() or after in _GLUE
    if after in _JOINERS or after == _ZERO_WIDTH_SPACE:
        return False
    if after in _GLUE or (before in _GLUE and not after.isspace()):
        return before.isspace() and before not in _GLUE
    if after.isspace() or before in no_end or after in no_start:
        return False
    return before.isspace() or not _is_one(before, after)


def _is_one(before: str, after: str) -> bool:
    """Pairs that stand for one thing: ——, ？！, 7月, words and numbers."""
    if _is_double(before, after) or (before.isdigit() and after in _UNITS):
        return True
    if class_of(before) is Class.IDEOGRAPH or class_of(after) is Class.IDEOGRAPH:
        return False
    if before in _HYPHENS:
        return not after.isalpha()
    if before == "×":
        return False
    return class_of(before) is Class.LATIN and class_of(after) is Class.LATIN


def _is_double(before: str, after: str) -> bool:
    return any(before in pair and after in pair for pair in (PAIRED, DOUBLED))


def _cost(before: str, after: str) -> float:
    if before in _UNITS and after.isdigit():
        return _AFTER_UNIT
    if _is_full_width_latin(after) and (_is_full_width_latin(before) or before == "．"):
        return _WITHIN_FULL_WIDTH
    if before.isdigit() and class_of(after) is Class.IDEOGRAPH:
        return _NUMBER_AND_WORD
    if class_of(before) is Class.LATIN and class_of(after) is Class.LATIN:
        return _WITHIN_WORD
    return 0.0


def _is_stretchable(before: str, after: str) -> bool:
    """Whether a line may be driven out between two characters: not inside words or ——."""
    first, second = class_of(before), class_of(after)
    if Class.ZERO_WIDTH in (first, second) or _is_double(before, after):
        return False
    if _is_full_width_latin(before) and _is_full_width_latin(after):
        return False
    if Class.SPACE in (first, second):
        return first is Class.SPACE
    return not (first is Class.LATIN and second is Class.LATIN)
