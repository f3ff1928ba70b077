"""Every layout is whole, shares what is common, and says where its files are looked for."""

from __future__ import annotations

import re
from itertools import combinations, pairwise
from pathlib import Path

import pytest

from producer.errors import ProducerError
from producer.fonts.library import FontLibrary
from producer.layouts import COMMON, Layout, find_file, load_layout
from tests.conftest import ROOT, TINY_LAYOUT

LAYOUTS = sorted(path.parent.name for path in (ROOT / "layouts").glob("*/layout.yaml"))
# Head styles that mean the same in every layout, so that a paper can change its format.
STYLES = (
    "lead page-lead second standard plain member brief feature literary verse vertical reversed "
    "boxed tinted continuation"
).split()


@pytest.fixture(params=LAYOUTS)
def layout(request: pytest.FixtureRequest) -> Layout:
    return load_layout(request.param, ROOT / "layouts")


def style_sheets(layout: Layout) -> str:
    return "\n".join(
        path.read_text("utf-8") for folder in layout.folders for path in folder.glob("*.css")
    )


def test_there_are_two() -> None:
    assert LAYOUTS == ["broadsheet", "tabloid"]


def test_the_type_area_lies_well_on_the_page(layout: Layout) -> None:
    """Head margin larger than foot, both sides alike, all whole rows and columns."""
    page, grid = layout.page, layout.grid
    right = page.width_mm - page.left_mm - layout.width_mm(grid.columns)
    foot = page.height_mm - page.top_mm - grid.rows * grid.row_mm
    assert right == pytest.approx(page.left_mm, abs=0.05)
    assert 12 < foot < page.top_mm


def test_frames_lie_on_the_grid_and_on_no_furniture(layout: Layout) -> None:
    for name, master in layout.masters.items():
        taken = [frame.rect for frame in master.frames.values()]
        taken += [*master.reserved, *([master.banner] if master.banner else [])]
        assert all(layout.type_area.contains(rect) for rect in taken), name
        assert not [pair for pair in combinations(taken, 2) if pair[0].overlaps(pair[1])], name


def test_frames_name_styles_and_boxes_of_the_layout(layout: Layout) -> None:
    assert set(STYLES) <= set(layout.heads)
    assert layout.continuation in layout.heads
    for master in layout.masters.values():
        for frame in master.frames.values():
            assert frame.style is None or frame.style in layout.heads
            assert frame.box is None or frame.box in layout.boxes


def test_sizes_of_heads_fall(layout: Layout) -> None:
    for name, head in layout.heads.items():
        for part in (head.kicker, head.headline, head.deck):
            sizes = part.sizes if part else ()
            assert all(large > small for large, small in pairwise(sizes)), name


def test_every_template_style_sheet_and_face_is_there(layout: Layout, fonts: FontLibrary) -> None:
    files = {master.template for master in layout.masters.values()}
    files |= {"issue.html", "common.css", f"{layout.name}.css", "epub/book.css"}
    files |= set(re.findall(r"url\(layout:([^)]+)\)", style_sheets(layout)))
    files |= {layout.body.end_mark.file} if layout.body.end_mark else set()
    assert [name for name in files if find_file(layout.folders, name) is None] == []
    assert layout.faces <= set(fonts.keys)


def test_every_property_of_the_style_sheets_is_given(layout: Layout, fonts: FontLibrary) -> None:
    css = style_sheets(layout)
    html = find_file(layout.folders, "issue.html")
    assert html
    given = set(re.findall(r"(--[\w-]+):", css + html.read_text("utf-8")))
    families = {fonts.face(key).family for key in layout.faces}
    given |= {f"--{family.lower().replace(' ', '-')}" for family in families}
    assert set(re.findall(r"var\((--[\w-]+)\)", css)) <= given


# ---------------------------------------------------------------- where files are looked for


def test_a_layouts_own_file_goes_before_the_common_one(tmp_path: Path) -> None:
    own, common = tmp_path / "own", tmp_path / COMMON
    for folder in (own, common):
        folder.mkdir()
        (folder / "both.css").write_text(folder.name)
    (common / "shared.css").write_text("")
    assert find_file((own, common), "both.css") == own / "both.css"
    assert find_file((own, common), "shared.css") == common / "shared.css"
    assert find_file((own, common), "neither.css") is None


def test_no_name_leads_out_of_the_folders(tmp_path: Path) -> None:
    own, common = tmp_path / "own", tmp_path / COMMON
    own.mkdir()
    common.mkdir()
    (tmp_path / "secret").write_text("")
    (common / "link").symlink_to(tmp_path / "secret")
    for name in ("../secret", "link", str(tmp_path / "secret"), "", "."):
        assert find_file((own, common), name) is None, name


def test_the_common_folder_is_no_layout() -> None:
    with pytest.raises(ProducerError) as caught:
        load_layout(COMMON, ROOT / "layouts")
    (told,) = caught.value.problems
    assert (told.id, told.values["known"]) == ("layout.missing", ", ".join(LAYOUTS))


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ("{first: cover, others: news}", "there is no master cover"),
        ("{first: front, others: inside}", "there is no master inside"),
        ("{first: bare, others: news}", "bare has no frame"),
    ],
)
def test_masters_of_new_pages_must_do(tmp_path: Path, wrong: str, said: str) -> None:
    folder = tmp_path / "wrong"
    folder.mkdir()
    text = re.sub("new_pages: {.*}", f"new_pages: {wrong}", TINY_LAYOUT)
    (folder / "layout.yaml").write_text(f"{text}  bare: {{template: page.html}}\n", "utf-8")
    with pytest.raises(ProducerError) as caught:
        load_layout("wrong", tmp_path)
    (told,) = caught.value.problems
    assert told.id == "layout.wrong"
    assert said in told.values["detail"]
