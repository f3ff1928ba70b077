"""What became of one issue: problems, files, figures, and the exit code they add up to."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from producer.errors import ExitCode, Problem

Figure = int | float | str

# From the mildest to the worst: a batch ends with the worst of its issues' codes.
_SEVERITY = (
    ExitCode.OK,
    ExitCode.WARNINGS,
    ExitCode.OVERSET,
    ExitCode.BAD_DATA,
    ExitCode.OUTPUT,
    ExitCode.LOST_TEXT,
    ExitCode.PREFLIGHT,
    ExitCode.USAGE,
    ExitCode.SETUP,
    ExitCode.INTERNAL,
)


@dataclass(frozen=True)
class Report:
    """The outcome of checking or building one issue; a known failure is one too."""

    issue: str
    problems: tuple[Problem, ...] = ()
    outputs: tuple[Path, ...] = ()
    figures: dict[str, Figure] = field(default_factory=dict)
    code: ExitCode = ExitCode.OK
    trace: str = ""
    """Of an unexpected exception, for `--debug`; never written to files."""

    def to_data(self, language: str = "en", timed: bool = True) -> dict[str, Any]:
        """The report as plain data.

        Args:
            language: Of the messages.
            timed: With the figures in seconds, which differ from run to run.
        """
        figures = self.figures.items()
        return {
            "issue": self.issue,
            "code": int(self.code),
            "outcome": self.code.name.lower().replace("_", "-"),
            "outputs": [path.as_posix() for path in self.outputs],
            "figures": {key: value for key, value in figures if timed or "seconds" not in key},
            "problems": [_problem_data(problem, language) for problem in self.problems],
        }

    def to_json(self, language: str = "en") -> str:
        """The report as a file, the same bytes for the same outcome: sorted, without times."""
        data = self.to_data(language, timed=False)
        return json.dumps(data, ensure_ascii=False, indent=2, sort_keys=True) + "\n"


def _problem_data(problem: Problem, language: str) -> dict[str, Any]:
    return {
        "id": problem.id,
        "level": problem.level,
        "file": problem.place.file,
        "line": problem.place.line,
        "cause": problem.cause(language),
        "mend": problem.mend(language),
    }


def outcome(problems: Iterable[Problem], strict: bool = False) -> ExitCode:
    """The exit code that problems of data add up to; with `strict`, warnings fail too."""
    levels = {problem.level for problem in problems}
    if "error" in levels:
        return ExitCode.BAD_DATA
    return ExitCode.WARNINGS if strict and "warning" in levels else ExitCode.OK


def worst(codes: Iterable[ExitCode]) -> ExitCode:
    """The code that a run over several issues ends with."""
    return max(codes, key=_SEVERITY.index, default=ExitCode.OK)
