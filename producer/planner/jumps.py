"""Stories that jump: what can stay of one on its page, and the shapes of what goes on elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from producer.edition import Line, Mark
from producer.fit.geometry import FrameGeometry
from producer.fit.pour import Area, fill
from producer.model import Rect, Story
from producer.plan import Frame
from producer.planner.desk import Item
from producer.planner.illustrate import Illustration
from producer.planner.moulds import Mould
from producer.planner.shapes import LEAST_TEXT_ROWS, Means, Shape, ShapeMaker, best_of, shape_of
from producer.planner.solve import Placed
from producer.planner.trial import Trial, frame_of

_SENTENCE_ENDS = ("。", "！", "？", "”", ".", "!", "?")
# A rest's trial frame is so high that whatever stands in it has room.
_TRIAL_ROWS = 60


def cut_shapes(
    maker: ShapeMaker, story: Story, means: Means, least_rest: int, jumps: bool = True
) -> list[Shape]:
    """What can stay of a story: every height that leaves enough on both sides of the cut.

    Args:
        maker: Makes them.
        story: What is cut.
        means: What it may use.
        least_rest: Lines behind the cut.
        jumps: Whether a jump line ends it; else what is cut off is lost.
    """
    return best_of(_cuts(maker, story, means, least_rest, jumps))


def _cuts(
    maker: ShapeMaker, story: Story, means: Means, least_rest: int, jumps: bool
) -> Iterator[Shape]:
    heads = maker.layout.heads
    styles = [style for style in means.styles if heads[style].direction == "horizontal"]
    for columns in means.columns:
        for geometry in maker.moulds.divisions(columns, None):
            for style in styles[:1]:
                mould = maker.moulds.first(story, geometry, style)
                if mould is not None:
                    yield from _cuts_of(maker, mould, means, least_rest, jumps)


def _cuts_of(
    maker: ShapeMaker, mould: Mould, means: Means, least_rest: int, jumps: bool
) -> Iterator[Shape]:
    least = maker.layout.planning.jumps.least_lines
    for illustration in maker.illustrator.illustrations(
        mould.story, mould.geometry, mould.head_rows, True
    ):
        if illustration.is_cropped:
            continue
        foot = max((inset.row + inset.rows - 1 for inset in illustration.insets), default=0)
        for rows in range(max(foot, LEAST_TEXT_ROWS), maker.most_text_rows(mould, means) + 1):
            shape = _cut(mould, illustration, rows, jumps)
            if shape.rest_lines < least_rest:
                break
            if shape.lines >= least:
                yield shape


def _cut(mould: Mould, illustration: Illustration, rows: int, jumps: bool) -> Shape:
    """A mould of so many rows filled to the last, with the jump line in it."""
    area = Area(mould.columns, rows, illustration.insets, jumps)
    used = fill(lambda _: mould.lines, area).used
    shape = shape_of(mould, illustration, rows, used)
    return replace(
        shape,
        is_cut=True,
        rest_lines=len(mould.lines) - used,
        cut_within=_within(mould.lines, used),
    )


def _within(lines: tuple[Line, ...], used: int) -> int:
    """0 for a cut between paragraphs, 1 between sentences, 2 within one."""
    if used >= len(lines) or not used or lines[used].is_first:
        return 0
    return 1 if lines[used - 1].text.rstrip().endswith(_SENTENCE_ENDS) else 2


def rest_item(maker: ShapeMaker, trial: Trial, first: Placed, page: int, means: Means) -> Item:
    """What goes on of a story that was cut, with the shapes that it can take on another page."""
    story = first.item.story
    front = frame_of(story, first.shape, first.rect, page)
    starts: dict[int, Mark] = {}
    shapes = []
    for columns in means.columns:
        for geometry in maker.moulds.divisions(columns, None):
            measure = geometry.measure_em
            if measure not in starts:
                starts[measure] = _start(maker, trial, story, front, geometry)
            mould = maker.moulds.rest(story, geometry, starts[measure], first.shape.style)
            if mould is not None:
                shapes += list(maker.poured(mould, means))
    return Item(story, first.item.wish, tuple(best_of(shapes)), comes_from=front)


def _start(
    maker: ShapeMaker, trial: Trial, story: Story, front: Frame, geometry: FrameGeometry
) -> Mark:
    """Where a rest of that measure begins: the fit may move the cut for its first line's sake."""
    rows = min(_TRIAL_ROWS, maker.layout.grid.rows)
    rect = Rect(column=1, row=1, columns=geometry.frame.rect.columns, rows=rows)
    shape = Shape(
        columns=rect.columns,
        rows=rows,
        text_columns=geometry.frame.columns,
        measure_em=geometry.measure_em,
        style=maker.layout.continuation,
        headline_pt=0.0,
        head_rows=0,
        lines=0,
    )
    parts, _ = trial.fitted(story, [front, frame_of(story, shape, rect, front.page + 1, True)])
    return parts[0].end
