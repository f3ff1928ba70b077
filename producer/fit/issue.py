"""A whole issue fitted: plan and galleys to an edition."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain

from producer.compose.coverage import Coverage
from producer.compose.galley import Composer
from producer.edition import (
    Box,
    Edition,
    EditionPage,
    Part,
    PlacedAdvertisement,
    PlacedPackage,
    PlacedTeaser,
    PlacedTeasers,
)
from producer.errors import Findings, Place
from producer.fit.chain import ChainFitter
from producer.fit.heads import HeadSetter
from producer.fit.insets import InsetSetter
from producer.fit.rules import rules_between
from producer.fonts.library import FontLibrary
from producer.layouts import Layout
from producer.model import Issue, PackagePlacement, Rect, Teasers
from producer.plan import Frame, PlannedPage, plan_pages
from producer.wording import words


def fit_issue(issue: Issue, layout: Layout, fonts: FontLibrary, findings: Findings) -> Edition:
    """Pour every story into its frames.

    Overset, holes and other faults go to `findings`; the edition is whole all the same, so
    that a page with a fault can be looked at.

    Raises:
        ProducerError: when the plan does not lie on the layout.
    """
    planned = plan_pages(issue, layout, findings)
    findings.stop_on_errors()
    composer = Composer(fonts, layout, issue.paper.language, findings)
    heads = HeadSetter(composer.coverage, layout.grid, findings)
    insets = InsetSetter(issue, layout, composer, findings)
    fitter = ChainFitter(issue, layout, composer, heads, insets, findings)
    parts = _fit_stories(issue, planned, fitter)
    first_parts = {part.story: part for part in parts if part.index == 1}
    pages = tuple(_page(issue, layout, page, parts, first_parts) for page in planned)
    _check_furniture(issue, layout, composer.coverage)
    composer.coverage.tell_rare()
    return Edition(issue, pages, composer.shaper.glyphs, composer.coverage.faces)


def _fit_stories(issue: Issue, planned: Iterable[PlannedPage], fitter: ChainFitter) -> list[Part]:
    chains: dict[str, list[Frame]] = {}
    for frame in chain.from_iterable(page.frames for page in planned):
        chains.setdefault(frame.story, []).append(frame)
    return [
        part
        for story, frames in chains.items()
        for part in fitter.fit(issue.stories[story], frames)
    ]


def _page(
    issue: Issue,
    layout: Layout,
    planned: PlannedPage,
    parts: list[Part],
    first_parts: dict[str, Part],
) -> EditionPage:
    stories = [frame.story for frame in planned.frames]
    own = [part for part in parts if part.page == planned.number]
    own.sort(key=lambda part: stories.index(part.story))
    # A package has a border of its own: fine rules stand outside packages, and within each.
    groups: dict[int | None, list[Rect]] = {}
    for frame in planned.frames:
        if not frame.box:
            groups.setdefault(frame.package, []).append(frame.rect)
    return EditionPage(
        number=planned.number,
        section=planned.page.section,
        master=planned.page.master,
        template=planned.master.template,
        banner=planned.page.banner,
        banner_box=_box(layout, planned.banner) if planned.banner else None,
        editors=planned.page.editors,
        parts=tuple(own),
        packages=tuple(
            PlacedPackage(package.package, rect, _box(layout, rect), package.style)
            for package, rect in planned.packages
        ),
        advertisements=tuple(
            PlacedAdvertisement(data, rect, _box(layout, rect))
            for data, rect in planned.advertisements
        ),
        teasers=tuple(
            _teasers(issue, layout, data, rect, first_parts) for data, rect in planned.teasers
        ),
        rules=tuple(rule for rects in groups.values() for rule in rules_between(rects, layout)),
    )


def _teasers(
    issue: Issue, layout: Layout, data: Teasers, rect: Rect, first_parts: dict[str, Part]
) -> PlacedTeasers:
    placed = []
    for teaser in data.teasers:
        part = first_parts[teaser.story]
        text = teaser.text or issue.stories[teaser.story].short
        placed.append(PlacedTeaser(text, teaser.summary, part.page, part.anchor))
    title = data.title or words(issue.paper.language).teasers
    return PlacedTeasers(title, rect, _box(layout, rect), tuple(placed))


def _box(layout: Layout, rect: Rect) -> Box:
    return Box(
        layout.x_mm(rect.column),
        layout.y_mm(rect.row),
        layout.width_mm(rect.columns),
        rect.rows * layout.grid.row_mm,
    )


def _check_furniture(issue: Issue, layout: Layout, coverage: Coverage) -> None:
    """The characters of names, sections and titles, which the templates set."""
    paper, face = issue.paper, layout.body.regular
    texts = [paper.name, paper.latin, *paper.ears, *paper.imprint.items, *paper.imprint.foot]
    texts += [paper.imprint.licence or "", paper.publisher, paper.advertisement_mark]
    for page in issue.pages:
        texts += [page.section, page.banner or "", *page.editors]
        for item in page.place:
            if isinstance(item, PackagePlacement):
                texts.append(item.package)
            elif isinstance(item, Teasers):
                texts += [item.title or ""]
                texts += [f"{each.text or ''}{each.summary or ''}" for each in item.teasers]
    coverage.check("".join(texts), face, Place(issue.plan_file), paper.name)
