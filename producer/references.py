"""Cross references: plan and links against the stories, pages and pictures that there are."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from producer.errors import Findings, Place
from producer.stories import StoryFile
from producer.yamlfile import KeyPath, Source


@dataclass(frozen=True)
class Spot:
    """One mention of a story or advertisement in the plan."""

    kind: str
    name: str
    page: int
    place: Place
    insets: tuple[tuple[str, Place], ...] = ()


def spots(plan: Source) -> list[Spot]:
    """All mentions in order of pages and lists.

    Read from the raw data, so that a mistake of form in one placement does not hide that
    another names a story which is missing.
    """
    found: list[Spot] = []
    pages = plan.data.get("pages")
    for at, page in enumerate(_mappings(pages)):
        found += _spots_of_list(plan, at + 1, page.get("place"), ("pages", at, "place"))
    return found


def _spots_of_list(plan: Source, page: int, items: Any, path: KeyPath) -> Iterator[Spot]:
    """The mentions of one list of placements, those inside packages too."""
    for at, item in enumerate(_mappings(items)):
        here = (*path, at)
        for kind in ("story", "continues", "advertisement"):
            if isinstance(item.get(kind), str):
                insets = tuple(_insets(plan, item, here))
                yield Spot(kind, item[kind], page, plan.place(*here, kind), insets)
        for number, teaser in enumerate(_mappings(item.get("teasers"))):
            place = plan.place(*here, "teasers", number)
            yield Spot("teaser", str(teaser.get("story")), page, place)
        yield from _spots_of_list(plan, page, item.get("place"), (*here, "place"))


def _insets(plan: Source, item: dict[str, Any], path: KeyPath) -> Iterator[tuple[str, Place]]:
    for at, inset in enumerate(_mappings(item.get("insets"))):
        if isinstance(inset.get("inset"), str):
            yield inset["inset"], plan.place(*path, "insets", at)


def _mappings(items: Any) -> list[dict[str, Any]]:
    """The items of a list in their order; what is no mapping counts as an empty one."""
    listed = items if isinstance(items, list) else []
    return [item if isinstance(item, dict) else {} for item in listed]


def check_references(
    plan: Source,
    stories: dict[str, StoryFile],
    jump_limit: int,
    findings: Findings,
    is_planned: bool = True,
) -> None:
    """Every story stands in the plan once, goes on in order, and brings its insets along.

    Of an issue that is not planned yet only names, insets and links are checked.
    """
    mentions = spots(plan)
    _check_names(mentions, stories, findings)
    _check_wishes(plan, stories, findings)
    placed = {spot.name for spot in mentions if spot.kind == "story"}
    unplanned = _unplanned(plan, placed) if is_planned else []
    for at in unplanned:
        findings.add("plan.unplanned", plan.place("pages", at, "place"), page=at + 1)
    for story in stories.values():
        chain = [s for s in mentions if s.name == story.id and s.kind in ("story", "continues")]
        if story.id not in placed and is_planned and not unplanned:
            findings.add("story.unplaced", story.place, story=story.id)
        _check_insets(story, chain, findings)
        _check_links(story, stories, len(_mappings(plan.data.get("pages"))), findings)
    if is_planned:
        _Chains(jump_limit, findings, placed).check(mentions)


def _unplanned(plan: Source, placed: set[str]) -> list[int]:
    """The pages on which nothing stands; all that hold no story, where none is placed at all."""
    pages = _mappings(plan.data.get("pages"))
    if not placed:
        return list(range(len(pages)))
    return [at for at, page in enumerate(pages) if not page.get("place")]


def _check_wishes(plan: Source, stories: dict[str, StoryFile], findings: Findings) -> None:
    """What is wanted of stories names stories, pages and sections that there are, each once."""
    pages = _mappings(plan.data.get("pages"))
    sections = list(dict.fromkeys(str(page.get("section")) for page in pages))
    seen: set[str] = set()
    for at, wish in enumerate(_mappings(plan.data.get("wanted"))):
        place, name = plan.place("wanted", at), str(wish.get("story"))
        for key in ("story", "beside"):
            if isinstance(wish.get(key), str):
                _check_name(
                    Spot("wish", wish[key], 0, plan.place("wanted", at, key)), stories, findings
                )
        if name in seen:
            findings.add("wish.twice", place, story=name)
        seen.add(name)
        page = str(wish.get("page", ""))
        if page.isdigit() and int(page) > len(pages):
            findings.add("wish.no-page", place, story=name, page=page, pages=len(pages))
        if isinstance(wish.get("section"), str) and wish["section"] not in sections:
            known = ", ".join(sections)
            findings.add("wish.no-section", place, story=name, section=wish["section"], known=known)


def check_page_numbers(plan: Source, findings: Findings) -> None:
    """A page's stated number is its place in the list."""
    for at, page in enumerate(_mappings(plan.data.get("pages"))):
        stated = page.get("number")
        if stated is not None and str(stated) != str(at + 1):
            place = plan.place("pages", at, "number")
            findings.add("page.number", place, stated=stated, number=at + 1)


def _check_names(
    mentions: Iterable[Spot], stories: dict[str, StoryFile], findings: Findings
) -> None:
    """Every story that the plan names has a file."""
    for spot in mentions:
        if spot.kind != "advertisement":
            _check_name(spot, stories, findings)


def _check_name(spot: Spot, stories: dict[str, StoryFile], findings: Findings) -> None:
    if spot.name not in stories:
        id = "teaser.no-story" if spot.kind == "teaser" else "story.missing"
        near = difflib.get_close_matches(spot.name, stories, 1, 0.5)
        findings.add(id, spot.place, story=spot.name, near=near[0] if near else "-")


def _check_insets(file: StoryFile, chain: list[Spot], findings: Findings) -> None:
    """The insets of the head and those of the frames are the same, each once."""
    if file.story is None:
        return
    own: dict[str, Place] = {}
    for at, inset in enumerate(file.story.head.insets):
        place = file.inset_place(at)
        if inset.id in own:
            findings.add("inset.id-twice", place, inset=inset.id, first=own[inset.id].line)
        own.setdefault(inset.id, place)
    placed: dict[str, Place] = {}
    for id, place in (inset for spot in chain for inset in spot.insets):
        if id not in own:
            known = ", ".join(own) or "-"
            findings.add("inset.missing", place, inset=id, story=file.id, known=known)
        elif id in placed:
            findings.add("inset.placed-twice", place, inset=id, first=str(placed[id]))
        placed.setdefault(id, place)
    for id, place in own.items():
        if chain and id not in placed:
            findings.add("inset.unplaced", place, "warning", inset=id, story=file.id)


def _check_links(
    file: StoryFile, stories: dict[str, StoryFile], pages: int, findings: Findings
) -> None:
    """Every link in the text leads to a story or a page that the issue has."""
    linked = [
        (run.link, Place(file.place.file, block.line))
        for block in (file.story.body if file.story else ())
        for run in block.runs
        if run.link
    ]
    for link, place in linked:
        kind, _, name = link.partition(":")
        if kind == "story" and name not in stories:
            near = difflib.get_close_matches(name, stories, 1, 0.5)
            findings.add("link.no-story", place, story=name, near=near[0] if near else "-")
        elif kind == "page" and name not in map(str, range(1, pages + 1)):
            findings.add("link.no-page", place, page=name, pages=pages)


@dataclass
class _Chains:
    """Follows every story from frame to frame in the order of the plan."""

    jump_limit: int
    findings: Findings
    placed: set[str]
    parts: dict[str, list[Spot]] = field(default_factory=dict)

    def check(self, mentions: Iterable[Spot]) -> None:
        """Note stories begun twice, parts without a beginning, chains that turn back."""
        for spot in mentions:
            if spot.kind == "story":
                self._begin(spot)
            elif spot.kind == "continues":
                self._go_on(spot)

    def _begin(self, spot: Spot) -> None:
        if spot.name in self.parts:
            first = str(self.parts[spot.name][0].place)
            self.findings.add("story.placed-twice", spot.place, story=spot.name, first=first)
        self.parts.setdefault(spot.name, [spot])

    def _go_on(self, spot: Spot) -> None:
        parts = self.parts.get(spot.name)
        if parts is None:
            id = "chain.backwards" if spot.name in self.placed else "chain.no-beginning"
            self.findings.add(id, spot.place, story=spot.name, page=spot.page)
            return
        if spot.page == parts[-1].page:
            self.findings.add("chain.same-page", spot.place, story=spot.name, page=spot.page)
        parts.append(spot)
        jumps = len(parts) - 1
        if jumps > self.jump_limit:
            limit = self.jump_limit
            self.findings.add(
                "chain.too-many-jumps", spot.place, story=spot.name, jumps=jumps, limit=limit
            )
