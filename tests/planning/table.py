"""The tables of `make plan-bench`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, fields
from statistics import median
from typing import Any

from tests.planning.judge import FULL
from tests.planning.taste import Taste
from tests.planning.trial import Outcome

FAULTS = [field.name for field in fields(Taste)]
_HEADINGS = [
    *"issue,who,limit s,placed,jumped,left,cuts,overset,lost,hard,full,least,mean".split(","),
    *FAULTS,
    *"cost,seconds,cpu s,MB,equal".split(","),
]
_PAGE_HEADINGS = [*"issue,who,page,stories,fill".split(","), *FAULTS, "cost"]


@dataclass(frozen=True)
class Row:
    """One planner on one issue within one limit, in one run or more."""

    issue: str
    who: str
    limit: float | None
    runs: Sequence[Outcome | str]

    @property
    def done(self) -> list[Outcome]:
        """The runs that have come to an end."""
        return [run for run in self.runs if isinstance(run, Outcome)]

    def as_json(self) -> dict[str, Any]:
        """All figures."""
        runs = [asdict(run) if isinstance(run, Outcome) else run for run in self.runs]
        return {"issue": self.issue, "who": self.who, "limit": self.limit, "runs": runs}


def table(rows: Iterable[Row]) -> str:
    """A line for each row; faults of taste are sums over its pages."""
    return _set([_HEADINGS, *(_cells(row) for row in rows)])


def pages_table(rows: Iterable[Row]) -> str:
    """A line for each page."""
    lines = [
        [row.issue, row.who, str(page["number"]), str(page["stories"]), _percent(page["fill"])]
        + [str(int(page["taste"][fault])) for fault in FAULTS]
        + [str(page["cost"])]
        for row in rows
        for run in row.done[:1]
        for page in run.judged["pages"]
    ]
    return _set([_PAGE_HEADINGS, *lines])


def _cells(row: Row) -> list[str]:
    limit = f"{row.limit:g}" if row.limit else ""
    if not row.done:
        return [row.issue, row.who, limit, *map(str, row.runs[:1])]
    run = row.done[0]
    judged = run.judged
    pages = [page for page in judged["pages"] if page["stories"]]
    fills = [page["fill"] for page in pages] or [0.0]
    hard = sum(judged["broken"].values()) + len(judged["unexplained"])
    tastes = [sum(page["taste"][fault] for page in pages) for fault in FAULTS]
    marks = {each.fingerprint for each in row.done}
    return [
        row.issue,
        row.who,
        limit,
        f"{judged['placed']}/{judged['stories']}",
        *(str(judged[key]) for key in ("jumped", "left_over", "cuts")),
        *(str(judged[key]) for key in ("overset_lines", "lost_characters")),
        str(hard),
        f"{sum(fill >= FULL for fill in fills)}/{len(fills)}",
        _percent(min(fills)),
        _percent(sum(fills) / len(fills)),
        *map(str, tastes),
        str(sum(page["cost"] for page in pages)),
        f"{median(each.seconds for each in row.done):.1f}",
        f"{median(each.cpu_seconds for each in row.done):.1f}",
        f"{max(each.peak_mb for each in row.done):.0f}",
        "" if len(row.runs) < 2 else "yes" if len(marks) == 1 else "NO",
    ]


def _percent(share: float) -> str:
    return f"{100 * share:.1f}"


def _set(lines: Sequence[Sequence[str]]) -> str:
    columns = max(map(len, lines[:1]))
    widths = [max(len(line[at]) for line in lines if at < len(line)) for at in range(columns)]
    return "\n".join(
        "  ".join(
            cell.ljust(width) if at < 2 else cell.rjust(width)
            for at, (cell, width) in enumerate(zip(line, widths, strict=False))
        ).rstrip()
        for line in lines
    )
