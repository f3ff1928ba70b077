"""Crop marks, a bar of inks and a slug line, beyond a page's bleed: only where a plant asks."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pikepdf
from fontTools.pens.basePen import BasePen

from producer.fonts.library import FontLibrary

_MM = 72 / 25.4
# From the trim: where a mark begins, where it ends, and where the sheet does.
_BEGIN, _END, _SHEET = 4 * _MM, 9 * _MM, 12 * _MM
_LINE_PT, _SLUG_PT = 0.25, 7.0
_PATCH = 4 * _MM
_BAR = [
    tuple(ink * part for ink in inks)
    for part in (1.0, 0.5)
    for inks in ((1, 0, 0, 0), (0, 1, 0, 0), (0, 0, 1, 0), (0, 0, 0, 1))
]
# The colourant that marks every plate (ISO 32000-1, 8.6.6.4).
_ALL = "/PressAll"


def add_marks(pdf: pikepdf.Pdf, slugs: list[str], fonts: FontLibrary, face: str) -> None:
    """Put each page on a larger sheet with marks; its trim and bleed stay where they are.

    Args:
        pdf: The finished print edition.
        slugs: Each page's line, which is drawn as outlines: the file gets no other font.
        fonts: The faces.
        face: The slug lines' face.
    """
    for page, slug in zip(pdf.pages, slugs, strict=True):
        left, bottom, right, top = (float(side) for side in page.trimbox)
        bleed = [f"{float(side):.4f}" for side in page.obj.BleedBox]
        width, height = float(bleed[2]) - float(bleed[0]), float(bleed[3]) - float(bleed[1])
        clip = f"q {bleed[0]} {bleed[1]} {width:.4f} {height:.4f} re W n\n"
        drawn = [
            "Q q",
            *_crop_marks(left, bottom, right, top),
            *_bar((left + right) / 2, top),
            *_outlines(fonts, face, slug, left + _BEGIN, bottom - _END),
            "Q",
        ]
        page.contents_add(clip.encode(), prepend=True)
        page.contents_add("\n".join(drawn).encode())
        _name_all_plates(page.obj.Resources)
        sheet = left - _SHEET, bottom - _SHEET, right + _SHEET, top + _SHEET
        page.obj.MediaBox = pikepdf.Array([round(side, 4) for side in sheet])


def _name_all_plates(resources: Any) -> None:
    if "/ColorSpace" not in resources:
        resources.ColorSpace = pikepdf.Dictionary()
    tint = pikepdf.Dictionary(FunctionType=2, Domain=[0, 1], C0=[0] * 4, C1=[1] * 4, N=1)
    resources.ColorSpace[_ALL] = pikepdf.Array(
        [pikepdf.Name.Separation, pikepdf.Name.All, pikepdf.Name.DeviceCMYK, tint]
    )


def _crop_marks(left: float, bottom: float, right: float, top: float) -> Iterator[str]:
    """Two lines at each corner of the trim."""
    yield f"{_ALL} CS 1 SCN {_LINE_PT} w"
    for x, outwards in ((left, -1), (right, 1)):
        for y in (bottom, top):
            yield f"{x + outwards * _BEGIN:.4f} {y:.4f} m {x + outwards * _END:.4f} {y:.4f} l S"
    for y, outwards in ((bottom, -1), (top, 1)):
        for x in (left, right):
            yield f"{x:.4f} {y + outwards * _BEGIN:.4f} m {x:.4f} {y + outwards * _END:.4f} l S"


def _bar(middle: float, top: float) -> Iterator[str]:
    """Each ink in full and at half."""
    x = middle - len(_BAR) / 2 * _PATCH
    for number, inks in enumerate(_BAR):
        parts = " ".join(f"{part:g}" for part in inks)
        at = x + number * _PATCH
        yield f"{parts} k {at:.4f} {top + _BEGIN:.4f} {_PATCH:.4f} {_PATCH:.4f} re f"


def _outlines(fonts: FontLibrary, face: str, text: str, x: float, y: float) -> Iterator[str]:
    """A line of text as filled paths in black, from a point on its baseline."""
    yield "0 0 0 1 k"
    for name, run in fonts.runs(face, text):
        known = fonts.face(name or face)
        scale = _SLUG_PT / known.upem
        for glyph in known.shape(run):
            pen = _PathPen(scale, x, y)
            known.font.draw_glyph_with_pen(glyph.glyph, pen)
            yield from pen.operators
            x += glyph.advance / 1000 * _SLUG_PT
    yield "f"


class _PathPen(BasePen):  # type: ignore[misc]
    """Writes outlines as path operators."""

    def __init__(self, scale: float, x: float, y: float) -> None:
        super().__init__()
        self.operators: list[str] = []
        self._scale, self._x, self._y = scale, x, y

    def _write(self, operator: str, *points: tuple[float, float]) -> None:
        placed = [(self._x + x * self._scale, self._y + y * self._scale) for x, y in points]
        self.operators.append(" ".join([*(f"{x:.3f} {y:.3f}" for x, y in placed), operator]))

    def _moveTo(self, point: tuple[float, float]) -> None:
        self._write("m", point)

    def _lineTo(self, point: tuple[float, float]) -> None:
        self._write("l", point)

    def _curveToOne(
        self, first: tuple[float, float], second: tuple[float, float], end: tuple[float, float]
    ) -> None:
        self._write("c", first, second, end)

    def _closePath(self) -> None:
        self.operators.append("h")
