"""Preflight: a clean file passes; each broken one is caught by the check meant for it."""

from __future__ import annotations

import inspect as signatures
import io
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from pikepdf import Array, Dictionary, Name, OutlineItem, Pdf, Stream, String
from PIL import Image

from producer.messages import catalogue
from producer.preflight.profiles import profile_of, profiles
from producer.preflight.read.characters import Character
from producer.preflight.read.document import Document, Page
from producer.preflight.registry import checks
from producer.preflight.run import Checked, preflight
from producer.preflight.sayings import jumps_to
from producer.preflight.table import checks_page
from producer.preflight.verapdf import ENGINE_VARIABLE, EngineMissing, validate
from tests import presspdf
from tests.conftest import ROOT
from tests.independent import needs
from tests.presspdf import BLEED, FIRST, HEIGHT, MM, SECOND, WIDTH, PressFile, add, at, picture

# The tiny file has two pages; all else is the print profile as it ships.
UNMET = {"page-count"}
SKIPPED = {"stories"} | ({"ink-plates"} if not shutil.which("gs") else set())


@pytest.fixture(scope="session")
def press(tmp_path_factory: pytest.TempPathFactory) -> PressFile:
    return PressFile(tmp_path_factory.mktemp("press"))


def failing(checked: Checked) -> set[str]:
    """The checks that found something, as `failed` or `warned`."""
    states = ("failed", "warned")
    return {each.check.id for each in checked.results if each.state in states} - UNMET


def held(pdf: Pdf, folder: Path, profile: str = "print") -> Checked:
    path = folder / "file.pdf"
    pdf.save(path, static_id=True)
    return preflight(path, profile)


def test_the_clean_file_is_clean(press: PressFile, tmp_path: Path) -> None:
    checked = held(press.make(), tmp_path)
    assert failing(checked) == set()
    skipped = {each.check.id for each in checked.results if each.state == "skipped"}
    assert skipped == SKIPPED
    assert len(checked.results) == len(profiles()["print"])


# ---------------------------------------------------------------- broken files


def no_trim(pdf: Pdf) -> None:
    del pdf.pages[0].obj.TrimBox


def trim_out_of_bleed(pdf: Pdf) -> None:
    pdf.pages[0].obj.BleedBox = Array([BLEED + 5, BLEED, WIDTH, HEIGHT])


def other_size(pdf: Pdf) -> None:
    pdf.pages[1].obj.TrimBox = Array([BLEED, BLEED, WIDTH + BLEED, HEIGHT + BLEED - 6])
    page = pdf.pages[1].obj
    page.BleedBox = Array([0, 0, WIDTH + 2 * BLEED, HEIGHT + 2 * BLEED - 6])


def no_intent(pdf: Pdf) -> None:
    del pdf.Root.OutputIntents


def intent_of_a_screen(pdf: Pdf) -> None:
    stream = Stream(pdf, presspdf.profile(b"RGB ", b"mntr"), N=3)
    pdf.Root.OutputIntents[0].DestOutputProfile = pdf.make_indirect(stream)


def no_version(pdf: Pdf) -> None:
    with pdf.open_metadata(set_pikepdf_as_editor=False) as metadata:
        del metadata["pdfxid:GTS_PDFXVersion"]


def rgb_rule(pdf: Pdf) -> None:
    add(pdf, f"0.2 0.2 0.8 RG 1 w {at(12, 75)} m {at(40, 75)} l S")


def rgb_picture(pdf: Pdf) -> None:
    image = pdf.make_indirect(picture(pdf, 200, space="RGB"))
    pdf.pages[0].obj.Resources.XObject.I = image


def rgb_within_a_form(pdf: Pdf) -> None:
    form = Stream(pdf, b"1 0 0 rg 0 0 20 20 re f", Type=Name.XObject, Subtype=Name.Form)
    form.BBox = Array([0, 0, 20, 20])
    pdf.pages[0].obj.Resources.XObject.X = pdf.make_indirect(form)
    add(pdf, f"q 1 0 0 1 {at(30, 95)} cm /X Do Q")


def lab_rule(pdf: Pdf) -> None:
    white = Dictionary(WhitePoint=Array([0.9642, 1, 0.8249]), Range=Array([-128, 127, -128, 127]))
    pdf.pages[0].obj.Resources.ColorSpace = Dictionary(L=Array([Name.Lab, white]))
    add(pdf, f"/L CS 50 20 20 SC 1 w {at(12, 75)} m {at(40, 75)} l S")


def wet_picture(pdf: Pdf) -> None:
    image = pdf.make_indirect(picture(pdf, 200, ink=(240, 230, 220, 200)))
    pdf.pages[0].obj.Resources.XObject.I = image


def wet_tint(pdf: Pdf) -> None:
    add(pdf, f"0.8 0.8 0.8 0.6 k {at(50, 95)} 40 40 re f")


def overprinted_tints(pdf: Pdf) -> None:
    """Two tints of 160 and 180 %, the upper one overprinting the lower one's inks."""
    place = f"{at(50, 95)} 40 40 re f"
    add(pdf, f"0.9 0.7 0 0 k {place} q /O gs 0 0 0.9 0.9 k {place} Q")


def rich_black(pdf: Pdf) -> None:
    presspdf.replace(pdf, "0 0 0 1 k", "0.5 0.4 0.4 1 k")


def knocking_out(pdf: Pdf) -> None:
    presspdf.set_ink(pdf, OP=False, op=False, OPM=1)


def black_in_grey(pdf: Pdf) -> None:
    presspdf.replace(pdf, "0 0 0 1 k", "0 g")


def small_print(pdf: Pdf) -> None:
    presspdf.replace(pdf, "/F 9 Tf", "/F 5 Tf")


def red_small_print(pdf: Pdf) -> None:
    presspdf.replace(pdf, "BT /F 9 Tf", "0 1 1 0 k BT /F 7 Tf")


def thin_line(pdf: Pdf) -> None:
    presspdf.replace(pdf, "0.5 w", "0.1 w")


def thin_strip(pdf: Pdf) -> None:
    add(pdf, f"0 0 0 1 k {at(12, 75)} 100 0.1 re f")


def font_outside(pdf: Pdf) -> None:
    del pdf.pages[0].obj.Resources.Font.F.DescendantFonts[0].FontDescriptor["/FontFile2"]


def whole_font(pdf: Pdf) -> None:
    for page in pdf.pages:
        page.obj.Resources.Font.F.BaseFont = Name.Square


def drawn_font(pdf: Pdf) -> None:
    glyph = pdf.make_stream(b"1000 0 0 0 700 700 d1 0 0 700 700 re f")
    font = Dictionary(
        Type=Name.Font,
        Subtype=Name.Type3,
        FontBBox=Array([0, 0, 1000, 1000]),
        FontMatrix=Array([0.001, 0, 0, 0.001, 0, 0]),
        CharProcs=Dictionary(a=glyph),
        Encoding=Dictionary(Type=Name.Encoding, Differences=Array([97, Name.a])),
        FirstChar=97,
        LastChar=97,
        Widths=Array([1000]),
        Resources=Dictionary(),
    )
    pdf.pages[0].obj.Resources.Font.T = pdf.make_indirect(font)
    add(pdf, f"/O gs 0 0 0 1 k BT /T 9 Tf 1 0 0 1 {at(60, 60)} Tm (a) Tj ET")


def missing_glyph(pdf: Pdf) -> None:
    add(pdf, f"/O gs 0 0 0 1 k BT /F 9 Tf 1 0 0 1 {at(60, 60)} Tm <0000> Tj ET")


def coarse_picture(pdf: Pdf) -> None:
    pdf.pages[0].obj.Resources.XObject.I = pdf.make_indirect(picture(pdf, 90))


def fine_picture(pdf: Pdf) -> None:
    pdf.pages[0].obj.Resources.XObject.I = pdf.make_indirect(picture(pdf, 500))


def blown_up_picture(pdf: Pdf) -> None:
    small = picture(pdf, 50).read_bytes()
    rows = [small[row * 200 : row * 200 + 200] for row in range(50)]
    wide = [b"".join(row[at : at + 4] * 4 for at in range(0, 200, 4)) for row in rows]
    image = picture(pdf, 200)
    image.write(b"".join(row * 4 for row in wide))
    pdf.pages[0].obj.Resources.XObject.I = pdf.make_indirect(image)


def picture_at_the_trim(pdf: Pdf) -> None:
    side = 25.4 * MM
    add(pdf, f"q {side:.3f} 0 0 {side:.3f} {at(0, 130)} cm /I Do Q")


def tint_at_the_trim(pdf: Pdf) -> None:
    add(pdf, f"0.1 0 0.2 0 k {at(-1, 130)} 40 40 re f")


def rgb_group(pdf: Pdf) -> None:
    group = Dictionary(S=Name.Transparency, CS=Name.DeviceRGB)
    pdf.pages[0].obj.Group = group


def link_on_the_page(pdf: Pdf) -> None:
    note = Dictionary(
        Type=Name.Annot,
        Subtype=Name.Link,
        Rect=Array([50, 50, 90, 60]),
        Dest=Array([pdf.pages[1].obj, Name.Fit]),
    )
    pdf.pages[0].obj.Annots = Array([pdf.make_indirect(note)])


def broken_metadata(pdf: Pdf) -> None:
    pdf.Root.Metadata = Stream(pdf, b"<x:xmpmeta")


def no_title(pdf: Pdf) -> None:
    with pdf.open_metadata(set_pikepdf_as_editor=False) as metadata:
        del metadata["dc:title"]


BROKEN: list[tuple[Callable[[Pdf], None], str]] = [
    (no_trim, "page-boxes"),
    (trim_out_of_bleed, "page-boxes"),
    (other_size, "page-size"),
    (no_intent, "output-intent"),
    (intent_of_a_screen, "output-intent"),
    (no_version, "pdfx-version"),
    (rgb_rule, "colour-space"),
    (rgb_picture, "colour-space"),
    (rgb_within_a_form, "colour-space"),
    (lab_rule, "colour-space"),
    (wet_picture, "ink-total"),
    (wet_tint, "ink-total"),
    (overprinted_tints, "ink-plates"),
    (rich_black, "text-black"),
    (knocking_out, "text-overprint"),
    (black_in_grey, "text-overprint"),
    (small_print, "text-small"),
    (red_small_print, "text-coloured"),
    (thin_line, "hairline"),
    (thin_strip, "hairline"),
    (font_outside, "font-embedded"),
    (whole_font, "font-subset"),
    (drawn_font, "font-type3"),
    (missing_glyph, "glyph-missing"),
    (coarse_picture, "picture-coarse"),
    (fine_picture, "picture-fine"),
    (blown_up_picture, "picture-blown-up"),
    (picture_at_the_trim, "bleed"),
    (tint_at_the_trim, "bleed"),
    (rgb_group, "transparency"),
    (link_on_the_page, "annotations"),
    (broken_metadata, "pdfx-version"),
    (no_title, "title"),
]


@pytest.mark.parametrize(("spoil", "check"), BROKEN, ids=[one.__name__ for one, _ in BROKEN])
def test_a_broken_file_is_caught_by_the_check_meant_for_it(
    spoil: Callable[[Pdf], None], check: str, press: PressFile, tmp_path: Path
) -> None:
    if check == "ink-plates":
        needs("gs")
    pdf = press.make()
    spoil(pdf)
    assert failing(held(pdf, tmp_path)) == {check}


Lines = tuple[presspdf.Line, ...]


def with_text(lines: Lines, old: str, new: str) -> Lines:
    assert any(old in text for _, _, text, _ in lines)
    return tuple((x, y, text.replace(old, new), size) for x, y, text, size in lines)


@pytest.mark.parametrize(
    ("first", "second", "check"),
    [
        (FIRST, with_text(SECOND, "（上接第1版）", "　"), "jumps"),
        (FIRST, with_text(SECOND, "（上接第1版）", "（上接第2版）"), "jumps"),
        (with_text(FIRST, "（下转第2版）", "　"), SECOND, "jumps"),
        (with_text(FIRST, "（下转第2版）", "（下转第7版）"), SECOND, "jumps"),
        (FIRST, with_text(SECOND, "12月1日", "12月2日"), "folio-date"),
        (FIRST, with_text(SECOND, "2026年12月1日", "　"), "folio-date"),
        (FIRST, with_text(SECOND, "星期二", "星期三"), "folio-date"),
        (with_text(FIRST, "星期二", "星期五"), SECOND, "folio-date"),
        (FIRST, with_text(SECOND, "2 综合", "3 综合"), "folio-page"),
        (FIRST, with_text(SECOND, "2 综合", "综合"), "folio-page"),
        (with_text(FIRST, "今日2版", "今日8版"), SECOND, "folio-number"),
        (FIRST, with_text(SECOND, "样城时报", "第97期"), "folio-number"),
    ],
)
def test_pages_that_disagree_are_caught(
    first: Lines, second: Lines, check: str, press: PressFile, tmp_path: Path
) -> None:
    assert failing(held(press.make(first, second), tmp_path)) == {check}


def test_jumps_may_be_in_chinese_numerals(press: PressFile, tmp_path: Path) -> None:
    first = with_text(FIRST, "（下转第2版）", "（下转第二版）")
    second = with_text(SECOND, "（上接第1版）", "（上接第一版）")
    assert failing(held(press.make(first, second), tmp_path)) == set()


@pytest.mark.parametrize(
    ("line", "language", "page"),
    [
        ("（下转第4版①）", "zh-Hans-CN", 4),
        ("（下转第十二版）", "zh", 12),
        ("（下转第A3版）", "zh", 3),
        ("Continued on page 7", "en-GB", 7),
    ],
)
def test_wordings_of_jump_lines(line: str, language: str, page: int) -> None:
    class Told(Page):
        characters = [Character(each, 0, 0) for each in line if each != " "]  # noqa: RUF012

        def __init__(self) -> None:
            pass

    assert [said.page for said in jumps_to(Told(), language, None)] == [page]


# ---------------------------------------------------------------- places, counts, what is merged


def test_a_finding_has_page_place_and_count(press: PressFile, tmp_path: Path) -> None:
    pdf = press.make()
    add(pdf, f"0.2 0.2 0.8 RG 1 w {at(12, 75)} m {at(40, 75)} l S", page=1)
    add(pdf, f"0.2 0.2 0.8 RG 1 w {at(12, 85)} m {at(40, 85)} l S", page=1)
    (result,) = [each for each in held(pdf, tmp_path).results if each.check.id == "colour-space"]
    (found,) = result.findings
    assert (found.page, found.count, len(found.boxes)) == (2, 2, 2)
    assert [round(value, 1) for value in (found.boxes[1].x, found.boxes[1].y)] == [12.0, 85.0]
    assert found.problem.values == {"space": "rgb"}
    told = found.told("file.pdf", "zh")
    assert told.place.file == "file.pdf  第2版  x 12.0 y 75.0 mm  × 2"


def test_transformed_and_nested_content_is_measured_as_seen(
    press: PressFile, tmp_path: Path
) -> None:
    pdf = press.make()
    image = pdf.pages[0].obj.Resources.XObject.I
    form = Stream(pdf, b"q 10 0 0 10 0 0 cm /I Do Q", Type=Name.XObject, Subtype=Name.Form)
    form.BBox, form.Matrix = Array([0, 0, 10, 5]), Array([2, 0, 0, 2, 0, 0])
    form.Resources = Dictionary(XObject=Dictionary(I=image))
    pdf.pages[0].obj.Resources.XObject.X = pdf.make_indirect(form)
    add(pdf, f"q 0 1 -1 0 {at(60, 120)} cm /X Do Q")
    pdf.save(tmp_path / "file.pdf")
    with Document(tmp_path / "file.pdf") as document:
        *_, nested = document.pages[0].pictures()
    # 200 pixels over 20 pt; the form's box leaves the lower half, turned to the right one.
    assert round(nested.ppi) == 720
    sides = [nested.box.width, nested.box.height, nested.box.x, nested.box.y + nested.box.height]
    assert [round(side * MM, 1) for side in sides] == [
        10,
        20,
        round(60 * MM - 10, 1),
        round(120 * MM, 1),
    ]


@pytest.mark.parametrize(("decode", "is_wet"), [(None, False), ([1, 0, 1, 0, 1, 0, 1, 0], True)])
@pytest.mark.parametrize("is_jpeg", [False, True])
def test_ink_is_counted_as_the_file_means_its_samples(
    decode: list[int] | None, is_wet: bool, is_jpeg: bool, press: PressFile, tmp_path: Path
) -> None:
    pdf = press.make()
    image = picture(pdf, 200, ink=(60, 60, 60, 60))
    if is_jpeg:
        # Pillow writes what it holds turned round: 255 − 60 is stored where it has 60.
        stored = Image.frombytes("CMYK", (200, 200), bytes(255 - v for v in image.read_bytes()))
        buffer = io.BytesIO()
        stored.save(buffer, "JPEG", quality=95)
        image.write(buffer.getvalue(), filter=Name.DCTDecode)
    if decode:
        image.Decode = Array(decode)
    pdf.pages[0].obj.Resources.XObject.I = pdf.make_indirect(image)
    assert ("ink-total" in failing(held(pdf, tmp_path))) is is_wet


# ---------------------------------------------------------------- files that are not sound


def odd_operands(pdf: Pdf) -> None:
    add(pdf, "1 2 3 cm")


def half_a_font(pdf: Pdf) -> None:
    del pdf.pages[0].obj.Resources.Font.F["/DescendantFonts"]


@pytest.mark.parametrize("spoil", [odd_operands, half_a_font])
def test_broken_content_is_told_and_never_passes(
    spoil: Callable[[Pdf], None], press: PressFile, tmp_path: Path
) -> None:
    pdf = press.make()
    spoil(pdf)
    checked = held(pdf, tmp_path)
    found = {each.check.id: each for each in checked.results}
    assert found["colour-space"].state == found["ink-total"].state == "failed"
    assert found["colour-space"].findings[0].problem.id == "preflight.broken"
    assert found["page-boxes"].state == "passed"


def test_ink_that_cannot_be_seen_is_told(press: PressFile, tmp_path: Path) -> None:
    pdf = press.make()
    image = picture(pdf, 200)
    image.write(b"no JPEG", filter=Name.DCTDecode)
    pdf.pages[0].obj.Resources.XObject.I = pdf.make_indirect(image)
    (ink,) = [each for each in held(pdf, tmp_path).results if each.check.id == "ink-total"]
    assert (ink.state, ink.findings[0].problem.id) == ("warned", "preflight.ink-unseen")


def test_stray_operators_and_forms_that_hold_themselves_are_survived(
    press: PressFile, tmp_path: Path
) -> None:
    pdf = press.make()
    form = pdf.make_indirect(Stream(pdf, b"/X Do", Type=Name.XObject, Subtype=Name.Form))
    form.BBox, form.Resources = Array([0, 0, 9, 9]), Dictionary(XObject=Dictionary(X=form))
    pdf.pages[0].obj.Resources.XObject.X = form
    add(pdf, "/X Do /None Do /None gs /None 9 Tf (a) Tj Q Q Q")
    assert failing(held(pdf, tmp_path)) == set()


@pytest.mark.parametrize("turned", [0, 90])
def test_pages_are_drawn_as_places_are_counted(
    turned: int, press: PressFile, tmp_path: Path
) -> None:
    pdf = press.make()
    pdf.pages[0].obj.Rotate = turned
    pdf.pages[0].obj.CropBox = Array([BLEED, BLEED, WIDTH + BLEED, HEIGHT + BLEED])
    pdf.save(tmp_path / "file.pdf")
    with Document(tmp_path / "file.pdf") as document:
        page = document.pages[0]
        drawn = page.draw(25.4)
        (place,) = [each.box for each in page.pictures()]
    # A part of a pixel is drawn as a whole one.
    assert [round(side, -1) for side in drawn.size] == [100, 150]
    assert [round(side) for side in (page.sheet.x, page.sheet.y)] == [0, 0]
    middle = (round(place.x + place.width / 2), round(place.y + place.height / 2))
    assert max(drawn.convert("L").getpixel(middle), 1) < 200
    assert drawn.convert("L").getpixel((80, 100)) == 255


# ---------------------------------------------------------------- for readers


def readable(pdf: Pdf) -> None:
    """As much of a screen edition as the tiny file can be: grey text, tags, a link, a bookmark."""
    for page in pdf.pages:
        content = page.obj.Contents.read_bytes().replace(b"0 0 0 1 k", b"0 g")
        content = content.replace(b"0 0 0 1 K", b"0 G").replace(b"0.1 0 0.2 0 k", b"0.9 g")
        page.obj.Contents = pdf.make_stream(content)
        page.obj.Resources.XObject.I = pdf.make_indirect(picture(pdf, 200, space="RGB"))
    tags = [Dictionary(S=Name.H1), Dictionary(S=Name.P), Dictionary(S=Name.Figure, Alt="一座桥")]
    pdf.Root.StructTreeRoot = Dictionary(K=Array([Dictionary(S=Name.Document, K=Array(tags))]))
    pdf.Root.MarkInfo = Dictionary(Marked=True)
    pdf.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
    link_on_the_page(pdf)
    with pdf.open_outline() as outline:
        outline.root.append(OutlineItem("综合", 1))


def lost_link(pdf: Pdf) -> None:
    pdf.pages[0].obj.Annots[0].Dest = String("nowhere")


def odd_address(pdf: Pdf) -> None:
    note = pdf.pages[0].obj.Annots[0]
    del note["/Dest"]
    note.A = Dictionary(S=Name.URI, URI=String("file:///etc/hosts"))


def lost_bookmark(pdf: Pdf) -> None:
    pdf.Root.Outlines.First.Dest = String("nowhere")


def no_language(pdf: Pdf) -> None:
    del pdf.Root.Lang


def title_hidden(pdf: Pdf) -> None:
    del pdf.Root.ViewerPreferences


def no_tags(pdf: Pdf) -> None:
    del pdf.Root.MarkInfo


def no_alt(pdf: Pdf) -> None:
    del pdf.Root.StructTreeRoot.K[0].K[2]["/Alt"]


def untold(pdf: Pdf) -> None:
    for page in pdf.pages:
        cmap = page.obj.Resources.Font.F.ToUnicode
        cmap.write(cmap.read_bytes().replace("正".encode("utf-16-be").hex().encode(), b"fffd"))


READER: list[tuple[Callable[[Pdf], None], str]] = [
    (lost_link, "links"),
    (odd_address, "links"),
    (lost_bookmark, "bookmarks"),
    (no_language, "language"),
    (title_hidden, "title-shown"),
    (no_tags, "tagged"),
    (no_alt, "picture-alt"),
    (untold, "glyph-untold"),
]


def test_the_clean_screen_file_is_clean(press: PressFile, tmp_path: Path) -> None:
    pdf = press.make()
    readable(pdf)
    assert failing(held(pdf, tmp_path, "screen")) == set()


@pytest.mark.parametrize(("spoil", "check"), READER, ids=[one.__name__ for one, _ in READER])
def test_a_broken_screen_file_is_caught(
    spoil: Callable[[Pdf], None], check: str, press: PressFile, tmp_path: Path
) -> None:
    pdf = press.make()
    readable(pdf)
    spoil(pdf)
    assert failing(held(pdf, tmp_path, "screen")) == {check}


def test_without_the_engine_the_standard_is_skipped(press: PressFile, tmp_path: Path) -> None:
    results = held(press.make(), tmp_path, "screen").results
    (result,) = [each for each in results if each.check.id == "verapdf"]
    assert result.state == "skipped"
    assert result.findings[0].problem.id == "preflight.no-engine"


@pytest.mark.skipif(
    not os.environ.get(ENGINE_VARIABLE) or not shutil.which("java"),
    reason=f"{ENGINE_VARIABLE} names no veraPDF engine",
)
def test_the_engine_tells_rules_that_are_broken(press: PressFile, tmp_path: Path) -> None:
    press.make().save(tmp_path / "file.pdf")
    failures = validate(tmp_path / "file.pdf", "PDFUA_1", os.environ[ENGINE_VARIABLE])
    assert any(failure.clause.startswith("7.1-") for failure in failures)


def test_an_engine_that_does_not_run_is_no_pass(tmp_path: Path) -> None:
    with pytest.raises(EngineMissing) as raised:
        validate(tmp_path / "file.pdf", "PDFUA_1", str(tmp_path / "none.jar"))
    assert raised.value.id in ("preflight.engine-fails", "preflight.no-java")


# ---------------------------------------------------------------- profiles, words, the table


def test_profiles_name_checks_and_their_parameters() -> None:
    known = checks()
    for name, items in profiles().items():
        for item in items:
            wanted = list(signatures.signature(known[item.check].run).parameters)[1:]
            assert sorted(item.given) == sorted(wanted), f"{name}: {item.check}"
    assert {item.check for items in profiles().values() for item in items} == set(known)


def test_every_check_has_words_and_a_broken_file() -> None:
    assert {f"check.{id}" for id in checks()} == {
        id for id in catalogue() if id.startswith("check.")
    }
    tried = {check for _, check in (*BROKEN, *READER)} | {"jumps", "folio-date", "folio-page"}
    elsewhere = {"page-count", "folio-number", "stories", "verapdf", "spot-colours"}
    books = {id for id in checks() if id.startswith("book-")}
    assert tried | elsewhere | books == set(checks())


def test_the_table_of_checks_is_not_stale() -> None:
    page = (ROOT / "docs" / "checks.md").read_text("utf-8")
    assert page == checks_page(), "run `make docs`"


def test_a_files_name_asks_for_its_profile() -> None:
    names = ("print.pdf", "screen.pdf", "archive.pdf", "a-b.epub", "page-1.pdf", "print.png")
    assert [profile_of(Path(name)) for name in names] == [
        "print", "screen", "archive", "epub", None, None,
    ]  # fmt: skip
