"""Styled text to paragraphs: runs of one face and direction, shaped by HarfBuzz."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from producer.compose.bidi import levels as bidi_levels
from producer.compose.classes import WORD_JOINER
from producer.compose.clusters import FEATURES, ClusterMaker
from producer.compose.glyphs import move_of, narrow_doubled, padded
from producer.compose.paragraph import Cluster, GlyphStyle, Paragraph, Reading
from producer.compose.spacing import Spacer, Spacing
from producer.fonts.library import FontLibrary

# Languages whose text is set in ideographs; the others have word spaces.
_IDEOGRAPHIC = frozenset("zh ja ko yue wuu".split())
_QUOTES = re.compile("[“”‘’]")
_APOSTROPHE = re.compile(r"(?<=[^\W_])’(?=[A-Za-zÀ-ɏ])")
# Shaping them one by one or all together gives the same glyphs.
_PLAIN = re.compile("[\u3400-\u9fff，。、；：！？“”‘’（）《》]+")
_DOUBLED = re.compile("[？！]{2}")
# Faces have a glyph of three em for ———. It is set as a dash and another: readers of PDF put lines
# out of order that hold a glyph so much wider than the leading.
_LONG_DASH = re.compile("(?<=——)(?=—)")
# What a reading may reach beyond its character at either side.
_OVERHANG_EM = 0.2
# Between two readings.
_READING_GAP_EM = 0.15
# An end mark stands this far from the text.
END_MARK_GAP_EM = 0.3


class StyledText(NamedTuple):
    """Characters, the face that they are wanted in, and what is done to them."""

    text: str
    face: str
    scale: float = 1.0
    rise: float = 0.0
    is_dotted: bool = False
    reading: str | None = None


class RubyStyle(NamedTuple):
    """Face, size and height of readings; `None` stands for readings in brackets."""

    face: str
    scale: float
    rise: float


class Shaper:
    """Turns styled text into paragraphs, and remembers every glyph used for the PDF."""

    def __init__(
        self, fonts: FontLibrary, spacing: Spacing, language: str, ruby: RubyStyle | None = None
    ) -> None:
        self.fonts = fonts
        self.language = language
        self.ruby = ruby
        self.clusters = ClusterMaker(fonts)
        self.glyphs = self.clusters.glyphs
        self._spacer = Spacer(spacing, self.clusters.hyphen)
        self._plain_spacer = Spacer(spacing.plain(), self.clusters.hyphen)

    def paragraph(
        self,
        texts: Sequence[StyledText],
        *,
        language: str | None = None,
        plain: bool = False,
        hang: int = 0,
        end_mark_em: float = 0.0,
    ) -> Paragraph:
        """Shape the runs of one paragraph; newlines in them are forced breaks.

        A character that no face has is left out here; `Coverage` tells it.

        Args:
            texts: The runs.
            language: BCP 47; the paper's if left out.
            plain: No gaps and nothing given away, as the renderer itself sets text.
            hang: So many first characters are a list's label, padded to whole ems.
            end_mark_em: Room kept for an end mark after the last character.
        """
        language = language or self.language
        text = "".join(styled.text for styled in texts)
        paragraph = Paragraph(is_latin=language.split("-")[0] not in _IDEOGRAPHIC)
        pattern = _QUOTES if paragraph.is_latin else _APOSTROPHE
        narrow = {found.start() for found in pattern.finditer(text)}
        builder = _Builder(self, paragraph, text, language, narrow)
        for styled in texts:
            builder.add(styled)
        builder.make_room()
        if end_mark_em and paragraph.clusters:
            width = end_mark_em + END_MARK_GAP_EM
            style = paragraph.clusters[-1].style
            paragraph.clusters.append(Cluster("", style, "", width, 0.0, "。", "。"))
            paragraph.offsets.append(len(text))
        paragraph.length = len(text)
        if _DOUBLED.search(text):
            narrow_doubled(paragraph.clusters)
        spacer = self._plain_spacer if plain else self._spacer
        spacer.fill(paragraph, text, language, builder.unbroken, hang)
        return paragraph


class _Builder:
    """Adds the clusters of styled texts to one paragraph."""

    def __init__(
        self, shaper: Shaper, paragraph: Paragraph, text: str, language: str, narrow: set[int]
    ) -> None:
        self.shaper = shaper
        self.paragraph = paragraph
        self.language = language
        self.narrow = narrow
        self.levels = bidi_levels(text)
        self.offset = 0
        # Clusters before which no line ends, whatever they are.
        self.unbroken: set[int] = set()
        if self.levels:
            paragraph.levels = []

    def add(self, styled: StyledText) -> None:
        """Add one run, and its reading."""
        clusters = self.paragraph.clusters
        first, start = len(clusters), self.offset
        if styled.rise:
            # A note sign begins no line.
            self.unbroken.add(first)
        for part, level in self._level_runs(styled.text):
            for key, run in self.shaper.fonts.runs(styled.face, part):
                if key is not None:
                    self._add_run(key, run, styled, level)
                elif WORD_JOINER in run:
                    self.unbroken.add(len(clusters))
                self.offset += len(run)
        if styled.is_dotted:
            own = range(first, len(clusters))
            self.paragraph.dotted |= {at for at in own if clusters[at].first in "字年a1"}
        if styled.reading and len(clusters) > first:
            self._add_reading(first, styled, start)

    def _level_runs(self, text: str) -> Iterator[tuple[str, int]]:
        """Stretches of one direction; a newline is a space to the shaper."""
        text = text.replace("\n", " ")
        if self.levels is None:
            yield text, 0
            return
        own = self.levels[self.offset : self.offset + len(text)]
        at = 0
        for level, group in groupby(own):
            length = len(list(group))
            yield text[at : at + length], level
            at += length

    def _add_run(self, key: str, run: str, styled: StyledText, level: int) -> None:
        style = GlyphStyle(key, styled.scale, styled.rise)
        if level % 2 == 0 and not self.narrow:
            at = 0
            for plain in _PLAIN.finditer(run):
                self._add_shaped(style, run[at : plain.start()], level, self.offset + at)
                self._add_plain(style, plain[0], level, self.offset + plain.start())
                at = plain.end()
            self._add_shaped(style, run[at:], level, self.offset + at)
        else:
            self._add_shaped(style, run, level, self.offset)

    def _add_plain(self, style: GlyphStyle, run: str, level: int, offset: int) -> None:
        """Ideographs and full-width marks, which stand alike in any company."""
        paragraph = self.paragraph
        paragraph.clusters += self.shaper.clusters.plain(style, run, self.language)
        paragraph.offsets += range(offset, offset + len(run))
        if paragraph.levels is not None:
            paragraph.levels += [level] * len(run)

    def _add_shaped(self, style: GlyphStyle, run: str, level: int, offset: int) -> None:
        for part in _LONG_DASH.split(run):
            if part:
                self._add_part(style, part, level, offset)
                offset += len(part)

    def _add_part(self, style: GlyphStyle, run: str, level: int, offset: int) -> None:
        paragraph, narrow = self.paragraph, [at - offset for at in self.narrow]
        clusters, starts = self.shaper.clusters.shaped(
            style, run, self.language, level % 2 == 1, [at for at in narrow if 0 <= at < len(run)]
        )
        paragraph.clusters += clusters
        paragraph.offsets += [offset + start for start in starts]
        if paragraph.levels is not None:
            paragraph.levels += [level] * len(clusters)

    def _add_reading(self, first: int, styled: StyledText, start: int) -> None:
        """Above the base where the leading has room, else behind it in brackets."""
        paragraph, ruby = self.paragraph, self.shaper.ruby
        reading = styled.reading or ""
        last = len(paragraph.clusters) - 1
        self.unbroken.update(range(first + 1, last + 1))
        if ruby is None:
            end, after = self.offset, len(paragraph.clusters)
            self.add(StyledText(f"（{reading}）", styled.face))
            self.offset = end
            added = len(paragraph.clusters) - after
            paragraph.offsets[after:] = [end] * added
            self.unbroken.update(range(after, after + added))
            return
        own = [
            cluster
            for key, run in self.shaper.fonts.runs(ruby.face, reading)
            if key is not None
            for cluster in self.shaper.clusters.of_run(
                GlyphStyle(key, ruby.scale, ruby.rise),
                run,
                self.shaper.fonts.face(key).shape(run, FEATURES),
            )[0]
        ]
        width = sum(cluster.width for cluster in own)
        glyphs = "".join(cluster.glyphs + move_of(cluster.move) for cluster in own)
        paragraph.readings[last] = Reading(first, GlyphStyle(*ruby), glyphs, width)

    def make_room(self) -> None:
        """Widen bases that are narrower than their readings, which may reach a little beyond.

        Not over a neighbour that has a reading of its own.
        """
        clusters, readings = self.paragraph.clusters, self.paragraph.readings
        beginnings = {reading.first for reading in readings.values()}
        for last, reading in readings.items():
            base = sum(cluster.width for cluster in clusters[reading.first : last + 1])
            beside = reading.first - 1 in readings or last + 1 in beginnings
            wanting = reading.width - base
            wanting += _READING_GAP_EM if beside else -2 * _OVERHANG_EM
            if wanting > 0:
                clusters[reading.first] = padded(clusters[reading.first], wanting / 2, 0)
                clusters[last] = padded(clusters[last], 0, wanting / 2)
