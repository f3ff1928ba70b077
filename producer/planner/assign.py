"""Stories to pages."""

from __future__ import annotations

from collections.abc import Sequence

from producer.layouts import Layout
from producer.planner.desk import Item
from producer.planner.ground import Ground


def assign(
    grounds: Sequence[Ground], items: dict[str, Item], layout: Layout
) -> dict[int, list[Item]]:
    """The stories of each page."""
    pinned = {frame.story for ground in grounds for frame in ground.pinned}
    pages: dict[int, list[Item]] = {ground.number: [] for ground in grounds}
    for name, item in items.items():
        if name in pinned:
            continue
        page = item.wish.page or (item.old.page if item.old else 1)
        pages[page].append(item)
    return pages
