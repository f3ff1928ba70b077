"""Paragraph kinds and character styles in the e-book: elements, markers, reading back."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from lxml import etree

from producer.edition import Box, Edition, EditionPage, Head, Mark, Part
from producer.epub.check_data import check_data
from producer.epub.contents import arrange
from producer.epub.documents import Documents
from producer.epub.insets import place_insets
from producer.epub.make import make_epub
from producer.epub.openbook import EPUB_TYPE, XHTML, text_box
from producer.epub.passages import passages
from producer.epub.readback import check_epub
from producer.epub.text import TextSplitter
from producer.epub.waycheck import check_marks
from producer.errors import Findings
from producer.fonts.library import FontLibrary
from producer.layouts import Layout
from producer.model import Block, Issue, Run, Story
from producer.preflight.text import story_text
from tests.conftest import make_issue, make_story
from tests.issuefactory import page, place_rest, place_story
from tests.manuscript import KINDS

# An issue has at most 96 pages.
MOST_CUTS = 90
NOWHERE = Box(0, 0, 0, 0)


def issue_of(story: Story, pages: int = 1) -> Issue:
    """An issue in which a story goes on on every page."""
    rest = [page(place_rest(story.id, rect=[1, 1, 6, 9])) for _ in range(pages - 1)]
    return make_issue([page(place_story(story.id, rect=[1, 1, 6, 9])), *rest], [story])


def cut_at(story: Story, marks: list[Mark]) -> Edition:
    """An edition that cuts a story before each mark, one part a page, and has no lines."""
    head = Head(NOWHERE, NOWHERE, 0, (), 0, 0, "", None, None)
    starts = [Mark(0, 0), *marks]
    parts = [
        Part(
            story=story.id,
            index=number,
            page=number,
            rect=(1, 1, 6, 9),
            box=NOWHERE,
            style="",
            box_style=None,
            measure_em=1,
            columns=1,
            gutter_em=0,
            head=head,
            slices=(),
            insets=(),
            jump_line=None,
            goes_to=None,
            comes_from=None,
            start=start,
            end=start,
        )
        for number, start in enumerate(starts, 1)
    ]
    pages = tuple(
        EditionPage(part.page, "", "", "", None, None, (), (part,), (), (), (), ())
        for part in parts
    )
    return Edition(issue_of(story, len(parts)), pages, {})


@pytest.fixture
def shown(tabloid: Layout) -> Callable[..., etree._Element]:
    """A story's document, without or with an edition."""

    def run(story: Story, edition: Edition | None = None, rare: str = "") -> etree._Element:
        issue = edition.issue if edition else issue_of(story)
        contents = arrange(issue, edition)
        documents = Documents(contents, tabloid, {}, {}, None, rare).all()
        name = f"story-{story.id}.xhtml"
        return etree.fromstring(next(one.data for one in documents if one.file == name))

    return run


def markup(document: etree._Element) -> str:
    """The running text's markup without name spaces and white space between elements."""
    found = b"".join(etree.tostring(node, encoding="utf-8") for node in text_box(document))
    return re.sub(r' xmlns(:\w+)?="[^"]*"|\n', "", found.decode())


# ---------------------------------------------------------------- elements


@pytest.mark.parametrize(
    ("body", "wanted"),
    [
        ("- 甲\n- 乙", "<ul><li><p>甲</p></li><li><p>乙</p></li></ul>"),
        ("3. 甲\n4. 乙", '<ol start="3"><li><p>甲</p></li><li><p>乙</p></li></ol>'),
        ("1) 甲\n\n1. 乙", "<ol><li><p>甲</p></li></ol><ol><li><p>乙</p></li></ol>"),
        (
            "- 甲\n\n  又\n\n1. 乙",
            "<ul><li><p>甲</p><p>又</p></li></ul><ol><li><p>乙</p></li></ol>",
        ),
        ("> 甲\n>\n> 乙\n\n丙", "<blockquote><p>甲</p><p>乙</p></blockquote><p>丙</p>"),
        ("::: note\n甲\n\n乙\n:::", '<aside class="note" role="note"><p>甲</p><p>乙</p></aside>'),
        (
            "::: lead\n甲\n:::\n::: signature\n乙\n:::",
            '<p class="lead">甲</p><p class="signature">乙</p>',
        ),
        ("问：甲\n\n答：乙", '<p class="question">问：甲</p><p class="answer">答：乙</p>'),
        (
            "::: verse\n## 题\n一\n　二\n:::\n\n## 文\n\n三",
            '<h2 class="poem">题</h2><div class="stanza"><p>一</p><p>　二</p></div>'
            "<h2>文</h2><p>三</p>",
        ),
        ("==甲==^1^", '<p><em class="dotted">甲</em><sup>1</sup></p>'),
        ("{甲|jiǎ}", "<p><ruby>甲<rp>（</rp><rt>jiǎ</rt><rp>）</rp></ruby></p>"),
        (
            "**{甲|a}**[{乙|b}](page:1)",
            "<p><ruby><strong>甲</strong><rp>（</rp><rt>a</rt><rp>）</rp></ruby>"
            '<ruby><a href="page-1.xhtml">乙</a><rp>（</rp><rt>b</rt><rp>）</rp></ruby></p>',
        ),
    ],
)
def test_elements(body: str, wanted: str, shown: Callable[..., etree._Element]) -> None:
    assert markup(shown(make_story(body))) == wanted


def test_a_drop_capital_is_the_first_paragraphs(shown: Callable[..., etree._Element]) -> None:
    assert markup(shown(make_story("## 题\n\n甲\n\n乙", drop_capital=3))) == (
        '<h2>题</h2><p class="drop drop-3">甲</p><p>乙</p>'
    )
    assert markup(shown(make_story("::: lead\n甲\n:::", drop_capital=2))) == (
        '<p class="lead drop drop-2">甲</p>'
    )
    assert "drop" not in markup(shown(make_story("- 甲", drop_capital=2)))


def test_a_lead_in_does_not_stand_in_a_list(shown: Callable[..., etree._Element]) -> None:
    assert markup(shown(make_story("- 甲", lead_in="本报讯"))) == (
        '<p><b class="lead-in">本报讯</b></p><ul><li><p>甲</p></li></ul>'
    )
    assert markup(shown(make_story("> 甲", lead_in="本报讯"))) == (
        '<blockquote><p><b class="lead-in">本报讯</b> 甲</p></blockquote>'
    )


def test_rare_characters_of_readings_are_marked(shown: Callable[..., etree._Element]) -> None:
    assert markup(shown(make_story("{龑龘|ㄧ龘}"), rare="龘")) == (
        '<p><ruby>龑<span class="rare">龘</span><rp>（</rp>'
        '<rt>ㄧ<span class="rare">龘</span></rt><rp>）</rp></ruby></p>'
    )


# ---------------------------------------------------------------- insets


def quotes(count: int) -> list[dict[str, Any]]:
    return [{"id": f"q{at}", "quote": "引"} for at in range(count)]


def test_an_inset_parts_a_list_which_counts_on() -> None:
    story = make_story("1. 甲\n2. 乙\n3. 丙\n4. 丁")
    splitter = TextSplitter()
    paragraphs = [splitter.paragraph(block, at, ()) for at, block in enumerate(story.body)]
    (inset,) = make_story("", insets=quotes(1)).head.insets
    found = passages(paragraphs, {2: [inset]})
    assert [(one.start, len(one.items), len(one.insets)) for one in found] == [
        (1, 2, 0),
        (3, 2, 1),
    ]


@pytest.mark.parametrize(
    ("body", "place"),
    [
        ("甲\n\n## 题\n\n乙\n\n丙", 1),
        ("甲\n\n问：乙\n\n答：丙\n\n丁", 1),
        ("甲\n\n- 乙\n\n  又\n\n丙", 1),
        ("甲\n\n- 乙\n- 丙\n- 丁", 2),
    ],
)
def test_an_inset_does_not_part_what_belongs_together(body: str, place: int) -> None:
    assert list(place_insets(make_story(body, insets=quotes(1)), None)) == [place]


# ---------------------------------------------------------------- page markers


def test_a_marker_stands_right_before_every_character(
    shown: Callable[..., etree._Element],
) -> None:
    story = make_story(KINDS, byline="丁", lead_in="本报讯", drop_capital=2)
    marks = [
        Mark(at, offset)
        for at, block in enumerate(story.body)
        for offset, character in enumerate(block.text)
        if character.strip() and (at, offset) != (0, 0)
    ]
    for some in (marks[at : at + MOST_CUTS] for at in range(0, len(marks), MOST_CUTS)):
        edition = cut_at(story, some)
        document = shown(story, edition)
        findings = Findings()
        check_marks(document, story, edition, findings)
        assert list(findings) == []
        markers = (node for node in document.iter() if node.get(EPUB_TYPE) == "pagebreak")
        assert [_character_after(marker) for marker in markers] == [
            story.body[at].text[offset] for at, offset in some
        ]


def _character_after(marker: etree._Element) -> str:
    """The first character that a reader sees after a marker."""
    text = next(str(text) for text in marker.xpath("following::text()") if str(text).strip())
    return text.strip()[0]


def test_a_marker_within_a_reading_s_text(shown: Callable[..., etree._Element]) -> None:
    story = make_story("{阿房|ē páng}")
    document = shown(story, cut_at(story, [Mark(0, 1)]))
    ruby = next(document.iter(f"{XHTML}ruby"))
    assert [etree.QName(node).localname for node in ruby] == ["span", "rp", "rt", "rp"]
    assert (ruby.text, ruby[0].tail) == ("阿", "房")


# ---------------------------------------------------------------- nothing lost


def test_text_of_the_page_has_labels_and_readings_in_their_places() -> None:
    story = make_story("- 甲{乙|yǐ}丙\n\n2. ==丁==^1^", lead_in="讯")
    assert story_text(story, "／某") == "讯•甲乙yǐ丙2.丁1／某"


@pytest.fixture
def book(tabloid: Layout, fonts: FontLibrary) -> Callable[[Story], bytes]:
    return lambda story: make_epub(issue_of(story), tabloid, fonts, Findings())


def told(epub: bytes, story: Story) -> list[str]:
    findings = Findings()
    check_epub(epub, issue_of(story), findings)
    return [found.id for found in findings]


@pytest.mark.parametrize("lead_in", [None, "本报讯"])
@pytest.mark.parametrize("body", [KINDS, "7) 甲\n8) 乙\n\n   又", "- 甲\n\n- {乙|b}"])
def test_a_book_is_read_back(body: str, lead_in: str | None, book: Callable[..., bytes]) -> None:
    story = make_story(body, lead_in=lead_in, drop_capital=2)
    assert told(book(story), story) == []


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("2. 甲\n3. 乙", "1. 甲\n2. 乙"),
        ("- 甲\n- 乙", "1. 甲\n2. 乙"),
        ("1. 甲\n\n   乙", "1. 甲\n2. 乙"),
        ("{甲|a}", "{甲|b}"),
        ("甲", "{甲|a}"),
    ],
)
def test_a_wrong_label_or_reading_is_found(
    wrong: str, right: str, book: Callable[..., bytes]
) -> None:
    assert told(book(make_story(wrong)), make_story(right)) == ["epub.text-differs"]


def test_a_control_character_in_a_reading_is_found() -> None:
    story = make_story("甲")
    block = Block(kind="body", runs=(Run(text="甲", ruby="a\x01"),))
    findings = Findings()
    check_data(issue_of(story.model_copy(update={"body": (block,)})), findings)
    assert [found.id for found in findings] == ["epub.control"]
