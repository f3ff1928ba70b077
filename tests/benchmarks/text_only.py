"""The producer on the words alone: one story a page, without pictures, print PDF only."""

from __future__ import annotations

from pathlib import Path

from producer.compose.galley import Composer
from producer.errors import Findings, Place
from producer.fit.issue import fit_issue
from producer.fonts.library import open_library
from producer.layouts import load_layout
from producer.model import (
    Block,
    Facts,
    Issue,
    IssueData,
    Page,
    Paper,
    Rect,
    Run,
    Story,
    StoryHead,
    StoryPlacement,
)
from producer.pdf.write import write_pdf
from producer.render import render_issue
from tests.benchmarks.measure import COMPOSING, Stopwatch
from tests.benchmarks.words import TextPage, Words

# How often the words are composed without pages, to measure that alone.
_COMPOSED = 5


def measure(words: Words, watch: Stopwatch, runs: int) -> bytes:
    """The last PDF; layout and fonts are opened in the cold run only."""
    issue = issue_of(words)
    pdf = watch.repeat(lambda _run: build(words, issue, watch), runs)
    for _ in range(_COMPOSED):
        with watch.lap(COMPOSING):
            compose(words, issue)
    return pdf


def compose(words: Words, issue: Issue) -> None:
    """Set every story once, anew, to the columns' measure."""
    layout = load_layout(words.layout, Path(words.home) / "layouts")
    fonts = open_library(Path(words.home) / "fonts" / "built")
    composer = Composer(fonts, layout, issue.paper.language, Findings())
    for story in issue.stories.values():
        composer.galley(story, words.type.column_em)


def build(words: Words, issue: Issue, watch: Stopwatch) -> bytes:
    """Issue to print PDF, step by step.

    Raises:
        ProducerError: when the words do not fit their pages.
    """
    findings = Findings()
    layout = load_layout(words.layout, Path(words.home) / "layouts")
    fonts = open_library(Path(words.home) / "fonts" / "built")
    with watch.lap("compose + fit"):
        edition = fit_issue(issue, layout, fonts, findings)
    findings.stop_on_errors()
    with watch.lap("HTML"):
        rendered = render_issue(edition, layout, fonts, screen=False)
    with watch.lap("PDF"):
        return write_pdf(rendered, edition, layout, fonts, findings, tagged=False, pictures={})


def issue_of(words: Words) -> Issue:
    """The words as an issue whose every page is one story in one frame."""
    numbered = [(f"page-{number}", page) for number, page in enumerate(words.pages, 1)]
    spec = words.type
    rect = Rect(column=1, row=1, columns=words.basic_columns, rows=spec.rows)
    pages = tuple(
        Page(
            section=page.title,
            master=words.master,
            place=(
                StoryPlacement(story=id, rect=rect, style=words.title_style, columns=spec.columns),
            ),
        )
        for id, page in numbered
    )
    return Issue(
        id=f"benchmark/{words.date}",
        paper_id="benchmark",
        folder=words.home,
        paper=Paper.model_validate(words.paper),
        data=IssueData.model_validate(
            {"date": words.date, "number": 1, "total": 1, "pages": pages}
        ),
        facts=Facts.model_validate(words.facts),
        stories={id: _story(id, page) for id, page in numbered},
        pictures={},
    )


def _story(id: str, page: TextPage) -> Story:
    blocks = tuple(
        Block.model_validate(
            {"kind": block.kind, "runs": [Run(text=r.text, style=r.style) for r in block.runs]}
        )
        for block in page.blocks
    )
    return Story(id=id, head=StoryHead(headline=page.title), body=blocks, place=Place(id))
