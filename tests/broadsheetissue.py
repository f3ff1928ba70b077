"""The sample's stories on four broadsheet pages: an issue of the second layout, for tests."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from tests.conftest import ROOT

PLAN = ROOT / "tests" / "broadsheet" / "issue.yaml"
SAMPLE = ROOT / "issues" / "yangcheng"


def write_broadsheet(home: Path) -> Path:
    """Write the paper with the other layout, and those stories that the plan names.

    Args:
        home: Gets `issues/yangcheng/…`, and links to layouts, fonts and colours.

    Returns:
        The issue's folder.
    """
    for name in ("layouts", "fonts", "colour"):
        (home / name).symlink_to(ROOT / name)
    folder = home / "issues" / SAMPLE.name / "2026-12-01"
    folder.mkdir(parents=True)
    paper = (SAMPLE / "paper.yaml").read_text("utf-8")
    paper = paper.replace("layout: tabloid", "layout: broadsheet").replace("pages: 8", "pages: 4")
    (folder.parent / "paper.yaml").write_text(paper, "utf-8")
    plan = PLAN.read_text("utf-8")
    (folder / "issue.yaml").write_text(plan, "utf-8")
    shutil.copytree(SAMPLE / folder.name / "images", folder / "images")
    (folder / "stories").mkdir()
    for id in sorted(set(re.findall(r"story: ([\w-]+)", plan))):
        shutil.copy(SAMPLE / folder.name / "stories" / f"{id}.md", folder / "stories")
    return folder
