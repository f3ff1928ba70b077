"""Many issues: each becomes a report, whatever happens to it; one bad issue stops no other."""

from __future__ import annotations

import multiprocessing
import traceback
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from producer.checks.fix import diff, mended_files
from producer.checks.run import check_content
from producer.errors import ExitCode, Findings, Place, ProducerError, problem
from producer.layouts import find_home, load_layout
from producer.load import issue_id, load_issue
from producer.model import Issue
from producer.plan import plan_pages
from producer.progress import Progress
from producer.publish import publish
from producer.report import Figure, Report, outcome
from producer.unpack import is_archive, unpacked

if TYPE_CHECKING:
    from producer.build import BuildOptions

    Build = Callable[[Path, BuildOptions, Progress], Report]


def check_issue(folder: Path, strict: bool = False) -> Report:
    """The report of an issue's data, without building anything."""

    def check() -> Report:
        issue, problems = load_issue(folder)
        findings = Findings(list(problems))
        plan_pages(issue, load_layout(issue.paper.layout, find_home(folder) / "layouts"), findings)
        findings.extend(check_content(issue))
        code = outcome(findings, strict)
        return Report(issue.id, tuple(findings), figures=data_figures(issue), code=code)

    return _reported(folder, check)


def mend_issue(folder: Path, show: Callable[[Iterator[str]], None], write: bool) -> None:
    """Mend what is mechanical in an issue's copy; one that cannot be loaded is left alone.

    Args:
        folder: The issue's folder.
        show: Takes the lines of each file's diff, before anything is written.
        write: Whether to write the files: beside first, then all in place of the old ones.

    Raises:
        ProducerError: when the folder cannot be written; no file is changed then.
    """
    try:
        issue, _ = load_issue(folder)
    except ProducerError:
        return
    files = mended_files(issue)
    for old, new in files.values():
        show(diff(old, new))
    if write and files:
        publish({path: new.raw.encode() for path, (_, new) in files.items()}, Path(issue.folder))


def build_many(
    folders: Sequence[Path],
    options: BuildOptions,
    jobs: int = 1,
    progress: Progress | None = None,
    build: Build | None = None,
) -> Iterator[Report]:
    """Build issues and yield their reports in the order given.

    Args:
        folders: The issues' folders, or archive editions.
        options: For every issue the same.
        jobs: Processes that build at the same time; with one, no process is started.
        progress: Is told each step, or with several jobs each issue.
        build: What builds one issue; tests plug in builds that fail.
    """
    progress = progress or Progress()
    if jobs == 1 or len(folders) == 1:
        for folder in folders:
            yield build_one(folder, options, progress, build)
        return
    with _pool(min(jobs, len(folders))) as pool:
        waiting = [pool.submit(build_one, folder, options, None, build) for folder in folders]
        progress.begin("", len(folders))
        for folder, future in zip(folders, waiting, strict=True):
            progress.step(issue_id(folder))
            yield _result(folder, future, options, build)
        progress.end()


def build_one(
    folder: Path, options: BuildOptions, progress: Progress | None, build: Build | None = None
) -> Report:
    """Build one issue; every failure becomes a report, so that it can cross processes."""

    def work() -> Report:
        make = build or _default_build()
        if not is_archive(folder):
            return make(folder, options, progress or Progress())
        with unpacked(folder) as (data, plan):
            home = options.home or find_home(folder)
            own = replace(options, home=home, plan=options.plan or plan)
            return make(data, own, progress or Progress())

    return _reported(folder, work)


def data_figures(issue: Issue) -> dict[str, Figure]:
    """What an issue's data amounts to."""
    bodies = (block.text for story in issue.stories.values() for block in story.body)
    chains = [p for page in issue.pages for p in page.text_placements()]
    return {
        "pages": len(issue.pages),
        "stories": len(issue.stories),
        "characters": sum(len("".join(text.split())) for text in bodies),
        "pictures": len(issue.pictures),
        "jumps": sum(hasattr(placement, "continues") for placement in chains),
    }


def _default_build() -> Build:
    """Imported late: the renderer takes half a second that `check` and `--help` do not need."""
    from producer.build import build_issue

    return build_issue


def _pool(jobs: int) -> ProcessPoolExecutor:
    """Fresh processes: a fork would copy the progress bar's thread in the middle of its work."""
    return ProcessPoolExecutor(jobs, mp_context=multiprocessing.get_context("spawn"))


def _result(
    folder: Path, future: Future[Report], options: BuildOptions, build: Build | None
) -> Report:
    """A worker's report; if a worker died, all waiting lose theirs and are tried again alone."""
    try:
        return future.result()
    except BrokenProcessPool:
        pass
    try:
        with _pool(1) as pool:
            return pool.submit(build_one, folder, options, None, build).result()
    except BrokenProcessPool:
        died = problem("internal.worker-died", Place(issue_id(folder)))
        return Report(issue_id(folder), (died,), code=ExitCode.INTERNAL)


def _reported(folder: Path, work: Callable[[], Report]) -> Report:
    """The work's report, or that of its failure."""
    try:
        return work()
    except ProducerError as error:
        return Report(issue_id(folder), error.problems, code=error.code)
    except Exception as error:  # a mistake of the program must not stop the other issues
        place = Place(issue_id(folder))
        unexpected = problem("internal.error", place, kind=type(error).__name__, reason=str(error))
        trace = traceback.format_exc()
        return Report(issue_id(folder), (unexpected,), code=ExitCode.INTERNAL, trace=trace)
