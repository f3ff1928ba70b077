"""An issue of the broadsheet: every edition of four pages, from masthead to imprint."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pikepdf
import pypdfium2 as pdfium
import pytest

from producer.errors import ExitCode, Findings
from producer.inspection import InspectOptions, inspect
from producer.layouts import MM_PER_PT, Layout, load_layout
from producer.load import load_issue
from producer.plan import plan_pages
from producer.preflight.read.document import Document
from producer.preflight.read.objects import Text
from producer.report import Report
from tests.broadsheetissue import write_broadsheet
from tests.conftest import ROOT, Build, outputs
from tests.issuefactory import IssueFactory, page, place_story

EVERY = "print,screen,archive,pages,spreads,plan,epub"
# Small readings, and the drawings of the sample, whose greys and lettering are small and mixed.
OF_THE_SAMPLE = {"text-small", "text-coloured", "text-black", "hairline"}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_broadsheet(tmp_path_factory.mktemp("broadsheet"))


@pytest.fixture(scope="module")
def report(folder: Path, build: Build) -> Report:
    return build(folder, home=folder.parents[2], only=EVERY, strict=True)


@pytest.fixture(scope="module")
def out(report: Report, folder: Path) -> Path:
    assert report.code == ExitCode.OK
    return outputs(folder)


@pytest.fixture(scope="module")
def layout() -> Layout:
    return load_layout("broadsheet", ROOT / "layouts")


@pytest.fixture(scope="module")
def texts(out: Path) -> list[str]:
    document = pdfium.PdfDocument(out / "print.pdf")
    found = ["".join(page.get_textpage().get_text_range().split()) for page in document]
    document.close()
    return found


def test_it_builds_without_a_warning(report: Report) -> None:
    assert report.code == ExitCode.OK
    assert [one.id for one in report.problems if one.level != "note"] == []
    figures = report.to_data("en")["figures"]
    assert isinstance(figures, dict)
    assert (figures["pages"], figures["jumps"], figures["overset_lines"]) == (4, 2, 0)


def test_the_grid_is_eight_columns_of_thirteen(layout: Layout) -> None:
    grid = layout.grid
    assert (grid.columns, grid.column_em, grid.rows) == (8, 13, 112)
    assert grid.width_em(8) == 111
    assert layout.width_mm(8) == pytest.approx(352.4, abs=0.1)
    assert grid.rows * grid.row_mm == pytest.approx(493.9, abs=0.1)


@pytest.mark.parametrize("name", ["print.pdf", "screen.pdf", "archive.pdf"])
def test_pages_are_broadsheets(out: Path, name: str) -> None:
    with pikepdf.open(out / name) as pdf:
        assert len(pdf.pages) == 4
        for page in pdf.pages:
            left, foot, right, top = (float(each) * MM_PER_PT for each in page.trimbox)
            assert (right - left, top - foot) == pytest.approx((390, 550), abs=0.05)


def test_spreads_are_twice_as_wide(out: Path) -> None:
    with pikepdf.open(next(out.rglob("*spreads*.pdf"))) as pdf:
        widths = [float(page.trimbox[2]) - float(page.trimbox[0]) for page in pdf.pages]
    assert max(widths) * MM_PER_PT == pytest.approx(780, abs=0.1)


def test_the_pages_are_full(folder: Path, layout: Layout) -> None:
    """Every row of every column belongs to a story, an advertisement, furniture or a rule's row."""
    issue, _ = load_issue(folder)
    findings = Findings()
    for planned in plan_pages(issue, layout, findings):
        rects = [frame.rect for frame in planned.frames]
        rects += [rect for _, rect in (*planned.advertisements, *planned.teasers)]
        rects += [rect for _, rect in planned.packages]
        rects += [*planned.master.reserved, *([planned.banner] if planned.banner else [])]
        for column in range(1, layout.grid.columns + 1):
            rows = {
                row
                for rect in rects
                if rect.column <= column <= rect.last_column
                for row in range(rect.row, rect.last_row + 1)
            }
            assert len(rows) >= layout.grid.rows - 6, (planned.number, column)
    assert list(findings) == []


def test_the_front_page_has_its_masthead(texts: list[str]) -> None:
    for said in (
        "样城时报",
        "YANGCHENGTIMES",
        "2026年12月1日",
        "星期二",
        "农历丙午年十月廿三",
        "第96期（总第2148期）",
        "今日4版",
        "国内统一连续出版物号CN00-0000",
        "看见样城",
        "说清小事",
        "走进冬天里的样城",
        "今日导读",
    ):
        assert said in texts[0], said


def test_the_name_is_the_largest_type_of_the_front_page(out: Path) -> None:
    """Regulations on newspapers want it so."""
    with Document(out / "print.pdf") as document:
        painted = [each for each in document.pages[0].content if isinstance(each, Text)]
    largest = max(each.size_pt for each in painted)
    others = [each.size_pt for each in painted if each.size_pt < largest]
    named = [each.box for each in painted if each.size_pt == largest]
    assert max(others) < largest / 2 + 1
    assert all(box.y < 80 for box in named)


@pytest.mark.parametrize("name", ["样报", "云川样城经济技术开发报", "The Yangcheng Morning Post"])
def test_every_name_stands_between_the_ears(tmp_path: Path, build: Build, name: str) -> None:
    factory = IssueFactory(tmp_path)
    factory.paper |= {"layout": "broadsheet", "name": name, "ears": ["看见样城", "说清小事"]}
    factory.pages = [page(place_story("alpha", rect=[1, 21, 2, 12], style="brief"), master="front")]
    folder = factory.write()
    build(folder, home=ROOT, only="print")
    with Document(outputs(folder) / "print.pdf") as document:
        painted = [each for each in document.pages[0].content if isinstance(each, Text)]
    largest = max(each.size_pt for each in painted)
    boxes = [each.box for each in painted if each.size_pt == largest]
    ear_mm = 62 * MM_PER_PT
    assert min(box.x for box in boxes) > 18.79 + ear_mm
    assert max(box.x + box.width for box in boxes) < 18.79 + 621 * MM_PER_PT - ear_mm


def test_stories_go_on_inside(texts: list[str]) -> None:
    assert texts[0].count("（下转第2版）") == 2
    assert texts[1].count("（上接第1版）") == 2


def test_inside_pages_have_folios(texts: list[str]) -> None:
    for number, section in ((2, "综合"), (3, "人物"), (4, "澄江")):
        assert texts[number - 1].startswith(f"{number}2026年12月1日星期二")
        assert section in texts[number - 1]


def test_the_imprint_stands_on_the_last_page(texts: list[str]) -> None:
    assert ["总编辑：沈望舒" in text for text in texts] == [False, False, False, True]


def test_advertisements_are_marked(texts: list[str]) -> None:
    assert texts[3].count("广告") >= 2


def test_the_book_has_every_story(out: Path, folder: Path) -> None:
    with zipfile.ZipFile(next(out.glob("*.epub"))) as book:
        names = [Path(name).stem for name in book.namelist() if name.endswith(".xhtml")]
    stories = [path.stem for path in (folder / "stories").glob("*.md")]
    assert [id for id in stories if not any(id in name for name in names)] == []


def test_preflight_finds_no_fault_of_the_layout(out: Path, folder: Path, tmp_path: Path) -> None:
    found = inspect(folder, InspectOptions(out=out.parents[1], report=tmp_path))
    failed = {
        result.check.id
        for file in found.files
        for result in file.results
        if result.state not in ("passed", "skipped")
    }
    assert failed <= OF_THE_SAMPLE
