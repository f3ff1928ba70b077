"""Story bodies: paragraph kinds, character styles, line breaks; everything else stays text."""

from __future__ import annotations

import itertools
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from producer.errors import Findings
from producer.markdown import parse_body
from producer.messages import catalogue
from producer.model import Block

Pieces = list[tuple[str, str]]

B, E, R, D, N = "strong", "emphasis", "regular", "dotted", "note"


def parse(
    text: str, verse: bool = False, first_line: int = 1, language: str = "zh-Hans-CN"
) -> tuple[Block, ...]:
    findings = Findings()
    blocks = parse_body(text, "a.md", findings, first_line, verse, language)
    assert list(findings) == []
    return blocks


def kinds(text: str, **more: str) -> list[tuple[str, str | None, str]]:
    """Kind, label and text of each block."""
    return [(block.kind, block.label, block.text) for block in parse(text, **more)]


def faults(text: str, verse: bool = False) -> tuple[list[tuple[str, str, str]], list[str]]:
    """Id, level and place of what is found, and the texts that are there all the same."""
    findings = Findings()
    blocks = parse_body(text, "a.md", findings, 5, verse)
    assert all(found.cause() and found.mend("zh") for found in findings)
    told = [(found.id, found.level, str(found.place)) for found in findings]
    return told, [f"{block.label or ''}{block.text}" for block in blocks]


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


# ---------------------------------------------------------------- lists


def test_lists() -> None:
    assert kinds("前\n\n- 甲\n- **乙**\n  乙\n\n1. 丙\n2. 丁\n\n后") == [
        ("body", None, "前"),
        ("list", "•", "甲"),
        ("list", "•", "乙乙"),
        ("list", "1.", "丙"),
        ("list", "2.", "丁"),
        ("body", None, "后"),
    ]


def test_a_list_needs_no_line_before_it_and_keeps_its_lines() -> None:
    assert kinds("说了：\n- 甲\n- 乙") == [
        ("body", None, "说了："),
        ("list", "•", "甲"),
        ("list", "•", "乙"),
    ]
    assert [block.line for block in parse("甲\n\n- 乙\n\n\n- 丙", first_line=3)] == [3, 5, 8]


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("3. 甲\n4. 乙", ["3.", "4."]),
        ("1. 甲\n1. 乙\n1. 丙", ["1.", "2.", "3."]),
        ("7) 甲\n8) 乙", ["7)", "8)"]),
        ("0. 甲\n\n1. 乙", ["0.", "1."]),
        ("1. 甲\n2. 乙\n1) 丙", ["1.", "2.", "1)"]),
    ],
)
def test_numbers_are_counted_on_from_the_first(text: str, labels: list[str]) -> None:
    assert [block.label for block in parse(text)] == labels


def test_a_number_that_is_not_the_next_is_told() -> None:
    told, texts = faults("1. 甲\n2. 乙\n5. 丙")
    assert told == [("list.number", "warning", "a.md:7")]
    assert texts == ["1.甲", "2.乙", "3.丙"]


def test_an_items_further_paragraphs_have_no_label() -> None:
    assert kinds("- 甲\n\n  又\n\n- 乙") == [
        ("list", "•", "甲"),
        ("list", None, "又"),
        ("list", "•", "乙"),
    ]


def test_nested_lists_are_told_and_set_flat() -> None:
    told, texts = faults("- 甲\n  - 乙\n    1. 丙\n- 丁")
    assert told == [("block.nested", "warning", "a.md:6"), ("block.nested", "warning", "a.md:7")]
    assert texts == ["•甲", "•乙", "1.丙", "•丁"]


# ---------------------------------------------------------------- quotations and named blocks


def test_quotations() -> None:
    assert kinds("> 甲\n> 乙\n>\n> *丙*\n\n丁") == [
        ("quotation", None, "甲乙"),
        ("quotation", None, "丙"),
        ("body", None, "丁"),
    ]


@pytest.mark.parametrize("kind", ["lead", "note", "signature"])
def test_named_blocks(kind: str) -> None:
    assert kinds(f"甲\n::: {kind}\n乙\n乙\n\n丙\n:::\n丁") == [
        ("body", None, "甲"),
        (kind, None, "乙乙"),
        (kind, None, "丙"),
        ("body", None, "丁"),
    ]


def test_verse_within_prose_keeps_lines_and_indents() -> None:
    body = "甲\n乙\n\n:::verse\n## 题\n　　一\n- 二\n> 三\n1. 四\n\n五\n:::\n\n丙\n"
    assert kinds(body) == [
        ("body", None, "甲乙"),
        ("subhead", None, "题"),
        ("verse", None, "　　一\n- 二\n> 三\n1. 四"),
        ("verse", None, "五"),
        ("body", None, "丙"),
    ]


def test_a_note_within_a_verse_is_prose() -> None:
    findings = Findings()
    blocks = parse_body("　一\n二\n\n::: note\n　注\n文\n:::\n", "a.md", findings, verse=True)
    assert [(one.kind, one.text) for one in blocks] == [("verse", "　一\n二"), ("note", "注文")]
    assert [(one.id, one.place.line) for one in findings] == [("text.typed-indent", 5)]


@pytest.mark.parametrize(
    ("text", "told", "texts"),
    [
        ("甲\n::: vers\n乙\n:::\n丙", [("block.unknown", 6)], ["甲:::vers乙:::丙"]),
        ("甲\n\n::: verse 二\n乙", [("block.unknown", 7)], ["甲", ":::verse二乙"]),
        (":::: note\n甲\n::::", [("block.unknown", 5)], ["::::note甲::::"]),
        ("甲\n\n:::\n乙", [("block.not-opened", 7)], ["甲", ":::乙"]),
        ("甲\n::: note\n乙\n\n丙\n", [("block.not-closed", 6)], ["甲", "乙", "丙"]),
        ("::: note", [("block.not-closed", 5)], []),
        (
            "::: note\n甲\n::: lead\n乙\n:::\n丙\n:::",
            [("block.nested", 7), ("block.not-opened", 11)],
            ["甲", "乙", "丙:::"],
        ),
        ("- 甲\n  > 乙", [("block.nested", 6)], ["•甲", "乙"]),
        ("> 甲\n>\n> ## 乙", [("block.nested", 7)], ["甲", "乙"]),
    ],
)
def test_faults_of_blocks_are_told_and_lose_nothing(
    text: str, told: list[tuple[str, int]], texts: list[str]
) -> None:
    found, blocks = faults(text)
    assert [(id, int(place.partition(":")[2])) for id, _, place in found] == told
    assert ["".join(block.split()) for block in blocks] == texts


def test_faults_of_blocks_are_known_messages() -> None:
    told, _ = faults("::: x\n\n::: note\n甲")
    assert [(id, level) for id, level, _ in told] == [
        ("block.unknown", "error"),
        ("block.not-closed", "error"),
    ]
    assert {id for id, _, _ in told} <= set(catalogue())


@pytest.mark.parametrize("depth", [5, 15, 60])
def test_blocks_however_deep_lose_no_text(depth: int) -> None:
    for sign in ("- ", "> ", "1. "):
        _, texts = faults(sign * depth + "甲")
        assert "".join(texts).endswith("甲")


# ---------------------------------------------------------------- interviews


def test_questions_and_answers() -> None:
    assert kinds("问：甲？\n\n**答：**乙。\n丙。\n\n所问：丁") == [
        ("question", None, "问：甲？"),
        ("answer", None, "答：乙。丙。"),
        ("body", None, "所问：丁"),
    ]


def test_letters_are_speakers_in_english_alone() -> None:
    body = "Q: Why?\n\nA: So.\n\nA:no"
    assert [kind for kind, _, _ in kinds(body, language="en-GB")] == ["question", "answer", "body"]
    assert [kind for kind, _, _ in kinds(body)] == ["body"] * 3


def test_a_speaker_in_a_quotation_is_quoted() -> None:
    assert kinds("> 问：甲") == [("quotation", None, "问：甲")]


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
    ("text", "expected"),
    [
        ("平==点==平", [(R, "平"), (D, "点"), (R, "平")]),
        ("==点\n点==", [(D, "点点")]),
        ("==“点”，==字", [(D, "“点”，"), (R, "字")]),
        ("**黑==黑==**", [(B, "黑黑")]),
        ("==点**黑**点==", [(D, "点"), (B, "黑"), (D, "点")]),
        ("*楷==点==*", [(E, "楷"), (D, "点")]),
        ("==点*点*==", [(D, "点点")]),
        (r"==点\==点==", [(D, "点==点")]),
        (r"\==平==", [(R, "==平==")]),
        ("字^1^，字^①^", [(R, "字"), (N, "1"), (R, "，字"), (N, "①")]),
        ("**黑^注^**", [(B, "黑"), (N, "注")]),
        ("^[12]^", [(N, "[12]")]),
        (r"\^1^", [(R, "^1^")]),
    ],
)
def test_dots_and_note_signs(text: str, expected: Pieces) -> None:
    assert runs(text) == expected


@pytest.mark.parametrize(
    "text",
    ["a == b", "== 甲 ==", "==未完", "===", "==甲===", "======", "^12345^", "^1 2^", "^^", "甲^2"],
)
def test_signs_that_mark_nothing_stay(text: str) -> None:
    assert runs(text) == [(R, text)]


def rubies(text: str) -> list[tuple[str, str | None, str]]:
    """Text, reading and style of the runs of a paragraph."""
    (block,) = parse(text)
    return [(run.text, run.ruby, run.style) for run in block.runs]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("姓{龑|yǎn}的", [("姓", None, R), ("龑", "yǎn", R), ("的", None, R)]),
        ("{行|xíng}{行|xíng}", [("行", "xíng", R), ("行", "xíng", R)]),
        ("{ 阿房 | ē páng }宫", [("阿房", "ē páng", R), ("宫", None, R)]),
        ("**黑{龑|yǎn}**", [("黑", None, B), ("龑", "yǎn", B)]),
        ("=={龑|yǎn}==", [("龑", "yǎn", D)]),
        (r"{\{甲\||a\}}", [("{甲|", "a}", R)]),
    ],
)
def test_readings(text: str, expected: list[tuple[str, str | None, str]]) -> None:
    assert rubies(text) == expected


@pytest.mark.parametrize("text", ["{甲}", "{甲|}", "{|a}", "{ | }", "{甲|a", "{甲|a|b}", "甲|乙"])
def test_braces_that_mark_nothing_stay(text: str) -> None:
    assert rubies(text) == [(text, None, R)]


def test_styles_within_a_link() -> None:
    (block,) = parse("[见==点==^1^{龑|yǎn}](page:4)。")
    assert [(run.text, run.style, run.link, run.ruby) for run in block.runs] == [
        ("见", R, "page:4", None),
        ("点", D, "page:4", None),
        ("1", N, "page:4", None),
        ("龑", R, "page:4", "yǎn"),
        ("。", R, None, None),
    ]
    assert [run.style for run in parse("==[点](page:4)==")[0].runs] == [D]


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


@pytest.mark.parametrize("text", ["- 甲", "> 甲", "1. 甲", "2026) 年", "::: note", "# 甲"])
def test_a_backslash_makes_a_blocks_sign_text(text: str) -> None:
    assert kinds(re.sub(r"(\d*)", r"\1" + "\\\\", text, count=1)) == [("body", None, text)]


# ---------------------------------------------------------------- text that is no markup


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<img src=x>字",
        "&amp; &lt; &#65;",
        "`code` ~~del~~ --x--",
        "[链接](http://a.example) ![图](b.png) <http://c.example>",
        ">5%的人",
        ">",
        "-甲",
        "-",
        "- - -",
        "——甲",
        "+ 甲",
        "* 甲",
        "1.5万人",
        "2026.",
        "1、甲",
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


def test_an_indent_typed_in_a_quotation_is_noted_too() -> None:
    findings = Findings()
    (block,) = parse_body(">　　一\n> 　二\n", "a.md", findings)
    assert (block.kind, block.text) == ("quotation", "一二")
    assert [(one.id, one.place.line) for one in findings] == [
        ("text.typed-indent", 1),
        ("text.typed-indent", 2),
    ]


def test_a_space_inside_a_line_is_kept() -> None:
    assert runs("甲　乙 丙") == [(R, "甲　乙 丙")]


def test_verse_keeps_lines_and_indents() -> None:
    blocks = parse("## 题\n\n　　一\n二  \n*三*\n\n次节\n", verse=True)
    assert [(block.kind, block.text) for block in blocks] == [
        ("subhead", "题"),
        ("verse", "　　一\n二\n三"),
        ("verse", "次节"),
    ]
    assert [run.style for run in blocks[1].runs] == [R, E]


# ---------------------------------------------------------------- nothing lost

_LETTERS = st.sampled_from("甲乙，。“”ab1<&_`~[]()+\"'/ \n")
_SIGNS = [*"*\\#=^{}|>-.:　", "==", "**", ":::", "- ", "> ", "1. ", "::: note\n", ":::\n"]
_SHOWN = "甲乙，。“”XY"
_MARKED = st.lists(st.sampled_from([*_SHOWN, *"[]() \n", *_SIGNS, "::: verse\n", "](page:1)"]))


@given(st.text(_LETTERS))
def test_nothing_is_lost_of_text_without_markup(text: str) -> None:
    joined = "".join(block.text for block in parse(text))
    assert "".join(joined.split()) == "".join(text.split())


def shown(text: str) -> str:
    """The characters that are never markup."""
    return "".join(character for character in text if character in _SHOWN)


@given(_MARKED, st.booleans())
def test_markup_loses_nothing_but_itself(pieces: list[str], verse: bool) -> None:
    text = "".join(pieces)
    blocks = parse_body(text, "a.md", Findings(), 1, verse)
    runs = [run for block in blocks for run in block.runs]
    assert shown("".join(run.text + (run.ruby or "") for run in runs)) == shown(text)


@given(_MARKED, st.booleans())
def test_blocks_and_runs_are_whole(pieces: list[str], verse: bool) -> None:
    for block in parse_body("".join(pieces), "a.md", Findings(), 1, verse):
        looks = [(run.style, run.link, run.ruby) for run in block.runs]
        assert looks
        assert all(run.text for run in block.runs)
        assert all(one != other or one[2] for one, other in itertools.pairwise(looks))
        assert (block.kind == "list") or block.label is None
