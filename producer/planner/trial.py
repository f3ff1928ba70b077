"""Frames of a solution tried by the fit itself, before anything is proposed."""

from __future__ import annotations

from producer.compose.galley import Composer
from producer.edition import Part
from producer.errors import Findings, Problem
from producer.fit.chain import ChainFitter
from producer.fit.heads import HeadSetter
from producer.fit.insets import InsetSetter
from producer.layouts import Layout
from producer.model import Continuation, Issue, Rect, Story, StoryPlacement
from producer.plan import Frame
from producer.planner.ground import Ground
from producer.planner.shapes import Shape
from producer.planner.solve import Placed, Solution

# What a proposal must not hold.
_FAULTS = {"fit.underset"}


class Trial:
    """Sets frames as the build will, and says which of them it would find fault with."""

    def __init__(self, issue: Issue, layout: Layout, composer: Composer) -> None:
        self.issue = issue
        self.layout = layout
        self.composer = composer
        self._known: dict[tuple[str, Frame | None, Shape], bool] = {}

    def refused(self, ground: Ground, solution: Solution) -> list[tuple[str, int]]:
        """Stories and numbers of the shapes that do not stand as they were reckoned."""
        return [
            (each.item.name, each.number)
            for each in solution.placed
            if not self.stands(each, ground.number)
        ]

    def stands(self, placed: Placed, page: int) -> bool:
        """Whether a story stands in its shape without overset, holes or other faults.

        One that is cut is looked at once it is known where it goes on.
        """
        item, shape = placed.item, placed.shape
        if shape.is_cut:
            return True
        key = (item.name, item.comes_from, shape)
        if key not in self._known:
            frames = [frame_of(item.story, shape, placed.rect, page, item.is_rest)]
            if item.comes_from:
                frames.insert(0, item.comes_from)
            _, found = self.fitted(item.story, frames)
            self._known[key] = not any(is_fault(each) for each in found)
        return self._known[key]

    def fitted(self, story: Story, frames: list[Frame]) -> tuple[list[Part], list[Problem]]:
        """A story in its chain of frames, and all that the fit says of it."""
        findings = Findings()
        fitter = ChainFitter(
            self.issue,
            self.layout,
            self.composer,
            HeadSetter(self.composer.coverage, self.layout.grid, findings),
            InsetSetter(self.issue, self.layout, self.composer, findings),
            findings,
        )
        return fitter.fit(story, frames), list(findings)


def is_fault(problem: Problem) -> bool:
    """Whether a finding makes a proposed frame unfit to be printed."""
    return problem.level == "error" or problem.id in _FAULTS


def frame_of(story: Story, shape: Shape, rect: Rect, page: int, is_rest: bool = False) -> Frame:
    """The frame that a shape at a place is."""
    item: StoryPlacement | Continuation = (
        Continuation(continues=story.id, rect=rect)
        if is_rest
        else StoryPlacement(story=story.id, rect=rect, insets=shape.insets)
    )
    return Frame(item, page, "", rect, shape.text_columns, shape.style, shape.box)
