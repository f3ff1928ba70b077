"""plan.html: the issue as a flatplan, and why each story stands where it does; one file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from string import ascii_uppercase

from producer.edition import Box
from producer.layouts import MM_PER_PT, Layout
from producer.model import Issue, Rect
from producer.planner.proposal import Cut, LeftOver, PageProposal, PlacedStory, Proposal
from producer.webpage import fill_page
from producer.wording import long_date

# Cells that are taken by what has no name of its own; other names are shown as they are.
_NAMED = frozenset({"furniture", "banner", "teasers"})
_RANKS_SHOWN = 5


@dataclass(frozen=True)
class Inset:
    """A picture, quote or table in a frame: its place in percent of the frame, what it shows."""

    box: Box
    alt: str


@dataclass(frozen=True)
class Frame:
    """A story's frame on a page's sheet; places are percent of the sheet, or of the frame.

    `size` is the headline's in percent of the sheet's width; `goes_to` and `comes_from` are
    pages, with the anchors of the story's frames there.
    """

    anchor: str
    placed: PlacedStory
    headline: str
    box: Box
    size: float
    is_vertical: bool
    empty: float
    insets: tuple[Inset, ...]
    goes_to: tuple[int, str] | None
    comes_from: tuple[int, str] | None

    @property
    def weight(self) -> int:
        """The rank as one of a few shades."""
        return min(self.placed.rank, _RANKS_SHOWN)


@dataclass(frozen=True)
class Paid:
    """A term, as the id of its message, with who pays how much; the page itself is None."""

    id: str
    payers: tuple[tuple[int, Frame | None], ...]

    @property
    def cost(self) -> int:
        """What all pay together."""
        return sum(cost for cost, _ in self.payers)


@dataclass(frozen=True)
class Sheet:
    """A page of one proposal, or of several that agree: `letters` name them."""

    letters: tuple[str, ...]
    page: PageProposal
    frames: tuple[Frame, ...]
    taken: tuple[tuple[str, Box], ...]
    packages: tuple[tuple[str, Box], ...]

    @property
    def cost(self) -> int:
        """What the page and its stories pay together."""
        return sum(one.cost for one in self.paid)

    @property
    def paid(self) -> list[Paid]:
        """Every term that is paid for, the dearest first."""
        payers: dict[str, list[tuple[int, Frame | None]]] = {}
        for term in self.page.terms:
            payers.setdefault(term.name, []).append((term.cost, None))
        for frame in self.frames:
            for term in frame.placed.terms:
                payers.setdefault(term.name, []).append((term.cost, frame))
        paid = [Paid(term_id(name), tuple(own)) for name, own in payers.items()]
        return sorted(paid, key=lambda one: (-one.cost, one.id))


@dataclass(frozen=True)
class Figures:
    """A proposal in numbers."""

    letter: str
    stories: int
    jumps: int
    left_over: tuple[LeftOver, ...]
    cuts: tuple[Cut, ...]
    cost: int
    seed: int


def term_id(name: str) -> str:
    """The message that tells a term's name and reason."""
    return f"plan-term.{name.replace('_', '-')}"


def flatplan(
    issue: Issue, layout: Layout, proposals: Sequence[Proposal], language: str = "en"
) -> str:
    """The page as HTML; the same proposals give the same text.

    Args:
        issue: Whose stories they are.
        layout: Its grid, to which the sheets are drawn.
        proposals: The plan, or several, of which each page's alternatives stand side by side;
            the table of stories is the first one's.
        language: Of all words but the stories' own.
    """
    drawing = _Drawing(issue, layout, proposals)
    rows = drawing.rows()
    date = issue.data.date
    return fill_page(
        "producer.planner",
        "plan.html",
        language,
        issue=issue,
        paper_language=issue.paper.language,
        date=long_date(language.split("_")[0], date.year, date.month, date.day),
        layout=layout,
        rows=rows,
        first=[sheets[0] for sheets in rows],
        figures=[drawing.figures(number) for number in range(len(proposals))],
        is_named=_NAMED.__contains__,
        term_id=term_id,
    )


class _Drawing:
    """Lays proposals out as sheets."""

    def __init__(self, issue: Issue, layout: Layout, proposals: Sequence[Proposal]) -> None:
        self.issue = issue
        self.layout = layout
        self.proposals = proposals

    def rows(self) -> list[list[Sheet]]:
        """For every page its sheets: one, or those of proposals that differ there."""
        numbers = sorted({page.number for each in self.proposals for page in each.pages})
        return [list(self._sheets(number)) for number in numbers]

    def figures(self, number: int) -> Figures:
        """A proposal in numbers."""
        proposal = self.proposals[number]
        placed = [story for page in proposal.pages for story in page.stories]
        paid = [term for story in placed for term in story.terms]
        paid += [term for page in proposal.pages for term in page.terms]
        return Figures(
            self._letter(number),
            len({story.story for story in placed}),
            sum(story.goes_to is not None for story in placed),
            proposal.left_over,
            proposal.cuts,
            sum(term.cost for term in paid),
            proposal.seed,
        )

    def _letter(self, number: int) -> str:
        return ascii_uppercase[number] if len(self.proposals) > 1 else ""

    def _sheets(self, number: int) -> Iterator[Sheet]:
        agreeing: dict[PageProposal, list[int]] = {}
        for at, proposal in enumerate(self.proposals):
            for page in proposal.pages:
                if page.number == number:
                    agreeing.setdefault(page, []).append(at)
        for page, of in agreeing.items():
            letters = tuple(self._letter(each) for each in of)
            yield Sheet(
                letters if len(agreeing) > 1 else (),
                page,
                tuple(self._frame(story, of[0]) for story in page.stories),
                tuple((name, self._box(rect)) for name, rect in page.taken),
                tuple((title, self._box(rect)) for title, rect in page.packages),
            )

    def _frame(self, placed: PlacedStory, proposal: int) -> Frame:
        story = self.issue.stories[placed.story]
        headline = story.short if placed.continues else story.title
        style = self.layout.heads[placed.style]
        before = self._begun(placed.story, proposal) if placed.continues else None
        empty = max(0, placed.rect.rows - placed.rows) / placed.rect.rows
        return Frame(
            anchor=self._anchor(placed.story, placed.page, proposal),
            placed=placed,
            headline=headline,
            box=self._box(placed.rect),
            size=self._size(headline, placed),
            is_vertical=style.direction == "vertical" and not placed.continues,
            empty=round(100 * empty, 2),
            insets=tuple(self._insets(placed)),
            goes_to=self._other_end(placed.story, placed.goes_to, proposal),
            comes_from=self._other_end(placed.story, before, proposal),
        )

    def _begun(self, story: str, proposal: int) -> int | None:
        """The page on which a story begins; None if it was not planned."""
        pages = self.proposals[proposal].pages
        parts = (part for page in pages for part in page.stories if part.story == story)
        return next((part.page for part in parts if not part.continues), None)

    def _other_end(self, story: str, page: int | None, proposal: int) -> tuple[int, str] | None:
        return (page, self._anchor(story, page, proposal)) if page else None

    def _anchor(self, story: str, page: int, proposal: int) -> str:
        """The frame's id; proposals that agree on a page have one sheet, the first one's."""
        own = [each for each in self.proposals[proposal].pages if each.number == page]
        first = next((at for at, each in enumerate(self.proposals) if {*own} & {*each.pages}), 0)
        return f"{self._letter(first).lower() or 'plan'}-{page}-{story}"

    def _size(self, headline: str, placed: PlacedStory) -> float:
        """About the size that the headline is set in, in percent of the sheet's width."""
        part = self.layout.heads[placed.style].headline
        width = self.layout.width_mm(placed.rect.columns) / MM_PER_PT
        fitting = (size for size in part.sizes if len(headline) * size <= part.lines * width)
        size = next(fitting, part.sizes[-1])
        return round(100 * size * MM_PER_PT / self.layout.page.width_mm, 2)

    def _insets(self, placed: PlacedStory) -> Iterator[Inset]:
        """The insets in the frame, below the rows that the head is about to have."""
        story, rows = self.issue.stories[placed.story], placed.rect.rows
        covered = sum(each.columns * each.rows for each in placed.insets if not each.side)
        head = max(0, placed.rows - -(-(placed.lines + covered) // placed.columns))
        column = 100 / placed.columns
        for each in placed.insets:
            inset = story.inset(each.inset)
            x, width = (each.column - 1) * column, each.columns * column
            if each.side:
                width /= 2
                x += width if each.side == "right" else 0
            top, height = 100 * (head + each.row - 1) / rows, 100 * each.rows / rows
            alt = inset.alt or inset.quote or inset.table if inset else None
            yield Inset(_rounded(Box(x, top, width, min(height, 100 - top))), alt or each.inset)

    def _box(self, rect: Rect) -> Box:
        """Cells in percent of the page."""
        layout, page = self.layout, self.layout.page
        return _rounded(
            Box(
                100 * layout.x_mm(rect.column) / page.width_mm,
                100 * layout.y_mm(rect.row) / page.height_mm,
                100 * layout.width_mm(rect.columns) / page.width_mm,
                100 * rect.rows * layout.grid.row_mm / page.height_mm,
            )
        )


def _rounded(box: Box) -> Box:
    return Box(*(round(value, 2) for value in (box.x, box.y, box.width, box.height)))
