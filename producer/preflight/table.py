"""All checks as a page of Markdown, from the same words that reports use."""

from __future__ import annotations

from producer.preflight.profiles import Item, profiles
from producer.preflight.registry import Check, checks

_HEAD = """\
# Checks of `producer preflight`

Made by `make docs` from the checks themselves; do not edit. Profiles are data:
[profiles.yaml](../producer/preflight/profiles.yaml). A paper lets a check's findings pass by
`waive: {id: reason}` in its `paper.yaml`; a waiver that is not needed is told.

| id | profiles | what, why, what is seen | source |
|---|---|---|---|
"""


def checks_page() -> str:
    """The whole page."""
    return _HEAD + "".join(_row(one) for one in checks().values())


def _row(one: Check) -> str:
    uses = {
        name: item for name, items in profiles().items() for item in items if item.check == one.id
    }
    where = "; ".join(_use(name, item) for name, item in uses.items())
    words = f"**{one.title('en')}.** {one.rationale('en')}"
    return f"| `{one.id}` | {where} | {words} | {one.source} |\n"


def _use(name: str, item: Item) -> str:
    """`print: limit 240, ppi 72`."""
    given = [f"{key} {_value(value)}" for key, value in item.given.items()]
    given += [item.level] * (item.level != "error")
    return f"{name}: {', '.join(given)}" if given else name


def _value(value: object) -> str:
    return " ".join(map(str, value)) if isinstance(value, list) else str(value)
