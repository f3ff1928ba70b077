"""Lines of the running text, from characters in the order they were written."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from tests.meter.characters import Character

# Marks that begin no line, and those that end none: the tables of CLREQ 3.1.3.
CLOSING = frozenset("，。、；：？！’”）》〉」』】〕〗…—·％,.;:?!)]%‰℃・‼⁇～–/")
OPENING = frozenset("‘“（《〈「『【〔〖([")
# Full-width marks with a blank half, of which two together are squeezed.
FULL_MARKS = (CLOSING | OPENING) - set(",.;:?!)][(…—·%％‰℃・‼⁇～–/")
# A paragraph may begin with these.
PARAGRAPH_STARTS = frozenset("—…")

_SAME_SIZE = 0.06


@dataclass(frozen=True)
class Line:
    """Characters on one baseline; `before[i]` is the room that spaces take before character i.

    It is None where something of another size stands between: a superscript, an end mark.
    """

    characters: tuple[Character, ...]
    before: tuple[float | None, ...]
    size: float

    @property
    def text(self) -> str:
        return "".join(
            (" " if room and at else "") + each.text
            for at, (each, room) in enumerate(zip(self.characters, self.before, strict=True))
        )

    @property
    def x(self) -> float:
        return self.characters[0].x

    @property
    def y(self) -> float:
        return self.characters[0].y

    @property
    def right(self) -> float:
        """Where the last character's advance ends: an em for an ideograph, else as the font has."""
        last = self.characters[-1]
        return last.x + self.size if last.is_ideograph else last.right

    @property
    def first_unit(self) -> float:
        """Width of what it begins with and no line end may part: a word, a mark's neighbour."""
        end = 0
        while end < len(self.characters) - 1 and self._holds(end):
            end += 1
        last = self.characters[end]
        return (last.x + self.size if last.is_ideograph else last.right) - self.x

    def _holds(self, at: int) -> bool:
        one, other = self.characters[at : at + 2]
        if self.before[at + 1] != 0.0:
            return False
        if one.text in OPENING or other.text in CLOSING:
            return True
        return one.text.isascii() and other.text.isascii()

    def neighbours(self) -> Iterator[tuple[Character, Character, float]]:
        """Adjacent characters, and the room of spaces between them."""
        for (one, other), room in zip(pairwise(self.characters), self.before[1:], strict=True):
            if room is not None:
                yield one, other, room


def read_lines(characters: Sequence[Character], size: float) -> list[Line]:
    """The lines of a page of one size, in the order they were written.

    That order keeps columns apart that are only one em apart.
    """
    lines: list[Line] = []
    current: list[Character] = []
    before: list[float | None] = []
    room: float | None = 0.0
    for each in [*characters, None]:
        if each and abs(each.size - size) > _SAME_SIZE * size:
            room = None if _takes_room(each, current, size) else room
            continue
        if each and each.text.isspace():
            room = None if room is None else room + each.right - each.x
            continue
        if current and (each is None or _begins_line(current[-1], each, size)):
            lines.append(Line(tuple(current), (0.0, *before[1:]), size))
            current, before = [], []
        if each:
            current.append(each)
            before.append(room)
        room = 0.0
    return [line for line in lines if len(line.characters) > 1]


def _begins_line(last: Character, each: Character, size: float) -> bool:
    advance = last.right - last.x
    return (
        abs(each.y - last.y) > 0.3 * size
        or each.x < last.x - 0.6 * size
        or each.x - last.x > 2.4 * size + advance
    )


def _takes_room(each: Character, line: Sequence[Character], size: float) -> bool:
    """Whether a smaller or larger character stands in the line, not above or below its others."""
    return bool(line) and (
        abs(each.y - line[-1].y) < 0.6 * size and -0.1 * size < each.x - line[-1].right < 2.4 * size
    )
