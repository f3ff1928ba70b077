"""The test font: every character a filled square, so that layout is in whole numbers.

ASCII is half an em wide, Chinese characters and signs one em; the square fills the em from
ascender to descender. Every character has a glyph of its own, so that text can be copied
from a PDF, and no glyph has a feature: what is squeezed was squeezed by the composer.
"""

from __future__ import annotations

from pathlib import Path

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib.tables._g_l_y_f import Glyph

FAMILY = "Producer Square"
EM = 1000
HALF = 500
ASCENT = 800
DESCENT = -200
_SIGNS = "—…“”‘’·　、。〈〉《》「」『』【】〔〕！％（），．／：；？～"
_ASCII = range(0x20, 0x7F)
_CHINESE = range(0x4E00, 0xA000)
# Any date will do, but it must be the same in every build: 2026-01-01, in seconds of 1904.
_DATE = 3850070400


def build(path: Path) -> None:
    """Write the font; the same bytes every time."""
    advances = dict.fromkeys(_ASCII, HALF)
    advances |= dict.fromkeys([*map(ord, _SIGNS), *_CHINESE], EM)
    names = {code: f"u{code:04X}" for code in advances}
    squares = {HALF: _square(HALF), EM: _square(EM)}
    glyphs = {names[code]: squares[advance] for code, advance in advances.items()}
    glyphs |= {".notdef": squares[EM], names[0x20]: Glyph(), names[0x3000]: Glyph()}
    widths = {names[code]: (advance, 0) for code, advance in advances.items()}

    builder = FontBuilder(EM, isTTF=True)
    builder.font.recalcTimestamp = False
    builder.setupGlyphOrder([".notdef", *names.values()])
    builder.setupCharacterMap(names)
    builder.setupGlyf(glyphs, calcGlyphBounds=True)
    builder.setupHorizontalMetrics({".notdef": (EM, 0), **widths})
    builder.setupHorizontalHeader(ascent=ASCENT, descent=DESCENT)
    builder.setupNameTable(
        {"familyName": FAMILY, "styleName": "Regular", "psName": "ProducerSquare-Regular"},
        mac=False,
    )
    builder.setupOS2(
        sTypoAscender=ASCENT, sTypoDescender=DESCENT, usWinAscent=ASCENT, usWinDescent=-DESCENT
    )
    builder.setupPost(keepGlyphNames=False)
    builder.updateHead(created=_DATE, modified=_DATE)
    builder.save(path)


def _square(advance: int) -> Glyph:
    pen = TTGlyphPen(None)
    pen.moveTo((0, DESCENT))
    for corner in ((0, ASCENT), (advance, ASCENT), (advance, DESCENT)):
        pen.lineTo(corner)
    pen.closePath()
    return pen.glyph()
