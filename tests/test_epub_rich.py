"""An issue that has everything a book may hold, bound and read back.

`python -m tests.test_epub_rich BOOK.epub` writes that book, for the slow checks of
`tools/check-epub.sh`.
"""

from __future__ import annotations

import io
import json
import sys
import tempfile
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium
import pytest
from fontTools.ttLib import TTFont
from lxml import etree
from PIL import Image

from producer.edition import Edition
from producer.epub.make import make_epub
from producer.epub.openbook import (
    EPUB_TYPE,
    XHTML,
    OpenBook,
    open_book,
    squeezed,
    text_box,
    text_of,
)
from producer.epub.readback import check_epub
from producer.errors import Findings
from producer.fit.issue import fit_issue
from producer.fonts.library import FontLibrary, open_library
from producer.layouts import Layout, load_layout
from producer.load import load_issue
from producer.model import Issue
from producer.planfile import plan_json
from tests.issuefactory import PAPER, IssueFactory, page, place_rest, place_story, story
from tests.manuscript import KINDS

ROOT = Path(__file__).parent.parent
LONG_STORY_CHARACTERS = 5000
FIGURE = f"{XHTML}figure"

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
                "rect": [1, 61, 4, 6],
            },
            place_story("kinds", rect=[1, 67, 2, 14]),
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
            place_story(
                "water", rect=[5, 45, 2, 36], insets=[_inset("dues", 1), _inset("map", 1, 8, 10)]
            ),
            {"advertisement": "ad.png", "alt": "旧书集", "rect": [1, 65, 2, 8], "epub": True},
            {"advertisement": "large.jpg", "alt": "只上报纸", "rect": [3, 65, 2, 8]},
            place_rest("kinds", rect=[1, 73, 4, 8]),
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
        "keeper": story(
            ENGLISH, headline="The keeper of the bridge", language="en", byline="A. Wu"
        ),
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
        "kinds": story(KINDS, headline="交船", byline="记者 丁", drop_capital=2),
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


# ---------------------------------------------------------------- the book as a whole


def test_nothing_is_lost(rich: Bound) -> None:
    findings = Findings()
    check_epub(rich.epub, rich.issue, findings, rich.edition)
    assert [found.text() for found in findings] == []


def test_documents_stand_in_reading_order(rich: Bound) -> None:
    assert list(rich.book.documents) == [
        "cover.xhtml",
        "title.xhtml",
        "nav.xhtml",
        "page-1.xhtml",
        "story-piles.xhtml",
        "story-keeper.xhtml",
        "story-rain.xhtml",
        "story-kinds.xhtml",
        "page-2.xhtml",
        "story-verse.xhtml",
        "story-quoted.xhtml",
        "story-water.xhtml",
        "colophon.xhtml",
    ]


def test_every_document_has_one_main_heading(rich: Bound) -> None:
    counts = {
        file: len(list(root.iter(f"{XHTML}h1"))) for file, root in rich.book.documents.items()
    }
    assert counts.pop("cover.xhtml") == 0
    assert set(counts.values()) == {1}


def test_metadata(rich: Bound) -> None:
    package = etree.fromstring(_entry(rich.epub, "EPUB/content.opf"))
    assert package.get("{http://www.w3.org/XML/1998/namespace}lang") == "zh-Hans-CN"
    told = [
        (node.get("property") or etree.QName(node).localname, node.text)
        for node in package.find("{*}metadata")
        if node.get("name") is None
    ]
    assert told == [
        ("identifier", "urn:uuid:4993bdfb-34b0-5289-bf91-336354d1dbb0"),
        ("title", "样报 2026年12月1日"),
        ("language", "zh-Hans-CN"),
        ("language", "en"),
        ("creator", "样报社"),
        ("publisher", "样报社"),
        ("date", "2026-12-01"),
        ("belongs-to-collection", "样报"),
        ("collection-type", "series"),
        ("group-position", "105"),
        ("schema:accessMode", "textual"),
        ("schema:accessMode", "visual"),
        ("schema:accessModeSufficient", "textual"),
        ("schema:accessibilityFeature", "structuralNavigation"),
        ("schema:accessibilityFeature", "tableOfContents"),
        ("schema:accessibilityFeature", "readingOrder"),
        ("schema:accessibilityFeature", "displayTransformability"),
        ("schema:accessibilityFeature", "alternativeText"),
        ("schema:accessibilityFeature", "pageNavigation"),
        ("schema:accessibilityFeature", "pageBreakMarkers"),
        ("schema:accessibilityHazard", "none"),
        (
            "schema:accessibilitySummary",
            "文字可重排，可由读屏软件朗读，有目录与标题结构；有与印刷版对应的版次标记和版次列表；图片均附文字说明。",
        ),
        ("pageBreakSource", "样报 2026年12月1日印刷版"),
        ("dcterms:modified", "2026-12-01T00:00:00Z"),
    ]


def test_files_are_zipped_the_same_way_always(rich: Bound) -> None:
    with zipfile.ZipFile(io.BytesIO(rich.epub)) as archive:
        entries = archive.infolist()
    assert [entry.filename for entry in entries[:2]] == ["mimetype", "META-INF/container.xml"]
    assert {entry.date_time for entry in entries} == {(2026, 12, 1, 0, 0, 0)}
    assert {entry.external_attr >> 16 for entry in entries} == {0o100644}
    assert [entry.filename for entry in entries[2:]] == sorted(e.filename for e in entries[2:])


# ---------------------------------------------------------------- print pages


def test_a_jumped_story_is_one_document_with_a_marker_at_the_cut(rich: Bound) -> None:
    jumps = json.loads(plan_json(rich.edition))["jumps"]
    jump = next(jump for jump in jumps if jump["story"] == "piles")
    block, offset = jump["cut"]
    paragraphs = [node for node in text_box(rich.document("piles")) if node.tag != FIGURE]
    marker = paragraphs[block].find(f"{XHTML}span")
    assert (jump["from"], jump["to"], marker.get("aria-label")) == (1, 2, "2-2")
    assert len(paragraphs[block].text) == offset
    assert len(squeezed("".join(map(text_of, paragraphs)))) > LONG_STORY_CHARACTERS


def test_markers_are_in_reading_order(rich: Bound) -> None:
    markers = [(file, node.get("aria-label"), node.get("id")) for file, node in rich.book.markers()]
    assert markers == [
        ("page-1.xhtml", "1", "pg_1"),
        ("story-piles.xhtml", "2-2", "pg_2_2"),
        ("story-keeper.xhtml", "1-2", "pg_1_2"),
        ("story-kinds.xhtml", "2-3", "pg_2_3"),
        ("page-2.xhtml", "2", "pg_2"),
    ]


def test_contents_in_two_levels(rich: Bound) -> None:
    toc, landmarks, pages = rich.book.documents["nav.xhtml"].iter(f"{XHTML}nav")
    entries = [(_depth(link), link.get("href"), text_of(link)) for link in toc.iter(f"{XHTML}a")]
    assert entries == [
        (1, "title.xhtml", "报头"),
        (1, "page-1.xhtml", "第1版　要闻"),
        (2, "story-piles.xhtml", "一千根桩 一条江"),
        (2, "story-keeper.xhtml", "The keeper of the bridge"),
        (2, "story-rain.xhtml", "九月少雨"),
        (2, "story-kinds.xhtml", "交船"),
        (1, "page-2.xhtml", "第2版　副刊"),
        (2, "story-verse.xhtml", "短诗"),
        (2, "story-quoted.xhtml", "抄书"),
        (2, "story-water.xhtml", "水费"),
        (1, "colophon.xhtml", "版权与说明"),
    ]
    assert [link.get(EPUB_TYPE) for link in landmarks.iter(f"{XHTML}a")] == [
        "cover",
        "titlepage",
        "toc",
        "bodymatter",
        "colophon",
    ]
    assert [text_of(link) for link in pages.iter(f"{XHTML}a")] == ["1", "2-2", "1-2", "2-3", "2"]


def test_old_readers_get_the_same_contents(rich: Bound) -> None:
    ncx = etree.fromstring(_entry(rich.epub, "EPUB/toc.ncx"))
    points = [node.get("src") for node in ncx.findall(".//{*}navPoint/{*}content")]
    targets = [node.get("src") for node in ncx.findall(".//{*}pageTarget/{*}content")]
    assert points[:3] == ["title.xhtml", "page-1.xhtml", "story-piles.xhtml"]
    assert targets == [
        "page-1.xhtml#pg_1",
        "story-piles.xhtml#pg_2_2",
        "story-keeper.xhtml#pg_1_2",
        "story-kinds.xhtml#pg_2_3",
        "page-2.xhtml#pg_2",
    ]


def test_front_documents_tell_where_a_story_goes_on(rich: Bound) -> None:
    assert ("story-piles.xhtml#pg_2_2", "续至第2版") in _links(rich, "page-1.xhtml")
    assert ("story-piles.xhtml#pg_2_2", "一千根桩") in _links(rich, "page-2.xhtml")
    assert ("story-piles.xhtml", "续自第1版") in _links(rich, "page-2.xhtml")


def test_stories_link_to_their_neighbours(rich: Bound) -> None:
    assert _links(rich, "story-verse.xhtml")[1:4] == [
        ("story-kinds.xhtml", "上一篇交船"),
        ("page-2.xhtml", "第2版　副刊"),
        ("story-quoted.xhtml", "下一篇抄书"),
    ]


# ---------------------------------------------------------------- stories


def test_head_of_a_story(rich: Bound) -> None:
    header = rich.document("piles").find(f".//{XHTML}header")
    parts = [text_of(node) for node in header if node.tag != f"{XHTML}nav"]
    assert parts == ["沿江十里", "一千根桩 一条江", "白漆记着水来过的年份", "记者 甲"]


def test_a_lead_in_stands_before_the_text(rich: Bound) -> None:
    lead_in = rich.document("piles").find(f".//{XHTML}b")
    assert (lead_in.get("class"), lead_in.text) == ("lead-in", "本报讯")


def test_a_story_in_another_language_says_so(rich: Bound) -> None:
    root = rich.document("keeper")
    furniture = root.find(f".//{XHTML}header/{XHTML}nav")
    assert (root.get("lang"), furniture.get("lang")) == ("en", "zh-Hans-CN")
    assert [text_of(node) for node in root.iter(f"{XHTML}strong")] == ["twice a day"]
    assert [text_of(node) for node in root.iter(f"{XHTML}em")] == ["After that it turns by itself."]
    assert root.find(f".//{XHTML}article").get("class") == "box tint"


def test_text_from_right_to_left(rich: Bound) -> None:
    root = rich.document("quoted")
    quote = root.find(f".//{XHTML}aside/{XHTML}p")
    assert (quote.get("dir"), quote.get("lang"), quote.text) == ("rtl", "und-Arab", RTL_QUOTE)
    cited = root.find(f".//{XHTML}p/{XHTML}span[@dir]")
    assert (cited.get("dir"), cited.get("lang"), cited.text) == ("rtl", "und-Hebr", "שלום עולם")


def test_verse_keeps_its_lines(rich: Bound) -> None:
    stanzas = [node for node in text_box(rich.document("verse")) if node.get("class") == "stanza"]
    assert [[text_of(line) for line in stanza] for stanza in stanzas] == [
        ["江水", "　　退了一步"],
        ["它没有回头"],
    ]


def test_every_kind_of_paragraph_has_its_element(rich: Bound) -> None:
    boxes = text_box(rich.document("kinds"))
    assert [(etree.QName(node).localname, node.get("class")) for node in boxes] == [
        ("p", "lead drop drop-2"),
        ("p", None),
        ("h2", None),
        ("ul", None),
        ("ol", None),
        ("blockquote", None),
        ("p", "question"),
        ("p", "answer"),
        ("h2", "poem"),
        ("div", "stanza"),
        ("div", "stanza"),
        ("aside", "note"),
        ("p", "signature"),
    ]
    assert [len(list(node)) for node in boxes if node.tag[-2:] in ("ul", "ol")] == [3, 3]
    assert [text_of(line) for line in boxes[9]] == ["　　船到江心", "　　水自己让开"]


def test_every_style_of_characters_has_its_element(rich: Bound) -> None:
    root = rich.document("kinds").find(f".//{XHTML}div[@class='text']")
    texts = {
        tag: [text_of(node) for node in root.iter(f"{XHTML}{tag}")]
        for tag in ("strong", "em", "sup", "ruby")
    }
    assert texts == {
        "strong": ["缆绳", "答："],
        "em": ["三件事", "天黑", "月亮", "水"],
        "sup": ["①", "②"],
        "ruby": ["舸（gě）", "江（jiāng）", "上（shàng）", "阿房（ē páng）"],
    }
    assert [node.get("class") for node in root.iter(f"{XHTML}em")] == [
        "dotted",
        "dotted",
        None,
        "dotted",
    ]


def test_a_wide_table_names_its_columns_in_each_cell(rich: Bound) -> None:
    table = rich.document("water").find(f".//{XHTML}table")
    cell = table.find(f".//{XHTML}td")
    assert (table.get("class"), cell.get("data-column"), cell.text) == (
        "wide",
        "最高水位（米）",
        "7.31",
    )
    assert [node.get("scope") for node in table.iter(f"{XHTML}th")] == ["col"] * 4 + ["row"] * 2


def test_links_of_the_text(rich: Bound) -> None:
    box = text_box(rich.document("rain"))
    links = [(link.get("href"), text_of(link)) for node in box for link in node.iter(f"{XHTML}a")]
    assert links == [("page-2.xhtml", "第二版的表"), ("story-water.xhtml", "《水费》")]


def test_a_package_is_a_titled_group(rich: Bound) -> None:
    group = rich.book.documents["page-2.xhtml"].find(f".//{XHTML}section[@id='package-1']")
    assert text_of(group.find(f"{XHTML}h2")) == "两岸小记"
    assert [text_of(link) for link in group.iter(f"{XHTML}a")] == ["短诗", "抄书"]
    assert ("page-2.xhtml#package-1", "两岸小记") in _links(rich, "story-quoted.xhtml")
    assert ("story-verse.xhtml", "短诗") in _links(rich, "story-quoted.xhtml")


def test_only_advertisements_that_want_to_be_there_are(rich: Bound) -> None:
    alts = [node.get("alt") for node in rich.book.documents["page-2.xhtml"].iter(f"{XHTML}img")]
    assert "旧书集" in alts
    assert "只上报纸" not in alts
    assert not any("large" in file for file in rich.book.files)


# ---------------------------------------------------------------- pictures and fonts


def test_pictures_are_fit_for_readers(rich: Bound) -> None:
    told = {found.place.file.rpartition("/")[2]: found.values for found in rich.findings}
    assert told["photo.tif"] == {"changes": "CMYK → RGB, TIFF → JPEG"}
    assert told["chart.svg"] == {"changes": "<text> × 2 → <path>"}
    assert told["图 1.webp"]["changes"].startswith("WEBP → ")
    with Image.open(io.BytesIO(_entry(rich.epub, "EPUB/images/art-photo.jpg"))) as photo:
        assert (photo.format, photo.mode, photo.size) == ("JPEG", "RGB", (900, 600))


def test_a_drawing_has_outlines_and_nothing_foreign(rich: Bound) -> None:
    drawing = etree.fromstring(_entry(rich.epub, "EPUB/images/art-chart.svg"))
    tags = [etree.QName(node).localname for node in drawing.iter(etree.Element)]
    assert "text" not in tags
    assert tags.count("path") == 3
    assert "guide" not in tags
    assert set(drawing.attrib) == {"viewBox", "width", "height"}
    assert b"example.org" not in _entry(rich.epub, "EPUB/images/art-chart.svg")


def test_a_rare_character_brings_its_font(rich: Bound) -> None:
    assert any(found.values == {"characters": RARE} for found in rich.findings)
    assert text_of(rich.document("rain").find(f".//{XHTML}span[@class='rare']")) == RARE
    font = TTFont(io.BytesIO(_entry(rich.epub, "EPUB/fonts/rare-kai.ttf")))
    assert set(font.getBestCmap()) == {ord(RARE)}


def test_the_style_sheet_has_nothing_that_kindle_refuses(rich: Bound) -> None:
    css = _entry(rich.epub, "EPUB/book.css").decode()
    assert "--" not in css
    assert "var(" not in css
    assert "prefers-color-scheme: dark" in css


def _entry(epub: bytes, name: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(epub)) as archive:
        return archive.read(name)


def _links(bound: Bound, file: str) -> list[tuple[str, str]]:
    links = bound.book.documents[file].iter(f"{XHTML}a")
    return [(link.get("href"), "".join(text_of(link).split("\n"))) for link in links]


def _depth(node: etree._Element) -> int:
    return sum(1 for _ in node.iterancestors(f"{XHTML}ol"))


def main() -> None:
    """Write the book to the file that is named."""
    with tempfile.TemporaryDirectory() as folder:
        layout = load_layout("tabloid", ROOT / "layouts")
        bound = bind(rich_issue(Path(folder)), layout, open_library(ROOT / "fonts" / "built"))
    Path(sys.argv[1]).write_bytes(bound.epub)


if __name__ == "__main__":
    main()
