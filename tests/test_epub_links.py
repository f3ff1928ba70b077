"""Links of the text: `[text](story:ID)` and `[text](page:4)`, in Markdown and as references."""

from __future__ import annotations

import pytest

from producer.errors import Findings, ProducerError
from producer.load import load_issue
from producer.markdown import parse_body
from tests.issuefactory import IssueFactory, story

Pieces = list[tuple[str, str, str | None]]


def pieces(text: str, verse: bool = False) -> Pieces:
    """The runs of a text that is one paragraph."""
    findings = Findings()
    (block,) = parse_body(text, "a.md", findings, verse=verse)
    assert list(findings) == []
    return [(run.text, run.style, run.link) for run in block.runs]


def test_a_link_to_a_page() -> None:
    assert pieces("全文见[第四版](page:4)。") == [
        ("全文见", "regular", None),
        ("第四版", "regular", "page:4"),
        ("。", "regular", None),
    ]


def test_emphasis_in_a_link_and_around_it() -> None:
    assert pieces("[见**四**版](page:4)") == [
        ("见", "regular", "page:4"),
        ("四", "strong", "page:4"),
        ("版", "regular", "page:4"),
    ]
    assert pieces("**[桥](story:bridge)**") == [("桥", "strong", "story:bridge")]


def test_a_link_over_two_lines() -> None:
    assert pieces("[过\n桥](story:bridge)") == [("过桥", "regular", "story:bridge")]
    assert pieces("[过\n桥](story:bridge)", verse=True) == [("过\n桥", "regular", "story:bridge")]


def test_neighbours_with_different_targets_are_two() -> None:
    assert pieces("[甲](story:a)[乙](story:b)") == [
        ("甲", "regular", "story:a"),
        ("乙", "regular", "story:b"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "[网页](http://a.example)",
        "[空]()",
        "[](page:4)",
        "[无](mailto:a)",
        "[未完](page:4",
        "[有空格](page: 4)",
        "[只有括号]",
        "（见[1]）(page:4)",
    ],
)
def test_everything_else_is_text(text: str) -> None:
    assert pieces(text) == [(text, "regular", None)]


def test_an_escaped_bracket_is_text() -> None:
    assert pieces(r"\[四版](page:4)") == [("[四版](page:4)", "regular", None)]


def test_no_link_within_a_link() -> None:
    assert pieces("[甲[乙](story:b)](story:a)") == [
        ("[甲", "regular", None),
        ("乙", "regular", "story:b"),
        ("](story:a)", "regular", None),
    ]


def found(factory: IssueFactory) -> list[tuple[str, str, dict[str, object]]]:
    """Id, place and values of what loading finds about links."""
    try:
        problems = load_issue(factory.write())[1]
    except ProducerError as error:
        problems = list(error.problems)
    return [(p.id, str(p.place), p.values) for p in problems if p.id.startswith("link.")]


@pytest.fixture
def factory(tmp_path: object) -> IssueFactory:
    return IssueFactory(tmp_path)  # type: ignore[arg-type]


def test_good_links_pass(factory: IssueFactory) -> None:
    factory.stories["beta"] = story("见[甲](story:alpha)，在[第一版](page:1)。\n")
    assert found(factory) == []


def test_a_link_to_no_story_names_its_line(factory: IssueFactory) -> None:
    factory.stories["beta"] = story("一。\n\n见[甲](story:alpa)。\n")
    assert found(factory) == [
        ("link.no-story", f"{factory.name}/stories/beta.md:6", {"story": "alpa", "near": "alpha"})
    ]


@pytest.mark.parametrize("page", ["0", "2", "01", "", "一", "-1"])
def test_a_link_to_no_page(factory: IssueFactory, page: str) -> None:
    factory.stories["beta"] = story(f"见[某版](page:{page})。\n")
    assert [(id, values) for id, _, values in found(factory)] == [
        ("link.no-page", {"page": page, "pages": 1})
    ]
