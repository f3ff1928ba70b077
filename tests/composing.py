"""What the composer's tests share: paragraphs, their lines as text, and lines as painted."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from producer.compose.breaking import Shape, break_lines
from producer.compose.galley import Composer
from producer.compose.justify import Spaced, space_line
from producer.compose.paragraph import Paragraph
from producer.compose.shaping import RubyStyle, Shaper, StyledText
from producer.compose.spacing import Spacing
from producer.edition import Line, Span
from producer.fonts.library import FontLibrary, Shaped

STANDARD = Spacing()
_TOKENS = re.compile(r"<([0-9a-f]*)>|(-?\d+)")


def paragraph_of(
    fonts: FontLibrary,
    text: str | list[StyledText],
    face: str = "square",
    spacing: Spacing = STANDARD,
    language: str = "zh-Hans-CN",
    ruby: RubyStyle | None = None,
) -> Paragraph:
    """A paragraph as the galley would have it shaped."""
    texts = [StyledText(text, face)] if isinstance(text, str) else text
    return Shaper(fonts, spacing, language, ruby).paragraph(texts)


def lines_of(paragraph: Paragraph, measure: float, indent: float = 0, change: int = 0) -> list[str]:
    """The lines of a paragraph, white space at their ends included."""
    ranges = break_lines(paragraph, Shape(measure, (indent,)), change=change)
    return [paragraph.text(*ends) for ends in ranges]


def broken(
    fonts: FontLibrary,
    text: str,
    measure: float,
    indent: float = 0,
    face: str = "square",
    **more: Any,
) -> list[str]:
    """The lines of a text; `more` are arguments of `paragraph_of`."""
    return lines_of(paragraph_of(fonts, text, face, **more), measure, indent)


def spaced_lines(paragraph: Paragraph, measure: float) -> list[Spaced]:
    """A paragraph's lines with their gaps; all but the last are full."""
    ranges = break_lines(paragraph, Shape(measure))
    total = len(paragraph.clusters)
    return [
        space_line(paragraph, start, end, measure, fill=end < total, is_first=start == 0)
        for start, end in ranges
    ]


def operands(span: Span) -> Iterator[int | float]:
    """A TJ operand's glyph ids as int and moves as float, as PDF 32000-1, 9.4.3 reads them."""
    assert _TOKENS.sub("", span.operand).strip() == "", span.operand
    for glyphs, move in _TOKENS.findall(span.operand):
        if move:
            yield float(move)
        else:
            yield from (int(glyphs[at : at + 4], 16) for at in range(0, len(glyphs), 4))


class Painted:
    """A line as painted: its characters and their left edges, and the pen's end, in body em."""

    def __init__(self, line: Line, composer: Composer) -> None:
        self.edges: list[tuple[str, float]] = []
        self.glyphs: list[int] = []
        pen = line.x_em * 1000
        for span in line.spans:
            face = composer.shaper.fonts.face(span.face)
            for operand in operands(span):
                if isinstance(operand, float):
                    pen -= operand * span.scale
                else:
                    text = composer.shaper.glyphs[span.face][operand].text
                    self.edges.append((text, pen / 1000))
                    self.glyphs.append(operand)
                    pen += face.width(operand) * span.scale
        self.end = pen / 1000
        self.text = "".join(text for text, _ in self.edges)

    def edge(self, character: str) -> float:
        """The left edge of the last such character."""
        return dict(self.edges)[character]

    @property
    def gaps(self) -> list[float]:
        """From each character's left edge to the next one's."""
        edges = [edge for _, edge in self.edges]
        return [round(right - left, 3) for left, right in pairwise(edges)]


class _AnyFace:
    """Every character is a glyph of half an em, whatever it is."""

    def shape(self, text: str, *_: Any) -> list[Shaped]:
        return [Shaped(1, at, 500.0) for at in range(len(text))]

    def width(self, _: int) -> int:
        return 500

    def sides(self, _: int) -> tuple[float, float]:
        return 0.0, 0.4


class AnyFonts(FontLibrary):
    """A library whose one face has all characters of Unicode, for the rules of line ends."""

    def __init__(self) -> None:
        """There is no manifest to read."""

    def face(self, key: str) -> Any:
        return _AnyFace()

    def runs(self, key: str, text: str) -> list[tuple[str | None, str]]:
        return [(key, text)]
