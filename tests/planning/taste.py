"""Faults of taste that can be counted on a finished page, whoever has planned it.

They are the trade's (`../shared/checks.md`: G06, G07, H03; no measure under 11 characters).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations, permutations

from producer.edition import EditionPage, Part
from producer.model import Rect

# Headlines whose sizes differ by less are of equal weight.
_EQUAL_PT = 2
LEAST_MEASURE_EM = 11
_LOWEST_RANK = 9


@dataclass(frozen=True)
class Taste:
    """Faults of taste on one page: 碰题, 断版, narrow measures, heads against their rank.

    `lead_off` says that the first story's head is not the largest, or not at the upper left.
    """

    clashes: int
    gutters: int
    narrow: int
    inversions: int
    lead_off: bool


def taste(page: EditionPage, ranks: dict[str, int]) -> Taste:
    """The faults of taste that can be counted on a page."""
    firsts = [part for part in page.parts if part.comes_from is None]
    rank = {part.story: ranks.get(part.story, _LOWEST_RANK) for part in firsts}
    sizes = {part.story: _headline_pt(part) for part in firsts}
    lead = min(firsts, key=lambda part: rank[part.story], default=None)
    return Taste(
        clashes=sum(_clash(one, other) for one, other in combinations(page.parts, 2)),
        gutters=_through_gutters(page),
        narrow=sum(part.measure_em < LEAST_MEASURE_EM for part in page.parts),
        inversions=sum(
            rank[one] < rank[other] and sizes[one] + _EQUAL_PT <= sizes[other]
            for one, other in permutations(rank, 2)
        ),
        lead_off=lead is not None and not _leads(lead, firsts, sizes),
    )


def _headline_pt(part: Part) -> float:
    return max((line.size_pt for line in part.head.lines if line.kind == "headline"), default=0)


def _clash(one: Part, other: Part) -> bool:
    """Two horizontal heads of equal weight and face that begin on one row, side by side."""
    left, right = sorted((one, other), key=lambda part: part.rect.column)
    is_beside = left.rect.last_column + 1 == right.rect.column and left.rect.row == right.rect.row
    plain = all(
        part.box_style is None and part.head.look == "plain" and part.head.direction != "vertical"
        for part in (one, other)
    )
    faces = {
        line.face for part in (one, other) for line in part.head.lines if line.kind == "headline"
    }
    near = abs(_headline_pt(one) - _headline_pt(other)) < _EQUAL_PT
    in_package = one.package is not None and one.package == other.package
    return is_beside and plain and near and len(faces) == 1 and not in_package


def _through_gutters(page: EditionPage) -> int:
    """Straight gutters from top to foot between all that stands on a page."""
    rects = [part.rect for part in page.parts if part.package is None]
    rects += [each.rect for each in (*page.packages, *page.advertisements, *page.teasers)]
    inner = {rect.column for rect in rects} - {min((rect.column for rect in rects), default=0)}
    return sum(not any(rect.column < at <= rect.last_column for rect in rects) for at in inner)


def _leads(lead: Part, parts: Iterable[Part], sizes: dict[str, float]) -> bool:
    """Whether a part has the page's largest headline and nothing above it or at its left."""
    is_largest = sizes[lead.story] == max(sizes.values())
    return is_largest and all(
        not _before(part.rect, lead.rect) for part in parts if part is not lead
    )


def _before(one: Rect, lead: Rect) -> bool:
    return one.row <= lead.row and one.column <= lead.column
