"""From an issue's folder to its outputs; overset."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2 as pdfium
import pytest

from producer.edition import Part
from producer.errors import ExitCode, Findings, ProducerError
from producer.fit.issue import fit_issue
from producer.fonts.library import FontLibrary
from producer.layouts import Layout
from producer.report import Report
from tests.conftest import ROOT, Build, make_issue, make_story, outputs
from tests.issuefactory import IssueFactory, page, place_rest, place_story, png, story

LONG = "样城新闻今天天晴人们出门看报纸" * 40
SHORT = "天地玄黄宇宙洪荒日月盈昃" * 9


def texts(pdf: Path) -> list[str]:
    """Each page's characters without white space."""
    document = pdfium.PdfDocument(pdf)
    return ["".join(one.get_textpage().get_text_bounded().split()) for one in document]


def files(folder: Path) -> dict[str, bytes]:
    """Every file below a folder and what it holds."""
    found = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


# ---------------------------------------------------------------- two pages of the tabloid


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory, build: Build) -> Report:
    factory = IssueFactory(tmp_path_factory.mktemp("issue"))
    factory.paper["pages"] = 2
    markup = "<script>alert(1)</script>&amp;<img src=x>"
    insets = [{"id": "one", "picture": "a.png", "alt": "<b>", "caption": "<em>图</em>&lt;"}]
    factory.images["a.png"] = png(30, 20)
    picture = {"inset": "one", "row": 1, "rows": 6}
    factory.stories = {
        "council": story(
            f"{LONG}{markup}", headline="会议召开", short="会议", byline="某<b>某</b>"
        ),
        "bridge": story("桥通了。", headline="<i>桥</i>通了", kicker="<u>引题</u>", insets=insets),
    }
    factory.pages = [
        page(
            place_story("council", rect=[1, 15, 2, 20], style="lead"),
            {"teasers": [{"story": "bridge"}], "rect": [5, 15, 2, 20]},
            master="front",
        ),
        page(
            place_rest("council", rect=[1, 1, 3, 18]),
            place_story("bridge", rect=[4, 1, 3, 18], insets=[picture]),
            section="民生",
        ),
    ]
    return build(factory.write(), home=ROOT)


@pytest.fixture(scope="module")
def out(report: Report) -> Path:
    return report.outputs[0].parent


def test_the_outputs_are_there(report: Report, out: Path) -> None:
    assert report.code == ExitCode.OK
    names = ["pages/page-1.png", "pages/page-2.png", "plan.json", "print.pdf"]
    assert sorted(files(out)) == [*names, "report.json", "screen.pdf"]
    assert sorted(report.outputs) == sorted(out / name for name in files(out))


def test_the_report_is_a_file_too(report: Report, out: Path) -> None:
    told = json.loads((out / "report.json").read_text("utf-8"))
    assert (told["issue"], told["code"], told["outcome"]) == ("sample/2026-12-01", 0, "ok")
    names = [path.relative_to(out).as_posix() for path in report.outputs]
    assert told.pop("outputs") == [name for name in names if name != "report.json"]
    assert told == {key: json.loads(report.to_json())[key] for key in told}
    figures = told["figures"]
    assert (figures["pages"], figures["stories"], figures["jumps"]) == (2, 2, 1)
    assert figures["overset_lines"] == 0


@pytest.mark.parametrize("name", ["print.pdf", "screen.pdf"])
def test_the_jump_is_told_on_both_pages(out: Path, name: str) -> None:
    first, second = texts(out / name)
    assert "（下转第2版）" in first
    assert "（上接第1版）" in second
    assert "上接" not in first
    assert "下转" not in second


def test_markup_in_stories_is_text(out: Path) -> None:
    whole = "".join(texts(out / "print.pdf"))
    assert "<script>alert(1)</script>&amp;<imgsrc=x>" in whole
    for text in ("某<b>某</b>", "<i>桥</i>通了", "<u>引题</u>", "<em>图</em>&lt;"):
        assert text in whole


def test_links_lead_both_ways_in_the_screen_edition_only(out: Path) -> None:
    with pikepdf.open(out / "screen.pdf") as pdf:
        pages = [one.obj for one in pdf.pages]
        names = pdf.Root.Names.Dests.Names
        targets = {str(names[at]): pages.index(names[at + 1][0]) + 1 for at in (0, 2, 4)}
        links = [
            [(str(link.Dest), targets[str(link.Dest)]) for link in one.get("/Annots", [])]
            for one in pages
        ]
    assert links == [[("council-2", 2), ("bridge-1", 2)], [("council-1", 1)]]
    with pikepdf.open(out / "print.pdf") as pdf:
        assert not any("/Annots" in one.obj for one in pdf.pages)


def test_the_outline_is_issue_page_story(out: Path) -> None:
    def walk(items: Any) -> Any:
        return {item.title: walk(item.children) for item in items}

    with pikepdf.open(out / "screen.pdf") as pdf, pdf.open_outline() as outline:
        assert walk(outline.root) == {
            "样报 2026年12月1日": {
                "第1版 要闻": {"会议召开": {}},
                "第2版 民生": {"会议召开 （上接第1版）": {}, "<i>桥</i>通了": {}},
            }
        }


@pytest.mark.parametrize("name", ["print.pdf", "screen.pdf"])
def test_document_facts(out: Path, name: str) -> None:
    with pikepdf.open(out / name) as pdf:
        facts = {key: str(pdf.docinfo[f"/{key}"]) for key in ("Title", "Author")}
        assert facts == {"Title": "样报 2026年12月1日", "Author": "样报社"}
        dates = {str(pdf.docinfo[key])[:10] for key in ("/CreationDate", "/ModDate")}
        assert dates == {"D:20261201"}
        assert str(pdf.Root.Lang) == "zh-Hans-CN"
        sizes = [[float(side) / 72 * 25.4 for side in one.mediabox[2:]] for one in pdf.pages]
    assert sizes == [[pytest.approx(270, abs=0.01), pytest.approx(390, abs=0.01)]] * 2


# ---------------------------------------------------------------- a tiny issue


@pytest.fixture
def folder(factory: IssueFactory) -> Path:
    """A tiny issue of two pages and a jump."""
    factory.stories = {
        "alpha": story(LONG[:300], headline="题"),
        "beta": story(SHORT, headline="乙"),
    }
    factory.pages = [
        page(place_story("alpha", rect=[1, 1, 1, 12]), place_story("beta", rect=[2, 1, 2, 8])),
        page(place_rest("alpha", rect=[1, 1, 3, 9])),
    ]
    return factory.write()


def fitted(tiny: Layout, squares: FontLibrary, characters: int) -> tuple[Part, Findings]:
    """A text of so many characters in two columns of 7 rows, which hold 138 after the indent.

    One character more takes another along: no last line is of one character.
    """
    pages = [page(place_story("alpha", rect=[1, 1, 2, 8]))]
    issue, findings = make_issue(pages, [make_story(LONG[:characters])]), Findings()
    (part,) = fit_issue(issue, tiny, squares, findings).parts()
    return part, findings


@pytest.mark.parametrize(("characters", "lines", "left"), [(150, 2, 12), (139, 1, 2), (138, 0, 0)])
def test_overset_is_counted(
    tiny: Layout, squares: FontLibrary, characters: int, lines: int, left: int
) -> None:
    part, findings = fitted(tiny, squares, characters)
    assert (part.overset_lines, part.overset_characters) == (lines, left)
    told = [found.values for found in findings if found.id == "fit.overset"]
    assert told == ([{"page": 1, "story": "题", "lines": lines, "chars": left}] if lines else [])


@pytest.mark.parametrize(("characters", "told"), [(138, []), (128, []), (118, [2])])
def test_underset_beyond_a_row_is_a_warning(
    tiny: Layout, squares: FontLibrary, characters: int, told: list[int]
) -> None:
    """An empty row in the last column is what an odd number of lines leaves."""
    _, findings = fitted(tiny, squares, characters)
    assert [found.values["rows"] for found in findings if found.id == "fit.underset"] == told
    assert {found.level for found in findings} <= {"warning"}


def overset(folder: Path) -> None:
    """Make `beta` two lines too long for its frame: 20 characters, 2 of them on the last."""
    path = folder / "stories" / "beta.md"
    path.write_text(path.read_text("utf-8").replace(SHORT, (SHORT * 2)[:150]), "utf-8")


def test_overset_fails_with_its_count(folder: Path, build: Build) -> None:
    overset(folder)
    with pytest.raises(ProducerError) as raised:
        build(folder)
    assert raised.value.code == ExitCode.OVERSET
    (told,) = [found for found in raised.value.problems if found.level == "error"]
    assert (told.id, told.values) == (
        "fit.overset",
        {"page": 1, "story": "乙", "lines": 2, "chars": 12},
    )
    assert not outputs(folder).exists()


def test_overset_that_is_allowed_is_printed_and_marked(folder: Path, build: Build) -> None:
    overset(folder)
    report = build(folder, allow_overset=True)
    assert report.code == ExitCode.OK
    assert ("fit.overset", "warning") in [(found.id, found.level) for found in report.problems]
    assert report.figures["overset_lines"] == 2
    first, second = texts(outputs(folder) / "print.pdf")
    assert "溢出2行" in first
    assert (SHORT * 2)[:138] in first
    assert "溢出" not in second


@pytest.mark.parametrize(
    ("only", "names"),
    [
        ("print", {"print.pdf"}),
        ("screen", {"screen.pdf"}),
        ("plan", {"plan.json"}),
        ("proofs", {"pages/page-1.png", "pages/page-2.png"}),
        ("print,plan", {"print.pdf", "plan.json"}),
        ("pages", {"pages/page-1.pdf", "pages/page-2.pdf"}),
        ("spreads", {"spreads.pdf"}),
    ],
)
def test_only_some_outputs(folder: Path, build: Build, only: str, names: set[str]) -> None:
    build(folder, only=only)
    assert set(files(outputs(folder))) == {*names, "report.json"}


def test_proofs_of_pages_that_are_gone_are_removed(factory: IssueFactory, build: Build) -> None:
    factory.stories = {"alpha": story("短。"), "beta": story("短。")}
    factory.pages = [page(place_story(id, rect=[1, 1, 1, 4])) for id in factory.stories]
    folder = factory.write()
    build(folder)
    (outputs(folder) / "pages" / "notes.png").write_bytes(b"an editor's own")
    (folder / "issue.yaml").unlink()
    pages = [place_story("alpha", rect=[1, 1, 1, 4]), place_story("beta", rect=[2, 1, 1, 4])]
    factory.pages = [page(*pages)]
    build(factory.write())
    left = sorted(path.name for path in (outputs(folder) / "pages").iterdir())
    assert left == ["notes.png", "page-1.png"]
