"""`python -m tests.meter`: measure the sample issue, the kept stories and a real paper's."""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tests.meter.measures import Fault, Figures, measure_pdf
from tests.meter.sets import (
    ENGLISH,
    kept_stories,
    print_pdf,
    real_stories,
    set_words,
    typst_pdf,
)
from tests.meter.spaces import Spaces, measure_spaces
from tests.meter.table import goals_table, spaces_table
from tests.newspapers import IS_HERE

# Text columns of a tabloid page, and the measure that they come to in em.
COLUMNS = {6: 12, 5: 14, 3: 25}
ENGLISH_COLUMNS = (5, 3)


def main() -> None:
    """Measure as the command line says, and print a table or JSON."""
    options = _parser().parse_args()
    figures = {path.as_posix(): measure_pdf(path) for path in options.pdf}
    spaces: dict[str, Spaces] = {}
    if not options.no_sets:
        figures |= measure_sets()
        spaces = measure_english()
    if options.json:
        print(json.dumps(_as_json(figures, spaces), ensure_ascii=False, indent=1))
        return
    print(goals_table({name: each.as_json() for name, each in figures.items()}))
    if spaces:
        print("\n" + spaces_table({name: each.as_json() for name, each in spaces.items()}))
    if options.show:
        faults = {name: each.faults for name, each in figures.items()}
        faults |= {name: each.faults for name, each in spaces.items()}
        for name, found in faults.items():
            print(f"\n{name}", *worst(found, options.show), sep="\n  ")


def measure_sets() -> dict[str, Figures]:
    """The kept stories at all measures, and the real paper's where it is at hand."""
    stories = kept_stories()
    figures = {
        f"stories, {em} characters": measure_pdf(print_pdf(set_words(stories, columns)))
        for columns, em in COLUMNS.items()
    }
    if IS_HERE:
        real = print_pdf(set_words(real_stories(), 6))
        figures["a real paper's, 12 characters"] = measure_pdf(real)
    return figures


def measure_english() -> dict[str, Spaces]:
    """The English stories by the composer and by Typst: same face, size, measure, pages."""
    spaces = {}
    for columns in ENGLISH_COLUMNS:
        words = set_words(kept_stories(ENGLISH), columns, ENGLISH)
        for name, set_pages in (("producer", print_pdf), ("Typst", typst_pdf)):
            spaces[f"{name}, {COLUMNS[columns]} em"] = measure_spaces(set_pages(words))
    return spaces


def worst(faults: Sequence[Fault], count: int) -> list[Fault]:
    """So many faults of each kind, those that are farthest off first."""
    kinds: dict[str, list[Fault]] = {}
    for fault in sorted(faults, key=lambda each: -abs(each.amount)):
        kinds.setdefault(fault.kind, []).append(fault)
    return [fault for kind in sorted(kinds) for fault in kinds[kind][:count]]


def _as_json(figures: dict[str, Figures], spaces: dict[str, Spaces]) -> dict[str, Any]:
    return {
        "chinese": {name: each.as_json() for name, each in figures.items()},
        "english": {name: each.as_json() for name, each in spaces.items()},
    }


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("tests.meter", description=__doc__)
    parser.add_argument("pdf", nargs="*", type=Path, help="finished PDFs, measured beside the sets")
    parser.add_argument("--no-sets", action="store_true", help="measure the named PDFs only")
    parser.add_argument("--json", action="store_true", help="print data instead of the tables")
    parser.add_argument("--show", type=int, default=0, metavar="N", help="list the N worst lines")
    return parser


if __name__ == "__main__":
    main()
