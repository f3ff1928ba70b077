"""A headline part's lines and size together: the largest size, on as few lines as serve it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from producer.fit.headbreaks import Broken, Grade, ways, with_part_gaps
from producer.layouts import HeadPart

Width = Callable[[str], float]


@dataclass(frozen=True)
class Choice:
    """The way taken and its size; `fits` is false where even the smallest is too wide."""

    broken: Broken
    size_pt: float
    fits: bool = True


def choose(given: Sequence[str], part: HeadPart, room_pt: float, width: Width) -> Choice:
    """Lines and size of a headline part.

    Several lines given are the editor's and stay. A single one is parted at words where that
    lets it be larger by the part's `line_gain`, and inside a word only where nothing else fits.

    Args:
        given: The editor's lines.
        part: Allowed sizes, and lines at most.
        room_pt: How long a line may be.
        width: The length of a line in em of its size.
    """
    lines = tuple(with_part_gaps(line) for line in given)
    whole = Broken(lines, max(map(width, lines)))
    is_free = len(lines) == 1 and whole.width_em * part.sizes[0] > room_pt
    most = part.lines if is_free else 1
    for worst in (Grade.LOOSE, Grade.POOR):
        counts = [[whole], *(list(ways(lines[0], n, worst, width)) for n in range(2, most + 1))]
        chosen = _largest(counts, part, room_pt)
        if chosen:
            return chosen
    narrowest = min((way for each in counts for way in each), key=lambda way: way.width_em)
    return Choice(narrowest, part.sizes[-1], fits=False)


def _largest(counts: list[list[Broken]], part: HeadPart, room_pt: float) -> Choice | None:
    """The largest size; a line more is taken where it gains enough."""
    best: Choice | None = None
    for candidates in counts:
        found = _largest_of(candidates, part.sizes, room_pt)
        if found and (best is None or found.size_pt >= best.size_pt * part.line_gain):
            best = found
    return best


def _largest_of(ways: list[Broken], sizes: Sequence[float], room_pt: float) -> Choice | None:
    for size in sizes:
        fitting = [way for way in ways if way.width_em * size <= room_pt]
        if fitting:
            return Choice(min(fitting, key=lambda way: way.cost), size)
    return None
