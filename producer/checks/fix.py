"""Mending what is mechanical, and showing it first: marks only, all else byte for byte."""

from __future__ import annotations

import difflib
from collections.abc import Iterator

from producer.checks.manuscript import Edit, Manuscript
from producer.checks.passages import Copy, copy_of, read_copy
from producer.checks.run import CHECKS
from producer.model import Issue

# Each round turns marks of ASCII into others for good; what stands beside them may then be one.
_MOST_ROUNDS = 20


def mended_files(issue: Issue) -> dict[str, tuple[Manuscript, Manuscript]]:
    """The files that can be mended, by path in the issue's folder: as they are, and mended."""
    before = read_copy(issue)
    after = mended(before)
    pairs = zip(before.manuscripts, after.manuscripts, strict=True)
    return {old.path: (old, new) for old, new in pairs if old.raw != new.raw}


def mended(copy: Copy) -> Copy:
    """The copy with every mechanical fault mended; mending it again changes nothing."""
    for _ in range(_MOST_ROUNDS):
        edits = _edits(copy)
        if not edits:
            break
        files = (file.mended(edits.get(file.file, ())) for file in copy.manuscripts)
        copy = copy_of(copy.issue, files)
    return copy


def _edits(copy: Copy) -> dict[str, list[Edit]]:
    """The edits of all checks that mend, by file; what the paper waives stays as it is."""
    edits: dict[str, list[Edit]] = {}
    mending = (each for each in CHECKS if each.mends and each.id not in copy.issue.paper.waive)
    for check in mending:
        for found in check.run(copy):
            if found.edits:
                edits.setdefault(found.place.file, []).extend(found.edits)
    return edits


def diff(old: Manuscript, new: Manuscript) -> Iterator[str]:
    """The lines of a unified diff of a file."""
    lines = (old.text.split("\n"), new.text.split("\n"))
    yield from difflib.unified_diff(*lines, old.file, new.file, n=1, lineterm="")
