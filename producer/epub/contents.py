"""What stands in the book: pages, stories and their ties, in the order of reading.

Made from the plan alone; a fitted edition adds the page markers and the styles of boxes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby

from producer.edition import Edition
from producer.epub.markers import Marker, Markers, find_markers
from producer.epub.names import page_file, story_file
from producer.model import (
    Advertisement,
    Continuation,
    Issue,
    PackagePlacement,
    Page,
    Story,
    StoryPlacement,
    Teasers,
    TextPlacement,
)


@dataclass(frozen=True)
class Tie:
    """Where a story goes on or comes from: the print page, and the place in the book."""

    page: int
    href: str


@dataclass(frozen=True)
class Entry:
    """A line of a page's list: a story that begins there, or the rest of one."""

    story: Story
    href: str
    goes_to: Tie | None
    comes_from: Tie | None


@dataclass(frozen=True)
class Group:
    """Entries in reading order; those of a package stand under its title."""

    id: str
    package: str | None
    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class FrontPage:
    """A page's front document."""

    number: int
    page: Page
    groups: tuple[Group, ...]
    markers: tuple[Marker, ...]

    @property
    def file(self) -> str:
        """Its document."""
        return page_file(self.number)

    @property
    def teasers(self) -> tuple[Teasers, ...]:
        """The page's lists of teasers."""
        return tuple(item for item in self.page.place if isinstance(item, Teasers))

    @property
    def advertisements(self) -> tuple[Advertisement, ...]:
        """The advertisements that the data wants in the e-book."""
        ads = (item for item in self.page.place if isinstance(item, Advertisement))
        return tuple(ad for ad in ads if ad.epub)


@dataclass(frozen=True)
class StoryPage:
    """A story's document."""

    story: Story
    page: int
    section: str
    box: str | None
    package: Group | None
    markers: tuple[Marker, ...]

    @property
    def file(self) -> str:
        """Its document."""
        return story_file(self.story.id)


@dataclass
class Contents:
    """The book's pages and stories; `order` is the spine between title and colophon."""

    issue: Issue
    edition: Edition | None
    markers: Markers
    pages: list[FrontPage] = field(default_factory=list)
    stories: list[StoryPage] = field(default_factory=list)

    def stories_of(self, page: int) -> list[StoryPage]:
        """The stories that begin on a page."""
        return [story for story in self.stories if story.page == page]

    @property
    def order(self) -> Iterator[FrontPage | StoryPage]:
        """Each page's front document, then its stories."""
        for page in self.pages:
            yield page
            yield from self.stories_of(page.number)

    def around(self, story: StoryPage) -> tuple[StoryPage | None, StoryPage | None]:
        """The story before and the story after."""
        at = self.stories.index(story)
        before = self.stories[at - 1] if at else None
        after = self.stories[at + 1] if at + 1 < len(self.stories) else None
        return before, after


def arrange(issue: Issue, edition: Edition | None) -> Contents:
    """The book of an issue, in reading order."""
    markers = find_markers(issue, edition) if edition else Markers()
    contents = Contents(issue, edition, markers)
    ties = _Ties(issue, markers)
    firsts = [part for part in edition.parts() if part.index == 1] if edition else []
    boxes = {part.story: part.box_style for part in firsts}
    for number, page in enumerate(issue.pages, 1):
        groups = tuple(_groups(number, page, ties))
        contents.pages.append(FrontPage(number, page, groups, markers.of(page_file(number))))
        for item in page.text_placements():
            if isinstance(item, Continuation):
                continue
            story = issue.stories[item.story]
            contents.stories.append(
                StoryPage(
                    story=story,
                    page=number,
                    section=page.section,
                    box=boxes.get(story.id, item.box),
                    package=_package_of(groups, story),
                    markers=markers.of(story_file(story.id)),
                )
            )
    return contents


@dataclass
class _Ties:
    """Through which pages every story runs, and where in the book each piece begins."""

    issue: Issue
    markers: Markers
    pages: dict[str, list[int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for number, page in enumerate(self.issue.pages, 1):
            for item in page.text_placements():
                self.pages.setdefault(_story_of(item), []).append(number)

    def entry(self, item: StoryPlacement | Continuation, page: int) -> Entry:
        id = _story_of(item)
        run = self.pages[id]
        at = run.index(page)
        return Entry(
            story=self.issue.stories[id],
            href=self._piece(id, run[at], at),
            goes_to=self._tie(id, run, at + 1),
            comes_from=self._tie(id, run, at - 1),
        )

    def _tie(self, id: str, run: list[int], at: int) -> Tie | None:
        return Tie(run[at], self._piece(id, run[at], at)) if 0 <= at < len(run) else None

    def _piece(self, id: str, page: int, at: int) -> str:
        """The place where a story's piece of a page begins: exact if it has a marker."""
        marker = self.markers.at_part(id, page) if at else None
        return marker.href if marker else story_file(id)


def _groups(number: int, page: Page, ties: _Ties) -> Iterator[Group]:
    """A page's entries; neighbours outside packages are one group."""
    flat = [
        (item.package if isinstance(item, PackagePlacement) else None, _members(item))
        for item in page.place
    ]
    packages = 0
    for title, items in groupby(flat, lambda pair: pair[0]):
        entries = tuple(ties.entry(one, number) for _, members in items for one in members)
        packages += title is not None
        if entries:
            yield Group(f"package-{packages}" if title else "", title, entries)


def _members(item: object) -> Iterable[StoryPlacement | Continuation]:
    if isinstance(item, PackagePlacement):
        return item.place
    return (item,) if isinstance(item, StoryPlacement | Continuation) else ()


def _package_of(groups: Iterable[Group], story: Story) -> Group | None:
    return next(
        (
            group
            for group in groups
            if group.package and any(entry.story.id == story.id for entry in group.entries)
        ),
        None,
    )


def _story_of(item: TextPlacement) -> str:
    return item.story if isinstance(item, StoryPlacement) else str(getattr(item, "continues", ""))
