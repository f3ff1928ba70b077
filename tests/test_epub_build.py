"""The e-book through the build: beside the plan, and without one."""

from __future__ import annotations

from pathlib import Path

import pytest

from producer.build import BuildOptions, build_issue
from producer.errors import ExitCode, ProducerError
from producer.progress import Progress
from producer.report import Report
from tests.issuefactory import IssueFactory, page, place_story, story

LONG = "样城新闻今天天晴，人们出门看报纸。" * 60


def build(factory: IssueFactory, out: Path, rows: int, only: str) -> Report:
    factory.paper |= {"pages": 1, "layout": "tabloid"}
    factory.stories = {"one": story(LONG)}
    factory.pages = [page(place_story("one", rect=[1, 1, 2, rows]))]
    options = BuildOptions(out=out, only=frozenset({only}))
    return build_issue(factory.write(), options, Progress())


def ids(report: Report) -> set[str]:
    return {found.id for found in report.problems}


def test_the_book_is_made_with_the_plan_s_pages(factory: IssueFactory, tmp_path: Path) -> None:
    report = build(factory, tmp_path / "out", 60, "epub")
    assert report.code == ExitCode.OK
    assert not ids(report) & {"epub.no-edition", "epub.no-cover"}
    assert [path.name for path in report.outputs] == ["sample-2026-12-01.epub", "report.json"]


def test_the_book_is_made_where_the_text_does_not_fit(
    factory: IssueFactory, tmp_path: Path
) -> None:
    report = build(factory, tmp_path / "out", 10, "epub")
    assert report.code == ExitCode.OK
    assert {"epub.no-edition", "epub.no-cover"} <= ids(report)


def test_the_print_edition_is_not(factory: IssueFactory, tmp_path: Path) -> None:
    with pytest.raises(ProducerError) as raised:
        build(factory, tmp_path / "out", 10, "print")
    assert raised.value.code == ExitCode.OVERSET
