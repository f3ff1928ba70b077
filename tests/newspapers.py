"""A real daily's stories of January 1998 as issue folders, for tests and measuring.

The texts are no part of the project and not always at hand; a folder is made where a test
wants it, and goes with the test.
"""

from __future__ import annotations

import datetime as dt
import functools
import gzip
import json
import random
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

from producer.checks.signs import fold
from tests.issuefactory import IssueFactory, picture_inset, png, story

DATA = Path(__file__).parents[2] / "shared" / "data" / "rmrb1998"
IS_HERE = DATA.is_dir()
EIGHT_PAGES, TWELVE_PAGES = "1998-01-10", "1998-01-23"

SECTIONS = "要闻 国内 国际 体育 理论 文艺 社会 副刊 经济 科教 周末 生活".split()
_WEEK = "monday tuesday wednesday thursday friday saturday sunday".split()
BRIEF = "简讯"
# The database's marks of pictures that it does not hold.
PICTURES = re.compile(r"（(?:附)?图片([0-9０-９]*)(?:张)?）")
# First characters of names, where several stand without a space.
_SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕"
_AUTHOR = re.compile(
    rf"[\u4e00-\u9fff·]{{2,4}}|[{_SURNAMES}][\u4e00-\u9fff]{{4,8}}|.*(?:记者|教授).*"
)
_ESCAPED = re.compile(r"([!-/:-@\[-`{-~])")
_LONGEST_TITLE, _LONGEST_DECK, _VERSE_LINE = 45, 48, 14
_LOWEST_RANK = 9
# Of a tabloid page's text, so much is left when heads and pictures have their room.
_TABLOID_CHARACTERS = 4000
_LONGEST_OF_POOL = 2200


@dataclass(frozen=True)
class Article:
    """A story of the corpus as an editor would have keyed it; `page` counts from 1."""

    id: str
    page: int
    headline: str
    deck: str | None
    byline: str | None
    body: tuple[str, ...]
    pictures: int
    is_verse: bool

    @property
    def text(self) -> str:
        """All its characters, in the order of head and body."""
        return "".join((self.headline, self.deck or "", self.byline or "", *self.body))

    @property
    def size(self) -> int:
        """Characters of the body."""
        return sum(map(len, self.body))


@functools.cache
def articles(date: str, folded: bool = True) -> tuple[Article, ...]:
    """A whole day's, page by page; `folded` has narrow digits and letters, as papers print now."""
    pages = json.loads((DATA / f"{date}.json").read_text("utf-8"))["pages"]
    return tuple(_article(raw, folded) for page in pages for raw in page["articles"])


@functools.cache
def pool(folded: bool = True) -> tuple[Article, ...]:
    """The stories of most other days."""
    with gzip.open(DATA / "articles_pool.jsonl.gz", "rt", encoding="utf-8") as lines:
        return tuple(_article(json.loads(line), folded) for line in lines)


def _article(raw: dict[str, Any], folded: bool) -> Article:
    set_as: Callable[[str], str] = fold if folded else str
    title, count = _without_pictures(raw["title"])
    extra = [_without_pictures(text) for text in raw["head_extra"]]
    body = [text.strip() for text in raw["body"] if text.strip()]
    count += sum(more for _, more in extra)
    if not body or len(title) > _LONGEST_TITLE:
        # News in brief, whose text the corpus takes for a title.
        title, body = BRIEF, [title, *body]
    is_verse = len(body) > 3 and median(map(len, body)) <= _VERSE_LINE
    byline, deck, more = _heads([text for text, _ in extra if text], is_verse)
    return Article(
        raw["id"],
        raw["page"],
        set_as(title),
        set_as(deck) if deck else None,
        byline,
        tuple(map(set_as, (*more, *body))),
        max(count, int(raw["kind"] == "photo")),
        is_verse,
    )


def _without_pictures(text: str) -> tuple[str, int]:
    """A head without its mark of pictures, and how many there are."""
    found = PICTURES.search(text)
    if not found:
        return text.strip(), 0
    left = PICTURES.sub("", text).strip()
    return left, int(fold(found[1]) or 1)


def _heads(extra: list[str], is_verse: bool) -> tuple[str | None, str | None, list[str]]:
    """Byline, deck and what belongs to the body of the short lines below a title."""
    byline = next((text for text in extra if _AUTHOR.fullmatch(text)), None)
    more = [text for text in extra if text != byline]
    has_deck = more and not is_verse and 4 < len(more[0]) <= _LONGEST_DECK
    return (byline, more[0], more[1:]) if has_deck else (byline, None, more)


def newspaper(
    root: Path,
    date: str = EIGHT_PAGES,
    layout: str = "broadsheet",
    pages: Sequence[int] = (),
    folded: bool = True,
) -> Path:
    """A real day's issue without a plan: every story's page, and its rank on it.

    Args:
        root: Where `issues/` is made.
        date: A day of the corpus.
        layout: Of the paper.
        pages: The day's pages that make the issue, or all.
        folded: Narrow digits and letters.
    """
    wanted = [each for each in articles(date, folded) if not pages or each.page in pages]
    numbers = sorted({each.page for each in wanted})
    by_page = [[each for each in wanted if each.page == number] for number in numbers]
    wishes = [
        {"story": each.id, "page": number, "rank": min(rank, _LOWEST_RANK)}
        for number, own in enumerate(by_page, 1)
        for rank, each in enumerate(own, 1)
    ]
    return _write(root, dt.date.fromisoformat(date), layout, len(numbers), wanted, wishes)


def tabloid(root: Path, seed: int, pages: int = 4, folded: bool = True) -> Path:
    """A random issue of the pool's stories: some have a page, some a section, some nothing.

    Args:
        root: Where `issues/` is made.
        seed: The same seed makes the same issue.
        pages: So many are filled, by the count of characters.
        folded: Narrow digits and letters.
    """
    chance = random.Random(seed)
    stories = [each for each in pool(folded) if each.size + len(each.headline) < _LONGEST_OF_POOL]
    chosen: list[Article] = []
    while sum(each.size for each in chosen) < pages * _TABLOID_CHARACTERS:
        candidate = chance.choice(stories)
        if candidate not in chosen:
            chosen.append(candidate)
    wishes = [_wish(each, at, pages, chance) for at, each in enumerate(chosen)]
    return _write(root, dt.date(1998, 2, seed % 28 + 1), "tabloid", pages, chosen, wishes)


def _wish(article: Article, at: int, pages: int, chance: random.Random) -> dict[str, Any]:
    """Longer stories rank higher, as they mostly do; the first ones make sure of every page."""
    rank = 1 if at < pages else min(5, 2 + int(article.size < 600) + int(article.size < 250))
    wish: dict[str, Any] = {"story": article.id, "rank": rank}
    draw = chance.random()
    if at < pages or draw < 0.6:
        return {**wish, "page": at % pages + 1}
    return {**wish, "section": SECTIONS[at % pages]} if draw < 0.9 else wish


def _write(
    root: Path,
    date: dt.date,
    layout: str,
    pages: int,
    stories: Iterable[Article],
    wishes: list[dict[str, Any]],
) -> Path:
    factory = IssueFactory(root, paper_id="daily", date=date.isoformat())
    factory.paper |= {"publishes": _WEEK, "layout": layout, "pages": pages}
    factory.head = {"number": date.timetuple().tm_yday, "total": 10_000, "wanted": wishes}
    factory.pages = [
        {"section": SECTIONS[at], "master": "news" if at else "front", "place": []}
        for at in range(pages)
    ]
    factory.stories = {each.id: _file(each) for each in stories}
    factory.images = {"grey.png": png(1200, 800)}
    return factory.write()


def _file(article: Article) -> str:
    """The story's file, with every sign of Markdown escaped."""
    head: dict[str, Any] = {"headline": article.headline, "byline": article.byline}
    head |= {"deck": article.deck, "kind": "verse" if article.is_verse else None}
    insets = [picture_inset(f"picture-{at + 1}", "grey.png") for at in range(article.pictures)]
    if insets:
        head["insets"] = insets
    between = "\n" if article.is_verse else "\n\n"
    body = between.join(_ESCAPED.sub(r"\\\1", text) for text in article.body)
    return story(f"{body}\n", **{key: value for key, value in head.items() if value})


def characters_of(head: Any, body: Iterable[Any]) -> str:
    """A loaded story's characters, as `Article.text` has them."""
    parts = (head.headline, head.deck or "", head.byline or "", *(block.text for block in body))
    return "".join("".join(parts).split())
