"""The one place that prints: problems, outputs and figures, for people or as JSON."""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from rich.cells import set_cell_size

from producer.errors import Level, Problem
from producer.messages import catalogue, message
from producer.progress import Show
from producer.report import Figure, Report

if TYPE_CHECKING:  # heavy: not for check and --help
    from producer.preflight.run import Checked

_COLOURS: dict[Level, str] = {"error": "red", "warning": "yellow", "note": "blue"}
_STATES = {
    "passed": "green",
    "failed": "red",
    "warned": "yellow",
    "waived": "blue",
    "skipped": "bright_black",
}
_DIFF_COLOURS = {"+": "green", "-": "red", "@": "cyan"}
_LEVELS: tuple[Level, ...] = ("error", "warning", "note")


def language_of(environment: Mapping[str, str]) -> str:
    """The language of messages that a user's locale asks for: zh, or English."""
    names = ("LC_ALL", "LC_MESSAGES", "LANG")
    locale = next((environment[name] for name in names if environment.get(name)), "")
    return "zh" if locale.lower().startswith("zh") else "en"


def progress_kind(quiet: bool, is_terminal: bool) -> Show:
    """How progress is shown: a bar where it can be redrawn, lines where it is logged."""
    if quiet:
        return "nothing"
    return "bar" if is_terminal and os.environ.get("TERM") != "dumb" else "lines"


def print_json(data: Any) -> None:
    """Data for other programs, on standard output."""
    click.echo(json.dumps(data, ensure_ascii=False, indent=2, sort_keys=True))


def print_problems(problems: Iterable[Problem], language: str) -> None:
    """Problems by file and line, on standard error; colours only on a terminal."""
    for found in sorted(problems, key=lambda one: (one.place, one.id)):
        level, rest = found.text(language).split("\n", 1)
        click.echo(click.style(level, fg=_COLOURS[found.level], bold=True), err=True)
        click.echo(rest, err=True)


def print_diff(lines: Iterable[str], err: bool = False) -> None:
    """A unified diff, on standard output or error; colours only on a terminal."""
    for line in lines:
        click.echo(click.style(line, fg=_DIFF_COLOURS.get(line[:1])), err=err)


def print_report(report: Report, language: str, quiet: bool = False, debug: bool = False) -> None:
    """One issue's report; with `quiet` only what is wrong with it."""
    print_problems(report.problems, language)
    if report.trace:
        click.echo(report.trace if debug else message("hint.debug", language).mend, err=True)
    if quiet:
        return
    for path in report.outputs:
        click.echo(path)
    click.echo(f"{report.issue}: {_summary(report, language)}")


def print_preflight(
    files: Sequence[Checked], others: Sequence[Problem], folder: Path, language: str
) -> None:
    """Each file's checks as a table, then its findings, then where the reports lie."""
    print_problems(others, language)
    for file in files:
        name = file.path.name
        problems = (
            found.told(name, language) for result in file.results for found in result.findings
        )
        print_problems(problems, language)
        click.echo(f"{name}  {file.profile}")
        for result in file.results:
            words = message(f"preflight-state.{result.state}", language).cause
            state = click.style(set_cell_size(words, 8), fg=_STATES[result.state], bold=True)
            click.echo(f"  {state}  {result.check.id:<18}  {result.check.title(language)}")
    click.echo(folder / "preflight.html")


def print_reports_json(reports: Sequence[Report], language: str) -> None:
    """The reports as one JSON list."""
    print_json([report.to_data(language) for report in reports])


def _summary(report: Report, language: str) -> str:
    """Counts of problems, then the figures: `errors: 1, warnings: 2; pages: 8, …`."""
    counts = Counter(problem.level for problem in report.problems)
    told = [_words(f"count.{level}", counts[level], language) for level in _LEVELS if counts[level]]
    figures = [_words(f"figure.{key}", value, language) for key, value in report.figures.items()]
    return "; ".join(filter(None, (", ".join(told) or "ok", ", ".join(figures))))


def _words(id: str, value: Figure, language: str) -> str:
    """A figure with its name; one that the catalogue lacks goes by its key."""
    if id in catalogue():
        return message(id, language).cause.format(value=value)
    return f"{id.split('.', 1)[1]}: {value}"
