"""Checks of what the copy says about other pages: 详见第4版, and links."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from producer.checks.passages import Copy, Passage
from producer.checks.registry import Finding, check, finding
from producer.checks.signs import fold
from producer.model import Issue, StoryPlacement
from producer.wording import chinese_number

_NUMERAL = r"(?P<page>\d{1,2}|[一二三四五六七八九十]{1,3})"
# Books have editions (第4版) too: only words that send the reader on are meant.
_SENT = re.compile(
    r"(?:详见|参见|请见|请看|刊于|刊在|刊登在|见|[（(])(?:本报|本期)?(?:今日|今天)?(?:本报|本期)?"
    rf"第{_NUMERAL}版"
)
_LINKED = re.compile(rf"第?{_NUMERAL}版")
_TITLE = re.compile("《([^《》]+)》[^《》。；]{0,6}$")
_SOURCE = "报纸期刊质量管理规定 (2020), annex: errors of fact"


@dataclass(frozen=True)
class _Plan:
    """On which pages each story of the issue stands."""

    issue: Issue
    pages: dict[str, set[int]]

    def right(self, found: re.Match[str], text: str) -> set[int] | None:
        """The pages that the words could mean, or None if the page that they name is right."""
        page = number(found["page"])
        title = _TITLE.search(text[: found.start()])
        named = self._story_called(title[1]) if title else None
        right = self.pages.get(named, set()) if named else set(range(1, len(self.issue.pages) + 1))
        return None if page in right else right

    def linked(self, target: str) -> set[int]:
        """The pages that a link leads to; none if it leads nowhere."""
        kind, _, name = target.partition(":")
        if kind == "page":
            return {int(name)} if name.isdecimal() else set()
        return self.pages.get(name, set())

    def _story_called(self, title: str) -> str | None:
        plain = "".join(title.split())
        for story in self.issue.stories.values():
            if plain in ("".join(story.title.split()), "".join(story.short.split())):
                return story.id
        return None


@check(
    "fact.page",
    "What is said to stand on a page stands there",
    rationale="A reader who is sent to the wrong page does not find the story.",
    source=_SOURCE,
    level="error",
)
def wrong_page(copy: Copy) -> Iterator[Finding]:
    """Pages that the plan lacks, stories named 《…》 that stand elsewhere, links to other pages."""
    plan = _plan(copy.issue)
    for passage, text, found in _sent(copy):
        right = plan.right(found, text)
        if right is not None:
            yield finding(passage, *found.span(), right=_listed(right))
    for passage in copy.chinese:
        for start, end, target in passage.links:
            named = _LINKED.search(fold(passage.text), start, end)
            right = plan.linked(target)
            if named and right and number(named["page"]) not in right:
                yield finding(passage, *named.span(), right=_listed(right))


@check(
    "fact.own-page",
    "A story sends nobody to the page that it stands on",
    rationale="Either the number is wrong, or the words are left over from another plan.",
    source=_SOURCE,
    level="warning",
)
def own_page(copy: Copy) -> Iterator[Finding]:
    """Words that name the only page of their own story, and no story on it."""
    plan = _plan(copy.issue)
    for passage, text, found in _sent(copy):
        is_here = plan.pages.get(passage.story) == {number(found["page"])}
        if is_here and not _TITLE.search(text[: found.start()]):
            yield finding(passage, *found.span())


def _sent(copy: Copy) -> Iterator[tuple[Passage, str, re.Match[str]]]:
    """Every place that sends readers to a page in words, without a link."""
    for passage in copy.chinese:
        text = fold(passage.text)
        for found in _SENT.finditer(text) if passage.story else ():
            if passage.link_at(found.start("page")) is None:
                yield passage, text, found


def _plan(issue: Issue) -> _Plan:
    pages: dict[str, set[int]] = {}
    for page, placed in enumerate(issue.pages, 1):
        for one in placed.text_placements():
            name = one.story if isinstance(one, StoryPlacement) else one.continues
            pages.setdefault(name, set()).add(page)
    return _Plan(issue, pages)


def number(numeral: str) -> int:
    """A page's number from digits or characters; 0 if it is none."""
    if numeral.isdecimal():
        return int(numeral)
    return next((one for one in range(1, 100) if chinese_number(one) == numeral), 0)


def _listed(pages: set[int]) -> str:
    """Pages for a message: 2, 5 or 1–8."""
    if len(pages) > 2 and pages == set(range(1, len(pages) + 1)):
        return f"1–{len(pages)}"
    return ", ".join(map(str, sorted(pages))) or "-"
