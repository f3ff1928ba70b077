"""Checks of dates in the copy: that they exist, and have the weekday that they claim."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Iterator

from producer.checks.passages import Copy
from producer.checks.registry import Finding, check, finding
from producer.checks.signs import fold
from producer.facts import weekday
from producer.model import Issue

_DAYS = "一二三四五六日"
_DAY_NAME = "(?:星期|礼拜|周)(?P<day_name>[一二三四五六日天])"
_DATE = (
    r"(?<!\d)(?:(?P<year>\d{4})年|(?P<relative>去年|前年|明年|后年|今年))?"
    r"(?P<month>\d{1,2})月(?P<day>\d{1,2})日"
)
_NOT_ALONE = r"(?!\s*[、，至到和及—～-]\s*(?:星期|礼拜|周)?[一二三四五六日天])"
_DATE_THEN_DAY = re.compile(rf"{_DATE}[（，、\s]?{_DAY_NAME}{_NOT_ALONE}")
_DAY_THEN_DATE = re.compile(rf"(?<![至到、和及]){_DAY_NAME}[（，]{_DATE}(?![至到、和及—～-])")
_ANY_DATE = re.compile(_DATE)
_RELATIVE = {"前年": -2, "去年": -1, "今年": 0, "明年": 1, "后年": 2}
# Months that last to a 30th whichever month it is.
_LUNAR = re.compile("农历|阴历|旧历")
_TOLD_YEAR = re.compile(r"(?<!\d)([12]\d{3})年")
_VAGUE_YEAR = re.compile("(?:当|那|同|次|翌|上|前|每|历)年")
_HALF_YEAR = dt.timedelta(days=183)


@check(
    "fact.weekday",
    "A date has the weekday that it is said to have",
    rationale="One of the two is wrong, and a reader who comes by it comes on the wrong day.",
    source="报纸期刊质量管理规定 (2020), annex: errors of fact",
    level="error",
)
def wrong_weekday(copy: Copy) -> Iterator[Finding]:
    """12月1日（星期三）, 12月5日周日, 周二（12月8日）; if no year is stated, the nearest."""
    for passage in copy.chinese:
        text = fold(passage.text)
        for found in (*_DATE_THEN_DAY.finditer(text), *_DAY_THEN_DATE.finditer(text)):
            day = _day(found, copy.issue)
            stated = _DAYS.index(found["day_name"].replace("天", "日"))
            if (
                day is None
                or day.weekday() == stated
                or _may_mean_another(text, found, day, stated)
            ):
                continue
            right = weekday(day, "zh")
            yield finding(passage, *found.span(), date=day, right=right)


def _day(found: re.Match[str], issue: Issue) -> dt.date | None:
    """The day that a date means, or None if there is no such day."""
    today = issue.data.date
    month, day = int(found["month"]), int(found["day"])
    try:
        if found["year"]:
            return dt.date(int(found["year"]), month, day)
        if found["relative"]:
            return dt.date(today.year + _RELATIVE[found["relative"]], month, day)
        meant = dt.date(today.year, month, day)
        if abs(meant - today) > _HALF_YEAR:
            meant = dt.date(today.year + (1 if meant < today else -1), month, day)
        return meant
    except ValueError:
        return None


def _may_mean_another(text: str, found: re.Match[str], day: dt.date, stated: int) -> bool:
    """Whether a date without a year may be of one told before, in which the weekday is right.

    A year of another sentence is meant only if it is long past: 1958年建厂。10月3日（星期五）…
    """
    if found["year"] or found["relative"]:
        return False
    sentence = text.rfind("。", 0, found.start())
    if _VAGUE_YEAR.search(text, sentence + 1, found.start()):
        return True
    for told in _TOLD_YEAR.finditer(text, 0, found.start()):
        year = int(told[1])
        if told.start() > sentence or abs(year - day.year) > 1:
            try:
                if day.replace(year=year).weekday() == stated:
                    return True
            except ValueError:
                continue
    return False


@check(
    "fact.no-such-date",
    "A date exists",
    rationale="There is no 31st of November.",
    source="报纸期刊质量管理规定 (2020), annex: errors of fact",
    level="error",
)
def no_such_date(copy: Copy) -> Iterator[Finding]:
    """Days and months that no year has, and 29 February of a stated year that lacks it."""
    for passage in copy.chinese:
        text = fold(passage.text)
        for found in _ANY_DATE.finditer(text):
            if not _exists(found) and not _LUNAR.search(text[: found.start()]):
                yield finding(passage, *found.span())


def _exists(found: re.Match[str]) -> bool:
    month, day = int(found["month"]), int(found["day"])
    year = int(found["year"] or 2000)  # a leap year
    return 1 <= month <= 12 and year > 0 and 1 <= day <= calendar.monthrange(year, month)[1]
