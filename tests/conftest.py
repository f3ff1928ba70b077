"""What all tests share: fonts, layouts, an issue under construction, and a watch on logs.

The tiny layout is set in the square test font, and all its measures are whole points: an em is
10 pt, a row 20 pt, the type area three columns of 10 em and 32 rows from (18, 36) pt on.
"""

from __future__ import annotations

import datetime as dt
import json
import logging
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from producer.build import BuildOptions, build_issue
from producer.compose.galley import Composer
from producer.errors import Findings, Place
from producer.fonts.library import FontLibrary, open_library
from producer.layouts import Layout, load_layout
from producer.markdown import parse_body
from producer.model import Facts, Issue, IssueData, Paper, Story, StoryHead
from producer.progress import Progress
from producer.report import Report
from tests.fonts import square
from tests.issuefactory import DATE, PAPER, IssueFactory

ROOT = Path(__file__).parent.parent
# The outputs that are made of pages; the tiny layout has no templates for others.
PRINTED = "print,screen,proofs,plan"
WATCHED_LOGS = ("weasyprint", "fontTools")
# The square font has no ■.
TINY_PAPER = {**PAPER, "layout": "tiny", "byline_mark": "／", "pages": 2}

TINY_LAYOUT = """\
page: {width_mm: 127, height_mm: 254, left_mm: 6.35, top_mm: 12.7}
grid: {columns: 3, column_em: 10, gutter_em: 1, rows: 32, body_pt: 10, leading_pt: 20}
body: {regular: square, strong: square-bold, emphasis: square-kai, lead_in: square-bold,
       subhead: square-bold, byline: square-kai, subhead_pt: 10, subhead_rows: 2, mixed_gap_em: 0}
caption: {face: square, size_pt: 10, gap_pt: 0}
quote: {face: square, size_pt: 10, leading_pt: 20, padding_pt: 0, source_pt: 10}
table: {face: square, size_pt: 10, padding_em: 0}
continuation: continuation
package_rows: 2
heads:
  standard: {headline: {face: square, sizes: [10], line_height: 1}, padding_pt: 10, gap_pt: 0}
  lead:
    kicker: {face: square, sizes: [10], line_height: 1}
    headline: {face: square, sizes: [40, 30, 20], lines: 2, line_height: 1}
    deck: {face: square, sizes: [10], line_height: 1}
    padding_pt: 10
    gap_pt: 0
  essay: {byline: head, headline: {face: square, sizes: [20], line_height: 1}, padding_pt: 20}
  continuation: {headline: {face: square, sizes: [10], line_height: 1}, padding_pt: 10}
boxes: {line: {sides_em: 1, above_rows: 1, below_rows: 1}}
new_pages: {first: front, others: news}
masters:
  news:
    template: page.html
    frames:
      left: {rect: [1, 1, 1, 32]}
      right: {rect: [2, 1, 2, 32], columns: 1, style: essay, box: line}
  front:
    template: page.html
    reserved: [[1, 1, 3, 2]]
    banner: [1, 3, 3, 1]
    frames: {lead: {rect: [1, 4, 2, 20], style: lead}}
"""
TINY_TEMPLATES = {
    "issue.html": """\
<!DOCTYPE html><html lang="{{ paper.language }}"><head><meta charset="utf-8">
<title>{{ paper.name }}</title>
<meta name="dcterms.created" content="{{ issue.data.date }}">
<meta name="dcterms.modified" content="{{ issue.data.date }}">
<style>{{ font_css | safe }}</style><link rel="stylesheet" href="layout:tiny.css"></head><body>
{% for page in edition.pages %}{% include page.template %}{% endfor %}</body></html>
""",
    "page.html": """\
<section>{% for part in page.parts %}<article id="{{ part.anchor }}">
<header style="{{ part.head.box | place }}">{% for line in part.head.lines -%}
<h2 style="font-size:{{ line.size_pt }}pt">{{ line.text }}</h2>{% endfor -%}
{% if part.head.byline %}<p>{{ part.head.byline }}</p>{% endif -%}
{% if part.head.from_line %}<p>{{ part.head.from_line }}</p>{% endif %}</header>
{% for piece in pieces(part) %}<{{ piece.tag }} style="{{ piece.box | place }}">
<object data="{{ piece.url }}">{{ piece.text }}</object></{{ piece.tag }}>{% endfor %}
{% if part.jump_line %}<p style="{{ part.jump_line.box | place }}">{{ part.jump_line.text }}</p>
{% endif %}{% if part.overset_lines %}<p style="top: 0">{{
words.overset.format(lines=part.overset_lines) }}</p>{% endif %}</article>{% endfor %}</section>
""",
    "tiny.css": """\
@page { size: 360pt 720pt; margin: 0 }
* { margin: 0; font: 10pt/1 "Producer Square" }
section { position: relative; height: 720pt; break-after: page }
section:last-child { break-after: auto }
article > * { position: absolute; white-space: nowrap }
object { display: block; width: 100%; height: 100% }
""",
}


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--accept", action="store_true", help="rewrite the golden texts and pictures")


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "logs: the test expects the renderer to log a warning")


@pytest.fixture(autouse=True)
def no_logs(request: pytest.FixtureRequest) -> Iterator[list[str]]:
    """Fails a test in which WeasyPrint or fontTools warns of something unexpected."""
    told: list[str] = []
    handler = logging.Handler(logging.WARNING)
    handler.emit = lambda record: told.append(record.getMessage())  # type: ignore[method-assign]
    for name in WATCHED_LOGS:
        logging.getLogger(name).addHandler(handler)
    yield told
    for name in WATCHED_LOGS:
        logging.getLogger(name).removeHandler(handler)
    if not request.node.get_closest_marker("logs"):
        assert told == [], "unexpected log lines"


@pytest.fixture(scope="session")
def fonts() -> FontLibrary:
    """The faces that the paper is really set in."""
    return open_library(ROOT / "fonts" / "built")


@pytest.fixture(scope="session")
def tabloid() -> Layout:
    return load_layout("tabloid", ROOT / "layouts")


@pytest.fixture(scope="session")
def tiny_root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the tiny layout and the square font, as a build's home."""
    root = tmp_path_factory.mktemp("tiny")
    layout, built = root / "layouts" / "tiny", root / "fonts" / "built"
    layout.mkdir(parents=True)
    (root / "colour").symlink_to(ROOT / "colour")
    (layout / "layout.yaml").write_text(TINY_LAYOUT, "utf-8")
    for name, text in TINY_TEMPLATES.items():
        (layout / name).write_text(text, "utf-8")
    built.mkdir(parents=True)
    square.build(built / "square.ttf")
    faces = {
        "square": {"family": square.FAMILY, "weight": 400},
        "square-bold": {"family": square.FAMILY, "weight": 700},
        "square-kai": {"family": f"{square.FAMILY} Kai", "weight": 400},
    }
    manifest = {
        "origin": "test",
        "faces": {key: {"file": "square.ttf", **face} for key, face in faces.items()},
        "full": {},
    }
    (built / "manifest.json").write_text(json.dumps(manifest), "utf-8")
    return root


@pytest.fixture(scope="session")
def tiny(tiny_root: Path) -> Layout:
    return load_layout("tiny", tiny_root / "layouts")


@pytest.fixture(scope="session")
def squares(tiny_root: Path) -> FontLibrary:
    return open_library(tiny_root / "fonts" / "built")


@pytest.fixture
def factory(tmp_path: Path) -> IssueFactory:
    """An issue of a paper that has the tiny layout."""
    pages = {"pages": [], "stories": {}}
    return IssueFactory(tmp_path, paper=dict(TINY_PAPER), **pages)


Build = Callable[..., Report]


@pytest.fixture(scope="session")
def build(tiny_root: Path) -> Build:
    """Builds an issue's folder into `out` beside its `issues`; options as BuildOptions has."""

    def run(folder: Path, home: Path = tiny_root, only: str = PRINTED, **more: Any) -> Report:
        out, names = folder.parents[2] / "out", frozenset(only.split(","))
        options = BuildOptions(out=out, home=home, only=names, **more)
        return build_issue(folder, options, Progress())

    return run


def outputs(folder: Path) -> Path:
    """Where `build` puts the outputs of an issue's folder."""
    return folder.parents[2].joinpath("out", *folder.parts[-2:])


def make_story(body: str = "", id: str = "alpha", headline: str = "题", **head: Any) -> Story:
    """A story from Markdown and the keys of its head."""
    verse = head.get("kind") == "verse"
    place = Place(f"stories/{id}.md", 1)
    blocks = parse_body(body, place.file, Findings(), 4, verse)
    return Story(id=id, head=StoryHead(headline=headline, **head), body=blocks, place=place)


def make_issue(pages: list[Any], stories: list[Story], **paper: Any) -> Issue:
    """An issue in memory, as `load` would give it."""
    return Issue(
        id=f"sample/{DATE}",
        paper_id="sample",
        folder="",
        paper=Paper(**{**TINY_PAPER, **paper}),
        data=IssueData(date=dt.date.fromisoformat(DATE), number=1, total=1, pages=tuple(pages)),
        facts=Facts(weekday="星期二", lunar=None),
        stories={story.id: story for story in stories},
        pictures={},
    )


def make_composer(layout: Layout, fonts: FontLibrary, findings: Findings | None = None) -> Composer:
    """A composer of a layout's stories; what it finds goes to `findings`."""
    return Composer(fonts, layout, "zh-Hans-CN", findings or Findings())
