"""Gaps between a paragraph's clusters, and the places where its lines may end."""

from __future__ import annotations

import math
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
from producer.compose.hyphenation import word_breaks
from producer.compose.paragraph import Cluster, LineEnd, Paragraph

# A word space of Latin text gives and takes, in parts of its width (Knuth and Plass 1981: a
# third narrower to half again as wide); in Chinese it may become ½ em (CLREQ 3.2.4).
_SPACE_SHRINK, _SPACE_SPREAD, _SPACE_MOST_EM = 1 / 3, 1 / 2, 0.5
_END = Cluster(" ", "", "", 0.0, 0.0, " ", " ")


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
        """As the renderer sets a line: no gaps, nothing squeezed."""
        return replace(self, mixed_gap=0.0, mixed_least=0.0, mixed_most=0.0, gives_way=False)


def fill_paragraph(
    paragraph: Paragraph,
    text: str,
    language: str,
    spacing: Spacing,
    unbroken: set[int],
    hang: int,
    hyphen_of: Callable[[str], Cluster],
) -> None:
    """Fill in edges, gaps, sums and line ends from adjacent clusters.

    Args:
        paragraph: Has its clusters and offsets.
        text: Its characters; newlines are forced breaks.
        language: For hyphenation.
        spacing: House style.
        unbroken: Clusters before which no line may end.
        hang: Clusters of a list's label, which is padded to whole ems.
        hyphen_of: Gives the hyphen of a face.
    """
    paragraph.kinsoku = spacing.kinsoku
    paragraph.tightest = spacing.tightest if spacing.gives_way else 0.0
    blank = [0.0] * len(paragraph.clusters)
    paragraph.blank_before = paragraph.blank_after = blank
    if spacing.gives_way:
        paragraph.blank_before = [cluster.blank_before for cluster in paragraph.clusters]
        paragraph.blank_after = [cluster.blank_after for cluster in paragraph.clusters]
    _fill_gaps(paragraph, spacing, hang)
    _fill_sums(paragraph)
    _fill_ends(paragraph, text, language, spacing, unbroken, hyphen_of)


class _Gap(NamedTuple):
    """What stands behind a cluster, and what may be done with it: see `Paragraph`."""

    gap: float = 0.0
    shrink: float = 0.0
    squeeze: int = Squeeze.GAP.value
    spread: float = 0.0
    opens: bool = True


_PLAIN = _Gap()


def _fill_gaps(paragraph: Paragraph, spacing: Spacing, hang: int) -> None:
    clusters, gaps = paragraph.clusters, []
    before = clusters[0] if clusters else _END
    for index in range(1, len(clusters)):
        after = clusters[index]
        if before.last == "字" == after.first:
            gaps.append(_PLAIN)
        else:
            gaps.append(_gap(before, after, spacing, paragraph.is_latin))
        before = after
    if clusters:
        gaps.append(_gap(before, _END, spacing, paragraph.is_latin)._replace(opens=False))
    if hang:
        width = sum(each.width for each in clusters[:hang])
        gaps[hang - 1] = _Gap(math.ceil(width + HALF_EM / 2) - width, opens=False)
    paragraph.gap_after = [gap.gap for gap in gaps]
    paragraph.shrink_after = [gap.shrink for gap in gaps]
    paragraph.squeeze_after = [gap.squeeze for gap in gaps]
    paragraph.spread_after = [gap.spread for gap in gaps]
    paragraph.stretch_after = [gap.opens for gap in gaps]


def _gap(before: Cluster, after: Cluster, spacing: Spacing, latin: bool) -> _Gap:
    """The gap between two clusters.

    Two adjacent marks take 1.5 em together (CLREQ 3.1.6); a single mark may be driven in to
    its half (GB/T 15834, 5.1.10).
    """
    boundary = between(before.last, after.first, spacing.kinsoku, latin)
    opens = boundary.is_stretchable
    if before.last == " " and before.text != "\u3000":
        shrink, spread = _space(before.width, latin)
        return _Gap(0.0, shrink, Squeeze.GAP.value, spread, opens)
    if boundary.is_mixed and before.rise == after.rise:
        gap = spacing.mixed_gap
        shrink = max(0.0, gap - spacing.mixed_least)
        return _Gap(gap, shrink, Squeeze.GAP.value, max(0.0, spacing.mixed_most - gap), opens)
    blanks = before.blank_after + after.blank_before if spacing.gives_way else 0.0
    if not blanks:
        return _Gap(opens=opens)
    squeeze = squeeze_of(before.last if before.blank_after else after.first).value
    if boundary.is_marks:
        return _Gap(-HALF_EM, blanks - HALF_EM, squeeze, 0.0, opens)
    return _Gap(0.0, blanks, squeeze, 0.0, opens)


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
    text: str,
    language: str,
    spacing: Spacing,
    unbroken: set[int],
    hyphen_of: Callable[[str], Cluster],
) -> None:
    clusters, offsets = paragraph.clusters, paragraph.offsets
    words = word_breaks(text, language, paragraph.is_latin)
    newlines = {at for at, character in enumerate(text) if character == "\n"}
    total, ink = len(clusters), 0
    kinsoku, latin = spacing.kinsoku, paragraph.is_latin
    right, gaps, spread = paragraph.right, paragraph.gaps, paragraph.spread
    soft, hard = paragraph.soft, paragraph.hard

    def plain_end(at: int) -> LineEnd:
        """The line end behind an ideograph and before another."""
        own = at - 1
        return LineEnd(
            at, right[own], at, 0.0, gaps[own], spread[own], soft[own], hard[own], 0.0, False
        )

    for index, cluster in enumerate(clusters):
        at = index + 1
        if cluster.last != " ":
            ink = at
        is_forced = cluster.last == " " and offsets[index] in newlines
        if is_forced:
            paragraph.forced.append(at)
        if at < total and cluster.last == "字" == clusters[at].first and at not in unbroken:
            paragraph.ends.append(plain_end(at))
            continue
        if at == total or is_forced:
            paragraph.ends.append(line_end(paragraph, at, ink))
            continue
        after = clusters[at]
        boundary = between(cluster.last, after.first, kinsoku, latin)
        word = words.get(offsets[at]) if after.first in "a1" else None
        if at in unbroken or not (word or boundary.may_break):
            continue
        if word is None and _begins_word(clusters, index, ink):
            continue
        cost, is_hyphen = word or (boundary.cost, False)
        if boundary.may_break:
            cost, is_hyphen = boundary.cost, cluster.last == SOFT_HYPHEN
        if is_hyphen and cluster.face not in paragraph.hyphens:
            paragraph.hyphens[cluster.face] = hyphen_of(cluster.face)
        paragraph.ends.append(line_end(paragraph, at, ink, cost, is_hyphen))


def _begins_word(clusters: list[Cluster], index: int, ink: int) -> bool:
    """A hyphen that begins a word (-5, -a) ends no line, nor does a bracket with a space."""
    last = clusters[index].last
    if last == " ":
        return ink > 0 and clusters[ink - 1].last in BRACKETS
    return last == "-" and not (index > 0 and clusters[index - 1].last in "a1")


def line_end(
    paragraph: Paragraph, at: int, ink: int, cost: float = 0.0, is_hyphen: bool = False
) -> LineEnd:
    """A line's end before cluster `at`, `ink` being behind the last cluster with ink."""
    last = max(0, ink - 1)
    right = paragraph.right[last] if ink else 0.0
    if is_hyphen:
        right += paragraph.hyphen_at(at).width
    return LineEnd(
        at,
        right,
        ink,
        0.0 if is_hyphen or not ink else paragraph.blank_after[last],
        paragraph.gaps[last],
        paragraph.spread[last],
        paragraph.soft[last],
        paragraph.hard[last],
        cost,
        is_hyphen,
    )


def tracked(paragraph: Paragraph, tracking_em: float) -> Paragraph:
    """The paragraph with every gap that may be opened so much wider, or narrower."""
    gaps = [
        gap + tracking_em * opens
        for gap, opens in zip(paragraph.gap_after, paragraph.stretch_after, strict=True)
    ]
    made = replace(paragraph, gap_after=gaps)
    _fill_sums(made)
    made.ends = [line_end(made, end.at, end.ink, end.cost, end.is_hyphen) for end in paragraph.ends]
    return made
