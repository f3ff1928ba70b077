"""An issue that has everything a book may hold, bound and read back.

`python -m tests.test_epub_rich BOOK.epub` writes that book, for the slow checks of
`tools/check-epub.sh`.
"""

from __future__ import annotations

import io
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium
import pytest
from lxml import etree
from PIL import Image

from producer.edition import Edition
from producer.epub.make import make_epub
from producer.epub.openbook import XHTML, OpenBook, open_book, squeezed, text_box, text_of
from producer.epub.readback import check_epub
from producer.errors import Findings
from producer.fit.issue import fit_issue
from producer.fonts.library import FontLibrary, open_library
from producer.layouts import Layout, load_layout
from producer.load import load_issue
from producer.model import Issue
from tests.issuefactory import PAPER, IssueFactory, page, place_rest, place_story, story

ROOT = Path(__file__).parent.parent
LONG_STORY_CHARACTERS = 5000

CHART = """\
<?xml version="1.0"?>
<svg xmlns="http://www.w3.org/2000/svg" xmlns:draw="http://example.org/draw" viewBox="0 0 400 200"
 width="80mm" height="40mm" draw:version="1"><title>雨量</title><draw:guide x="4"/>
<g font-family="Producer Hei" font-size="20"><rect x="20" y="80" width="60" height="90"
 fill="#2f6a70"/><text x="50" y="70" text-anchor="middle">九月</text>
<rect x="120" y="40" width="60" height="130" fill="#b0402f"/>
<text x="150" y="30" text-anchor="middle" font-weight="700">十月 <tspan fill="#b0402f">126</tspan>
</text></g></svg>
"""
ENGLISH = """\
The bridge opens **twice a day**, at six and at two, and the keeper says the first seconds are the
hardest. *After that it turns by itself.*

## What the keeper hears

“You hear the bearings before you see anything move,” she said — and then the quay falls silent.
"""
RTL_QUOTE = "الماء يعرف طريقه إلى البحر، 26 خطوة لا أكثر."
CITED = "他在本子上抄了一句希伯来文 שלום עולם ，又抄了一遍。"
RARE = "𠮷"


def long_text(characters: int = LONG_STORY_CHARACTERS) -> str:
    """A story of that many characters in which no sentence is another's twin."""
    sentences: list[str] = []
    while sum(map(len, sentences)) < characters:
        at = len(sentences) + 1
        sentences.append(f"江堤上的第{at}根系缆桩漆成了白色，桩下刻着{1900 + at}年的水位。")
    paragraphs = ["".join(sentences[at : at + 6]) for at in range(0, len(sentences), 6)]
    middle = len(paragraphs) // 2
    return "\n\n".join([*paragraphs[:middle], "## 下游的桩", *paragraphs[middle:]]) + "\n"


def rich_issue(root: Path) -> IssueFactory:
    """The issue, not yet written."""
    factory = IssueFactory(root, paper={**PAPER, "pages": 2, "ears": ["看见", "记住"]})
    factory.images = {
        "chart.svg": CHART.encode(),
        "photo.tif": _photograph("TIFF", "CMYK", (900, 600)),
        "large.jpg": _photograph("JPEG", "RGB", (2400, 1200)),
        "图 1.webp": _photograph("WEBP", "RGB", (300, 200)),
        "ad.png": _photograph("PNG", "RGB", (200, 100)),
    }
    factory.stories = _stories()
    factory.pages = [
        page(
            place_story("piles", rect=[1, 1, 4, 60], insets=[_inset("piles", 3)]),
            place_story("keeper", rect=[5, 1, 2, 30], box="tint"),
            place_story("rain", rect=[5, 31, 2, 50], insets=[_inset("chart", 1)]),
            {
                "teasers": [{"story": "water", "summary": "一张表说清"}],
                "rect": [1, 61, 4, 20],
            },
            section="要闻",
            master="news",
            banner="沿江而行",
            editors=["责任编辑：甲", "版式：乙"],
        ),
        page(
            place_rest("piles", rect=[1, 1, 6, 44]),
            {
                "package": "两岸小记",
                "rect": [1, 45, 4, 20],
                "place": [
                    place_story("verse", rect=[1, 47, 2, 18]),
                    place_story("quoted", rect=[3, 47, 2, 18], insets=[_inset("words", 1, 5)]),
                ],
            },
            place_story("water", rect=[5, 45, 2, 36], insets=[_inset("dues", 1), _inset("map", 1, 8, 10)]),
            {"advertisement": "ad.png", "alt": "旧书集", "rect": [1, 65, 4, 8], "epub": True},
            {"advertisement": "large.jpg", "alt": "只上报纸", "rect": [1, 73, 4, 8]},
            section="副刊",
            master="news",
        ),
    ]
    return factory


def _inset(id: str, column: int, rows: int = 6, row: int = 1) -> dict[str, Any]:
    return {"inset": id, "column": column, "columns": 1, "row": row, "rows": rows}


def _stories() -> dict[str, str]:
    dues = {
        "id": "dues",
        "table": "历年水位与水费对照",
        "head": ["年份", "最高水位（米）", "最低水位（米）", "每户全年水费（元）"],
        "rows": [[2024, "7.31", "1.02", "541.8"], [2025, "6.88", "0.97", "558.0"]],
    }
    return {
        "piles": story(
            long_text(),
            headline=["一千根桩", "一条江"],
            kicker="沿江十里",
            deck="白漆记着水来过的年份",
            short="一千根桩",
            lead_in="本报讯",
            byline="记者 甲",
            insets=[_picture("piles", "photo.tif", "江堤。", "乙摄")],
        ),
        "keeper": story(ENGLISH, headline="The keeper of the bridge", language="en", byline="A. Wu"),
        "rain": story(
            f"雨量见[第二版的表](page:2)，水费见[《水费》](story:water)。{RARE}村的雨最少。\n",
            headline="九月少雨",
            insets=[_picture("chart", "chart.svg", None, "制图 丙")],
        ),
        "water": story(
            "表中是两年的水位。\n\n另一段说水费。\n\n第三段没有数字。\n",
            headline="水费",
            insets=[dues, _picture("map", "图 1.webp", "示意图。", None)],
        ),
        "verse": story("江水\n　　退了一步\n\n它没有回头\n", headline="短诗", kind="verse"),
        "quoted": story(
            f"{CITED}\n\n后来就不抄了。\n",
            headline="抄书",
            insets=[{"id": "words", "quote": RTL_QUOTE, "source": "谚语"}],
        ),
    }


def _picture(id: str, name: str, caption: str | None, credit: str | None) -> dict[str, Any]:
    parts = {"caption": caption, "credit": credit}
    stated = {key: value for key, value in parts.items() if value}
    return {"id": id, "picture": name, "alt": f"{id} 的画面", **stated}


def _photograph(kind: str, mode: str, size: tuple[int, int]) -> bytes:
    image = Image.radial_gradient("L").resize(size).convert("RGB").convert(mode)
    target = io.BytesIO()
    image.save(target, kind)
    return target.getvalue()


def blank_pdf(pages: int) -> bytes:
    """A print edition of empty pages."""
    document = pdfium.PdfDocument.new()
    for _ in range(pages):
        document.new_page(765, 1105)
    target = io.BytesIO()
    document.save(target)
    document.close()
    return target.getvalue()


@dataclass
class Bound:
    """The issue, its fitted plan, the book and what was found while it was made."""

    issue: Issue
    edition: Edition
    epub: bytes
    book: OpenBook
    findings: Findings

    def document(self, story: str) -> etree._Element:
        return self.book.documents[f"story-{story}.xhtml"]


def bind(factory: IssueFactory, layout: Layout, fonts: FontLibrary) -> Bound:
    """The book of an issue; that its pages overflow or have holes is no matter here."""
    issue, _ = load_issue(factory.write())
    edition = fit_issue(issue, layout, fonts, Findings())
    findings = Findings()
    pdf = blank_pdf(len(issue.pages))
    epub = make_epub(issue, layout, fonts, findings, edition, pdf)
    return Bound(issue, edition, epub, open_book(epub), findings)


@pytest.fixture(scope="module")
def rich(tmp_path_factory: pytest.TempPathFactory, tabloid: Layout, fonts: FontLibrary) -> Bound:
    return bind(rich_issue(tmp_path_factory.mktemp("rich")), tabloid, fonts)


def main() -> None:
    """Write the book to the file that is named."""
    with tempfile.TemporaryDirectory() as folder:
        layout = load_layout("tabloid", ROOT / "layouts")
        bound = bind(rich_issue(Path(folder)), layout, open_library(ROOT / "fonts" / "built"))
    Path(sys.argv[1]).write_bytes(bound.epub)


if __name__ == "__main__":
    main()
