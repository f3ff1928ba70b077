"""An issue's folder planned: proposals made, shown as plan.html, and written if that is wanted."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from producer.errors import Findings, Problem, problem
from producer.fonts.library import open_library
from producer.layouts import find_home, load_layout
from producer.load import load_issue
from producer.model import Issue
from producer.planner.fillers import FOLDER, with_fillers
from producer.planner.flatplan import flatplan
from producer.planner.proposal import Proposal
from producer.planner.propose import Options, alternatives
from producer.planner.writeback import written
from producer.publish import publish
from producer.report import Figure, Report, outcome

FLATPLAN = "plan.html"


@dataclass(frozen=True)
class PlanOptions:
    """What to plan, and what becomes of it; `home` holds layouts/ and fonts/.

    `language` is that of plan.html.
    """

    search: Options = field(default_factory=Options)
    out: Path = Path("out")
    write: bool = False
    language: str = "en"
    home: Path | None = None


def plan_issue(folder: Path, options: PlanOptions) -> Report:
    """Plan an issue and report what was proposed; issue.yaml changes only if that is wanted.

    Raises:
        ProducerError: with every problem of the data, or of what is fixed on the pages; nothing
            is written then.
    """
    issue, warnings = load_issue(folder, is_planned=False)
    findings = Findings(list(warnings))
    home = options.home or find_home(folder)
    layout = load_layout(issue.paper.layout, home / "layouts")
    fonts = open_library(home / "fonts" / "built")
    proposals = alternatives(issue, layout, fonts, options.search, findings)
    proposal = proposals[0]
    findings.extend(_told(issue, proposal))
    shown, _ = with_fillers(issue, Findings())
    page = flatplan(shown, layout, proposals, options.language)
    publish({FLATPLAN: page.encode()}, options.out / issue.id)
    outputs = [options.out / issue.id / FLATPLAN]
    if options.write:
        publish(_files(folder, proposal), folder)
        outputs.append(folder / "issue.yaml")
    return Report(issue.id, tuple(findings), tuple(outputs), _figures(proposal), outcome(findings))


def _files(folder: Path, proposal: Proposal) -> dict[str, bytes]:
    """issue.yaml with the plan in it, and the fillers that it uses among the issue's stories."""
    text = (folder / "issue.yaml").read_text("utf-8")
    files = {"issue.yaml": written(text, proposal).encode()}
    for name in sorted({story.story for page in proposal.pages for story in page.stories}):
        filler = folder.parent / FOLDER / f"{name}.md"
        own = folder / "stories" / filler.name
        if filler.is_file() and not own.exists():
            files[f"stories/{filler.name}"] = filler.read_bytes()
    return files


def _told(issue: Issue, proposal: Proposal) -> list[Problem]:
    """What the editors must see to: stories left over, and lines to cut."""
    found = []
    for left in proposal.left_over:
        story = issue.stories[left.story]
        values = dict(left.values)
        found.append(problem(left.reason, story.place, "warning", story=story.title, **values))
    for cut in proposal.cuts:
        story = issue.stories[cut.story]
        more = {"story": story.title, "lines": str(cut.lines), "page": str(cut.page)}
        found.append(problem("plan.cut", story.place, "warning", **more))
    return found


def _figures(proposal: Proposal) -> dict[str, Figure]:
    stories = [story for page in proposal.pages for story in page.stories]
    fills = [page.fill for page in proposal.pages]
    return {
        "pages": len(proposal.pages),
        "stories": len({story.story for story in stories}),
        "jumps": sum(story.continues for story in stories),
        "left_over": len(proposal.left_over),
        "fill": f"{100 * sum(fills) / len(fills):.1f} %" if fills else "-",
    }
