"""The sample issue's stories as eight pages of plain text: heads become simple headings."""

from __future__ import annotations

import datetime as dt
import math
import sys
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import accumulate
from pathlib import Path

from producer.errors import Findings, ProducerError
from producer.facts import facts
from producer.fit.geometry import FrameGeometry, frame_geometry
from producer.fit.issue import fit_issue
from producer.fonts.library import FontLibrary, open_library
from producer.layouts import Layout, find_home, load_layout
from producer.load import load_paper
from producer.model import IssueFacts, Paper, Story, StoryPlacement
from producer.plan import Frame
from producer.stories import read_stories
from producer.textfile import read_text
from producer.wording import words as words_in
from producer.yamlfile import read_yaml
from tests.benchmarks.text_only import issue_of
from tests.benchmarks.words import Block, FaceFile, Run, TextPage, TypeSpec, Words

PAGES = 8
# The head style of a page's title: one line in the smallest face of heads.
TITLE_STYLE = "brief"
# Rows are estimated: so much of a page is taken where the pages are not told.
_FILLED = 0.9
# Other styles of characters are set as regular text.
_STYLES = {"strong": "strong", "emphasis": "emphasis"}


def gather(folder: Path, home: Path | None = None) -> Words:
    """The words of an issue; its pictures and its plan are not looked at.

    Args:
        folder: `issues/<paper>/<date>`.
        home: The folder that holds `layouts/` and `fonts/`; found as the build does if left out.

    Raises:
        ProducerError: when paper or stories cannot be read.
    """
    folder = folder.resolve()
    home = (home or find_home(folder)).resolve()
    findings = Findings()
    paper = load_paper(folder.parent, findings)
    text = read_text(folder / "issue.yaml", "issue.yaml", findings)
    source = read_yaml(text or "", "issue.yaml", findings)
    language = paper.language if paper else ""
    files = read_stories(folder / "stories", "stories", findings, language)
    findings.stop_on_errors()
    assert paper and source  # else there were errors
    own = {key: value for key, value in source.data.items() if key in IssueFacts.model_fields}
    date = IssueFacts.model_validate(own).date
    stories = [file.story for file in files.values() if file.story]
    words = words_of(stories, paper, date, home, pages=PAGES)
    needed = _needed_rows(words, load_layout(paper.layout, home / "layouts"))
    return replace(words, folder=str(folder), needed_rows=needed)


def words_of(
    stories: Iterable[Story],
    paper: Paper,
    date: dt.date,
    home: Path,
    columns: int | None = None,
    pages: int | None = None,
) -> Words:
    """Stories one after another on pages of text columns; as many pages as they need.

    Without `columns` they are the layout's basic ones. Folder and needed rows are left empty.
    """
    layout = load_layout(paper.layout, home / "layouts")
    master = next(name for name, master in layout.masters.items() if not master.reserved)
    type_spec = _type(layout, open_library(home / "fonts" / "built"), columns)
    blocks = [block for story in stories for block in _blocks(story)]
    return Words(
        language=paper.language,
        date=date.isoformat(),
        pages=tuple(_pages(blocks, type_spec, words_in(paper.language).page, pages)),
        type=type_spec,
        folder="",
        home=str(home),
        layout=layout.name,
        master=master,
        title_style=TITLE_STYLE,
        basic_columns=layout.grid.columns,
        needed_rows=0,
        paper=paper.model_dump(mode="json", by_alias=True),
        facts=facts(date, paper).model_dump(mode="json"),
    )


def _blocks(story: Story) -> Iterator[Block]:
    """A story's headline and body in the kinds and styles that all engines know."""
    yield Block("subhead", (Run(story.title, "regular"),))
    for at, block in enumerate(story.body):
        runs = tuple(Run(run.text, _STYLES.get(run.style, "regular")) for run in block.runs)
        if at == 0 and story.head.lead_in:
            runs = (Run(f"{story.head.lead_in}\u3000", "strong"), *runs)
        yield Block("subhead" if block.kind == "subhead" else "body", runs)


def _pages(
    blocks: list[Block], type_spec: TypeSpec, title: str, pages: int | None
) -> Iterator[TextPage]:
    """The blocks in pages of about the same number of rows."""
    ends = list(accumulate(_rows(block, type_spec) for block in blocks))
    room = type_spec.columns * (type_spec.rows - type_spec.title_rows)
    count = pages or math.ceil(ends[-1] / (_FILLED * room))
    share = ends[-1] / count
    for number in range(1, count + 1):
        own = (
            block
            for block, end in zip(blocks, ends, strict=True)
            if share * (number - 1) < end <= share * number + (number == count)
        )
        yield TextPage(title.format(page=number), tuple(own))


def _rows(block: Block, type_spec: TypeSpec) -> int:
    """About how many rows a block takes."""
    if block.kind == "subhead":
        return type_spec.subhead_rows
    lines = "".join(run.text for run in block.runs).split("\n")
    return sum(
        math.ceil((len(line) + type_spec.indent_em * (at == 0)) / type_spec.column_em)
        for at, line in enumerate(lines)
    )


def _needed_rows(words: Words, layout: Layout) -> int:
    """Rows down to the foot of the fullest page's longest column, its title included."""
    findings = Findings()
    fonts = open_library(Path(words.home) / "fonts" / "built")
    edition = fit_issue(issue_of(words), layout, fonts, findings)
    findings.stop_on_errors()
    lines = (
        (slice_.lines[-1], part.head.rows) for part in edition.parts() for slice_ in part.slices
    )
    return max(head + last.row + last.line.rows for last, head in lines)


def _type(layout: Layout, fonts: FontLibrary, columns: int | None) -> TypeSpec:
    grid, body, title = layout.grid, layout.body, layout.heads[TITLE_STYLE]
    geometry = _geometry(layout, columns or grid.columns)
    size = title.headline.sizes[0]
    height = size * title.headline.line_height + title.padding_pt

    def face(key: str, size_pt: float) -> FaceFile:
        found = fonts.face(key)
        return FaceFile(str(found.path.resolve()), found.family, found.weight, size_pt)

    return TypeSpec(
        width_mm=layout.page.width_mm,
        height_mm=layout.page.height_mm,
        left_mm=layout.page.left_mm,
        top_mm=layout.page.top_mm,
        columns=geometry.frame.columns,
        column_em=geometry.measure_em,
        gutter_em=geometry.gutter_em,
        rows=grid.rows,
        title_rows=math.ceil(height / grid.leading_pt),
        subhead_rows=body.subhead_rows,
        body_pt=grid.body_pt,
        leading_pt=grid.leading_pt,
        indent_em=body.indent_em,
        faces={
            "regular": face(body.regular, grid.body_pt),
            "strong": face(body.strong, grid.body_pt),
            "emphasis": face(body.emphasis, grid.body_pt),
            "subhead": face(body.subhead, body.subhead_pt),
            "title": face(title.headline.face, size),
        },
    )


def _geometry(layout: Layout, columns: int) -> FrameGeometry:
    """The type area as one frame of so many text columns."""
    area = layout.type_area
    item = StoryPlacement(story="words", rect=area)
    return frame_geometry(layout, Frame(item, 1, "", area, columns, TITLE_STYLE, None))


def main() -> None:
    """Write the words to a file; the command line: file, issue's folder, home if not found."""
    words, folder, *home = map(Path, sys.argv[1:])
    try:
        gather(folder, *home).save(words)
    except ProducerError as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()
