"""A headline part's lines and size together: the largest size, on as few lines as serve it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from producer.fit.headbreaks import Broken, Grade, ways, with_part_gaps
from producer.typestyles import HeadPart

Width = Callable[[str], float]


@dataclass(frozen=True)
class Choice:
    """The way taken and its size; `fits` is false where even the smallest is too wide."""

    broken: Broken
    size_pt: float
    fits: bool = True


def choose(given: Sequence[str], part: HeadPart, room_pt: float, width: Width) -> Choice:
    """Lines and size of a headline part.

    Several lines given are the editor's and stay. A single one is parted, first between its
    clauses, then at words, where each such step enlarges the type by the part's `line_gain`;
    inside a word only where nothing else fits.

    Args:
        given: The editor's lines.
        part: Allowed sizes, and lines at most.
        room_pt: How long a line may be.
        width: The length of a line in em of its size.
    """
    lines = tuple(with_part_gaps(line) for line in given)
    whole = Broken(lines, max(map(width, lines)))
    is_free = len(lines) == 1 and whole.width_em * part.sizes[0] > room_pt
    counts = range(2, part.lines + 1) if is_free else range(0)
    found = {n: list(ways(lines[0], n, Grade.POOR, width)) for n in counts}
    steps = [[whole]]
    for worst in (Grade.MARK, Grade.WORD, Grade.LOOSE):
        steps += [[way for way in found[n] if way.worst <= worst] for n in counts]
    chosen = _largest(steps, part, room_pt) or _largest(list(found.values()), part, room_pt)
    if chosen:
        return chosen
    every = [whole, *(way for n in counts for way in found[n])]
    return Choice(min(every, key=lambda way: way.width_em), part.sizes[-1], fits=False)


def _largest(steps: list[list[Broken]], part: HeadPart, room_pt: float) -> Choice | None:
    """The largest size; each step further is taken where it gains enough."""
    best: Choice | None = None
    for candidates in steps:
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
