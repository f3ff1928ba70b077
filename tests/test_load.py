"""Loading: good issues whole, and every bad input told with its id, file and line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from producer.errors import Problem, ProducerError
from producer.load import load_issue
from tests.issuefactory import (
    STORY,
    IssueFactory,
    dump,
    line_of,
    page,
    picture_inset,
    place_rest,
    place_story,
    png,
    story,
)


@pytest.fixture
def factory(tmp_path: Path) -> IssueFactory:
    return IssueFactory(tmp_path)


def problems(factory: IssueFactory, plan: Path | None = None) -> list[Problem]:
    """What loading finds, whether it fails or not; the issue is written first."""
    folder = factory.write()
    try:
        return load_issue(folder, plan)[1]
    except ProducerError as error:
        return list(error.problems)


def told(factory: IssueFactory, plan: Path | None = None) -> list[tuple[str, str]]:
    """The ids of the problems and where they are, without the issue's folder."""
    found = problems(factory, plan)
    home = f"{factory.name}/"
    return [(one.id, str(one.place).removeprefix(home)) for one in found]


def issue_line(factory: IssueFactory, text: str) -> str:
    """`issue.yaml:LINE` of the first line that holds a text; the issue is written first."""
    factory.write()
    return f"issue.yaml:{line_of(factory.folder / 'issue.yaml', text)}"


def two_pages(*second: dict[str, Any]) -> list[dict[str, Any]]:
    return [page(place_story("alpha")), page(*second, section="综合", master="news")]


# ---------------------------------------------------------------- good input


def test_a_sound_issue_loads(factory: IssueFactory) -> None:
    insets = [picture_inset("bridge", "bridge.png")]
    factory.stories["alpha"] = story("一\n\n## 小标\n\n二\n", insets=insets)
    factory.images["bridge.png"] = png(7, 5)
    factory.pages = [page(place_story("alpha", insets=[{"inset": "bridge", "rows": 4}]))]
    issue, found = load_issue(factory.write())
    assert found == []
    assert (issue.id, issue.paper_id) == ("sample/2026-12-01", "sample")
    assert issue.facts.weekday == "星期二"
    assert issue.facts.lunar == "丙午年十月廿三"
    assert [block.text for block in issue.stories["alpha"].body] == ["一", "小标", "二"]
    assert [block.line for block in issue.stories["alpha"].body] == [8, 10, 12]
    assert (issue.pictures["bridge.png"].width, issue.pictures["bridge.png"].height) == (7, 5)
    assert Path(issue.pictures["bridge.png"].path).is_file()


def test_stated_facts_that_are_right_pass(factory: IssueFactory) -> None:
    factory.head.update(weekday="星期二", lunar="丙午年十月廿三", page_count=1)
    assert problems(factory) == []


def test_lines_of_the_plan_are_kept_for_later_steps(factory: IssueFactory) -> None:
    issue, _ = load_issue(factory.write())
    assert issue.plan_file == f"{factory.name}/issue.yaml"
    line = issue.lines["pages.0.place.0"]
    assert f"issue.yaml:{line}" == issue_line(factory, "story: alpha")


def test_drafts_are_ignored(factory: IssueFactory) -> None:
    factory.add_text("stories/_later.md", "not even front matter")
    assert problems(factory) == []


def test_windows_line_ends_are_taken(factory: IssueFactory) -> None:
    factory.add_bytes("stories/alpha.md", STORY.replace("\n", "\r\n").encode())
    issue, found = load_issue(factory.write())
    assert found == []
    assert [block.text for block in issue.stories["alpha"].body] == ["正文第一段。", "正文第二段。"]


def test_scalars_stay_as_typed(factory: IssueFactory) -> None:
    table = {"id": "fees", "table": "表", "head": ["项", "元"]}
    rows = "rows: [[a, 1.50], [b, 007], [2026-12-01, yes]]"
    factory.stories["alpha"] = (
        f"---\nheadline: 2026\ninsets:\n- {json.dumps(table)[:-1]}, {rows}}}\n---\n文\n"
    )
    issue, _ = load_issue(factory.write())
    alpha = issue.stories["alpha"]
    assert alpha.title == "2026"
    assert alpha.head.insets[0].rows == (("a", "1.50"), ("b", "007"), ("2026-12-01", "yes"))


def test_a_headline_may_be_a_list_of_lines(factory: IssueFactory) -> None:
    factory.stories["alpha"] = story(headline=["上行", "下行"])
    issue, _ = load_issue(factory.write())
    assert issue.stories["alpha"].headline_lines == ("上行", "下行")


def test_a_verse_keeps_its_lines(factory: IssueFactory) -> None:
    factory.stories["alpha"] = story("　　一行\n二行\n\n三行\n", kind="verse")
    issue, found = load_issue(factory.write())
    assert found == []
    assert [(block.kind, block.text) for block in issue.stories["alpha"].body] == [
        ("verse", "　　一行\n二行"),
        ("verse", "三行"),
    ]


def test_speakers_are_those_of_the_storys_language_or_the_papers(factory: IssueFactory) -> None:
    factory.stories = {
        "alpha": story("Q: Why?\n"),
        "beta": story("Q: Why?\n", language="en-GB"),
        "gamma": story("Q: 何也\n", language="zh-Hans-CN"),
    }
    for language, kinds in (
        ("zh-Hans-CN", ["body", "question", "body"]),
        ("en", ["question", "question", "body"]),
    ):
        factory.paper["language"] = language
        (factory.paper_folder / "paper.yaml").unlink(missing_ok=True)
        issue, _ = load_issue(factory.write())
        assert [one.body[0].kind for one in issue.stories.values()] == kinds


def test_faults_of_the_markup_are_told_with_their_lines(factory: IssueFactory) -> None:
    factory.stories["alpha"] = story("- 甲\n  - 乙\n\n::: nota\n丙\n:::\n\n::: note\n丁\n")
    assert told(factory) == [
        ("block.nested", "stories/alpha.md:5"),
        ("block.unknown", "stories/alpha.md:7"),
        ("block.not-closed", "stories/alpha.md:11"),
    ]


def test_a_jump_is_no_problem(factory: IssueFactory) -> None:
    factory.paper["pages"] = 2
    factory.pages = two_pages(place_rest("alpha"))
    assert problems(factory) == []


# ---------------------------------------------------------------- everything at once


def test_all_problems_of_all_files_at_once(factory: IssueFactory) -> None:
    factory.paper["zzz"] = "red"
    factory.head["wekday"] = "x"
    factory.stories["beta"] = "no front matter\n"
    factory.stories["gamma"] = story(hedline="x")
    factory.pages = [page(place_story("alpha"), place_story("gama"), {"stori": "x"})]
    factory.head["date"] = "2026-12-02"
    assert {id for id, _ in told(factory)} >= {
        "data.unknown-key",
        "data.unknown-key-near",
        "data.placement-kind",
        "story.no-front-matter",
        "story.missing",
        "story.unplaced",
        "issue.folder-name",
    }


def test_a_problem_is_told_in_three_lines(factory: IssueFactory) -> None:
    factory.head["wekday"] = "星期二"
    text = "\n".join(one.text("en") for one in problems(factory))
    line = line_of(factory.folder / "issue.yaml", "wekday")
    assert text == (
        f"error  issues/sample/2026-12-01/issue.yaml:{line}\n"
        "  The key “wekday” is not known.\n"
        "    → Did you mean “weekday”?"
    )


# ---------------------------------------------------------------- files


@pytest.mark.parametrize("name", ["issue.yaml", "../paper.yaml"])
def test_a_missing_file(factory: IssueFactory, name: str) -> None:
    path = factory.write() / name
    path.unlink()
    place = "issues/sample/paper.yaml" if ".." in name else "issue.yaml"
    with pytest.raises(ProducerError) as caught:
        load_issue(factory.folder)
    (found,) = [one for one in caught.value.problems if one.id == "file.missing"]
    assert str(found.place).removeprefix(f"{factory.name}/") == place


def test_a_missing_stories_folder(factory: IssueFactory) -> None:
    folder = factory.write()
    (folder / "stories" / "alpha.md").unlink()
    (folder / "stories").rmdir()
    with pytest.raises(ProducerError) as caught:
        load_issue(folder)
    assert ("file.missing", f"{factory.name}/stories") in [
        (one.id, str(one.place)) for one in caught.value.problems
    ]


def test_a_missing_issue(tmp_path: Path) -> None:
    with pytest.raises(ProducerError) as caught:
        load_issue(tmp_path / "2026-12-04")
    assert [one.id for one in caught.value.problems] == ["issue.no-folder"]


def test_an_unreadable_file(factory: IssueFactory) -> None:
    (factory.folder / "issue.yaml").mkdir(parents=True)
    assert ("file.unreadable", "issue.yaml") in told(factory)


@pytest.mark.parametrize(("encoding", "likely"), [("gb18030", "GB18030"), ("utf-16", "UTF-16")])
def test_a_wrong_encoding(factory: IssueFactory, encoding: str, likely: str) -> None:
    factory.add_bytes("stories/alpha.md", STORY.encode(encoding))
    (found,) = [one for one in problems(factory) if one.id == "file.encoding"]
    assert found.values["likely"] == likely
    assert found.place.file.endswith("stories/alpha.md")
    if encoding == "gb18030":
        assert (found.place.line, found.values["byte"]) == (2, 14)


def test_bytes_of_no_encoding(factory: IssueFactory) -> None:
    factory.add_bytes("stories/alpha.md", b"---\nheadline: a\n---\n\xff\x81\n")
    (found,) = [one for one in problems(factory) if one.id == "file.encoding"]
    assert found.place.line == 4
    assert found.values["likely"] == "-"


# ---------------------------------------------------------------- characters


@pytest.mark.parametrize(
    ("character", "id"),
    [
        ("\x07", "text.control"),
        ("\u200b", "text.control"),
        ("\u2028", "text.control"),
        ("\u202e", "text.control"),
        ("\x85", "text.control"),
        ("\ufeff", "text.control"),
        ("\ufffd", "text.replacement"),
        ("\ue5e5", "text.private-use"),
        ("\U000f1234", "text.private-use"),
    ],
)
def test_characters_that_cannot_be_set(factory: IssueFactory, character: str, id: str) -> None:
    factory.stories["alpha"] = story(f"一\n\n二{character}三\n")
    assert (id, "stories/alpha.md:6") in told(factory)
    factory.add_text("../paper.yaml", "")
    (factory.folder / "issue.yaml").write_text(f"date: 2026-12-01\nnumber: 1{character}\n", "utf-8")
    assert (id, "issue.yaml:2") in told(factory)


def test_a_byte_order_mark_is_a_note(factory: IssueFactory) -> None:
    factory.stories["alpha"] = f"\ufeff{STORY}"
    assert told(factory) == [("text.bom", "stories/alpha.md:1")]


def test_typed_indents_are_noted_and_dropped(factory: IssueFactory) -> None:
    factory.stories["alpha"] = story("一\n\n　　二\n")
    issue, found = load_issue(factory.write())
    assert [(one.id, one.level, one.place.line) for one in found] == [
        ("text.typed-indent", "note", 6)
    ]
    assert [block.text for block in issue.stories["alpha"].body] == ["一", "二"]


# ---------------------------------------------------------------- YAML


@pytest.mark.parametrize(
    ("text", "id", "line"),
    [
        ("date: 2026-12-01\nnumber: [1\n", "yaml.broken", 2),
        ("date: 2026-12-01\nnumber: a: b\n", "yaml.broken", 2),
        ("date: 2026-12-01\n\tnumber: 1\n", "yaml.broken", 2),
        ("date: 2026-12-01\n---\nnumber: 1\n", "yaml.broken", 2),
        ("date: 2026-12-01\nnumber: 1\nnumber: 2\n", "yaml.key-twice", 3),
        ("date: 2026-12-01\nnumber: *one\n", "yaml.broken", 2),
        ("lunar: &a [x]\npages: *a\n", "yaml.alias", 2),
        ("date: 2026-12-01\nweekday: !day x\n", "yaml.tag", 2),
        ("date: 2026-12-01\n? [a]\n: 1\n", "yaml.key", 2),
        ("- date: 2026-12-01\n", "yaml.not-a-mapping", 1),
        ("", "yaml.not-a-mapping", 1),
    ],
)
def test_broken_yaml(factory: IssueFactory, text: str, id: str, line: int) -> None:
    factory.add_text("issue.yaml", text)
    assert (id, f"issue.yaml:{line}") in told(factory)


def test_broken_yaml_in_front_matter_counts_lines_of_the_file(factory: IssueFactory) -> None:
    factory.stories["alpha"] = "---\nheadline: a\nshort: x: y\n---\n文\n"
    assert ("yaml.broken", "stories/alpha.md:3") in told(factory)


def test_aliases_cannot_blow_up(factory: IssueFactory) -> None:
    levels = "".join(f"l{n}: &l{n} [{', '.join([f'*l{n - 1}'] * 9)}]\n" for n in range(1, 12))
    factory.add_text("issue.yaml", f"l0: &l0 [x]\n{levels}")
    assert "yaml.alias" in {id for id, _ in told(factory)}


# ---------------------------------------------------------------- values


@pytest.mark.parametrize("date", ["2026-02-30", "2026-13-01", "heute", "20261"])
def test_a_date_that_does_not_exist(factory: IssueFactory, date: str) -> None:
    factory.head["date"] = date
    assert ("date.no-such-day", issue_line(factory, "date:")) in told(factory)


def test_an_unknown_key_names_the_nearest(factory: IssueFactory) -> None:
    factory.stories["alpha"] = story(kickr="引题")
    (found,) = problems(factory)
    assert (found.id, found.place.line) == ("data.unknown-key-near", 3)
    assert found.values["near"] == "kicker"


def test_an_unknown_key_of_a_placement_names_the_nearest(factory: IssueFactory) -> None:
    factory.pages = [page(place_story("alpha", colums=3))]
    (found,) = problems(factory)
    assert found.values["near"] == "columns"
    assert str(found.place).endswith(issue_line(factory, "colums"))


def test_an_unknown_key_like_no_other_lists_the_known(factory: IssueFactory) -> None:
    factory.paper["zzz"] = 1
    (found,) = problems(factory)
    assert found.id == "data.unknown-key"
    assert "publishes" in str(found.values["known"])


def test_a_missing_key(factory: IssueFactory) -> None:
    del factory.head["number"]
    factory.stories["alpha"] = "---\nshort: 短\n---\n文\n"
    found = problems(factory)
    assert {(one.id, one.values.get("key")) for one in found} == {
        ("data.missing-key", "number"),
        ("data.missing-key", "headline"),
    }
    assert ("data.missing-key", "stories/alpha.md:2") in told(factory)


@pytest.mark.parametrize(
    ("change", "id", "at"),
    [
        ({"number": "viele"}, "data.not-a-number", "number"),
        ({"number": 0}, "data.invalid", "number"),
        ({"weekday": ["星期二"]}, "data.not-text", "weekday"),
        ({"pages": "one"}, "data.not-a-list", "pages"),
        ({"pages": ["x"]}, "data.not-a-mapping", "- x"),
        ({"pages": []}, "data.empty", "pages"),
    ],
)
def test_wrong_types(factory: IssueFactory, change: dict[str, Any], id: str, at: str) -> None:
    text = {"date": factory.date, "number": 5, "total": 6, "pages": [], **change}
    factory.add_text("issue.yaml", dump(text))
    assert (id, issue_line(factory, at)) in told(factory)


@pytest.mark.parametrize(
    ("item", "id"),
    [
        ({"stori": "alpha", "frame": "x"}, "data.placement-kind"),
        ("story", "data.placement-kind"),
        (["story"], "data.placement-kind"),
        ({"story": "alpha", "frame": "x", "rect": [1, 1, 1, 1]}, "data.frame-or-rect"),
        ({"story": "alpha", "rect": [1, 1, 1, "x"]}, "data.not-a-number"),
    ],
)
def test_wrong_placements(factory: IssueFactory, item: Any, id: str) -> None:
    factory.pages = [page(item)]
    (place,) = [place for one, place in told(factory) if one == id]
    line = line_of(factory.folder / "issue.yaml", "stor")
    assert line <= int(place.removeprefix("issue.yaml:")) <= line + 2


@pytest.mark.parametrize(
    ("inset", "id"),
    [
        ({"id": "a"}, "data.inset-kind"),
        ({"id": "a", "quote": "q", "table": "t"}, "data.inset-kind"),
        ({"id": "a", "picture": "a.png"}, "data.picture-alt"),
        ({"id": "a", "table": "t", "head": ["x", "y"], "rows": [["1"]]}, "data.table-cells"),
    ],
)
def test_wrong_insets(factory: IssueFactory, inset: dict[str, Any], id: str) -> None:
    factory.stories["alpha"] = story(insets=[inset])
    assert (id, "stories/alpha.md:4") in told(factory)


# ---------------------------------------------------------------- facts


def test_wrong_facts(factory: IssueFactory) -> None:
    factory.head.update(weekday="星期三", lunar="丙午年十月廿四", page_count=8)
    assert told(factory) == [
        ("date.weekday", issue_line(factory, "weekday")),
        ("date.lunar", issue_line(factory, "lunar")),
        ("issue.page-count", issue_line(factory, "page_count")),
    ]


def test_facts_are_checked_although_a_page_is_wrong(factory: IssueFactory) -> None:
    factory.head["weekday"] = "星期三"
    factory.pages = [page(place_story("alpha", colums=2))]
    assert {id for id, _ in told(factory)} == {"date.weekday", "data.unknown-key-near"}


def test_an_unusual_number_of_pages_is_a_warning(factory: IssueFactory) -> None:
    factory.paper["pages"] = 8
    (found,) = problems(factory)
    assert (found.id, found.level) == ("issue.unusual-pages", "warning")
    assert str(found.place).endswith(issue_line(factory, "pages"))


def test_another_day_than_a_publication_day_is_a_warning(factory: IssueFactory) -> None:
    factory.date = "2026-12-02"
    (found,) = problems(factory)
    assert (found.id, found.level) == ("date.not-a-publication-day", "warning")
    assert str(found.place).endswith("issue.yaml:1")


def test_the_folder_is_called_by_the_date(factory: IssueFactory) -> None:
    factory.head["date"] = "2026-12-04"
    assert told(factory) == [("issue.folder-name", issue_line(factory, "date:"))]


@pytest.mark.parametrize(
    ("before", "number", "total", "wrong"),
    [
        (("2026-11-27", 4, 104), 5, 105, []),
        (("2026-11-27", 4, 104), 6, 105, ["number"]),
        (("2026-11-27", 4, 104), 5, 104, ["total"]),
        (("2026-11-27", 4, 104), 4, 104, ["number", "total"]),
        (("2025-12-30", 98, 104), 1, 105, []),
        (("2025-12-30", 98, 104), 99, 105, ["number"]),
        (("2026-12-04", 9, 900), 5, 105, []),
    ],
)
def test_running_numbers(
    factory: IssueFactory,
    before: tuple[str, int, int],
    number: int,
    total: int,
    wrong: list[str],
) -> None:
    factory.earlier(*before)
    factory.head.update(number=number, total=total)
    expected = [("issue.running-number", key) for key in wrong]
    assert told(factory) == [(id, issue_line(factory, f"{key}:")) for id, key in expected]


def test_numbers_follow_the_latest_issue_before(factory: IssueFactory) -> None:
    factory.earlier("2026-11-24", 3, 103)
    factory.earlier("2026-11-27", 4, 104)
    (factory.paper_folder / "archive").mkdir()
    assert problems(factory) == []


def test_an_issue_before_that_cannot_be_read_is_a_warning(factory: IssueFactory) -> None:
    (factory.paper_folder / "2026-11-27").mkdir(parents=True)
    (found,) = problems(factory)
    assert (found.id, found.level) == ("issue.previous-unreadable", "warning")
    assert str(found.place) == "issues/sample/2026-11-27/issue.yaml"


def test_a_paper_folder_must_be_an_identifier(factory: IssueFactory) -> None:
    factory.paper_id = "Sample Paper"
    found = [(one.id, str(one.place)) for one in problems(factory)]
    assert found == [("paper.folder-name", "issues/Sample Paper/paper.yaml")]


# ---------------------------------------------------------------- plan


def test_a_page_number_that_disagrees(factory: IssueFactory) -> None:
    factory.pages = [page(place_story("alpha"), number=2)]
    assert told(factory) == [("page.number", issue_line(factory, "number: 2"))]


def test_a_plan_file_replaces_the_pages(factory: IssueFactory, tmp_path: Path) -> None:
    plan = tmp_path / "plan.json"
    item = {"story": "alpha", "rect": [1, 1, 3, 7]}
    plan.write_text(json.dumps({"pages": [page(item, section="新")], "fit": {}}), "utf-8")
    issue, found = load_issue(factory.write(), plan)
    assert found == []
    assert issue.pages[0].section == "新"
    assert issue.plan_file == str(plan)


@pytest.mark.parametrize(
    ("text", "id", "line"),
    [("{\n}", "plan.no-pages", ""), ("[]", "plan.no-pages", ""), ('{\n"pages":', "plan.broken", 2)],
)
def test_a_bad_plan_file(
    factory: IssueFactory, tmp_path: Path, text: str, id: str, line: int | str
) -> None:
    plan = tmp_path / "plan.json"
    plan.write_text(text, "utf-8")
    assert (id, f"{plan}:{line}".rstrip(":")) in told(factory, plan)


def test_wrong_pages_of_a_plan_file_are_named_by_path(
    factory: IssueFactory, tmp_path: Path
) -> None:
    plan = tmp_path / "plan.json"
    item = {"story": "alpha", "rect": [1, 1, 3, 7], "colums": 2}
    plan.write_text(json.dumps({"pages": [page(item)]}), "utf-8")
    (found,) = problems(factory, plan)
    assert str(found.place) == str(plan)
    assert found.values["key"] == "pages.0.place.0.colums"


# ---------------------------------------------------------------- stories


def test_a_story_without_front_matter(factory: IssueFactory) -> None:
    factory.stories["alpha"] = "正文。\n"
    assert told(factory) == [("story.no-front-matter", "stories/alpha.md:1")]


def test_front_matter_that_does_not_end(factory: IssueFactory) -> None:
    factory.stories["alpha"] = "---\nheadline: 主题\n正文。\n"
    assert told(factory) == [("story.no-front-matter", "stories/alpha.md:1")]


@pytest.mark.parametrize("name", ["Alpha.md", "al pha.md", "-a.md", "稿件.md", f"{'a' * 61}.md"])
def test_a_bad_file_name(factory: IssueFactory, name: str) -> None:
    factory.add_text(f"stories/{name}", STORY)
    assert told(factory) == [("story.bad-name", f"stories/{name}")]


def test_a_file_that_is_no_story_is_a_warning(factory: IssueFactory) -> None:
    factory.add_text("stories/beta.txt", STORY)
    assert told(factory) == [("story.not-markdown", "stories/beta.txt")]


def test_a_story_without_text(factory: IssueFactory) -> None:
    factory.stories["alpha"] = story("\n")
    assert told(factory) == [("story.empty", "stories/alpha.md:4")]


def test_a_story_that_is_a_picture_needs_no_text(factory: IssueFactory) -> None:
    factory.stories["alpha"] = story("", insets=[{"id": "q", "quote": "引语"}])
    factory.pages = [page(place_story("alpha", insets=[{"inset": "q", "rows": 3}]))]
    assert problems(factory) == []


def test_a_story_that_is_missing(factory: IssueFactory) -> None:
    factory.pages = [page(place_story("alpha"), place_story("alpa"))]
    (found,) = problems(factory)
    assert (found.id, found.values["near"]) == ("story.missing", "alpha")
    assert str(found.place).endswith(issue_line(factory, "story: alpa"))


def test_a_story_that_is_never_placed(factory: IssueFactory) -> None:
    factory.stories["beta"] = STORY
    factory.pages = [page(place_story("alpha"))]
    assert told(factory) == [("story.unplaced", "stories/beta.md:1")]


def test_a_story_that_is_placed_twice(factory: IssueFactory) -> None:
    factory.pages = [page(place_story("alpha"), place_story("alpha", columns=2))]
    (found,) = problems(factory)
    first = issue_line(factory, "story: alpha")
    assert found.id == "story.placed-twice"
    assert found.values["first"] == f"{factory.name}/{first}"
    assert found.place.line > int(first.split(":")[1])


def test_a_story_in_a_package_is_placed(factory: IssueFactory) -> None:
    member = {"story": "alpha", "rect": [1, 3, 3, 5]}
    package = {"package": "组合", "rect": [1, 1, 6, 9], "place": [member, {**member, "story": "b"}]}
    factory.pages = [page(package)]
    assert told(factory) == [("story.missing", issue_line(factory, "story: b"))]


def test_a_teaser_of_a_missing_story(factory: IssueFactory) -> None:
    teasers = {"teasers": [{"story": "alpha"}, {"story": "beta"}]}
    factory.pages = [page(place_story("alpha"), teasers)]
    assert told(factory) == [("teaser.no-story", issue_line(factory, "story: beta"))]


# ---------------------------------------------------------------- chains


def test_a_continuation_without_a_beginning(factory: IssueFactory) -> None:
    factory.stories["beta"] = STORY
    factory.paper["pages"] = 2
    factory.pages = two_pages(place_rest("beta"))
    assert told(factory) == [
        ("story.unplaced", "stories/beta.md:1"),
        ("chain.no-beginning", issue_line(factory, "continues")),
    ]


def test_a_chain_that_runs_backwards(factory: IssueFactory) -> None:
    factory.paper["pages"] = 2
    factory.pages = [page(place_rest("alpha")), page(place_story("alpha"))]
    assert told(factory) == [("chain.backwards", issue_line(factory, "continues"))]


def test_a_chain_that_loops_on_a_page(factory: IssueFactory) -> None:
    factory.pages = [page(place_story("alpha"), place_rest("alpha"))]
    assert told(factory) == [("chain.same-page", issue_line(factory, "continues"))]


def test_more_jumps_than_the_paper_allows(factory: IssueFactory) -> None:
    factory.paper["pages"] = 3
    factory.pages = [*two_pages(place_rest("alpha")), page(place_rest("alpha", columns=1))]
    (found,) = problems(factory)
    assert (found.id, found.values["jumps"], found.values["limit"]) == (
        "chain.too-many-jumps",
        2,
        1,
    )
    factory.paper["jumps"] = {"limit": 2}
    (factory.paper_folder / "paper.yaml").unlink()
    assert problems(factory) == []


def test_a_continuation_of_a_missing_story(factory: IssueFactory) -> None:
    factory.paper["pages"] = 2
    factory.pages = two_pages(place_rest("gone"))
    place = issue_line(factory, "continues")
    assert told(factory) == [("story.missing", place), ("chain.no-beginning", place)]


# ---------------------------------------------------------------- insets and pictures


def with_quotes(factory: IssueFactory, *placed: str, own: tuple[str, ...] = ("q",)) -> None:
    """A story with quotes of those ids, and a frame that places others."""
    insets = [{"id": id, "quote": "引语"} for id in own]
    factory.stories["alpha"] = story(insets=insets)
    where = [{"inset": id, "rows": 3} for id in placed]
    factory.pages = [page(place_story("alpha", insets=where))]


def test_an_inset_that_the_story_lacks(factory: IssueFactory) -> None:
    with_quotes(factory, "q", "nope")
    assert told(factory) == [("inset.missing", issue_line(factory, "inset: nope"))]


def test_an_inset_placed_twice(factory: IssueFactory) -> None:
    with_quotes(factory, "q", "q")
    (found,) = problems(factory)
    assert found.id == "inset.placed-twice"
    assert found.place.line == line_of(factory.folder / "issue.yaml", "inset: q") + 2


def test_an_inset_never_placed_is_a_warning(factory: IssueFactory) -> None:
    with_quotes(factory, "q", own=("q", "r"))
    (found,) = problems(factory)
    assert (found.id, found.level) == ("inset.unplaced", "warning")
    assert found.place.line == line_of(factory.folder / "stories/alpha.md", "id: r")


def test_two_insets_of_one_id(factory: IssueFactory) -> None:
    with_quotes(factory, "q", own=("q", "q"))
    (found,) = problems(factory)
    assert found.id == "inset.id-twice"
    assert found.place.line == line_of(factory.folder / "stories/alpha.md", "id: q") + 2


def test_a_missing_picture_names_its_line(factory: IssueFactory) -> None:
    factory.stories["alpha"] = story(insets=[picture_inset("a", "brigde.png")])
    factory.images["bridge.png"] = png()
    (found,) = [one for one in problems(factory) if one.id == "picture.missing"]
    assert found.values["near"] == "bridge.png"
    assert str(found.place) == f"{factory.name}/stories/alpha.md:5"


def test_an_advertisement_is_checked_like_a_picture(factory: IssueFactory) -> None:
    factory.images["ad.png"] = png()[:-20]
    ads = [{"advertisement": name, "alt": "广告"} for name in ("../ad.png", "ad.png")]
    factory.pages = [page(place_story("alpha"), *ads)]
    assert told(factory) == [
        ("picture.outside", issue_line(factory, "../ad.png")),
        ("picture.corrupt", issue_line(factory, "advertisement: ad.png")),
    ]


def test_pictures_are_checked_although_the_story_is_wrong(factory: IssueFactory) -> None:
    factory.stories["alpha"] = story(hedline="x", insets=[picture_inset("a", "file:///etc/passwd")])
    assert {id for id, _ in told(factory)} == {"data.unknown-key-near", "picture.outside"}


# ---------------------------------------------------------------- anything at all

_BITS = ("\n", ": ", "- ", "[", "{", "&a ", "*a", "!x ", "'", "|", "#", "\t", "---\n", "~", "? ")


@given(st.sampled_from(["issue.yaml", "../paper.yaml", "stories/alpha.md"]), st.data())
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_mistyped_becomes_problems(
    factory: IssueFactory, name: str, data: st.DataObject
) -> None:
    factory.stories["alpha"] = story("一\n", insets=[{"id": "q", "quote": "引语"}])
    path = factory.write() / name
    sound = path.read_text("utf-8")
    at = data.draw(st.integers(0, len(sound)))
    until = data.draw(st.integers(at, min(at + 20, len(sound))))
    path.write_text(sound[:at] + data.draw(st.sampled_from(_BITS)) + sound[until:], "utf-8")
    for one in problems(factory):
        assert one.place.file
        assert one.text("zh")
    path.write_text(sound, "utf-8")
