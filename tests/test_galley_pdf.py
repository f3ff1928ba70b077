"""WeasyPrint's door: an upgrade that changes its insides must fail here, loudly."""

from __future__ import annotations

import ctypes
import importlib.metadata
import io
import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c
import pytest

from producer.errors import ExitCode, Findings
from producer.fit.issue import fit_issue
from producer.fonts.library import FontLibrary
from producer.layouts import Layout
from producer.pdf.write import write_pdf
from producer.preflight.text import story_text
from producer.render import render_issue
from tests.conftest import PRINTED, ROOT, Build, make_issue, make_story, outputs
from tests.issuefactory import IssueFactory, page, place_rest, place_story, png, story

STORY = make_story(
    "一二三四五六七八九十，样**城**报——“好*日*子”。\n\n## 小题\n\n" + "天地玄黄宇宙洪荒" * 30,
    lead_in="本报讯",
    byline="某某",
)
BODY = "一二三四五六七八九十，样**城**报——“好*日*子”。\n\n## 小题\n\n" + "天地玄黄宇宙洪荒" * 60


def written(layout: Layout, fonts: FontLibrary, tagged: bool) -> bytes:
    """STORY on two pages, as print or screen PDF."""
    first = place_story("alpha", rect=[1, 1, 1, 12])
    pages = [page(first), page(place_rest("alpha", rect=[1, 1, 3, 14]))]
    findings = Findings()
    edition = fit_issue(make_issue(pages, [STORY]), layout, fonts, findings)
    rendered = render_issue(edition, layout, fonts, screen=tagged)
    pdf = write_pdf(rendered, edition, layout, fonts, findings, tagged=tagged, pictures={})
    assert [found for found in findings if found.id == "renderer.warning"] == []
    return pdf


@pytest.fixture(scope="module", params=[False, True], ids=["print", "screen"])
def pdf(request: pytest.FixtureRequest, tiny: Layout, squares: FontLibrary) -> bytes:
    return written(tiny, squares, request.param)


@pytest.fixture(scope="module")
def screen(tiny: Layout, squares: FontLibrary) -> bytes:
    return written(tiny, squares, tagged=True)


@pytest.fixture(scope="module")
def issue_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A jump, a picture with caption, rare characters: an issue of the tabloid."""
    factory = IssueFactory(tmp_path_factory.mktemp("tabloid"))
    factory.paper["pages"] = 2
    inset = {"id": "one", "picture": "a.png", "alt": "图", "caption": "说明㑇", "credit": "某摄"}
    head = {"headline": "主题㑇", "kicker": "引题", "deck": "副题", "byline": "记者 某"}
    factory.stories = {"alpha": story(f"{BODY}㑇", insets=[inset], lead_in="本报讯", **head)}
    factory.images["a.png"] = png(40, 30)
    placed = [{"inset": "one", "column": 1, "row": 1, "rows": 6}]
    first = place_story("alpha", rect=[1, 15, 2, 20], style="lead", insets=placed)
    rest = place_rest("alpha", rect=[1, 1, 2, 22])
    factory.pages = [page(first, master="front"), page(rest)]
    return factory.write()


@pytest.fixture(scope="module")
def built(issue_folder: Path, build: Build) -> Path:
    build(issue_folder, home=ROOT)
    return outputs(issue_folder)


def characters(pdf: bytes) -> list[list[tuple[str, float, float]]]:
    """Each page's characters and their origins in points from its top left corner."""
    document = pdfium.PdfDocument(pdf)
    return [list(_characters(one)) for one in document]


def _characters(one: Any) -> Iterator[tuple[str, float, float]]:
    text, x, y = one.get_textpage(), ctypes.c_double(), ctypes.c_double()
    for index in range(text.count_chars()):
        character = chr(pdfium_c.FPDFText_GetUnicode(text, index))
        if not character.isspace():
            pdfium_c.FPDFText_GetCharOrigin(text, index, x, y)
            yield character, round(x.value, 2), round(one.get_height() - y.value, 2)


def tags(pdf: bytes) -> list[str]:
    """The structure tree's types, depth first, each with its depth in front."""

    def walk(element: Any, depth: int) -> Iterator[str]:
        if isinstance(element, pikepdf.Array):
            for kid in element:
                yield from walk(kid, depth)
        elif isinstance(element, pikepdf.Dictionary) and "/S" in element:
            yield f"{depth} {str(element.S)[1:]}"
            yield from walk(element.get("/K", pikepdf.Array()), depth + 1)
        elif isinstance(element, int):
            yield f"{depth} text"

    with pikepdf.open(io.BytesIO(pdf)) as opened:
        return list(walk(opened.Root.StructTreeRoot.K, 0))


# ---------------------------------------------------------------- text


def test_weasyprint_is_the_pinned_version() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    pins = [needs for needs in project["dependencies"] if needs.startswith("weasyprint")]
    assert pins == [f"weasyprint=={importlib.metadata.version('weasyprint')}"]


def test_lines_are_text_operators(pdf: bytes) -> None:
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        streams = [one.Contents.read_bytes().decode("latin-1") for one in opened.pages]
    assert all(len(re.findall(r"\] TJ", stream)) >= 12 for stream in streams)
    assert not any(" Do" in stream for stream in streams)


def test_the_text_reads_back_exactly(pdf: bytes) -> None:
    first, second = ["".join(c for c, *_ in one) for one in characters(pdf)]
    assert first.startswith("题本报讯一二三四")
    assert first.endswith("（下转第2版）")
    assert second.startswith("题（上接第1版）")
    text = first[1:].removesuffix("（下转第2版）") + second.removeprefix("题（上接第1版）")
    assert text == story_text(STORY, "／某某")


def test_lines_stand_on_the_grid(pdf: bytes) -> None:
    """Rows of 20 pt from 36 pt on, the first has the head; the baseline 13.8 pt down a row."""
    text = characters(pdf)[0][1:]
    assert [place for _, *place in text[:8]] == [
        *[[x, 69.8] for x in (38, 48, 58)],  # an em is left after the lead-in
        *[[x, 69.8] for x in (78, 88, 98, 108)],
        [18, 89.8],
    ]
    rows = {round((y - 69.8) / 20, 3) for _, _, y in text[: -len("（下转第2版）")]}
    # The subhead stands in the middle of two rows; the last row is the jump line's.
    assert sorted(rows) == [0, 1, 2, 3.5, 5, 6, 7, 8, 9]


# ---------------------------------------------------------------- styles

STYLED = make_story(
    "样城==日报==刊出^1^，{龑|yǎn}的来信“שלום”，说नमस्ते与วัว好，再见==一回==。", headline="题"
)


@pytest.fixture(scope="module")
def styled(tabloid: Layout, fonts: FontLibrary) -> bytes:
    """One page of the tabloid with dots, a note sign, a reading and other scripts."""
    findings = Findings()
    issue = make_issue([page(place_story("alpha", rect=[1, 1, 1, 20]))], [STYLED])
    edition = fit_issue(issue, tabloid, fonts, findings)
    rendered = render_issue(edition, tabloid, fonts, screen=False)
    return write_pdf(rendered, edition, tabloid, fonts, findings, tagged=False, pictures={})


def operators(pdf: bytes) -> list[tuple[str, list[Any]]]:
    """The operators of the first page's content, with their operands."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        parsed = pikepdf.parse_content_stream(opened.pages[0])
        return [(str(each.operator), list(each.operands)) for each in parsed]


def test_emphasis_dots_are_drawn(styled: bytes) -> None:
    """Four characters have one: a filled circle of four arcs each."""
    names = [name for name, _ in operators(styled)]
    circles = "m c c c c f".split()
    dots = [at for at in range(len(names)) if names[at : at + 6] == circles]
    closed = "m c c c c h f".split()
    dots += [at for at in range(len(names)) if names[at : at + 7] == closed]
    assert len(dots) == 4


def test_a_rise_is_put_back(styled: bytes) -> None:
    """The stream would keep it for all that follows: note signs and readings stand off alone."""
    rises = [float(values[0]) for name, values in operators(styled) if name == "Ts"]
    assert max(rises) > 0
    assert rises[-1] == 0
    risen = 0.0
    for name, values in operators(styled):
        if name == "Ts":
            risen = float(values[0])
        elif name in ("Tm", "ET"):
            assert risen == 0, "a line begins or ends with a rise"


def test_clusters_of_several_glyphs_tell_their_text(styled: bytes) -> None:
    told = [
        str(values[1]["/ActualText"])
        for name, values in operators(styled)
        if name == "BDC" and "/ActualText" in values[1]
    ]
    assert told == ["ते", "วั"]
    ends = [name for name, _ in operators(styled) if name in ("BDC", "BMC", "EMC")]
    assert ends.count("EMC") == len(ends) - ends.count("EMC")


def test_styled_text_reads_back(styled: bytes) -> None:
    """By another reader of PDF; Hebrew letters come in one order or the other."""
    text = "".join(character for character, *_ in characters(styled)[0])
    assert "样城日报刊出1，" in text
    assert "说नमस्ते与วัว好" in text
    assert "שלום" in text or "שלום"[::-1] in text


# ---------------------------------------------------------------- fonts


def test_every_face_is_embedded_once(built: Path) -> None:
    for file in ("print.pdf", "screen.pdf"):
        with pikepdf.open(built / file) as opened:
            found = [each for each in opened.objects if isinstance(each, pikepdf.Dictionary)]
            fonts = [each for each in found if "/Encoding" in each]
            names = [str(font.BaseFont).partition("+")[2] for font in fonts]
            assert len(set(names)) == len(names) >= 6
            assert all(name.startswith("Producer") for name in names), names
            assert {str(font.Subtype) for font in fonts} == {"/Type0"}
            assert all("/FontFile2" in font.DescendantFonts[0].FontDescriptor for font in fonts)


def test_no_glyph_is_missing(built: Path) -> None:
    """Glyph 0 is what a renderer shows for a character that its font lacks."""
    with pikepdf.open(built / "print.pdf") as opened:
        for one in opened.pages:
            for glyphs in re.findall(rb"<([0-9a-f]+)>", one.Contents.read_bytes()):
                assert b"0000" not in [glyphs[at : at + 4] for at in range(0, len(glyphs), 4)]


def test_rare_characters_read_back_everywhere(built: Path) -> None:
    pages = ["".join(c for c, *_ in one) for one in characters((built / "print.pdf").read_bytes())]
    assert "主题㑇" in pages[0]
    assert "说明㑇" in pages[0]
    assert "㑇■记者某" in pages[1]


@pytest.mark.parametrize("pair", ["～〜", "–‒", "•‧", "…⋯", "／∕"])
def test_characters_that_share_a_glyph_may_stand_in_one_issue(
    factory: IssueFactory, build: Build, pair: str
) -> None:
    """A glyph of a PDF reads back as one of them; neither is lost for that."""
    factory.paper["layout"] = "tabloid"
    factory.stories = {"alpha": story(f"甲{pair[0]}乙{pair[1]}丙。")}
    factory.pages = [page(place_story("alpha", rect=[1, 1, 2, 6]))]
    assert build(factory.write(), home=ROOT, only="print").code == ExitCode.OK


@pytest.mark.logs
def test_a_face_that_pango_does_not_find_is_an_error(
    tiny: Layout, squares: FontLibrary, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Fontconfig would fall back in silence, and the glyph ids would mean something else."""
    monkeypatch.setattr(squares.face("square"), "family", "Producer Nowhere")
    monkeypatch.setattr("producer.render.Renderer._font_css", lambda self: "")
    with pytest.raises(RuntimeError, match="Producer Nowhere"):
        written(tiny, squares, tagged=False)


# ---------------------------------------------------------------- tags


def test_paragraphs_are_text_under_their_tag(screen: bytes) -> None:
    """`<p><object>`: no figure, and the marked content hangs below the P."""
    found = tags(screen)
    assert not [tag for tag in found if "Figure" in tag]
    for tag in ("P", "H3"):
        at = found.index(f"3 {tag}")
        assert found[at : at + 3] == [f"3 {tag}", "4 NonStruct", "5 text"]


def test_the_print_edition_has_no_tags(tiny: Layout, squares: FontLibrary) -> None:
    with pikepdf.open(io.BytesIO(written(tiny, squares, tagged=False))) as opened:
        assert "/StructTreeRoot" not in opened.Root


# ---------------------------------------------------------------- same bytes


def test_the_same_bytes_again_in_one_process(
    tiny: Layout, squares: FontLibrary, screen: bytes
) -> None:
    assert written(tiny, squares, tagged=True) == screen


def test_the_same_bytes_in_other_processes(issue_folder: Path, built: Path, tmp_path: Path) -> None:
    """Whatever the hash seed and the time zone."""
    runs = []
    for seed, zone in (("1", "Asia/Shanghai"), ("2", "America/Los_Angeles")):
        env = {**os.environ, "PYTHONHASHSEED": seed, "TZ": zone, "PYTHONPATH": str(ROOT)}
        options = ["--only", PRINTED, "--quiet", "--out", tmp_path / seed]
        command = [sys.executable, "-m", "producer", "build", issue_folder, *options]
        runs.append(subprocess.Popen(command, cwd=ROOT, env=env))
    assert [run.wait(60) for run in runs] == [0, 0]
    names = [path.relative_to(built) for path in built.rglob("*") if path.is_file()]
    for name in names:
        if name.name == "report.json":  # tells where the outputs are
            continue
        for seed in "12":
            again = tmp_path.joinpath(seed, *issue_folder.parts[-2:], name)
            assert again.read_bytes() == (built / name).read_bytes(), name
    assert Path("print.pdf") in names
