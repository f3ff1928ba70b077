"""What is marked within a paragraph: emphasis, dots, note signs, readings, links in the issue.

Each is a rule of markdown-it's inline parser: it tells whether markup begins at `state.pos` and,
unless `silent`, writes its tokens.
"""

from __future__ import annotations

import re

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.rules_inline.state_inline import Delimiter

from producer.markdown.scripts import IS_CJK

# A link leads to a story or a page of the issue; every other is text.
TARGET = re.compile(r"\(((?:story|page):[^()\s]*)\)")
# No space within the signs at either end, as with stars; `===` is a line that somebody drew.
_DOTTED = re.compile(r"==(?![\s=])((?:\\.|(?!==)[^\\])+?)(?<!\s)==(?!=)", re.DOTALL)
_NOTE = re.compile(r"\^([^\s^\\]{1,4})\^")
_RUBY_PART = r"((?:\\.|[^\\{}|\n])*)"
RUBY = re.compile(rf"\{{{_RUBY_PART}\|{_RUBY_PART}\}}")
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")


def add_inline_rules(parser: MarkdownIt) -> None:
    """Put this module's rules into a parser; its own rule of emphasis is replaced."""
    ruler = parser.inline.ruler
    ruler.at("emphasis", _emphasis)
    for name, rule in (("link", _link), ("dotted", _dotted), ("note", _note), ("ruby", _ruby)):
        ruler.before("emphasis", name, rule)


def _link(state: StateInline, silent: bool) -> bool:
    """`[text](story:ID)` or `[text](page:4)`; the text may hold any style, and no link."""
    start = state.pos
    if state.src[start] != "[":
        return False
    end = state.md.helpers.parseLinkLabel(state, start, True)
    target = TARGET.match(state.src, end + 1) if end > start + 1 else None
    if not target or target.end() > state.posMax:
        return False
    if not silent:
        state.push("link_open", "a", 1).attrs = {"href": target[1]}
        _tokenize(state, start + 1, end)
        state.push("link_close", "a", -1)
    state.pos = target.end()
    return True


def _dotted(state: StateInline, silent: bool) -> bool:
    """`==text==` has emphasis dots (着重号); the text may hold any other markup."""
    found = _DOTTED.match(state.src, state.pos, state.posMax)
    if not found:
        return False
    if not silent:
        state.push("dotted_open", "mark", 1)
        _tokenize(state, found.start(1), found.end(1))
        state.push("dotted_close", "mark", -1)
    state.pos = found.end()
    return True


def _note(state: StateInline, silent: bool) -> bool:
    """`^1^` is a raised note sign; anything longer than four characters is text."""
    found = _NOTE.match(state.src, state.pos, state.posMax)
    if not found:
        return False
    if not silent:
        state.push("note", "sup", 0).content = found[1]
    state.pos = found.end()
    return True


def _ruby(state: StateInline, silent: bool) -> bool:
    """`{text|reading}`; both are plain and on one line."""
    found = RUBY.match(state.src, state.pos, state.posMax)
    if not found:
        return False
    base, reading = (_ESCAPE.sub(r"\1", part).strip() for part in found.groups())
    if not base or not reading:
        return False
    if not silent:
        token = state.push("ruby", "ruby", 0)
        token.content, token.meta = base, {"reading": reading}
    state.pos = found.end()
    return True


def _tokenize(state: StateInline, start: int, end: int) -> None:
    """Read what stands between an opening and a closing sign."""
    after = state.posMax
    state.pos, state.posMax = start, end
    state.md.inline.tokenize(state)
    state.posMax = after


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
    beside_cjk = bool(IS_CJK.match(before) or IS_CJK.match(after))
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
