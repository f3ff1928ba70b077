"""About how many cells a story takes, before anything is set: for sharing stories among pages."""

from __future__ import annotations

from math import ceil

from producer.layouts import Layout
from producer.model import Story
from producer.planner.desk import Item

# Cells of a head with the air around the story, by rank; a minor story's where it has no own.
_HEAD_CELLS = {1: 40, 2: 22, 3: 14}
_LEAST_HEAD_CELLS = 9
# A picture takes about so much of its story's text again, within bounds.
_PICTURE_SHARE, _LEAST_PICTURE_CELLS, _MOST_PICTURE_CELLS = 0.3, 16, 60
# Lines end before the measure is full at the ends of paragraphs.
_INDENT_EM = 2


def text_rows(story: Story, layout: Layout) -> int:
    """Rows of the text in one grid column."""
    measure = layout.grid.column_em
    return sum(ceil((len(block.text) + _INDENT_EM) / measure) for block in story.body)


def cells(item: Item, layout: Layout) -> int:
    """Cells of a whole story, head, pictures and air included."""
    text = text_rows(item.story, layout)
    pictures = sum(inset.picture is not None for inset in item.story.head.insets)
    each = min(max(round(text * _PICTURE_SHARE), _LEAST_PICTURE_CELLS), _MOST_PICTURE_CELLS)
    return text + _HEAD_CELLS.get(item.rank, _LEAST_HEAD_CELLS) + pictures * each


def rest_cells(lines: int, measure_em: int, layout: Layout) -> int:
    """Cells of what goes on of a story that was cut: so many lines of a measure, and its head."""
    return ceil(lines * measure_em / layout.grid.column_em) + _HEAD_CELLS[3]
