"""Page markers: where the print page changes, walked in the order in which the book is read."""

from __future__ import annotations

from dataclasses import dataclass, field

from producer.edition import Edition, Mark
from producer.epub.names import page_file, story_file
from producer.model import Issue
from producer.wording import page_numeral


@dataclass(frozen=True)
class Marker:
    """The beginning of a print page, or of a further piece of it.

    Ids hold a `_`, which no other id of the book has, and none is the end of another: some
    readers look an id up by its end (Thorium). `mark` is the place in the story's body before
    which it stands; None at a document's head.
    """

    page: int
    label: str
    id: str
    file: str
    mark: Mark | None = None

    @property
    def is_primary(self) -> bool:
        """Whether it begins the page's front document; the NCX lists only these."""
        return self.file == page_file(self.page)

    @property
    def href(self) -> str:
        """Its address from any other document."""
        return f"{self.file}#{self.id}"


@dataclass
class Markers:
    """All markers in reading order, and those of each document."""

    every: list[Marker] = field(default_factory=list)

    def of(self, file: str) -> tuple[Marker, ...]:
        """The markers of one document, in order."""
        return tuple(marker for marker in self.every if marker.file == file)

    def at_part(self, story: str, page: int) -> Marker | None:
        """The marker of the print page `page` in a story that goes on there."""
        file = story_file(story)
        found = (one for one in self.every if one.file == file and one.page == page and one.mark)
        return next(found, None)


def find_markers(issue: Issue, edition: Edition) -> Markers:
    """Walk the pages and their stories; wherever the print page changes, there is a marker.

    A page's front document has its primary marker, labelled as the page is: `4`. What follows
    of the same page, at a cut in a story or where reading returns to it, is `4-2`, `4-3`, …
    """
    walk = _Walk(issue)
    for page in edition.pages:
        walk.enter(page.number, page_file(page.number))
        for part in page.parts:
            if part.index > 1:
                continue
            file = story_file(part.story)
            if walk.page != page.number:
                walk.enter(page.number, file)
            for following in edition.parts_of(part.story)[1:]:
                walk.enter(following.page, file, following.start)
    return Markers(walk.markers)


class _Walk:
    """The print page that the reader is on, and the markers passed."""

    def __init__(self, issue: Issue) -> None:
        self.issue = issue
        self.page = 0
        self.markers: list[Marker] = []
        self._pieces: dict[int, int] = {}

    def enter(self, page: int, file: str, mark: Mark | None = None) -> None:
        """The print page changes to `page`, in a document, before `mark`."""
        self.page = page
        primary = file == page_file(page)
        piece = 1 if primary else self._pieces.get(page, 1) + 1
        self._pieces[page] = max(piece, self._pieces.get(page, 1))
        numeral = page_numeral(self.issue.paper, page)
        label, id = (
            (numeral, f"pg_{page}") if primary else (f"{numeral}-{piece}", f"pg_{page}_{piece}")
        )
        self.markers.append(Marker(page, label, id, file, mark))
