"""A plan that an editor made, as a proposal: to be shown and judged beside the planner's own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from producer.edition import Edition, EditionPage, Part
from producer.layouts import Layout
from producer.model import InsetPlacement, Issue, Rect, StoryPlacement
from producer.planner.proposal import PageProposal, PlacedStory, Proposal

Cell = tuple[int, int]


def from_edition(edition: Edition, layout: Layout) -> Proposal:
    """What stands where in a fitted issue; a page's largest headlines rank first, as they look."""
    return Proposal(tuple(_page(edition, page, layout) for page in edition.pages))


def _page(edition: Edition, page: EditionPage, layout: Layout) -> PageProposal:
    taken = tuple(_taken(page, layout))
    packages = tuple((package.title, package.rect) for package in page.packages)
    by_weight = sorted(page.parts, key=lambda part: -_headline_pt(part))
    ranks = {part.anchor: rank for rank, part in enumerate(by_weight, 1)}
    planned = _insets(edition.issue, page.number)
    return PageProposal(
        number=page.number,
        section=page.section,
        master=page.master,
        stories=tuple(_placed(page, part, ranks[part.anchor], planned) for part in page.parts),
        taken=taken,
        packages=packages,
        fill=_fill(page, [rect for _, rect in taken], layout),
    )


def _placed(
    page: EditionPage, part: Part, rank: int, insets: dict[str, tuple[InsetPlacement, ...]]
) -> PlacedStory:
    return PlacedStory(
        story=part.story,
        page=part.page,
        rect=part.rect,
        columns=part.columns,
        style=part.style,
        rows=part.rect.rows - part.empty_rows // part.columns,
        lines=sum(len(slice_.lines) for slice_ in part.slices),
        rank=rank,
        box=part.box_style,
        package=None if part.package is None else page.packages[part.package].title,
        insets=insets.get(part.story, ()),
        continues=part.comes_from is not None,
        goes_to=part.goes_to,
    )


def _insets(issue: Issue, page: int) -> dict[str, tuple[InsetPlacement, ...]]:
    return {
        item.story if isinstance(item, StoryPlacement) else item.continues: item.insets
        for item in issue.pages[page - 1].text_placements()
    }


def _headline_pt(part: Part) -> float:
    return max(line.size_pt for line in part.head.lines if line.kind == "headline")


def _taken(page: EditionPage, layout: Layout) -> Iterator[tuple[str, Rect]]:
    master = layout.masters[page.master]
    yield from (("furniture", rect) for rect in master.reserved)
    if page.banner and master.banner:
        yield "banner", master.banner
    yield from ((each.data.advertisement, each.rect) for each in page.advertisements)
    yield from (("teasers", each.rect) for each in page.teasers)


def _fill(page: EditionPage, taken: Sequence[Rect], layout: Layout) -> float:
    """The filled share of the cells that are not taken.

    The row of air below anything is filled, and so is one that not all columns of a story reach.
    """
    free = _cells(layout.type_area) - {cell for rect in taken for cell in _cells(rect)}
    filled: set[Cell] = set()
    empty = 0
    parts = (part.rect for part in page.parts)
    for rect in (*taken, *parts, *(each.rect for each in page.packages)):
        filled |= _cells(rect.model_copy(update={"rows": rect.rows + 1}))
    for part in page.parts:
        empty += part.empty_rows // part.columns * part.rect.columns
    return (len(filled & free) - empty) / len(free)


def _cells(rect: Rect) -> set[Cell]:
    return {
        (column, row)
        for column in range(rect.column, rect.last_column + 1)
        for row in range(rect.row, rect.last_row + 1)
    }
