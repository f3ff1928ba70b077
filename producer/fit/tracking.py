"""Along a headline's line: how wide it is, its tracking, and where it stands optically centred."""

from __future__ import annotations

import re

from producer.compose.classes import CLOSING, OPENING, Class, class_of
from producer.fit.headbreaks import PART_GAP
from producer.fonts.library import FontLibrary
from producer.typestyles import HeadPart

# Tracking is written to the hundredth of an em.
_STEP = 100
# Of these marks half weighs as the characters do.
_HEAVY = frozenset("！？")
_MARKS_BEFORE = re.compile(f"[{re.escape(''.join(sorted(OPENING)))}]*")
_MARKS_AFTER = re.compile(f"[{re.escape(''.join(sorted(CLOSING)))}]*$")


def line_width(fonts: FontLibrary, text: str, part: HeadPart) -> float:
    """The width of a horizontal line in em of its size, the gaps between clauses as set."""
    clauses = text.split(PART_GAP)
    widths = [fonts.width_em(part.face, clause, part.features) for clause in clauses]
    return sum(widths) + (len(clauses) - 1) * part.part_gap_em


def tracking(lines: tuple[str, ...], part: HeadPart, width_em: float, room_em: float) -> float:
    """Tracking in em between the characters of a headline of few (两字题、三字题、四字题).

    The number is that of the longest line's characters; only lines of nothing but ideographs
    are spread. It never costs size: what the room does not hold is left away.
    """
    if not all(class_of(character) is Class.IDEOGRAPH for line in lines for character in line):
        return 0.0
    longest = max(map(len, lines))
    wanted = part.tracking.get(longest, 0.0)
    if not wanted or longest < 2:
        return 0.0
    room = int((room_em - width_em) / (longest - 1) * _STEP + 1e-6) / _STEP
    return max(0.0, min(wanted, room))


def centred(
    fonts: FontLibrary, text: str, part: HeadPart, width_em: float, room_em: float
) -> float:
    """Where a line begins, in em, so that its characters stand in the middle of the room.

    Marks at the ends weigh little: half the difference of what stands before and after the
    characters is given back, as far as the line stays within the room.
    """
    ends = (_MARKS_BEFORE.match(text), _MARKS_AFTER.search(text))
    before, after = (_light(fonts, end[0], part) if end else 0.0 for end in ends)
    room = max(0.0, room_em - width_em)
    return min(max(0.0, (room + after - before) / 2), room)


def _light(fonts: FontLibrary, marks: str, part: HeadPart) -> float:
    """The width of marks in em, as far as the eye passes it over."""
    widths = ((mark, fonts.width_em(part.face, mark, part.features)) for mark in marks)
    return sum(width / 2 if mark in _HEAVY else width for mark, width in widths)
