"""Solutions told: what stands where, and what each story pays."""

from __future__ import annotations

from producer.layouts import Layout
from producer.model import Rect
from producer.plan import Frame
from producer.planner.pages import OpenPage
from producer.planner.proposal import PageProposal, PlacedStory
from producer.planner.solve import Placed, Solution


def page_proposal(page: OpenPage, layout: Layout) -> PageProposal:
    """A page as proposed: its stories in reading order, pinned ones among them."""
    ground, solution = page.ground, page.solution
    assert solution
    stories = [_story(page, each, solution) for each in solution.placed]
    stories += [_pinned(frame) for frame in ground.pinned]
    stories.sort(key=lambda each: (each.rect.row, each.rect.column))
    return PageProposal(
        number=ground.number,
        section=ground.page.section,
        master=ground.page.master,
        stories=tuple(stories),
        taken=ground.taken,
        packages=tuple(_packages(solution, layout)),
        fill=page.fill,
        terms=tuple(term for story, term in solution.paid if story is None),
        status=solution.status,
    )


def _story(page: OpenPage, placed: Placed, solution: Solution) -> PlacedStory:
    shape, item, ground = placed.shape, placed.item, page.ground
    return PlacedStory(
        story=item.name,
        page=ground.number,
        rect=placed.rect,
        columns=shape.text_columns,
        style=shape.style,
        rows=shape.rows,
        lines=shape.lines,
        rank=item.rank,
        box=shape.box,
        package=item.wish.package if not item.is_rest else None,
        insets=shape.insets,
        continues=item.is_rest,
        goes_to=page.sent.get(item.name) if shape.is_cut else None,
        terms=tuple(term for story, term in solution.paid if story == item.name),
    )


def _pinned(frame: Frame) -> PlacedStory:
    return PlacedStory(
        story=frame.story,
        page=frame.page,
        rect=frame.rect,
        columns=frame.columns,
        style=frame.style,
        rows=frame.rect.rows,
        lines=0,
        rank=3,
        box=frame.box,
        insets=frame.item.insets,
        pinned=True,
    )


def _packages(solution: Solution, layout: Layout) -> list[tuple[str, Rect]]:
    """Each package's rectangle: its stories' and the rows of its title above them."""
    firsts = [each for each in solution.placed if not each.item.is_rest]
    found = []
    for title in filter(None, dict.fromkeys(each.item.wish.package for each in firsts)):
        rects = [each.rect for each in firsts if each.item.wish.package == title]
        column, row = min(r.column for r in rects), min(r.row for r in rects)
        right, foot = max(r.last_column for r in rects), max(r.last_row for r in rects)
        top = row - layout.package_rows
        rect = Rect(column=column, row=top, columns=right - column + 1, rows=foot - top + 1)
        found.append((title, rect))
    return found
