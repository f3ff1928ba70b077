"""What the layout lets the planner use for a story on a page."""

from __future__ import annotations

from typing import Literal

from producer.layouts import Layout
from producer.planner.desk import Item
from producer.planner.ground import Ground
from producer.planner.shapes import Means

Mode = Literal["usual", "dense", "roomy", "filled", "rest"]

# Stories of these ranks may stand in a box.
_BOXED_RANKS = range(3, 6)


def means_for(item: Item, ground: Ground, layout: Layout, mode: Mode = "usual") -> Means:
    """What a story may use on a page.

    On a `roomy` page, and one that is `filled` up, heads may be larger; where it is `dense`, they
    may be smaller; then stories may be of any width, as the `rest` of one is. The lead stays wide.
    """
    planning, wish = layout.planning, item.wish
    most = ground.columns
    usual = planning.widths(item.rank, most)
    # The lead is never narrower than it should be.
    first = usual[0] if item.rank == 1 and not item.is_rest else 1
    widths = usual if mode == "usual" else range(first, most + 1)
    if wish.columns:
        widths = range(wish.columns[0], min(wish.columns[1], most) + 1)
    has_boxes = item.rank in _BOXED_RANKS and not wish.package and mode != "dense"
    return Means(
        columns=tuple(widths),
        styles=_styles(item, ground, layout, mode),
        boxes=(None, *planning.boxes[:1]) if has_boxes else (None,),
        needs_pictures=wish.picture == "required",
        most_thin_rows=planning.most_rows,
    )


def _styles(item: Item, ground: Ground, layout: Layout, mode: Mode) -> tuple[str, ...]:
    planning, master = layout.planning, ground.page.master
    if item.wish.package and planning.member:
        return planning.member
    own = planning.kinds.get(item.story.head.kind) or planning.styles(master, item.rank)
    other = {"dense": item.rank + 1, "roomy": item.rank - 1, "filled": item.rank - 1}.get(mode)
    # Only the lead has the lead's head.
    more = planning.styles(master, max(2, other)) if other and item.rank > 1 else ()
    return tuple(dict.fromkeys((*own, *more))) or tuple(layout.heads)[:1]
