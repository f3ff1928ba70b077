"""Where a headline may be parted: at gaps, marks and words, and how well the lines then read."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import IntEnum
from itertools import accumulate, combinations, pairwise
from typing import NamedTuple

import rjieba

from producer.compose.classes import Class, class_of, may_break

# Between the clauses of a headline stands a gap where a side is Chinese; its width is layout data.
PART_GAP = "\u3000"

# Characters that begin no line (的士 and 了解 with them), and that end none.
_NO_START, _NO_END = frozenset("的了得"), frozenset("和与及或把被将让给")
# Parts of speech as the segmenter names them. Particles (助词、语气词、后缀) belong to what stands
# before, prepositions and conjunctions to what follows: no line is parted there …
_PARTICLES, _LEADING = ("u", "k", "y"), ("p", "c")
# … and none, if it can be had, before a localizer (里) or a verb's complement (长出), or behind
# a numeral, a measure word, an adverb or a verb that does a preposition's work.
_LOCALIZERS, _VERBS, _COUNTING = ("f",), ("v",), ("m", "q", "d")
_COVERBS = frozenset("到在从向往是")
_CLAUSE_ENDS = frozenset("，；：。！？")
_TITLES = re.compile(r"《[^》]*》|〈[^〉]*〉|（[^）]*）")
_QUOTES = re.compile(r"“[^”]*”|‘[^’]*’|『[^』]*』|「[^」]*」")


class Word(NamedTuple):
    """A word and its part of speech."""

    text: str
    tag: str


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
    words = [Word(*tagged) for tagged in rjieba.tag(text)]
    between_words = dict(
        zip(accumulate(len(word.text) for word in words), pairwise(words), strict=False)
    )
    titles = {at for match in _TITLES.finditer(text) for at in _inner(match)}
    quoted = {at for match in _QUOTES.finditer(text) for at in _inner(match)}
    grades = {}
    for at in range(1, len(text)):
        if may_break(text[at - 1], text[at]) and not text[at].isspace():
            grade = Grade.POOR if at in titles else _grade(text, at, between_words.get(at))
            grades[at] = max(grade, Grade.LOOSE) if at in quoted else grade
    return grades


def _inner(match: re.Match[str]) -> range:
    return range(match.start() + 1, match.end())


def _grade(text: str, at: int, words: tuple[Word, Word] | None) -> Grade:
    before, after = text[at - 1], text[at]
    if before.isspace():
        return Grade.GAP if before == PART_GAP else Grade.WORD
    if before in _CLAUSE_ENDS:
        return Grade.MARK
    # A number keeps its unit (2.8公里), whatever the dictionary says.
    if words is None or before.isdigit() or after in _NO_START or before in _NO_END:
        return Grade.POOR
    return _grade_of_words(*words)


def _grade_of_words(ending: Word, beginning: Word) -> Grade:
    """How well one word may end a line and the next begin one."""
    if beginning.tag.startswith(_PARTICLES) or ending.tag.startswith(_LEADING):
        return Grade.POOR
    if ending.tag.startswith("m") and beginning.tag.startswith(("m", "q")):
        return Grade.POOR
    is_complement = beginning.tag.startswith(_VERBS) and len(beginning.text) == 1
    if is_complement and ending.tag.startswith(_VERBS):
        return Grade.LOOSE
    leads_on = ending.tag.startswith(_COUNTING) or ending.text in _COVERBS
    return Grade.LOOSE if leads_on or beginning.tag.startswith(_LOCALIZERS) else Grade.WORD


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
