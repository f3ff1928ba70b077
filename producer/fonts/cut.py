"""Making one face: cut to the lean set and fit for Chinese, or whole; always renamed."""

from __future__ import annotations

import asyncio
import io
import tempfile
from pathlib import Path

import uharfbuzz as hb
from east_asian_spacing import Builder
from fontTools.pens.t2CharStringPen import T2CharStringPen
from fontTools.pens.transformPen import TransformPen
from fontTools.ttLib import TTFont

from producer.fonts.charset import lean_characters
from producer.fonts.naming import KEPT_NAMES, rename
from producer.fonts.recipe import Face, Ink

# Features a newspaper's text can ask for; all others only keep glyphs that nobody sees.
_FEATURES = frozenset(
    "ccmp locl rlig calt clig liga kern mark mkmk "
    "halt vhal palt vpal chws vchw vkrn vert vrt2 "
    "tnum lnum pnum onum zero sups subs sinf frac numr dnom ordn case".split()
)
# Hinting and its helpers, Apple's layout (which would switch GPOS off), editors' notes.
_DROPPED = frozenset(
    "prep fpgm cvt gasp hdmx VDMX LTSH DSIG STAT FFTM morx feat prop bsln meta".split()
)
# A PDF addresses the glyphs of a CID-keyed font by CID, HarfBuzz by number: make them one.
_SUBSET_FLAGS = (
    hb.SubsetFlags.NO_HINTING | hb.SubsetFlags.NOTDEF_OUTLINE | hb.SubsetFlags.CFF_IDENTITY_CHARSET
)
# Dashes whose Chinese form stands behind `locl`: text is set without asking for a language.
_CHINESE_FORMS = "—⸺⸻"
_CHINESE = "ZHS "
# Ascent and descent of the faces of other scripts, in em. Both lie within those of 宋, 黑 and 楷,
# and their middle is that of 宋 and 黑: so a head's line stays as high as it was measured.
_ASCENT_EM, _DESCENT_EM = 0.928, -0.064


def cut_face(source: Path, index: int, face: Face) -> bytes:
    """The lean face as the bytes of an OpenType file, the same for the same source."""
    font = _opened(_subset(_sfnt(source), index, _lean_subset()))
    _choose_chinese_forms(font)
    _widen(font, face.cells)
    rename(font, face.family, face.style, face.weight)
    has_spacing = _has_position_feature(font, "chws")
    return _saved(font) if has_spacing else _with_contextual_spacing(_saved(font))


def whole_face(source: Path, index: int, face: Face) -> bytes:
    """The whole face, only renamed; its family's name ends with Full."""
    font = _opened(_sfnt(source), index)
    rename(font, f"{face.family} Full", face.style, face.weight)
    return _saved(font)


def script_face(source: Path, index: int, face: Face) -> bytes:
    """A face of another script: all its characters and features, which shape it; no hinting."""
    options = hb.SubsetInput()
    options.keep_everything()
    font = _opened(_subset(_sfnt(source), index, options))
    _limit_height(font)
    rename(font, face.family, face.style, face.weight)
    return _saved(font)


def _sfnt(source: Path) -> bytes:
    """A font file's bytes, unpacked from WOFF where need be."""
    data = source.read_bytes()
    if not data.startswith(b"wOFF"):
        return data
    font = _opened(data)
    font.flavor = None
    return _saved(font)


def _opened(data: bytes, index: int = -1) -> TTFont:
    # The source's own dates stay: the clock would make every build another file.
    return TTFont(
        io.BytesIO(data), fontNumber=index, lazy=True, recalcTimestamp=False, recalcBBoxes=False
    )


def _saved(font: TTFont) -> bytes:
    target = io.BytesIO()
    font.save(target)
    return target.getvalue()


def _limit_height(font: TTFont) -> None:
    """State an ascent and descent that leave a Chinese line its height; ink may stand out."""
    em, hhea, os2 = font["head"].unitsPerEm, font["hhea"], font["OS/2"]
    hhea.ascent = os2.sTypoAscender = round(em * _ASCENT_EM)
    hhea.descent = os2.sTypoDescender = round(em * _DESCENT_EM)
    hhea.lineGap = os2.sTypoLineGap = 0


def _lean_subset() -> hb.SubsetInput:
    options = hb.SubsetInput()
    options.unicode_set.update(lean_characters())
    options.layout_feature_tag_set.clear()
    options.layout_feature_tag_set.update(map(_tag, _FEATURES))
    return options


def _subset(data: bytes, index: int, options: hb.SubsetInput) -> bytes:
    options.drop_table_tag_set.update(map(_tag, _DROPPED))
    options.name_id_set.update(KEPT_NAMES)
    options.flags = _SUBSET_FLAGS
    return bytes(options.subset(hb.Face(data, index)).blob.data)


def _tag(name: str) -> int:
    return int.from_bytes(name.ljust(4).encode(), "big")


def _choose_chinese_forms(font: TTFont) -> None:
    """Let cmap give what `locl` gives for simplified Chinese: — is 0.9 em wide without."""
    forms = _localized_forms(font)
    for table in font["cmap"].tables:
        for code in map(ord, _CHINESE_FORMS):
            glyph = table.cmap.get(code)
            if glyph in forms:
                table.cmap[code] = forms[glyph]


def _localized_forms(font: TTFont) -> dict[str, str]:
    """Glyph → glyph of the feature `locl` for simplified Chinese, empty if there is none."""
    if "GSUB" not in font:
        return {}
    gsub = font["GSUB"].table
    records = gsub.FeatureList.FeatureRecord
    lookups = {
        lookup
        for script in gsub.ScriptList.ScriptRecord
        for language in script.Script.LangSysRecord
        if language.LangSysTag == _CHINESE
        for feature in language.LangSys.FeatureIndex
        if records[feature].FeatureTag == "locl"
        for lookup in records[feature].Feature.LookupListIndex
    }
    forms: dict[str, str] = {}
    for lookup in sorted(lookups):
        for table in gsub.LookupList.Lookup[lookup].SubTable:
            forms |= getattr(getattr(table, "ExtSubTable", table), "mapping", {})
    return forms


def _widen(font: TTFont, cells: tuple[tuple[str, Ink], ...]) -> None:
    """Set characters in a whole em: quotation marks of 0.35 em are Latin, not Chinese."""
    em, cmap = font["head"].unitsPerEm, font.getBestCmap()
    move = _move_cubic if "CFF " in font else _move_quadratic
    for character, ink in cells:
        glyph = cmap[ord(character)]
        advance, bearing = font["hmtx"][glyph]
        room = em - advance
        shift = {"left": 0, "middle": room // 2, "right": room}[ink]
        move(font, glyph, shift, em)
        font["hmtx"][glyph] = (em, bearing + shift)


def _move_quadratic(font: TTFont, glyph: str, shift: int, advance: int) -> None:
    outline = font["glyf"][glyph]
    outline.coordinates.translate((shift, 0))
    outline.recalcBounds(font["glyf"])


def _move_cubic(font: TTFont, glyph: str, shift: int, advance: int) -> None:
    """Move a CFF outline; it states its advance too, as a difference from its part's own."""
    outlines = font["CFF "].cff.topDictIndex[0].CharStrings
    old = outlines[glyph]
    pen = T2CharStringPen(advance - old.private.nominalWidthX, None)
    outlines[glyph].draw(TransformPen(pen, (1, 0, 0, 1, shift, 0)))
    new = pen.getCharString(old.private, old.globalSubrs)
    old.decompile()
    old.program = new.program


def _has_position_feature(font: TTFont, tag: str) -> bool:
    features = font["GPOS"].table.FeatureList if "GPOS" in font else None
    return features is not None and any(r.FeatureTag == tag for r in features.FeatureRecord)


def _with_contextual_spacing(data: bytes) -> bytes:
    """Add `chws` and `vchw` (and `halt` where missing), the squeeze between signs."""
    # The library reads the file by its path, twice.
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "face.otf")
        path.write_bytes(data)
        builder = Builder(path)
        builder.font.ttfont.recalcTimestamp = False
        asyncio.run(builder.build())
        if builder.has_spacings:
            builder.save(path)
        return path.read_bytes()
