"""Gaps between a paragraph's clusters, and the places where its lines may end."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, replace

from producer.compose.classes import (
    CLOSING,
    HALF_EM,
    OPENING,
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
    clusters = paragraph.clusters
    paragraph.tightest = spacing.tightest if spacing.gives_way else 0.0
    marks = clusters if spacing.gives_way else ()
    blank = [0.0] * len(clusters)
    paragraph.blank_before = [_blank(each, OPENING) for each in marks] or blank
    paragraph.blank_after = [_blank(each, CLOSING) for each in marks] or blank
    _fill_gaps(paragraph, spacing, hang)
    _fill_sums(paragraph)
    _fill_ends(paragraph, text, language, spacing, unbroken, hyphen_of)


def _blank(cluster: Cluster, marks: frozenset[str]) -> float:
    """The empty half of a full-width mark; none where the face sets the mark narrow."""
    is_wide = cluster.width > (1 - HALF_EM / 2) * cluster.scale
    return HALF_EM * cluster.scale if cluster.last in marks and is_wide else 0.0


def _fill_gaps(paragraph: Paragraph, spacing: Spacing, hang: int) -> None:
    clusters, latin = paragraph.clusters, paragraph.is_latin
    for index, (before, after) in enumerate(zip(clusters, [*clusters[1:], _END], strict=False)):
        boundary = between(before.last, after.first, spacing.kinsoku, latin)
        gap = shrink = spread = 0.0
        squeeze = Squeeze.GAP
        if before.last == " " and before.text != "\u3000":
            shrink, spread = _space(before.width, latin)
        elif boundary.is_mixed:
            gap = spacing.mixed_gap
            shrink = max(0.0, gap - spacing.mixed_least)
            spread = max(0.0, spacing.mixed_most - gap)
        else:
            blank_after = paragraph.blank_after[index]
            blank_before = 0.0 if after is _END else paragraph.blank_before[index + 1]
            shrink = blank_after + blank_before
            if shrink:
                squeeze = squeeze_of(before.last if blank_after else after.first)
            if shrink and boundary.is_marks:
                gap, shrink = -HALF_EM, shrink - HALF_EM
        if index + 1 == hang:
            width = sum(each.width for each in clusters[:hang])
            gap, shrink, spread = math.ceil(width + HALF_EM / 2) - width, 0.0, 0.0
        paragraph.gap_after.append(gap)
        paragraph.shrink_after.append(shrink)
        paragraph.squeeze_after.append(squeeze.value)
        paragraph.spread_after.append(spread)
        paragraph.stretch_after.append(after is not _END and boundary.is_stretchable)


def _space(width: float, latin: bool) -> tuple[float, float]:
    """What a word space gives and takes."""
    spread = width * _SPACE_SPREAD if latin else max(0.0, _SPACE_MOST_EM - width)
    return width * _SPACE_SHRINK, spread


def _fill_sums(paragraph: Paragraph) -> None:
    position = spread = soft = hard = 0.0
    gaps = 0
    last_soft = Squeeze.GAP.value if paragraph.is_latin else Squeeze.PAUSE.value
    for index, cluster in enumerate(paragraph.clusters):
        paragraph.left.append(position)
        paragraph.right.append(position + cluster.width)
        paragraph.gaps.append(gaps)
        paragraph.spread.append(spread)
        paragraph.soft.append(soft)
        paragraph.hard.append(hard)
        position += cluster.width + paragraph.gap_after[index]
        gaps += paragraph.stretch_after[index]
        spread += paragraph.spread_after[index]
        if paragraph.squeeze_after[index] <= last_soft:
            soft += paragraph.shrink_after[index]
        else:
            hard += paragraph.shrink_after[index]


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
    for index, cluster in enumerate(clusters):
        if not cluster.text.isspace():
            ink = index + 1
        at = index + 1
        is_forced = offsets[index] in newlines and cluster.text == " "
        if is_forced:
            paragraph.forced.append(at)
        if at == total or is_forced:
            paragraph.ends.append(line_end(paragraph, at, ink))
            continue
        after = clusters[at]
        boundary = between(cluster.last, after.first, spacing.kinsoku, paragraph.is_latin)
        word = words.get(offsets[at]) if after.first in "a1" else None
        if at in unbroken or not (word or boundary.may_break):
            continue
        if word is None and cluster.last == "-" and not _ends_word(clusters, index):
            continue
        cost, is_hyphen = word or (boundary.cost, False)
        if is_hyphen and boundary.may_break:
            cost, is_hyphen = boundary.cost, False
        if is_hyphen and cluster.face not in paragraph.hyphens:
            paragraph.hyphens[cluster.face] = hyphen_of(cluster.face)
        paragraph.ends.append(line_end(paragraph, at, ink, cost, is_hyphen))


def _ends_word(clusters: list[Cluster], index: int) -> bool:
    """A hyphen that begins a word (-5, -a) ends no line."""
    return index > 0 and clusters[index - 1].last in "a1"


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
    made = replace(
        paragraph, gap_after=gaps, left=[], right=[], gaps=[], spread=[], soft=[], hard=[], ends=[]
    )
    _fill_sums(made)
    made.ends = [line_end(made, end.at, end.ink, end.cost, end.is_hyphen) for end in paragraph.ends]
    return made
