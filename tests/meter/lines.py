"""Lines of the running text, their columns, and in columns blocks with a right edge each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from tests.meter.characters import Character

# Marks that begin no line, and those that end none: the tables of CLREQ 3.1.3.
CLOSING = frozenset("，。、；：？！’”）》〉」』】〕〗…—·％,.;:?!)]%‰℃・‼⁇～–/")
OPENING = frozenset("‘“（《〈「『【〔〖([")
# Full-width marks, of which two together are squeezed.
FULL_MARKS = (CLOSING | OPENING) - set(",.;:?!)][(…—·%‰℃・‼⁇～–/")
# A paragraph may begin with these.
PARAGRAPH_STARTS = frozenset("—…")

_HALF_EM = 0.5
_SAME_SIZE = 0.06
# Body lines follow each other closer than this, in em.
NEXT_LINE_EM = 2.2
# And stanzas closer than this.
_STANZA_EM = 3.2


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

    def neighbours(self) -> Iterator[tuple[Character, Character, float]]:
        """Adjacent characters, and the room of spaces between them."""
        for (one, other), room in zip(pairwise(self.characters), self.before[1:], strict=True):
            if room is not None:
                yield one, other, room


@dataclass(frozen=True)
class Block:
    """Lines below one another without a head or picture between, and their column's edges."""

    page: int
    column: int
    left: float
    edge: float
    lines: tuple[Line, ...]
    size: float

    @property
    def measure_em(self) -> float:
        return (self.edge - self.left) / self.size

    def off(self, line: Line) -> float:
        """How far a line's end is from the edge, in pt.

        The blank half of a closing mark may hang over it (GB/T 15834, 5.1.10).
        """
        off, last = line.right - self.edge, line.characters[-1]
        half = _HALF_EM * self.size
        hangs = last.text in CLOSING and last.right - last.x > 1.5 * half
        return 0.0 if hangs and 0 < off <= 1.1 * half else off

    def goes_on(self, line: Line, following: Line | None) -> bool:
        """Whether a line is no paragraph's last: the next is not indented, and it is long."""
        if following is None or following.x - self.left >= 0.8 * self.size:
            return False
        return line.right - self.left > 0.6 * (self.edge - self.left)

    def has_room(self, line: Line, following: Line) -> bool:
        """Whether what the next line begins with would have fitted: then it was ended on purpose.

        So are lines of verse, and the last of a paragraph before one without indent.
        """
        return self.edge - line.right >= _first_unit(following) - 0.05 * self.size


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


def read_blocks(page: int, lines: Sequence[Line], size: float) -> list[Block]:
    """The lines in their columns, from left to right, and there in blocks from the top."""
    columns: dict[float, list[Line]] = {}
    lefts = Counter(round(line.x) for line in lines)
    for line in lines:
        columns.setdefault(_left_of(line.x, lefts, size), []).append(line)
    return [
        block
        for number, (left, column) in enumerate(sorted(columns.items()), 1)
        for block in _blocks(Block(page, number, left, 0.0, tuple(column), size))
    ]


def _left_of(x: float, lefts: Counter[int], size: float) -> float:
    """The left edge of a line's column: one that three lines share; first lines are 2 em in."""
    near = [each for each, count in lefts.items() if count > 2]
    near = sorted(each for each in near if -0.6 * size <= x - each <= 2.6 * size)
    if not near:
        return round(x)
    indented = [each for each in near if 1.6 * size <= x - each <= 2.4 * size]
    indented = [each for each in indented if lefts[each] >= lefts[round(x)]]
    if indented:
        return indented[-1]
    own = [each for each in near if abs(x - each) < 0.6 * size]
    return min(own, key=lambda each: abs(x - each)) if own else max(near, key=lambda e: lefts[e])


def _blocks(column: Block) -> Iterator[Block]:
    """A column's blocks. Frames one above the other may have different measures."""
    lines = sorted(column.lines, key=lambda line: -line.y)
    starts = [0] + [
        at
        for at, (one, other) in enumerate(pairwise(lines), 1)
        if one.y - other.y >= NEXT_LINE_EM * column.size
    ]
    common = _shared_edge(lines)
    blocks: list[Block] = []
    for start, end in pairwise([*starts, len(lines)]):
        own = lines[start:end]
        edge = _shared_edge(own) or common or max(map(_end, own))
        blocks.append(replace(column, edge=edge, lines=tuple(own)))
    while blocks:
        poem = _stanzas(blocks)
        yield from _as_verse(blocks[:poem])
        del blocks[:poem]


def _stanzas(blocks: Sequence[Block]) -> int:
    """How many blocks from the first on follow each other like stanzas: an empty row between."""
    count = 1
    while count < len(blocks):
        above, below = blocks[count - 1 : count + 1]
        distance = (above.lines[-1].y - below.lines[0].y) / above.size
        if distance > _STANZA_EM or above.edge != below.edge:
            break
        count += 1
    return count


def _as_verse(blocks: Sequence[Block]) -> list[Block]:
    """The blocks with their widest line's edge, if lines both pass the edge and end before it.

    Lines of verse often end alike, but no measure has made them do so.
    """
    slack = _HALF_EM * blocks[0].size
    passes = any(block.off(line) > slack for block in blocks for line in block.lines)
    ended = any(
        block.off(line) < -slack and block.goes_on(line, other) and block.has_room(line, other)
        for block in blocks
        for line, other in pairwise(block.lines)
    )
    if not (passes and ended):
        return list(blocks)
    widest = max(_end(line) for block in blocks for line in block.lines)
    return [replace(block, edge=widest) for block in blocks]


def _end(line: Line) -> float:
    return line.right


def _shared_edge(lines: Sequence[Line]) -> float | None:
    """The right edge that most lines share: at least three, and a quarter of all.

    Lines are counted in steps of a quarter point; the edge is the median of the fullest step.
    """
    steps: dict[int, list[float]] = {}
    for line in lines:
        steps.setdefault(round(line.right * 4), []).append(line.right)
    fullest = max(steps.values(), key=len)
    return median(fullest) if len(fullest) >= max(3, len(lines) / 4) else None


def _first_unit(line: Line) -> float:
    """Width of what a line begins with and a line end may not part: a word, a mark's neighbour."""
    end = 0
    while end < len(line.characters) - 1 and _holds(line, end):
        end += 1
    last = line.characters[end]
    return (last.x + line.size if last.is_ideograph else last.right) - line.x


def _holds(line: Line, at: int) -> bool:
    one, other = line.characters[at], line.characters[at + 1]
    if line.before[at + 1] != 0.0:
        return False
    if one.text in OPENING or other.text in CLOSING:
        return True
    return one.text.isascii() and other.text.isascii()
