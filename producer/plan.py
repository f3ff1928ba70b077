"""The plan laid on the layout: every placement with its cells, checked against the grid."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import combinations

from producer.errors import Findings, Place
from producer.layouts import FrameSpec, Layout, Master
from producer.model import (
    Advertisement,
    Continuation,
    Issue,
    PackagePlacement,
    Page,
    Rect,
    StoryPlacement,
    Teasers,
)

DEFAULT_STYLE = "standard"
# Narrower text columns, their gutter included, cannot be set.
_LEAST_MEASURE_EM = 3


@dataclass(frozen=True)
class Frame:
    """A frame with its cells, text columns, head style and box."""

    item: StoryPlacement | Continuation
    page: int
    path: str
    rect: Rect
    columns: int
    style: str
    box: str | None
    package: int | None = None

    @property
    def story(self) -> str:
        """The story that is poured into it."""
        item = self.item
        return item.story if isinstance(item, StoryPlacement) else item.continues


@dataclass
class PlannedPage:
    """A page with all its rectangles known."""

    number: int
    page: Page
    master: Master
    frames: list[Frame] = field(default_factory=list)
    packages: list[tuple[PackagePlacement, Rect]] = field(default_factory=list)
    advertisements: list[tuple[Advertisement, Rect]] = field(default_factory=list)
    teasers: list[tuple[Teasers, Rect]] = field(default_factory=list)

    @property
    def banner(self) -> Rect | None:
        """The cells of the theme line, if the page has one."""
        return self.master.banner if self.page.banner else None


class Planner:
    """Lays an issue's pages on a layout and notes what does not lie well."""

    def __init__(self, issue: Issue, layout: Layout, findings: Findings) -> None:
        self.issue = issue
        self.layout = layout
        self.findings = findings

    def pages(self) -> list[PlannedPage]:
        """Every page whose master the layout has."""
        planned = []
        for index, page in enumerate(self.issue.pages):
            master = self.layout.masters.get(page.master)
            if master is None:
                known = ", ".join(self.layout.masters)
                self._add("plan.unknown-master", f"pages.{index}", name=page.master, known=known)
                continue
            planned.append(self._page(PlannedPage(index + 1, page, master), f"pages.{index}"))
        return planned

    def _page(self, planned: PlannedPage, path: str) -> PlannedPage:
        for index, item in enumerate(planned.page.place):
            where = f"{path}.place.{index}"
            spec = self._spec(planned, item.frame, item.rect, where)
            if spec is None:
                continue
            if isinstance(item, Advertisement):
                planned.advertisements.append((item, spec.rect))
            elif isinstance(item, Teasers):
                planned.teasers.append((item, spec.rect))
            elif isinstance(item, PackagePlacement):
                self._package(planned, item, spec.rect, where)
            else:
                planned.frames.append(self._frame(planned, item, spec, where))
        self._check_cells(planned, path)
        return planned

    def _spec(
        self, planned: PlannedPage, name: str | None, rect: Rect | None, where: str
    ) -> FrameSpec | None:
        if name is not None and name not in planned.master.frames:
            known = ", ".join(planned.master.frames) or "-"
            master = planned.page.master
            self._add("plan.unknown-frame", where, name=name, master=master, known=known)
            return None
        spec = planned.master.frames[name] if name else FrameSpec(rect=rect)
        if not self.layout.type_area.contains(spec.rect):
            grid = self.layout.grid
            self._add("plan.off-page", where, columns=grid.columns, rows=grid.rows)
            return None
        return spec

    def _frame(
        self,
        planned: PlannedPage,
        item: StoryPlacement | Continuation,
        spec: FrameSpec,
        where: str,
        package: int | None = None,
    ) -> Frame:
        default = self.layout.continuation if isinstance(item, Continuation) else DEFAULT_STYLE
        style = item.style or spec.style or default
        if style not in self.layout.heads:
            known = ", ".join(self.layout.heads)
            self._add("plan.unknown-style", where, name=style, known=known)
            style = next(iter(self.layout.heads))
        box = item.box or spec.box
        if box is not None and box not in self.layout.boxes:
            known = ", ".join(self.layout.boxes) or "-"
            self._add("plan.unknown-box", where, name=box, known=known)
            box = None
        columns = item.columns or spec.columns or spec.rect.columns
        width = self._width_em(spec.rect, box)
        if width / columns < _LEAST_MEASURE_EM:
            self._add("plan.too-many-columns", where, columns=columns, width=f"{width:g}")
            columns = 1
        return Frame(item, planned.number, where, spec.rect, columns, style, box, package)

    def _width_em(self, rect: Rect, box: str | None) -> float:
        padding = 2 * self.layout.boxes[box].sides_em if box else 0.0
        return self.layout.grid.width_em(rect.columns) - padding

    def _package(
        self, planned: PlannedPage, package: PackagePlacement, rect: Rect, where: str
    ) -> None:
        planned.packages.append((package, rect))
        title = self.layout.package_rows
        inside = rect.model_copy(update={"row": rect.row + title, "rows": rect.rows - title})
        for index, member in enumerate(package.place):
            path = f"{where}.place.{index}"
            spec = self._spec(planned, member.frame, member.rect, path)
            if spec is None:
                continue
            if not inside.contains(spec.rect):
                self._add("plan.outside-package", path, title=package.package, rows=title)
            number = len(planned.packages) - 1
            planned.frames.append(self._frame(planned, member, spec, path, number))

    def _check_cells(self, planned: PlannedPage, path: str) -> None:
        """No two things on one cell, and no frame used twice."""
        taken = [(f"{frame.story}", frame.rect) for frame in planned.frames]
        taken += [(ad.advertisement, rect) for ad, rect in planned.advertisements]
        taken += [("teasers", rect) for _, rect in planned.teasers]
        taken += [("furniture", rect) for rect in planned.master.reserved]
        taken += [("banner", planned.banner)] if planned.banner else []
        pairs = list(combinations(taken, 2))
        for number, (package, rect) in enumerate(planned.packages):
            # Members on the title's rows are told as such.
            title = (package.package, rect.model_copy(update={"rows": self.layout.package_rows}))
            members = {each.story for each in planned.frames if each.package == number}
            pairs += [(title, other) for other in taken if other[0] not in members]
        for (one, rect), (other, cells) in pairs:
            if rect.overlaps(cells):
                self._add("plan.overlap", path, one=one, other=other, page=planned.number)
        for name in _twice(item.frame for item in planned.page.place):
            self._add("plan.frame-twice", path, name=name, page=planned.number)

    def _add(self, id: str, path: str, **values: object) -> None:
        self.findings.add(id, place_in_plan(self.issue, path), "error", **values)


def _twice(names: Iterable[str | None]) -> list[str]:
    return [name for name, count in Counter(names).items() if name and count > 1]


def place_in_plan(issue: Issue, path: str) -> Place:
    """The line of the plan where a placement stands; `path` as `pages.0.place.2`."""
    return Place(issue.plan_file, issue.lines.get(path, 0))


def plan_pages(issue: Issue, layout: Layout, findings: Findings) -> list[PlannedPage]:
    """Lay an issue's plan on a layout; faults go to `findings`."""
    return Planner(issue, layout, findings).pages()
