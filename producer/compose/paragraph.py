"""A paragraph made ready for any measure: shaped clusters with their break points."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

from producer.compose.classes import CLOSING, OPENING, Boundary, between
from producer.edition import Glyph
from producer.fonts.library import FontLibrary

# Contextual half-width marks are the squeezer's work, not the font's.
_FEATURES = ("kern",)


HALF_EM = 0.5


class StyledText(NamedTuple):
    """Characters and the face that they are wanted in."""

    text: str
    face: str


class Cluster(NamedTuple):
    """Characters that are painted together: one ideograph, one letter, one ligature."""

    text: str
    face: str
    glyphs: str
    width: float
    move: float


_END = Cluster(" ", "", "", 0.0, 0.0)


@dataclass
class Paragraph:
    """Parallel lists over the clusters of one paragraph; widths in body em.

    `left[i]` and `right[i]` are the edges of cluster i when all stand on one endless line,
    CJK–Latin gaps and squeezed pairs of marks included; `last_break[i]` is the greatest break
    point not after i. `shrink_after[i]` is how much the line may be driven in behind cluster i,
    `shrunk[i]` the sum of it before cluster i; `blank_before` and `blank_after` are the empty
    halves of marks, which a line's start and end may lose.
    """

    clusters: list[Cluster] = field(default_factory=list)
    offsets: list[int] = field(default_factory=list)
    left: list[float] = field(default_factory=list)
    right: list[float] = field(default_factory=list)
    stretch_after: list[bool] = field(default_factory=list)
    gap_after: list[float] = field(default_factory=list)
    shrink_after: list[float] = field(default_factory=list)
    shrunk: list[float] = field(default_factory=list)
    blank_before: list[float] = field(default_factory=list)
    blank_after: list[float] = field(default_factory=list)
    last_break: list[int] = field(default_factory=list)
    forced: list[int] = field(default_factory=list)
    length: int = 0

    def index_of(self, offset: int) -> int:
        """The cluster that begins at a character offset."""
        return (
            max(0, bisect_right(self.offsets, offset) - 1)
            if offset < self.length
            else len(self.clusters)
        )

    def text(self, start: int, end: int) -> str:
        """The characters of clusters `start` to `end`."""
        return "".join(cluster.text for cluster in self.clusters[start:end])

    def offset_of(self, index: int) -> int:
        """The character offset at which a cluster begins."""
        return self.offsets[index] if index < len(self.offsets) else self.length


class Shaper:
    """Turns styled text into paragraphs, and remembers every glyph used for the PDF."""

    def __init__(self, fonts: FontLibrary, mixed_gap_em: float, language: str) -> None:
        self.fonts = fonts
        self.mixed_gap_em = mixed_gap_em
        self.language = language
        self.glyphs: dict[str, dict[int, Glyph]] = {}
        self._clusters: dict[str, dict[tuple[str, tuple[tuple[int, float], ...]], Cluster]] = {}

    def paragraph(self, texts: list[StyledText], plain: bool = False) -> Paragraph:
        """Shape the runs of one paragraph; newlines in them are forced breaks.

        A `plain` one has no gaps and gives nothing away: it is what the renderer sets itself.

        A character that no face has is left out here; `Coverage` tells it.
        """
        paragraph = Paragraph()
        offset = 0
        for styled in texts:
            for key, run in self.fonts.runs(styled.face, styled.text.replace("\n", " ")):
                if key is not None:
                    self._add_run(paragraph, key, run, offset)
                offset += len(run)
        paragraph.length = offset
        text = "".join(styled.text for styled in texts)
        _find_breaks(paragraph, text, self.mixed_gap_em, plain)
        return paragraph

    def _add_run(self, paragraph: Paragraph, key: str, run: str, offset: int) -> None:
        """Shape a run of one face and add its clusters."""
        shaped = self.fonts.face(key).shape(run, _FEATURES, self.language)
        known = self._clusters.setdefault(key, {})
        starts = [glyph.cluster for glyph in shaped]
        first = 0
        while first < len(shaped):
            start, after = starts[first], first + 1
            while after < len(shaped) and starts[after] == start:
                after += 1
            text = run[start : starts[after] if after < len(shaped) else len(run)]
            glyphs = tuple((glyph.glyph, glyph.advance) for glyph in shaped[first:after])
            cluster = known.get((text, glyphs))
            if cluster is None:
                cluster = known[text, glyphs] = self._cluster(key, text, glyphs)
            paragraph.clusters.append(cluster)
            paragraph.offsets.append(offset + start)
            first = after

    def _cluster(self, key: str, text: str, glyphs: tuple[tuple[int, float], ...]) -> Cluster:
        """A cluster seen for the first time; the first of its glyphs stands for its text."""
        face, used = self.fonts.face(key), self.glyphs.setdefault(key, {})
        for position, (glyph, _) in enumerate(glyphs):
            used.setdefault(glyph, Glyph(text if position == 0 else "", face.width(glyph)))
        advance = sum(each for _, each in glyphs)
        own = sum(face.width(glyph) for glyph, _ in glyphs)
        hexadecimal = "".join(f"{glyph:04x}" for glyph, _ in glyphs)
        return Cluster(text, key, hexadecimal, advance / 1000, advance - own)


def _find_breaks(paragraph: Paragraph, text: str, mixed_gap_em: float, plain: bool) -> None:
    """Fill in edges, gaps, shrinks and break points from adjacent clusters."""
    clusters = paragraph.clusters
    squeezed = () if plain else clusters
    paragraph.blank_before = [_blank(each, OPENING) for each in squeezed] or [0.0] * len(clusters)
    paragraph.blank_after = [_blank(each, CLOSING) for each in squeezed] or [0.0] * len(clusters)
    position = shrunk = 0.0
    last_break = 0
    for index, (before, after) in enumerate(pairwise([*clusters, _END])):
        ends_line = text[paragraph.offsets[index] : paragraph.offsets[index] + 1] == "\n"
        paragraph.left.append(position)
        paragraph.right.append(position + before.width)
        paragraph.last_break.append(last_break)
        paragraph.shrunk.append(shrunk)
        boundary = between(before.text[-1], after.text[0])
        blanks = paragraph.blank_after[index]
        if after is not _END:
            blanks += paragraph.blank_before[index + 1]
        gap, shrink = _gap(boundary, blanks, 0.0 if plain else mixed_gap_em)
        paragraph.gap_after.append(gap)
        paragraph.shrink_after.append(shrink)
        paragraph.stretch_after.append(after is not _END and boundary.is_stretchable)
        position += before.width + gap
        shrunk += shrink
        if ends_line:
            paragraph.forced.append(index + 1)
        if ends_line or boundary.may_break:
            last_break = index + 1


def _blank(cluster: Cluster, marks: frozenset[str]) -> float:
    """The empty half of a full-width mark; none where the face sets the mark narrow."""
    return HALF_EM if cluster.text in marks and cluster.width > 1 - HALF_EM / 2 else 0.0


def _gap(boundary: Boundary, blanks: float, mixed_gap_em: float) -> tuple[float, float]:
    """What stands between two characters, and how much of it may be taken away.

    Two adjacent marks take 1.5 em together (CLREQ 3.1.6); a single mark may be driven in to
    its half (GB/T 15834, 5.1.10), and a CJK–Latin gap to nothing.
    """
    if boundary.is_mixed:
        return mixed_gap_em, mixed_gap_em
    if boundary.is_marks and blanks:
        return -HALF_EM, blanks - HALF_EM
    return 0.0, blanks
