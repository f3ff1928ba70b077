"""What can be made of an issue: siblings from one edition, that do not know each other."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from producer.edition import Edition
from producer.epub.make import make_epub
from producer.epub.readback import check_epub
from producer.errors import Findings
from producer.fonts.library import FontLibrary
from producer.layouts import Layout
from producer.model import Issue
from producer.pdf.archive import finish_archive
from producer.pdf.editions import make_pdf
from producer.pdf.pages import at_trim, reader_spreads, split_pages
from producer.pdf.proofs import draw_proofs
from producer.planfile import plan_json
from producer.preflight.text import check_text


@dataclass
class Job:
    """What the makers share: an issue, its edition, and the files already made.

    Only the e-book can be made without an edition. `colour` is the folder of the profiles.
    """

    issue: Issue
    layout: Layout
    fonts: FontLibrary
    findings: Findings
    edition: Edition | None
    colour: Path
    files: dict[str, bytes] = field(default_factory=dict)
    _written: dict[str, bytes] = field(default_factory=dict)

    @property
    def fitted(self) -> Edition:
        """The edition, for makers that cannot do without."""
        assert self.edition is not None, "the build stops before, where the plan does not fit"
        return self.edition

    def pdf(self, name: str) -> bytes:
        """One of the PDF editions, made once: others are made from it as well."""
        if name not in self._written:
            self._written[name] = make_pdf(
                name, self.fitted, self.layout, self.fonts, self.colour, self.findings
            )
        return self._written[name]

    @property
    def trimmed(self) -> bytes:
        """The print edition at its trim: what proofs and covers are drawn from."""
        if "trimmed" not in self._written:
            self._written["trimmed"] = at_trim(self.pdf("print"))
        return self._written["trimmed"]


class Output(NamedTuple):
    """How an output is made, how its finished files are checked, and if only by name."""

    make: Callable[[Job], None]
    check: Callable[[Job], None] | None = None
    asked_for: bool = False


def _make_print(job: Job) -> None:
    job.files["print.pdf"] = job.pdf("print")


def _make_screen(job: Job) -> None:
    job.files["screen.pdf"] = job.pdf("screen")


def _make_archive(job: Job) -> None:
    plan = plan_json(job.fitted)
    job.files["archive.pdf"] = finish_archive(job.pdf("screen"), job.issue, plan)


def _check_print(job: Job) -> None:
    """Single pages and spreads hold the print edition's pages as they are."""
    check_text(job.trimmed, "print.pdf", job.fitted, job.findings)


def _check_pdf(name: str) -> Callable[[Job], None]:
    return lambda job: check_text(job.files[name], name, job.fitted, job.findings)


def _make_proofs(job: Job) -> None:
    for number, png in enumerate(draw_proofs(job.trimmed), 1):
        job.files[f"pages/page-{number}.png"] = png


def _make_pages(job: Job) -> None:
    for number, page in enumerate(split_pages(job.pdf("print"), job.issue), 1):
        job.files[f"pages/page-{number}.pdf"] = page


def _make_spreads(job: Job) -> None:
    job.files["spreads.pdf"] = reader_spreads(job.pdf("print"), job.issue)


def _make_plan(job: Job) -> None:
    job.files["plan.json"] = plan_json(job.fitted).encode()


def _make_epub(job: Job) -> None:
    printed = job.trimmed if job.edition else None
    job.files[epub_name(job.issue)] = make_epub(
        job.issue, job.layout, job.fonts, job.findings, job.edition, printed
    )


def _check_epub(job: Job) -> None:
    check_epub(job.files[epub_name(job.issue)], job.issue, job.findings, job.edition)


def epub_name(issue: Issue) -> str:
    """The e-book's file: it leaves the folder on its own, so it names paper and date."""
    return f"{issue.id.replace('/', '-')}.epub"


OUTPUTS: dict[str, Output] = {
    "print": Output(_make_print, _check_print),
    "screen": Output(_make_screen, _check_pdf("screen.pdf")),
    "archive": Output(_make_archive, _check_pdf("archive.pdf")),
    "pages": Output(_make_pages, _check_print),
    "spreads": Output(_make_spreads, _check_print, asked_for=True),
    "proofs": Output(_make_proofs),
    "plan": Output(_make_plan),
    "epub": Output(_make_epub, _check_epub),
}
# Outputs that are made even where the plan does not fit.
NEED_NO_EDITION = frozenset({"epub"})
