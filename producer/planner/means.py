"""What the layout lets the planner use for a story on a page."""

from __future__ import annotations

from producer.layouts import Layout
from producer.planner.desk import Item
from producer.planner.ground import Ground
from producer.planner.shapes import Means

# From this rank on a story may stand in a box.
_BOXED_RANK = 3


def means_for(item: Item, ground: Ground, layout: Layout, is_roomy: bool = False) -> Means:
    """What a story may use; on a roomy page it may be wider and its head larger."""
    planning, wish = layout.planning, item.wish
    rank = max(1, item.rank - 1) if is_roomy and item.rank > 2 else item.rank
    styles = planning.styles(ground.page.master, item.rank)
    if is_roomy:
        styles = tuple(dict.fromkeys((*styles, *planning.styles(ground.page.master, rank))))
    styles = planning.kinds.get(item.story.head.kind) or styles
    if wish.package and planning.member:
        styles = planning.member
    least, most = wish.columns or (1, ground.columns)
    columns = range(1, ground.columns + 1) if is_roomy else planning.widths(rank, ground.columns)
    if wish.columns:
        columns = range(1, ground.columns + 1)
    has_boxes = item.rank >= _BOXED_RANK and not wish.package
    return Means(
        columns=tuple(each for each in columns if least <= each <= most),
        styles=styles or tuple(layout.heads)[:1],
        boxes=(None, *planning.boxes[:1]) if has_boxes else (None,),
        needs_pictures=wish.picture == "required",
    )
