"""Words the system prints by itself, by language: jump lines, numerals, names of pages."""

from __future__ import annotations

from dataclasses import dataclass

from producer.model import Paper

_CHINESE_DIGITS = "零一二三四五六七八九"


@dataclass(frozen=True)
class Words:
    """The standing words of a language; `{page}` and the like are filled in."""

    jump_to: str
    jump_from: str
    page: str
    page_count: str
    teasers: str
    number: str
    total: str
    date: str
    lunar: str
    overset: str
    advertisement: str


WORDS = {
    "zh": Words(
        jump_to="（下转第{page}版）",
        jump_from="（上接第{page}版）",
        page="第{page}版",
        page_count="今日{count}版",
        teasers="今日导读",
        number="第{number}期",
        total="总第{total}期",
        date="{year}年{month}月{day}日",
        lunar="农历{lunar}",
        overset="溢出{lines}行",
        advertisement="广告",
    ),
    "en": Words(
        jump_to="Continued on page {page}",
        jump_from="Continued from page {page}",
        page="Page {page}",
        page_count="{count} pages",
        teasers="Inside",
        number="No. {number}",
        total="Whole No. {total}",
        date="{day} {month_name} {year}",
        lunar="{lunar}",
        overset="overset: {lines} lines",
        advertisement="Advertisement",
    ),
}
_MONTHS = (
    "January February March April May June July August September October November December"
).split()


def words(language: str) -> Words:
    """The words of a BCP 47 language; English where it is not known."""
    return WORDS.get(language.split("-")[0], WORDS["en"])


def chinese_number(number: int) -> str:
    """A page number in Chinese numerals, 1 to 99: 四, 十二, 二十."""
    tens, ones = divmod(number, 10)
    head = "" if tens == 0 else ("十" if tens == 1 else _CHINESE_DIGITS[tens] + "十")
    return head + (_CHINESE_DIGITS[ones] if ones or not tens else "")


def page_numeral(paper: Paper, page: int) -> str:
    """A page's number as the paper likes it: 4, 四 or A4."""
    numerals = paper.jumps.numerals
    if numerals == "arabic":
        return str(page)
    return chinese_number(page) if numerals == "chinese" else f"{numerals}{page}"


def jump_line(paper: Paper, page: int) -> str:
    """The line at the end of a part that goes on on `page`."""
    wording = paper.jumps.to or words(paper.language).jump_to
    return wording.replace("{page}", page_numeral(paper, page))


def from_line(paper: Paper, page: int) -> str:
    """The line at the head of a part that comes from `page`."""
    wording = paper.jumps.from_ or words(paper.language).jump_from
    return wording.replace("{page}", page_numeral(paper, page))


def long_date(language: str, year: int, month: int, day: int) -> str:
    """A date in words: 2026年12月1日; 1 December 2026."""
    return words(language).date.format(
        year=year, month=month, day=day, month_name=_MONTHS[month - 1]
    )
