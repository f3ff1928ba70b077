"""Where a story's pictures, quotes and tables stand in its running text.

The first picture leads the story. The others stand at the paragraph's end nearest after the
text that precedes them in print; without a fitted plan, evenly between the paragraphs.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from producer.edition import Edition, Line, Part, PlacedInset, Slice
from producer.model import Block, Inset, Story

# Edges that are meant to be one may differ by rounding.
_NEAR_MM = 0.5
_NEAR_ROW = 0.1


def place_insets(story: Story, edition: Edition | None) -> dict[int, list[Inset]]:
    """The insets before each block of the body, by the block's index; its length is the end."""
    lead = next((inset for inset in story.head.insets if inset.picture), None)
    printed = _printed_places(story, edition) if edition else {}
    rest = [inset for inset in story.head.insets if inset is not lead]
    spread = dict(zip((inset.id for inset in rest), _spread(story, len(rest)), strict=True))
    places: dict[int, list[Inset]] = {0: [lead]} if lead else {}
    for inset in rest:
        at = _off_ties(story, printed.get(inset.id, spread[inset.id]))
        places.setdefault(at, []).append(inset)
    return places


def _printed_places(story: Story, edition: Edition) -> dict[str, int]:
    return {
        placed.id: _next_block(story, part, placed)
        for part in edition.parts_of(story.id)
        for placed in part.insets
    }


def _next_block(story: Story, part: Part, placed: PlacedInset) -> int:
    """The first block that begins, in print, at or after the inset's place."""
    for slice_ in part.slices:
        first = _first_after(slice_, placed)
        if first:
            return min(first.block + (first.start > 0), len(story.body))
    return part.end.block + (part.end.offset > 0 and part.end.block < len(story.body))


def _first_after(slice_: Slice, placed: PlacedInset) -> Line | None:
    """The first line of a slice that is read after an inset, which may stand beside it."""
    if _is_after(slice_, placed):
        return slice_.lines[0].line
    if not _is_within(placed, slice_):
        return None
    top = (placed.box.y - slice_.box.y) / slice_.box.height * slice_.rows - _NEAR_ROW
    return next((line for line, row in slice_.lines if row >= top), None)


def _is_within(placed: PlacedInset, slice_: Slice) -> bool:
    """Whether an inset begins inside a slice's column (绕排)."""
    aside, down = placed.box.x - slice_.box.x, placed.box.y - slice_.box.y
    return (
        -_NEAR_MM < aside < slice_.box.width - _NEAR_MM
        and -_NEAR_MM < down < slice_.box.height - _NEAR_MM
    )


def _is_after(slice_: Slice, placed: PlacedInset) -> bool:
    """Whether a slice is read after an inset: in a column to the right, or below it."""
    aside = slice_.box.x - placed.box.x
    return aside > _NEAR_MM or (aside > -_NEAR_MM and slice_.box.y > placed.box.y - _NEAR_MM)


def _spread(story: Story, count: int) -> Iterable[int]:
    """Block indexes that divide the body into even stretches."""
    return [max(1, len(story.body) * (at + 1) // (count + 1)) for at in range(count)]


def _off_ties(story: Story, at: int) -> int:
    """What would come between blocks that belong together stands before them."""
    at = min(at, len(story.body))
    while at > 0 and _is_tied(story.body[at - 1], story.body[at : at + 1]):
        at -= 1
    return at


def _is_tied(before: Block, after: Sequence[Block]) -> bool:
    """A subhead and a question keep what follows, a list's item its further paragraphs."""
    goes_on = any(block.kind == "list" and not block.label for block in after)
    return goes_on or before.kind in ("subhead", "question")
