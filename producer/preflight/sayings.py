"""What pages say of themselves in words: jump lines, dates, weekdays, running numbers.

Read from the text alone, by the wording of a language or a paper, never from a layout: a date at
a page's head or foot makes the line a folio.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass

from producer.edition import Box
from producer.facts import weekday
from producer.model import Paper
from producer.preflight.read.characters import Character
from producer.preflight.read.document import Page
from producer.wording import MONTHS, chinese_number, words

# Where folios stand, as parts of the page's height; the masthead takes more of the first page.
_HEAD, _FOOT, _MASTHEAD = 0.08, 0.94, 0.3
# Characters so near to the date's height are on its line, or the one above or below it.
_LINE_MM = 6.0
_MARK_MM = 1.6
_NUMERAL = r"(?P<page>\d{1,3}|[一二三四五六七八九十]{1,3}|[A-Z]\d{1,2})"
_CHINESE = {chinese_number(number): number for number in range(1, 100)}
_FIELDS = {
    "year": r"(?P<year>\d{4})",
    "month": r"(?P<month>\d{1,2})",
    "day": r"(?P<day>\d{1,2})",
    "month_name": f"(?P<month_name>{'|'.join(MONTHS)})",
    "number": r"(?P<number>\d+)",
    "total": r"(?P<total>\d+)",
    "count": r"(?P<count>\d+)",
}


@dataclass(frozen=True)
class Said:
    """A jump line or from line: its words, the page that it names, its place."""

    text: str
    page: int
    box: Box


@dataclass(frozen=True)
class Folio:
    """What a page's folio, or the first page's masthead, says; None for what it does not."""

    date: dt.date | None = None
    box: Box | None = None
    weekday: str = ""
    pages: tuple[int, ...] = ()
    number: int | None = None
    total: int | None = None
    page_count: int | None = None


def jumps_to(page: Page, language: str, paper: Paper | None) -> list[Said]:
    """The jump lines of a page."""
    wording = (paper.jumps.to if paper else None) or words(language).jump_to
    return list(_said(page, wording))


def jumps_from(page: Page, language: str, paper: Paper | None) -> list[Said]:
    """The from lines of a page."""
    wording = (paper.jumps.from_ if paper else None) or words(language).jump_from
    return list(_said(page, wording))


def _said(page: Page, wording: str) -> Iterator[Said]:
    before, _, after = "".join(wording.split()).partition("{page}")
    # Several jumps between two pages may be numbered: （下转第4版①）.
    closing = after[-1:] if after[-1:] in "）)]】" else ""
    after = after[: len(after) - len(closing)]
    pattern = f"{re.escape(before)}{_NUMERAL}{re.escape(after)}[①-⑨]?{re.escape(closing)}"
    for match in re.finditer(pattern, page.text):
        place = _around(_letters(page)[match.start() : match.end()])
        yield Said(match[0], _number(match["page"]), place)


def _letters(page: Page) -> list[Character]:
    """A page's characters one by one, as its text counts them."""
    return [each for each in page.characters for _ in each.text]


def _number(numeral: str) -> int:
    if numeral.isdigit():
        return int(numeral)
    return _CHINESE.get(numeral) or int(numeral[1:] if numeral[1:].isdigit() else 0)


def read_folio(page: Page, language: str) -> Folio:
    """The folio of a page: the first date at its head or foot, and what stands beside it."""
    band = [each for each in _letters(page) if _is_furniture(each, page)]
    text = "".join(each.text for each in band)
    match = re.search(_pattern(words(language).date), text)
    date = _date(match) if match else None
    if match is None or date is None:
        return Folio()
    place = _around(band[match.start() : match.end()])
    height = place.y + place.height / 2
    beside = band if page.number == 1 else [one for one in band if abs(one.y - height) <= _LINE_MM]
    rest = "".join(each.text for each in beside).replace(match[0], " ", 1)
    return _told(rest, date, place, language)


def _is_furniture(each: Character, page: Page) -> bool:
    at = each.y / page.height_mm
    return at < _MASTHEAD if page.number == 1 else at < _HEAD or at > _FOOT


def _told(text: str, date: dt.date, place: Box, language: str) -> Folio:
    """What stands beside a date; each thing found is taken out, since numbers look alike."""
    week = [weekday(date + dt.timedelta(days), language) for days in range(7)]
    day = re.search("|".join(week), text)
    known = words(language)
    numbers: list[int | None] = []
    # 总第2148期 has 第2148期 in it: the longer wording first.
    for wording in (known.total, known.number, known.page_count):
        match = re.search(_pattern(wording), text)
        numbers.append(int(match[match.lastindex or 0]) if match else None)
        text = text.replace(match[0], " ", 1) if match else text
    pages = tuple(int(digits) for digits in re.findall(r"(?<![\d.])\d{1,3}(?![\d.])", text))
    named = tuple(_number(match["page"]) for match in re.finditer(_page_pattern(language), text))
    total, number, count = numbers
    return Folio(date, place, day[0] if day else "", (*pages, *named), number, total, count)


def weekday_of(date: dt.date, language: str) -> str:
    """The name of a date's weekday, as `Folio` has it."""
    return weekday(date, language)


def _page_pattern(language: str) -> str:
    before, _, after = "".join(words(language).page.split()).partition("{page}")
    return f"{re.escape(before)}{_NUMERAL}{re.escape(after)}"


def _pattern(wording: str) -> str:
    """A regular expression of a wording with fields, for text without white space."""
    parts = re.split(r"\{(\w+)\}", "".join(wording.split()))
    return "".join(_FIELDS[part] if at % 2 else re.escape(part) for at, part in enumerate(parts))


def _date(match: re.Match[str]) -> dt.date | None:
    found = match.groupdict()
    name = found.get("month_name")
    month = MONTHS.index(name) + 1 if name else int(found["month"])
    try:
        return dt.date(int(found["year"]), month, int(found["day"]))
    except ValueError:
        return None


def _around(characters: list[Character]) -> Box:
    left, right = min(one.x for one in characters), max(one.x for one in characters)
    top, foot = min(one.y for one in characters), max(one.y for one in characters)
    return Box(
        left - _MARK_MM, top - _MARK_MM, right - left + 2 * _MARK_MM, foot - top + 2 * _MARK_MM
    )
