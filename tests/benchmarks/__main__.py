"""`python -m tests.benchmarks`: measure everything and print the table."""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from pathlib import Path

from tests.benchmarks import table
from tests.benchmarks.child import gather_words, run_child
from tests.benchmarks.measure import Measured
from tests.benchmarks.words import load_words

# The rows that are compared, and the modules that measure them.
RIVALS = {
    table.PRODUCER: "text_only",
    table.COLUMNS: "css_columns",
    table.TYPST: "typst_columns",
}
_ISSUE = Path("issues/yangcheng/2026-12-01")


def main() -> None:
    """Measure, or profile, as the command line says."""
    options = _parser().parse_args()
    with tempfile.TemporaryDirectory(prefix="benchmark-") as folder:
        path = Path(folder) / "words.json"
        fault = gather_words(path, options.issue, options.home)
        if fault:
            sys.exit(fault)
        if options.profile:
            from tests.benchmarks.profiling import profile

            print(profile(load_words(path)))
            return
        results = _measure(path, options.runs)
        words = load_words(path)
    if options.json:
        print(json.dumps(table.as_json(words, results, options.runs), ensure_ascii=False, indent=1))
    else:
        print(table.table(words, results, options.runs))


def _measure(path: Path, runs: int) -> dict[str, Measured]:
    """All rows. Rivals take turns, since a machine is faster at one time than at another."""
    tight = path.with_name("tight.json")
    load_words(path).tight().save(tight)
    print(f"measuring {table.WHOLE}", file=sys.stderr)
    results = {table.WHOLE: run_child("whole_build", path, runs)}
    results |= {name: Measured() for name in RIVALS}
    for turn in range(1, runs + 1):
        for name, module in RIVALS.items():
            print(f"measuring {name}, {turn} of {runs}", file=sys.stderr)
            results[name].add_round(run_child(module, path, 1))
    # For what it loses: once is enough.
    print(f"measuring {table.TIGHT}", file=sys.stderr)
    results[table.TIGHT] = run_child("css_columns", tight, 0)
    return results


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("tests.benchmarks", description=__doc__)
    parser.add_argument("issue", nargs="?", type=Path, default=_ISSUE, help="issue's folder")
    parser.add_argument("--home", type=Path, help="holds layouts/ and fonts/; else above issues/")
    parser.add_argument(
        "--runs",
        type=int,
        default=3,
        help="warm runs of the whole build, rounds of the others (default 3)",
    )
    parser.add_argument("--json", action="store_true", help="print data instead of the table")
    parser.add_argument("--profile", action="store_true", help="profile one warm build instead")
    return parser


if __name__ == "__main__":
    main()
