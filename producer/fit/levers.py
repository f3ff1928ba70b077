"""The levers: named, bounded means by which a story a little short or long is fitted.

They are tried in the order of `LEVERS`, one alone before two together, each from its smallest
step; the first that suffices is taken. The leading is never among them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cached_property
from itertools import combinations
from typing import NamedTuple

from producer.edition import Box
from producer.fit.trial import Bench, Choice, SetFrame, Trial

# A box keeps at least that much air beside its text.
_LEAST_SIDES_EM = 0.5


class Step(NamedTuple):
    """One use of a lever: what it makes of the choice, and how that is told."""

    choice: Choice
    by: str


class Use(NamedTuple):
    """A lever that was used, by how much, and by how many rows it made the story longer."""

    lever: str
    by: str
    rows: int


Lever = Callable[[Bench, SetFrame], Iterator[Step]]


def _lines(bench: Bench, frame: SetFrame) -> Iterator[Step]:
    """The paragraphs that bear it best, a line each; fewer than needed help another lever."""
    bounds, misfit = bench.layout.levers.lines, bench.misfit(frame)
    if bounds is None:
        return
    setting = frame.choice.setting
    change = -1 if misfit > 0 else 1
    blocks = sorted({line.block for line in frame.lines if not line.is_subhead})
    found = [(bench.costs(frame, block).get(change), block) for block in blocks]
    able = sorted((cost, block) for cost, block in found if cost is not None)
    able = [each for each in able if each[0] <= bounds.cost][: bounds.paragraphs]
    for count in range(max(1, min(abs(misfit), len(able))), len(able) + 1):
        chosen = sorted(block for _, block in able[:count])
        changes = tuple((block, change) for block in chosen)
        by = f"{change * count:+d} (¶ {', '.join(str(block + 1) for block in chosen)})"
        yield Step(frame.choice._replace(setting=setting._replace(changes=changes)), by)


def _headline_size(bench: Bench, frame: SetFrame) -> Iterator[Step]:
    """Smaller type where the story is long, larger where it is short."""
    bounds = bench.layout.levers.headline_size
    style = bench.layout.heads[bench.spot.frame.style]
    sizes = sorted(style.headline.sizes)
    now = next((line.size_pt for line in frame.head.lines if line.kind == "headline"), None)
    if bounds is None or now not in sizes:
        return
    at, way = sizes.index(now), -1 if bench.misfit(frame) > 0 else 1
    for step in range(1, bounds.steps + 1):
        if 0 <= at + way * step < len(sizes):
            size = sizes[at + way * step]
            yield Step(frame.choice._replace(headline_pt=size), f"{now:g} → {size:g} pt")


def _picture_height(bench: Bench, frame: SetFrame) -> Iterator[Step]:
    """One picture lower where the story is long, higher where it is short."""
    bounds = bench.layout.levers.picture_height
    if bounds is None:
        return
    way = -1 if bench.misfit(frame) > 0 else 1
    row_mm = bench.layout.grid.row_mm
    for rows in range(1, bounds.rows + 1):
        for placed in frame.insets:
            inset = bench.story.inset(placed.id)
            if inset is None or not inset.picture or not placed.picture_box:
                continue
            picture, box = bench.issue.pictures[inset.picture], placed.picture_box
            natural = picture.width / picture.height
            lost = _lost(natural, box, way * rows * row_mm)
            if lost <= max(bounds.crop, _lost(natural, box, 0.0)):
                insets = (*frame.choice.insets, (placed.id, way * rows))
                by = f"{placed.id} {placed.rows} → {placed.rows + way * rows}"
                yield Step(frame.choice._replace(insets=insets), by)


def _lost(natural: float, box: Box, more_mm: float) -> float:
    """The share of a picture that is cropped, or of its box that a drawing leaves blank."""
    height = box.height + more_mm
    if height <= 0:
        return 1.0
    ratio = box.width / height
    return 1 - min(natural, ratio) / max(natural, ratio)


def _deck(bench: Bench, frame: SetFrame) -> Iterator[Step]:
    """The deck left out of a long story's head."""
    bounds = bench.layout.levers.deck
    sizes = [line.size_pt * line.line_height for line in frame.head.lines if line.kind == "deck"]
    most = bounds.rows * bench.layout.grid.leading_pt if bounds else 0.0
    if bench.misfit(frame) > 0 and sizes and sum(sizes) <= most:
        yield Step(frame.choice._replace(has_deck=False), "1 → 0")


def _subhead_rows(bench: Bench, frame: SetFrame) -> Iterator[Step]:
    """Less or more air around the subheads."""
    bounds, now = bench.layout.levers.subhead_rows, bench.layout.body.subhead_rows
    rows = now - 1 if bench.misfit(frame) > 0 else now + 1
    has_subheads = any(line.is_subhead for line in frame.lines)
    if bounds and has_subheads and bounds.least <= rows <= bounds.most:
        setting = frame.choice.setting._replace(subhead_rows=rows)
        yield Step(frame.choice._replace(setting=setting), f"{now} → {rows}")


def _tracking(bench: Bench, frame: SetFrame) -> Iterator[Step]:
    """All gaps a little narrower or wider."""
    bounds = bench.layout.levers.tracking
    if bounds:
        em = -bounds.em if bench.misfit(frame) > 0 else bounds.em
        setting = frame.choice.setting._replace(tracking_em=em)
        yield Step(frame.choice._replace(setting=setting), f"{em:+g} em")


def _measure(bench: Bench, frame: SetFrame) -> Iterator[Step]:
    """The columns of a box an em wider where the story is long, narrower where it is short."""
    bounds, geometry = bench.layout.levers.measure, frame.geometry
    if bounds is None or bench.spot.frame.box is None:
        return
    is_long = bench.misfit(frame) > 0
    count, measure = bench.spot.frame.columns, geometry.measure_em + (1 if is_long else -1)
    gutter = bench.layout.body.column_gutter_em if is_long else geometry.gutter_em
    spare = geometry.width_em - count * measure - (count - 1) * gutter
    # Rounded, so that the columns fill the new width without a rest.
    sides = round(spare / 2, 6)
    if abs(sides) <= bounds.sides_em and geometry.padding.sides_em + sides >= _LEAST_SIDES_EM:
        choice = frame.choice._replace(sides_em=sides)
        yield Step(choice, f"{geometry.measure_em} → {measure} em")


# The order in which they are tried; the names are the keys in layout.yaml.
LEVERS: dict[str, Lever] = {
    "lines": _lines,
    "headline_size": _headline_size,
    "picture_height": _picture_height,
    "deck": _deck,
    "subhead_rows": _subhead_rows,
    "tracking": _tracking,
    "measure": _measure,
}


def choose(bench: Bench, found: SetFrame, trial: Trial) -> tuple[SetFrame, tuple[Use, ...]]:
    """The frame as the first sufficient lever, or two of them, make it fit; else as found.

    The choice follows from the story, the spot and the bounds alone.
    """
    misfit = bench.misfit(found)
    reach = bench.layout.levers.reach_rows * bench.spot.frame.columns
    if not misfit or abs(misfit) > reach:
        return found, ()
    return _Search(bench, found, trial).first()


class _Search:
    """Tries levers on one frame."""

    def __init__(self, bench: Bench, found: SetFrame, trial: Trial) -> None:
        self.bench = bench
        self.found = found
        self.trial = trial
        self.tried: dict[Choice, SetFrame | None] = {}

    def first(self) -> tuple[SetFrame, tuple[Use, ...]]:
        """The first frame that fits, and how it came about."""
        levers = [name for name in LEVERS if getattr(self.bench.layout.levers, name) is not None]
        for name in levers:
            for frame, use in self._steps(name, self.found):
                if not self.bench.misfit(frame):
                    return frame, (use,)
        for pair in combinations(levers, 2):
            # One of two may do too much, and the other then take it back: in either turn.
            for name, other in (pair, pair[::-1]):
                for frame, use in self._steps(name, self.found):
                    for both, second in self._steps(other, frame):
                        if not self.bench.misfit(both):
                            return both, (use, second)
        return self.found, ()

    def _steps(self, name: str, frame: SetFrame) -> Iterator[tuple[SetFrame, Use]]:
        """The frame by each step of a lever that moves it and leaves no loose line more."""
        before = self.bench.misfit(frame)
        for step in LEVERS[name](self.bench, frame):
            made = self._made(frame, step.choice)
            if made is None or self.bench.loose(made) > self._loose:
                continue
            after = self.bench.misfit(made)
            if after != before:
                yield made, Use(name, step.by, after - before)

    def _made(self, frame: SetFrame, choice: Choice) -> SetFrame | None:
        if choice not in self.tried:
            self.tried[choice] = self.trial(frame, choice)
        return self.tried[choice]

    @cached_property
    def _loose(self) -> int:
        return self.bench.loose(self.found)
