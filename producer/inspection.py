"""Preflight of a file or of an issue's finished files: what is checked, and the reports of it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from producer.colour.profile import load_profile
from producer.errors import ExitCode, Findings, Place, Problem, ProducerError, problem
from producer.fit.issue import fit_issue
from producer.fonts.library import open_library
from producer.layouts import find_home, load_layout
from producer.load import issue_id, load_issue
from producer.preflight.gallery import gallery
from producer.preflight.profiles import BOOK_PROFILE, profile_of
from producer.preflight.reference import Reference
from producer.preflight.report import to_data
from producer.preflight.run import Checked, outcome, preflight, waiver_problems
from producer.publish import publish

FOLDER = "preflight"


@dataclass(frozen=True)
class Inspection:
    """What a preflight found, and the folder that its reports were written to."""

    files: tuple[Checked, ...]
    others: tuple[Problem, ...]
    code: ExitCode
    folder: Path

    def to_data(self, language: str) -> dict[str, object]:
        """The findings as plain data."""
        return to_data(self.files, self.others, self.code, language)


@dataclass(frozen=True)
class InspectOptions:
    """What files are held against and where reports go; an empty profile is the files' own."""

    profile: str = ""
    out: Path = Path("out")
    report: Path | None = None
    engine: str = ""
    strict: bool = False
    language: str = "en"


def inspect(target: Path, options: InspectOptions) -> Inspection:
    """Check a finished file, or all finished files of an issue, and write the reports.

    Args:
        target: A PDF or EPUB, or the folder issues/PAPER/DATE. The issue of a file in
            out/PAPER/DATE is found by its names, if issues/ lies beside out/.
        options: See there.

    Raises:
        ProducerError: when a file cannot be opened, the issue's data is wrong, or no profile
            is named and the file's name asks for none.
    """
    folder = target if target.is_dir() else _issue_of(target)
    paths = _finished(target, options) if target.is_dir() else [target]
    reference = (
        _reference(folder, "print" in {_profile(path, options) for path in paths})
        if folder
        else None
    )
    files = tuple(
        preflight(path, _profile(path, options), reference, options.engine) for path in paths
    )
    others = tuple(waiver_problems(files, reference))
    code = outcome(files, others, options.strict)
    inspection = Inspection(files, others, code, options.report or paths[0].parent / FOLDER)
    _write(inspection, options.language)
    return inspection


def _issue_of(path: Path) -> Path | None:
    """The folder of the issue that a finished file in out/PAPER/DATE was made from."""
    out = path.resolve().parent
    folder = out.parents[2] / "issues" / out.parent.name / out.name if out.parents[2:] else out
    is_edition = profile_of(path) is not None and (folder / "issue.yaml").is_file()
    return folder if is_edition else None


def _reference(folder: Path, for_press: bool) -> Reference:
    issue, _ = load_issue(folder)
    home = find_home(folder)
    layout = load_layout(issue.paper.layout, home / "layouts")
    edition = fit_issue(issue, layout, open_library(home / "fonts" / "built"), Findings())
    press = issue.paper.press
    condition = load_profile(press.profile, home / "colour", folder.parent) if for_press else None
    return Reference(issue, edition, layout.page, condition)


def _finished(folder: Path, options: InspectOptions) -> Sequence[Path]:
    """An issue's finished files that have a profile of their own, or the one asked for."""
    finished = options.out / issue_id(folder)
    paths = sorted(finished.iterdir()) if finished.is_dir() else []
    wanted = [path for path in paths if _is_wanted(profile_of(path), options.profile)]
    if not wanted:
        found = problem("preflight.no-files", Place(finished.as_posix()))
        raise ProducerError(found, ExitCode.BAD_DATA)
    return wanted


def _is_wanted(profile: str | None, asked: str) -> bool:
    return profile is not None and asked in ("", profile)


def _profile(path: Path, options: InspectOptions) -> str:
    profile = options.profile or profile_of(path)
    is_book = path.suffix.lower() == ".epub"
    if not profile or is_book != (profile == BOOK_PROFILE):
        found = problem("preflight.which-profile", Place(path.as_posix()), name=path.name)
        raise ProducerError(found, ExitCode.USAGE)
    return profile


def _write(inspection: Inspection, language: str) -> None:
    data = json.dumps(inspection.to_data(language), ensure_ascii=False, indent=2, sort_keys=True)
    page = gallery(inspection.files, inspection.others, language)
    files = {"report.json": f"{data}\n".encode(), "preflight.html": page.encode()}
    publish(files, inspection.folder)
