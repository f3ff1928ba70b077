"""Galleys as WeasyPrint images that write their own text operators.

This is the one module that relies on WeasyPrint's insides: the image interface
(`get_intrinsic_size`, `draw`), the stream's font registry, and Pango layouts to name a
face. `tests/test_galley.py` fails when an upgrade changes them.
"""

from __future__ import annotations

from typing import Any

import pydyf
from weasyprint.text.fonts import get_pango_font_key
from weasyprint.text.line_break import create_layout

from producer.edition import ASCENT_EM, DESCENT_EM, Glyph, Span
from producer.fonts.library import FontLibrary
from producer.render import Galley

PX_PER_PT = 96 / 72
# An emphasis dot's width, and how far its middle stands below the baseline, in em.
_DOT_EM, _DOT_DROP_EM = 0.16, 0.24
# Bézier handles of a quarter circle, in radii.
_ARC = 0.5523


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
        dots: list[tuple[float, float]] = []
        for line, at in galley.lines:
            size = line.size_pt * PX_PER_PT
            middle = (at + line.rows / 2) * row
            baseline = middle + (ASCENT_EM - DESCENT_EM) / 2 * size
            stream.set_text_matrix(1, 0, 0, -1, line.x_em * em, baseline)
            self._show(stream, line.spans, size, style)
            dots += [(x * em, baseline + _DOT_DROP_EM * size) for x in line.dots_em]
        stream.end_text()
        for x, y in dots:
            _draw_dot(stream, x, y, _DOT_EM * em / 2)

    def _show(self, stream: Any, spans: tuple[Span, ...], size: float, style: Any) -> None:
        """Show a line's spans; the stream keeps a rise, so it is put back."""
        risen = 0.0
        for span in spans:
            font = self.fonts.add_to(stream, span.face, style)
            stream.set_font_size(font.hash, size * span.scale)
            if span.rise_em != risen:
                risen = span.rise_em
                stream.set_text_rise(_plain(risen * size))
            if span.actual:
                told = pydyf.Dictionary({"ActualText": pydyf.String(span.actual)})
                stream.begin_marked_content("Span", property_list=told)
            stream.show_text(span.operand)
            if span.actual:
                stream.end_marked_content()
        if risen:
            stream.set_text_rise(0)


def _plain(number: float) -> float:
    """A number as PDF takes it: not too many digits, no exponent."""
    return round(number, 4)


def _draw_dot(stream: Any, x: float, y: float, radius: float) -> None:
    """A filled circle of four Bézier arcs: an emphasis dot (着重号)."""
    bend = radius * _ARC
    stream.move_to(_plain(x - radius), _plain(y))
    for dx, dy in ((0, -1), (1, 0), (0, 1), (-1, 0)):
        # From the point a quarter turn before (dx, dy) to that point.
        fx, fy = dy, -dx
        stream.curve_to(
            _plain(x + fx * radius + dx * bend),
            _plain(y + fy * radius + dy * bend),
            _plain(x + dx * radius + fx * bend),
            _plain(y + dy * radius + fy * bend),
            _plain(x + dx * radius),
            _plain(y + dy * radius),
        )
    stream.fill()
