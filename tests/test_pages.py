"""The print edition in single pages and in reader's spreads."""

from __future__ import annotations

import io
from pathlib import Path

import pikepdf
import pypdfium2 as pdfium
import pytest

from producer.pdf.pages import reader_spreads, split_pages
from tests.conftest import Build, make_issue, make_story, outputs
from tests.issuefactory import IssueFactory, page, place_story, story

TEXTS = ["甲甲甲", "乙乙乙", "丙丙丙", "丁丁丁"]


@pytest.fixture
def folder(factory: IssueFactory, build: Build) -> Path:
    factory.paper["pages"] = 4
    factory.stories = {f"story-{at}": story(text) for at, text in enumerate(TEXTS)}
    factory.pages = [page(place_story(id, rect=[1, 1, 3, 14])) for id in factory.stories]
    folder = factory.write()
    build(folder, only="print,pages,spreads")
    return folder


def shown(path: Path) -> list[str]:
    """The body characters of each page of a file."""
    document = pdfium.PdfDocument(path)
    texts = ["".join(one.get_textpage().get_text_bounded().split()) for one in document]
    return ["".join(sign for sign in text if sign in "甲乙丙丁") for text in texts]


def test_each_page_is_a_file_for_the_plant(folder: Path) -> None:
    ids = set()
    for number, text in enumerate(TEXTS, 1):
        path = outputs(folder) / "pages" / f"page-{number}.pdf"
        assert shown(path) == [text]
        with pikepdf.open(path) as pdf:
            assert str(pdf.docinfo["/GTS_PDFXVersion"]) == "PDF/X-4"
            assert str(pdf.Root.OutputIntents[0].S) == "/GTS_PDFX"
            assert "/TrimBox" in pdf.pages[0].obj
            ids.add(str(pdf.open_metadata()["xmpMM:DocumentID"]))
    assert len(ids) == 4


def test_spreads_are_the_front_then_pairs_then_the_back(folder: Path) -> None:
    path = outputs(folder) / "spreads.pdf"
    assert shown(path) == [TEXTS[0], TEXTS[1] + TEXTS[2], TEXTS[3]]
    with pikepdf.open(path) as pdf, pikepdf.open(outputs(folder) / "print.pdf") as printed:
        one = float(printed.pages[0].trimbox[2])
        assert [float(each.mediabox[2]) for each in pdf.pages] == pytest.approx([one, 2 * one, one])


def test_bleed_does_not_cross_the_fold() -> None:
    pdf = pikepdf.new()
    for _ in range(3):
        pdf.add_blank_page(page_size=(120, 220))
        pdf.pages[-1].obj.TrimBox = pikepdf.Array([10, 10, 110, 210])
    pdf.Root.OutputIntents, pdf.Root.Lang = pikepdf.Array(), "zh"
    pdf.docinfo["/Producer"] = "test"
    buffer = io.BytesIO()
    pdf.save(buffer)
    issue = make_issue([page(place_story("alpha", rect=[1, 1, 3, 4]))], [make_story("文。")])
    with pikepdf.open(io.BytesIO(reader_spreads(buffer.getvalue(), issue))) as spreads:
        spread = spreads.pages[1]
        assert [float(side) for side in spread.mediabox] == [0, 0, 200, 200]
        boxes = [list(map(float, each.BBox)) for each in spread.obj.Resources.XObject.values()]
        assert boxes == [[10, 10, 110, 210]] * 2
        assert b"1 0 0 1 90.0000 -10.0000 cm /Page1 Do" in spread.obj.Contents.read_bytes()
    assert len(list(split_pages(buffer.getvalue(), issue))) == 3
