"""Checks of numerals by GB/T 15835."""

from __future__ import annotations

import re
from collections.abc import Iterator

from producer.checks.passages import Copy
from producer.checks.registry import Finding, check, finding
from producer.checks.signs import fold

_DIGITS = "一二三四五六七八九"
_ZERO = "〇○零"
# Numerals of both kinds in one number. 万 and 亿 may follow digits; 千 and 百 only in units.
_UNIT = "米克瓦伏赫帕卡焦牛安乏字兆比位周分"
_MIXED = re.compile(
    rf"\d[十百千](?![{_UNIT}大佳强])|(?<=[{_DIGITS}])十\d|百分之\d+(?:\.\d+)?"
    rf"|\d+分之[{_DIGITS}]|[{_DIGITS}]分之\d+|\d+[一—]\d+(?=[{_DIGITS}])"
    rf"|(?<![{_DIGITS}{_ZERO}\d])(?=[\d{_DIGITS}{_ZERO}]{{4}}年)(?=\d*[{_DIGITS}{_ZERO}])"
    rf"(?=[{_DIGITS}{_ZERO}]*\d)[\d{_DIGITS}{_ZERO}]{{4}}(?=年)"
)
# Units that about so many are counted in; 年级, 号楼 and 月 are named by number instead.
_COUNTED = (
    "(?:[十百千万亿]|[个天岁次倍斤米元块里名位秒遍趟张件只条辆家户吨人]|年(?!级|期)|公里|小时|分钟)"
)
_ABOUT = re.compile(rf"(?<![第、\d.])(\d)、(\d)(?=(?:十|百|千|万|亿)?{_COUNTED})")
# In characters 名 and 位 tell places won: 获二、三名.
_ABOUT_HAN = re.compile(
    rf"(?<![第、{_DIGITS}十百初])([{_DIGITS}])、([{_DIGITS}])(?![名位])(?={_COUNTED})(?!.?.?、)"
)
_NUMBER = rf"(?:\d{{1,2}}|[二三]?十[{_DIGITS}]?|[{_DIGITS}](?![{_DIGITS}]))"
_DATE = re.compile(
    rf"(?:(?P<year>\d{{4}}|[{_DIGITS}{_ZERO}]{{4}})年)?(?P<month>{_NUMBER})月"
    rf"(?:(?P<day>{_NUMBER})日(?!游))?"
)
_LUNAR = re.compile("农历|阴历|旧历")
_SHORT_YEAR = re.compile(r"(?<![\d.])\d{2}年(?=(?:1[0-2]|0?[1-9])月)")
_THOUSANDS = re.compile(r"(?<![\d,.])\d,\d{3}(?![\d,])")
_UNITS = "天|元|个|人|年|月|岁|公里|米|千米|公斤|吨|倍|小时|分钟|度|℃|%|亩|户|家|名|次"
_HYPHEN = re.compile(rf"(?<![\dA-Za-z.-])\d+(?:\.\d+)?-\d+(?:\.\d+)?(?=万?(?:{_UNITS}))")
_TILDE = re.compile(r"(?<=[\d%℃万亿天元人年月岁米])[~〜∼](?=\d)")
_BARE = re.compile(r"(?<![\d.])\d+(?:\.\d+)?(?:～|~|—|至|到)\d+(?:\.\d+)?(?=([%万亿]))")


@check(
    "number.mixed",
    "A number is written in one kind of numeral",
    rationale="Digits go with 万 and 亿 only, 百分之 with characters, % with digits.",
    source="GB/T 15835—2011 5.3",
    level="warning",
)
def mixed(copy: Copy) -> Iterator[Finding]:
    """Numbers such as 3千, 二十3, 百分之30, 二0二六年."""
    for passage in copy.chinese:
        for found in _MIXED.finditer(fold(passage.text)):
            yield finding(passage, *found.span())


@check(
    "number.approximate",
    "About so many is written in characters, without a comma",
    rationale="3、4天 reads as two numbers; 三四天 as a guess.",
    source="GB/T 15835—2011 4.2.2, 5.2.1",
    level="warning",
)
def approximate(copy: Copy) -> Iterator[Finding]:
    """Two numbers that follow one another, before something that is counted."""
    for passage in copy.chinese:
        text = fold(passage.text)
        for found in (*_ABOUT.finditer(text), *_ABOUT_HAN.finditer(text)):
            first, second = (_value(part) for part in found.groups())
            if second == first + 1:
                yield finding(passage, *found.span(), right=_written(first) + _written(second))


def _value(digit: str) -> int:
    return int(digit) if digit.isdigit() else _DIGITS.index(digit) + 1


def _written(value: int) -> str:
    return _DIGITS[value - 1] if value else "〇"


@check(
    "number.date",
    "A date is written in one kind of numeral",
    rationale="2026年12月1日 by the Gregorian, 十月廿三 by the Chinese calendar; not both in one.",
    source="GB/T 15835—2011 4.2.1, 5.1.4",
    level="warning",
)
def date(copy: Copy) -> Iterator[Finding]:
    """Year, month and day of which some are digits and some characters; lunar dates may be."""
    for passage in copy.chinese:
        text = fold(passage.text)
        for found in _DATE.finditer(text):
            kinds = {part.isascii() for part in found.groups() if part}
            is_lunar = text[found.end() : found.end() + 1] in ("初", "廿") or _LUNAR.search(
                text[max(found.start() - 4, 0) : found.end()]
            )
            if len(kinds) > 1 and not is_lunar:
                yield finding(passage, *found.span())


@check(
    "number.short-year",
    "A year has four digits",
    rationale="A shortened year is ambiguous in print that is kept.",
    source="GB/T 15835—2011 5.1.4",
    level="warning",
)
def short_year(copy: Copy) -> Iterator[Finding]:
    """Years of two digits before a month; 68年 alone may be a length of time."""
    for passage in copy.chinese:
        for found in _SHORT_YEAR.finditer(fold(passage.text)):
            yield finding(passage, *found.span())


@check(
    "number.thousands",
    "Numbers of four digits have no comma",
    rationale="Four digits are read at a glance, and a comma is a pause in Chinese.",
    source="GB/T 15835—2011 5.1.1; house rule",
    level="warning",
)
def thousands(copy: Copy) -> Iterator[Finding]:
    """Four digits parted by a comma."""
    for passage in copy.chinese:
        for found in _THOUSANDS.finditer(fold(passage.text)):
            right = found[0].replace(",", "")
            yield finding(passage, *found.span(), right=right)


@check(
    "number.range",
    "A range of numbers has ～, and %, 万 and 亿 at both numbers",
    rationale="5～8% may be read as 5 to 8 %, 9～16亿 as 9 to 1.6 billion; a hyphen is no range.",
    source="GB/T 15834—2011 4.13; GB/T 15835—2011 5.1.3",
    level="warning",
    mends=True,
)
def range_of_numbers(copy: Copy) -> Iterator[Finding]:
    """Ranges written with a tilde of ASCII or a hyphen, or with the unit at one number only."""
    for passage in copy.chinese:
        text = fold(passage.text)
        for found in _TILDE.finditer(text):
            edits = passage.edit(*found.span(), "～")
            yield finding(passage, *found.span(), edits, right="～")
        for found in _HYPHEN.finditer(text):
            yield finding(passage, *found.span(), right=found[0].replace("-", "～"))
        for found in _BARE.finditer(text):
            first, rest = re.split("(?=[～~—至到])", found[0])
            yield finding(passage, *found.span(), right=f"{first}{found[1]}{rest}{found[1]}")
