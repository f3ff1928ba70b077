"""Dates: weekdays, lunar dates, publication days."""

from __future__ import annotations

import datetime as dt

import pytest

from producer.facts import facts, lunar_date, next_publication_day, weekday
from producer.model import Paper
from tests.issuefactory import PAPER


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2023-07-27", "癸卯年六月初十"),
        ("2023-04-01", "癸卯年闰二月十一"),
        ("2023-03-22", "癸卯年闰二月初一"),
        ("2023-01-21", "壬寅年腊月三十"),
        ("2023-01-22", "癸卯年正月初一"),
        ("2025-07-25", "乙巳年闰六月初一"),
        ("2033-12-22", "癸丑年闰冬月初一"),
        ("2026-02-04", "乙巳年腊月十七"),  # 立春: the year is still the old one
        ("2026-12-01", "丙午年十月廿三"),
    ],
)
def test_lunar_dates(day: str, expected: str) -> None:
    assert lunar_date(dt.date.fromisoformat(day), "zh-Hans-CN") == expected


@pytest.mark.parametrize("language", ["en", "en-GB", "ja", "zhx"])
def test_only_chinese_papers_have_a_lunar_date(language: str) -> None:
    assert lunar_date(dt.date(2026, 12, 1), language) is None


@pytest.mark.parametrize("day", [dt.date(1900, 1, 30), dt.date(2101, 1, 29)])
def test_no_lunar_date_where_the_calendar_ends(day: dt.date) -> None:
    assert lunar_date(day, "zh") is None


@pytest.mark.parametrize(("day", "zh", "en"), [(1, "星期二", "Tuesday"), (6, "星期日", "Sunday")])
def test_weekdays(day: int, zh: str, en: str) -> None:
    date = dt.date(2026, 12, day)
    assert (weekday(date, "zh-Hans-CN"), weekday(date, "en-GB")) == (zh, en)


def test_facts_are_in_the_papers_language() -> None:
    english = Paper.model_validate({**PAPER, "language": "en-GB"})
    assert facts(dt.date(2026, 12, 1), english).weekday == "Tuesday"
    assert facts(dt.date(2026, 12, 1), english).lunar is None


@pytest.mark.parametrize(
    ("after", "expected"),
    [("2026-12-01", "2026-12-04"), ("2026-12-04", "2026-12-08"), ("2026-12-30", "2027-01-01")],
)
def test_the_next_publication_day(after: str, expected: str) -> None:
    paper = Paper.model_validate(PAPER)
    found = next_publication_day(paper, dt.date.fromisoformat(after))
    assert found.isoformat() == expected


def test_a_weekly_comes_out_a_week_later() -> None:
    paper = Paper.model_validate({**PAPER, "publishes": ["tuesday"]})
    assert next_publication_day(paper, dt.date(2026, 12, 1)) == dt.date(2026, 12, 8)
