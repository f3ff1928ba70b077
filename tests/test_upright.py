"""Vertical heads: cells of a line, the strip beside whole-em columns, and the finished PDF."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2 as pdfium
import pytest
from pydantic import ValidationError

from producer.compose.coverage import Coverage
from producer.edition import Part
from producer.errors import Findings
from producer.fit.heads import HeadSetter
from producer.fit.issue import fit_issue
from producer.fit.upright import Upright, upright_cells
from producer.fonts.library import FontLibrary
from producer.headlines import HeadLine
from producer.layouts import MM_PER_PT, Layout
from producer.typestyles import HeadPart, HeadStyle
from tests.conftest import ROOT, Build, make_issue, make_story, outputs
from tests.issuefactory import IssueFactory, page, place_rest, place_story, story

FACES = ("song-black", "hei-bold", "kai")
BODY = "夜市沿着大学路一字排开，摊主多是附近三所学校的学生。" * 30


def dump(cells: list[Upright]) -> str:
    """Cells as text: what stands in each, how much of the line it takes, `>` if it is turned."""
    return " ".join(
        f"{cell.text or '_'}{'>' if cell.is_turned else ''}{cell.advance_em:.2f}".removesuffix(
            "1.00"
        )
        for cell in cells
    )


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        ("江岸", "江 岸"),
        ("“江”《岸》", "“0.50 江 ”0.50 《0.50 岸 》0.50"),
        ("江，岸。", "江 ，0.50 岸 。0.50"),
        ("江：岸；吗？", "江 ：0.75 岸 ； 吗 ？"),
        ("江·岸", "江 ·0.50 岸"),
        ("江——岸……", "江 ——>2.00 岸 … …"),
        ("12月5日", "12 月 5 日"),
        ("5G和AI", "5G 和 AI"),
        ("江 岸", "江 _0.75 岸"),
    ],
)
def test_cells_of_a_line(fonts: FontLibrary, text: str, cells: str) -> None:
    part = HeadPart(face="song-black", sizes=(20,))
    assert dump(upright_cells(fonts, text.replace(" ", "\u3000"), part)) == cells


@pytest.mark.parametrize("face", FACES)
@pytest.mark.parametrize("text", ["2.8", "120", "2025", "App", "NB-IoT", "New York", "12.5%"])
def test_numbers_and_words_of_three_and_more_are_turned_whole(
    fonts: FontLibrary, face: str, text: str
) -> None:
    (cell,) = upright_cells(fonts, text, HeadPart(face=face, sizes=(20,)))
    assert cell.is_turned
    assert cell.text.replace("\u00a0", " ") == text
    assert cell.advance_em == pytest.approx(fonts.width_em(face, text) + 0.1)


@pytest.mark.parametrize("face", FACES)
@pytest.mark.parametrize("mark", "“”‘’《》（）、，。")
def test_the_vertical_form_of_a_mark_lies_in_its_half_cell(
    fonts: FontLibrary, face: str, mark: str
) -> None:
    """Its ink, from the top of the em box; the form is not that of a horizontal line."""
    (cell,) = upright_cells(fonts, mark, HeadPart(face=face, sizes=(20,)))
    glyph = fonts.face(face).shape(mark, ("vert",))[0].glyph
    assert glyph != fonts.face(face).shape(mark)[0].glyph
    top, bottom = (0.88 - edge - cell.rise_em for edge in fonts.face(face).ink(glyph))
    assert cell.advance_em == 0.5
    assert 0 <= top < bottom <= 0.5


@pytest.mark.parametrize("face", FACES)
@pytest.mark.parametrize(("quote", "bracket"), ["“『", "”』", "‘「", "’」"])
def test_quotation_marks_become_brackets(
    fonts: FontLibrary, face: str, quote: str, bracket: str
) -> None:
    """GB/T 15834, B.2: the same ink, whichever of the two the text has."""
    own = fonts.face(face)
    inks = [own.ink(own.shape(mark, ("vert",))[0].glyph) for mark in (quote, bracket)]
    assert inks[0] == pytest.approx(inks[1])


# ---------------------------------------------------------------- lines and parts


def vertical(rows: int, layout: Layout, fonts: FontLibrary, **head: Any) -> tuple[Any, Findings]:
    findings = Findings()
    setter = HeadSetter(Coverage(fonts, findings), layout.grid, findings)
    made = make_story("正文", **head)
    return setter.vertical_head(made, layout.heads["vertical"], rows), findings


def places(lines: tuple[HeadLine, ...]) -> list[tuple[str, str, float]]:
    return [(line.kind, line.text, line.size_pt) for line in lines]


@pytest.mark.parametrize(
    ("rows", "lines"),
    [
        (27, [("夏夜市集点亮大学路", 26)]),
        (18, [("夏夜市集点亮大学路", 24)]),
        (12, [("夏夜市集", 26), ("点亮大学路", 26)]),
        (8, [("夏夜市集", 18), ("点亮大学路", 18)]),
    ],
)
def test_a_vertical_headline_takes_the_largest_size_for_its_height(
    tabloid: Layout, fonts: FontLibrary, rows: int, lines: list[tuple[str, float]]
) -> None:
    found, findings = vertical(rows, tabloid, fonts, headline="夏夜市集点亮大学路")
    assert [(line.text, line.size_pt) for line in found.lines] == lines
    assert list(findings) == []
    for line in found.lines:
        last = line.cells[-1]
        assert line.y_pt + (last.y_em + 1) * line.size_pt <= rows * 12.5


def test_a_line_is_driven_in_and_out_within_bounds(tabloid: Layout, fonts: FontLibrary) -> None:
    part = tabloid.heads["vertical"].headline
    spreads = set()
    for rows in range(15, 32):
        found, _ = vertical(rows, tabloid, fonts, headline="夏夜市集点亮大学路")
        spreads |= {line.tracking_em for line in found.lines}
    assert min(spreads) >= -part.drive_in_em
    assert max(spreads) == part.drive_out_em
    assert min(spreads) < 0


def test_parts_stand_from_the_right(tabloid: Layout, fonts: FontLibrary) -> None:
    """Kicker, headline, deck; the kicker lower, the deck ending where the headline ends."""
    head = {"headline": "“老工匠”进校园", "kicker": "课堂之外", "deck": "首批招收120名学员"}
    found, _ = vertical(24, tabloid, fonts, **head)
    kicker, headline, deck = found.lines
    assert [line.kind for line in found.lines] == ["kicker", "headline", "deck"]
    assert kicker.x_pt + kicker.size_pt == pytest.approx(found.strip_pt)
    assert kicker.x_pt > headline.x_pt + headline.size_pt
    assert headline.x_pt > deck.x_pt + deck.size_pt
    assert deck.x_pt == pytest.approx(0)
    assert kicker.y_pt == pytest.approx(headline.y_pt + kicker.size_pt)
    assert deck.y_pt > headline.y_pt


def test_the_second_line_stands_left_of_the_first(tabloid: Layout, fonts: FontLibrary) -> None:
    found, _ = vertical(20, tabloid, fonts, headline="渡口村|种下头一茬冬麦")
    first, second = found.lines
    assert second.x_pt == pytest.approx(first.x_pt - first.size_pt * first.line_height)
    assert second.y_pt == first.y_pt


def test_a_headline_too_high_is_told(tabloid: Layout, fonts: FontLibrary) -> None:
    _, findings = vertical(8, tabloid, fonts, headline=("夏夜市集点亮大学路", "二"))
    (told,) = findings
    assert (told.id, told.values["characters"], told.values["room"]) == ("head.too-high", 9, 5)


def test_a_vertical_style_has_its_byline_at_the_tail() -> None:
    part = {"face": "song", "sizes": [20]}
    with pytest.raises(ValidationError, match="put it at the tail"):
        HeadStyle.model_validate({"headline": part, "direction": "vertical", "byline": "head"})


# ---------------------------------------------------------------- the strip


def fit(layout: Layout, fonts: FontLibrary, **placed: Any) -> tuple[Part, Findings]:
    findings = Findings()
    where = {"style": "vertical", **placed}
    made = make_story(BODY, headline="夏夜市集点亮大学路", kicker="三校联动", byline="记者 某")
    issue = make_issue([page(place_story("alpha", **where))], [made], layout="tabloid")
    (part,) = fit_issue(issue, layout, fonts, findings).parts()
    return part, findings


@pytest.mark.parametrize("side", ["left", "right"])
@pytest.mark.parametrize(
    ("rect", "columns", "measure"),
    [([1, 1, 2, 34], 1, 19), ([5, 1, 2, 38], 2, 9), ([1, 1, 3, 24], 3, 10), ([2, 4, 4, 20], 3, 14)],
)
def test_the_text_beside_stands_in_whole_ems(
    tabloid: Layout,
    fonts: FontLibrary,
    side: str,
    rect: list[int],
    columns: int,
    measure: int,
) -> None:
    heads = {"vertical": tabloid.heads["vertical"].model_copy(update={"side": side})}
    layout = tabloid.model_copy(update={"heads": tabloid.heads | heads})
    part, _ = fit(layout, fonts, rect=rect, columns=columns)
    box, head = part.box, part.head.box
    assert part.head.rows == 0
    assert part.measure_em == measure
    assert (head.y, head.height) == (box.y, box.height)
    em, boxes = tabloid.grid.em_mm, [slice_.box for slice_ in part.slices]
    assert {round(each.width / em, 6) for each in boxes} == {measure}
    assert {round(each.y, 6) for each in boxes} == {round(box.y, 6)}
    edges = [*boxes, head] if side == "right" else [head, *boxes]
    assert edges[0].x == pytest.approx(box.x)
    assert edges[-1].x + edges[-1].width == pytest.approx(box.x + box.width)
    for left, right in pairwise(edges):
        assert right.x - left.x - left.width >= 0.85 * em - 1e-9


def test_lines_lie_within_the_strip(tabloid: Layout, fonts: FontLibrary) -> None:
    part, _ = fit(tabloid, fonts, rect=[5, 1, 2, 38])
    width, height = (each / MM_PER_PT for each in (part.head.box.width, part.head.box.height))
    for line in part.head.lines:
        assert 0 <= line.x_pt <= width - line.size_pt + 1e-6
        assert 0 <= line.y_pt < height


def test_the_byline_ends_the_text(tabloid: Layout, fonts: FontLibrary) -> None:
    part, _ = fit(tabloid, fonts, rect=[1, 1, 6, 38])
    assert part.head.byline is None
    assert part.slices[-1].text.endswith("记者 某")


def test_a_frame_too_narrow_for_a_vertical_head_is_told(
    tabloid: Layout, fonts: FontLibrary
) -> None:
    _, findings = fit(tabloid, fonts, rect=[1, 1, 2, 38], columns=4)
    told = next(found for found in findings if found.id == "head.no-room-beside")
    assert (told.level, told.values["characters"]) == ("error", 4)


def test_a_continuation_in_a_vertical_style_has_a_horizontal_head(
    tabloid: Layout, fonts: FontLibrary
) -> None:
    """Its from line is horizontal, and stands below the short headline."""
    first = place_story("alpha", rect=[1, 1, 2, 12], style="vertical", columns=1)
    rest = place_rest("alpha", rect=[1, 1, 6, 20], style="vertical")
    made = make_story(BODY, headline="夏夜市集点亮大学路", short="夏夜市集")
    issue = make_issue([page(first), page(rest)], [made], layout="tabloid")
    one, two = fit_issue(issue, tabloid, fonts, Findings()).parts_of("alpha")
    assert (one.head.direction, one.head.rows) == ("vertical", 0)
    assert (two.head.direction, two.head.from_line) == ("horizontal", "（上接第1版）")
    assert two.head.rows >= 3
    assert not any(line.cells for line in two.head.lines)


# ---------------------------------------------------------------- the finished PDF

HEADS = {
    "night": {"headline": "夏夜市集点亮大学路", "kicker": "三校联动共建知识集市"},
    "craft": {
        "headline": "“老工匠”进校园：12个社团排队拜师",
        "kicker": "AI课堂外的手艺课",
        "deck": "——首批招收120名学员，2.8公里内……",
    },
    "ice": {"headline": "一块冰 走了三天|才到“巷口·码头”", "byline": "记者 某"},
}
LOOKS = ("reversed", "boxed", "tinted")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, build: Build) -> Path:
    """Three vertical heads and three on plates, on one page; the build itself reads them back."""
    factory = IssueFactory(tmp_path_factory.mktemp("upright"))
    factory.stories = {id: story(BODY[: 26 * 16], **head) for id, head in HEADS.items()}
    factory.stories |= {look: story(BODY[:260], headline="“先行者”") for look in LOOKS}
    rects = ([1, 1, 3, 22], [4, 1, 3, 22], [1, 24, 4, 16])
    vertical = [
        place_story(id, rect=rect, style="vertical", columns=2)
        for id, rect in zip(HEADS, rects, strict=True)
    ]
    plates = [
        place_story(look, rect=[1 + 2 * at, 41, 2, 16], style=look) for at, look in enumerate(LOOKS)
    ]
    factory.pages = [page(*vertical, *plates)]
    build(factory.write(), home=ROOT, only="print,screen")
    return outputs(factory.folder)


@pytest.mark.parametrize("name", ["print.pdf", "screen.pdf"])
def test_a_vertical_head_reads_back_in_order(folder: Path, name: str) -> None:
    """Turned and squeezed cells keep their place among the others."""
    (only,) = pdfium.PdfDocument(folder / name)
    text = "".join(only.get_textpage().get_text_bounded().split())
    for head in HEADS.values():
        parts = [head.get(part, "") for part in ("kicker", "headline", "deck")]
        wanted = "".join("".join(parts).replace("|", "").split())
        assert wanted in text


def test_a_vertical_headline_is_one_heading(folder: Path) -> None:
    """All its cells are inside one H2, as the screen edition's tags tell."""
    with pikepdf.open(folder / "screen.pdf") as pdf:
        counts = [_marks(node) for node in _nodes(pdf.Root.StructTreeRoot) if node.S == "/H2"]
    assert counts == [9, 17, 16, *[1] * 3]


def _nodes(node: Any) -> Any:
    for child in _children(node):
        yield child
        yield from _nodes(child)


def _children(node: Any) -> list[Any]:
    kids = node.get("/K", [])
    kids = list(kids) if isinstance(kids, pikepdf.Array) else [kids]
    return [kid for kid in kids if isinstance(kid, pikepdf.Dictionary) and "/S" in kid]


def _marks(node: Any) -> int:
    """Pieces of painted content below a node."""
    kids = node.get("/K", [])
    kids = list(kids) if isinstance(kids, pikepdf.Array) else [kids]
    own = sum(not (isinstance(kid, pikepdf.Dictionary) and "/S" in kid) for kid in kids)
    return own + sum(map(_marks, _children(node)))


def test_plates_are_painted(folder: Path, tabloid: Layout) -> None:
    """Two millimetres inside their top left corners: black, white within a line, and a tint."""
    (only,) = pdfium.PdfDocument(folder / "print.pdf")
    image = only.render(scale=2).to_pil().convert("RGB")
    x, y = tabloid.x_mm, tabloid.y_mm(41) + 2
    points = [(x(1 + 2 * at) + 2, y) for at in range(3)]
    colours = [image.getpixel(tuple(round(2 * mm / MM_PER_PT) for mm in each)) for each in points]
    black, white, tint = colours
    assert max(black) < 40 and white == (255, 255, 255), "black ink alone is painted as dark grey"
    assert tint == pytest.approx((228, 220, 200), abs=12)
