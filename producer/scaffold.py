"""The next issue's folder, with everything filled in that can be known before it is written."""

from __future__ import annotations

import datetime as dt
import json
import re
import tempfile
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from producer.errors import ExitCode, Findings, Place, Problem, ProducerError, problem
from producer.facts import facts, is_publication_day, next_publication_day
from producer.layouts import Layout, find_home, load_layout
from producer.load import file_name, load_paper
from producer.model import Paper
from producer.numbering import Numbers, issue_folders, previous_folder, read_numbers
from producer.textfile import read_text
from producer.yamlfile import read_yaml

SAMPLE_ID = "sample"

_HEAD = """\
# Facts that can be computed are checked; “producer check” tells what is not right yet.
date: {date}
number: {number}
total: {total}
{facts}page_count: {pages}

# Every page lists what stands on it: a “frame” of its master, or “rect: [column, row, columns,
# rows]” in grid cells, and one of
#   story: ID                where a story begins
#   continues: ID            where it goes on, on a later page
#   package: TITLE           with a list “place:” of its own
#   advertisement: FILE      a file in images/, with “alt:”
#   teasers: [{{story: ID}}]   lines that send readers inside
pages:
"""

_STORY = """\
---
headline: {headline}
# kicker: line above the headline
# deck: line below the headline
short: {short}
# lead_in: first words, set apart
# byline: who wrote it
# drop_capital: 2 or 3, rows of the first character
# kind: verse, if every line is one of a poem
# insets:
#   - id: bridge
#     picture: bridge.jpg
#     caption: what it is
#     credit: who made it
#     alt: what it shows, for those who cannot see it
---
{body}
"""
_SAMPLE_WORDS = {
    "zh": (
        "稿件主题",
        "短题",
        "正文第一段。段首不空格，段间空一行。\n\n## 小标题\n\n正文第二段。\n\n- 列表一项\n- 又一项",
    ),
    "en": (
        "Headline",
        "Short",
        "First paragraph.\n\n## Subhead\n\nSecond paragraph.\n\n- An item\n- Another",
    ),
}


@dataclass(frozen=True)
class _Page:
    """What a page of the issue before hands down: its section, master, and frames' names."""

    section: str
    master: str
    frames: tuple[str, ...] = ()


def parse_date(word: str, paper: Path, today: dt.date) -> dt.date:
    """The date of a new issue: a day, or `next` for the publication day after the last issue.

    Raises:
        ProducerError: if there is no such day, or the paper cannot be read.
    """
    if word == "next":
        folders = issue_folders(paper) if paper.is_dir() else []
        return next_publication_day(_paper(paper), folders[-1][0] if folders else today)
    try:
        if not re.fullmatch(r"\d{4}-\d\d-\d\d", word):
            raise ValueError(word)
        return dt.date.fromisoformat(word)
    except ValueError as error:
        raise ProducerError(problem("date.no-such-day", value=word), ExitCode.USAGE) from error


def new_issue(paper_folder: Path, day: dt.date) -> tuple[Path, list[Problem]]:
    """Make an issue's folder: issue.yaml, a sample story, `stories` and `images`.

    Args:
        paper_folder: The folder of paper.yaml.
        day: The issue's date.

    Returns:
        The folder, and warnings.

    Raises:
        ProducerError: if the folder exists or cannot be written, or the paper is wrong.
    """
    paper = _paper(paper_folder)
    folder = paper_folder / day.isoformat()
    if folder.exists():
        place = Place(file_name(folder.resolve()))
        raise ProducerError(problem("new.exists", place), ExitCode.OUTPUT)
    findings = Findings()
    right = facts(day, paper)
    if not is_publication_day(paper, day):
        place = Place(file_name(folder.resolve()))
        weekday = right.weekday
        findings.add("date.not-a-publication-day", place, "warning", date=day, weekday=weekday)
    previous = previous_folder(paper_folder, day)
    numbers = read_numbers(previous) if previous else None
    layout = load_layout(paper.layout, find_home(folder) / "layouts")
    issue = _issue_yaml(paper, day, numbers, _pages(paper, layout, previous))
    try:
        _write(folder, {"issue.yaml": issue, f"stories/{SAMPLE_ID}.md": _sample(paper)})
    except OSError as error:
        place = Place(file_name(folder.resolve()))
        reason = error.strerror or str(error)
        raise ProducerError(
            problem("new.unwritable", place, reason=reason), ExitCode.OUTPUT
        ) from error
    return folder, list(findings)


def _paper(folder: Path) -> Paper:
    findings = Findings()
    paper = load_paper(folder.resolve(), findings)
    findings.stop_on_errors()
    assert paper is not None  # else there were errors
    return paper


def _write(folder: Path, files: dict[str, str]) -> None:
    """Write beside, then rename: a half-made folder never bears an issue's name."""
    with tempfile.TemporaryDirectory(prefix=".new-", dir=folder.parent) as beside:
        made = Path(beside) / folder.name
        for sub in ("stories", "images"):
            (made / sub).mkdir(parents=True)
        for name, text in files.items():
            (made / name).write_text(text, "utf-8")
        made.rename(folder)


def _issue_yaml(paper: Paper, day: dt.date, previous: Numbers | None, pages: list[_Page]) -> str:
    number, total = previous.following(day) if previous else (1, 1)
    right = facts(day, paper)
    lunar = f"lunar: {right.lunar}\n" if right.lunar else ""
    stated = f"weekday: {right.weekday}\n{lunar}"
    head = _HEAD.format(date=day, number=number, total=total, facts=stated, pages=len(pages))
    return head + "".join(_page_yaml(page, at == 0) for at, page in enumerate(pages))


def _page_yaml(page: _Page, is_first: bool) -> str:
    """A page's lines; the first holds the sample story, the others wait to be filled."""
    frames = list(page.frames)
    sample = " []"
    if is_first:
        sample = f"\n      - {{frame: {_quoted(frames.pop(0))}, story: {SAMPLE_ID}}}"
    hints = "".join(f"      # - {{frame: {_quoted(name)}, story: }}\n" for name in frames)
    return (
        f"  - section: {_quoted(page.section)}\n"
        f"    master: {_quoted(page.master)}\n"
        f"    # banner: theme line\n"
        f"    # editors: []\n"
        f"    place:{sample}\n{hints}"
    )


def _quoted(text: str) -> str:
    """Text as YAML, in quotes only where it needs them."""
    is_plain = re.fullmatch(r"\w[\w -]*\w|\w", text) and not text.isdigit()
    return text if is_plain else json.dumps(text, ensure_ascii=False)


def _pages(paper: Paper, layout: Layout, previous: Path | None) -> list[_Page]:
    """The pages of the issue before, or as many plain ones as the paper has.

    The first has a frame for the sample story: a new issue's first is its master's first.
    """
    new = layout.new_pages
    pages = _previous_pages(previous, new.others) if previous else []
    if not pages:
        others = (_Page(str(number), new.others) for number in range(2, paper.pages + 1))
        pages = [_Page("1", new.first), *others]
    if not pages[0].frames:
        master = layout.masters.get(pages[0].master) or layout.masters[new.first]
        pages[0] = replace(pages[0], frames=tuple(master.frames)[:1])
    return pages


def _previous_pages(folder: Path, master: str) -> list[_Page]:
    """Pages of an issue, with a master for those that name none."""
    unheard = Findings()
    text = read_text(folder / "issue.yaml", "issue.yaml", unheard)
    source = read_yaml(text, "issue.yaml", unheard) if text is not None else None
    pages = source.data.get("pages") if source else None
    return [_handed_down(page, master) for page in pages or () if isinstance(page, dict)]


def _handed_down(page: dict[str, Any], master: str) -> _Page:
    items = page.get("place")
    named = [item for item in items or () if isinstance(item, dict) and "story" in item]
    frames = tuple(str(item["frame"]) for item in named if item.get("frame"))
    return _Page(str(page.get("section") or "-"), str(page.get("master") or master), frames)


def _sample(paper: Paper) -> str:
    words = _SAMPLE_WORDS.get(paper.language.split("-")[0], _SAMPLE_WORDS["en"])
    headline, short, body = words
    return _STORY.format(headline=headline, short=short, body=body)
