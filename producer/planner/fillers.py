"""The paper's own fillers: short texts of no day, for pages with too little copy."""

from __future__ import annotations

from pathlib import Path

from producer.errors import Findings
from producer.model import Issue, Story
from producer.stories import read_stories

FOLDER = "fillers"


def with_fillers(issue: Issue, findings: Findings) -> tuple[Issue, tuple[Story, ...]]:
    """The issue with the paper's fillers among its stories, and those that are not used yet.

    They are stories in the paper's folder `fillers`; faults go to `findings`.
    """
    folder = Path(issue.folder).parent / FOLDER
    if not folder.is_dir():
        return issue, ()
    name = f"issues/{issue.paper_id}/{FOLDER}"
    files = read_stories(folder, name, findings, issue.paper.language)
    fillers = {
        id: file.story for id, file in files.items() if file.story and not _has_insets(file.story)
    }
    free = {id: story for id, story in fillers.items() if id not in issue.stories}
    return issue.model_copy(update={"stories": {**issue.stories, **free}}), tuple(free.values())


def _has_insets(story: Story) -> bool:
    """A filler with a picture would need the picture's file as well."""
    return bool(story.head.insets)
