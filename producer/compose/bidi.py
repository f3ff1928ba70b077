"""Text of both directions (UAX #9): embedding levels, and a line's order from left to right.

Composing works in the order of reading; only a finished line is put into visual order, run by
run: the characters of a right-to-left run are turned, and its brackets mirrored (rule L4), by
HarfBuzz, which shapes it with `direction="rtl"`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby

from bidi import get_display

LEFT_TO_RIGHT, RIGHT_TO_LEFT = 0, 1
# The blocks set aside for right-to-left scripts, and the marks and controls of that direction.
_RIGHT_TO_LEFT = re.compile(
    "[\u0590-\u08ff\u200f\u202b\u202e\u2067\ufb1d-\ufdff\ufe70-\ufefc"
    "\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
# Where the library's account of a paragraph has the levels; text in it has its newlines escaped.
_LEVELS = "\n    levels: ["
_LEVEL = re.compile(r"Level\(\s*(\d+)")


def levels(text: str, base: int = LEFT_TO_RIGHT) -> list[int] | None:
    """The embedding level of each character of a paragraph: odd ones run right to left.

    `base` is the paragraph's own level (rule P3 is not asked). A newline ends a paragraph of the
    rules, so that a forced break parts the directions too.

    Returns:
        None if all characters run as a left-to-right paragraph does.
    """
    if not text or (base == LEFT_TO_RIGHT and not _RIGHT_TO_LEFT.search(text)):
        return None
    # `debug` is the library's way to tell levels: one for each byte of UTF-8.
    account = get_display(text, base_dir="LR"[base], debug=True)
    of_bytes = [int(level) for level in _LEVEL.findall(account.rpartition(_LEVELS)[2])]
    found, byte = [], 0
    for character in text:
        found.append(of_bytes[byte])
        byte += len(character.encode())
    return found


def line_levels(
    items: Sequence[str], levels: Sequence[int], base: int = LEFT_TO_RIGHT
) -> list[int]:
    """The levels of one line's items: blanks at its end stand where the paragraph ends (L1)."""
    inked = len(items)
    while inked and items[inked - 1].isspace():
        inked -= 1
    return [*levels[:inked], *[base] * (len(items) - inked)]


def visual_order(levels: Sequence[int]) -> list[int]:
    """The indices of a line's items from left to right (rule L2), given their levels.

    The rule stops at the lowest odd level; below it every stretch is turned twice.
    """
    order = list(range(len(levels)))
    for lowest in range(max(levels, default=0), 0, -1):
        start = 0
        for is_turned, stretch in groupby(level >= lowest for level in levels):
            end = start + len(list(stretch))
            if is_turned:
                order[start:end] = reversed(order[start:end])
            start = end
    return order
