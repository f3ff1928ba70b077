"""The sample issue as if nobody had planned it yet, and its editors' plan to hold against."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from producer.errors import Findings
from producer.fit.issue import fit_issue
from producer.fonts.library import FontLibrary, open_library
from producer.layouts import load_layout
from producer.load import load_issue
from producer.planner.edited import from_edition
from producer.planner.proposal import Proposal
from tests.conftest import ROOT

SAMPLE = ROOT / "issues" / "yangcheng" / "2026-12-01"
_KEPT = ("advertisement", "teasers")
_LOWEST_RANK = 9


def edited(fonts: FontLibrary) -> Proposal:
    """The plan that the sample's editors made."""
    issue, _ = load_issue(SAMPLE)
    layout = load_layout(issue.paper.layout, ROOT / "layouts")
    return from_edition(fit_issue(issue, layout, fonts, Findings()), layout)


def unplanned(root: Path) -> Path:
    """The sample's folder below `root` with advertisements and teasers alone on its pages.

    What is wanted is what editors know before: each story's page, its package, and its rank, as
    their plan has it.
    """
    plan = edited(open_library(ROOT / "fonts" / "built"))
    shutil.copytree(SAMPLE.parent, root / "issues" / SAMPLE.parent.name)
    folder = root / "issues" / SAMPLE.parent.name / SAMPLE.name
    yaml = YAML()
    data = yaml.load((folder / "issue.yaml").read_text("utf-8"))
    for page in data["pages"]:
        page["place"] = [item for item in page["place"] if any(kind in item for kind in _KEPT)]
    data["wanted"] = list(_wishes(plan))
    with (folder / "issue.yaml").open("w", encoding="utf-8") as file:
        yaml.dump(data, file)
    return folder


def _wishes(plan: Proposal) -> Iterator[dict[str, Any]]:
    for page in plan.pages:
        begun = sorted((one for one in page.stories if not one.continues), key=lambda one: one.rank)
        for rank, story in enumerate(begun, 1):
            wish = {"story": story.story, "page": page.number, "rank": min(rank, _LOWEST_RANK)}
            yield {**wish, "package": story.package} if story.package else wish
