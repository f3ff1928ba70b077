"""Content checks, each on copy with its fault and on copy that only looks like it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from producer.checks.passages import Copy, Passage
from producer.checks.run import CHECKS, check_copy
from producer.checks.table import table
from producer.errors import Findings, Place
from producer.markdown import parse_body
from producer.messages import LANGUAGES
from producer.model import Page, StoryPlacement
from tests.conftest import ROOT, make_issue, make_story

BY_ID = {check.id: check for check in CHECKS}


def on_page(*ids: str) -> Page:
    rects = ([1, 1 + at, 1, 1] for at in range(len(ids)))
    placed = [StoryPlacement(story=id, rect=rect) for id, rect in zip(ids, rects, strict=True)]  # type: ignore[arg-type]
    return Page(section="要闻", master="news", place=tuple(placed))


ISSUE = make_issue(
    [on_page("alpha"), on_page("market"), on_page("lanes", "choir")],
    [
        make_story(id="alpha"),
        make_story(id="market", headline="西仓菜市|重新开门", short="菜市开门"),
        make_story(id="lanes", headline="手艺弄"),
        make_story(id="choir", headline="合唱队"),
    ],
)


def passages(text: str, kind: str, language: str) -> Iterator[Passage]:
    """A story's text as passages: that of a body is read as Markdown, paragraph by paragraph."""
    common = {"language": language, "place": Place("stories/alpha.md", 5), "story": "alpha"}
    if kind != "body":
        yield Passage(text, kind, **common)  # type: ignore[arg-type]
        return
    for block in parse_body(text, "", Findings()):
        yield Passage(block.text, block.kind, runs=block.runs, **common)  # type: ignore[arg-type]


def alarms(id: str, text: str, kind: str = "body", language: str = "zh-Hans-CN") -> list[str]:
    """What the check finds wrong."""
    copy = Copy(ISSUE, tuple(passages(text, kind, language)))
    found = list(check_copy(copy, [BY_ID[id]]))
    for problem in found:
        assert all(problem.cause(each) and problem.mend(each) for each in LANGUAGES)
        assert problem.place == Place("stories/alpha.md", 5)
        assert problem.level == BY_ID[id].level
    return [str(problem.values["what"]) for problem in found]


CAUGHT = {
    "text.half-width-mark": [
        ("他说,今天开门。", [","]),
        ("步道通了.市民来了.", [".", "."]),
        ("增长3.5%,达到四万人", [","]),
        ("增长了40%.培训开始.1998年", [".", "."]),
        ("真的吗?当然!", ["?", "!"]),
        ("地点:图书馆;时间:9:30", [":", ";", ":"]),
        ("PDF,以及别的", [","]),
        ("步道(船厂段)开放", ["(", ")"]),
        ("联合国(UN)的", ["(", ")"]),
        ("步道(船厂段）开放", ["("]),
        ("(一)总则", ["(", ")"]),
        ("网址是https://a.example/?q=1,欢迎", [","]),
        ("“好”,他说", [","]),
    ],
    "text.straight-quote": [
        ('他说"走吧"就走', ['"', '"']),
        ("他说'走吧'就走", ["'", "'"]),
        ('叫"Hello"的店', ['"', '"']),
        ('他说"走', ['"']),
    ],
    "text.unpaired-mark": [
        ("他说：“走吧。", ["“"]),
        ("走吧。”他说", ["”"]),
        ("读《步道新记的人", ["《"]),
        ("步道（船厂段开放", ["（"]),
        ("甲“乙《丙”丁》", ["《", "》"]),
        ("“思麦早“来了", ["“", "“"]),
        ("“第一段。\n\n第二段。”", ["“", "”"]),
        ("他说‘走", ["‘"]),
    ],
    "text.nested-mark": [
        ("他说：“读“步道”吧。”", ["“"]),
        ("他说‘走’", ["‘"]),
        ("《读《步道》》", ["《"]),
        ("甲（乙（丙）丁）", ["（"]),
        ("〈步道〉一文", ["〈"]),
    ],
    "text.ellipsis": [
        ("他想...走了", ["..."]),
        ("他想。。。走了", ["。。。"]),
        ("他想…走了", ["…"]),
        ("他想………走了", ["………"]),
        ("他想....", ["...."]),
    ],
    "text.dash": [
        ("步道--开放", ["--"]),
        ("步道———开放", ["———"]),
        ("步道──开放", ["──"]),
        ("走吧。—他说", ["—"]),
        ("—编者", ["—"]),
        ("步道－－开放", ["－－"]),
    ],
    "text.doubled-mark": [
        ("甲，，乙", ["，，"]),
        ("走了。。", ["。。"]),
        ("甲、，乙", ["、，"]),
        ("真的吗？。", ["？。"]),
    ],
    "text.full-width-form": [
        ("２０２６年", ["２０２６"]),
        ("ＡＢ座", ["ＡＢ"]),
        ("２．８公里", ["２．８"]),
    ],
    "text.space": [("步道 开放了", [" "]), ("走了。 他说", [" "]), ("甲\t乙", ["\t"])],
    "text.doubled-word": [
        ("步道的的开放", ["的的"]),
        ("正在进行进行改造", ["进行进行"]),
        ("他们和和市民", ["和和"]),
        ("市民市民来到江边", ["市民市民"]),
    ],
    "number.mixed": [
        ("来了3千人", ["3千"]),
        ("二十3天", ["十3"]),
        ("占百分之30", ["百分之30"]),
        ("二0二六年", ["二0二六"]),
        ("3、4十人", ["4十"]),
        ("3分之二的人", ["3分之二"]),
    ],
    "number.approximate": [
        ("走了3、4天", ["3、4"]),
        ("来了七、八十人", ["七、八"]),
        ("等了三、四个月", ["三、四"]),
        ("有３、４千人", ["３、４"]),
    ],
    "number.date": [
        ("2026年十二月一日", ["2026年十二月一日"]),
        ("二〇二六年12月1日", ["二〇二六年12月1日"]),
        ("12月三日开门", ["12月三日"]),
        ("十月1日", ["十月1日"]),
    ],
    "number.short-year": [("26年12月开工", ["26年"]), ("自98年1月起", ["98年"])],
    "number.thousands": [("共3,400元", ["3,400"])],
    "number.range": [
        ("共3~5天", ["~"]),
        ("共3-5天", ["3-5"]),
        ("涨5～8%", ["5～8"]),
        ("约9～16亿元", ["9～16"]),
    ],
    "fact.weekday": [
        ("12月1日（星期三）开门", ["12月1日（星期三"]),
        ("12月5日周日去", ["12月5日周日"]),
        ("2025年动工。12月5日（周五）起", ["12月5日（周五"]),
        ("1958年建厂。10月3日（星期二）下水", ["10月3日（星期二"]),
        ("周二（12月9日）", ["周二（12月9日"]),
        ("2026年12月4日，星期四", ["2026年12月4日，星期四"]),
        ("1月1日（星期四）放假", ["1月1日（星期四"]),
        ("１２月１日星期日", ["１２月１日星期日"]),
    ],
    "fact.no-such-date": [
        ("11月31日开工", ["11月31日"]),
        ("13月5日", ["13月5日"]),
        ("2026年2月29日", ["2026年2月29日"]),
        ("2月30日", ["2月30日"]),
    ],
    "fact.page": [
        ("详见第4版。", ["详见第4版"]),
        ("（见今日第九版）", ["见今日第九版"]),
        ("《菜市开门》（见第3版）", ["见第3版"]),
        ("见[第3版](page:2)", ["第3版"]),
        ("见[第一版](story:lanes)", ["第一版"]),
    ],
    "fact.own-page": [("详见第1版。", ["详见第1版"])],
}
LAWFUL = {
    "text.half-width-mark": [
        "12:30到3.5公里，比分3:2。",
        "1.步道；2.公园",
        "店名叫Yahoo, Inc. USA，见https://a.example/x?y=1:2。",
        "来信寄paper@yctimes.example，或yctimes.example/a,b。",
        "圆周率f(x)与3,400",
        "他说……走了",
        "全是全角，没有半角。（对）",
    ],
    "text.straight-quote": ["it's与Tom's", '24"屏', "“好”与‘好’", "’98博览会"],
    "text.unpaired-mark": [
        "他说：“走吧。”又说“好”。",
        "“第一段。\n\n“第二段。”",
        "1）步道；2）公园",
        "’98博览会与Tom’s",
        "“读《步道〈上〉》（节选）”",
    ],
    "text.nested-mark": [
        "“读‘步道’吧”",
        "《读〈步道〉》",
        "甲（乙〔丙〕丁）",
        "“甲”和“乙”",
        "“一‘二“三”二’一”",
    ],
    "text.ellipsis": ["他想……走了", "…………", "he said ... and left", "3.5与e.g."],
    "text.dash": ["步道——江岸", "西仓—青禾码头", "2023—2026年", "git --fix", "A-B", "K1—K3"],
    "text.doubled-mark": ["真的吗？！", "好！！", "“好。”，他说", "甲、乙。"],
    "text.full-width-form": ["2026年，共5％", "A座（甲）", "＋5", "〇"],
    "text.space": ["**赶集** 西仓菜市", "用 Python 写", "甲　乙", "3 月与 4 月"],
    "text.doubled-word": [
        "目的的确立",
        "为了了解情况，大家研究研究",
        "看看，常常，渐渐",
        "一个一个来，高高兴兴",
        "“来了来了！”",
        "想着想着就笑了",
        "当地地方和对对方",
        "不了了之，是是非非",
    ],
    "number.mixed": [
        "3千米与5千克，1万3千瓦",
        "10百帕以下",
        "2026十大新闻",
        "百分之三十与30%",
        "周三3时，第1一中",
        "三分之一与1/3",
        "二〇二六年与2026年",
        "3万、5亿",
    ],
    "number.approximate": [
        "第3、4天",
        "3、4号楼，3、4版",
        "三、四年级",
        "一、二、三个",
        "获二、三名",
        "三四天，3、5个",
    ],
    "number.date": [
        "2026年12月1日",
        "二〇二六年十二月一日",
        "农历2026年十月廿三",
        "2026年十月初一",
        "2026年六七月间",
        "5月一日游",
    ],
    "number.short-year": ["68年了", "2026年12月", "3年12个月"],
    "number.thousands": ["共3400元，12,345,678元", "1,2,3"],
    "number.range": [
        "3～5天，5%～8%",
        "热线0000-00000000",
        "2026-12-01",
        "3—5日",
        "比分3-2获胜",
        "9亿～16亿元",
    ],
    "fact.weekday": [
        "12月1日（星期二）开门",
        "12月5日、6日（周六、周日）",
        "12月7日（周一至周五）",
        "周六（12月5日）",
        "1958年建厂。10月3日（星期五）下水",
        "去年12月1日（星期一）",
        "2025年12月1日星期一",
    ],
    "fact.no-such-date": ["12月31日", "2月29日", "2024年2月29日", "农历2月30日", "11月311日"],
    "fact.page": [
        "详见第3版。",
        "《新字典》第11版",
        "《菜市开门》（见第2版）",
        "《西仓菜市重新开门》（详见第二版）",
        "见[第2版](page:2)，[第3版](story:choir)",
        "下转第9版",
    ],
    "fact.own-page": ["详见第2版。", "见[第1版](page:1)"],
}


@pytest.mark.parametrize(
    ("id", "text", "what"), [(id, *case) for id, cases in CAUGHT.items() for case in cases]
)
def test_a_fault_is_caught(id: str, text: str, what: list[str]) -> None:
    assert alarms(id, text) == what


@pytest.mark.parametrize(
    ("id", "text"), [(id, text) for id, texts in LAWFUL.items() for text in texts]
)
def test_what_only_looks_like_a_fault_is_not(id: str, text: str) -> None:
    assert alarms(id, text) == []


@pytest.mark.parametrize("id", [id for id in LAWFUL if id != "text.doubled-word"])
def test_chinese_rules_are_not_for_english(id: str) -> None:
    for text, _ in CAUGHT[id]:
        assert alarms(id, text, language="en") == []


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("We saw the the bridge.", ["the the"]),
        ("It is is open.", ["is is"]),
        ("She had had enough of Walla Walla.", []),
        ("No, no. That that is, is.", []),
    ],
)
def test_english_words_that_stand_twice(text: str, what: list[str]) -> None:
    assert alarms("text.doubled-word", text, language="en") == what


@pytest.mark.parametrize(
    ("id", "kind", "text", "what"),
    [
        ("head.too-long", "headline", "江" * 27, 1),
        ("head.too-long", "headline", "江" * 13 + "|" + "岸" * 13, 0),
        ("head.too-long", "headline", "江" * 20 + "ABCDEFGHIJKL", 0),
        ("head.too-long", "short", "江" * 15, 1),
        ("head.too-long", "body", "江" * 99, 0),
        ("head.final-mark", "headline", "江岸走通了。", 1),
        ("head.final-mark", "deck", "江岸，", 1),
        ("head.final-mark", "kicker", "编者按：", 0),
        ("head.final-mark", "headline", "江岸走通了吗？", 0),
        ("head.final-mark", "caption", "江岸走通了。", 0),
        ("head.own-break", "headline", "老厂|的江岸", 1),
        ("head.own-break", "headline", "江岸开\n了", 1),
        ("head.own-break", "headline", "步道和|江岸", 1),
        ("head.own-break", "headline", "老厂|的士走了", 0),
        ("head.own-break", "headline", "一起|了解江岸", 0),
        ("head.own-break", "headline", "市民参与|江岸改造", 0),
        ("head.own-break", "headline", "老厂的江岸", 0),
        ("text.space", "headline", "江岸通了 市民来了", 0),
        ("text.space", "byline", "记者 林栀子", 0),
    ],
)
def test_heads_have_rules_of_their_own(id: str, kind: str, text: str, what: int) -> None:
    assert len(alarms(id, text, kind)) == what


@pytest.mark.parametrize(
    ("id", "inset", "caught"),
    [
        ("picture.no-caption", {"credit": "本报摄"}, True),
        ("picture.no-caption", {"caption": "桥"}, False),
        ("picture.no-caption", {"credit": "本报插图"}, False),
        ("picture.no-credit", {"caption": "桥"}, True),
        ("picture.no-credit", {"caption": "桥", "credit": "本报摄"}, False),
    ],
)
def test_a_picture_has_caption_and_credit(id: str, inset: dict[str, str], caught: bool) -> None:
    picture = {"id": "bridge", "picture": "bridge.jpg", "alt": "一座桥", **inset}
    issue = make_issue([on_page("alpha")], [make_story(insets=[picture])])
    found = list(check_copy(Copy(issue, ()), [BY_ID[id]]))
    assert [problem.values["picture"] for problem in found] == ["bridge.jpg"] * caught


def test_every_check_has_cases() -> None:
    tabled = {*CAUGHT, "head.too-long", "head.final-mark", "head.own-break"}
    assert tabled | {"picture.no-caption", "picture.no-credit"} == set(BY_ID)
    assert set(CAUGHT) == set(LAWFUL)
    assert len(BY_ID) == len(CHECKS), "ids are unique"
    assert all(len(cases) >= 4 for id, cases in LAWFUL.items() if len(CAUGHT[id]) > 2)


def test_the_documentation_is_that_of_the_checks() -> None:
    assert (ROOT / "docs" / "content-checks.md").read_text("utf-8") == table(), "run `make docs`"


def test_a_check_says_why_and_by_whose_rule() -> None:
    for check in CHECKS:
        assert check.title and check.rationale.endswith(".") and check.source
        assert check.run.__doc__


# ---------------------------------------------------------------- waivers


def test_what_the_paper_waives_is_counted_with_its_reason() -> None:
    paper = ISSUE.paper.model_copy(update={"waive": {"text.half-width-mark": "外来稿"}})
    copy = Copy(
        ISSUE.model_copy(update={"paper": paper}), tuple(passages("好,不好.", "body", "zh-CN"))
    )
    (told,) = check_copy(copy, [BY_ID["text.half-width-mark"]])
    assert (told.id, told.level) == ("waiver.used", "note")
    assert (told.values["count"], told.values["reason"]) == (2, "外来稿")


def test_a_waiver_that_is_not_needed_is_told_when_all_is_checked() -> None:
    paper = ISSUE.paper.model_copy(update={"waive": {"fact.weekday": "旧例", "hairline": "印厂"}})
    copy = Copy(ISSUE.model_copy(update={"paper": paper}), tuple(passages("好。", "body", "zh-CN")))
    (told,) = check_copy(copy)
    assert (told.id, told.values["check"]) == ("preflight.waiver-unused", "fact.weekday")
    assert not list(check_copy(copy, [BY_ID["fact.weekday"]])), "a build does not make all checks"
