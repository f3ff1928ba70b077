"""The blocks of a body: paragraphs, subheads, lists, quotations and named blocks."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from markdown_it.token import Token

from producer.errors import Findings, Place
from producer.markdown.parser import CONTAINERS, parser
from producer.markdown.runs import runs_of
from producer.markdown.scripts import KEPT_SPACE
from producer.model import Block, BlockKind, Run

_TYPED_INDENT = re.compile("^((?:[ \t]*>)*)[ \t]*\u3000[ \t\u3000]*", re.MULTILINE)
_CONTAINER = re.compile(
    rf"^[ \t]*:::[ \t]*({'|'.join(CONTAINERS)})[ \t]*$.*?(?:^[ \t]*:::+[ \t]*$|\Z)",
    re.MULTILINE | re.DOTALL,
)
_FENCE = re.compile(r":::+[ \t]*(.*)")
_CLOSING = re.compile(r"[ \t>]*:::+[ \t]*")
# Who speaks, at a paragraph's beginning; the letters only where they are English.
_SPEAKERS: dict[str, BlockKind] = {"问：": "question", "問：": "question", "答：": "answer"}
_ENGLISH_SPEAKERS: dict[str, BlockKind] = {"Q: ": "question", "A: ": "answer"}
_BULLET = "•"


def parse_body(
    text: str,
    file: str,
    findings: Findings,
    first_line: int = 1,
    verse: bool = False,
    language: str = "zh",
) -> tuple[Block, ...]:
    """The blocks of a body, in order; no character but markup is lost.

    Args:
        text: Markdown. Blocks are headings, lists (`- `, `1. `), quotations (`> `) and
            `::: lead|verse|note|signature` … `:::`; they are not nested. Within a paragraph
            `**strong**`, `*emphasis*`, `==dotted==`, `^1^` (a note sign), `{text|reading}`,
            links to `story:ID` and `page:4`, backslash escapes and hard line breaks are known.
            Anything else (HTML too) is text.
        file: The story's file, for messages.
        findings: Takes faults of the markup, and notes such as indents that were typed.
        first_line: The line of the file that the text begins on.
        verse: The story is a verse: every line break is kept and so are typed indents; a block
            is a stanza. `::: verse` does so for a part of a story.
        language: The story's (BCP 47); `Q: ` and `A: ` are speakers in English.
    """
    reader = _Reader(file, findings, first_line, verse, language.split("-")[0] == "en")
    return tuple(reader.blocks(text))


@dataclass
class _Open:
    """A list, quotation or container that the reader is in: its sign as typed, the next item."""

    kind: BlockKind
    sign: str
    first: int = 0
    items: int = 0
    label: str | None = None


@dataclass
class _Reader:
    """Walks one body's tokens and knows what they stand in."""

    file: str
    findings: Findings
    first_line: int
    verse: bool
    english: bool
    open: list[_Open] = field(default_factory=list)
    unknown: int = 0

    def blocks(self, text: str) -> Iterator[Block]:
        text = self._settle_indents(text)
        lines = text.split("\n")
        # The parser of containers looks at the first character of every line, the last too.
        tokens = parser().parse(f"{text}\n", {"verse": self.verse})
        for before, token in itertools.pairwise([Token("", "", 0), *tokens]):
            if token.type == "inline":
                yield from self._block(before, token)
            elif token.type == "list_item_open":
                self._begin_item(token)
            elif token.nesting > 0 and (opened := _opened(token)):
                self._enter(opened, token, lines)
            elif token.nesting < 0 and _is_holder(token):
                self.open.pop()

    def _settle_indents(self, text: str) -> str:
        """The layout indents paragraphs; typed ideographic spaces would do it twice."""
        containers = [(found.span(), found[1] == "verse") for found in _CONTAINER.finditer(text)]

        def settled(indent: re.Match[str]) -> str:
            at = indent.end()
            own = (is_verse for (start, end), is_verse in containers if start < at < end)
            if next(own, self.verse):
                return indent[0].replace("\u3000", KEPT_SPACE)
            line = text.count("\n", 0, indent.start())
            self.findings.add("text.typed-indent", self._place(line), level="note")
            return indent[1] and f"{indent[1]} "

        return _TYPED_INDENT.sub(settled, text)

    def _place(self, line: int) -> Place:
        return Place(self.file, self.first_line + line)

    def _enter(self, opened: _Open, token: Token, lines: Sequence[str]) -> None:
        begin, end = token.map or (0, 0)
        if self.open:
            self._tell_nested(opened.sign, begin)
        if opened.kind in CONTAINERS and not (end < len(lines) and _CLOSING.fullmatch(lines[end])):
            self.findings.add("block.not-closed", self._place(begin), block=opened.sign)
        self.open.append(opened)

    def _tell_nested(self, inner: str, line: int) -> None:
        outer = self.open[-1].sign
        self.findings.add(
            "block.nested", self._place(line), level="warning", inner=inner, outer=outer
        )

    def _begin_item(self, token: Token) -> None:
        """Items are counted on from the first one's number, whatever is typed."""
        own = self.open[-1]
        own.label = _BULLET
        if token.info:
            typed, counted = int(token.info), own.first + own.items
            own.label = f"{counted}{token.markup}"
            if typed not in (counted, own.first):
                place = self._place((token.map or [0])[0])
                self.findings.add("list.number", place, "warning", typed=typed, counted=counted)
        own.items += 1

    def _block(self, before: Token, token: Token) -> Iterator[Block]:
        line = (token.map or [0])[0]
        own = self.open[-1] if self.open else None
        kind: BlockKind = own.kind if own else "verse" if self.verse else "body"
        if before.type == "heading_open":
            if own and own.kind != "verse":
                self._tell_nested(before.markup, line)
            kind, own = "subhead", None
        else:
            self._check_fences(token.content, line)
        runs = runs_of(token.children or (), keep_lines=kind == "verse")
        if runs:
            label, place = own.label if own else None, self.first_line + line
            yield Block(kind=self._speaker(kind, runs), runs=tuple(runs), label=label, line=place)
            if own:
                own.label = None

    def _speaker(self, kind: BlockKind, runs: Sequence[Run]) -> BlockKind:
        """A question or an answer, if the paragraph begins as one."""
        text = "".join(run.text for run in runs)
        speakers = {**_SPEAKERS, **(_ENGLISH_SPEAKERS if self.english else {})}
        found = (speakers[label] for label in speakers if text.startswith(label))
        return next(found, kind) if kind == "body" else kind

    def _check_fences(self, content: str, line: int) -> None:
        """Lines of text that look as if they opened or closed a block."""
        for at, typed in enumerate(content.split("\n"), line):
            fence = _FENCE.fullmatch(typed.strip())
            if fence and fence[1]:
                self.unknown += 1
                known = ", ".join(CONTAINERS)
                self.findings.add("block.unknown", self._place(at), block=fence[0], known=known)
            elif fence and self.unknown:
                self.unknown -= 1
            elif fence:
                self.findings.add("block.not-opened", self._place(at), block=fence[0])


def _opened(token: Token) -> _Open | None:
    """What a token opens, if it holds blocks."""
    if token.type == "bullet_list_open":
        return _Open("list", token.markup)
    if token.type == "ordered_list_open":
        first = int(token.attrs.get("start", 1))
        return _Open("list", f"{first}{token.markup}", first)
    if token.type == "blockquote_open":
        return _Open("quotation", ">")
    if token.type == "container_block_open":
        kind = next(kind for kind in CONTAINERS if kind == token.info.strip())
        return _Open(kind, f"::: {kind}")
    return None


def _is_holder(token: Token) -> bool:
    return token.type.endswith(("_list_close", "blockquote_close", "container_block_close"))
