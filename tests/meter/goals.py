"""What the composer has set itself: a limit for each figure."""

from __future__ import annotations

from typing import NamedTuple


class Goal(NamedTuple):
    """A figure's heading and limit; `least` tells a lower limit."""

    key: str
    heading: str
    limit: float
    digits: int
    least: bool = False

    def is_reached(self, value: float | None) -> bool:
        """A figure that nothing was counted for misses no goal."""
        if value is None:
            return True
        return value >= self.limit if self.least else value <= self.limit

    @property
    def wanted(self) -> str:
        return f"{'≥' if self.least else '≤'} {self.limit:.{self.digits}f}"


GOALS = (
    Goal("ragged_pct", "ragged %", 0.0, 1),
    Goal("flush_p95_pt", "flush pt", 0.05, 3),
    Goal("kinsoku", "kinsoku", 0, 0),
    Goal("gap_p99_em", "gap p99", 0.08, 3),
    Goal("gap_max_wide_em", "gap max", 0.20, 3),
    Goal("line_gap_sd_em", "spread", 0.03, 3),
    Goal("squeeze_pct", "squeeze %", 100, 1, least=True),
    Goal("autospace_pct", "air %", 100, 1, least=True),
    Goal("grid_p95_pt", "grid pt", 0.05, 3),
)
# Told beside the goals: how much was measured, and how many lines are loose.
COUNTS = {"lines": "lines", "full": "full", "loose_lines": "> 0.08", "very_loose_lines": "> 0.20"}
COUNTS |= {"ended_early": "early"}
