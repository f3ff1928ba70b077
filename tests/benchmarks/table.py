"""The one table, and the figures that the project has set itself."""

from __future__ import annotations

import os
import platform
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from operator import truediv
from statistics import median
from typing import Any

from tests.benchmarks.measure import COMPOSING, TOTAL, Lap, Measured
from tests.benchmarks.words import Words

_HEADINGS = "cold s,warm s,cpu s,ratio,MB once,MB peak,pages,characters,lost".split(",")
_NAME_WIDTH = 44
_WIDTH = 11

WHOLE = "whole build, all outputs"
PRODUCER = "words alone: producer"
COLUMNS = "words alone: WeasyPrint columns"
TIGHT = "WeasyPrint, boxes with no row to spare"
TYPST = "words alone: Typst"


@dataclass(frozen=True)
class Goal:
    """A figure to reach; `most` tells whether it is an upper limit. None: not measured."""

    name: str
    value: float | None
    cpu: float | None
    limit: float
    most: bool
    unit: str = ""

    @property
    def verdict(self) -> str:
        """Reached, missed or not measured."""
        if self.value is None:
            return "not measured"
        reached = self.value <= self.limit if self.most else self.value >= self.limit
        return "reached" if reached else "MISSED"


def goals(results: dict[str, Measured]) -> list[Goal]:
    """What the issue asks for, measured."""
    whole = results[WHOLE]
    peak = whole.peak_once_mb or None
    return [
        _ratio_goal("WeasyPrint columns / producer", results[COLUMNS], results[PRODUCER], 6, False),
        _ratio_goal("producer / Typst", results[PRODUCER], results[TYPST], 3.5, True),
        Goal("30,000 characters composed", _composing(results[PRODUCER]), None, 0.4, True, " s"),
        Goal("peak memory of one whole build", peak, None, 350, True, " MB"),
        Goal("three PDFs / print.pdf alone", *_three_pdfs(whole), 2.2, True),
    ]


def _three_pdfs(whole: Measured) -> tuple[float | None, float | None]:
    """What all PDF editions cost by the first one, composing and fitting counted once in both."""
    names = ("compose + fit", "PDF print", "PDF screen", "archive")
    laps = [whole.laps[name] for name in names if name in whole.laps]
    if len(laps) < len(names) or not laps[1].warm:
        return None, None
    times = [[lap.seconds for lap in laps], [lap.cpu_seconds for lap in laps]]
    by_clock, by_cpu = (sum(each) / sum(each[:2]) for each in times)
    return by_clock, by_cpu


def _composing(row: Measured) -> float | None:
    """Seconds for 30,000 characters."""
    lap = row.laps.get(COMPOSING)
    return lap.seconds * 30_000 / row.characters if lap and row.characters else None


def _ratio_goal(name: str, above: Measured, below: Measured, limit: float, most: bool) -> Goal:
    """Of warm times, round by round: by the clock, and by the processor's."""
    one, other = above.laps.get(TOTAL), below.laps.get(TOTAL)
    if not (one and other and one.warm and other.warm):
        return Goal(name, None, None, limit, most)
    cpu = median(map(truediv, one.cpu, other.cpu)) if all((*one.cpu, *other.cpu)) else None
    return Goal(name, median(map(truediv, one.warm, other.warm)), cpu, limit, most)


def table(words: Words, results: dict[str, Measured], runs: int) -> str:
    """All rows, then the goals."""
    spec = words.type
    load = "/".join(f"{value:.1f}" for value in os.getloadavg())
    return "\n".join(
        [
            f"The same words: {words.folder} as plain text, {len(words.pages)} pages,",
            f"{spec.columns} columns of {spec.column_em:g} characters, {spec.body_pt:g}/"
            f"{spec.leading_pt:g} pt. Python {platform.python_version()}, "
            f"{os.cpu_count()} processors, load {load}.",
            "Cold: first run in a new process, imports included. "
            f"Warm: median of {runs} builds or rounds.",
            "",
            " " * _NAME_WIDTH + "".join(f"{heading:>{_WIDTH}}" for heading in _HEADINGS),
            *(line for name, row in results.items() for line in _rows(name, row, results)),
            "",
            *(_goal_line(goal) for goal in goals(results)),
        ]
    )


def _rows(name: str, row: Measured, results: dict[str, Measured]) -> Iterator[str]:
    title = f"{name} {row.version}".rstrip()
    total = row.laps.get(TOTAL)
    if total is None:
        yield f"{title:<{_NAME_WIDTH}}  {row.note}"
        return
    base = results[PRODUCER].total
    ratio = f"{total.seconds / base:.2f}" if base and total.warm else ""
    cells = [ratio, f"{row.peak_once_mb:.0f}", f"{row.peak_mb:.0f}"]
    cells += [f"{row.pages}", f"{row.characters:,}", f"{row.lost:,}"]
    yield f"{title:<{_NAME_WIDTH}}" + _cells([*_times(total), *cells])
    for step, lap in row.laps.items():
        if step != TOTAL:
            yield f"{'  ' + step:<{_NAME_WIDTH}}" + _cells(_times(lap))
    if row.note:
        yield f"  ({row.note})"


def _times(lap: Lap) -> list[str]:
    if not lap.warm:
        return [f"{lap.cold:.2f}", "", ""]
    return [f"{lap.cold:.2f}", f"{lap.seconds:.2f}", f"{lap.cpu_seconds:.2f}"]


def _cells(cells: list[str]) -> str:
    return "".join(f"{cell:>{_WIDTH}}" for cell in cells)


def _goal_line(goal: Goal) -> str:
    value = "" if goal.value is None else f"{goal.value:.2f}{goal.unit}"
    cpu = f"(cpu {goal.cpu:.1f})" if goal.cpu else ""
    limit = f"goal at {'most' if goal.most else 'least'} {goal.limit:g}{goal.unit}"
    return f"{goal.name:<{_NAME_WIDTH}}{value:>{_WIDTH}} {cpu:<11}  {limit:<22}{goal.verdict}"


def as_json(words: Words, results: dict[str, Measured], runs: int) -> dict[str, Any]:
    """The same as data."""
    return {
        "issue": words.folder,
        "runs": runs,
        "load": os.getloadavg(),
        "rows": {name: asdict(row) for name, row in results.items()},
        "goals": [{**asdict(goal), "verdict": goal.verdict} for goal in goals(results)],
    }
