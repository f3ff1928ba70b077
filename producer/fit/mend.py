"""Lonely lines (孤行) mended: a paragraph before them is set a line tighter or looser.

A column must not begin with a paragraph's last line. That paragraph, or one before it, is set in
a line more or fewer than its best breaks have; where this would leave the story too long or too
short, another paragraph gives the line back.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from producer.fit.trial import Bench, SetFrame, Trial

# What nobody sees is tried before what is nearer.
_INVISIBLE = 4.0
# Changes that mend one line can part others: so often it is tried again.
_ROUNDS = 12
# Pairs of changes are looked for so near to the lonely line.
_NEAR = 4


class _Change(NamedTuple):
    """A block's change in lines; changes sort from the best to try."""

    is_visible: bool
    distance: int
    cost: float
    lines: int
    block: int


def mend(bench: Bench, found: SetFrame, trial: Trial) -> SetFrame:
    """The frame with as few lonely lines as can be had, and else no worse than found.

    Changes that the frame's setting already has stay.
    """
    return _Mender(bench, found, trial).mend()


class _Mender:
    """Mends one frame, line by line."""

    def __init__(self, bench: Bench, found: SetFrame, trial: Trial) -> None:
        self.bench = bench
        self.bounds = bench.layout.mending
        self.best = found
        self.trial = trial
        self.costs = cache(lambda block: bench.costs(found, block))

    def mend(self) -> SetFrame:
        """Mend until nothing is left, or nothing more can be had."""
        for _ in range(_ROUNDS):
            better = self._better() if self.best.lonely else None
            if better is None:
                break
            self.best = better
        return self.best

    def _better(self) -> SetFrame | None:
        """The frame with a lonely line less, by one change or by two that even out."""
        tried = (self._try(changes) for changes in (*self._single(), *self._pairs()))
        return next((frame for frame in tried if frame), None)

    def _single(self) -> Iterator[tuple[_Change, ...]]:
        for border in self._borders():
            for change in self._before(border, self.bounds.paragraphs):
                yield (change,)

    def _pairs(self) -> Iterator[tuple[_Change, ...]]:
        near = min(_NEAR, self.bounds.paragraphs)
        for border in self._borders():
            for change in self._before(border, near):
                others = self._changes(change.block, change.block - near, change.block + near)
                for other in others:
                    if other.block != change.block and other.lines == -change.lines:
                        yield change, other

    def _borders(self) -> list[int]:
        """The blocks whose last lines stand alone, in reading order."""
        blocks = [line.block for line in self.best.filled.lonely]
        return blocks + ([self.best.rest[0].block] if self.best.cut_is_lonely else [])

    def _before(self, border: int, paragraphs: int) -> list[_Change]:
        return self._changes(border, border - paragraphs + 1, border)

    def _changes(self, border: int, first: int, last: int) -> list[_Change]:
        """What may be done to the blocks `first` to `last`, the best first."""
        lines = self.best.lines
        own = range(max(first, lines[0].block), min(last, lines[-1].block) + 1)
        taken = {block for block, _ in self.best.choice.setting.changes}
        return sorted(
            _Change(cost > _INVISIBLE, abs(border - block), cost, change, block)
            for block in own
            if block not in taken
            for change, cost in self.costs(block).items()
            if abs(change) == 1 and cost <= self.bounds.cost
        )

    def _try(self, changes: tuple[_Change, ...]) -> SetFrame | None:
        """The frame with these changes, if fewer lines are lonely and nothing is worse."""
        setting = self.best.choice.setting
        merged = sorted((*setting.changes, *((each.block, each.lines) for each in changes)))
        choice = self.best.choice._replace(setting=setting._replace(changes=tuple(merged)))
        tried = self.trial(self.best, choice)
        if tried is None or tried.lonely >= self.best.lonely:
            return None
        pairs = zip(self._faults(tried), self._faults(self.best), strict=True)
        return tried if all(after <= before for after, before in pairs) else None

    def _faults(self, frame: SetFrame) -> tuple[int, ...]:
        """What mending must not add to: misfit, holes, loose lines, a jump to nothing."""
        misfit = self.bench.misfit(frame)
        leaves_nothing = frame.area.jumps and not frame.rest
        return (
            max(0, misfit),
            max(0, -misfit),
            frame.filled.holes,
            self.bench.loose(frame),
            int(leaves_nothing),
        )
