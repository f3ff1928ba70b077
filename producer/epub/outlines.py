"""Text of a drawing as outlines of the project's faces (转曲).

Known: `<text>` and `<tspan>` with one x, y, dx, dy; family, weight, size, anchor and letter
spacing as attributes or in `style`; `transform` and paint stay with the element. Anything else
(text on a path, vertical text, a style sheet that speaks of text) is refused as a whole.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from fontTools.pens.svgPathPen import SVGPathPen
from fontTools.pens.transformPen import TransformPen
from lxml import etree

from producer.fonts.library import FontLibrary

SVG = "http://www.w3.org/2000/svg"
_OF_TEXT = (
    "x y dx dy font-family font-weight font-size font-style font-variant text-anchor "
    "letter-spacing text-rendering font-feature-settings font"
).split()
_REFUSED = ("rotate", "textLength", "writing-mode", "dominant-baseline", "baseline-shift", "font")
_ANCHORS = {"start": 0.0, "middle": 0.5, "end": 1.0}
_BOLD = {"normal": 400, "bold": 700}
_SPACE = re.compile(r"\s+")
# The halves of a squeezed mark are the composer's matter; a drawing's text has whole widths.
_FEATURES = ("kern",)


class UnknownText(Exception):
    """Text that is drawn in a way that is not known here."""


@dataclass
class _Chunk:
    """Text of one style; x and y are None where it goes on after the last."""

    text: str
    style: dict[str, str]
    node: etree._Element
    x: float | None
    y: float | None
    dx: float
    dy: float


class Outliner:
    """Replaces a drawing's text elements by groups of paths."""

    def __init__(self, root: etree._Element, fonts: FontLibrary) -> None:
        self.root = root
        self.fonts = fonts

    def replace(self, texts: Iterable[etree._Element]) -> None:
        """Replace them all, or none.

        Raises:
            UnknownText: with the first thing that is not known.
        """
        self._refuse_style_sheets()
        ready = [(text, self._group(text)) for text in texts]
        for text, group in ready:
            group.tail = text.tail
            text.getparent().replace(text, group)

    def _refuse_style_sheets(self) -> None:
        for sheet in self.root.iter(f"{{{SVG}}}style"):
            if re.search(r"font|text|letter", sheet.text or ""):
                raise UnknownText("<style>")

    def _group(self, text: etree._Element) -> etree._Element:
        """A `<g>` with what the text's paint and place were, and a path for each chunk."""
        group = etree.Element(f"{{{SVG}}}g")
        group.attrib.update(
            {name: value for name, value in text.attrib.items() if name not in _OF_TEXT}
        )
        x = y = 0.0
        for anchored in _anchored(_chunks(text, _inherited(text))):
            first = anchored[0]
            x = first.x if first.x is not None else x
            y = first.y if first.y is not None else y
            x -= sum(map(self._width, anchored)) * _anchor(first.style)
            for chunk in anchored:
                x, y = x + chunk.dx, y + chunk.dy
                if not chunk.text:
                    continue
                path = etree.SubElement(group, f"{{{SVG}}}path")
                if chunk.node is not text:
                    path.attrib.update(_paint(chunk.node))
                path.set("d", self._outline(chunk, x, y))
                x += self._width(chunk)
        return group

    def _face(self, style: dict[str, str]) -> str:
        """The face of a family that is nearest in weight; 黑 where the family is not ours."""
        wanted = style.get("font-family", "").replace('"', "").replace("'", "").split(",")[0]
        stated = style.get("font-weight", "400")
        weight = _BOLD.get(stated) or int(_number(stated))
        faces = [self.fonts.face(key) for key in self.fonts.keys if not self.fonts.is_whole(key)]
        family = [face for face in faces if face.family == wanted.strip()]
        family = family or [face for face in faces if face.key.split("-")[0] == "hei"] or faces
        return min(family, key=lambda face: (abs(face.weight - weight), face.weight)).key

    def _width(self, chunk: _Chunk) -> float:
        em, spacing = self._size(chunk), _length(chunk.style.get("letter-spacing", "0"))
        width = self.fonts.width_em(self._face(chunk.style), chunk.text, _FEATURES)
        return width * em + spacing * len(chunk.text)

    @staticmethod
    def _size(chunk: _Chunk) -> float:
        return _length(chunk.style.get("font-size", "16"))

    def _outline(self, chunk: _Chunk, x: float, y: float) -> str:
        """The path's data, in the drawing's own units."""
        em, key = self._size(chunk), self._face(chunk.style)
        pen = SVGPathPen(None, ntos=_precise_to(em))
        spacing = _length(chunk.style.get("letter-spacing", "0"))
        for name, run in self.fonts.runs(key, chunk.text):
            face = self.fonts.face(name or key)
            scale = em / face.upem
            for glyph in face.shape(run, _FEATURES):
                right, up = glyph.x_offset * em / 1000, glyph.y_offset * em / 1000
                moved = TransformPen(pen, (scale, 0, 0, -scale, x + right, y - up))
                face.font.draw_glyph_with_pen(glyph.glyph, moved)
                x += glyph.advance * em / 1000 + spacing
        return str(pen.getCommands())


def _precise_to(em: float) -> Callable[[float], str]:
    """Writes coordinates to about 1/1000 em, whatever the drawing's unit is."""
    digits = max(0, 3 - math.floor(math.log10(em))) if em > 0 else 0

    def write(value: float) -> str:
        text = f"{value:.{digits}f}"
        return text.rstrip("0").rstrip(".") if digits else text

    return write


def _chunks(node: etree._Element, style: dict[str, str]) -> Iterator[_Chunk]:
    """An element's text in order, each stretch with the style that holds for it."""
    tag = etree.QName(node).localname
    if tag not in ("text", "tspan"):
        if tag in ("title", "desc"):
            return
        raise UnknownText(f"<{tag}>")
    own = {**style, **_declared(node)}
    for name in _REFUSED:
        if name in own:
            raise UnknownText(name)
    x, y = _place(node, "x"), _place(node, "y")
    dx, dy = _place(node, "dx") or 0.0, _place(node, "dy") or 0.0
    if text := _SPACE.sub(" ", node.text or ""):
        yield _Chunk(text, own, node, x, y, dx, dy)
        x = y = None
    for child in node:
        yield from _chunks(child, own)
        if tail := _SPACE.sub(" ", child.tail or ""):
            yield _Chunk(tail, own, node, None, None, 0.0, 0.0)


def _anchored(chunks: Iterable[_Chunk]) -> Iterator[list[_Chunk]]:
    """Chunks that are anchored together, without the blanks around them."""
    groups: list[list[_Chunk]] = []
    for chunk in chunks:
        if chunk.x is not None or chunk.y is not None or not groups:
            groups.append([])
        groups[-1].append(chunk)
    for group in groups:
        group[0].text = group[0].text.lstrip()
        group[-1].text = group[-1].text.rstrip()
        if any(chunk.text for chunk in group):
            yield group


def _declared(node: etree._Element) -> dict[str, str]:
    """Attributes and the `style` attribute's declarations, which win."""
    declared = {str(name): str(value) for name, value in node.attrib.items()}
    for part in declared.pop("style", "").split(";"):
        name, colon, value = part.partition(":")
        if colon:
            declared[name.strip()] = value.strip()
    return declared


def _inherited(text: etree._Element) -> dict[str, str]:
    """What the groups around a text say of its type."""
    style: dict[str, str] = {}
    for node in reversed(list(text.iterancestors())):
        declared = _declared(node)
        style |= {name: declared[name] for name in (*_OF_TEXT[4:], *_REFUSED) if name in declared}
    return style


def _paint(node: etree._Element) -> dict[str, str]:
    """What a path takes over from a `<tspan>`."""
    return {name: value for name, value in node.attrib.items() if name not in (*_OF_TEXT, "id")}


def _place(node: etree._Element, name: str) -> float | None:
    value = node.get(name)
    if value is None:
        return None
    if len(re.split(r"[\s,]+", value.strip())) > 1:
        raise UnknownText(f'{name}="{value}"')
    return _length(value)


def _anchor(style: dict[str, str]) -> float:
    return _ANCHORS.get(style.get("text-anchor", "start"), 0.0)


def _length(value: str) -> float:
    return 0.0 if value == "normal" else _number(value.removesuffix("px"))


def _number(value: str) -> float:
    try:
        return float(value)
    except ValueError as error:
        raise UnknownText(value) from error
