"""Where a headline may be parted: at gaps, marks and words, and how well the lines then read."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import IntEnum
from itertools import accumulate, combinations, pairwise

import rjieba

from producer.compose.classes import Class, class_of, may_break

# Between the clauses of a headline stands a gap where a side is Chinese; its width is layout data.
PART_GAP = "\u3000"

# No line begins with a particle (的 了 得 are refused as characters, 的士 and 了解 with them) …
_NO_START_CHARACTERS = frozenset("的了得")
_NO_START_WORDS = frozenset("地 着 过 们 吗 呢 吧 啊 呀 嘛 之 者 等 所 起来".split())
# … and none ends with a word that leads on to the next.
_NO_END_CHARACTERS = frozenset("和与及")
_NO_END_WORDS = frozenset(
    "或 把 被 将 对 从 向 往 在 由 于 以 让 给 同 跟 并 而 且 为 第 每 该 以及 或者 并且".split()
)
# Adverbs belong to what follows: parted from it only where no better place is.
_LEADING_WORDS = frozenset(
    "不 未 没 很 最 更 再 又 也 都 就 才 仅 约 近 超 已 正 要 能 可 还".split()
)
_CLAUSE_ENDS = frozenset("，；：。！？")
_TITLES = re.compile(r"《[^》]*》|〈[^〉]*〉|（[^）]*）")
_QUOTES = re.compile(r"“[^”]*”|‘[^’]*’|『[^』]*』|「[^」]*」")


class Grade(IntEnum):
    """How good a place for a break is; what is worse than `LOOSE` is told to the editor."""

    GAP = 0
    MARK = 1
    WORD = 2
    LOOSE = 3
    POOR = 4


# A line shorter than this part of the longest is left over, not a line.
_SHORTEST = 0.4
# A break's cost beside raggedness: a clause of a third of the line is still kept whole.
_COSTS = {Grade.GAP: 0.0, Grade.MARK: 0.2, Grade.WORD: 1.0, Grade.LOOSE: 1.6, Grade.POOR: 4.0}


@dataclass(frozen=True)
class Broken:
    """One way to set a headline: its lines, the widest in em, the cost, and the worst break."""

    lines: tuple[str, ...]
    width_em: float
    cost: float = 0.0
    worst: Grade = Grade.GAP


def with_part_gaps(line: str) -> str:
    """Spaces beside Chinese become the gap between clauses; between Latin words they stay."""

    def gap(match: re.Match[str]) -> str:
        sides = (line[match.start() - 1], line[match.end()])
        latin = all(class_of(side) is Class.LATIN for side in sides)
        return " " if latin else PART_GAP

    return re.sub(r"(?<=\S)[ \u3000]+(?=\S)", gap, line)


@functools.lru_cache(maxsize=1024)
def break_grades(text: str) -> dict[int, Grade]:
    """Every offset before which a headline's line may begin, and how good that is."""
    starts = set(accumulate(map(len, rjieba.cut(text))))
    inside = {at for match in _TITLES.finditer(text) for at in _inner(match)}
    quoted = {at for match in _QUOTES.finditer(text) for at in _inner(match)}
    grades = {}
    for at in range(1, len(text)):
        if may_break(text[at - 1], text[at]) and not text[at].isspace():
            grade = _grade(text, at, starts)
            if at in inside:
                grade = Grade.POOR
            elif at in quoted:
                grade = max(grade, Grade.LOOSE)
            grades[at] = grade
    return grades


def _inner(match: re.Match[str]) -> range:
    return range(match.start() + 1, match.end())


def _grade(text: str, at: int, starts: set[int]) -> Grade:
    before, after = text[at - 1], text[at]
    if before.isspace():
        return Grade.GAP if before == PART_GAP else Grade.WORD
    if before in _CLAUSE_ENDS:
        return Grade.MARK
    # A number keeps its unit (2.8公里), whatever the dictionary says.
    if at not in starts or before.isdigit() or after in _NO_START_CHARACTERS:
        return Grade.POOR
    if before in _NO_END_CHARACTERS:
        return Grade.POOR
    ending, beginning = _word_before(text, at, starts), _word_after(text, at, starts)
    if ending in _NO_END_WORDS or beginning in _NO_START_WORDS:
        return Grade.POOR
    return Grade.LOOSE if ending in _LEADING_WORDS else Grade.WORD


def _word_before(text: str, at: int, starts: set[int]) -> str:
    return text[max((start for start in starts if start < at), default=0) : at]


def _word_after(text: str, at: int, starts: set[int]) -> str:
    return text[at : min(start for start in starts if start > at)]


def ways(text: str, count: int, worst: Grade, width: Callable[[str], float]) -> Iterator[Broken]:
    """Every way to set a text in so many lines with no break worse than `worst`.

    Lines of even width cost least; of the breaks, the gap between clauses.
    """
    grades = {at: grade for at, grade in break_grades(text).items() if grade <= worst}
    for cuts in combinations(grades, count - 1):
        edges = pairwise((0, *cuts, len(text)))
        lines = tuple(text[start:end].strip() for start, end in edges)
        widths = [width(line) for line in lines]
        is_short = min(widths) < _SHORTEST * max(widths)
        found = Grade.POOR if is_short else max(grades[at] for at in cuts)
        if found <= worst:
            mean = sum(widths) / count
            ragged = sum((each / mean - 1) ** 2 for each in widths)
            cost = ragged + sum(_COSTS[grades[at]] for at in cuts)
            yield Broken(lines, max(widths), cost, found)
