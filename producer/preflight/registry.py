"""Checks: one function each, with an id for ever; what they look at and what they find."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pikepdf

from producer.edition import Box, Edition
from producer.errors import Level, Place, Problem
from producer.messages import message
from producer.model import Issue
from producer.preflight.read.book import Book
from producer.preflight.read.document import Document
from producer.preflight.separations import Separation, separate


@dataclass
class Subject:
    """What a check may look at: the file, and the issue it was made from, if that is known."""

    path: Path
    document: Document | None = None
    book: Book | None = None
    issue: Issue | None = None
    edition: Edition | None = None
    engine: str = ""
    """Class path of the veraPDF engine."""
    separations: tuple[Separation, ...] = ()
    """The pages' plates, once a check has asked for them."""

    @property
    def language(self) -> str:
        """The language of the pages: the paper's, else what the file says; Chinese by default."""
        said = self.document.language if self.document else ""
        return self.issue.paper.language if self.issue else said or "zh"

    @property
    def pdf(self) -> Document:
        """The PDF, for checks of PDFs."""
        assert self.document is not None, "profiles keep checks of PDFs to PDFs"
        return self.document

    def separated(self, ppi: float) -> tuple[Separation, ...]:
        """The plates of all pages, rendered when they are first asked for.

        Raises:
            RendererMissing, RendererFails: see `separate`.
        """
        if not self.separations:
            self.separations = separate(self.path, ppi)
        return self.separations

    @property
    def epub(self) -> Book:
        """The e-book, for checks of e-books."""
        assert self.book is not None, "profiles keep checks of e-books to e-books"
        return self.book


@dataclass(frozen=True)
class Finding:
    """What a check found: a message, the page from 1, the places on it in mm from the trim."""

    problem: Problem
    page: int | None = None
    boxes: tuple[Box, ...] = ()
    count: int = 1
    skipped: bool = False

    def told(self, file: str, language: str) -> Problem:
        """The finding as all problems are told; its place names page and millimetres."""
        parts = [file]
        if self.page:
            parts.append(message("place.page", language).cause.format(page=self.page))
        if self.boxes:
            first = self.boxes[0]
            parts.append(f"x {first.x:.1f} y {first.y:.1f} mm")
        if self.count > 1:
            parts.append(f"× {self.count}")
        return replace(self.problem, place=Place("  ".join(parts)))


def finding(
    id: str, page: int | None = None, box: Box | None = None, level: Level = "error", **args: object
) -> Finding:
    """Make a Finding; the level is the check's own, unless it is milder here."""
    found = Problem(id, args=tuple(sorted(args.items())), level=level)
    return Finding(found, page, (box,) if box else ())


def skip(id: str, **args: object) -> Finding:
    """What a check yields when it cannot look: never an error, and never silence."""
    found = Problem(id, args=tuple(sorted(args.items())), level="note")
    return Finding(found, skipped=True)


Run = Callable[..., Iterator[Finding]]
# What reading a dictionary that lacks its keys, or holds other kinds of things, ends with.
_BROKEN = (pikepdf.PdfError, AttributeError, KeyError, IndexError, TypeError, ValueError)


@dataclass(frozen=True)
class Check:
    """A check: its words are the message `check.<id>`, title and rationale."""

    id: str
    source: str
    run: Run

    def title(self, language: str) -> str:
        """What is checked, in one line."""
        return message(f"check.{self.id}", language).cause

    def rationale(self, language: str) -> str:
        """Why it matters, and what of it can be seen."""
        return message(f"check.{self.id}", language).mend


_CHECKS: dict[str, Check] = {}


def check(id: str, source: str) -> Callable[[Run], Run]:
    """Register a function as the check of an id; its keywords are the profile's parameters."""

    def register(run: Run) -> Run:
        assert id not in _CHECKS, f"{id} is taken"
        _CHECKS[id] = Check(id, source, run)
        return run

    return register


def checks() -> dict[str, Check]:
    """All checks by id, from the modules beside this one."""
    from producer.preflight import checks as package

    for module in pkgutil.iter_modules(package.__path__, f"{package.__name__}."):
        importlib.import_module(module.name)
    return dict(sorted(_CHECKS.items()))


@dataclass(frozen=True)
class Result:
    """What became of one check on one file."""

    check: Check
    findings: tuple[Finding, ...] = ()
    given: Mapping[str, Any] = field(default_factory=dict)
    """The parameters that it was made with."""
    waived: str = ""
    """The paper's reason for letting the findings pass."""

    @property
    def state(self) -> str:
        """passed, failed, warned, waived or skipped."""
        if any(each.skipped for each in self.findings):
            return "skipped"
        if not self.findings:
            return "passed"
        if self.waived:
            return "waived"
        levels = {each.problem.level for each in self.findings}
        return "failed" if "error" in levels else "warned"


def _found(one: Check, subject: Subject, given: dict[str, Any]) -> Iterator[Finding]:
    """What a check finds; one that trips over a file's broken structure says so, and fails."""
    try:
        yield from one.run(subject, **given)
    except _BROKEN as error:
        yield finding("preflight.broken", reason=f"{type(error).__name__}: {error}")


def run_check(one: Check, subject: Subject, level: Level, given: dict[str, Any]) -> Result:
    """Run one check with its parameters; findings that say the same of a page become one.

    Args:
        one: The check.
        subject: The file.
        level: How bad its findings are; a check may call single ones milder.
        given: The parameters: the profile's, or what the paper states in their place.
    """
    merged: dict[tuple[int, Problem, bool], Finding] = {}
    for found in _found(one, subject, given):
        if found.problem.level == "error" and not found.skipped:
            found = replace(found, problem=replace(found.problem, level=level))
        key = (found.page or 0, found.problem, found.skipped)
        if before := merged.get(key):
            boxes, count = before.boxes + found.boxes, before.count + 1
            found = replace(before, boxes=boxes, count=count)
        merged[key] = found
    return Result(one, tuple(merged[key] for key in merged), given)
