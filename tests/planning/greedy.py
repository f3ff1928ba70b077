"""The baseline: stories by rank, each in a fixed number of columns, where it first fits."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from producer.fonts.library import FontLibrary
from producer.layouts import Layout
from producer.model import Advertisement, Issue, Rect, Story, Teasers, Wish
from producer.planner.moulds import MouldMaker
from producer.planner.proposal import LeftOver, PageProposal, PlacedStory, Proposal
from producer.planner.shapes import Means, Shape, ShapeMaker

# Shorter stories get the smallest head.
_BRIEF_CHARACTERS = 200


class _Room:
    """The free cells of a page; every column is a number whose bits are its taken rows."""

    def __init__(self, layout: Layout, taken: Iterable[Rect]) -> None:
        self.grid = layout.grid
        self.columns = [0] * layout.grid.columns
        for rect in taken:
            self.take(rect)

    def take(self, rect: Rect) -> None:
        for column in range(rect.column - 1, rect.last_column):
            self.columns[column] |= self._bits(rect.row, rect.rows)

    def first(self, columns: int, rows: int) -> Rect | None:
        """Where so many cells are free, nearest the top and then the left, a row of air below."""
        for row in range(1, self.grid.rows - rows + 2):
            bits = self._bits(row, min(rows + 1, self.grid.rows - row + 1))
            for column in range(self.grid.columns - columns + 1):
                if not any(taken & bits for taken in self.columns[column : column + columns]):
                    return Rect(column=column + 1, row=row, columns=columns, rows=rows)
        return None

    @property
    def free(self) -> int:
        return self.grid.columns * self.grid.rows - sum(each.bit_count() for each in self.columns)

    @staticmethod
    def _bits(row: int, rows: int) -> int:
        return ((1 << rows) - 1) << row


class Packer:
    """Packs the stories of one issue that nobody has planned."""

    def __init__(self, issue: Issue, layout: Layout, fonts: FontLibrary) -> None:
        self.issue = issue
        self.layout = layout
        self.maker = ShapeMaker(MouldMaker(issue, layout, fonts))
        self.wishes = {wish.story: wish for wish in issue.data.wanted}
        self.taken = [tuple(self._taken(number)) for number in range(len(issue.pages))]
        self.rooms = [_Room(layout, (rect for _, rect in taken)) for taken in self.taken]

    def pack(self) -> Proposal:
        """Every story that has room on its page; the others are left over."""
        placed: list[PlacedStory] = []
        left: list[LeftOver] = []
        for story in sorted(self.issue.stories.values(), key=self._order):
            found = self._placed(story)
            if found:
                placed.append(found)
            else:
                left.append(self._left_over(story))
        pages = tuple(self._page(number, placed) for number in range(1, len(self.rooms) + 1))
        return Proposal(pages, tuple(left))

    def _left_over(self, story: Story) -> LeftOver:
        wish = self._wish(story)
        page = self._page_of(wish)
        shape = self._shape(story, page, self._widths(wish)[0], wish.rank)
        free, needs = self.rooms[page - 1].free, shape.columns * shape.rows if shape else 0
        values = {"page": page, "needs": needs, "free": free}
        return LeftOver(
            story.id, "plan.left-over", tuple((key, str(value)) for key, value in values.items())
        )

    def _order(self, story: Story) -> tuple[int, int]:
        order = list(self.issue.stories)
        return self._wish(story).rank, order.index(story.id)

    def _wish(self, story: Story) -> Wish:
        return self.wishes.get(story.id) or Wish(story=story.id)

    def _placed(self, story: Story) -> PlacedStory | None:
        wish = self._wish(story)
        page = self._page_of(wish)
        for columns in self._widths(wish):
            shape = self._shape(story, page, columns, wish.rank)
            rect = self.rooms[page - 1].first(columns, shape.rows) if shape else None
            if shape and rect:
                self.rooms[page - 1].take(rect.model_copy(update={"rows": rect.rows + 1}))
                return _place(story, page, rect, shape, wish.rank)
        return None

    def _page_of(self, wish: Wish) -> int:
        """The page that is wanted, or the one with the most room of those that may be."""
        if wish.page:
            return wish.page
        pages = enumerate(self.issue.pages, 1)
        fitting = [number for number, page in pages if wish.section in (None, page.section)]
        numbers = fitting or list(range(1, len(self.rooms) + 1))
        return max(numbers, key=lambda number: (self.rooms[number - 1].free, -number))

    def _widths(self, wish: Wish) -> list[int]:
        """The fixed number of columns first, and others in case that there is no room."""
        count = self.layout.grid.columns
        least, most = wish.columns or (1, count)
        wanted = 4 if wish.rank == 1 else 3 if wish.rank == 2 else 2
        widths = range(least, min(most, count) + 1)
        return sorted(widths, key=lambda columns: abs(columns - wanted))

    def _shape(self, story: Story, page: int, columns: int, rank: int) -> Shape | None:
        for style in self._styles(story, page, rank):
            found = self.maker.shapes(story, Means((columns,), (style,)))
            if found:
                return min(found, key=lambda shape: (shape.left_out, shape.levers, shape.rows))
        return None

    def _styles(self, story: Story, page: int, rank: int) -> Iterator[str]:
        """By rank alone; a smaller head where it has no room."""
        if sum(len(block.text) for block in story.body) < _BRIEF_CHARACTERS:
            yield "brief"
        elif rank == 1:
            yield "lead" if page == 1 else "page-lead"
        elif rank == 2:
            yield "second"
        yield "standard"

    def _taken(self, number: int) -> Iterator[tuple[str, Rect]]:
        page = self.issue.pages[number]
        master = self.layout.masters[page.master]
        yield from (("furniture", rect) for rect in master.reserved)
        if page.banner and master.banner:
            yield "banner", master.banner
        for item in page.place:
            if isinstance(item, Advertisement | Teasers) and item.rect:
                yield "teasers" if isinstance(item, Teasers) else item.advertisement, item.rect

    def _page(self, number: int, placed: Iterable[PlacedStory]) -> PageProposal:
        page = self.issue.pages[number - 1]
        own = [story for story in placed if story.page == number]
        own.sort(key=lambda story: (story.rect.row, story.rect.column))
        return PageProposal(
            number, page.section, page.master, tuple(own), taken=self.taken[number - 1]
        )


def _place(story: Story, page: int, rect: Rect, shape: Shape, rank: int) -> PlacedStory:
    return PlacedStory(
        story=story.id,
        page=page,
        rect=rect,
        columns=shape.text_columns,
        style=shape.style,
        rows=shape.rows,
        lines=shape.lines,
        rank=rank,
        insets=shape.insets,
    )


def pack(issue: Issue, layout: Layout, fonts: FontLibrary) -> Proposal:
    """The issue packed greedily."""
    return Packer(issue, layout, fonts).pack()
