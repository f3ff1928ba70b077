"""The results of a preflight as data, for report.json and other programs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from producer.errors import ExitCode, Problem
from producer.preflight.registry import Finding, Result
from producer.preflight.run import Checked


def to_data(
    files: Sequence[Checked], others: Sequence[Problem], code: ExitCode, language: str
) -> dict[str, Any]:
    """Every file with every check of its profile; places in mm from the top left trim corner."""
    return {
        "code": int(code),
        "outcome": code.name.lower(),
        "files": [
            {
                "file": file.path.name,
                "profile": file.profile,
                "checks": [_result(result, language) for result in file.results],
            }
            for file in files
        ],
        "problems": [
            {
                "id": other.id,
                "level": other.level,
                "file": other.place.file,
                "cause": other.cause(language),
                "mend": other.mend(language),
            }
            for other in others
        ],
    }


def _result(result: Result, language: str) -> dict[str, Any]:
    data: dict[str, Any] = {
        "id": result.check.id,
        "title": result.check.title(language),
        "state": result.state,
        "given": dict(result.given),
        "findings": [_finding(found, language) for found in result.findings],
    }
    return {**data, "waived": result.waived} if result.state == "waived" else data


def _finding(found: Finding, language: str) -> dict[str, Any]:
    return {
        "id": found.problem.id,
        "level": found.problem.level,
        "page": found.page,
        "count": found.count,
        "boxes_mm": [
            [round(side, 2) for side in (box.x, box.y, box.width, box.height)]
            for box in found.boxes
        ],
        "cause": found.problem.cause(language),
        "mend": found.problem.mend(language),
    }
