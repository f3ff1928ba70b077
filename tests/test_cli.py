"""The command line: commands, exit codes, languages, JSON, and many issues at once."""

from __future__ import annotations

import datetime as dt
import json
import os
import re
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner, Result

from producer.batch import build_many
from producer.build import BuildOptions
from producer.cli import main
from producer.console import language_of
from producer.errors import ExitCode, Place, ProducerError, problem
from producer.model import IssueData, Paper, StoryHead
from producer.outputs import OUTPUTS
from producer.progress import Progress
from producer.report import Figure, Report, outcome, worst
from tests.issuefactory import DATE, IssueFactory, line_of, page, place_story, story

ROOT = Path(__file__).parent.parent


@pytest.fixture
def factory(tmp_path: Path) -> IssueFactory:
    return IssueFactory(tmp_path)


def run(*arguments: object, env: dict[str, str] | None = None) -> Result:
    locale = {"LC_ALL": "", "LC_MESSAGES": "", "LANG": "C.UTF-8", **(env or {})}
    return CliRunner().invoke(main, [str(argument) for argument in arguments], env=locale)


# ---------------------------------------------------------------- help


def test_every_command_and_option_is_documented() -> None:
    assert set(main.commands) == {"build", "check", "new", "plan", "preflight", "schema"}
    for name, command in main.commands.items():
        text = run(name, "--help").output
        assert command.help
        for parameter in command.params:
            if isinstance(parameter, click.Option):
                assert parameter.help, f"{name} {parameter.name}"
                assert parameter.opts[0] in text
            else:
                assert parameter.make_metavar(click.Context(command)) in text


def test_the_help_of_build_names_every_output() -> None:
    assert ", ".join(OUTPUTS) in " ".join(run("build", "--help").output.split())


def test_the_version() -> None:
    found = run("--version")
    assert found.exit_code == 0
    assert re.fullmatch(r"producer, version \d+\.\d+\.\d+\n", found.output)


def test_the_module_runs_and_check_loads_no_renderer(factory: IssueFactory) -> None:
    code = (
        "import sys; sys.argv = ['producer', 'check', sys.argv[1]]\n"
        "import runpy\n"
        "try: runpy.run_module('producer', run_name='__main__')\n"
        "except SystemExit as end: print(end.code, 'weasyprint' in sys.modules)"
    )
    command = [sys.executable, "-c", code, str(factory.write())]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "0 False"


# ---------------------------------------------------------------- check


def test_check_of_a_sound_issue(factory: IssueFactory) -> None:
    found = run("check", factory.write())
    assert found.exit_code == ExitCode.OK
    assert found.stdout == "sample/2026-12-01: ok; pages: 1, stories: 1, characters: 12, " + (
        "pictures: 0, jumps: 0\n"
    )
    assert found.stderr == ""


def test_check_tells_all_problems_in_the_order_of_lines(factory: IssueFactory) -> None:
    factory.stories["alpha"] = story(hedline="x", kickr="y")
    found = run("check", factory.write())
    assert found.exit_code == ExitCode.BAD_DATA
    places = re.findall(r"^error  (\S+)", found.stderr, re.MULTILINE)
    assert places == [f"{factory.name}/stories/alpha.md:{line}" for line in (3, 4)]
    assert "errors: 2" in found.stdout


def test_strict_makes_warnings_fail(factory: IssueFactory) -> None:
    factory.paper["pages"] = 8
    folder = factory.write()
    assert run("check", folder).exit_code == ExitCode.OK
    strict = run("check", "--strict", folder)
    assert strict.exit_code == ExitCode.WARNINGS
    assert "warnings: 1" in strict.stdout


def test_strict_lets_notes_pass(factory: IssueFactory) -> None:
    factory.stories["alpha"] = story("　　正文。\n")
    assert run("check", "--strict", factory.write()).exit_code == ExitCode.OK


def test_check_as_json(factory: IssueFactory) -> None:
    factory.stories["alpha"] = story(hedline="x")
    found = run("check", "--json", "--language", "zh", factory.write())
    assert found.stderr == ""
    report = json.loads(found.stdout)
    assert report["issue"] == "sample/2026-12-01"
    assert (report["code"], report["outcome"]) == (3, "bad-data")
    assert report["problems"] == [
        {
            "id": "data.unknown-key-near",
            "level": "error",
            "file": f"{factory.name}/stories/alpha.md",
            "line": 3,
            "cause": "不认识键 “hedline”。",
            "mend": "是不是 “headline”？",
        }
    ]


def test_check_of_a_missing_issue(tmp_path: Path) -> None:
    found = run("check", tmp_path / "nowhere")
    assert found.exit_code == ExitCode.BAD_DATA
    assert "There is no such issue folder" in found.stderr


# ---------------------------------------------------------------- language


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({}, "en"),
        ({"LANG": "zh_CN.UTF-8"}, "zh"),
        ({"LANG": "de_DE.UTF-8"}, "en"),
        ({"LANG": "en_US.UTF-8", "LC_MESSAGES": "zh_TW"}, "zh"),
        ({"LC_ALL": "C", "LANG": "zh_CN.UTF-8"}, "en"),
        ({"LC_ALL": "", "LANG": "zh_CN.UTF-8"}, "zh"),
    ],
)
def test_the_language_follows_the_locale(environment: dict[str, str], language: str) -> None:
    assert language_of(environment) == language


def test_the_language_can_be_chosen(factory: IssueFactory) -> None:
    factory.stories["alpha"] = story(hedline="x")
    folder = factory.write()
    chinese = {"LANG": "zh_CN.UTF-8"}
    assert "错误" in run("check", folder, env=chinese).stderr
    assert "错误 1 处" in run("check", folder, env=chinese).stdout
    assert "error" in run("check", folder, "--language", "en", env=chinese).stderr


# ---------------------------------------------------------------- schema


def test_the_schema_of_everything() -> None:
    found = json.loads(run("schema").stdout)
    assert set(found) == {"paper", "issue", "story"}
    for kind in found:
        assert json.loads(run("schema", kind).stdout) == found[kind]


@pytest.mark.parametrize(
    ("kind", "model"), [("paper", Paper), ("issue", IssueData), ("story", StoryHead)]
)
def test_a_schema_knows_every_key_and_no_other(kind: str, model: Any) -> None:
    found = json.loads(run("schema", kind).stdout)
    assert found["additionalProperties"] is False
    assert set(found["properties"]) == {
        field.alias or name for name, field in model.model_fields.items()
    }


def test_a_schema_lets_a_rectangle_be_four_integers() -> None:
    listed, named = json.loads(run("schema", "issue").stdout)["$defs"]["Rect"]["anyOf"]
    assert (listed["type"], listed["items"]["type"]) == ("array", "integer")
    assert listed["minItems"] == listed["maxItems"] == 4
    assert set(named["required"]) == {"column", "row", "columns", "rows"}


def test_no_schema_of_other_kinds() -> None:
    assert run("schema", "page").exit_code == ExitCode.USAGE


# ---------------------------------------------------------------- new


def test_new_makes_the_next_issue(factory: IssueFactory) -> None:
    factory.pages = [
        page(place_story("alpha", frame="lead"), section="要闻", master="front"),
        page(place_story("beta", frame="top"), section="副刊: 诗", master="literary"),
    ]
    issues = factory.write().parent.parent
    found = run("new", "sample", "next", "--issues", issues)
    assert (found.exit_code, found.stderr) == (0, "")
    folder = issues / "sample" / "2026-12-04"
    assert found.stdout == f"{folder}\n"
    text = (folder / "issue.yaml").read_text("utf-8")
    for line in (
        "date: 2026-12-04",
        "number: 6",
        "total: 106",
        "weekday: 星期五",
        "lunar: 丙午年十月廿六",
        "page_count: 2",
        '  - section: "副刊: 诗"',
        "    master: literary",
        "      - {frame: lead, story: sample}",
        "      # - {frame: top, story: }",
    ):
        assert line in text.splitlines()
    assert (folder / "images").is_dir()
    assert (folder / "stories" / "sample.md").is_file()
    assert not list(folder.parent.glob(".new-*"))


def test_a_new_issue_lacks_nothing_but_stories_on_its_other_pages(factory: IssueFactory) -> None:
    factory.paper["pages"] = 2
    paper = factory.write().parent
    run("new", paper, "next")
    found = json.loads(run("check", "--json", paper / "2026-12-04").stdout)
    line = line_of(paper / "2026-12-04" / "issue.yaml", "place:")
    assert [(one["id"], one["level"]) for one in found["problems"]] == [
        ("issue.unusual-pages", "warning")
    ]
    assert line


def test_a_papers_first_issue(factory: IssueFactory) -> None:
    factory.paper["pages"] = 3
    paper = factory.write().parent
    found = run("new", paper, "2026-11-27")
    assert (found.exit_code, found.stderr) == (0, "")
    text = (paper / "2026-11-27" / "issue.yaml").read_text("utf-8")
    assert "number: 1\ntotal: 1\n" in text
    assert text.count("- section:") == 3
    problems = json.loads(run("check", "--json", paper / "2026-11-27").stdout)["problems"]
    empty = [at for at, line in enumerate(text.splitlines(), 1) if line == "    place: []"]
    assert [(one["id"], one["line"]) for one in problems] == [
        ("plan.unplanned", at) for at in empty
    ]


def test_next_of_a_paper_without_issues_is_after_today(factory: IssueFactory) -> None:
    factory.add_text("../paper.yaml", "")
    factory.folder.rmdir()
    (factory.paper_folder / "paper.yaml").unlink()
    factory.folder.mkdir()
    factory.write()
    paper = factory.paper_folder
    factory.folder.rename(paper / "archive")
    made = Path(run("new", paper, "next").stdout.strip())
    assert dt.timedelta(0) < dt.date.fromisoformat(made.name) - dt.date.today() < dt.timedelta(8)


def test_new_restarts_the_number_with_the_year(factory: IssueFactory) -> None:
    paper = factory.write().parent
    run("new", paper, "2027-01-01")
    text = (paper / "2027-01-01" / "issue.yaml").read_text("utf-8")
    assert "number: 1\ntotal: 106\n" in text


def test_new_in_a_paper_that_is_not_chinese(factory: IssueFactory) -> None:
    factory.paper["language"] = "en-GB"
    paper = factory.write().parent
    run("new", paper, "next")
    text = (paper / "2026-12-04" / "issue.yaml").read_text("utf-8")
    assert "weekday: Friday\n" in text
    assert "lunar" not in text
    assert "headline: Headline" in (paper / "2026-12-04/stories/sample.md").read_text("utf-8")


def test_new_never_overwrites(factory: IssueFactory) -> None:
    folder = factory.write()
    before = (folder / "issue.yaml").read_bytes()
    found = run("new", folder.parent, DATE)
    assert found.exit_code == ExitCode.OUTPUT
    assert f"error  {factory.name}\n" in found.stderr
    assert (folder / "issue.yaml").read_bytes() == before


def test_new_on_another_day_warns(factory: IssueFactory) -> None:
    found = run("new", factory.write().parent, "2026-12-05")
    assert found.exit_code == ExitCode.OK
    assert "on which the paper does not come out" in found.stderr


@pytest.mark.parametrize("date", ["2026-02-30", "tomorrow", "20261204", "2026-W49-5"])
def test_new_on_no_day(factory: IssueFactory, date: str) -> None:
    found = run("new", factory.write().parent, date)
    assert found.exit_code == ExitCode.USAGE
    assert date in found.stderr


@pytest.mark.parametrize("date", ["next", "2026-12-04"])
def test_new_of_no_paper(tmp_path: Path, date: str) -> None:
    found = run("new", "nopaper", date, "--issues", tmp_path)
    assert found.exit_code == ExitCode.BAD_DATA
    assert "nopaper/paper.yaml" in found.stderr


def test_new_where_nothing_can_be_written(
    factory: IssueFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    paper = factory.write().parent

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_text", full)
    found = run("new", paper, "next")
    assert found.exit_code == ExitCode.OUTPUT
    assert "No space left on device" in found.stderr
    assert sorted(path.name for path in paper.iterdir()) == [DATE, "paper.yaml"]


# ---------------------------------------------------------------- build


@pytest.fixture
def builds(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Path, BuildOptions]]:
    """Builds that only note what they were asked for; `bad` fails, `broken` is a mistake."""
    asked: list[tuple[Path, BuildOptions]] = []

    def build(folder: Path, options: BuildOptions, progress: Progress) -> Report:
        asked.append((folder, options))
        return fake_build(folder, options, progress)

    monkeypatch.setattr("producer.build.build_issue", build)
    return asked


def fake_build(folder: Path, options: BuildOptions, progress: Progress) -> Report:
    """A build that does what the folder's name says."""
    progress.begin(folder.name, 2)
    progress.step("load")
    progress.step("odd")
    progress.end()
    if folder.name == "bad":
        raise ProducerError(problem("file.missing", Place("bad/issue.yaml")))
    if folder.name == "broken":
        raise ZeroDivisionError("by zero")
    if folder.name == "dead":
        os.kill(os.getpid(), signal.SIGKILL)
    figures: dict[str, Figure] = {"pages": 8, "seconds": 1.25, "ink": "k"}
    return Report(folder.name, outputs=(options.out / folder.name / "a.pdf",), figures=figures)


def test_build_passes_its_options(builds: list[tuple[Path, BuildOptions]]) -> None:
    found = run("build", "a", "--out", "o", "--only", "print, plan", "--allow-overset", "--strict",
                "--plan", "p.json")  # fmt: skip
    assert (found.exit_code, found.stderr) == (0, "a  load\na  odd\n")
    assert found.stdout == "o/a/a.pdf\na: ok; pages: 8, seconds: 1.25, ink: k\n"
    ((folder, options),) = builds
    assert folder == Path("a")
    assert options.out == Path("o")
    assert options.only == {"print", "plan"}
    assert (options.allow_overset, options.strict, options.plan) == (True, True, Path("p.json"))


def test_build_defaults(builds: list[tuple[Path, BuildOptions]]) -> None:
    run("build", "a")
    assert builds == [(Path("a"), BuildOptions(Path("out"), frozenset(), False, False, None))]


def test_build_quietly(builds: list[tuple[Path, BuildOptions]]) -> None:
    assert run("build", "a", "--quiet").output == ""
    assert "bad/issue.yaml" in run("build", "bad", "--quiet").stderr


def test_build_as_json(builds: list[tuple[Path, BuildOptions]]) -> None:
    found = run("build", "a", "bad", "--json")
    assert found.stderr == ""
    first, second = json.loads(found.stdout)
    assert first["outputs"] == ["out/a/a.pdf"]
    assert first["figures"] == {"pages": 8, "seconds": 1.25, "ink": "k"}
    assert second["problems"][0]["id"] == "file.missing"


def test_one_bad_issue_stops_no_other(builds: list[tuple[Path, BuildOptions]]) -> None:
    found = run("build", "a", "bad", "broken", "b")
    assert [folder.name for folder, _ in builds] == ["a", "bad", "broken", "b"]
    assert found.exit_code == ExitCode.INTERNAL
    assert run("build", "bad", "a").exit_code == ExitCode.BAD_DATA


def test_an_unexpected_error_is_one_line_and_a_hint(
    builds: list[tuple[Path, BuildOptions]],
) -> None:
    found = run("build", "broken")
    assert "ZeroDivisionError: by zero" in found.stderr
    assert "--debug" in found.stderr
    assert "Traceback" not in found.output
    assert "Traceback" in run("build", "broken", "--debug").stderr


def test_an_unexpected_error_outside_a_build(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> None:
        raise RuntimeError("no schemas today")

    monkeypatch.setattr("producer.cli.schemas", fail)
    found = run("schema")
    assert found.exit_code == ExitCode.INTERNAL
    assert "no schemas today" in found.stderr
    assert "Traceback" not in found.stderr
    assert "Traceback" in run("schema", "--debug").stderr


@pytest.mark.parametrize(
    "arguments",
    [
        ("build",),
        ("build", "a", "--only", "papyrus"),
        ("build", "a", "--jobs", "0"),
        ("build", "a", "b", "--plan", "p.json"),
        ("build", "a", "--what"),
        ("biuld",),
        ("check",),
        ("check", "a", "--language", "fr"),
    ],
)
def test_wrong_usage(arguments: tuple[str, ...]) -> None:
    found = run(*arguments)
    assert found.exit_code == ExitCode.USAGE
    assert "Usage:" in found.stderr


# ---------------------------------------------------------------- many at once


def test_many_processes_keep_the_order() -> None:
    folders = [Path(name) for name in ("a", "bad", "broken", "b")]
    reports = list(build_many(folders, BuildOptions(), jobs=2, build=fake_build))
    codes = [ExitCode.OK, ExitCode.BAD_DATA, ExitCode.INTERNAL, ExitCode.OK]
    assert [report.code for report in reports] == codes
    assert "ZeroDivisionError" in reports[2].trace


def test_a_process_that_dies_takes_no_other_issue_along() -> None:
    folders = [Path(name) for name in ("a", "dead", "b")]
    reports = list(build_many(folders, BuildOptions(), jobs=2, build=fake_build))
    codes = [ExitCode.OK, ExitCode.INTERNAL, ExitCode.OK]
    assert [report.code for report in reports] == codes
    assert [one.id for one in reports[1].problems] == ["internal.worker-died"]


# ---------------------------------------------------------------- reports and progress


def test_a_report_file_has_no_times_and_sorted_keys() -> None:
    report = Report("a", figures={"seconds": 1.0, "seconds_fit": 2.0, "pages": 8, "ink": "k"})
    text = report.to_json()
    data = json.loads(text)
    assert data["figures"] == {"pages": 8, "ink": "k"}
    assert list(data) == sorted(data)
    assert text.endswith("}\n")


def test_the_worst_code_is_not_the_highest_number() -> None:
    assert worst([]) is ExitCode.OK
    assert worst([ExitCode.WARNINGS, ExitCode.BAD_DATA, ExitCode.OK]) is ExitCode.BAD_DATA
    assert worst(ExitCode) is ExitCode.INTERNAL


def test_the_outcome_of_problems() -> None:
    warning, error = problem("file.missing", level="warning"), problem("file.missing")
    assert outcome([warning]) is ExitCode.OK
    assert outcome([warning], strict=True) is ExitCode.WARNINGS
    assert outcome([warning, error], strict=True) is ExitCode.BAD_DATA


def test_a_bar_is_drawn_and_taken_away(capsys: pytest.CaptureFixture[str]) -> None:
    with Progress("bar", sys.stdout, "zh") as progress:
        progress.begin("sample/2026-12-01", 2)
        progress.step("load")
        progress.end()
    assert "Traceback" not in capsys.readouterr().out


def test_lines_name_issue_and_step(capsys: pytest.CaptureFixture[str]) -> None:
    with Progress("lines", sys.stdout, "zh") as progress:
        progress.begin("sample/2026-12-01", 2)
        progress.step("load")
        progress.step("[b]odd")
        progress.end()
    assert capsys.readouterr().out == "sample/2026-12-01  读稿\nsample/2026-12-01  [b]odd\n"
