"""Checks of quotes and brackets: that they pair, nest and are typed as Chinese has them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from producer.checks.passages import Copy, Passage, next_of
from producer.checks.registry import Finding, check, finding
from producer.checks.signs import OPENERS, PAIRS, addresses, is_chinese, is_latin, pairing

# A bracket that closes nothing ends an item's number: 1） 一） a）
_ITEM = re.compile(
    r"(?:^|[。；，：、\s\n])(?:[0-9０-９]{1,2}|[一二三四五六七八九十]{1,3}|[A-Za-zＡ-Ｚａ-ｚ])$"
)
_QUOTES = frozenset("“‘「『")
# What may stand within what: double quotes hold single ones, and so by turns.
_INNER = dict(zip("“‘《〈「『（〔【", "‘“〈《『「〔（（", strict=True))


@check(
    "text.unpaired-mark",
    "Quotes and brackets pair and do not cross",
    rationale="A mark without its partner leaves open who speaks or where a title ends.",
    source="GB/T 15834—2011 4.8, 4.9, 4.15",
    level="error",
)
def unpaired_mark(copy: Copy) -> Iterator[Finding]:
    """Marks without a partner; a quotation of several paragraphs closes only the last."""
    for passage, following in next_of(copy.passages):
        if not passage.is_chinese:
            continue
        for at in pairing(passage.text).lone:
            sign = passage.text[at]
            if not (_goes_on(passage, at, following) or _is_item(passage.text, at)):
                other = PAIRS.get(sign) or OPENERS[list(PAIRS.values()).index(sign)]
                yield finding(passage, at, at + 1, other=other)


def _goes_on(passage: Passage, at: int, following: Passage | None) -> bool:
    """Whether a quotation is taken up by the next paragraph, which opens with the same quote."""
    sign = passage.text[at]
    if sign not in _QUOTES or following is None or passage.kind in ("headline", "caption"):
        return False
    return following.text.lstrip().startswith(sign)


def _is_item(text: str, at: int) -> bool:
    return text[at] == "）" and bool(_ITEM.search(text[:at]))


@check(
    "text.nested-mark",
    "Quotes within quotes are ‘ ’, titles within titles 〈 〉",
    rationale="Marks of the same form within one another do not tell where the inner one ends.",
    source="GB/T 15834—2011 4.8, 4.9, 4.15",
    level="warning",
)
def nested_mark(copy: Copy) -> Iterator[Finding]:
    """Marks directly within their own kind, and inner marks that nothing is around."""
    for passage in copy.chinese:
        found = pairing(passage.text)
        for at in found.pairs:
            sign = passage.text[at]
            alike = [o for o in found.within[at] if passage.text[o] in (sign, _INNER[sign])]
            is_in_own = alike and passage.text[alike[-1]] == sign and alike[-1] in found.pairs
            if is_in_own or (not alike and sign in "‘〈"):
                right = _INNER[sign]
                yield finding(passage, at, at + 1, right=right + PAIRS[right])


@check(
    "text.straight-quote",
    "Quotes are curved: “ ” and ‘ ’",
    rationale="Straight quotes are a typewriter's; they do not open or close, and are set narrow.",
    source="GB/T 15834—2011 4.8, CLREQ",
    level="error",
    mends=True,
)
def straight_quote(copy: Copy) -> Iterator[Finding]:
    """Straight quotes in Chinese text; apostrophes, and signs of inches or minutes, may be."""
    for passage in copy.chinese:
        rights = _curved(passage.text)
        for at, right in rights.items():
            edits = passage.edit(at, at + 1, right) if right else ()
            yield finding(passage, at, at + 1, edits, right=right or _either(passage.text[at]))


def _either(sign: str) -> str:
    return "“ ”" if sign == '"' else "‘ ’"


def _curved(text: str) -> dict[int, str]:
    """The straight quotes' places, and what each should be, where that is beyond doubt."""
    apart = addresses(text)
    doubles = [
        at
        for at, sign in enumerate(text)
        if sign == '"' and at not in apart and not _is_inch(text, at)
    ]
    singles = [at for at, sign in enumerate(text) if sign == "'" and _is_quote(text, at)]
    rights = dict.fromkeys([*doubles, *singles], "")
    without = "".join(sign for at, sign in enumerate(text) if at not in rights)
    quotes = pairing(re.sub("[^“”‘’]", "", without))
    if len(doubles) % 2 or quotes.lone or singles:
        return rights
    whole = pairing(text).pairs
    for start, end in zip(doubles[::2], doubles[1::2], strict=True):
        if _may_open(text, start) and _may_close(text, end):
            outer = [i for i, j in whole.items() if text[i] in "“‘" and i < start and end < j]
            is_inner = bool(outer) and text[outer[-1]] == "“"
            rights[start], rights[end] = "‘’" if is_inner else "“”"
    return rights


def _is_inch(text: str, at: int) -> bool:
    return text[at - 1 : at].isdigit() and text.count('"', 0, at) % 2 == 0


def _is_quote(text: str, at: int) -> bool:
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    return not is_latin(before) and (is_chinese(before) or is_chinese(after))


def _may_open(text: str, at: int) -> bool:
    after = text[at + 1 : at + 2]
    return bool(after) and not after.isspace() and after not in "，。、；：？！”’）》"


def _may_close(text: str, at: int) -> bool:
    before = text[at - 1 : at]
    return not before.isspace() and before not in "“‘（《"


def half_width_brackets(text: str) -> Iterator[tuple[int, str]]:
    """The places of ASCII brackets that Chinese text is in or before, and what each should be."""
    opened: list[int] = []
    apart = addresses(text)
    for at, sign in enumerate(text):
        if at in apart:
            continue
        if sign in "(（":
            opened.append(at)
        elif sign in ")）" and opened:
            start = opened.pop()
            if _is_chinese_bracket(text, start, at):
                yield from _half(text, start, at)
        elif sign == ")" and is_chinese(text[at - 1 : at]) and not _ITEM.search(text[:at]):
            yield at, "）"
    yield from ((at, "（") for at in opened if text[at] == "(" and is_chinese(text[at - 1 : at]))


def _is_chinese_bracket(text: str, start: int, end: int) -> bool:
    before, after = text[start - 1 : start] if start else "", text[end + 1 : end + 2]
    if "（" in text[start] or "）" in text[end] or is_chinese(before):
        return True
    holds_chinese = any(is_chinese(sign) for sign in text[start:end])
    return holds_chinese or (not is_latin(before) and is_chinese(after))


def _half(text: str, start: int, end: int) -> Iterator[tuple[int, str]]:
    if text[start] == "(":
        yield start, "（"
    if text[end] == ")":
        yield end, "）"
