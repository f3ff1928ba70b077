"""From an issue's folder to its outputs: the whole spine as one table of contents."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from producer.edition import Edition
from producer.errors import ExitCode, Findings
from producer.fit.issue import fit_issue
from producer.fonts.library import FontLibrary, open_library
from producer.layouts import Layout, find_home, load_layout
from producer.load import load_issue
from producer.pdf.proofs import draw_proofs
from producer.pdf.write import write_pdf
from producer.planfile import plan_json
from producer.preflight.text import check_text
from producer.progress import Progress
from producer.publish import publish
from producer.render import render_issue
from producer.report import Figure, Report, outcome

REPORT = "report.json"


@dataclass(frozen=True)
class BuildOptions:
    """What to build, where, and what to let pass; `home` holds layouts/ and fonts/."""

    out: Path = Path("out")
    only: frozenset[str] = frozenset()
    allow_overset: bool = False
    strict: bool = False
    plan: Path | None = None
    home: Path | None = None


@dataclass
class Job:
    """What the makers of outputs share: one edition, and files already made from it."""

    edition: Edition
    layout: Layout
    fonts: FontLibrary
    findings: Findings
    files: dict[str, bytes] = field(default_factory=dict)


def build_issue(folder: Path, options: BuildOptions, progress: Progress) -> Report:
    """Build one issue and put its outputs in place of the last ones.

    Raises:
        ProducerError: with every problem found; the outputs of the last build stay.
    """
    wanted = [name for name in OUTPUTS if not options.only or name in options.only]
    progress.begin(_issue_id(folder), len(wanted) + 4)
    findings = Findings()

    progress.step("load")
    issue, warnings = load_issue(folder, options.plan)
    findings.extend(warnings)
    home = options.home or find_home(folder)
    layout = load_layout(issue.paper.layout, home / "layouts")
    fonts = open_library(home / "fonts" / "built")

    progress.step("fit")
    edition = fit_issue(issue, layout, fonts, findings)
    _judge_overset(findings, options)

    job = Job(edition, layout, fonts, findings)
    for name in wanted:
        progress.step(name)
        OUTPUTS[name](job)

    progress.step("check")
    for name in ("print.pdf", "screen.pdf"):
        if name in job.files:
            check_text(job.files[name], name, edition, findings)
    findings.stop_on_errors(ExitCode.LOST_TEXT)

    progress.step("publish")
    report = _report(job, options)
    job.files[REPORT] = report.to_json("en").encode()
    publish(job.files, options.out / issue.id)
    progress.end()
    return report


def _make_print(job: Job) -> None:
    rendered = render_issue(job.edition, job.layout, job.fonts, screen=False)
    job.files["print.pdf"] = write_pdf(
        rendered, job.edition, job.layout, job.fonts, job.findings, tagged=False
    )


def _make_screen(job: Job) -> None:
    rendered = render_issue(job.edition, job.layout, job.fonts, screen=True)
    job.files["screen.pdf"] = write_pdf(
        rendered, job.edition, job.layout, job.fonts, job.findings, tagged=True
    )


def _make_proofs(job: Job) -> None:
    if "print.pdf" not in job.files:
        _make_print(job)
    for number, png in enumerate(draw_proofs(job.files["print.pdf"]), 1):
        job.files[f"pages/page-{number}.png"] = png


def _make_plan(job: Job) -> None:
    job.files["plan.json"] = plan_json(job.edition).encode()


# Outputs are siblings made from one edition; a maker leaves its files in the job.
OUTPUTS: dict[str, Callable[[Job], None]] = {
    "print": _make_print,
    "screen": _make_screen,
    "proofs": _make_proofs,
    "plan": _make_plan,
}


def _judge_overset(findings: Findings, options: BuildOptions) -> None:
    """Overset fails the build, unless it is allowed: then it is a warning."""
    if options.allow_overset:
        findings.soften("fit.overset")
    others = any(found.id != "fit.overset" for found in findings.of("error"))
    findings.stop_on_errors(ExitCode.BAD_DATA if others else ExitCode.OVERSET)


def _report(job: Job, options: BuildOptions) -> Report:
    issue = job.edition.issue
    outputs = tuple(options.out / issue.id / name for name in (*job.files, REPORT))
    problems = tuple(job.findings)
    return Report(issue.id, problems, outputs, _figures(job), outcome(problems, options.strict))


def _figures(job: Job) -> dict[str, Figure]:
    parts = list(job.edition.parts())
    texts = [slice_.text for part in parts for slice_ in part.slices]
    return {
        "pages": len(job.edition.pages),
        "stories": len(job.edition.issue.stories),
        "jumps": sum(part.goes_to is not None for part in parts),
        "characters": sum(len("".join(text.split())) for text in texts),
        "pictures": len(job.edition.issue.pictures),
        "overset_lines": sum(part.overset_lines for part in parts),
        "fonts": job.fonts.origin,
    }


def _issue_id(folder: Path) -> str:
    return "/".join(folder.resolve().parts[-2:])
