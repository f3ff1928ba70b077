"""Glyphs of one cluster as a TJ operand, and clusters made wider or narrower."""

from __future__ import annotations

from collections.abc import Sequence

from producer.compose.classes import DOUBLED, HALF_EM
from producer.compose.paragraph import Cluster
from producer.edition import Glyph
from producer.fonts.library import Face, Shaped

# Beside a quotation mark of Latin text, whose ink stands in half an ideograph's width.
_QUOTE_BEARING = 50.0


def padded(cluster: Cluster, before: float, after: float) -> Cluster:
    """A cluster with air at its sides, in em."""
    return cluster._replace(
        width=cluster.width + before + after,
        glyphs=move_of(1000 * before / cluster.style.scale) + cluster.glyphs,
        move=cluster.move + 1000 * after / cluster.style.scale,
    )


def to_ink(face: Face, glyph: Shaped) -> Shaped:
    """A glyph as wide as its ink: the quotation marks of Latin text."""
    left, right = (1000 * edge for edge in face.sides(glyph.glyph))
    advance = right - left + 2 * _QUOTE_BEARING
    return glyph._replace(advance=advance, x_offset=_QUOTE_BEARING - left)


class GlyphNames:
    """The glyphs used of a face, and the characters that each stands for in the PDF."""

    def __init__(self, face: Face) -> None:
        self.face = face
        self.used: dict[int, Glyph] = {}
        # Named by clusters of several glyphs: one that is alone knows better.
        self._unsure: set[int] = set()

    def add(self, text: str, shaped: Sequence[Shaped]) -> None:
        """Note the glyphs of a cluster: each has its own character, or what is left of them."""
        if len(shaped) == 1:
            glyph = shaped[0].glyph
            if glyph not in self.used or glyph in self._unsure:
                self._note(glyph, text)
                self._unsure.discard(glyph)
            return
        own = {self.face.font.get_nominal_glyph(ord(each)): each for each in text}
        glyphs = [each.glyph for each in shaped]
        left = "".join(each for glyph, each in own.items() if glyph not in glyphs)
        for glyph in glyphs:
            if glyph not in self.used:
                self._note(glyph, own.get(glyph, left))
                self._unsure.add(glyph)
            left = left if glyph in own else ""

    def _note(self, glyph: int, text: str) -> None:
        self.used[glyph] = Glyph(text, self.face.width(glyph))


def operand_of(
    face: Face, shaped: tuple[Shaped, ...]
) -> tuple[str, tuple[tuple[float, str], ...], float, float]:
    """A cluster's glyphs as a TJ operand: its inside, raised glyphs, advance, last move.

    The pen goes forward by each glyph's own width; what shaping wants otherwise are moves.
    """
    operand, raised = "", []
    pen = origin = 0.0
    later = []
    for each in shaped:
        if each.y_offset:
            later.append((origin, each))
        else:
            operand += _moved(origin + each.x_offset - pen, each.glyph)
            pen = origin + each.x_offset + face.width(each.glyph)
        origin += each.advance
    for at, each in later:
        raised.append((each.y_offset / 1000, _moved(at + each.x_offset - pen, each.glyph)))
        pen = at + each.x_offset + face.width(each.glyph)
    return operand, tuple(raised), origin, origin - pen


def _moved(move: float, glyph: int) -> str:
    return f"{move_of(move)}{glyph:04x}"


def move_of(move: float) -> str:
    """A move of the pen to the right, in 1/1000 em, between two hexadecimal strings."""
    rounded = round(move)
    return f">{-rounded}<" if rounded else ""


def narrow_doubled(clusters: list[Cluster]) -> None:
    """？！ take one em together (GB/T 15834 5.1.2): each gives its blank half away."""
    at = 0
    while at + 1 < len(clusters):
        one, two = clusters[at], clusters[at + 1]
        if one.text in DOUBLED and two.text in DOUBLED and min(one.width, two.width) > HALF_EM:
            for index, cluster in ((at, one), (at + 1, two)):
                clusters[index] = cluster._replace(
                    width=cluster.width - HALF_EM,
                    move=cluster.move - 1000 * HALF_EM,
                    blank_after=0.0,
                )
            at += 1
        at += 1
