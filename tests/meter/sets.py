"""What is set to be measured: kept stories, a real paper's articles, English; and the PDFs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from pathlib import Path

from producer.errors import Findings, Place
from producer.model import Block, Paper, Run, Story, StoryHead
from producer.stories import read_stories
from tests.benchmarks import typst_columns
from tests.benchmarks.gather import words_of
from tests.benchmarks.measure import Measured, Stopwatch
from tests.benchmarks.text_only import build, issue_of
from tests.benchmarks.words import Words
from tests.newspapers import EIGHT_PAGES, Article, articles

ROOT = Path(__file__).parents[2]
STORIES = Path(__file__).parent / "stories"

CHINESE, ENGLISH = "zh-Hans-CN", "en-GB"
_DATE = dt.date(2026, 12, 1)


def kept_stories(language: str = CHINESE) -> list[Story]:
    """The invented stories of `stories/`, in the order of their names."""
    folder = STORIES / "chinese" if language == CHINESE else STORIES / "english"
    findings = Findings()
    files = read_stories(folder, folder.name, findings, "zh-Hans-CN")
    findings.stop_on_errors()
    return [file.story for file in files.values() if file.story]


def real_stories() -> list[Story]:
    """A real paper's stories, their digits and letters narrow as papers print them now."""
    return [_story(each) for each in articles(EIGHT_PAGES)]


def _story(article: Article) -> Story:
    body = tuple(Block(kind="body", runs=(Run(text=text),)) for text in article.body)
    head = StoryHead(headline=article.headline)
    return Story(id=article.id, head=head, body=body, place=Place(article.id))


def set_words(stories: Iterable[Story], columns: int, language: str = CHINESE) -> Words:
    """The stories on tabloid pages of so many columns: six of 12 em, five of 14, three of 25."""
    paper = Paper.model_validate(
        {
            "name": "样报",
            "language": language,
            "publisher": "样报社",
            "layout": "tabloid",
            "publishes": ["tuesday"],
        }
    )
    return words_of(stories, paper, _DATE, ROOT, columns)


def print_pdf(words: Words) -> bytes:
    """The print PDF, through the composer and the writer that issues go through."""
    return build(words, issue_of(words), Stopwatch(Measured()))


def typst_pdf(words: Words) -> bytes:
    """The same pages by Typst, whose paragraphs are hyphenated when they are justified."""
    return typst_columns.measure(words, Stopwatch(Measured()), 0)
