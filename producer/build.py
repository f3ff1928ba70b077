"""From an issue's folder to its outputs: the whole spine as one table of contents."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from producer.checks.run import BUILD_CHECKS, check_content
from producer.edition import Edition
from producer.errors import ExitCode, Findings, ProducerError
from producer.fit.issue import fit_issue
from producer.fonts.library import FontLibrary, open_library
from producer.layouts import Layout, find_home, load_layout
from producer.load import issue_id, load_issue
from producer.model import Issue
from producer.outputs import NEED_NO_EDITION, OUTPUTS, Job
from producer.progress import Progress
from producer.publish import publish
from producer.report import Figure, Report, outcome

REPORT = "report.json"


@dataclass(frozen=True)
class BuildOptions:
    """What to build, where, and what to let pass; `home` holds layouts/, fonts/, colour/."""

    out: Path = Path("out")
    only: frozenset[str] = frozenset()
    allow_overset: bool = False
    strict: bool = False
    plan: Path | None = None
    home: Path | None = None


def build_issue(folder: Path, options: BuildOptions, progress: Progress) -> Report:
    """Build one issue and put its outputs in place of the last ones.

    Raises:
        ProducerError: with every problem found; the outputs of the last build stay.
    """
    wanted = [
        name
        for name, output in OUTPUTS.items()
        if (name in options.only if options.only else not output.asked_for)
    ]
    progress.begin(issue_id(folder), len(wanted) + 4)
    findings = Findings()

    progress.step("load")
    issue, warnings = load_issue(folder, options.plan)
    findings.extend(warnings)
    findings.extend(check_content(issue, BUILD_CHECKS))
    findings.stop_on_errors()
    home = options.home or find_home(folder)
    layout = load_layout(issue.paper.layout, home / "layouts")
    fonts = open_library(home / "fonts" / "built")

    progress.step("fit")
    edition = _fit(issue, layout, fonts, findings, options, wanted)

    job = Job(issue, layout, fonts, findings, edition, home / "colour")
    for name in wanted:
        progress.step(name)
        OUTPUTS[name].make(job)

    progress.step("check")
    for check in dict.fromkeys(OUTPUTS[name].check for name in wanted):
        if check:
            check(job)
    findings.stop_on_errors(ExitCode.LOST_TEXT)

    progress.step("publish")
    report = _report(job, options)
    # The file names its outputs as they lie beside it: the same bytes wherever that is.
    beside = replace(report, outputs=tuple(Path(name) for name in job.files))
    job.files[REPORT] = beside.to_json("en").encode()
    publish(job.files, options.out / issue.id)
    progress.end()
    return report


def _fit(
    issue: Issue,
    layout: Layout,
    fonts: FontLibrary,
    findings: Findings,
    options: BuildOptions,
    wanted: list[str],
) -> Edition | None:
    """The fitted edition; None where only outputs are wanted that can do without."""
    if NEED_NO_EDITION.issuperset(wanted):
        trial = Findings()
        try:
            edition = fit_issue(issue, layout, fonts, trial)
        except ProducerError:
            return None
        return None if trial.of("error") else edition
    edition = fit_issue(issue, layout, fonts, findings)
    _judge_overset(findings, options)
    return edition


def _judge_overset(findings: Findings, options: BuildOptions) -> None:
    """Overset fails the build, unless it is allowed: then it is a warning."""
    if options.allow_overset:
        findings.soften("fit.overset")
    others = any(found.id != "fit.overset" for found in findings.of("error"))
    findings.stop_on_errors(ExitCode.BAD_DATA if others else ExitCode.OVERSET)


def _report(job: Job, options: BuildOptions) -> Report:
    issue = job.issue
    outputs = tuple(options.out / issue.id / name for name in (*job.files, REPORT))
    problems = tuple(job.findings)
    return Report(issue.id, problems, outputs, _figures(job), outcome(problems, options.strict))


def _figures(job: Job) -> dict[str, Figure]:
    parts = list(job.edition.parts()) if job.edition else []
    texts = [block.text for story in job.issue.stories.values() for block in story.body]
    return {
        "pages": len(job.issue.pages),
        "stories": len(job.issue.stories),
        "jumps": sum(part.goes_to is not None for part in parts),
        "characters": sum(len("".join(text.split())) for text in texts),
        "pictures": len(job.issue.pictures),
        "overset_lines": sum(part.overset_lines for part in parts),
        "fonts": job.fonts.origin,
    }
