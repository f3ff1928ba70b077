"""The ground of a page: which of its cells are taken before stories are placed."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from producer.errors import Findings
from producer.layouts import Layout, Master
from producer.model import (
    Continuation,
    Issue,
    Item,
    PackagePlacement,
    Page,
    Rect,
    StoryPlacement,
)
from producer.plan import Frame, PlannedPage, plan_pages


@dataclass(frozen=True)
class Ground:
    """A page before planning: what stands on it already, by name, and its pinned frames."""

    number: int
    page: Page
    master: Master
    taken: tuple[tuple[str, Rect], ...]
    furniture: tuple[Rect, ...]
    pinned: tuple[Frame, ...]
    columns: int
    rows: int

    @property
    def holes(self) -> tuple[Rect, ...]:
        """All rectangles that no story may cover."""
        return tuple(rect for _, rect in self.taken)

    @cached_property
    def blocked(self) -> frozenset[tuple[int, int]]:
        """Columns and rows of all cells taken, those of the air below included."""
        cells = {cell for rect in self.holes for cell in _cells(rect)}
        return frozenset(cell for cell in cells if cell[1] <= self.rows + 1)

    @cached_property
    def blocks(self) -> tuple[Rect, ...]:
        """The same cells as rectangles that do not overlap; the last row is below the grid."""
        runs = {column: _runs(self.blocked, column) for column in range(1, self.columns + 1)}
        found = []
        for column in runs:
            for first, last in runs[column]:
                wide = 1
                while (first, last) in runs.get(column + wide, []):
                    runs[column + wide].remove((first, last))
                    wide += 1
                found.append(Rect(column=column, row=first, columns=wide, rows=last - first + 1))
        return tuple(found)

    @property
    def free_cells(self) -> int:
        """Cells for stories, each with the row of air below it; the page's foot has one more."""
        return self.columns * (self.rows + 1) - len(self.blocked)

    def free_in(self, column: int) -> int:
        """The same in one column."""
        return self.rows + 1 - sum(taken == column for taken, _ in self.blocked)

    @property
    def first_row(self) -> int:
        """The first row of the first column that is free."""
        rows = range(1, self.rows + 1)
        return next((row for row in rows if (1, row) not in self.blocked), 1)


def _cells(rect: Rect) -> Iterable[tuple[int, int]]:
    """The cells of a rectangle and of the row of air below it."""
    for row in range(rect.row, rect.last_row + 2):
        for column in range(rect.column, rect.last_column + 1):
            yield column, row


def _runs(blocked: frozenset[tuple[int, int]], column: int) -> list[tuple[int, int]]:
    """First and last rows of what is taken in a column without a break."""
    runs: list[tuple[int, int]] = []
    for row in sorted(row for own, row in blocked if own == column):
        if runs and runs[-1][1] == row - 1:
            runs[-1] = (runs[-1][0], row)
        else:
            runs.append((row, row))
    return runs


def grounds(
    issue: Issue, layout: Layout, findings: Findings, planned: Collection[int] = ()
) -> list[Ground]:
    """Every page with what stays on it; what does not lie well goes to `findings`.

    Stories stay that are pinned, and those that stand on a page, or go on on one, which is not
    among the `planned` ones, if any are named.
    """
    stay = _that_stay(issue, planned)
    pages = tuple(
        page.model_copy(update={"place": tuple(_kept(page, stay))}) for page in issue.pages
    )
    kept = issue.model_copy(update={"data": issue.data.model_copy(update={"pages": pages})})
    return [_ground(layout, each) for each in plan_pages(kept, layout, findings)]


def _that_stay(issue: Issue, planned: Collection[int]) -> set[str]:
    """The stories that the planner leaves as they are."""
    stay = set()
    for number, page in enumerate(issue.pages, 1):
        is_left = bool(planned) and number not in planned
        for item in page.place:
            members = item.place if isinstance(item, PackagePlacement) else (item,)
            texts = [each for each in members if isinstance(each, StoryPlacement | Continuation)]
            is_pinned = isinstance(item, PackagePlacement) and item.pinned
            stay |= {_name(each) for each in texts if is_left or is_pinned or each.pinned}
    return stay


def _kept(page: Page, stay: set[str]) -> Iterator[Item]:
    """What is left on a page; a package stays as a whole."""
    for item in page.place:
        if isinstance(item, PackagePlacement):
            if any(member.story in stay for member in item.place):
                yield item
        elif not isinstance(item, StoryPlacement | Continuation) or _name(item) in stay:
            yield item


def _name(item: StoryPlacement | Continuation) -> str:
    return item.story if isinstance(item, StoryPlacement) else item.continues


def _ground(layout: Layout, planned: PlannedPage) -> Ground:
    grid = layout.grid
    furniture = (*planned.master.reserved, *([planned.banner] if planned.banner else []))
    taken = [("furniture", rect) for rect in furniture]
    taken += [(ad.advertisement, rect) for ad, rect in planned.advertisements]
    taken += [("teasers", rect) for _, rect in planned.teasers]
    taken += [(package.package, rect) for package, rect in planned.packages]
    taken += [(frame.story, frame.rect) for frame in planned.frames if frame.package is None]
    return Ground(
        planned.number,
        planned.page,
        planned.master,
        tuple(taken),
        furniture,
        tuple(planned.frames),
        grid.columns,
        grid.rows,
    )


def old_frames(issue: Issue, layout: Layout) -> dict[str, Frame]:
    """Where each story begins in the plan as it is, sound or not."""
    found: dict[str, Frame] = {}
    for planned in plan_pages(issue, layout, Findings()):
        for frame in planned.frames:
            if isinstance(frame.item, StoryPlacement):
                found.setdefault(frame.story, frame)
    return found
