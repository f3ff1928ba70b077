"""The plan on the layout's grid: each fault with its page and line; and plan.json given back."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from producer.errors import Findings, Problem, ProducerError
from producer.layouts import Layout
from producer.load import load_issue
from producer.plan import PlannedPage, plan_pages
from tests.conftest import ROOT, Build, outputs
from tests.issuefactory import IssueFactory, line_of, page, place_rest, place_story, png, story


def planned(factory: IssueFactory, layout: Layout) -> tuple[list[PlannedPage], list[Problem]]:
    """The issue's plan on the layout, and what is found; missing stories are written."""
    for one in factory.pages:
        for item in one["place"]:
            for each in item.get("place", [item]):
                if "story" in each:
                    factory.stories.setdefault(each["story"], story())
    issue, _ = load_issue(factory.write())
    findings = Findings()
    pages = plan_pages(issue, layout, findings)
    return pages, list(findings)


def told(factory: IssueFactory, layout: Layout) -> list[tuple[str, str, dict[str, object]]]:
    """Id, `file:line` without the issue's folder, and values of every finding."""
    _, found = planned(factory, layout)
    assert {one.level for one in found} <= {"error"}
    place = f"{factory.name}/"
    return [(one.id, str(one.place).removeprefix(place), one.values) for one in found]


def at(factory: IssueFactory, text: str) -> str:
    return f"issue.yaml:{line_of(factory.folder / 'issue.yaml', text)}"


def news(*items: dict[str, Any], **more: Any) -> dict[str, Any]:
    return page(*items, **{"section": "民生", "master": "news", **more})


def package(*members: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"package": "组合", "rect": [1, 1, 2, 20], **more, "place": list(members)}


def test_frames_are_resolved(factory: IssueFactory, tiny: Layout) -> None:
    """From the master's frame, from the placement, which wins, or from the rectangle."""
    factory.pages = [
        news(
            place_story("one", frame="left"),
            place_story("two", frame="right", columns=2, style="lead", box="line"),
        ),
        news(place_story("three", rect=[1, 2, 2, 5]), place_rest("two", rect=[1, 9, 3, 5])),
        news(place_story("four", frame="right")),
    ]
    pages, found = planned(factory, tiny)
    assert found == []
    frames = [frame for one in pages for frame in one.frames]
    assert [(f.story, f.page, f.columns, f.style, f.box) for f in frames] == [
        ("one", 1, 1, "standard", None),
        ("two", 1, 2, "lead", "line"),
        ("three", 2, 2, "standard", None),
        ("two", 2, 3, "continuation", None),
        ("four", 3, 1, "essay", "line"),
    ]
    assert frames[2].rect.model_dump() == {"column": 1, "row": 2, "columns": 2, "rows": 5}


@pytest.mark.parametrize(
    ("item", "id", "values"),
    [
        (
            {"frame": "middle"},
            "plan.unknown-frame",
            {"name": "middle", "master": "news", "known": "left, right"},
        ),
        ({"rect": [3, 1, 2, 5]}, "plan.off-page", {"columns": 3, "rows": 32}),
        ({"rect": [1, 30, 1, 4]}, "plan.off-page", {"columns": 3, "rows": 32}),
        (
            {"frame": "left", "style": "huge"},
            "plan.unknown-style",
            {"name": "huge", "known": "standard, lead, essay, continuation"},
        ),
        ({"frame": "left", "box": "oval"}, "plan.unknown-box", {"name": "oval", "known": "line"}),
    ],
)
def test_a_faulty_placement_is_told_at_its_line(
    factory: IssueFactory, tiny: Layout, item: dict[str, Any], id: str, values: dict[str, object]
) -> None:
    factory.pages = [news(place_story("one", rect=[1, 1, 1, 4])), news(place_story("two", **item))]
    assert told(factory, tiny) == [(id, at(factory, "story: two"), values)]


def test_an_unknown_master_is_told(factory: IssueFactory, tiny: Layout) -> None:
    factory.pages = [
        news(place_story("one", frame="left")),
        news(place_story("two"), section="体", master="sport"),
    ]
    values = {"name": "sport", "known": "news, front"}
    assert told(factory, tiny) == [("plan.unknown-master", at(factory, "section: 体"), values)]


@pytest.mark.parametrize(
    ("items", "one", "other"),
    [
        ([place_story("a", rect=[1, 4, 2, 9]), place_story("b", rect=[2, 12, 1, 9])], "a", "b"),
        (
            [
                place_story("a", rect=[1, 4, 2, 9]),
                {"advertisement": "ad.png", "alt": "广告", "rect": [2, 4, 1, 4]},
            ],
            "a",
            "ad.png",
        ),
        (
            [
                place_story("a", rect=[1, 4, 2, 9]),
                {"teasers": [{"story": "a"}], "rect": [1, 12, 1, 4]},
            ],
            "a",
            "teasers",
        ),
        ([place_story("a", rect=[1, 2, 2, 9])], "a", "furniture"),
        (
            [
                package(place_story("a", rect=[1, 6, 1, 9]), rect=[1, 4, 2, 20]),
                place_story("b", rect=[1, 14, 3, 4]),
            ],
            "a",
            "b",
        ),
    ],
)
def test_two_things_on_one_cell_are_told(
    factory: IssueFactory, tiny: Layout, items: list[dict[str, Any]], one: str, other: str
) -> None:
    factory.images["ad.png"] = png()
    factory.pages = [page(*items, section="要", master="front")]
    found = told(factory, tiny)
    assert found == [
        ("plan.overlap", at(factory, "section: 要"), {"page": 1, "one": one, "other": other})
    ]


@pytest.mark.parametrize("banner", [None, "横额"])
def test_the_banner_takes_cells_only_if_there_is_one(
    factory: IssueFactory, tiny: Layout, banner: str | None
) -> None:
    more = {"banner": banner} if banner else {}
    factory.pages = [page(place_story("a", rect=[1, 3, 1, 9]), master="front", **more)]
    others = [values["other"] for _, _, values in told(factory, tiny)]
    assert others == (["banner"] if banner else [])


def test_a_story_on_a_packages_title_is_told(factory: IssueFactory, tiny: Layout) -> None:
    """Not only its members': the title's rows hold nothing else."""
    factory.pages = [
        news(package(place_story("a", rect=[1, 3, 1, 9])), place_story("b", rect=[2, 1, 2, 4]))
    ]
    assert [id for id, _, _ in told(factory, tiny)] == ["plan.overlap"]


@pytest.mark.parametrize("rect", [[1, 2, 1, 9], [2, 3, 2, 9], [1, 15, 1, 9]])
def test_a_member_outside_its_package_is_told(
    factory: IssueFactory, tiny: Layout, rect: list[int]
) -> None:
    factory.pages = [news(package(place_story("one", rect=rect)))]
    (found,) = told(factory, tiny)
    values = {"title": "组合", "rows": 2}
    assert found == ("plan.outside-package", at(factory, "story: one"), values)


def test_a_frame_used_twice_is_told(factory: IssueFactory, tiny: Layout) -> None:
    factory.pages = [news(place_story("one", frame="left"), place_story("two", frame="left"))]
    found = told(factory, tiny)
    assert ("plan.frame-twice", at(factory, "section: 民"), {"name": "left", "page": 1}) in found


def test_the_first_fault_does_not_hide_the_second(factory: IssueFactory, tiny: Layout) -> None:
    factory.pages = [
        news(place_story("a", rect=[9, 9, 9, 9]), place_story("b", frame="x")),
        news(place_story("c", frame="left", style="x", box="x")),
        news(place_story("d"), master="x"),
    ]
    assert [id for id, _, _ in told(factory, tiny)] == [
        "plan.off-page",
        "plan.unknown-frame",
        "plan.unknown-style",
        "plan.unknown-box",
        "plan.unknown-master",
    ]


def test_text_columns_without_room_are_told(factory: IssueFactory, build: Build) -> None:
    """Twelve columns in 8 em would lie on one another."""
    factory.stories["one"] = story("正文。")
    factory.pages = [news(place_story("one", rect=[1, 1, 1, 30], columns=12, box="line"))]
    with pytest.raises(ProducerError):
        build(factory.write(), only="plan")


def test_the_plan_given_back_builds_the_same_bytes(
    factory: IssueFactory, build: Build, tmp_path: Path
) -> None:
    """Named frames and rectangles, a package, an advertisement, teasers, an inset, a jump."""
    long = "样城新闻今天天晴人们出门看报纸" * 80
    quote = [{"id": "q", "quote": "引语"}]
    factory.paper["layout"] = "tabloid"
    factory.images["ad.png"] = png()
    factory.stories = {
        "one": story(long, headline="一"),
        "two": story("正文。" * 99, headline="二", byline="记者", insets=quote),
        "three": story("正文。", headline="三"),
        "four": story("正文。" * 99, headline="四"),
    }
    member = place_story("three", rect=[1, 45, 2, 8], style="member")
    advertisement = {"advertisement": "ad.png", "alt": "广告", "rect": [3, 45, 1, 9]}
    factory.pages = [
        page(
            place_story("one", frame="lead"),
            {"teasers": [{"story": "two"}], "frame": "second"},
            package(member, rect=[1, 43, 2, 12]),
            advertisement,
            master="front",
            banner="横额",
        ),
        news(
            place_story("two", frame="box", insets=[{"inset": "q", "row": 3, "rows": 3}]),
            place_rest("one", frame="lead"),
            place_story("four", rect=[1, 57, 3, 12], columns=2),
        ),
    ]
    folder = factory.write()
    options = {"home": ROOT, "only": "print,plan"}
    build(folder, **options)
    first = (outputs(folder) / "print.pdf").read_bytes()
    plan = tmp_path / "plan.json"
    plan.write_bytes((outputs(folder) / "plan.json").read_bytes())
    pages = json.loads(plan.read_text("utf-8"))["pages"]
    assert not [item for each in pages for item in each["place"] if "frame" in item]
    build(folder, plan=plan, **options)
    assert (outputs(folder) / "print.pdf").read_bytes() == first
    again = (outputs(folder) / "plan.json").read_text("utf-8")
    assert json.loads(again) == json.loads(plan.read_text("utf-8"))
