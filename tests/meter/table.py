"""The meter's tables: Chinese setting beside its goals, English beside Typst."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tests.meter.goals import COUNTS, GOALS

Row = Mapping[str, float | None]

_SPACES = {
    "full": "full lines",
    "mean_em": "mean em",
    "p95_em": "p95 em",
    "p99_em": "p99 em",
    "max_em": "max em",
    "hyphenated_pct": "hyphens %",
    "unfilled": "unfilled",
}
_AIR = "  "
MISSED = "✗"


def goals_table(rows: Mapping[str, Row]) -> str:
    """A row for each set of pages; a figure that misses its goal is marked."""
    headings = ["", *COUNTS.values(), *(goal.heading for goal in GOALS)]
    wanted = ["goal", *[""] * len(COUNTS), *(f"{goal.wanted} " for goal in GOALS)]
    lines = [headings, wanted]
    for name, row in rows.items():
        lines.append([name, *(f"{row[key]:.0f}" for key in COUNTS), *_judged(row)])
    return _aligned(lines)


def _judged(row: Row) -> list[str]:
    cells = []
    for goal in GOALS:
        value = row[goal.key]
        mark = " " if goal.is_reached(value) else MISSED
        cells.append(f"{_number(value, goal.digits)} {mark}")
    return cells


def spaces_table(rows: Mapping[str, Row]) -> str:
    """Word spaces of the same English stories, set by different hands."""
    digits = {"full": 0, "unfilled": 0, "hyphenated_pct": 1}
    lines = [["English, word spaces", *_SPACES.values()]]
    for name, row in rows.items():
        lines.append([name, *(_number(row[key], digits.get(key, 3)) for key in _SPACES)])
    return _aligned(lines)


def _number(value: float | None, digits: int) -> str:
    return "–" if value is None else f"{value:.{digits}f}"


def _aligned(lines: Sequence[Sequence[str]]) -> str:
    """Names to the left, figures to the right, each column as wide as it must be."""
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    return "\n".join(
        _AIR.join(
            cell.rjust(width) if at else cell.ljust(width)
            for at, (cell, width) in enumerate(zip(line, widths, strict=True))
        ).rstrip()
        for line in lines
    )
