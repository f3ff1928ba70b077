"""The finished lines of a head, horizontal or vertical, as every output takes them; frozen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple


class HeadCell(NamedTuple):
    """A character of a vertical headline, or a group that stands together; in em of its line.

    Its box, one em high, stands at `x_em` and `y_em` from its line's top left corner; then it is
    turned clockwise about its middle, or squeezed towards it.
    """

    text: str
    x_em: float
    y_em: float
    width_em: float = 1.0
    is_turned: bool = False
    squeeze: float = 1.0


@dataclass(frozen=True, slots=True)
class HeadLine:
    """One line of a head: what it is, its text, size and place.

    It begins `x_pt` from the head's left edge, a vertical line, which has `cells`, also `y_pt`
    below its top. `tracking_em` stands between its characters, `gap_em` between its clauses.
    """

    kind: str
    text: str
    face: str
    size_pt: float
    line_height: float
    features: tuple[str, ...] = ()
    x_pt: float = 0.0
    y_pt: float = 0.0
    tracking_em: float = 0.0
    gap_em: float = 1.0
    cells: tuple[HeadCell, ...] = ()
