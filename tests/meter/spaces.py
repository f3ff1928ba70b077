"""Word spaces of justified Latin text: what hyphens and good line ends keep even."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import fmean

from tests.meter.blocks import Block, read_blocks
from tests.meter.characters import body_size, read_pages
from tests.meter.lines import Line, read_lines
from tests.meter.measures import RAGGED_EM, Fault, quantile


@dataclass
class Spaces:
    """The spaces of all full lines, in em; `unfilled` lines are short of the measure."""

    widths: list[float] = field(default_factory=list)
    full: int = 0
    hyphenated: int = 0
    unfilled: int = 0
    faults: list[Fault] = field(default_factory=list)

    def as_json(self) -> dict[str, float | None]:
        """The figures by name."""
        return {
            "full": self.full,
            "mean_em": round(fmean(self.widths), 3) if self.widths else None,
            "p95_em": quantile(self.widths, 0.95),
            "p99_em": quantile(self.widths, 0.99),
            "max_em": quantile(self.widths, 1.0),
            "hyphenated_pct": round(100 * self.hyphenated / self.full, 1) if self.full else None,
            "unfilled": self.unfilled,
        }


def measure_spaces(pdf: bytes) -> Spaces:
    """Measure all pages of a PDF."""
    pages, spaces = read_pages(pdf), Spaces()
    size = body_size(pages)
    for number, characters in enumerate(pages, 1):
        for block in read_blocks(number, read_lines(characters, size), size):
            for line, following in pairwise(block.lines):
                if block.goes_on(line, following):
                    _measure(spaces, block, line)
    return spaces


def _measure(spaces: Spaces, block: Block, line: Line) -> None:
    spaces.full += 1
    spaces.hyphenated += line.text[-1] in "-‐"
    if abs(block.off(line)) > RAGGED_EM * block.size:
        spaces.unfilled += 1
        spaces.faults.append(Fault("unfilled", block.page, block.column, line.text))
        return
    widths = list(_widths(line))
    spaces.widths += widths
    if widths:
        fault = Fault("word space", block.page, block.column, line.text, max(widths))
        spaces.faults.append(fault)


def _widths(line: Line) -> Iterator[float]:
    """The room between words, in em, from the end of one's advance to the next."""
    for one, other, room in line.neighbours():
        if room:
            yield (other.x - one.right) / line.size
