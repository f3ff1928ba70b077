"""What a check is: one function with an id, a title, a rationale and its source."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from producer.checks.manuscript import Edit
from producer.checks.passages import Copy, Passage
from producer.errors import Level, Place, Problem, problem


@dataclass(frozen=True)
class Finding:
    """One fault: where it is, the values its message needs, and edits that mend it."""

    place: Place
    values: dict[str, object]
    edits: tuple[Edit, ...] = ()


Run = Callable[[Copy], Iterator[Finding]]


@dataclass(frozen=True)
class Check:
    """A check of the copy.

    Attributes:
        id: Never changes; also the id of its message.
        title: In one line, what is right.
        rationale: Why it is right.
        source: The standard, or whose rule it is.
        level: Of all its findings.
        run: Finds the faults.
        mends: Whether `--fix` mends them, at least some.
    """

    id: str
    title: str
    rationale: str
    source: str
    level: Level
    run: Run
    mends: bool = False

    def problems(self, copy: Copy) -> Iterator[Problem]:
        """The faults as problems, which have words."""
        for found in self.run(copy):
            yield problem(self.id, found.place, self.level, **found.values)


def check(
    id: str, title: str, *, rationale: str, source: str, level: Level, mends: bool = False
) -> Callable[[Run], Check]:
    """Make a check of the function that finds its faults."""

    def made(run: Run) -> Check:
        return Check(id, title, rationale, source, level, run, mends)

    return made


def finding(
    passage: Passage, start: int, end: int, edits: tuple[Edit, ...] = (), **values: object
) -> Finding:
    """A fault of the characters `start` to `end`; a message can show `what` and what is `near`."""
    what, near = passage.text[start:end], passage.near(start, end)
    shown = {"what": what, "near": near, "at": start, **values}  # two on a line are two
    return Finding(passage.place_of(start), shown, edits)
