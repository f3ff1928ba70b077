"""A story's body: Markdown of subheads, strong, emphasis and links within the issue."""

from __future__ import annotations

import functools
import itertools
import operator
import re
from collections.abc import Iterable, Iterator

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.rules_inline.state_inline import Delimiter
from markdown_it.token import Token

from producer.errors import Findings, Place
from producer.model import Block, Run, RunStyle

# Ideographs, kana, Bopomofo, and the punctuation and forms that stand with them; not Hangul,
# which puts spaces between words.
_CJK = (
    "\u2e80-\u2fdf\u2ff0-\u312f\u31a0-\u4dbf\u4e00-\u9fff\uf900-\ufaff\ufe10-\ufe1f"
    "\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffef\U00016fe0-\U0001b2ff\U0001f200-\U0001f2ff"
    "\U00020000-\U0003ffff"
)
# Signs that Chinese shares with Latin: they belong to what stands on their other side.
_SHARED = "“”‘’—…·"
_IS_CJK = re.compile(f"[{_CJK}]")
_NO_SPACE = re.compile(f"[{_CJK}]\n[{_CJK}{_SHARED}]|[{_SHARED}]\n[{_CJK}]")

# A link leads to a story or a page of the issue; every other is text.
_TARGET = re.compile(r"\(((?:story|page):[^()\s]*)\)")

_TYPED_INDENT = re.compile("^[ \t]*\u3000[ \t\u3000]*", re.MULTILINE)
# Private characters, which no clean text holds, stand for what is decided later.
# A soft line break, until its neighbours, perhaps of other runs, are known:
_SOFT = "\ue001"
# A verse's typed indents, since Markdown takes the space at a line's beginning:
_KEPT_SPACE = "\ue000"


def parse_body(
    text: str, file: str, findings: Findings, first_line: int = 1, verse: bool = False
) -> tuple[Block, ...]:
    """The blocks of a body, in order; no character but markup is lost.

    Args:
        text: Markdown; of its markup headings, `**strong**`, `*emphasis*`, links to
            `story:ID` and `page:4`, backslash escapes and hard line breaks are known, anything
            else (HTML too) is text.
        file: The story's file, for messages.
        findings: Takes notes, such as indents that were typed.
        first_line: The line of the file that the text begins on.
        verse: Every line break is kept and so are typed indents; a block is a stanza.
    """
    if verse:
        text = _TYPED_INDENT.sub(lambda indent: indent[0].replace("\u3000", _KEPT_SPACE), text)
    else:
        text = _without_typed_indents(text, file, findings, first_line)
    blocks = []
    tokens = _parser().parse(text)
    for opening, inline in itertools.pairwise(tokens):
        if inline.type != "inline" or not inline.map:
            continue
        runs = _runs(inline.children or (), verse)
        kind = "subhead" if opening.type == "heading_open" else "body"
        if runs:
            line = first_line + inline.map[0]
            blocks.append(Block.model_validate({"kind": kind, "runs": runs, "line": line}))
    return tuple(blocks)


def _without_typed_indents(text: str, file: str, findings: Findings, first_line: int) -> str:
    """The layout indents paragraphs; typed ideographic spaces would do it twice."""
    for indent in _TYPED_INDENT.finditer(text):
        line = first_line + text.count("\n", 0, indent.start())
        findings.add("text.typed-indent", Place(file, line), level="note")
    return _TYPED_INDENT.sub("", text)


@functools.cache
def _parser() -> MarkdownIt:
    """CommonMark with all rules off but those for a newspaper's text."""
    parser = MarkdownIt("zero").enable(["heading", "emphasis", "newline", "escape"])
    parser.inline.ruler.at("emphasis", _emphasis)
    parser.inline.ruler.before("emphasis", "link", _link)
    return parser


def _link(state: StateInline, silent: bool) -> bool:
    """`[text](story:ID)` or `[text](page:4)`; the text may hold emphasis, and no link."""
    start = state.pos
    if state.src[start] != "[":
        return False
    end = state.md.helpers.parseLinkLabel(state, start, True)
    target = _TARGET.match(state.src, end + 1) if end > start + 1 else None
    if not target or target.end() > state.posMax:
        return False
    if not silent:
        after = state.posMax
        state.pos, state.posMax = start + 1, end
        state.push("link_open", "a", 1).attrs = {"href": target[1]}
        state.md.inline.tokenize(state)
        state.push("link_close", "a", -1)
        state.posMax = after
    state.pos = target.end()
    return True


def _emphasis(state: StateInline, silent: bool) -> bool:
    """CommonMark's delimiter rule, made fit for text without spaces between words.

    CommonMark lets `**` open or close beside punctuation only where a space or punctuation is
    on the other side, so `**“词”**字` would stay literal. Beside a CJK character a star may
    open before and close after anything but a space, as the proposal "CommonMark
    CJK-friendly emphasis" has it. Only stars mark: `_` is a letter of file names and addresses.
    """
    start = state.pos
    if silent or state.src[start] != "*":
        return False
    scanned = state.scanDelims(start, True)
    before, after = state.src[start - 1 : start], state.src[start + scanned.length :][:1]
    beside_cjk = bool(_IS_CJK.match(before) or _IS_CJK.match(after))
    can_open = scanned.can_open or (beside_cjk and bool(after.strip()))
    can_close = scanned.can_close or (beside_cjk and bool(before.strip()))
    for _ in range(scanned.length):
        state.push("text", "", 0).content = "*"
        at = len(state.tokens) - 1
        state.delimiters.append(
            Delimiter(ord("*"), scanned.length, at, -1, open=can_open, close=can_close)
        )
    state.pos += scanned.length
    return True


def _runs(tokens: Iterable[Token], verse: bool) -> list[Run]:
    """A paragraph's runs: line breaks resolved, neighbours of one style and link joined."""
    pieces = list(_pieces(tokens, "\n" if verse else _SOFT))
    texts = _join_lines([text for text, _, _ in pieces])
    kinds = [(style, link) for _, style, link in pieces]
    styled = [pair for pair in zip(texts, kinds, strict=True) if pair[0]]
    return [
        Run(text="".join(text for text, _ in group), style=style, link=link)
        for (style, link), group in itertools.groupby(styled, key=operator.itemgetter(1))
    ]


def _pieces(tokens: Iterable[Token], soft: str) -> Iterator[tuple[str, RunStyle, str | None]]:
    """Texts, their styles and links; strong wins over emphasis within it or around it."""
    strong = emphasis = 0
    link: str | None = None
    for token in tokens:
        style: RunStyle = "strong" if strong else "emphasis" if emphasis else "regular"
        if token.tag == "strong":
            strong += token.nesting
        elif token.tag == "em":
            emphasis += token.nesting
        elif token.tag == "a":
            link = str(token.attrs["href"]) if token.nesting > 0 else None
        elif token.type == "softbreak":
            yield soft, style, link
        elif token.type == "hardbreak":
            yield "\n", style, link
        else:
            yield token.content.replace(_KEPT_SPACE, "\u3000"), style, link


def _join_lines(texts: list[str]) -> list[str]:
    """The texts with each soft break as a space, or nothing where both sides are CJK."""
    whole = "".join(texts)
    starts = itertools.accumulate((len(text) for text in texts), initial=0)

    def gap(at: int) -> str:
        around = f"{whole[max(at - 1, 0) : at]}\n{whole[at + 1 : at + 2]}"
        return "" if _NO_SPACE.match(around) else " "

    def joined(text: str, start: int) -> str:
        return re.sub(_SOFT, lambda soft: gap(start + soft.start()), text)

    return [joined(text, start) for text, start in zip(texts, starts, strict=False)]
