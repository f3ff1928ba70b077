"""Preflight as it is used: an issue's files, waivers, reports, e-books, exit codes."""

from __future__ import annotations

import json
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from click.testing import CliRunner, Result

from producer.cli import main
from producer.errors import ExitCode, ProducerError
from producer.inspection import Inspection, InspectOptions, inspect
from producer.layouts import Layout
from producer.load import load_issue
from producer.preflight.reference import Reference
from producer.preflight.run import Checked, outcome, preflight
from tests.conftest import Build, outputs
from tests.issuefactory import IssueFactory, page, place_rest, place_story, story
from tests.presspdf import PressFile, at, picture

# What the tiny layout lacks: it knows no press, no folios, no tags.
LACKING = (
    "output-intent pdfx-version colour-space text-overprint page-boxes page-count font-subset "
    "folio-date transparency tagged language title-shown"
).split()
ALPHA = "样城新闻今天天晴人们出门看报纸" * 20


def run(*arguments: object) -> Result:
    locale = {"LC_ALL": "", "LC_MESSAGES": "", "LANG": "C.UTF-8", "VERAPDF_CLASSPATH": ""}
    return CliRunner().invoke(main, [str(argument) for argument in arguments], env=locale)


# ---------------------------------------------------------------- an issue's files


@pytest.fixture
def issue(factory: IssueFactory, tiny_root: Path, tmp_path: Path) -> IssueFactory:
    """A tiny issue with a jump; layout and fonts lie where a preflight looks for them."""
    for name in ("layouts", "fonts", "colour"):
        (tmp_path / name).symlink_to(tiny_root / name)
    factory.stories = {"alpha": story(ALPHA, headline="题")}
    factory.pages = [
        page(place_story("alpha", rect=[1, 1, 1, 12])),
        page(place_rest("alpha", rect=[1, 1, 3, 12])),
    ]
    return factory


def inspected(folder: Path, **options: object) -> Inspection:
    given = {"out": outputs(folder).parents[1], "profile": "print", **options}
    return inspect(folder, InspectOptions(**given))  # type: ignore[arg-type]


def states(checked: Checked) -> dict[str, str]:
    return {result.check.id: result.state for result in checked.results}


def test_an_issues_stories_and_jumps_are_compared(issue: IssueFactory, build: Build) -> None:
    folder = issue.write()
    build(folder)
    (checked,) = inspected(folder).files
    found = states(checked)
    assert (found["stories"], found["jumps"], found["page-size"]) == ("passed",) * 3
    other = story(ALPHA.replace("天晴", "下雨", 1), headline="题")
    (folder / "stories" / "alpha.md").write_text(other, "utf-8")
    (checked,) = inspected(folder).files
    assert states(checked)["stories"] == "failed"


def test_all_files_with_a_profile_are_checked(issue: IssueFactory, build: Build) -> None:
    folder = issue.write()
    build(folder)
    names = [checked.path.name for checked in inspected(folder, profile="").files]
    assert names == ["print.pdf", "screen.pdf"]


def test_an_issue_that_was_not_built(issue: IssueFactory) -> None:
    with pytest.raises(ProducerError) as raised:
        inspected(issue.write())
    assert [found.id for found in raised.value.problems] == ["preflight.no-files"]


def test_a_file_of_other_pages_than_the_issue(issue: IssueFactory, build: Build) -> None:
    folder = issue.write()
    build(folder)
    (folder / "issue.yaml").unlink()
    issue.stories["beta"] = story("正文。")
    issue.pages.append(page(place_story("beta", rect=[1, 1, 1, 9])))
    (checked,) = inspected(issue.write()).files
    (found,) = [each for each in checked.results if each.check.id == "page-count"]
    assert found.findings[0].problem.values == {"found": 2, "wanted": 3}


# ---------------------------------------------------------------- what the paper states


def given(checked: Checked, check: str) -> dict[str, object]:
    (result,) = [result for result in checked.results if result.check.id == check]
    return dict(result.given)


def test_the_papers_press_is_what_is_checked(issue: IssueFactory, build: Build) -> None:
    issue.paper["press"] = {"ink_limit": 220, "spots": "convert", "profile": "ifra-26v4"}
    folder = issue.write()
    build(folder)
    (checked,) = inspected(folder).files
    assert given(checked, "ink-total")["limit"] == given(checked, "ink-plates")["limit"] == 220
    assert given(checked, "spot-colours") == {"allowed": False}
    assert given(checked, "output-intent")["condition"] == "IFRA26"
    assert states(checked)["output-intent"] == "passed"
    assert given(checked, "page-size")["trim_mm"] == [127, 254]
    # The tiny layout states no bleed: the profile's own is what a thing at the trim lacks.
    assert given(checked, "bleed") == {"bleed_mm": 3}
    assert given(checked, "page-boxes") == {"bleed_mm": 3, "required": False}


def test_a_file_for_another_press_than_the_papers(issue: IssueFactory, build: Build) -> None:
    issue.paper["press"] = {"profile": "ifra-26v4"}
    folder = issue.write()
    build(folder)
    (folder.parent / "paper.yaml").unlink()
    issue.paper["press"] = {"profile": "wan-ifra-26v5"}
    (checked,) = inspected(issue.write()).files
    (result,) = [each for each in checked.results if each.check.id == "output-intent"]
    (found,) = result.findings
    assert found.problem.id == "preflight.condition"
    assert str(found.problem.values["found"]).startswith("IFRA26 (")


def test_a_finished_file_is_held_against_its_issue(issue: IssueFactory, build: Build) -> None:
    issue.paper["press"] = {"ink_limit": 200}
    folder = issue.write()
    build(folder)
    (checked,) = inspect(outputs(folder) / "print.pdf", InspectOptions()).files
    assert given(checked, "ink-plates")["limit"] == 200
    assert states(checked)["stories"] == "passed"
    # A file of another name is no edition of the issue.
    copy = outputs(folder) / "other.pdf"
    copy.write_bytes((outputs(folder) / "print.pdf").read_bytes())
    (checked,) = inspect(copy, InspectOptions(profile="print")).files
    assert given(checked, "ink-plates")["limit"] == 240


def test_bleed_that_the_layout_asks_for(issue: IssueFactory, build: Build, tiny: Layout) -> None:
    folder = issue.write()
    build(folder)
    page = tiny.page.model_copy(update={"bleed_mm": 2.5})
    reference = Reference(load_issue(folder)[0], None, page)
    checked = preflight(outputs(folder) / "print.pdf", "print", reference)
    (result,) = [each for each in checked.results if each.check.id == "page-boxes"]
    assert result.given == {"bleed_mm": 2.5, "required": True}
    assert {found.problem.id for found in result.findings} == {"preflight.bleed-box-small"}


def test_a_spot_that_the_paper_does_not_keep(issue: IssueFactory, build: Build) -> None:
    issue.paper["press"] = {"spots": "convert"}
    folder = issue.write()
    build(folder)
    path = outputs(folder) / "print.pdf"
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        inks = pikepdf.Dictionary(FunctionType=2, Domain=[0, 1], C0=[0] * 4, C1=[0, 1, 1, 0], N=1)
        space = [pikepdf.Name.Separation, pikepdf.Name.Gold, pikepdf.Name.DeviceCMYK, inks]
        pdf.pages[0].obj.Resources.ColorSpace = pikepdf.Dictionary(S=pikepdf.Array(space))
        pdf.pages[0].contents_add(b"/S cs 1 scn 100 100 20 20 re f")
        pdf.save()
    (checked,) = inspected(folder).files
    (result,) = [each for each in checked.results if each.check.id == "spot-colours"]
    (found,) = result.findings
    assert (found.page, found.problem.values) == (1, {"name": "Gold"})


# ---------------------------------------------------------------- waivers


def test_waived_findings_pass_and_are_told(issue: IssueFactory, build: Build) -> None:
    issue.paper["waive"] = dict.fromkeys(LACKING, "样张")
    folder = issue.write()
    build(folder)
    found = inspected(folder)
    (checked,) = found.files
    assert not {"failed", "warned"} & set(states(checked).values())
    assert "waived" in states(checked).values()
    # Checks of readers' files did not run: whether their waivers are needed is not known.
    assert {each.id for each in found.others} <= {"preflight.waiver-unused"}
    assert "tagged" not in {each.values["check"] for each in found.others}


def test_waivers_that_are_not_needed_or_unknown(issue: IssueFactory, build: Build) -> None:
    issue.paper["waive"] = {"font-type3": "旧字体", "colour": "写错了"}
    folder = issue.write()
    build(folder)
    found = {each.id: each.values["check"] for each in inspected(folder).others}
    assert found == {
        "preflight.waiver-unused": "font-type3",
        "preflight.waiver-unknown": "colour",
    }


def test_a_waiver_needs_a_reason(issue: IssueFactory) -> None:
    issue.paper["waive"] = {"hairline": ""}
    with pytest.raises(ProducerError):
        inspected(issue.write())


# ---------------------------------------------------------------- the command and its reports


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A press file whose first page has an RGB rule, 12 mm from the left and 75 from the top."""
    pdf = PressFile(tmp_path).make()
    rule = f"0.2 0.2 0.8 RG 1 w {at(12, 75)} m {at(62, 75)} l S"
    pdf.pages[0].contents_add(pdf.make_stream(rule.encode()))
    path = tmp_path / "print.pdf"
    pdf.save(path)
    return path


def test_the_table_and_the_exit_code(file: Path) -> None:
    done = run("preflight", file)
    assert done.exit_code == ExitCode.PREFLIGHT
    lines = [line.split() for line in done.stdout.splitlines()]
    assert ["failed", "colour-space", "Colour", "spaces"] in lines
    assert ["passed", "hairline", "Thinnest", "rule"] in lines
    assert ["skipped", "stories", "Every", "story", "once"] in lines
    assert "print.pdf  page 1  x 12.0 y 75.0 mm" in done.stderr


def test_the_report_as_data(file: Path, tmp_path: Path) -> None:
    done = run("preflight", file, "--json", "--report", tmp_path / "here")
    data = json.loads(done.stdout)
    assert data == json.loads((tmp_path / "here" / "report.json").read_text("utf-8"))
    (colour,) = [each for each in data["files"][0]["checks"] if each["id"] == "colour-space"]
    assert colour["state"] == "failed"
    (found,) = colour["findings"]
    assert (found["id"], found["page"]) == ("preflight.colour-shape", 1)
    x, y, width, _ = found["boxes_mm"][0]
    assert (round(x, 1), round(y, 1), round(width, 1)) == (12.0, 75.0, 50.0)


def test_the_page_of_results_stands_alone(file: Path) -> None:
    run("preflight", file, "--language", "zh")
    text = (file.parent / "preflight" / "preflight.html").read_text("utf-8")
    assert text.count('class="sheet"><img src="data:image/jpeg;base64,') == 2
    assert "http" not in text
    assert "颜色空间" in text
    assert '<html lang="zh-Hans">' in text
    # The rule stands 3 + 12 mm from the edge of a sheet of 106 mm, and is 50 mm long.
    mark = re.search(r'class="mark failed" style="left:([\d.]+)%;top:[\d.]+%;width:([\d.]+)%', text)
    assert mark
    assert [float(each) for each in mark.groups()] == pytest.approx(
        [100 * 15 / 106, 100 * 50 / 106], abs=0.01
    )


def test_same_file_same_reports(file: Path, tmp_path: Path) -> None:
    for name in ("one", "two"):
        run("preflight", file, "--report", tmp_path / name)
    for name in ("report.json", "preflight.html"):
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()


def test_warnings_fail_only_when_strict(tmp_path: Path) -> None:
    pdf = PressFile(tmp_path).make()
    pdf.pages[0].obj.Resources.XObject.I = pdf.make_indirect(picture(pdf, 500))
    pdf.save(tmp_path / "print.pdf")
    checked = preflight(tmp_path / "print.pdf", "print")
    results = tuple(each for each in checked.results if each.check.id != "page-count")
    files = [Checked(checked.path, checked.profile, results)]
    assert states(files[0])["picture-fine"] == "warned"
    assert outcome(files, [], strict=False) == ExitCode.OK
    assert outcome(files, [], strict=True) == ExitCode.WARNINGS


@pytest.mark.parametrize(
    ("name", "data", "options", "code"),
    [
        ("page-1.pdf", b"%PDF-1.7", [], ExitCode.USAGE),
        ("print.pdf", b"no PDF at all", [], ExitCode.BAD_DATA),
        ("book.epub", b"no archive", [], ExitCode.BAD_DATA),
        ("book.epub", b"", ["--profile", "print"], ExitCode.USAGE),
    ],
)
def test_files_that_cannot_be_checked(
    name: str, data: bytes, options: list[str], code: ExitCode, tmp_path: Path
) -> None:
    (tmp_path / name).write_bytes(data)
    done = run("preflight", tmp_path / name, *options)
    assert done.exit_code == code
    assert not (tmp_path / "preflight").exists()


# ---------------------------------------------------------------- e-books

CONTAINER = """<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container" version="1.0">
<rootfiles><rootfile full-path="EPUB/book.opf" media-type="application/oebps-package+xml"/>
</rootfiles></container>"""
PACKAGE = """<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id">
<metadata xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:identifier id="id">x</dc:identifier>
<dc:title>样城时报</dc:title><dc:language>zh-Hans-CN</dc:language>
<meta property="dcterms:modified">2026-12-01T00:00:00Z</meta></metadata>
<manifest><item id="a" href="a.xhtml" media-type="application/xhtml+xml"/>
<item id="b" href="b.xhtml" media-type="application/xhtml+xml"/>
<item id="i" href="i.svg" media-type="image/svg+xml"/></manifest>
<spine><itemref idref="a"/><itemref idref="b"/></spine></package>"""
FIRST_CHAPTER = """<html xmlns="http://www.w3.org/1999/xhtml"><head><title>一</title></head>
<body><p><a href="b.xhtml#end">下文</a><img src="i.svg" alt="图"/></p></body></html>"""
SECOND_CHAPTER = """<html xmlns="http://www.w3.org/1999/xhtml"><head><title>二</title></head>
<body><p id="end">完</p></body></html>"""
BOOK = {
    "mimetype": "application/epub+zip",
    "META-INF/container.xml": CONTAINER,
    "EPUB/book.opf": PACKAGE,
    "EPUB/a.xhtml": FIRST_CHAPTER,
    "EPUB/b.xhtml": SECOND_CHAPTER,
    "EPUB/i.svg": "<svg xmlns='http://www.w3.org/2000/svg'/>",
}
Files = dict[str, str]


def book(files: Files, folder: Path) -> Checked:
    path = folder / "book.epub"
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return preflight(path, "epub")


def without(name: str) -> Callable[[], Files]:
    return lambda: {key: text for key, text in BOOK.items() if key != name}


def changed(name: str, old: str, new: str) -> Callable[[], Files]:
    assert old in BOOK[name]
    return lambda: {**BOOK, name: BOOK[name].replace(old, new)}


def test_a_clean_book_is_clean(tmp_path: Path) -> None:
    assert set(states(book(BOOK, tmp_path)).values()) == {"passed"}


@pytest.mark.parametrize(
    ("files", "check"),
    [
        (without("mimetype"), "book-container"),
        (lambda: {**without("mimetype")(), "mimetype": BOOK["mimetype"]}, "book-container"),
        (lambda: {**BOOK, "EPUB/c.css": ""}, "book-container"),
        (without("EPUB/b.xhtml"), "book-container"),
        (changed("EPUB/b.xhtml", "</p>", ""), "book-container"),
        (changed("EPUB/book.opf", "<dc:title>样城时报</dc:title>", ""), "book-metadata"),
        (changed("EPUB/a.xhtml", "i.svg", "https://example.com/i.svg"), "book-resources"),
        (changed("EPUB/a.xhtml", "i.svg", "j.svg"), "book-resources"),
        (changed("EPUB/a.xhtml", "#end", "#nowhere"), "book-links"),
        (changed("EPUB/a.xhtml", ' alt="图"', ""), "book-alt"),
    ],
)
def test_a_broken_book_is_caught(files: Callable[[], Files], check: str, tmp_path: Path) -> None:
    found = states(book(files(), tmp_path))
    failed = {id for id, state in found.items() if state == "failed"}
    # What links to a chapter that is lost or cannot be read is told as well.
    assert check in failed
    assert failed - {check} <= {"book-links"}
