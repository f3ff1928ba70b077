"""A paragraph made ready for any measure: shaped clusters with their gaps and break points."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from typing import NamedTuple

from producer.compose.classes import Kinsoku


class GlyphStyle(NamedTuple):
    """How glyphs are painted: see `edition.Span`.

    Of a `complex` stretch the glyphs do not tell the characters one by one.
    """

    face: str
    scale: float = 1.0
    rise: float = 0.0
    is_complex: bool = False


class Cluster(NamedTuple):
    """Characters that are painted together: one ideograph, one letter, one ligature.

    `glyphs` is the inside of a TJ operand, `move` what is added to its advance in 1/1000 of
    its own size; `first` and `last` are the signs (see `classes.sign_of`) of its ends;
    `blank_before` and `blank_after` the empty half of a full-width mark. `raised` are glyphs that
    stand off the baseline, each with its style: combining marks of other scripts.
    """

    text: str
    style: GlyphStyle
    glyphs: str
    width: float
    move: float
    first: str
    last: str
    blank_before: float = 0.0
    blank_after: float = 0.0
    raised: tuple[tuple[GlyphStyle, str], ...] = ()


class Reading(NamedTuple):
    """A reading (注音) above clusters `first` to the one that it is kept under."""

    first: int
    style: GlyphStyle
    glyphs: str
    width: float


class LineEnd(NamedTuple):
    """A place where a line may end: before cluster `at`.

    White space before it hangs: `right` is the right edge of the last cluster with ink (of the
    hyphen, if one is set), `ink` the cluster behind that, `blank` the empty half of a mark
    there. `gaps` and `spread` are the sums up to it of the gaps that may be opened and of what
    spaces take first; `cost` is the break's own.
    """

    at: int
    right: float
    ink: int
    blank: float
    gaps: int
    spread: float
    cost: float
    is_hyphen: bool


@dataclass
class Paragraph:
    """Parallel lists over the clusters of one paragraph; widths in body em.

    `left[i]` and `right[i]` are the edges of cluster i when all stand on one endless line,
    CJK–Latin gaps and squeezed pairs of marks included. `gap_after[i]` is what stands behind
    it, `shrink_after[i]` how much of that and of the marks' blank halves may be taken away, in
    the order of `squeeze_after[i]`; `spread_after[i]` is what a space or CJK–Latin gap takes
    before others are opened, `stretch_after[i]` whether the gap opens at all. `gaps`, `spread`,
    `soft` and `hard` are their sums before cluster i. `blank_before` and `blank_after` are the
    empty halves of marks, which a line's start and end may lose; `tightest` is what a gap that
    opens may lose in the utmost need. `breaks` are the clusters before which a line may end, the
    paragraph's end among them, `inks[i]` the cluster behind the last with ink before i,
    `hyphened` the breaks at which a hyphen is set, `forced` those that must be taken.
    """

    clusters: list[Cluster] = field(default_factory=list)
    offsets: list[int] = field(default_factory=list)
    levels: list[int] | None = None
    left: list[float] = field(default_factory=list)
    right: list[float] = field(default_factory=list)
    gap_after: list[float] = field(default_factory=list)
    shrink_after: list[float] = field(default_factory=list)
    squeeze_after: list[int] = field(default_factory=list)
    spread_after: list[float] = field(default_factory=list)
    stretch_after: list[bool] = field(default_factory=list)
    gaps: list[int] = field(default_factory=list)
    spread: list[float] = field(default_factory=list)
    soft: list[float] = field(default_factory=list)
    hard: list[float] = field(default_factory=list)
    blank_before: list[float] = field(default_factory=list)
    blank_after: list[float] = field(default_factory=list)
    breaks: list[int] = field(default_factory=list)
    inks: list[int] = field(default_factory=list)
    break_costs: dict[int, float] = field(default_factory=dict)
    hyphened: frozenset[int] = frozenset()
    forced: list[int] = field(default_factory=list)
    hyphens: dict[str, Cluster] = field(default_factory=dict)
    readings: dict[int, Reading] = field(default_factory=dict)
    dotted: frozenset[int] = frozenset()
    tightest: float = 0.0
    kinsoku: Kinsoku = "basic"
    is_latin: bool = False
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

    def may_end(self, at: int) -> bool:
        """Whether a line may end before cluster `at`."""
        number = bisect_left(self.breaks, at)
        return number < len(self.breaks) and self.breaks[number] == at

    @property
    def ends(self) -> list[LineEnd]:
        """All places where a line may end."""
        return [self.end(at) for at in self.breaks]

    def end(self, at: int) -> LineEnd:
        """A line's end before cluster `at`, be it one of the breaks or not."""
        ink, is_hyphen = self.inks[at], at in self.hyphened
        last = max(0, ink - 1)
        right = self.right[last] if ink else 0.0
        return LineEnd(
            at,
            right + (self.hyphen_at(at).width if is_hyphen else 0.0),
            ink,
            0.0 if is_hyphen or not ink else self.blank_after[last],
            self.gaps[last],
            self.spread[last],
            self.break_costs.get(at, 0.0),
            is_hyphen,
        )

    def hyphen_at(self, end: int) -> Cluster:
        """The hyphen of a line that ends within a word, in the word's face."""
        return self.hyphens[self.clusters[end - 1].style.face]
