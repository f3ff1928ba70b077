"""Loading: an issue's folder → Issue, with every problem of every file told at once."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from producer.errors import Findings, Place, Problem
from producer.facts import check_stated_facts, facts
from producer.model import Issue, IssueData, IssueFacts, Paper
from producer.numbering import check_numbers
from producer.pictures import read_pictures
from producer.references import check_page_numbers, check_references, spots
from producer.stories import StoryFile, read_stories
from producer.textfile import read_text
from producer.validate import validate
from producer.yamlfile import Source, read_yaml

_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,59}")


def load_issue(
    folder: Path, plan: Path | None = None, is_planned: bool = True
) -> tuple[Issue, list[Problem]]:
    """An issue, loaded and checked, and the warnings and notes about it.

    Files are named in messages from the folder above `issues` on, so that a report reads the
    same wherever the program was started.

    Args:
        folder: `issues/<paper>/<date>`.
        plan: A JSON file whose `pages` replace those of issue.yaml, such as an earlier plan.json.
        is_planned: Whether every story must stand in the plan; the planner takes issues without.

    Raises:
        ProducerError: with all problems of all files.
    """
    folder = folder.resolve()
    findings = Findings()
    if not folder.is_dir():
        findings.add("issue.no-folder", Place(str(folder)))
        findings.stop_on_errors()
    home = file_name(folder)
    paper = load_paper(folder.parent, findings)
    source = _read_issue_file(folder, findings)
    planned = read_plan(plan, source, findings) if plan and source else source
    data = validate(IssueData, planned, findings) if planned else None
    language = paper.language if paper else ""
    stories = read_stories(folder / "stories", f"{home}/stories", findings, language)
    if planned and source:
        _check(folder, paper, source, planned, stories, findings, is_planned)
    pictures = read_pictures(folder / "images", _wanted(stories, planned), findings)
    findings.stop_on_errors()
    assert paper and planned and data  # else there were errors
    issue = Issue(
        id=issue_id(folder),
        paper_id=folder.parent.name,
        folder=str(folder),
        paper=paper,
        data=data,
        facts=facts(data.date, paper),
        stories={id: file.story for id, file in stories.items() if file.story},
        pictures=pictures,
        plan_file=planned.file,
        lines={".".join(map(str, path)): line for path, line in planned.lines.items()},
    )
    return issue, list(findings)


def load_paper(folder: Path, findings: Findings) -> Paper | None:
    """`paper.yaml` of a paper's folder, or None with its problems noted."""
    file = f"{file_name(folder, 2)}/paper.yaml"
    if not _ID.fullmatch(folder.name):
        findings.add("paper.folder-name", Place(file), name=folder.name)
    text = read_text(folder / "paper.yaml", file, findings)
    source = read_yaml(text, file, findings) if text is not None else None
    return validate(Paper, source, findings) if source else None


def file_name(path: Path, depth: int = 3) -> str:
    """A path for messages: its last parts, `issues/<paper>/<date>` for an issue's folder."""
    return "/".join(path.parts[1:][-depth:])


def issue_id(folder: Path) -> str:
    """`<paper>/<date>`, by which reports and outputs name an issue, sound or not."""
    return file_name(folder.resolve(), 2)


def read_plan(plan: Path, source: Source, findings: Findings) -> Source | None:
    """issue.yaml's data with the pages of a JSON plan in place of its own."""
    text = read_text(plan, str(plan), findings)
    if text is None:
        return None
    try:
        pages = json.loads(text)["pages"]
    except json.JSONDecodeError as error:
        findings.add("plan.broken", Place(str(plan), error.lineno), reason=error.msg)
        return None
    except (KeyError, TypeError, RecursionError):
        findings.add("plan.no-pages", Place(str(plan)))
        return None
    return Source(str(plan), {**source.data, "pages": pages})


def _read_issue_file(folder: Path, findings: Findings) -> Source | None:
    file = f"{file_name(folder)}/issue.yaml"
    text = read_text(folder / "issue.yaml", file, findings)
    return read_yaml(text, file, findings) if text is not None else None


def _check(
    folder: Path,
    paper: Paper | None,
    source: Source,
    planned: Source,
    stories: dict[str, StoryFile],
    findings: Findings,
    is_planned: bool,
) -> None:
    """What the files say about one another, as far as each can be read."""
    check_page_numbers(planned, findings)
    jump_limit = paper.jumps.limit if paper else 7
    check_references(planned, stories, jump_limit, findings, is_planned)
    stated = _stated_facts(source)
    if stated is None:
        return
    if stated.date.isoformat() != folder.name:
        findings.add("issue.folder-name", source.place("date"), name=folder.name, date=stated.date)
    else:
        check_numbers(folder, stated, source, findings)
    if paper:
        pages = planned.data.get("pages")
        count = len(pages) if isinstance(pages, list) else 0
        check_stated_facts(stated, paper, count, source, findings)


def _stated_facts(source: Source) -> IssueFacts | None:
    """The issue's date and numbers, even if its pages are not sound."""
    own = {key: value for key, value in source.data.items() if key in IssueFacts.model_fields}
    try:
        return IssueFacts.model_validate(own)
    except ValidationError:
        return None


def _wanted(stories: dict[str, StoryFile], plan: Source | None) -> dict[str, Place]:
    """The pictures that stories and plan name, and where each is named first."""
    wanted: dict[str, Place] = {}
    for file in stories.values():
        for at, inset in enumerate(_raw_insets(file)):
            name = inset.get("picture") if isinstance(inset, dict) else None
            if isinstance(name, str) and name:
                wanted.setdefault(name, file.inset_place(at, "picture"))
    for spot in spots(plan) if plan else ():
        if spot.kind == "advertisement" and spot.name:
            wanted.setdefault(spot.name, spot.place)
    return wanted


def _raw_insets(file: StoryFile) -> list[Any]:
    """A story's insets as written, since a mistake in its head hides no picture's."""
    insets = file.source.data.get("insets") if file.source else None
    return insets if isinstance(insets, list) else []
