"""YAML whose every value knows its line; scalars stay the text that the editor typed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from producer.errors import Findings, Place

KeyPath = tuple[str | int, ...]

_STANDARD = "tag:yaml.org,2002:"


@dataclass(frozen=True)
class Source:
    """Data as read, and the line of every key and list item in it.

    A source without lines (JSON) names a place by its path instead.
    """

    file: str
    data: Any
    lines: dict[KeyPath, int] = field(default_factory=dict)

    def place(self, *path: str | int) -> Place:
        """Where a key or list item stands; of a missing one, what it is missing from."""
        while path and path not in self.lines:
            path = path[:-1]
        return Place(self.file, self.lines.get(path, 0))

    def locate(self, loc: Sequence[str | int]) -> KeyPath:
        """The path in the data that a pydantic `loc` means.

        A `loc` also holds the tags of unions, keys that are missing, and fields of what the
        data writes as a list: they are skipped. A tag may be called like a key (`story`), so
        of several readings the one that reaches the last part, then the longest, is taken.
        """
        parts = tuple(loc)

        def rank(path: KeyPath) -> tuple[bool, int]:
            return (bool(path and parts) and path[-1] == parts[-1], len(path))

        return max(_readings(self.data, (), parts), key=rank)

    def name(self, path: KeyPath) -> str:
        """A key's name for a message; the whole path where there are no lines to show."""
        parts = path if not self.lines else [part for part in path if isinstance(part, str)][-1:]
        return ".".join(map(str, parts)) or "-"


def read_yaml(text: str, file: str, findings: Findings, first_line: int = 1) -> Source | None:
    """Read one YAML document that must be a mapping.

    Numbers, dates and yes/no are not turned into values: the model does that where it wants
    them, and a table cell `1.50` or a headline `2026` stays as typed. Only `null`, `~` and
    nothing become None. Aliases and own tags are refused: they hide what a reader would see.

    Args:
        text: The document.
        file: Its name for messages.
        findings: Takes the problems: broken YAML, a key given twice, a part that is no data.
        first_line: The line of the file that the text begins on.
    """
    try:
        root = YAML(typ="safe", pure=True).compose(text)
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        last = len(text.splitlines()) - 1  # a mark at the end stands on no line
        line = first_line + (min(mark.line, last) if mark else 0)
        reason = " ".join(filter(None, (error.context, error.problem)))
        findings.add("yaml.broken", Place(file, line), reason=reason)
        return None
    except YAMLError as error:
        findings.add("yaml.broken", Place(file, first_line), reason=str(error).splitlines()[0])
        return None
    if not isinstance(root, MappingNode):
        findings.add("yaml.not-a-mapping", Place(file, first_line))
        return None
    reader = _Reader(file, findings, first_line)
    return Source(file, reader.value(root, ()), reader.lines)


def scalars(text: str) -> Iterator[tuple[KeyPath, str, int, int]]:
    """Every value of sound YAML: its path, what it says, where it begins and ends in the text."""

    def walk(node: Node, path: KeyPath) -> Iterator[tuple[KeyPath, str, int, int]]:
        if isinstance(node, ScalarNode):
            yield path, str(node.value), node.start_mark.index, node.end_mark.index
        elif isinstance(node, SequenceNode):
            for at, item in enumerate(node.value):
                yield from walk(item, (*path, at))
        else:
            for key, value in node.value:
                yield from walk(value, (*path, str(key.value)))

    return walk(YAML(typ="safe", pure=True).compose(text), ())


def _readings(data: Any, path: KeyPath, parts: KeyPath) -> list[KeyPath]:
    """All ways to follow some of the parts, in order, into the data."""
    if not parts:
        return [path]
    head, rest = parts[0], parts[1:]
    found = _readings(data, path, rest)
    if isinstance(data, dict) and head in data:
        found += _readings(data[head], (*path, head), rest)
    if isinstance(data, list) and isinstance(head, int) and head < len(data):
        found += _readings(data[head], (*path, head), rest)
    return found


class _Reader:
    """Turns YAML nodes into plain data and remembers their lines."""

    def __init__(self, file: str, findings: Findings, first_line: int) -> None:
        self.lines: dict[KeyPath, int] = {}
        self._file = file
        self._findings = findings
        self._first_line = first_line
        self._seen: set[int] = set()

    def value(self, node: Node, path: KeyPath) -> Any:
        """A node's data; its children's lines are noted on the way."""
        self.lines.setdefault(path, self._line(node))
        self._refuse_oddities(node)
        if isinstance(node, ScalarNode):
            is_null = node.tag == f"{_STANDARD}null" and node.style is None
            return None if is_null else str(node.value)
        if id(node) in self._seen:
            place = Place(self._file, self.lines[path])
            self._findings.add("yaml.alias", place, name=node.anchor or "-")
            return None
        self._seen.add(id(node))
        if isinstance(node, SequenceNode):
            return [self.value(item, (*path, at)) for at, item in enumerate(node.value)]
        return self._mapping(node, path)

    def _mapping(self, node: Node, path: KeyPath) -> dict[str, Any]:
        data: dict[str, Any] = {}
        for key_node, value_node in node.value:
            if not isinstance(key_node, ScalarNode):
                self._findings.add("yaml.key", self._place(key_node))
                continue
            key = str(key_node.value)
            if key in data:
                first = self.lines[(*path, key)]
                self._findings.add("yaml.key-twice", self._place(key_node), key=key, first=first)
                continue
            self.lines[(*path, key)] = self._line(key_node)
            data[key] = self.value(value_node, (*path, key))
        return data

    def _refuse_oddities(self, node: Node) -> None:
        """Own tags would vanish without a word, since scalars are taken as text."""
        if not str(node.tag).startswith(_STANDARD):
            self._findings.add("yaml.tag", self._place(node), tag=str(node.tag))

    def _line(self, node: Node) -> int:
        return self._first_line + int(node.start_mark.line)

    def _place(self, node: Node) -> Place:
        return Place(self._file, self._line(node))
