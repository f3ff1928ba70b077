"""Where headlines are parted: at gaps, marks and words, and never where the language forbids."""

from __future__ import annotations

import pytest

from producer.compose.classes import Class, class_of, forbidden
from producer.fit.headbreaks import Grade, break_grades, ways, with_part_gaps

NO_START, NO_END = forbidden("basic")

SIGNS = {Grade.GAP: "_", Grade.MARK: "‖", Grade.WORD: "|", Grade.LOOSE: "¦", Grade.POOR: "·"}


def graded(text: str) -> str:
    """A text with a sign for the grade of every place where it may be parted."""
    text = with_part_gaps(text)
    grades = break_grades(text)
    return "".join(
        (SIGNS[grades[at]] if at in grades else "") + each for at, each in enumerate(text)
    )


def width(text: str) -> float:
    """Marks and letters half wide, the gap between clauses three quarters."""
    halves = sum(class_of(each) in (Class.MARK, Class.LATIN) for each in text)
    return len(text) - halves / 2 - text.count("\u3000") / 4


def best(text: str, count: int, worst: Grade = Grade.LOOSE) -> list[str]:
    found = list(ways(with_part_gaps(text), count, worst, width))
    return list(min(found, key=lambda way: way.cost).lines) if found else []


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        # A unit stays with its number, a particle with its word.
        ("围了68年的江岸走通了", "围·了|68年·的|江·岸|走·通·了"),
        ("超过5.6万份", "超·过|5.6·万·份"),
        # 和 leads on, and so do 把 and the measure word before its noun.
        ("豆芽和小番茄", "豆·芽|和·小|番·茄"),
        ("七年加装两百部电梯", "七·年¦加·装|两·百·部¦电·梯"),
        # Titles of books are whole, quotations if it can be had.
        ("读《江边的灯》", "读|《江·边·的·灯》"),
        ("从“有没有”到“好不好”", "从·“有·没·有”|到¦“好·不·好”"),
        # Latin words and numbers have no place inside; spaces between them have.
        ("AI走进NB-IoT", "AI|走·进|NB-·IoT"),
        ("New York来人", "New |York|来|人"),
        # The gap between clauses, and the marks after them.
        ("两根桩 一条江", "两·根·桩\u3000_一·条¦江"),
        ("先看烟道，再洗澡", "先·看|烟·道，‖再¦洗·澡"),
    ],
)
def test_places_and_their_grades(text: str, wanted: str) -> None:
    assert graded(text) == wanted


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("围了68年的江岸走通了", ["围了68年的", "江岸走通了"]),
        (
            "三百二十户居民用七年时间把一条臭水沟改成了滨河花园",
            ["三百二十户居民用七年时间", "把一条臭水沟改成了滨河花园"],
        ),
        ("“老工匠”进校园：12个社团排队拜师", ["“老工匠”进校园：", "12个社团排队拜师"]),
        ("渡口村和对岸三个村合种头一茬冬麦", ["渡口村和对岸", "三个村合种头一茬冬麦"]),
        ("样城地铁2号线年底通车 全程28分钟", ["样城地铁2号线年底通车", "全程28分钟"]),
        ("谁在凌晨三点的书店里读书？", ["谁在凌晨三点的", "书店里读书？"]),
        ("从“有没有”到“好不好”：社区食堂再升级", ["从“有没有”到“好不好”：", "社区食堂再升级"]),
        ("孩子们的作业本长出了豆芽和小番茄", ["孩子们的作业本", "长出了豆芽和小番茄"]),
        ("百名志愿者与消防员排查安全隐患", ["百名志愿者与消防员", "排查安全隐患"]),
        ("七年加装两百部电梯 居民出行不再难", ["七年加装两百部电梯", "居民出行不再难"]),
        # A clause much shorter than the other is no line of its own.
        ("数说：七年加装两百部电梯的前前后后", ["数说：七年加装", "两百部电梯的前前后后"]),
    ],
)
def test_two_lines(text: str, lines: list[str]) -> None:
    assert best(text, 2) == lines


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        (
            "江水退了一步，它没有回头，渡口的灯还亮着",
            ["江水退了一步，", "它没有回头，", "渡口的灯还亮着"],
        ),
        (
            "样城地铁2号线延伸段年底通车 全程28分钟",
            ["样城地铁2号线", "延伸段年底通车", "全程28分钟"],
        ),
        ("他把最后一枚齿轮锉了整整四十天", ["他把最后", "一枚齿轮锉了", "整整四十天"]),
    ],
)
def test_three_lines(text: str, lines: list[str]) -> None:
    assert best(text, 3) == lines


TEXTS = """
样城冬麦开种，渡口村与三个邻村合种头一茬
了解一座城市，从它的早市和夜市开始
他把最后一枚黄铜齿轮锉了整整四十天
孩子们的作业本上长出了豆芽和小番茄
《老码头的钟》获短篇小说奖（全国）
“九日流水账”：一家豆腐坊与它的街坊们
NB-IoT水表走进New York式的老公寓
关于加强冬季燃气安全管理工作的通知
""".split("\n")[1:-1]


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("count", [2, 3])
def test_no_line_begins_or_ends_as_it_may_not(text: str, count: int) -> None:
    """Of all ways that are not told as poor."""
    no_start, no_end = forbidden("basic")
    found = list(ways(text, count, Grade.LOOSE, width))
    assert found
    for way in found:
        assert "".join("".join(way.lines).split()) == "".join(text.split())
        assert not {line[0] for line in way.lines[1:]} & (no_start | set("的了得"))
        assert not {line[-1] for line in way.lines[:-1]} & (no_end | set("和与"))


def test_the_gap_vanishes_at_a_break() -> None:
    assert best("架好连心桥 畅通民意路", 2) == ["架好连心桥", "畅通民意路"]
