"""What can go wrong, and how it is told: place, cause and mend, all problems at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from enum import IntEnum
from typing import Literal

from producer.messages import message

Level = Literal["error", "warning", "note"]


class ExitCode(IntEnum):
    """Exit codes of the command line; the README's table is tested against this."""

    OK = 0
    INTERNAL = 1
    USAGE = 2
    BAD_DATA = 3
    OVERSET = 4
    LOST_TEXT = 5
    OUTPUT = 6
    WARNINGS = 7
    SETUP = 8
    PREFLIGHT = 9


@dataclass(frozen=True, order=True)
class Place:
    """Where a problem stands: a file of the issue and, where known, a line from 1."""

    file: str = ""
    line: int = 0

    def __str__(self) -> str:
        return f"{self.file}:{self.line}" if self.line else self.file


@dataclass(frozen=True)
class Problem:
    """One finding: a stable id, where it is, and the values its message needs."""

    id: str
    place: Place = Place()
    args: tuple[tuple[str, object], ...] = ()
    level: Level = "error"

    @property
    def values(self) -> dict[str, object]:
        """The message's values, by name."""
        return dict(self.args)

    def cause(self, language: str = "en") -> str:
        """What is wrong, in one sentence."""
        return message(self.id, language).cause.format(**self.values)

    def mend(self, language: str = "en") -> str:
        """What to do about it, in one sentence."""
        return message(self.id, language).mend.format(**self.values)

    def text(self, language: str = "en") -> str:
        """The problem as three lines of a terminal."""
        level = message(f"level.{self.level}", language).cause
        place = f"  {self.place}" if self.place.file else ""
        return f"{level}{place}\n  {self.cause(language)}\n    → {self.mend(language)}"


def problem(id: str, place: Place = Place(), level: Level = "error", **args: object) -> Problem:
    """Make a Problem from keyword values."""
    return Problem(id, place, tuple(sorted(args.items())), level)


class ProducerError(Exception):
    """Known failure: the problems, and the exit code they end the program with."""

    def __init__(
        self, problems: Iterable[Problem] | Problem, code: ExitCode = ExitCode.BAD_DATA
    ) -> None:
        self.problems = (problems,) if isinstance(problems, Problem) else tuple(problems)
        self.code = code
        super().__init__(self.problems)

    def __str__(self) -> str:
        return "\n".join(found.text() for found in self.problems)


@dataclass
class Findings:
    """Collects problems while a step goes on, so that the first does not hide the second."""

    found: list[Problem] = field(default_factory=list)

    def add(self, id: str, place: Place = Place(), level: Level = "error", **args: object) -> None:
        """Note one problem; the same problem twice is told once."""
        new = problem(id, place, level, **args)
        if new not in self.found:
            self.found.append(new)

    def extend(self, problems: Iterable[Problem]) -> None:
        """Note problems found by another step."""
        self.found.extend(new for new in problems if new not in self.found)

    def soften(self, id: str) -> None:
        """Problems of that id become warnings: somebody has said that they may pass."""
        self.found = [
            replace(found, level="warning") if found.id == id else found for found in self.found
        ]

    def of(self, level: Level) -> list[Problem]:
        """The problems of one level, in the order found."""
        return [found for found in self.found if found.level == level]

    def stop_on_errors(self, code: ExitCode = ExitCode.BAD_DATA) -> None:
        """End the step if anything found is an error; warnings come along.

        Raises:
            ProducerError: with every problem found so far.
        """
        if self.of("error"):
            raise ProducerError(self.found, code)

    def __iter__(self) -> Iterator[Problem]:
        return iter(self.found)
