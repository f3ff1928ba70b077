"""What is fixed before planning must not contradict itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence

from producer.errors import Findings, Place
from producer.layouts import Layout
from producer.model import Issue, StoryPlacement
from producer.plan import place_in_plan
from producer.planner.desk import Item
from producer.planner.ground import Ground


def check(
    issue: Issue,
    layout: Layout,
    grounds: Sequence[Ground],
    pages: Collection[int],
    items: Sequence[Item],
    findings: Findings,
) -> None:
    """Pins against pins and wishes, the pages that are to be planned against those there are.

    What overlaps or leaves the page has been found before: see `grounds`.
    """
    if not layout.planning.terms:
        findings.add("plan.no-planning", Place(f"layouts/{layout.name}/layout.yaml"))
    for number in sorted(set(pages) - {ground.number for ground in grounds}):
        file = place_in_plan(issue, "pages")
        findings.add("plan.no-such-page", file, page=number, pages=len(grounds))
    begun = [
        frame
        for ground in grounds
        for frame in ground.pinned
        if isinstance(frame.item, StoryPlacement)
    ]
    times = Counter(frame.story for frame in begun)
    wanted = {item.name: item.wish.page for item in items}
    for frame in begun:
        place = place_in_plan(issue, "pages")
        if times[frame.story] > 1:
            findings.add("plan.pinned-twice", place, story=frame.story)
        page = wanted.get(frame.story)
        if page and page != frame.page:
            findings.add(
                "plan.pinned-elsewhere", place, story=frame.story, page=frame.page, wanted=page
            )
    if not any(not item.is_filler for item in items):
        findings.add("plan.no-stories", place_in_plan(issue, "pages"))
