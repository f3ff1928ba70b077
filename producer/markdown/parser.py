"""The parser: CommonMark with all rules off but those for a newspaper's text."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock, blockquote, list_block
from mdit_py_plugins.container import container_plugin

from producer.markdown.inline import add_inline_rules
from producer.model import BlockKind

BlockRule = Callable[[StateBlock, int, int, bool], bool]

# Kinds that are written as `::: verse` … `:::`.
CONTAINERS: tuple[BlockKind, ...] = ("lead", "verse", "note", "signature")
# Signs before a line's text; `- - -` and `>` alone are ornaments, `>5` compares.
_ITEM = re.compile(r"-(?=[ \t])(?![ \t-]*$)|\d{1,9}[.)](?=[ \t]+\S)")
_QUOTATION = re.compile(r">[ \t]+\S")
# Deeper blocks stay text, since the parser would leave out what stands too deep for it.
_MOST_LEVELS = 8


@functools.cache
def parser() -> MarkdownIt:
    """Reads a body; its `env` tells by "verse" whether the whole story is a verse."""
    made = MarkdownIt("zero")
    made.enable(["heading", "list", "blockquote", "emphasis", "newline", "escape"])
    made.use(container_plugin, name="block", validate=_opens)
    ends = ["paragraph", "blockquote"]
    made.block.ruler.at("list", _only_at(_ITEM, list_block), {"alt": ends})
    made.block.ruler.at("blockquote", _only_at(_QUOTATION, blockquote), {"alt": [*ends, "list"]})
    add_inline_rules(made)
    return made


def _opens(name: str, sign: str) -> bool:
    """Whether a line opens a container; longer signs, which could be nested, are unknown."""
    return sign == ":::" and name.strip() in CONTAINERS


def _only_at(sign: re.Pattern[str], rule: BlockRule) -> BlockRule:
    """A rule of CommonMark that heeds fewer signs, and none in verse, where lines are lines."""

    def fewer(state: StateBlock, line: int, end_line: int, silent: bool) -> bool:
        start = state.bMarks[line] + state.tShift[line]
        return (
            sign.match(state.src, start, state.eMarks[line]) is not None
            and state.level < _MOST_LEVELS
            and not _is_verse(state)
            and rule(state, line, end_line, silent)
        )

    return fewer


def _is_verse(state: StateBlock) -> bool:
    """Whether the innermost container is a verse, or the story where there is none."""
    open_names: list[str] = []
    for token in state.tokens:
        if token.type == "container_block_open":
            open_names.append(token.info.strip())
        elif token.type == "container_block_close":
            open_names.pop()
    return open_names[-1] == "verse" if open_names else bool(state.env["verse"])
