"""The e-book: determinism, what is left out without a plan, bad input, and the checks' bite."""

from __future__ import annotations

import ast
import io
import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from lxml import etree

from producer.edition import Edition, Mark
from producer.epub.contents import arrange
from producer.epub.insets import place_insets
from producer.epub.make import make_epub
from producer.epub.names import picture_stems
from producer.epub.openbook import XHTML, open_book, text_of
from producer.epub.readback import check_epub
from producer.epub.text import TextSplitter, direction
from producer.errors import ExitCode, Findings, ProducerError
from producer.fit.issue import fit_issue
from producer.fonts.library import FontLibrary
from producer.layouts import Layout
from producer.load import load_issue
from producer.model import Block, Inset, Issue, Run
from tests.conftest import make_issue, make_story
from tests.issuefactory import (
    IssueFactory,
    page,
    picture_inset,
    place_rest,
    place_story,
    png,
    story,
)

ROOT = Path(__file__).parent.parent
LONG = "".join(f"第{at}句写得很清楚。" for at in range(400))


@pytest.fixture
def factory(tmp_path: Path) -> IssueFactory:
    """Two stories; the first is cut and goes on on page 2."""
    pages = [
        page(
            place_story("alpha", rect=[1, 1, 2, 30]),
            place_story("beta", rect=[3, 1, 2, 30]),
            master="news",
        ),
        page(place_rest("alpha", rect=[1, 1, 6, 60]), master="news", section="副刊"),
    ]
    stories = {"alpha": story(f"{LONG}\n", short="短题"), "beta": story(headline="乙")}
    return IssueFactory(tmp_path, pages=pages, stories=stories)


@pytest.fixture
def fitted(factory: IssueFactory, tabloid: Layout, fonts: FontLibrary) -> Edition:
    issue, _ = load_issue(factory.write())
    return fit_issue(issue, tabloid, fonts, Findings())


Bind = Callable[..., bytes]


@pytest.fixture
def bind(tabloid: Layout, fonts: FontLibrary) -> Bind:
    """Makes a book; returns it and leaves what was found in `findings`."""

    def run(issue: Issue, edition: Edition | None = None, **more: object) -> bytes:
        findings = more.pop("findings", Findings())
        return make_epub(issue, tabloid, fonts, findings, edition, **more)  # type: ignore[arg-type]

    return run


# ---------------------------------------------------------------- promises


def test_same_bytes_in_two_processes_zones_and_hash_seeds(tmp_path: Path) -> None:
    books = []
    for zone, seed in (("Asia/Shanghai", "1"), ("America/New_York", "2")):
        file = tmp_path / f"{seed}.epub"
        environment = {**os.environ, "TZ": zone, "PYTHONHASHSEED": seed, "LC_ALL": "C"}
        command = [sys.executable, "-m", "tests.test_epub_rich", str(file)]
        subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True)
        books.append(file.read_bytes())
    assert books[0] == books[1]


def test_only_one_module_knows_ebooklib() -> None:
    knowing = [
        path.name
        for path in sorted((ROOT / "producer").rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Import | ast.ImportFrom)
        and any("ebooklib" in name for name in (getattr(node, "module", "") or "", *_names(node)))
    ]
    assert knowing == ["writer.py"]


def _names(node: ast.Import | ast.ImportFrom) -> list[str]:
    return [alias.name for alias in node.names]


# ---------------------------------------------------------------- without a fitted plan


def test_without_a_plan_there_is_a_book_without_markers(factory: IssueFactory, bind: Bind) -> None:
    issue, _ = load_issue(factory.write())
    findings = Findings()
    epub = bind(issue, findings=findings)
    assert [found.id for found in findings] == ["epub.no-edition", "epub.no-cover"]
    book = open_book(epub)
    assert book.markers() == []
    assert len(list(book.documents["nav.xhtml"].iter(f"{XHTML}nav"))) == 2
    assert "cover.xhtml" not in book.documents
    with zipfile.ZipFile(io.BytesIO(epub)) as archive:
        package = archive.read("EPUB/content.opf").decode()
    assert "pageBreak" not in package
    findings = Findings()
    check_epub(epub, issue, findings)
    assert list(findings) == []


def test_ties_come_from_the_plan_alone(factory: IssueFactory) -> None:
    issue, _ = load_issue(factory.write())
    (group,) = arrange(issue, None).pages[1].groups
    entry = group.entries[0]
    assert (entry.href, entry.goes_to) == ("story-alpha.xhtml", None)
    assert entry.comes_from
    assert (entry.comes_from.page, entry.comes_from.href) == (1, "story-alpha.xhtml")


@pytest.mark.parametrize(
    ("numerals", "labels"),
    [("arabic", ["1", "2-2", "1-2", "2"]), ("chinese", ["一", "二-2", "一-2", "二"])],
)
def test_labels_are_numbered_as_the_paper_does(
    factory: IssueFactory, tabloid: Layout, fonts: FontLibrary, numerals: str, labels: list[str]
) -> None:
    factory.paper["jumps"] = {"numerals": numerals}
    issue, _ = load_issue(factory.write())
    edition = fit_issue(issue, tabloid, fonts, Findings())
    assert [marker.label for marker in arrange(issue, edition).markers.every] == labels


# ---------------------------------------------------------------- text and insets


def splits(text: str, rare: str = "") -> list[tuple[str, str | None, bool]]:
    return [(one.text, one.script, one.rare) for one in TextSplitter(rare).plain(text)]


def test_scripts_and_rare_characters_are_pieces_of_their_own() -> None:
    assert splits("甲 שלום עולם, 3 乙𠮷丙", "𠮷") == [
        ("甲 ", None, False),
        ("שלום עולם", "und-Hebr", False),
        (", 3 乙", None, False),
        ("𠮷", None, True),
        ("丙", None, False),
    ]


@pytest.mark.parametrize(
    ("text", "script"),
    [("“12 שלום” 甲", "und-Hebr"), ("سلام", "und-Arab"), ("甲 سلام", None), ("12。", None)],
)
def test_the_first_letter_tells_the_direction(text: str, script: str | None) -> None:
    assert direction(text) == script


def placed(insets: int, blocks: int, subhead: int | None = None) -> list[int]:
    """Where `insets` quotes go among `blocks` blocks without a fitted plan."""
    body = tuple(
        Block(kind="subhead" if at == subhead else "body", runs=(Run(text="字"),))
        for at in range(blocks)
    )
    quotes = tuple(Inset(id=f"q{at}", quote="话") for at in range(insets))
    story = make_story("字", insets=quotes).model_copy(update={"body": body})
    places = place_insets(story, None)
    return sorted(at for at, found in places.items() for _ in found)


def test_insets_are_spread_evenly() -> None:
    assert placed(2, 9) == [3, 6]
    assert placed(1, 0) == [0]
    assert placed(3, 1) == [1, 1, 1]


def test_no_inset_parts_a_subhead_from_its_text() -> None:
    assert placed(1, 4, subhead=1) == [1]


def test_the_first_picture_leads() -> None:
    insets = (Inset(id="q", quote="话"), Inset(id="p", picture="a.png", alt="画"))
    places = place_insets(make_story("一\n\n二\n\n三\n\n四\n", insets=insets), None)
    assert {at: [one.id for one in found] for at, found in places.items()} == {0: ["p"], 2: ["q"]}


# ---------------------------------------------------------------- names


def test_picture_names_are_ascii_and_never_collide() -> None:
    names = ["a.jpg", "a.png", "A.jpg", "图1.jpg", "图2.jpg", "b/c.jpg", "b-c.jpg", "plain.svg"]
    stems = picture_stems(names)
    assert stems["plain.svg"] == "images/art-plain"
    assert stems["b-c.jpg"] != stems["b/c.jpg"]
    assert len(set(stems.values())) == len(names)
    assert all(stem.isascii() for stem in stems.values())


def test_ids_of_stories_and_insets_that_look_like_markers(
    factory: IssueFactory, tabloid: Layout, fonts: FontLibrary, bind: Bind
) -> None:
    factory.stories["pg-2"] = story(
        "字。\n", insets=[picture_inset("pg-2-2", "a.png"), {"id": "toc", "quote": "话"}]
    )
    insets = [{"inset": id, "rows": 5, "row": row} for id, row in (("pg-2-2", 1), ("toc", 6))]
    factory.pages[0]["place"].append(place_story("pg-2", rect=[5, 1, 2, 40], insets=insets))
    factory.images["a.png"] = png()
    issue, _ = load_issue(factory.write())
    edition = fit_issue(issue, tabloid, fonts, Findings())
    findings = Findings()
    check_epub(bind(issue, edition), issue, findings, edition)
    assert list(findings) == []


# ---------------------------------------------------------------- bad input


def refused(call: Callable[[], object]) -> list[str]:
    with pytest.raises(ProducerError) as caught:
        call()
    return [found.id for found in caught.value.problems if found.level == "error"]


def test_data_that_no_book_can_hold_is_refused_at_once(bind: Bind) -> None:
    bad = Inset.model_construct(id="p", picture="a.png", alt=" ", caption="图\x07注")
    head = make_story("字", headline="题").head
    story = make_story("正文\x0b。").model_copy(
        update={"head": head.model_copy(update={"headline": " ", "insets": (bad,)})}
    )
    planned = page(place_story("alpha", rect=[1, 1, 2, 30]), master="news")
    issue = make_issue([planned], [story])
    assert refused(lambda: bind(issue)) == [
        "epub.control",
        "epub.control",
        "epub.no-headline",
        "epub.no-alt",
    ]


@pytest.mark.parametrize(
    ("head", "id"),
    [
        ({"headline": " "}, "data.empty"),
        ({"insets": [{"id": "p", "picture": "a.png"}]}, "data.picture-alt"),
        ({"insets": [{"id": "p", "picture": "a.png", "alt": " "}]}, "data.picture-alt"),
    ],
)
def test_loading_refuses_stories_without_headline_and_pictures_without_alt(
    factory: IssueFactory, head: dict[str, object], id: str
) -> None:
    factory.images["a.png"] = png()
    factory.stories["beta"] = story(**head)
    assert refused(lambda: load_issue(factory.write())) == [id]


def test_a_control_character_that_yaml_spells_out_is_refused(
    factory: IssueFactory, bind: Bind
) -> None:
    factory.stories["beta"] = '---\nheadline: "题\\x07目"\n---\n字。\n'
    issue, _ = load_issue(factory.write())
    assert refused(lambda: bind(issue)) == ["epub.control"]


def layout_with(templates: Path, layout: Layout) -> Layout:
    return layout.model_copy(update={"folder": templates})


def test_a_layout_without_templates(
    factory: IssueFactory, tmp_path: Path, tabloid: Layout, fonts: FontLibrary
) -> None:
    issue, _ = load_issue(factory.write())
    bare = layout_with(tmp_path, tabloid)
    assert refused(lambda: make_epub(issue, bare, fonts, Findings())) == ["epub.no-templates"]


@pytest.mark.parametrize("fault", ["<p>", "{{ no_such_name }}", "{% if %}", "&nbsp;"])
def test_a_broken_template(
    factory: IssueFactory, tmp_path: Path, tabloid: Layout, fonts: FontLibrary, fault: str
) -> None:
    issue, _ = load_issue(factory.write())
    shutil.copytree(tabloid.folders[-1] / "epub", tmp_path / "own" / "epub")
    template = tmp_path / "own" / "epub" / "colophon.xhtml"
    template.write_text(template.read_text("utf-8").replace("<h1", f"{fault}<h1"), "utf-8")
    broken = layout_with(tmp_path / "own", tabloid)
    with pytest.raises(ProducerError) as caught:
        make_epub(issue, broken, fonts, Findings())
    (problem,) = caught.value.problems
    assert (problem.id, caught.value.code) == ("epub.template", ExitCode.SETUP)
    assert problem.place.file.endswith("colophon.xhtml")


# ---------------------------------------------------------------- the checks' bite


def tampered(epub: bytes, name: str, change: Callable[[bytes], bytes]) -> bytes:
    """The book with one file changed."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(epub)) as source, zipfile.ZipFile(target, "w") as changed:
        for entry in source.infolist():
            data = source.read(entry)
            if entry.filename == f"EPUB/{name}":
                assert change(data) != data
                data = change(data)
            changed.writestr(entry, data)
    return target.getvalue()


def swap(old: str, new: str) -> Callable[[bytes], bytes]:
    return lambda data: data.replace(old.encode(), new.encode(), 1)


def move_marker(data: bytes) -> bytes:
    """Put the marker one character later."""
    text = data.decode()
    start = text.index("<span epub:type")
    end = text.index("</span>", start) + len("</span>")
    return (text[:start] + text[end] + text[start:end] + text[end + 1 :]).encode()


TAMPERED = {
    "a character is lost": ("story-alpha.xhtml", swap("第3句", "第句"), "epub.text-differs"),
    "a character is doubled": ("story-alpha.xhtml", swap("第3句", "第33句"), "epub.text-differs"),
    "a head is lost": ("story-beta.xhtml", swap(">乙</span>", "></span>"), "epub.text-differs"),
    "a marker is late": ("story-alpha.xhtml", move_marker, "epub.marker"),
    "a marker is mislabelled": ("story-alpha.xhtml", swap('="2-2"', '="3-2"'), "epub.marker"),
    "a marker is not listed": (
        "nav.xhtml",
        swap('<li><a href="story-alpha.xhtml#pg_2_2">2-2</a></li>', ""),
        "epub.page-list",
    ),
    "a link is dead": ("page-1.xhtml", swap("#pg_2_2", "#pg_2_9"), "epub.dead-link"),
    "jump words": ("page-1.xhtml", swap("续至第2版", "（下转第2版）"), "epub.jump-words"),
    "no XML": ("story-beta.xhtml", swap("<h1>", "<h1"), "epub.broken"),
}


@pytest.mark.parametrize("name", TAMPERED)
def test_what_is_wrong_in_a_book_is_found(name: str, fitted: Edition, bind: Bind) -> None:
    file, change, id = TAMPERED[name]
    epub = tampered(bind(fitted.issue, fitted), file, change)
    findings = Findings()
    check_epub(epub, fitted.issue, findings, fitted)
    assert id in [found.id for found in findings]


@pytest.mark.parametrize("epub", [b"", b"no book"])
def test_what_is_no_book_is_told(epub: bytes, fitted: Edition) -> None:
    findings = Findings()
    check_epub(epub, fitted.issue, findings)
    assert [found.id for found in findings] == ["epub.broken"]


def test_a_story_may_speak_of_jump_lines(factory: IssueFactory, bind: Bind) -> None:
    factory.stories["beta"] = story("报上印着（下转第2版），读者笑了。\n")
    issue, _ = load_issue(factory.write())
    findings = Findings()
    check_epub(bind(issue), issue, findings)
    assert list(findings) == []


def test_a_marker_before_a_byline_alone_stands_at_the_end(fitted: Edition, bind: Bind) -> None:
    """Where print has room for all but the byline, the page changes after the last character."""
    page_one, page_two = fitted.pages
    first, *others = page_one.parts
    (second,) = page_two.parts
    end = Mark(len(fitted.issue.stories["alpha"].body), 0)
    pages = (
        replace(page_one, parts=(replace(first, end=end), *others)),
        replace(page_two, parts=(replace(second, start=end),)),
    )
    moved = replace(fitted, pages=pages)
    epub = bind(fitted.issue, moved)
    findings = Findings()
    check_epub(epub, fitted.issue, findings, moved)
    assert list(findings) == []
    box = open_book(epub).documents["story-alpha.xhtml"].find(f".//{XHTML}div")
    last: etree._Element = box[-1]
    assert (last.get("aria-label"), text_of(last)) == ("2-2", "")
