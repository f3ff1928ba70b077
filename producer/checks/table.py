"""The documentation of all checks, made from the checks themselves."""

from __future__ import annotations

from collections.abc import Iterator

from producer.checks.registry import Check
from producer.checks.run import BUILD_CHECKS, CHECKS
from producer.messages import message

_HEAD = """\
# Content checks

What `producer check` looks for in the copy. Made by `make docs` from `producer/checks`; ids never
change. Errors end with exit code 3; warnings pass, or end with 7 under `--strict`. What `--fix`
mends is marked ✎; what `producer build` looks for too is marked ■. Stories in other languages than
Chinese are checked for doubled words and for what their pictures lack.

| id | level | | what is right | 发现时的提示 | source |
|---|---|---|---|---|---|
"""


def table() -> str:
    """docs/content-checks.md: a table of all checks, then why each is made."""
    rows = "".join(f"| {' | '.join(_cells(check))} |\n" for check in CHECKS)
    return _HEAD + rows + "\n## Why\n\n" + "".join(_reasons())


def _cells(check: Check) -> Iterator[str]:
    signs = "✎" * check.mends + "■" * (check in BUILD_CHECKS)
    told = message(check.id, "zh").cause.replace("|", "\\|")
    yield from (f"`{check.id}`", check.level, signs, check.title, told, check.source)


def _reasons() -> Iterator[str]:
    for check in CHECKS:
        looks_for = " ".join((check.run.__doc__ or "").split())
        yield f"- `{check.id}`: {check.rationale} {looks_for}\n"
