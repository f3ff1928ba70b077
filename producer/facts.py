"""Facts that follow from a date and its paper: weekday, lunar date, next publication day."""

from __future__ import annotations

import datetime as dt

from borax.calendars.lunardate import LunarDate

from producer.errors import Findings
from producer.model import Facts, IssueFacts, Paper
from producer.yamlfile import Source

DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_WEEKDAYS_ZH = "一二三四五六日"

# borax knows these years only.
_LUNAR_FIRST = dt.date(1900, 1, 31)
_LUNAR_LAST = dt.date(2101, 1, 28)


def facts(day: dt.date, paper: Paper) -> Facts:
    """The date's facts in the paper's language."""
    return Facts(weekday=weekday(day, paper.language), lunar=lunar_date(day, paper.language))


def weekday(day: dt.date, language: str) -> str:
    """The day's name in a language: 星期二, Tuesday; English for languages not known."""
    if _primary(language) == "zh":
        return f"星期{_WEEKDAYS_ZH[day.weekday()]}"
    return DAYS[day.weekday()].capitalize()


def lunar_date(day: dt.date, language: str) -> str | None:
    """The day in the Chinese calendar, 癸卯年闰二月十一, for papers in Chinese.

    The year changes at the lunar new year, as in newspapers, not at 立春.
    """
    if _primary(language) != "zh" or not _LUNAR_FIRST <= day <= _LUNAR_LAST:
        return None
    lunar = LunarDate.from_solar(day)
    leap = "闰" if lunar.leap else ""
    return f"{lunar.gz_year}年{leap}{lunar.cn_month}月{lunar.cn_day}"


def is_publication_day(paper: Paper, day: dt.date) -> bool:
    """Whether the paper comes out on that day of the week."""
    return DAYS[day.weekday()] in paper.publishes


def next_publication_day(paper: Paper, after: dt.date) -> dt.date:
    """The first day after the given one that the paper comes out on."""
    week = (after + dt.timedelta(days=ahead) for ahead in range(1, 8))
    return next(day for day in week if is_publication_day(paper, day))


def check_stated_facts(
    stated: IssueFacts, paper: Paper, pages: int, source: Source, findings: Findings
) -> None:
    """What the data says about its date and size against what follows from them.

    Args:
        stated: The issue's facts as written in issue.yaml.
        paper: The paper, for its language and schedule.
        pages: How many pages the plan has.
        source: issue.yaml, for the lines.
        findings: Takes the problems.
    """
    day, right = stated.date, facts(stated.date, paper)
    if stated.weekday not in (None, right.weekday):
        place, said = source.place("weekday"), stated.weekday
        findings.add("date.weekday", place, date=day, stated=said, right=right.weekday)
    if stated.lunar not in (None, right.lunar):
        place = source.place("lunar")
        findings.add("date.lunar", place, date=day, stated=stated.lunar, right=right.lunar or "-")
    if stated.page_count not in (None, pages):
        place = source.place("page_count")
        findings.add("issue.page-count", place, stated=stated.page_count, pages=pages)
    if pages and pages != paper.pages:
        place = source.place("pages")
        findings.add("issue.unusual-pages", place, "warning", pages=pages, usual=paper.pages)
    if not is_publication_day(paper, day):
        place, name = source.place("date"), right.weekday
        findings.add("date.not-a-publication-day", place, "warning", date=day, weekday=name)


def _primary(language: str) -> str:
    """The language without script and region: zh-Hans-CN → zh."""
    return language.split("-")[0]
