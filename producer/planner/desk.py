"""The stories on the planner's desk: each with what is wanted of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from producer.model import Issue, PackagePlacement, Story, Wish
from producer.plan import Frame
from producer.planner.shapes import Shape


@dataclass(frozen=True)
class Item:
    """A story, or the rest of one that jumps, with its wishes and the shapes it can take.

    `old` is its frame in the plan as it is; `comes_from` the frame of which this is the rest.
    """

    story: Story
    wish: Wish
    shapes: tuple[Shape, ...] = ()
    old: Frame | None = None
    comes_from: Frame | None = None
    is_filler: bool = False

    @property
    def is_rest(self) -> bool:
        """Whether the story began on an earlier page."""
        return self.comes_from is not None

    @property
    def rank(self) -> int:
        """1 is the most important; the rest of a story is of no rank of its own."""
        return 5 if self.is_rest else self.wish.rank

    @property
    def name(self) -> str:
        """The story's name."""
        return self.story.id


def desk(issue: Issue, old: dict[str, Frame], fillers: Sequence[Story] = ()) -> list[Item]:
    """Every story with what is wanted of it; packages in the plan as it is stay packages."""
    texts = {story.id for story in fillers}
    wanted = {wish.story: wish for wish in issue.data.wanted}
    titles = {
        member.story: item.package
        for page in issue.pages
        for item in page.place
        if isinstance(item, PackagePlacement)
        for member in item.place
    }
    items = []
    for name, story in issue.stories.items():
        wish = wanted.get(name) or Wish(story=name)
        if name in titles and not wish.package:
            wish = wish.model_copy(update={"package": titles[name]})
        if name in texts:
            wish = wish.model_copy(update={"rank": 9})
        items.append(Item(story, wish, old=old.get(name), is_filler=name in texts))
    return items


def length(story: Story) -> int:
    """Characters of a story's text."""
    return sum(len(block.text) for block in story.body)


def with_lead(items: Sequence[Item]) -> list[Item]:
    """A page's stories in order of rank; where none is of the first, the longest of the best is."""
    ordered = sorted(items, key=lambda item: (item.rank, -length(item.story), item.name))
    lead = next((item for item in ordered if not item.is_rest and not item.wish.package), None)
    if lead is None or any(item.rank == 1 for item in ordered):
        return ordered
    first = replace(lead, wish=lead.wish.model_copy(update={"rank": 1}))
    return [first, *(item for item in ordered if item is not lead)]
