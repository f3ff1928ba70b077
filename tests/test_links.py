"""Links of the text: over the very characters in the screen edition, none in the print edition."""

from __future__ import annotations

import io
from pathlib import Path

import pikepdf
import pytest

from producer.build import BuildOptions, build_issue
from producer.progress import Progress
from tests.issuefactory import IssueFactory, page, place_story, story

PT_PER_MM = 72 / 25.4


@pytest.fixture
def built(factory: IssueFactory, tmp_path: Path) -> Path:
    linked = "一二三四五六七八[去看那一篇长长的报道](story:other)再说说这事，[第二版](page:2)也有。"
    factory.paper |= {"pages": 2, "layout": "tabloid"}
    factory.stories = {"one": story(linked), "other": story("正文。")}
    factory.pages = [
        page(place_story("one", rect=[1, 1, 1, 30])),
        page(place_story("other", rect=[2, 1, 1, 20])),
    ]
    options = BuildOptions(out=tmp_path / "out", only=frozenset({"print", "screen"}))
    return tmp_path / "out" / build_issue(factory.write(), options, Progress()).issue


def links(pdf: Path) -> list[tuple[str, list[float]]]:
    with pikepdf.open(io.BytesIO(pdf.read_bytes())) as document:
        return [
            (str(each.Dest), [float(value) for value in each.Rect])
            for leaf in document.pages
            for each in leaf.get("/Annots", [])
        ]


def test_a_link_covers_its_characters_line_by_line(built: Path) -> None:
    found = links(built / "screen.pdf")
    assert [target for target, _ in found] == ["other-1", "other-1", "page-2"]
    widths = [abs(rect[2] - rect[0]) / 9 for _, rect in found]
    # Ten characters in two lines of nine points, set a little wider or narrower.
    assert widths[0] + widths[1] == pytest.approx(10, abs=0.8)
    assert widths[2] == pytest.approx(3, abs=0.4)


def test_the_print_edition_has_no_links(built: Path) -> None:
    assert links(built / "print.pdf") == []
