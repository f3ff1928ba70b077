"""The whole build of the sample issue, as `producer build` does it, step by step."""

from __future__ import annotations

import tempfile
from pathlib import Path

from producer.build import BuildOptions, build_issue
from producer.errors import Findings
from producer.fit.issue import fit_issue
from producer.fonts.library import open_library
from producer.layouts import load_layout
from producer.load import load_issue
from producer.progress import Progress
from producer.render import render_issue
from tests.benchmarks.measure import Stopwatch
from tests.benchmarks.words import Words

# What the steps of the build are called in the table.
_NAMES = {
    "fit": "compose + fit",
    "print": "PDF print",
    "screen": "PDF screen",
    "epub": "e-book",
    "check": "read-back",
}
HTML = "HTML, within each PDF"


class _Steps(Progress):
    """Takes the time from step to step."""

    def __init__(self, watch: Stopwatch) -> None:
        super().__init__()
        self.watch = watch

    def step(self, name: str) -> None:
        self.watch.begin(_NAMES.get(name, name))

    def end(self) -> None:
        self.watch.end()


def measure(words: Words, watch: Stopwatch, runs: int) -> None:
    """Build over and over into a folder of its own.

    Raises:
        ProducerError: when the issue has faults; overset is let pass.
    """
    measured = watch.measured
    with tempfile.TemporaryDirectory(prefix="benchmark-") as out:
        options = BuildOptions(out=Path(out), allow_overset=True, home=Path(words.home))

        def work(_run: int) -> bytes:
            report = build_issue(Path(words.folder), options, _Steps(watch))
            measured.pages = int(report.figures["pages"])
            measured.characters = int(report.figures["characters"])
            overset = int(report.figures.get("overset_lines", 0))
            measured.note = f"{overset} lines overset, let pass" if overset else ""
            return b""

        watch.repeat(work, runs)
    _measure_html(words, watch, runs)


def _measure_html(words: Words, watch: Stopwatch, runs: int) -> None:
    """The templates by themselves, which the build does within its steps of PDF."""
    issue, _ = load_issue(Path(words.folder))
    layout = load_layout(words.layout, Path(words.home) / "layouts")
    fonts = open_library(Path(words.home) / "fonts" / "built")
    edition = fit_issue(issue, layout, fonts, Findings())
    for _ in range(runs + 1):
        with watch.lap(HTML):
            render_issue(edition, layout, fonts, screen=False)
