"""Issue folders made of a real daily's stories hold every character of them."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest

from producer.errors import Findings
from producer.stories import read_stories
from tests import newspapers
from tests.newspapers import BRIEF, EIGHT_PAGES, PICTURES, TWELVE_PAGES, Article, characters_of

pytestmark = pytest.mark.skipif(not newspapers.IS_HERE, reason="needs ../shared/data")


def assert_whole(folder: Path, articles: tuple[Article, ...]) -> None:
    """Every story of a folder reads back as the article it was made of."""
    findings = Findings()
    files = read_stories(folder / "stories", "stories", findings, "zh-Hans-CN")
    assert findings.of("error") == []
    by_id = {each.id: each for each in articles}
    for id, file in files.items():
        assert file.story
        assert characters_of(file.story.head, file.story.body) == by_id[id].text


def test_an_article_has_all_that_the_corpus_has() -> None:
    pages = json.loads((newspapers.DATA / f"{EIGHT_PAGES}.json").read_text("utf-8"))["pages"]
    raws = [raw for page in pages for raw in page["articles"]]
    for raw, article in zip(raws, newspapers.articles(EIGHT_PAGES, folded=False), strict=True):
        heads = (PICTURES.sub("", text) for text in (raw["title"], *raw["head_extra"]))
        added = BRIEF if article.headline == BRIEF else ""
        assert Counter(article.text) == Counter("".join((*heads, *raw["body"], added)))


@pytest.mark.parametrize("folded", [True, False])
@pytest.mark.parametrize(("date", "count"), [(EIGHT_PAGES, 79), (TWELVE_PAGES, 132)])
def test_a_days_issue_is_whole(tmp_path: Path, date: str, count: int, folded: bool) -> None:
    articles = newspapers.articles(date, folded)
    folder = newspapers.newspaper(tmp_path, date, "tabloid", folded=folded)
    assert len(list(folder.glob("stories/*.md"))) == len(articles) == count
    assert_whole(folder, articles)


def test_the_seed_makes_the_issue(tmp_path: Path) -> None:
    folders = [newspapers.tabloid(tmp_path / name, seed) for name, seed in (("a", 1), ("b", 1))]
    texts = [(folder / "issue.yaml").read_text("utf-8") for folder in folders]
    assert texts[0] == texts[1]
    assert_whole(folders[0], newspapers.pool())
