"""Lines of vertical heads: cells below one another."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tests.golden.notation import EM_PT, hundredths
from tests.golden.reading import Glyph


def is_of_head(glyph: Glyph) -> bool:
    return glyph.size > EM_PT + 0.1 or glyph.is_turned


def cells_of(line: Sequence[Glyph]) -> Iterator[tuple[Glyph, ...]]:
    """Turned glyphs that follow each other are a cell, and so are figures side by side."""
    cell: list[Glyph] = []
    for glyph in line:
        last = cell[-1] if cell else None
        if last and not (
            last.is_turned == glyph.is_turned
            and (glyph.is_turned or abs(last.y - glyph.y) < EM_PT / 50)
        ):
            yield tuple(cell)
            cell = []
        cell.append(glyph)
    yield tuple(cell)


def cell_text(cell: Sequence[Glyph]) -> str:
    text = "".join(glyph.text for glyph in cell)
    if cell[0].is_turned:
        return f"{{↷{text}}}"
    squeezed = f"×{hundredths(cell[0].width, 1)}" if cell[0].width < 0.995 else ""
    return f"{{{text}{squeezed}}}" if len(cell) > 1 else text


def top(cell: Sequence[Glyph]) -> float:
    """Where a cell begins: its em box's top, or a turned word's origin."""
    return cell[0].y if cell[0].is_turned else cell[0].y - 0.88 * cell[0].size


def foot(cell: Sequence[Glyph]) -> float:
    last = cell[-1]
    return last.y + last.size / 2 if last.is_turned else last.y + 0.12 * last.size
