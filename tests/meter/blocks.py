"""Columns and, in them, blocks of lines with one right edge."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from tests.meter.lines import CLOSING, FULL_MARKS, OPENING, Line

_HALF_EM = 0.5
# So many lines that begin or end alike are no chance.
_COLUMN_LINES = 3
# Body lines follow each other closer than this, in em; stanzas closer than that.
_NEXT_LINE_EM = 2.2
_NEXT_STANZA_EM = 3.2
# And text goes on below a subhead of two rows.
_SUBHEAD_EM = 4.5


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

    def goes_on(self, line: Line, following: Line) -> bool:
        """Whether a line is no paragraph's last: the next is not indented, and it is long."""
        if following.x - self.left >= 0.8 * self.size:
            return False
        return line.right - self.left > 0.6 * (self.edge - self.left)

    def has_room(self, line: Line, following: Line) -> bool:
        """Whether what the next line begins with would have fitted: then it was ended on purpose.

        So are lines of verse, and the last of a paragraph before one without indent.
        """
        return self.edge - line.right >= following.first_unit - 0.05 * self.size


def read_blocks(page: int, lines: Sequence[Line], size: float) -> list[Block]:
    """The lines in their columns, from left to right, and there in blocks from the top.

    Stray lines, of folios and captions, do not count in the columns' numbers.
    """
    columns: dict[float, list[Line]] = {}
    lefts = Counter(round(line.x) for line in lines)
    for line in lines:
        columns.setdefault(_left_of(line, lefts, size), []).append(line)
    _join_indented(columns, size)
    blocks: list[Block] = []
    number = 0
    for left, column in sorted(columns.items()):
        number += len(column) >= _COLUMN_LINES
        blocks += _blocks(Block(page, number, left, 0.0, tuple(column), size))
    return blocks


def _left_of(line: Line, lefts: Counter[int], size: float) -> float:
    """The left edge of a line's column: one that three lines share; first lines are 2 em in.

    An opening mark whose blank half was cut off begins half an em further left.
    """
    x, opens = line.x, line.characters[0].text in OPENING
    near = [each for each, count in lefts.items() if count >= _COLUMN_LINES]
    near = sorted(each for each in near if -0.6 * size <= x - each <= 2.6 * size)
    if not near:
        return round(x)
    indented = [each for each in near if 1.6 * size <= x - each <= 2.4 * size]
    indented = [each for each in indented if lefts[each] >= lefts[round(x)]]
    if indented:
        return indented[-1]
    own = [each for each in near if abs(x - each) < 0.6 * size]
    if own and not opens:
        return min(own, key=lambda each: abs(x - each))
    return max(own or near, key=lambda each: lefts[each])


def _join_indented(columns: dict[float, list[Line]], size: float) -> None:
    """Give runs of lines that stand 2 em in to the column that goes on above or below them.

    Many short paragraphs in a row look like a column of their own, but one without indents.
    """
    for left, right in [(one, two) for one in columns for two in columns]:
        if 1.6 * size <= right - left <= 2.4 * size:
            runs = list(_runs(columns[right], _SUBHEAD_EM * size))
            heights = [line.y for line in columns[left]]
            joined = [
                run
                for run in runs
                if max(line.x for line in run) - right < 0.6 * size
                and _is_near(run, heights, _SUBHEAD_EM * size)
            ]
            columns[left] = [*columns[left], *(line for run in joined for line in run)]
            columns[right] = [line for run in runs if run not in joined for line in run]
    for left in [left for left, lines in columns.items() if not lines]:
        del columns[left]


def _runs(lines: Sequence[Line], distance: float) -> Iterator[list[Line]]:
    """The lines from the top, parted where the next is that far away, in pt."""
    lines = sorted(lines, key=lambda line: -line.y)
    starts = [
        at for at, (one, other) in enumerate(pairwise(lines), 1) if one.y - other.y >= distance
    ]
    for start, end in pairwise([0, *starts, len(lines)]):
        yield lines[start:end]


def _is_near(run: Sequence[Line], heights: Sequence[float], distance: float) -> bool:
    top, bottom = run[0].y + distance, run[-1].y - distance
    return any(bottom < y < top for y in heights)


def _blocks(column: Block) -> Iterator[Block]:
    """A column's blocks. Frames one above the other may have different measures."""
    common = _shared_edge(column.lines)
    blocks: list[Block] = []
    for own in _runs(column.lines, _NEXT_LINE_EM * column.size):
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
        if distance > _NEXT_STANZA_EM or above.edge != below.edge:
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
    A closing mark may hang over the edge, so lines that end in one do not tell where it is,
    if others do.
    """
    plain = [line for line in lines if line.characters[-1].text not in FULL_MARKS]
    lines = plain if len(plain) >= _COLUMN_LINES else lines
    steps: dict[int, list[float]] = {}
    for line in lines:
        steps.setdefault(round(line.right * 4), []).append(line.right)
    fullest = max(steps.values(), key=len)
    return median(fullest) if len(fullest) >= max(_COLUMN_LINES, len(lines) / 4) else None
