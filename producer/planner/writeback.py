"""A proposal written into issue.yaml: one line a placement, all else as the editors wrote it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ruamel.yaml import YAML
from ruamel.yaml.nodes import MappingNode, Node, SequenceNode

from producer.model import InsetPlacement, Rect
from producer.planner.proposal import PageProposal, PlacedStory, Proposal

# What stands on a page besides its stories, and stays as it is written.
_OTHERS = ("advertisement", "teasers")


def written(issue_yaml_text: str, proposal: Proposal) -> str:
    """issue.yaml with the proposal's placements in place of the pages' own.

    Pinned placements, advertisements and teasers keep their text, comments included.
    """
    text = issue_yaml_text
    root = YAML(typ="safe", pure=True).compose(text)
    pages = _value(root, "pages")
    assert isinstance(pages, SequenceNode)
    for page in sorted(proposal.pages, key=lambda each: -each.number):
        text = _with_page(text, pages.value[page.number - 1], page)
    return text


def _with_page(text: str, node: MappingNode, page: PageProposal) -> str:
    place = _value(node, "place")
    kept = _kept(text, place) if isinstance(place, SequenceNode) else []
    items = list(_items(page, kept))
    first_key = node.value[0][0]
    indent = " " * first_key.start_mark.column
    if node.flow_style:
        inner = "".join(f"\n{indent}  {_flow(item)}," for item in items).rstrip(",")
        new = f"place: [{inner}]" if items else "place: []"
        return _replaced(text, node, place, new, ", ")
    listed = "".join(f"\n{indent}  - {_indented(item, indent)}" for item in items)
    return _replaced(text, node, place, f"place:{listed or ' []'}", f"\n{indent}")


def _replaced(text: str, page: MappingNode, place: Node | None, new: str, between: str) -> str:
    """The page with its key `place` as new, or put after its last key."""
    for key, value in page.value:
        if place is not None and value is place:
            return text[: key.start_mark.index] + new + text[_end(place) :]
    end = _end(page.value[-1][1])
    return text[:end] + between + new + text[end:]


@dataclass(frozen=True)
class _Kept:
    """An item as written, the stories in it, and whether it is no story's at all."""

    lines: tuple[str, ...]
    stories: frozenset[str]
    is_other: bool


def _kept(text: str, place: SequenceNode) -> list[_Kept]:
    """The page's items as they are written; which of them stay, the proposal says."""
    found = []
    for item in place.value:
        margin = "\n" + " " * item.start_mark.column
        raw = text[item.start_mark.index : _end(item)].replace(margin, "\n")
        keys = {str(key.value) for key, _ in item.value}
        names = frozenset(_stories(item))
        found.append(_Kept(tuple(raw.splitlines()), names, bool(keys.intersection(_OTHERS))))
    return found


def _stories(item: MappingNode) -> Iterator[str]:
    """The stories of an item, those of a package's members too."""
    for key, value in item.value:
        if key.value in ("story", "continues"):
            yield str(value.value)
        elif key.value == "place":
            for member in value.value:
                yield from _stories(member)


def _items(page: PageProposal, kept: list[_Kept]) -> Iterator[Sequence[str]]:
    """The page's placements in reading order, each as lines of block style."""
    told: set[str] = set()
    rects = dict(page.packages)
    for story in page.stories:
        if story.story in told:
            continue
        if story.pinned:
            item = next((each for each in kept if story.story in each.stories), None)
            told |= item.stories if item else set()
            yield item.lines if item else _placement(story)
        elif story.package in rects:
            members = [each for each in page.stories if each.package == story.package]
            told |= {each.story for each in members}
            yield _package(story.package, rects[story.package], members)
        else:
            yield _placement(story)
    yield from (each.lines for each in kept if each.is_other)


def _package(title: str, rect: Rect, members: list[PlacedStory]) -> list[str]:
    lines = [f"package: {_quoted(title)}", f"rect: {_rect(rect)}", "place:"]
    for member in members:
        first, *rest = _placement(member)
        lines += [f"  - {first}", *(f"    {line}" for line in rest)]
    return lines


def _placement(story: PlacedStory) -> list[str]:
    """On one line, but a story with insets, as editors write both."""
    name = "continues" if story.continues else "story"
    pairs = [f"{name}: {story.story}", f"rect: {_rect(story.rect)}"]
    if not story.continues:
        pairs.append(f"style: {story.style}")
    if story.columns != story.rect.columns:
        pairs.append(f"columns: {story.columns}")
    if story.box:
        pairs.append(f"box: {story.box}")
    if story.insets:
        return [*pairs, f"insets: [{', '.join(map(_inset, story.insets))}]"]
    return [f"{{{', '.join(pairs)}}}"]


def _inset(inset: InsetPlacement) -> str:
    own = (
        f"side: {inset.side}, width_em: {inset.width_em}"
        if inset.side
        else f"columns: {inset.columns}"
    )
    return (
        f"{{inset: {inset.inset}, column: {inset.column}, {own}, "
        f"row: {inset.row}, rows: {inset.rows}}}"
    )


def _rect(rect: Rect) -> str:
    return f"[{rect.column}, {rect.row}, {rect.columns}, {rect.rows}]"


def _quoted(text: str) -> str:
    """A title as YAML; quoted where it could be read as something else."""
    plain = not any(sign in text for sign in ":#{}[],&*!|>'\"%@`\n") and text == text.strip()
    return text if plain else "'" + text.replace("'", "''") + "'"


def _indented(lines: Sequence[str], indent: str) -> str:
    return f"\n{indent}    ".join(lines)


def _flow(lines: Sequence[str]) -> str:
    """An item's lines in flow style, for a page that is written so."""
    if len(lines) == 1 and lines[0].startswith("{"):
        return lines[0]
    if lines[0].startswith("package:"):
        members = [line.removeprefix("  - ") for line in lines[3:]]
        return f"{{{lines[0]}, {lines[1]}, place: [{', '.join(members)}]}}"
    return "{" + ", ".join(line.strip() for line in lines) + "}"


def _value(node: MappingNode, key: str) -> Node | None:
    return next((value for name, value in node.value if name.value == key), None)


def _end(node: Node) -> int:
    """Where a node's text ends; block style's own mark lies behind comments and blank lines."""
    if isinstance(node, MappingNode) and not node.flow_style and node.value:
        return _end(node.value[-1][1])
    if isinstance(node, SequenceNode) and not node.flow_style and node.value:
        return _end(node.value[-1])
    return int(node.end_mark.index)
