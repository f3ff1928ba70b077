"""`python -m tests.planning`: plan real issues, judge the plans, print tables."""

from __future__ import annotations

import argparse
import json
import os
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from tests import newspapers
from tests.planning.sample import unplanned
from tests.planning.table import Row, pages_table, table
from tests.planning.trial import EDITORS, GREEDY, PLANNER, Trial, run

# What a whole issue may take on two cores, in seconds, and a first page.
SAMPLE_NAME = "sample"
LIMITS = {SAMPLE_NAME: 60.0, "eight pages": 60.0, "twelve pages": 120.0, "tabloid": 60.0}
FIRST_PAGE = 2
_SEEDS = (1, 2, 3)

ISSUES: dict[str, Callable[[Path], Path]] = {
    SAMPLE_NAME: unplanned,
    "eight pages": lambda root: newspapers.newspaper(root, newspapers.EIGHT_PAGES),
    "twelve pages": lambda root: newspapers.newspaper(root, newspapers.TWELVE_PAGES),
    **{
        f"tabloid {seed}": lambda root, seed=seed: newspapers.tabloid(root, seed)  # type: ignore[misc]
        for seed in _SEEDS
    },
}


def main() -> None:
    """Measure as the command line says."""
    options = _parser().parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        root = options.keep or Path(scratch)
        rows = [row for name in options.issues for row in _rows(name, root, options)]
    if options.json:
        print(json.dumps([row.as_json() for row in rows], ensure_ascii=False, indent=1))
        return
    load = "/".join(f"{value:.1f}" for value in os.getloadavg())
    print(f"{os.cpu_count()} processors, load {load}\n")
    print(table(rows))
    if options.pages:
        print("\n" + pages_table(rows))


def _rows(name: str, root: Path, options: argparse.Namespace) -> Iterator[Row]:
    """An issue by the greedy packer; one page by the planner, then all within each limit."""
    folder = ISSUES[name](root / name.replace(" ", "-"))
    yield Row(name, GREEDY, None, [run(Trial(str(folder), GREEDY))])
    if name == SAMPLE_NAME:
        # Its teasers name stories of all pages, so that one page alone cannot be built.
        yield Row(name, EDITORS, None, [run(Trial(str(folder), EDITORS))])
    else:
        first = Trial(str(folder), PLANNER, LIMITS[_kind(name)], options.seed, (FIRST_PAGE,))
        yield Row(name, f"{PLANNER}, page {FIRST_PAGE}", first.seconds, [run(first)])
    for seconds in options.times or [LIMITS[_kind(name)]]:
        trial = Trial(str(folder), PLANNER, seconds, options.seed)
        yield Row(name, PLANNER, seconds, [run(trial) for _ in range(options.runs)])


def _at_hand() -> list[str]:
    """All issues, or the sample alone where the real stories are not."""
    return list(ISSUES) if newspapers.IS_HERE else [SAMPLE_NAME]


def _kind(name: str) -> str:
    return next(kind for kind in LIMITS if name.startswith(kind))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("tests.planning", description=__doc__)
    add: Any = parser.add_argument
    add("issues", nargs="*", default=_at_hand(), help=", ".join(ISSUES))
    add("--times", type=_numbers, default=(), metavar="S,S", help="limits: quality against time")
    add("--runs", type=int, default=1, help="so many times each, to see that plans are equal")
    add("--seed", type=int, default=1)
    add("--pages", action="store_true", help="a line for every page too")
    add("--keep", type=Path, help="keep the issues, their plans and plan.html there")
    add("--json", action="store_true", help="print data instead of the tables")
    return parser


def _numbers(text: str) -> list[float]:
    return [float(part) for part in text.split(",")]


if __name__ == "__main__":
    main()
