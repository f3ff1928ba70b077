"""The command line: `producer build`, `check`, `new`, `plan`, `preflight`, `schema`."""

from __future__ import annotations

import datetime as dt
import functools
import os
import sys
import traceback
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import click

from producer import __version__
from producer.batch import build_many, check_issue, mend_issue
from producer.console import (
    language_of,
    print_diff,
    print_json,
    print_preflight,
    print_problems,
    print_report,
    print_reports_json,
    progress_kind,
)
from producer.errors import ExitCode, ProducerError, problem
from producer.newpaper import start_paper
from producer.progress import Progress
from producer.report import Report, worst
from producer.scaffold import new_issue, parse_date
from producer.schema import MODELS, schema, schemas

Command = Callable[..., ExitCode]

_OUT = click.option(
    "--out",
    default="out",
    show_default=True,
    type=click.Path(path_type=Path),
    help="Folder that the outputs' folders PAPER/DATE are in.",
)


def command(run: Command) -> Callable[..., None]:
    """Give a command the options that all have, and turn its outcome into an exit code."""

    @click.option("--language", type=click.Choice(["en", "zh"]), help="Language of messages.")
    @click.option("--debug", is_flag=True, help="Show where an unexpected error arose.")
    @functools.wraps(run)
    def wrapped(language: str | None, debug: bool, **arguments: Any) -> None:
        language = language or language_of(os.environ)
        try:
            code = run(language=language, debug=debug, **arguments)
        except ProducerError as error:
            print_problems(error.problems, language)
            code = error.code
        except (click.ClickException, click.exceptions.Exit, click.Abort):
            raise
        except Exception as error:  # the last resort: one line, and how to learn more
            unexpected = problem("internal.error", kind=type(error).__name__, reason=str(error))
            trace = traceback.format_exc()
            report = Report("", (unexpected,), code=ExitCode.INTERNAL, trace=trace)
            print_report(report, language, quiet=True, debug=debug)
            code = report.code
        sys.exit(int(code))

    return wrapped


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="producer")
def main() -> None:
    """Make a newspaper's issues from their data."""


@main.command()
@click.argument("issue", type=click.Path(path_type=Path))
@click.option("--strict", is_flag=True, help="Warnings fail too.")
@click.option("--fix", is_flag=True, help="Show, then mend, marks that are wrong beyond doubt.")
@click.option("--dry-run", is_flag=True, help="With --fix: show only.")
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")
@command
def check(
    issue: Path, strict: bool, fix: bool, dry_run: bool, as_json: bool, language: str, debug: bool
) -> ExitCode:
    """Check the data and the copy of ISSUE, the folder issues/PAPER/DATE, and build nothing."""
    if dry_run and not fix:
        raise click.UsageError("--dry-run goes with --fix")
    if fix:
        # Data for other programs stands alone on standard output.
        mend_issue(issue, functools.partial(print_diff, err=as_json), write=not dry_run)
    report = check_issue(issue, strict)
    if as_json:
        print_json(report.to_data(language))
    else:
        print_report(report, language, debug=debug)
    return report.code


@main.command()
@click.argument("paper")
@click.argument("date")
@click.option(
    "--issues",
    default="issues",
    show_default=True,
    type=click.Path(path_type=Path),
    help="Folder of all papers.",
)
@click.option("--layout", default="", help="Start a paper with this layout (see layouts/).")
@command
def new(paper: str, date: str, issues: Path, layout: str, language: str, debug: bool) -> ExitCode:
    """Make the folder of PAPER's issue of DATE (YYYY-MM-DD, or "next").

    PAPER is a folder below the issues folder, or a path to one. Date, running numbers, weekday
    and lunar date are filled in, and the pages have the sections of the issue before. With
    --layout, a paper that is not there yet gets its paper.yaml.
    """
    home = Path(paper) if (Path(paper) / "paper.yaml").is_file() else issues / paper
    if layout:
        start_paper(home, layout)
    day = parse_date(date, home, dt.date.today())
    folder, warnings = new_issue(home, day)
    print_problems(warnings, language)
    click.echo(folder)
    return ExitCode.OK


@main.command()
@click.argument("target", metavar="FILE|ISSUE", type=click.Path(path_type=Path, exists=True))
@click.option(
    "--profile",
    type=click.Choice(["print", "screen", "archive", "epub"]),
    help="What to hold the file against; else what its name says.",
)
@_OUT
@click.option(
    "--report",
    type=click.Path(path_type=Path),
    help="Folder for report.json and preflight.html (preflight, beside the file).",
)
@click.option(
    "--verapdf",
    envvar="VERAPDF_CLASSPATH",
    default="",
    metavar="JARS",
    help="Class path of the veraPDF engine; else VERAPDF_CLASSPATH.",
)
@click.option("--strict", is_flag=True, help="Warnings fail too.")
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")
@command
def preflight(
    target: Path,
    profile: str | None,
    out: Path,
    report: Path | None,
    verapdf: str,
    strict: bool,
    as_json: bool,
    language: str,
    debug: bool,
) -> ExitCode:
    """Check a finished FILE (PDF, EPUB), or all of ISSUE, the folder issues/PAPER/DATE."""
    from producer.inspection import InspectOptions, inspect  # heavy: not for check and --help

    found = inspect(target, InspectOptions(profile or "", out, report, verapdf, strict, language))
    if as_json:
        print_json(found.to_data(language))
    else:
        print_preflight(found.files, found.others, found.folder, language)
    return found.code


def _pages(value: str) -> frozenset[int]:
    """The pages of `--pages`: numbers with commas between."""
    numbers = [number.strip() for number in value.split(",") if number.strip()]
    if any(not number.isdigit() for number in numbers):
        raise click.BadParameter(value, param_hint="--pages")
    return frozenset(map(int, numbers))


@main.command()
@click.argument("issue", type=click.Path(path_type=Path))
@click.option("--pages", default="", metavar="N,N", help="Plan only these pages.")
@click.option(
    "--time",
    "seconds",
    type=click.FloatRange(min=0, min_open=True),
    help="Search so long for the whole issue, in the solver's own seconds of one core: the"
    " same issue, seed and time give the same plan on any machine, however busy it is.",
)
@click.option("--seed", default=0, show_default=True, type=click.IntRange(0), help="Of the search.")
@click.option(
    "--alternatives", default=1, show_default=True, type=click.IntRange(1, 9), help="Plans to show."
)
@click.option("--write", is_flag=True, help="Write the (first) plan into issue.yaml.")
@_OUT
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")
@command
def plan(
    issue: Path,
    pages: str,
    seconds: float | None,
    seed: int,
    alternatives: int,
    write: bool,
    out: Path,
    as_json: bool,
    language: str,
    debug: bool,
) -> ExitCode:
    """Plan the pages of ISSUE, the folder issues/PAPER/DATE, from its list of stories."""
    from producer.planner.command import PlanOptions, plan_issue  # heavy: not for check and --help
    from producer.planner.propose import Options

    search = Options(_pages(pages), seconds, seed, alternatives)
    report = plan_issue(issue, PlanOptions(search, out, write, language))
    if as_json:
        print_json(report.to_data(language))
    else:
        print_report(report, language, debug=debug)
    return report.code


@main.command("schema")
@click.argument("kind", required=False, type=click.Choice(list(MODELS)))
@command
def print_schema(kind: str | None, language: str, debug: bool) -> ExitCode:
    """Print the JSON Schema of paper.yaml, issue.yaml or a story's front matter, or of all."""
    print_json(schema(kind) if kind else schemas())
    return ExitCode.OK


def _names(value: str, known: Iterable[str]) -> frozenset[str]:
    """The outputs named in `--only`; none named means all."""
    names = frozenset(filter(None, (name.strip() for name in value.split(","))))
    if unknown := sorted(names.difference(known)):
        allowed = ", ".join(known)
        raise click.BadParameter(f"{', '.join(unknown)}: not among {allowed}", param_hint="--only")
    return names


@main.command()
@click.argument(
    "issues", metavar="ISSUE...", nargs=-1, required=True, type=click.Path(path_type=Path)
)
@_OUT
@click.option(
    "--only",
    default="",
    metavar="NAMES",
    help="Make only these, with commas between: print, screen, archive, pages, spreads, proofs,"
    " plan, epub. All but spreads are made if none is named.",
)
@click.option("--allow-overset", is_flag=True, help="Build although text does not fit.")
@click.option("--strict", is_flag=True, help="Warnings fail too.")
@click.option(
    "--jobs", default=1, show_default=True, type=click.IntRange(1), help="Issues built at once."
)
@click.option(
    "--plan",
    type=click.Path(path_type=Path),
    help="JSON file whose pages replace those of issue.yaml, e.g. a plan.json.",
)
@click.option("--quiet", is_flag=True, help="Print problems only.")
@click.option("--json", "as_json", is_flag=True, help="Print the reports as JSON.")
@command
def build(
    issues: tuple[Path, ...],
    out: Path,
    only: str,
    allow_overset: bool,
    strict: bool,
    jobs: int,
    plan: Path | None,
    quiet: bool,
    as_json: bool,
    language: str,
    debug: bool,
) -> ExitCode:
    """Build each ISSUE, a folder issues/PAPER/DATE or an archive.pdf, into OUT/PAPER/DATE."""
    if plan and len(issues) > 1:
        raise click.UsageError("--plan goes with one issue only")
    from producer.build import BuildOptions  # heavy: not for check and --help
    from producer.outputs import OUTPUTS

    names = _names(only, OUTPUTS)
    options = BuildOptions(out, names, allow_overset=allow_overset, strict=strict, plan=plan)
    show = progress_kind(quiet or as_json, sys.stderr.isatty())
    reports = []
    with Progress(show, language=language) as progress:
        for report in build_many(issues, options, jobs, progress):
            reports.append(report)
            if not as_json:
                print_report(report, language, quiet, debug)
    if as_json:
        print_reports_json(reports, language)
    return worst(report.code for report in reports)
