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
_NAME = 34
_WIDTH = 13
MISSED = "✗"


def goals_table(rows: Mapping[str, Row]) -> str:
    """A row for each set of pages; a figure that misses its goal is marked."""
    headings = [*COUNTS.values(), *(goal.heading for goal in GOALS)]
    lines = [_line("", headings), _line("goal", ["", *[""] * (len(COUNTS) - 1), *_wanted()])]
    for name, row in rows.items():
        counts = [f"{row[key]:.0f}" for key in COUNTS]
        lines.append(_line(name, [*counts, *_judged(row)]))
    return "\n".join(lines)


def _wanted() -> list[str]:
    return [goal.wanted for goal in GOALS]


def _judged(row: Row) -> list[str]:
    cells = []
    for goal in GOALS:
        value = row[goal.key]
        mark = " " if goal.is_reached(value) else MISSED
        cells.append(f"{_number(value, goal.digits)} {mark}")
    return cells


def spaces_table(rows: Mapping[str, Row]) -> str:
    """Word spaces of the same English stories, set by different hands."""
    lines = [_line("English, word spaces", list(_SPACES.values()))]
    for name, row in rows.items():
        digits = {"full": 0, "unfilled": 0, "hyphenated_pct": 1}
        lines.append(_line(name, [_number(row[key], digits.get(key, 3)) for key in _SPACES]))
    return "\n".join(lines)


def _number(value: float | None, digits: int) -> str:
    return "–" if value is None else f"{value:.{digits}f}"


def _line(name: str, cells: Sequence[str]) -> str:
    return f"{name:<{_NAME}}" + "".join(f"{cell:>{_WIDTH}}" for cell in cells).rstrip()
