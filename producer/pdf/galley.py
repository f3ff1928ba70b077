"""Galleys as WeasyPrint images that write their own text operators.

This is the one module that relies on WeasyPrint's insides: the image interface
(`get_intrinsic_size`, `draw`), the stream's font registry, and Pango layouts to name a
face. `tests/test_galley.py` fails when an upgrade changes them.
"""

from __future__ import annotations

from typing import Any

from weasyprint.text.fonts import get_pango_font_key
from weasyprint.text.line_break import create_layout

from producer.edition import Glyph
from producer.fonts.library import FontLibrary
from producer.render import Galley

PX_PER_PT = 96 / 72
# Where the baseline stands in a row: the ideographic box (0.88 up, 0.12 down) is centred.
_ASCENT_EM, _DESCENT_EM = 0.88, 0.12


class GalleyFonts:
    """Faces by name as Pango fonts; one for each document, since Pango fonts are its own."""

    def __init__(self, fonts: FontLibrary, glyphs: dict[str, dict[int, Glyph]]) -> None:
        self.fonts = fonts
        self.glyphs = glyphs
        # A Pango font lives as long as its layout: both are kept.
        self._kept: dict[str, tuple[Any, Any]] = {}
        self._described: set[tuple[int, str]] = set()

    def add_to(self, stream: Any, key: str, style: Any) -> Any:
        """Register a face and its glyphs with the stream's document; its PDF font."""
        if key not in self._kept:
            self._kept[key] = self._find(key, style)
        font, _ = stream.add_font(self._kept[key][1])
        # Each document has its own fonts: the glyphs are told once to each.
        mark = (id(stream._fonts), key)
        if mark not in self._described:
            self._described.add(mark)
            for glyph, (text, width) in sorted(self.glyphs[key].items()):
                font.widths[glyph] = width
                font.to_unicode.setdefault(glyph, text)
        return font

    def _find(self, key: str, style: Any) -> tuple[Any, Any]:
        face = self.fonts.face(key)
        own = style.copy()
        own["font_family"] = (face.family,)
        own["font_weight"] = face.weight
        own["font_style"] = "normal"
        sample = next(text for text, _ in self.glyphs[key].values() if text.strip())
        layout = create_layout(sample, own, None, None, 0)
        line, _ = layout.get_first_line()
        pango_font = line.runs[0].data.item.analysis.font
        _check_face(pango_font, face.family)
        return layout, pango_font


def _check_face(pango_font: Any, family: str) -> None:
    """Fontconfig falls back in silence; a galley's glyph ids fit one file only."""
    from weasyprint.text.ffi import ffi, pango

    _, description, _ = get_pango_font_key(pango_font)
    found = ffi.string(pango.pango_font_description_get_family(description)).decode()
    if found != family:
        raise RuntimeError(f"Pango gave {found!r} where {family!r} was asked for")


class GalleyImage:
    """A galley in the shape of a WeasyPrint image; sizes in CSS pixels."""

    ratio = None

    def __init__(self, galley: Galley, fonts: GalleyFonts) -> None:
        self.galley = galley
        self.fonts = fonts

    def get_intrinsic_size(self, _resolution: Any, _font_size: Any) -> tuple[float, float, float]:
        """Width, height and ratio."""
        width, height = (mm / 25.4 * 96 for mm in (self.galley.width_mm, self.galley.height_mm))
        return width, height, width / height

    def draw(self, stream: Any, _width: float, _height: float, style: Any) -> None:
        """Write the lines as text, line by line, each on its row."""
        galley = self.galley
        em, row = galley.em_pt * PX_PER_PT, galley.row_pt * PX_PER_PT
        stream.set_color(style["color"])
        stream.begin_text()
        for line, at in galley.lines:
            size = line.size_pt * PX_PER_PT
            middle = (at + line.rows / 2) * row
            baseline = middle + (_ASCENT_EM - _DESCENT_EM) / 2 * size
            stream.set_text_matrix(1, 0, 0, -1, line.x_em * em, baseline)
            for span in line.spans:
                font = self.fonts.add_to(stream, span.face, style)
                stream.set_font_size(font.hash, size)
                stream.show_text(span.operand)
        stream.end_text()
