"""The issue of all features set as papers are: loaded, fitted, rendered, written, read back."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from producer.edition import Edition
from producer.errors import Findings, Problem
from producer.fit.issue import fit_issue
from producer.fonts.library import FontLibrary
from producer.layouts import MM_PER_PT, Layout
from producer.load import load_issue
from producer.pdf.write import write_pdf
from producer.render import render_issue
from tests.golden.dump import Dumper
from tests.golden.reading import Box, PageContent, read_pdf
from tests.golden.sources import Feature, Spot, spots_of, write_issue


@dataclass(frozen=True)
class GoldenSet:
    """The print edition's bytes, and what stands on its pages with the screen edition's links."""

    features: dict[str, Feature]
    layout: Layout
    pdf: bytes
    pages: tuple[PageContent, ...]
    problems: tuple[Problem, ...]

    @cached_property
    def spots(self) -> dict[str, list[Spot]]:
        return spots_of(list(self.features.values()))

    def box(self, spot: Spot) -> Box:
        """A spot's edges in pt from its page's top left corner."""
        column, row, columns, rows = spot.rect
        left, top = self.layout.x_mm(column), self.layout.y_mm(row)
        right = left + self.layout.width_mm(columns)
        bottom = top + rows * self.layout.grid.row_mm
        return Box(*(edge / MM_PER_PT for edge in (left, top, right, bottom)))

    def dump(self, id: str) -> str:
        """A feature's golden text: its frame, and the one in which it goes on."""
        feature = self.features[id]
        parts = [
            Dumper(self.pages[spot.page - 1], self.box(spot), feature.vertical).dump()
            for spot in self.spots[id]
        ]
        return "\n--\n".join("\n".join(lines) for lines in parts) + "\n"


def set_features(
    features: list[Feature], root: Path, layout: Layout, fonts: FontLibrary
) -> GoldenSet:
    """Set all features in one issue under `root`."""
    issue, warnings = load_issue(write_issue(root, features))
    findings = Findings()
    findings.extend(warnings)
    edition = fit_issue(issue, layout, fonts, findings)
    pdf, screen = (_write(edition, layout, fonts, findings, tagged=it) for it in (False, True))
    pages = tuple(
        PageContent(page.glyphs, page.shapes, other.links)
        for page, other in zip(read_pdf(pdf), read_pdf(screen), strict=True)
    )
    return GoldenSet({each.id: each for each in features}, layout, pdf, pages, tuple(findings))


def _write(
    edition: Edition, layout: Layout, fonts: FontLibrary, findings: Findings, *, tagged: bool
) -> bytes:
    rendered = render_issue(edition, layout, fonts, screen=tagged)
    return write_pdf(rendered, edition, layout, fonts, findings, tagged=tagged, pictures={})
