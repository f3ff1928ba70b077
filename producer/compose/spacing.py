"""Gaps between a paragraph's clusters, and the places where its lines may end."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from itertools import accumulate
from typing import Any, NamedTuple

from producer.compose.classes import (
    BRACKETS,
    HALF_EM,
    SOFT_HYPHEN,
    Kinsoku,
    Squeeze,
    between,
    squeeze_of,
)
from producer.compose.hyphenation import WordBreak, word_breaks
from producer.compose.paragraph import Cluster, GlyphStyle, Paragraph

# A word space of Latin text gives and takes, in parts of its width (Knuth and Plass 1981: a
# third narrower to half again as wide); in Chinese it may become ½ em (CLREQ 3.2.4).
_SPACE_SHRINK, _SPACE_SPREAD, _SPACE_MOST_EM = 1 / 3, 1 / 2, 0.5
# So much wider than whole ems a list's label may be and have no em more.
_LABEL_SLACK = 0.05
# All but ideographs in a row, between which nothing happens and any line may end.
_SPECIAL = re.compile("[^字]+")
# Behind these a word may have begun that must go on.
_BEGINNINGS = " -"
_END = Cluster(" ", GlyphStyle(""), "", 0.0, 0.0, " ", " ")


@dataclass(frozen=True)
class Spacing:
    """House style of a line: kinsoku level and the CJK–Latin gap, in em."""

    kinsoku: Kinsoku = "basic"
    mixed_gap: float = 0.125
    mixed_least: float = 0.1
    mixed_most: float = 0.25
    tightest: float = 0.05
    gives_way: bool = True

    def plain(self) -> Spacing:
        """As the renderer sets a line: nothing gives way."""
        gap = self.mixed_gap
        return replace(self, mixed_least=gap, mixed_most=gap, gives_way=False)


class _Joint(NamedTuple):
    """What stands behind a cluster, and what may be done with it: see `Paragraph`."""

    gap: float = 0.0
    shrink: float = 0.0
    squeeze: int = Squeeze.GAP.value
    spread: float = 0.0
    opens: bool = True
    may_break: bool = False
    cost: float = 0.0


class Spacer:
    """Fills in what is between the clusters of paragraphs, by one house style."""

    def __init__(self, spacing: Spacing, hyphen_of: Callable[[str], Cluster]) -> None:
        """`hyphen_of` gives the hyphen of a face."""
        self.spacing = spacing
        self.hyphen_of = hyphen_of
        self._joints: dict[tuple[object, ...], _Joint] = {}

    def fill(
        self, paragraph: Paragraph, text: str, language: str, unbroken: set[int], hang: int
    ) -> None:
        """Fill in edges, gaps, sums and line ends from adjacent clusters.

        Args:
            paragraph: Has its clusters and offsets.
            text: Its characters; newlines are forced breaks.
            language: For hyphenation.
            unbroken: Clusters before which no line may end.
            hang: Clusters of a list's label, which is padded to whole ems.
        """
        spacing = self.spacing
        paragraph.kinsoku = spacing.kinsoku
        paragraph.tightest = spacing.tightest if spacing.gives_way else 0.0
        blank = [0.0] * len(paragraph.clusters)
        paragraph.blank_before = paragraph.blank_after = blank
        if spacing.gives_way:
            paragraph.blank_before = [cluster.blank_before for cluster in paragraph.clusters]
            paragraph.blank_after = [cluster.blank_after for cluster in paragraph.clusters]
        joints = self._fill_gaps(paragraph, hang)
        _fill_sums(paragraph)
        words = word_breaks(text, language, paragraph.is_latin)
        newlines = {at for at, character in enumerate(text) if character == "\n"}
        _fill_ends(paragraph, joints, words, newlines, self.hyphen_of)
        if unbroken:
            paragraph.breaks = [at for at in paragraph.breaks if at not in unbroken]

    def _fill_gaps(self, paragraph: Paragraph, hang: int) -> list[tuple[int, _Joint]]:
        """Fill in the gaps; returns the joints that are not plain, behind which cluster each."""
        clusters, count = paragraph.clusters, len(paragraph.clusters)
        paragraph.gap_after, paragraph.shrink_after = [0.0] * count, [0.0] * count
        paragraph.squeeze_after, paragraph.spread_after = [Squeeze.GAP.value] * count, [0.0] * count
        paragraph.stretch_after = [True] * count
        signs = "".join([cluster.first for cluster in clusters])
        special = []
        for found in _SPECIAL.finditer(signs):
            for at in range(max(0, found.start() - 1), min(found.end(), count - 1)):
                joint = self._joint(clusters[at], clusters[at + 1], paragraph.is_latin)
                special.append((at, joint))
                _put(paragraph, at, joint)
        if count:
            last = self._joint(clusters[-1], _END, paragraph.is_latin)
            _put(paragraph, count - 1, last._replace(opens=False))
        if hang:
            width = sum(each.width for each in clusters[:hang])
            padding = math.ceil(width - _LABEL_SLACK) - width
            _put(paragraph, hang - 1, _Joint(padding, opens=False))
        return special

    def _joint(self, before: Cluster, after: Cluster, latin: bool) -> _Joint:
        """The joint of two clusters; pairs of the same kinds come again and again."""
        key: tuple[object, ...]
        key = (before.last, after.first, before.blank_after, after.blank_before, latin)
        if before.last == " " or before.style.rise or after.style.rise:
            key = (*key, before.text, before.width, before.style.rise, after.style.rise)
        joint = self._joints.get(key)
        if joint is None:
            joint = self._joints[key] = _joint(before, after, self.spacing, latin)
        return joint


def _put(paragraph: Paragraph, at: int, joint: _Joint) -> None:
    paragraph.gap_after[at], paragraph.shrink_after[at] = joint.gap, joint.shrink
    paragraph.squeeze_after[at], paragraph.spread_after[at] = joint.squeeze, joint.spread
    paragraph.stretch_after[at] = joint.opens


def _joint(before: Cluster, after: Cluster, spacing: Spacing, latin: bool) -> _Joint:
    """The joint of two clusters.

    Two adjacent marks take 1.5 em together (CLREQ 3.1.6); a single mark may be driven in to
    its half (GB/T 15834, 5.1.10).
    """
    boundary = between(before.last, after.first, spacing.kinsoku, latin)
    joint = _Joint(opens=boundary.is_stretchable, may_break=boundary.may_break, cost=boundary.cost)
    if before.last == " " and before.text != "\u3000":
        shrink, spread = _space(before.width, latin)
        return joint._replace(shrink=shrink, spread=spread)
    if boundary.is_mixed and before.style.rise == after.style.rise:
        gap = spacing.mixed_gap
        shrink, spread = max(0.0, gap - spacing.mixed_least), max(0.0, spacing.mixed_most - gap)
        return joint._replace(gap=gap, shrink=shrink, spread=spread)
    blanks = before.blank_after + after.blank_before if spacing.gives_way else 0.0
    if not blanks:
        return joint
    if before.blank_after and after.style.rise:
        # A note sign stands at the mark's ink.
        return joint._replace(gap=-before.blank_after)
    squeeze = squeeze_of(before.last if before.blank_after else after.first).value
    if boundary.is_marks:
        return joint._replace(gap=-HALF_EM, shrink=blanks - HALF_EM, squeeze=squeeze)
    return joint._replace(shrink=blanks, squeeze=squeeze)


def _space(width: float, latin: bool) -> tuple[float, float]:
    """What a word space gives and takes."""
    spread = width * _SPACE_SPREAD if latin else max(0.0, _SPACE_MOST_EM - width)
    return width * _SPACE_SHRINK, spread


def _fill_sums(paragraph: Paragraph) -> None:
    last_soft = Squeeze.GAP.value if paragraph.is_latin else Squeeze.PAUSE.value
    shrinks = list(zip(paragraph.shrink_after, paragraph.squeeze_after, strict=True))
    steps = [
        cluster.width + gap
        for cluster, gap in zip(paragraph.clusters, paragraph.gap_after, strict=True)
    ]
    paragraph.left = _sums(steps)
    paragraph.right = [
        left + cluster.width
        for left, cluster in zip(paragraph.left, paragraph.clusters, strict=True)
    ]
    paragraph.gaps = _sums(paragraph.stretch_after)
    paragraph.spread = _sums(paragraph.spread_after)
    paragraph.soft = _sums(shrink if kind <= last_soft else 0.0 for shrink, kind in shrinks)
    paragraph.hard = _sums(shrink if kind > last_soft else 0.0 for shrink, kind in shrinks)


def _sums(values: Iterable[float]) -> list[Any]:
    """The sum of all values before each."""
    return list(accumulate(values, initial=0))[:-1]


def _fill_ends(
    paragraph: Paragraph,
    joints: list[tuple[int, _Joint]],
    words: dict[int, WordBreak],
    newlines: set[int],
    hyphen_of: Callable[[str], Cluster],
) -> None:
    """Fill in where lines may end: everywhere but where a joint forbids it."""
    clusters, offsets = paragraph.clusters, paragraph.offsets
    costs, hyphened = paragraph.break_costs, set()
    paragraph.inks = inks = list(range(len(clusters) + 1))
    breaks, done = paragraph.breaks, 0
    for last, joint in joints:
        at = last + 1
        breaks.extend(range(done + 1, at))
        done = at
        before, after = clusters[last], clusters[at]
        if before.last == " ":
            inks[at] = inks[last]
            if offsets[last] in newlines:
                breaks.append(at)
                paragraph.forced.append(at)
                continue
        word = words.get(offsets[at]) if words and after.first in "a1" else None
        if not (word or joint.may_break or (after.first == "-" and _is_minus(clusters, at))):
            continue
        if word is None and before.last in _BEGINNINGS and _begins_word(clusters, last, inks[at]):
            continue
        breaks.append(at)
        if joint.may_break and (word is None or word.is_hyphen):
            word = WordBreak(joint.cost, before.last == SOFT_HYPHEN)
        if word and word.cost:
            costs[at] = word.cost
        if word and word.is_hyphen:
            hyphened.add(at)
            face = before.style.face
            if face not in paragraph.hyphens:
                paragraph.hyphens[face] = hyphen_of(face)
    breaks.extend(range(done + 1, len(clusters) + 1))
    if clusters and clusters[-1].last == " ":
        inks[-1] = inks[-2]
    paragraph.hyphened = frozenset(hyphened)


def _is_minus(clusters: list[Cluster], at: int) -> bool:
    """A hyphen that is a sign begins its number: 为-5℃ parts behind 为."""
    signs = "".join(cluster.first for cluster in clusters[at - 1 : at + 2])
    return signs == "字-1"


def _begins_word(clusters: list[Cluster], index: int, ink: int) -> bool:
    """A hyphen that begins a word (-5, -a) ends no line, nor does a bracket with a space."""
    last = clusters[index].last
    if last == " ":
        return ink > 0 and clusters[ink - 1].last in BRACKETS
    return last == "-" and not (index > 0 and clusters[index - 1].last in "a1")


def tracked(paragraph: Paragraph, tracking_em: float) -> Paragraph:
    """The paragraph with every gap that may be opened so much wider, or narrower."""
    gaps = [
        gap + tracking_em * opens
        for gap, opens in zip(paragraph.gap_after, paragraph.stretch_after, strict=True)
    ]
    made = replace(paragraph, gap_after=gaps)
    _fill_sums(made)
    return made
