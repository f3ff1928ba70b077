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
    goes_on: str
    goes_back: str
    page_section: str
    contents: str
    page_list: str
    landmarks: str
    cover: str
    cover_alt: str
    thumbnail_alt: str
    title_page: str
    colophon: str
    begin: str
    page_stories: str
    neighbours: str
    previous_story: str
    next_story: str
    print_edition: str
    made_with_pages: str
    made_without_pages: str
    access_text: str
    access_pages: str
    access_images: str
    access_end: str
    quote_source: str


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
        goes_on="续至第{page}版",
        goes_back="续自第{page}版",
        page_section="第{page}版　{section}",
        contents="目录",
        page_list="版次",
        landmarks="要目",
        cover="封面",
        cover_alt="{title}：第{page}版版面",
        thumbnail_alt="第{page}版印刷版面缩略图",
        title_page="报头",
        colophon="版权与说明",
        begin="正文",
        page_stories="本版稿件",
        neighbours="前后稿件",
        previous_story="上一篇",
        next_story="下一篇",
        print_edition="{title}印刷版",
        made_with_pages="每篇稿件连排，不因转版中断；版次标记与印刷版的版号一致。",
        made_without_pages="每篇稿件连排；本书不含印刷版的版次标记。",
        access_text="文字可重排，可由读屏软件朗读，有目录与标题结构",
        access_pages="；有与印刷版对应的版次标记和版次列表",
        access_images="；图片均附文字说明",
        access_end="。",
        quote_source="——{source}",
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
        goes_on="Goes on on page {page}",
        goes_back="Begins on page {page}",
        page_section="Page {page}: {section}",
        contents="Contents",
        page_list="Pages",
        landmarks="Landmarks",
        cover="Cover",
        cover_alt="{title}: page {page} as printed",
        thumbnail_alt="Page {page} as printed, in small",
        title_page="Masthead",
        colophon="Colophon",
        begin="Beginning",
        page_stories="On this page",
        neighbours="Neighbouring stories",
        previous_story="Previous",
        next_story="Next",
        print_edition="{title}, print edition",
        made_with_pages="Every story is whole; markers stand where the printed pages change.",
        made_without_pages="Every story is whole; this book has no markers of print pages.",
        access_text="Text reflows and can be read aloud, with contents and headings",
        access_pages="; markers and a list of the print edition’s pages",
        access_images="; every picture has a description",
        access_end=".",
        quote_source="— {source}",
    ),
}
MONTHS = (
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
        year=year, month=month, day=day, month_name=MONTHS[month - 1]
    )
