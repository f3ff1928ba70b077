"""Character classes and where a line may end: kinsoku (行首行尾禁则) at CLREQ's basic level.

Source: W3C CLREQ 3.1.3 and GB/T 15834-2011, 5.1; Latin words and numbers stay whole.
"""

from __future__ import annotations

import functools
import unicodedata
from enum import Enum, auto
from typing import NamedTuple

# Marks that may not begin a line (行首禁则).
NO_START = frozenset("、，。．：；！？”’）》〉】』」〕］｝·‧%％‰℃°′″…—–～/／,.:;!?)]}»›ー々")
# Marks that may not end a line (行尾禁则).
NO_END = frozenset("“‘（《〈【『「〔［｛￥¥$£€([{«‹#＃№")
# Full-width marks with a blank half: after closing and pausing marks, before opening ones.
CLOSING = frozenset("、，。．：；！？”’）》〉】』」〕］｝")
OPENING = frozenset("“‘（《〈【『「〔［｛")
# Marks that are set double and never parted: —— and …….
PAIRED = frozenset("—…⸺")


class Class(Enum):
    """What a character is to the line breaker."""

    IDEOGRAPH = auto()
    MARK = auto()
    LATIN = auto()
    SPACE = auto()


@functools.cache
def class_of(character: str) -> Class:
    """The class of one character."""
    if character.isspace():
        return Class.SPACE
    if unicodedata.east_asian_width(character) in "WF":
        return Class.MARK if unicodedata.category(character)[0] in "PS" else Class.IDEOGRAPH
    if character in "“”‘’—…·‧⸺" or 0x2460 <= ord(character) <= 0x24FF:
        return Class.MARK
    return Class.LATIN


class Boundary(NamedTuple):
    """What may happen between two adjacent characters."""

    may_break: bool
    is_stretchable: bool
    is_mixed: bool
    is_marks: bool


def between(before: str, after: str) -> Boundary:
    """Whether a line may end, and gaps may open, between two adjacent characters."""
    return _between(_example(before), _example(after))


@functools.cache
def _example(character: str) -> str:
    """One character for all that behave alike, so that few pairs are to be judged."""
    kind = class_of(character)
    if kind is Class.IDEOGRAPH and character not in NO_START:
        return "字"
    if kind is Class.LATIN and character.isalnum():
        return "a" if character.isalpha() else "1"
    return character


@functools.cache
def _between(before: str, after: str) -> Boundary:
    first, second = class_of(before), class_of(after)
    mixed = {first, second} == {Class.IDEOGRAPH, Class.LATIN}
    marks = before in CLOSING | OPENING and after in CLOSING | OPENING
    return Boundary(may_break(before, after), _is_stretchable(before, after), mixed, marks)


def may_break(before: str, after: str) -> bool:
    """Whether a line may end between two adjacent characters (kinsoku, whole words)."""
    if after.isspace() or before in NO_END or after in NO_START:
        return False
    if before.isspace():
        return True
    if before in PAIRED and after in PAIRED:
        return False
    if class_of(before) is Class.LATIN and class_of(after) is Class.LATIN:
        return before in "-/" and after.isalpha()
    return True


def _is_stretchable(before: str, after: str) -> bool:
    """Whether a line may be driven out between two characters: not inside words or ——."""
    if before in PAIRED and after in PAIRED:
        return False
    first, second = class_of(before), class_of(after)
    if Class.SPACE in (first, second):
        return first is Class.SPACE
    return not (first is Class.LATIN and second is Class.LATIN)
