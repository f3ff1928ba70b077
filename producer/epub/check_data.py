"""What an e-book cannot hold, looked for in the data before anything is made."""

from __future__ import annotations

import re

from producer.epub.rare import strings
from producer.errors import Findings, Place
from producer.model import Issue

# Characters that XML 1.0 has no way to write.
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_SHOWN = 12


def check_data(issue: Issue, findings: Findings) -> None:
    """Find control characters, stories without a headline, pictures without description."""
    _check_characters(
        issue.paper.model_dump(), Place(f"issues/{issue.paper_id}/paper.yaml"), findings
    )
    data = issue.data.model_dump()
    _check_characters(data, Place(issue.plan_file or f"issues/{issue.id}/issue.yaml"), findings)
    for story in issue.stories.values():
        for block in story.body:
            _check_characters(block.model_dump(), Place(story.place.file, block.line), findings)
        _check_characters(story.head.model_dump(), story.place, findings)
        if not story.title.strip():
            findings.add("epub.no-headline", story.place, story=story.id)
        for inset in story.head.insets:
            if inset.picture and not (inset.alt or "").strip():
                findings.add("epub.no-alt", story.place, picture=inset.picture)


def _check_characters(data: object, place: Place, findings: Findings) -> None:
    for text in strings(data):
        for found in _ILLEGAL.finditer(text):
            near = _ILLEGAL.sub("", text[max(found.start() - _SHOWN, 0) : found.end() + _SHOWN])
            code = f"U+{ord(found[0]):04X}"
            findings.add("epub.control", place, code=code, near=near)
