"""Bad input: an answer that names what excludes what, and an issue.yaml that stays whole."""

from __future__ import annotations

import pytest
from click.testing import CliRunner

from producer.cli import main
from producer.errors import ProducerError
from producer.fonts.library import FontLibrary
from producer.layouts import Layout
from tests.issuefactory import IssueFactory, page, picture_inset, png, story
from tests.planned import copy, fill, propose, stories
from tests.test_planner import want

AD = {"advertisement": "ad.png", "alt": "广告"}


def refused(factory: IssueFactory, tabloid: Layout, fonts: FontLibrary) -> list[str]:
    """The errors that end planning, by id."""
    with pytest.raises(ProducerError) as caught:
        propose(factory.write(), tabloid, fonts, seconds=1)
    return [each.id for each in caught.value.problems if each.level == "error"]


def test_one_story(factory: IssueFactory, tabloid: Layout, fonts: FontLibrary) -> None:
    fill(factory, [800])
    factory.pages = [page()]
    plan, _ = propose(factory.write(), tabloid, fonts, seconds=1)
    assert [each.story for each in stories(plan)] == ["s1"]


def test_a_page_without_stories(factory: IssueFactory, tabloid: Layout, fonts: FontLibrary) -> None:
    fill(factory, [800])
    want(factory, "s1", page=1)
    factory.pages = [page(), page(section="社区")]
    factory.paper["pages"] = 2
    plan, _ = propose(factory.write(), tabloid, fonts, seconds=1)
    assert [each.status for each in plan.pages][1] == "empty"


def test_overlapping_advertisements_are_named(
    factory: IssueFactory, tabloid: Layout, fonts: FontLibrary
) -> None:
    fill(factory, [800])
    factory.images = {"ad.png": png(), "big.png": png()}
    factory.pages = [
        page(
            {**AD, "rect": [1, 1, 3, 20]}, {**AD, "advertisement": "big.png", "rect": [2, 9, 4, 30]}
        )
    ]
    with pytest.raises(ProducerError) as caught:
        propose(factory.write(), tabloid, fonts, seconds=1)
    (found,) = caught.value.problems
    assert found.id == "plan.overlap"
    assert {found.values["one"], found.values["other"]} == {"ad.png", "big.png"}


def test_advertisements_that_leave_no_room_are_named(
    factory: IssueFactory, tabloid: Layout, fonts: FontLibrary
) -> None:
    fill(factory, [900])
    factory.images = {"ad.png": png(), "low.png": png()}
    low = {**AD, "advertisement": "low.png", "rect": [1, 79, 6, 2]}
    factory.pages = [page({**AD, "rect": [1, 1, 6, 72]}, low)]
    plan, _ = propose(factory.write(), tabloid, fonts, seconds=1)
    (left,) = plan.left_over
    # The low one is not to blame: without the other the story has room.
    assert (left.reason, dict(left.values)["what"]) == ("plan.conflict", "ad.png")


def test_the_smallest_set_of_wishes_is_named(
    factory: IssueFactory, tabloid: Layout, fonts: FontLibrary
) -> None:
    """Six columns are to be had, but not beside that advertisement."""
    fill(factory, [900])
    factory.images = {"ad.png": png(), "other.png": png()}
    want(factory, "s1", columns=[6, 6], picture="required")
    other = {**AD, "advertisement": "other.png", "rect": [1, 77, 2, 4]}
    factory.pages = [page({**AD, "rect": [6, 1, 1, 80]}, other)]
    plan, _ = propose(factory.write(), tabloid, fonts, seconds=1)
    (left,) = plan.left_over
    assert dict(left.values)["what"] == "s1: columns: [6, 6]; ad.png"


def test_wishes_for_two_pages_exclude_each_other(
    factory: IssueFactory, tabloid: Layout, fonts: FontLibrary
) -> None:
    fill(factory, [900, 800])
    want(factory, "s1", page=1)
    want(factory, "s2", page=2, beside="s1")
    factory.pages = [page(), page(section="社区")]
    factory.paper["pages"] = 2
    plan, _ = propose(factory.write(), tabloid, fonts, seconds=1)
    found = {left.story: (left.reason, dict(left.values).get("what")) for left in plan.left_over}
    assert found["s2"] == ("plan.conflict", "s2: page: 2; s1: page: 1; s2: beside: s1")


def test_pins_that_contradict(factory: IssueFactory, tabloid: Layout, fonts: FontLibrary) -> None:
    fill(factory, [900, 800])
    pinned = {"story": "s1", "rect": [1, 1, 3, 30], "pinned": True}
    factory.pages = [page(pinned, {**pinned, "rect": [4, 1, 3, 30]})]
    want(factory, "s1", page=1)
    assert refused(factory, tabloid, fonts) == ["plan.pinned-twice"]


def test_a_pin_on_another_page_than_wanted(
    factory: IssueFactory, tabloid: Layout, fonts: FontLibrary
) -> None:
    fill(factory, [900, 800])
    factory.pages = [page({"story": "s1", "rect": [1, 1, 3, 30], "pinned": True}), page()]
    factory.paper["pages"] = 2
    want(factory, "s1", page=2)
    assert refused(factory, tabloid, fonts) == ["plan.pinned-elsewhere"]


def test_a_story_larger_than_the_issue(
    factory: IssueFactory, tabloid: Layout, fonts: FontLibrary
) -> None:
    fill(factory, [14_000, 400])
    factory.pages = [page()]
    plan, _ = propose(factory.write(), tabloid, fonts, seconds=1)
    (left,) = plan.left_over
    assert left.story == "s1" and left.reason == "plan.too-long"


def test_what_is_too_much_is_proposed_to_be_cut(
    factory: IssueFactory, tabloid: Layout, fonts: FontLibrary
) -> None:
    """Nothing is cut by itself: the story stays out, and so many lines would let it in."""
    fill(factory, [2300, 1700, 1500])
    factory.pages = [page()]
    for rank, name in enumerate(factory.stories, 1):
        want(factory, name, rank=rank)
    plan, _ = propose(factory.write(), tabloid, fonts, seconds=2)
    assert [left.story for left in plan.left_over] == [cut.story for cut in plan.cuts]
    assert all(cut.lines > 0 for cut in plan.cuts) and plan.cuts


def test_a_page_of_pictures_only(
    factory: IssueFactory, tabloid: Layout, fonts: FontLibrary
) -> None:
    factory.stories = {}
    for number in range(1, 5):
        insets = [picture_inset("shot", f"shot-{number}.png")]
        factory.stories[f"p{number}"] = story("", headline=f"小城一角之{number}", insets=insets)
        factory.images[f"shot-{number}.png"] = png(900, 600)
    factory.pages = [page()]
    plan, _ = propose(factory.write(), tabloid, fonts, seconds=1)
    told = {each.story for each in stories(plan)} | {left.story for left in plan.left_over}
    assert told == set(factory.stories)


def test_two_hundred_stories_on_a_page(
    factory: IssueFactory, tabloid: Layout, fonts: FontLibrary
) -> None:
    fill(factory, [260] * 200)
    factory.pages = [page()]
    plan, _ = propose(factory.write(), tabloid, fonts, seconds=2)
    assert 10 <= len(stories(plan)) < 60
    told = {each.story for each in stories(plan)} | {left.story for left in plan.left_over}
    assert told == set(factory.stories)


def test_a_refused_plan_leaves_the_file_whole(factory: IssueFactory) -> None:
    fill(factory, [400])
    factory.images = {"ad.png": png()}
    factory.pages = [page({**AD, "rect": [1, 1, 3, 20]}, {**AD, "rect": [1, 10, 3, 20]})]
    folder = factory.write()
    before = (folder / "issue.yaml").read_bytes()
    result = CliRunner().invoke(main, ["plan", str(folder), "--write", "--language", "en"])
    assert result.exit_code == 3 and "cover the same cells" in result.output
    assert (folder / "issue.yaml").read_bytes() == before


def test_an_issue_without_stories(factory: IssueFactory) -> None:
    fill(factory, [])
    factory.pages = [page()]
    arguments = ["plan", str(factory.write()), "--time", "1", "--language", "en"]
    result = CliRunner().invoke(main, arguments)
    assert result.exit_code == 3 and "no stories to plan" in result.output


def test_a_page_that_there_is_not(factory: IssueFactory) -> None:
    fill(factory, [400])
    factory.pages = [page()]
    arguments = ["plan", str(factory.write()), "--pages", "7", "--language", "en"]
    result = CliRunner().invoke(main, arguments)
    assert result.exit_code == 3 and "no page 7" in result.output


def test_copy_is_as_long_as_it_says() -> None:
    assert 900 <= len(copy(900)) < 1000
