"""Story files: YAML front matter and Markdown, read into stories with their lines."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from producer.errors import Findings, Place
from producer.markdown import parse_body
from producer.model import Story, StoryHead
from producer.textfile import read_text
from producer.validate import validate
from producer.yamlfile import Source, read_yaml

_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,59}")
FENCE = re.compile(r"^---[ \t]*\n(?P<head>.*?)^---[ \t]*(?:\n|\Z)", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class StoryFile:
    """A story file of the issue: the story if it is sound, and the source of its head."""

    id: str
    place: Place
    source: Source | None
    story: Story | None

    def inset_place(self, at: int, key: str | None = None) -> Place:
        """Where the head writes its inset of that number, or a key of it."""
        path = ("insets", at, key) if key else ("insets", at)
        return self.source.place(*path) if self.source else self.place


def read_stories(
    folder: Path, file: str, findings: Findings, language: str
) -> dict[str, StoryFile]:
    """Every story of a `stories` folder by id; drafts (`_name.md`) are left out.

    Args:
        folder: The `stories` folder.
        file: Its name for messages.
        findings: Takes the problems of all files.
        language: The paper's, for stories that name no other.
    """
    if not folder.is_dir():
        findings.add("file.missing", Place(file))
        return {}
    found: dict[str, StoryFile] = {}
    for path in sorted(folder.iterdir()):
        name = f"{file}/{path.name}"
        if path.name.startswith(("_", ".")):
            continue
        if path.suffix != ".md":
            findings.add("story.not-markdown", Place(name), level="warning")
        elif not _ID.fullmatch(path.stem):
            findings.add("story.bad-name", Place(name), name=path.name)
        else:
            found[path.stem] = read_story(path, name, findings, language)
    return found


def read_story(path: Path, file: str, findings: Findings, language: str) -> StoryFile:
    """One story file; the id is the file's stem."""
    id, place = path.stem, Place(file, 1)
    text = read_text(path, file, findings)
    if text is None:
        return StoryFile(id, place, None, None)
    fence = FENCE.match(text)
    if not fence:
        findings.add("story.no-front-matter", place)
        return StoryFile(id, place, None, None)
    source = read_yaml(fence["head"], file, findings, first_line=2)
    head = validate(StoryHead, source, findings) if source else None
    verse = head is not None and head.kind == "verse"
    own = head and head.language
    first_line = 1 + text.count("\n", 0, fence.end())
    body = parse_body(text[fence.end() :], file, findings, first_line, verse, own or language)
    if not body and head is not None and not head.insets:
        findings.add("story.empty", Place(file, first_line))
    if head is None:
        return StoryFile(id, place, source, None)
    return StoryFile(id, place, source, Story(id=id, head=head, body=body, place=place))
