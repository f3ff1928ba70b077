"""Story bodies: subheads, strong and emphasis, line breaks; everything else stays text."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from producer.errors import Findings
from producer.markdown import parse_body
from producer.model import Block

Pieces = list[tuple[str, str]]

B, E, R = "strong", "emphasis", "regular"


def parse(text: str, verse: bool = False, first_line: int = 1) -> tuple[Block, ...]:
    findings = Findings()
    blocks = parse_body(text, "a.md", findings, first_line, verse)
    assert list(findings) == []
    return blocks


def runs(text: str) -> Pieces:
    """The runs of a text that is one paragraph."""
    (block,) = parse(text)
    return [(run.style, run.text) for run in block.runs]


# ---------------------------------------------------------------- blocks


def test_paragraphs_and_subheads() -> None:
    blocks = parse("一\n\n## 小标题\n\n二\n# 大\n三\n")
    assert [(block.kind, block.text) for block in blocks] == [
        ("body", "一"),
        ("subhead", "小标题"),
        ("body", "二"),
        ("subhead", "大"),
        ("body", "三"),
    ]


@pytest.mark.parametrize("level", range(1, 7))
def test_headings_of_every_level_are_subheads(level: int) -> None:
    (block,) = parse(f"{'#' * level} 小标")
    assert (block.kind, block.text) == ("subhead", "小标")


def test_lines_are_those_of_the_file() -> None:
    blocks = parse("\n一\n一\n\n\n## 二\n三\n", first_line=7)
    assert [block.line for block in blocks] == [8, 12, 13]


def test_no_text_no_blocks() -> None:
    assert parse(" \n\n\t\n##\n") == ()


# ---------------------------------------------------------------- styles


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("平**黑**平", [(R, "平"), (B, "黑"), (R, "平")]),
        ("平*楷*平", [(R, "平"), (E, "楷"), (R, "平")]),
        ("***黑***", [(B, "黑")]),
        ("**黑*黑*黑**", [(B, "黑黑黑")]),
        ("*楷**黑**楷*", [(E, "楷"), (B, "黑"), (E, "楷")]),
        ("**黑**\n**黑**", [(B, "黑黑")]),
        ("**“词”**字", [(B, "“词”"), (R, "字")]),
        ("字**“词”**", [(R, "字"), (B, "“词”")]),
        ("字**“词”**字", [(R, "字"), (B, "“词”"), (R, "字")]),
        (
            "字**《书》**、*（注）*字",
            [(R, "字"), (B, "《书》"), (R, "、"), (E, "（注）"), (R, "字")],
        ),
        ("他说：**“好。”**走了", [(R, "他说："), (B, "“好。”"), (R, "走了")]),
        ("**A股**(注)", [(B, "A股"), (R, "(注)")]),
        ("字**(1)**字", [(R, "字"), (B, "(1)"), (R, "字")]),
        ("an **old** *city*.", [(R, "an "), (B, "old"), (R, " "), (E, "city"), (R, ".")]),
    ],
)
def test_styles(text: str, expected: Pieces) -> None:
    assert runs(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "18*24厘米",
        "2 * 3 * 4",
        "** 空格 **",
        "**未完",
        "字**“未完”",
        "a_b_c _d_ __e__",
        "*",
        "****",
    ],
)
def test_stars_that_mark_nothing_stay(text: str) -> None:
    assert runs(text) == [(R, text)]


def test_a_backslash_makes_a_star_a_star() -> None:
    assert runs(r"3\*4\*5 \\ \甲") == [(R, r"3*4*5 \ \甲")]


# ---------------------------------------------------------------- text that is no markup


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<img src=x>字",
        "&amp; &lt; &#65;",
        "`code` ~~del~~ ==mark==",
        "[链接](http://a.example) ![图](b.png) <http://c.example>",
        "> 引文",
        "- 甲",
        "1. 甲",
        "| 甲 | 乙 |",
        "---",
        "===",
        "```",
        "#标题",
        "[a]: b",
        "{{ x }} {% y %} {3}",
    ],
)
def test_html_and_other_markup_is_text(text: str) -> None:
    assert runs(text) == [(R, text)]


# ---------------------------------------------------------------- lines


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("甲\n乙", "甲乙"),
        ("甲，\n乙", "甲，乙"),
        ("甲：\n“乙”\n丙", "甲：“乙”丙"),
        ("甲——\n乙……\n丙", "甲——乙……丙"),
        ("old\ncity", "old city"),
        ("甲\nold\n乙", "甲 old 乙"),
        ("“old”\n“city”", "“old” “city”"),
        ("한국\n어", "한국 어"),
        ("甲\n　乙".replace("　", "  "), "甲乙"),
        ("甲  \n乙", "甲\n乙"),
        ("甲\\\n乙", "甲\n乙"),
        ("a  \nb", "a\nb"),
    ],
)
def test_line_breaks(text: str, expected: str) -> None:
    (block,) = parse(text)
    assert block.text == expected


def test_line_breaks_look_at_the_neighbours_of_other_styles() -> None:
    assert runs("甲\n*乙*\n**丙**\nd") == [(R, "甲"), (E, "乙"), (B, "丙"), (R, " d")]


def test_typed_indents_are_noted_with_their_lines() -> None:
    findings = Findings()
    blocks = parse_body("　　一\n\n  　二\n　三\n", "a.md", findings, first_line=5)
    assert [block.text for block in blocks] == ["一", "二三"]
    assert [(one.id, one.level, str(one.place)) for one in findings] == [
        ("text.typed-indent", "note", "a.md:5"),
        ("text.typed-indent", "note", "a.md:7"),
        ("text.typed-indent", "note", "a.md:8"),
    ]


def test_a_space_inside_a_line_is_kept() -> None:
    assert runs("甲　乙 丙") == [(R, "甲　乙 丙")]


def test_verse_keeps_lines_and_indents() -> None:
    blocks = parse("## 题\n\n　　一\n二  \n*三*\n\n次节\n", verse=True)
    assert [(block.kind, block.text) for block in blocks] == [
        ("subhead", "题"),
        ("body", "　　一\n二\n三"),
        ("body", "次节"),
    ]
    assert [run.style for run in blocks[1].runs] == [R, E]


# ---------------------------------------------------------------- nothing lost

_LETTERS = st.sampled_from("甲乙，。“”ab1<>&_`~[](){}|-=+.:\"'/ \n")


@given(st.text(_LETTERS))
def test_nothing_is_lost_of_text_without_markup(text: str) -> None:
    joined = "".join(block.text for block in parse(text))
    assert "".join(joined.split()) == "".join(text.split())


@given(st.lists(st.text(_LETTERS | st.sampled_from("*\\#"))))
def test_markup_loses_nothing_but_itself(lines: list[str]) -> None:
    text = "\n".join(lines)
    joined = "".join(block.text for block in parse(text))
    markup = str.maketrans("", "", "*\\# \n")
    assert joined.translate(markup) == text.translate(markup)


@given(st.text(_LETTERS | st.sampled_from("*\\#")))
def test_runs_are_not_empty_and_alternate(text: str) -> None:
    for block in parse(text):
        styles = [run.style for run in block.runs]
        assert all(run.text for run in block.runs)
        assert all(one != other for one, other in itertools.pairwise(styles))
