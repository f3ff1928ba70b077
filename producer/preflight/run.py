"""Runs a profile's checks on finished files, and applies the paper's waivers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from producer.checks.run import CHECKS
from producer.errors import ExitCode, Place, Problem, problem
from producer.preflight.profiles import BOOK_PROFILE, profiles
from producer.preflight.read.book import Book
from producer.preflight.read.document import Document
from producer.preflight.reference import Reference
from producer.preflight.registry import Result, Subject, checks, run_check
from producer.preflight.separations import Separation


@dataclass(frozen=True)
class Checked:
    """A file, the profile it was held against, and the results in the profile's order."""

    path: Path
    profile: str
    results: tuple[Result, ...]
    separations: tuple[Separation, ...] = ()
    """The pages' plates, if a check has rendered them."""


def preflight(
    path: Path, profile: str, reference: Reference | None = None, engine: str = ""
) -> Checked:
    """Hold a file against a profile; findings that the paper waives are marked as such.

    Args:
        path: The finished file.
        profile: A name of profiles.yaml.
        reference: The issue that it was made from, if that is known.
        engine: Class path of the veraPDF engine; empty where there is none.

    Raises:
        ProducerError: when the file cannot be opened at all.
    """
    known = checks()
    waive = reference.issue.paper.waive if reference else {}
    stated = reference.stated(profile) if reference else {}
    with _opened(path, profile, reference, engine) as subject:
        results = tuple(
            replace(
                run_check(known[id], subject, item.level, {**item.given, **stated.get(id, {})}),
                waived=waive.get(id, ""),
            )
            for item in profiles()[profile]
            for id in [item.check]
        )
    return Checked(path, profile, results, subject.separations)


@contextmanager
def _opened(
    path: Path, profile: str, reference: Reference | None, engine: str
) -> Iterator[Subject]:
    subject = Subject(path, engine=engine)
    if reference:
        subject.issue, subject.edition = reference.issue, reference.edition
    if profile == BOOK_PROFILE:
        subject.book = Book(path)
        yield subject
        return
    with Document(path) as document:
        subject.document = document
        yield subject


def waiver_problems(files: Iterable[Checked], reference: Reference | None) -> list[Problem]:
    """Waivers of checks that do not exist, and of checks that ran and found nothing."""
    if reference is None:
        return []
    place = Place(f"issues/{reference.issue.paper_id}/paper.yaml")
    results = [result for file in files for result in file.results]
    ran = {result.check.id for result in results if result.state != "skipped"}
    used = {result.check.id for result in results if result.state == "waived"}
    known, found = checks(), []
    of_copy = {check.id for check in CHECKS}
    for id in (id for id in reference.issue.paper.waive if id not in of_copy):
        if id not in known:
            found.append(problem("preflight.waiver-unknown", place, check=id))
        elif id in ran - used:
            found.append(problem("preflight.waiver-unused", place, check=id))
    return found


def outcome(files: Iterable[Checked], others: Iterable[Problem], strict: bool) -> ExitCode:
    """The exit code: findings fail; with `strict`, warnings too. What is waived never does."""
    states = {result.state for file in files for result in file.results}
    if "failed" in states or any(other.level == "error" for other in others):
        return ExitCode.PREFLIGHT
    return ExitCode.WARNINGS if strict and "warned" in states else ExitCode.OK
