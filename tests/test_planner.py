"""Plans as the planner makes them: nothing overlaps, every frame fits, pins and seeds hold."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from ruamel.yaml import YAML

from producer.build import BuildOptions, build_issue
from producer.cli import main
from producer.errors import ProducerError
from producer.fonts.library import FontLibrary
from producer.layouts import Layout
from producer.load import load_issue
from producer.model import PackagePlacement, Rect
from producer.planner.proposal import Proposal
from producer.progress import Progress
from tests.conftest import ROOT
from tests.issuefactory import IssueFactory, page, picture_inset, png, story
from tests.planned import copy, faults, fill, fitted, overlaps, propose, stories

LENGTHS = [1300, 700, 600, 500, 420, 360, 300]


def one_page(factory: IssueFactory, lengths: list[int] = LENGTHS, **more: Any) -> Path:
    """An issue of one page without a plan; the first story is the lead."""
    names = fill(factory, lengths)
    factory.pages = [page(**more)]
    wanted = [{"story": each, "rank": min(n, 5)} for n, each in enumerate(names, 1)]
    factory.head |= {"wanted": wanted}
    return factory.write()


def want(factory: IssueFactory, name: str, **more: Any) -> None:
    """More that is wanted of a story; before the issue is written."""
    wanted = factory.head.setdefault("wanted", [])
    known = next((each for each in wanted if each["story"] == name), None)
    if known is None:
        wanted.append({"story": name, **more})
    else:
        known |= more


def test_a_page_is_filled_and_fits(
    factory: IssueFactory, tabloid: Layout, fonts: FontLibrary
) -> None:
    folder = one_page(factory)
    plan, _ = propose(folder, tabloid, fonts, seconds=3)
    (planned,) = plan.pages
    assert not plan.left_over and not list(overlaps(planned))
    assert sorted(each.story for each in planned.stories) == sorted(factory.stories)
    assert planned.fill >= 0.97
    lead = next(each for each in planned.stories if each.story == "s1")
    assert lead.style in tabloid.planning.styles("news", 1)
    _, findings = fitted(folder, plan, tabloid, fonts)
    assert faults(findings) == []


def test_the_same_seed_gives_the_same_plan(
    factory: IssueFactory, tabloid: Layout, fonts: FontLibrary
) -> None:
    folder = one_page(factory, [*LENGTHS, 280, 260, 240])
    first, _ = propose(folder, tabloid, fonts, seconds=4, seed=3)
    second, _ = propose(folder, tabloid, fonts, seconds=4, seed=3)
    # A search that the limit has ended, not the proof that nothing is better.
    assert {page.status for page in first.pages} == {"good"}
    assert first == second


def test_pinned_frames_and_advertisements_stay(
    factory: IssueFactory, tabloid: Layout, fonts: FontLibrary
) -> None:
    fill(factory, LENGTHS)
    factory.images = {"ad.png": png(400, 200)}
    pinned = {"story": "s7", "rect": [5, 1, 2, 22], "style": "plain", "pinned": True}
    ad = {"advertisement": "ad.png", "rect": [4, 71, 3, 10], "alt": "广告"}
    factory.pages = [page(pinned, ad)]
    folder = factory.write()
    plan, _ = propose(folder, tabloid, fonts, seconds=2)
    (planned,) = plan.pages
    stays = next(each for each in planned.stories if each.story == "s7")
    assert stays.pinned and stays.rect.columns == 2 and stays.rect.row == 1
    assert not list(overlaps(planned))
    fitted(folder, plan, tabloid, fonts)
    text = (folder / "issue.yaml").read_text("utf-8")
    assert text.count("story: s7\n") == 1 and "pinned: true" in text and "ad.png" in text


def test_planning_again_changes_little(
    factory: IssueFactory, tabloid: Layout, fonts: FontLibrary
) -> None:
    """A plan that still serves stays where it is."""
    folder = one_page(factory, LENGTHS[:6])
    first, _ = propose(folder, tabloid, fonts, seconds=3)
    fitted(folder, first, tabloid, fonts)
    again, _ = propose(folder, tabloid, fonts, seconds=3)
    before = {each.story: each.rect for each in stories(first)}
    moved = [each.story for each in stories(again) if each.rect != before[each.story]]
    assert len(moved) <= 2


def test_a_package_is_a_block(factory: IssueFactory, tabloid: Layout, fonts: FontLibrary) -> None:
    names = fill(factory, [1200, 500, 520, 480, 700, 800])
    for name in names[1:4]:
        want(factory, name, package="夜校三题")
    factory.pages = [page()]
    folder = factory.write()
    plan, _ = propose(folder, tabloid, fonts, seconds=4)
    ((title, rect),) = plan.pages[0].packages
    members = [each for each in stories(plan) if each.package == title]
    assert title == "夜校三题" and len(members) == 3
    for member in members:
        assert rect.contains(member.rect)
        assert member.rect.row >= rect.row + tabloid.package_rows
    others = [each for each in stories(plan) if not each.package]
    assert not any(rect.overlaps(each.rect) for each in others)
    _, findings = fitted(folder, plan, tabloid, fonts)
    assert faults(findings) == []


def test_wishes_are_heeded(factory: IssueFactory, tabloid: Layout, fonts: FontLibrary) -> None:
    fill(factory, LENGTHS[:5])
    factory.stories["s3"] = story(
        copy(600), headline="糖人摊前", insets=[picture_inset("stall", "stall.png")]
    )
    factory.images = {"stall.png": png(900, 600)}
    want(factory, "s2", columns=[2, 2])
    want(factory, "s3", picture="required")
    want(factory, "s5", beside="s4")
    factory.pages = [page()]
    plan, _ = propose(factory.write(), tabloid, fonts, seconds=3)
    placed = {each.story: each for each in stories(plan)}
    assert placed["s2"].rect.columns == 2
    assert [each.inset for each in placed["s3"].insets] == ["stall"]
    one, other = placed["s4"].rect, placed["s5"].rect
    across = one.last_column + 1 == other.column or other.last_column + 1 == one.column
    down = one.last_row + 2 == other.row or other.last_row + 2 == one.row
    assert across or down


def test_stories_without_a_page_find_one(
    factory: IssueFactory, tabloid: Layout, fonts: FontLibrary
) -> None:
    fill(factory, [1300, 1200, 800, 700, 800, 700, 900, 800])
    want(factory, "s1", rank=1)
    want(factory, "s2", rank=1)
    want(factory, "s3", section="社区")
    factory.pages = [page(section="民生"), page(section="社区")]
    factory.paper["pages"] = 2
    plan, _ = propose(factory.write(), tabloid, fonts, seconds=3)
    pages = {each.story: each.page for each in stories(plan)}
    assert pages["s3"] == 2 and pages["s1"] != pages["s2"]
    assert set(pages) | {left.story for left in plan.left_over} == set(factory.stories)
    assert min(each.fill for each in plan.pages) > 0.8


def test_what_the_front_page_cannot_hold_jumps(
    factory: IssueFactory, tabloid: Layout, fonts: FontLibrary
) -> None:
    """Forwards, with enough lines on both sides, and the frames of both pages fit."""
    names = fill(factory, [2300, 1700, 1500, 900, 500])
    for name in names[:3]:
        want(factory, name, page=1, rank=names.index(name) + 1)
    for name in names[3:]:
        want(factory, name, page=2)
    factory.pages = [page(master="front"), page(master="continued", section="综合")]
    factory.paper["pages"] = 2
    folder = factory.write()
    plan, _ = propose(folder, tabloid, fonts, seconds=8)
    cut = [each for each in stories(plan) if each.goes_to]
    rests = [each for each in stories(plan) if each.continues]
    assert cut and {each.story for each in cut} == {each.story for each in rests}
    assert all(each.goes_to == 2 and each.page == 1 for each in cut)
    edition, findings = fitted(folder, plan, tabloid, fonts)
    assert faults(findings) == []
    least = tabloid.planning.jumps.least_lines
    for one in cut:
        for part in edition.parts_of(one.story):
            # The fit may win or lose a line at the cut.
            assert sum(len(each.lines) for each in part.slices) >= least - 1


def test_too_little_copy_takes_fillers(
    factory: IssueFactory, tabloid: Layout, fonts: FontLibrary
) -> None:
    """They are the last means, and copied among the issue's stories when the plan is written."""
    fill(factory, [1500, 900, 800])
    factory.pages = [page()]
    folder = factory.write()
    fillers = folder.parent / "fillers"
    fillers.mkdir()
    for number in range(1, 7):
        text = story(copy(150 * number), headline=f"老照片里的小城之{number}")
        (fillers / f"filler-{number}.md").write_text(text, "utf-8")
    plan, _ = propose(folder, tabloid, fonts, seconds=3)
    used = [each.story for each in stories(plan) if each.story.startswith("filler")]
    assert used and not plan.left_over
    result = CliRunner().invoke(main, ["plan", str(folder), "--write", "--time", "3"])
    assert result.exit_code == 0, result.output
    assert sorted((folder / "stories").glob("filler-*.md"))
    load_issue(folder)  # every placement has its story


def test_alternatives_differ(factory: IssueFactory, tabloid: Layout, fonts: FontLibrary) -> None:
    folder = one_page(factory, LENGTHS[:6])
    _, plans = propose(folder, tabloid, fonts, seconds=2, alternatives=2)
    first, second = ({each.story: each.rect for each in stories(plan)} for plan in plans)
    same = [
        name
        for name in first
        if (first[name].column, first[name].row) == (second[name].column, second[name].row)
    ]
    assert len(same) <= len(first) // 2


def test_single_pages_leave_the_others_alone(
    factory: IssueFactory, tabloid: Layout, fonts: FontLibrary
) -> None:
    fill(factory, LENGTHS[:4])
    factory.pages = [
        page({"story": "s1", "rect": [1, 1, 6, 40], "style": "page-lead"}),
        page(section="社区"),
    ]
    factory.paper["pages"] = 2
    for name in ("s2", "s3", "s4"):
        want(factory, name, page=2)
    folder = factory.write()
    plan, _ = propose(folder, tabloid, fonts, seconds=2, pages=frozenset({2}))
    assert [each.number for each in plan.pages] == [2]
    fitted(folder, plan, tabloid, fonts)
    assert "story: s1\n" in (folder / "issue.yaml").read_text("utf-8")


def test_a_pinned_package_stays_with_its_text(
    factory: IssueFactory, tabloid: Layout, fonts: FontLibrary
) -> None:
    fill(factory, [500, 520, 700, 800, 900])
    members = [
        {"story": "s1", "rect": [1, 3, 2, 24], "style": "member"},
        {"story": "s2", "rect": [3, 3, 2, 24], "style": "member"},
    ]
    package = {"package": "夜校", "rect": [1, 1, 4, 26], "pinned": True, "place": members}
    factory.pages = [page(package)]
    folder = factory.write()
    plan, _ = propose(folder, tabloid, fonts, seconds=2)
    assert {each.story for each in stories(plan) if each.pinned} == {"s1", "s2"}
    block = Rect(column=1, row=1, columns=4, rows=26)
    assert not any(block.overlaps(each.rect) for each in stories(plan) if not each.pinned)
    fitted(folder, plan, tabloid, fonts)
    issue, _ = load_issue(folder)
    kept = [item for item in issue.pages[0].place if isinstance(item, PackagePlacement)]
    assert [member.story for member in kept[0].place] == ["s1", "s2"]


def test_a_story_that_goes_on_elsewhere_stays_if_that_page_does(
    factory: IssueFactory, tabloid: Layout, fonts: FontLibrary
) -> None:
    """Its frame on the planned page is what the rest on the other page was made for."""
    fill(factory, [1800, 700, 600])
    factory.pages = [
        page(
            {"story": "s1", "rect": [1, 1, 3, 30], "style": "page-lead"},
            {"story": "s2", "rect": [4, 1, 3, 30], "style": "standard"},
        ),
        page({"continues": "s1", "rect": [1, 1, 4, 22]}, section="社区"),
    ]
    factory.paper["pages"] = 2
    want(factory, "s3", page=1)
    folder = factory.write()
    plan, _ = propose(folder, tabloid, fonts, seconds=2, pages=frozenset({1}))
    placed = {each.story: each for each in stories(plan)}
    assert placed["s1"].pinned and placed["s1"].rect.rows == 30
    assert not placed["s2"].pinned and "s3" in placed
    fitted(folder, plan, tabloid, fonts)
    assert len(load_issue(folder)[0].pages[1].place) == 1


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample issue's copy with what is wanted of it, and no story placed."""
    root = tmp_path_factory.mktemp("sample")
    for name in ("layouts", "fonts", "colour"):
        (root / name).symlink_to(ROOT / name)
    shutil.copytree(ROOT / "issues", root / "issues")
    folder = root / "issues" / "yangcheng" / "2026-12-01"
    yaml = YAML()
    data = yaml.load((folder / "issue.yaml").read_text("utf-8"))
    data["wanted"] = []
    for number, each in enumerate(data["pages"], 1):
        rank = 0
        for item in each["place"]:
            for member in item.get("place", ()):
                data["wanted"].append(
                    {"story": member["story"], "page": number, "package": item["package"]}
                )
            if "story" in item:
                rank += 1
                data["wanted"].append({"story": item["story"], "page": number, "rank": rank})
        each["place"] = [item for item in each["place"] if {"advertisement", "teasers"} & set(item)]
    with (folder / "issue.yaml").open("w", encoding="utf-8") as file:
        yaml.dump(data, file)
    return folder


def test_an_unplanned_issue_is_not_built(sample: Path) -> None:
    with pytest.raises(ProducerError) as caught:
        build_issue(sample, BuildOptions(out=sample / "out"), Progress())
    assert {each.id for each in caught.value.problems if each.level == "error"} == {
        "plan.unplanned"
    }


def test_the_sample_is_planned_and_built(
    sample: Path, tmp_path: Path, tabloid: Layout, fonts: FontLibrary
) -> None:
    """The planner alone: every story stands, every page is full, and the build takes it."""
    plan, _ = propose(sample, tabloid, fonts)
    assert not plan.left_over and not plan.cuts
    assert_sound(plan)
    assert min(each.fill for each in plan.pages) >= 0.98
    _, findings = fitted(sample, plan, tabloid, fonts)
    assert faults(findings) == []
    options = BuildOptions(out=tmp_path, only=frozenset({"plan"}))
    report = build_issue(sample, options, Progress())
    assert report.code == 0


def assert_sound(plan: Proposal) -> None:
    for planned in plan.pages:
        assert not list(overlaps(planned)), planned.number
    begun = [each.story for each in stories(plan) if not each.continues]
    assert len(begun) == len(set(begun))
    for rest in (each for each in stories(plan) if each.continues):
        first = next(each for each in stories(plan) if each.story == rest.story)
        assert first.page < rest.page and first.goes_to == rest.page
