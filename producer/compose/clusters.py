"""Shaped glyphs to clusters; those that come often are made once."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from operator import attrgetter

from producer.compose.classes import CLOSING, HALF_EM, OPENING, sign_of
from producer.compose.glyphs import GlyphNames, operand_of, to_ink
from producer.compose.hyphenation import HYPHEN
from producer.compose.paragraph import Cluster, GlyphStyle
from producer.edition import Glyph
from producer.fonts.library import Direction, FontLibrary, Shaped

# Contextual half-width marks are the squeezer's work, not the font's.
FEATURES = ("kern",)
# Numbers and the like, which come again, are shaped once.
_SHORT = 12
_cluster_of = attrgetter("cluster")


class ClusterMaker:
    """Makes clusters, and remembers every glyph used for the PDF."""

    def __init__(self, fonts: FontLibrary) -> None:
        self.fonts = fonts
        self.glyphs: dict[str, dict[int, Glyph]] = {}
        self._names: dict[str, GlyphNames] = {}
        self._plain: dict[GlyphStyle, dict[str, Cluster]] = {}
        self._runs: dict[tuple[object, ...], tuple[list[Cluster], list[int]]] = {}
        self._known: dict[tuple[GlyphStyle, bool], dict[tuple[object, ...], Cluster]] = {}

    def plain(self, style: GlyphStyle, run: str, language: str) -> list[Cluster]:
        """Clusters of characters that are shaped alike in any company."""
        known = self._plain.setdefault(style, {})
        if new := "".join(sorted(set(run).difference(known))):
            shaped = self.fonts.face(style.face).shape(new, (), language)
            known.update(zip(new, self.of_run(style, new, shaped)[0], strict=True))
        return [known[character] for character in run]

    def hyphen(self, key: str) -> Cluster:
        """The hyphen of a face."""
        return self.make(GlyphStyle(key), "", tuple(self.fonts.face(key).shape(HYPHEN)))

    def shaped(
        self, style: GlyphStyle, run: str, language: str, is_turned: bool, narrow: list[int]
    ) -> tuple[list[Cluster], list[int]]:
        """A run shaped as one; its quotation marks at `narrow` are as wide as their ink."""
        key = (style, run, language, is_turned)
        if not narrow and key in self._runs:
            return self._runs[key]
        direction: Direction = "rtl" if is_turned else "ltr"
        shaped = self.fonts.face(style.face).shape(run, FEATURES, language, direction)
        clusters, starts = self.of_run(style, run, shaped, is_turned)
        for at in narrow:
            index = starts.index(at)
            own = tuple(each for each in shaped if each.cluster == at)
            clusters[index] = self.make(style, run[at], own, True)
        if not narrow and len(run) <= _SHORT:
            self._runs[key] = clusters, starts
        return clusters, starts

    def of_run(
        self, style: GlyphStyle, run: str, shaped: Sequence[Shaped], is_turned: bool = False
    ) -> tuple[list[Cluster], list[int]]:
        """A shaped run's clusters in the order of reading, and where each begins in it."""
        known = self._known.setdefault((style, is_turned), {})
        found: list[Cluster] = []
        if not is_turned and [each[1] for each in shaped] == list(range(len(run))):
            # Nearly always: a glyph for each character.
            for each, text in zip(shaped, run, strict=True):
                key: tuple[object, ...] = (text, each[0], each[2], each[3], each[4])
                cluster = known.get(key)
                if cluster is None:
                    cluster = known[key] = self.make(style, text, (each,))
                found.append(cluster)
            return found, list(range(len(run)))
        groups = [tuple(group) for _, group in groupby(shaped, _cluster_of)]
        if is_turned:
            groups.reverse()
        starts = [group[0].cluster for group in groups]
        for group, start, end in zip(groups, starts, [*starts[1:], len(run)], strict=True):
            text = run[start:end]
            key = (text, *(each[:1] + each[2:] for each in group))
            cluster = known.get(key)
            if cluster is None:
                cluster = known[key] = self.make(style, text, group, is_turned=is_turned)
            found.append(cluster)
        return found, starts

    def make(
        self,
        style: GlyphStyle,
        text: str,
        shaped: tuple[Shaped, ...],
        is_narrow: bool = False,
        is_turned: bool = False,
    ) -> Cluster:
        """The cluster of shaped glyphs.

        Of a turned run PDF readers turn the letters back themselves: it has no text of its own.
        """
        key, scale, rise, _ = style
        face = self.fonts.face(key)
        if key not in self._names:
            self._names[key] = GlyphNames(face)
            self.glyphs[key] = self._names[key].used
        self._names[key].add(text or HYPHEN, shaped)
        if is_narrow:
            shaped = (to_ink(face, shaped[0]), *shaped[1:])
        operand, raised, advance, move = operand_of(face, shaped)
        first, last = (sign_of(text[0]), sign_of(text[-1])) if text else ("a", "a")
        if is_narrow:
            first = last = "'"
        width = advance / 1000 * scale
        is_wide = advance > 1000 * (1 - HALF_EM / 2)
        blanks = (
            HALF_EM * scale if is_wide and first in OPENING else 0.0,
            HALF_EM * scale if is_wide and last in CLOSING else 0.0,
        )
        own = style._replace(is_complex=len(shaped) > 1 and not is_turned)
        above = tuple((style._replace(rise=rise + scale * up), glyphs) for up, glyphs in raised)
        return Cluster(text, own, operand, width, move, first, last, *blanks, above)
