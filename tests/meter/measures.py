"""The figures of a PDF's running text: how flush, how even, how squeezed, how well on its grid."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from statistics import fmean, median, pstdev

from tests.meter.blocks import Block, read_blocks
from tests.meter.characters import Character, body_size, read_pages
from tests.meter.lines import CLOSING, FULL_MARKS, OPENING, PARAGRAPH_STARTS, Line, read_lines

# The goals for gaps hold for measures of that many characters and more.
WIDE_EM = 10.9
LOOSE_EM, VERY_LOOSE_EM = 0.08, 0.20
RAGGED_EM = 0.15


@dataclass(frozen=True)
class Fault:
    """A line that is not as it should be, and where it stands."""

    kind: str
    page: int
    column: int
    text: str
    amount: float = 0.0

    def __str__(self) -> str:
        return f"{self.kind} {self.amount:.3f}  page {self.page} column {self.column}  {self.text}"


@dataclass
class Figures:
    """What was counted, line by line; `as_json` sums it up."""

    size: float
    counts: Counter[str] = field(default_factory=Counter)
    off: list[float] = field(default_factory=list)
    gaps: list[float] = field(default_factory=list)
    wide_gaps: list[float] = field(default_factory=list)
    means: list[float] = field(default_factory=list)
    grid: list[float] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)

    def as_json(self) -> dict[str, float | None]:
        """The figures by name; pt or em as the name tells, shares in percent."""
        counts = self.counts
        return {
            "size_pt": self.size,
            "lines": counts["lines"],
            "full": counts["full"],
            "flush_p95_pt": quantile(self.off, 0.95),
            "ragged_pct": _percent(counts["ragged"], counts["full"]),
            "kinsoku": counts["kinsoku"],
            "gap_max_em": quantile(self.gaps, 1.0),
            "gap_p99_em": quantile(self.gaps, 0.99),
            "line_gap_mean_em": round(fmean(self.means), 4) if self.means else None,
            "line_gap_sd_em": round(pstdev(self.means), 4) if self.means else None,
            "squeeze_pct": _percent(counts["squeezed"], counts["pairs"]),
            "autospace_pct": _percent(counts["aired"], counts["borders"]),
            "grid_p95_pt": quantile(self.grid, 0.95),
            "gap_max_wide_em": quantile(self.wide_gaps, 1.0),
            "loose_lines": counts["loose"],
            "very_loose_lines": counts["very loose"],
            "ended_early": counts["ended early"],
        }


def quantile(values: Sequence[float], share: float) -> float | None:
    """The value that a share of all does not exceed; None without values."""
    return round(sorted(values)[int(share * (len(values) - 1))], 3) if values else None


def _percent(part: int, whole: int) -> float | None:
    return round(100 * part / whole, 1) if whole else None


def measure_pdf(pdf: bytes | Path) -> Figures:
    """Measure all pages of a PDF."""
    pages = read_pages(pdf)
    figures = Figures(body_size(pages))
    for number, characters in enumerate(pages, 1):
        lines = read_lines(characters, figures.size)
        blocks = read_blocks(number, lines, figures.size)
        may_end = not any(_is_ragged(block, *pair) for block in blocks for pair in _pairs(block))
        for block in blocks:
            for line in block.lines:
                _measure_line(figures, block, line)
            for line, following in _pairs(block):
                has_room = may_end and block.has_room(line, following)
                _measure_full_line(figures, block, line, has_room)
        figures.grid += _off_grid(blocks, figures.size)
    return figures


def _pairs(block: Block) -> list[tuple[Line, Line]]:
    """A block's full lines, each with the next."""
    return [pair for pair in pairwise(block.lines) if block.goes_on(*pair)]


def _is_ragged(block: Block, line: Line, following: Line) -> bool:
    """Whether a line is short of the edge although nothing more would have fitted.

    Where such lines are, lines with room to spare are taken for the same bad work.
    """
    return block.off(line) < -RAGGED_EM * block.size and not block.has_room(line, following)


def _measure_line(figures: Figures, block: Block, line: Line) -> None:
    figures.counts["lines"] += 1
    _measure_kinsoku(figures, block, line)
    gaps = list(_gaps(line))
    figures.gaps += gaps
    if block.measure_em >= WIDE_EM:
        figures.wide_gaps += gaps
        _note_looseness(figures, block, line, max(gaps, default=0.0))
    _measure_marks(figures, block, line)
    _measure_air(figures, block, line, fmean(gaps) if gaps else 0.0)


def _measure_full_line(figures: Figures, block: Block, line: Line, has_room: bool) -> None:
    off = block.off(line)
    if has_room and off < -RAGGED_EM * figures.size:
        _note(figures, "ended early", block, line, off)
        return
    figures.counts["full"] += 1
    figures.off.append(abs(off))
    gaps = list(_gaps(line))
    if gaps:
        figures.means.append(fmean(gaps))
    if abs(off) > RAGGED_EM * figures.size:
        _note(figures, "ragged", block, line, off)


def _note(figures: Figures, kind: str, block: Block, line: Line, amount: float = 0.0) -> None:
    figures.counts[kind] += 1
    figures.faults.append(Fault(kind, block.page, block.column, line.text, amount))


def _measure_kinsoku(figures: Figures, block: Block, line: Line) -> None:
    first, last = line.characters[0].text, line.characters[-1].text
    begins_paragraph = line.x - block.left >= 1.5 * line.size
    if last in OPENING or (
        first in CLOSING and not (first in PARAGRAPH_STARTS and begins_paragraph)
    ):
        _note(figures, "kinsoku", block, line)


def _gaps(line: Line) -> Iterator[float]:
    """The gaps between adjacent ideographs, in em; a typed space between them is no gap."""
    for one, other, room in line.neighbours():
        if one.is_ideograph and other.is_ideograph and not room:
            yield (other.x - one.x) / line.size - 1


def _note_looseness(figures: Figures, block: Block, line: Line, widest: float) -> None:
    if widest > VERY_LOOSE_EM:
        _note(figures, "very loose", block, line, widest)
    elif widest > LOOSE_EM:
        _note(figures, "loose", block, line, widest)


def _measure_marks(figures: Figures, block: Block, line: Line) -> None:
    """Two adjacent full-width marks take less than two em (CLREQ 3.1.6)."""
    for one, other, _ in line.neighbours():
        if one.text in FULL_MARKS and other.text in FULL_MARKS:
            figures.counts["pairs"] += 1
            if _is_squeezed(one, other, line.size):
                figures.counts["squeezed"] += 1
            else:
                _note(figures, "not squeezed", block, line, (other.x - one.x) / line.size)


def _is_squeezed(one: Character, other: Character, size: float) -> bool:
    """Whether blanks between two marks were taken away; within （） there are none."""
    if one.text in OPENING and other.text in CLOSING:
        return True
    is_narrow = min(one.right - one.x, other.right - other.x) < 0.75 * size
    if is_narrow and other.ink[0] - one.ink[1] < 0.62 * size:
        return True
    return other.x - one.x < 0.8 * size


def _measure_air(figures: Figures, block: Block, line: Line, mean: float) -> None:
    """Air of a tenth of an em and more between ideographs and Latin letters or digits."""
    for one, other, _ in line.neighbours():
        if (one.is_ideograph and other.is_latin) or (one.is_latin and other.is_ideograph):
            figures.counts["borders"] += 1
            end = one.x + line.size if one.is_ideograph else one.right
            air = (other.x - end) / line.size - mean
            if air >= 0.099:
                figures.counts["aired"] += 1
            else:
                _note(figures, "no air", block, line, air)


def _off_grid(blocks: Sequence[Block], size: float) -> list[float]:
    """How far each baseline is from the page's line grid, in pt."""
    columns: dict[float, list[float]] = {}
    for block in blocks:
        columns.setdefault(block.left, []).extend(line.y for line in block.lines)
    baselines = [y for column in columns.values() for y in column]
    candidates = [_off(baselines, each) for each in _leadings(list(columns.values()), size)]
    return min(candidates, key=sum, default=[])


def _off(baselines: Sequence[float], leading: float) -> list[float]:
    """How far each baseline is from the grid of a leading that most of them stand on."""
    steps: dict[float, list[float]] = {}
    for y in baselines:
        steps.setdefault(round(y % leading, 1), []).append(y % leading)
    fullest: list[float] = max(steps.values(), key=len)
    start = median(fullest)
    return [abs((y - start + leading / 2) % leading - leading / 2) for y in baselines]


def _leadings(columns: Sequence[Sequence[float]], size: float) -> Iterator[float]:
    """What the distance of baselines may be: the commonest, rounded, and over whole columns.

    Its rounding adds up from row to row; but a column may have lines that are on no grid.
    """
    near = (one - other for column in columns for one, other in pairwise(column))
    steps = Counter(round(each, 1) for each in near if 0 < each < 3 * size)
    if not steps:
        return
    rough = steps.most_common(1)[0][0]
    yield rough
    for column in columns:
        height = column[0] - column[-1]
        rows = round(height / rough)
        if rows and abs(height / rows - rough) < 0.06:
            yield height / rows
