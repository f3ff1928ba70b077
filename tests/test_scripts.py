"""Other scripts: which face paints them, and that HarfBuzz joins, turns and places letters."""

from __future__ import annotations

import pytest

from producer.compose.coverage import Coverage
from producer.errors import Findings, Place
from producer.fit.issue import fit_issue
from producer.fonts.library import FontLibrary, Shaped
from producer.layouts import Layout
from producer.render import render_issue
from tests.conftest import make_issue, make_story

PLACE = Place("stories/alpha.md", 1)


def glyphs(shaped: list[Shaped]) -> list[int]:
    return [each.glyph for each in shaped]


@pytest.mark.parametrize(
    ("face", "text"),
    [
        ("arabic", "سلام،٣۴ئۇيغۇرچەڭ"),
        ("hebrew", "שָׁלוֹם־"),
        ("devanagari", "नमस्ते।४"),
        ("thai", "สวัสดี๔"),
        ("tibetan", "བོད་ཡིག༤"),
    ],
)
@pytest.mark.parametrize("wanted", ["song", "hei-bold", "kai"])
def test_each_script_has_its_face(fonts: FontLibrary, wanted: str, face: str, text: str) -> None:
    assert fonts.runs(wanted, f"说{text}。") == [(wanted, "说"), (face, text), (wanted, "。")]


def test_script_faces_leave_latin_to_the_others(fonts: FontLibrary) -> None:
    assert fonts.face("arabic").has("č")
    assert fonts.face_for("song", "č") == "full-kai"


def test_joiners_stay_with_their_letter(fonts: FontLibrary) -> None:
    text = "क्\u200dष"
    assert fonts.face_for("song", "\u200d") == "arabic"
    assert fonts.runs("song", text) == [("devanagari", text)]


def test_other_scripts_are_neither_rare_nor_missing(fonts: FontLibrary) -> None:
    findings = Findings()
    coverage = Coverage(fonts, findings)
    coverage.check("说سلام，ที่㑂。", "song", PLACE, "题")
    coverage.tell_rare()
    assert [(told.id, told.values) for told in findings] == [
        ("character.rare", {"characters": "㑂"})
    ]
    assert coverage.faces == {"arabic", "thai", "full-song"}


def test_heads_can_paint_other_scripts(tabloid: Layout, fonts: FontLibrary) -> None:
    placed = {"story": "alpha", "rect": [1, 1, 2, 40]}
    issue = make_issue(
        [{"section": "要闻", "master": "news", "place": [placed]}],
        [make_story("一二三。", headline="说㑂سلام")],
    )
    edition = fit_issue(issue, tabloid, fonts, Findings())
    html = render_issue(edition, tabloid, fonts, screen=False).html
    assert 'font-family:"Producer Arabic";font-weight:400;src:url(font:arabic)' in html
    assert '--producer-hei:"Producer Hei","Producer Song Full","Producer Arabic"' in html
    assert "--producer-arabic" not in html


def test_arabic_letters_join(fonts: FontLibrary) -> None:
    face = fonts.face("arabic")
    (alone,) = face.shape("ر", direction="rtl")
    joined = face.shape("سرسسس", direction="rtl")
    final, medial, initial, after, first = (each.glyph for each in joined)
    assert [each.cluster for each in joined] == [4, 3, 2, 1, 0]
    assert after != alone.glyph
    assert len({final, medial, initial}) == 3
    assert first not in {final, medial}


def test_lam_and_alef_make_a_ligature(fonts: FontLibrary) -> None:
    face = fonts.face("arabic")
    lam, alef = (glyphs(face.shape(one, direction="rtl")) for one in "لا")
    both = glyphs(face.shape("لا", direction="rtl"))
    assert not {*lam, *alef} & set(both)


def test_a_conjunct_has_fewer_glyphs_and_a_matra_goes_before_it(fonts: FontLibrary) -> None:
    face = fonts.face("devanagari")
    ka, ssa, conjunct = (glyphs(face.shape(one)) for one in ("क", "ष", "क्ष"))
    assert len(conjunct) == 1
    assert conjunct[0] not in {*ka, *ssa}
    assert glyphs(face.shape("क्षि"))[-1:] == conjunct
    assert glyphs(face.shape("क्षी"))[:1] == conjunct


def test_thai_marks_stand_above_their_letter(fonts: FontLibrary) -> None:
    letter, vowel, tone = fonts.face("thai").shape("ปิ่")
    assert letter.advance > 0
    assert [vowel.advance, tone.advance] == [0, 0]
    assert vowel.x_offset < 0, "it is moved off the tall letter's stem"
    assert {letter.cluster, vowel.cluster, tone.cluster} == {0}


def test_hebrew_points_stand_under_their_letter(fonts: FontLibrary) -> None:
    shaped = fonts.face("hebrew").shape("בָּ", direction="rtl")
    assert sum(each.advance > 0 for each in shaped) == 1
    assert {each.cluster for each in shaped} == {0}


@pytest.mark.parametrize("pair", ["()", "[]", "（）", "《》"])
def test_brackets_are_mirrored_right_to_left(fonts: FontLibrary, pair: str) -> None:
    """UAX #9, rule L4: HarfBuzz does it."""
    face = fonts.face("song")
    opening, closing = pair
    assert glyphs(face.shape(opening, direction="rtl")) == glyphs(face.shape(closing))
    assert glyphs(face.shape(closing, direction="rtl")) == glyphs(face.shape(opening))


def test_each_arabic_glyph_is_of_one_letter(fonts: FontLibrary) -> None:
    """A glyph of two letters, or a letter of two glyphs, cannot be copied from a PDF rightly."""
    face = fonts.face("arabic")
    letters: dict[int, str] = {}
    for letter in "ئابپتجچخدرزژسشغفقكگڭلمنھوۇۆۈۋېىيأإؤة":
        for text, index in ((letter, 0), (f"س{letter}", 1), (f"س{letter}س", 1), (f"{letter}س", 0)):
            shaped = face.shape(text, direction="rtl")
            (own,) = (each.glyph for each in shaped if each.cluster == index)
            assert letters.setdefault(own, letter) == letter


def test_a_line_is_measured_as_its_letters_join(fonts: FontLibrary) -> None:
    joined = fonts.face("arabic").shape("السلام", ("kern",), direction="rtl")
    wanted = 2 + sum(each.advance for each in joined) / 1000
    assert fonts.width_em("song-black", "说السلام。", ("kern",)) == pytest.approx(wanted)
    assert fonts.width_em("song", "السلام") < sum(fonts.width_em("song", one) for one in "السلام")


def test_a_run_can_be_told_its_script(fonts: FontLibrary) -> None:
    face = fonts.face("arabic")
    assert face.shape("ب", direction="rtl") == face.shape("ب", direction="rtl", script="Arab")
    assert face.shape("ببب", direction="rtl") != face.shape("ببب", direction="rtl", script="Latn")


@pytest.mark.parametrize("face", ["song", "song-black", "hei", "hei-bold", "kai"])
def test_lean_faces_have_what_pinyin_needs(fonts: FontLibrary, face: str) -> None:
    letters = "āáǎàōóǒòēéěèīíǐìūúǔùǖǘǚǜüńňǹḿêɑɡ①⑳•■—…‐\u0300\u0301\u0304\u030c"
    assert fonts.runs(face, letters) == [(face, letters)]


@pytest.mark.parametrize("face", ["song", "song-regular", "song-black", "hei", "hei-bold", "kai"])
def test_the_middle_dot_takes_a_whole_em(fonts: FontLibrary, face: str) -> None:
    font = fonts.face(face).font
    (dot,) = fonts.face(face).shape("·")
    box = font.get_glyph_extents(dot.glyph)
    assert dot.advance == 1000
    assert box.x_bearing + box.width / 2 == pytest.approx(500, abs=5)
    assert fonts.width_em(face, "阿·某", ("kern",)) == 3


@pytest.mark.parametrize("face", ["arabic", "hebrew", "devanagari", "thai", "tibetan"])
def test_a_line_is_no_higher_for_other_scripts(fonts: FontLibrary, face: str) -> None:
    def height(key: str) -> tuple[float, float]:
        extents = fonts.face(key).font.get_font_extents("ltr")
        em = fonts.face(key).upem
        return extents.ascender / em, -extents.descender / em

    ascent, descent = height(face)
    for chinese in ("song", "hei", "kai"):
        assert ascent <= height(chinese)[0]
        assert descent <= height(chinese)[1]
