"""Profiles: which checks a finished file is held against, with their parameters, as data."""

from __future__ import annotations

import functools
import importlib.resources
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from producer.errors import Level

BOOK_PROFILE = "epub"


@dataclass(frozen=True)
class Item:
    """A check in a profile: how bad its findings are, and its parameters."""

    check: str
    level: Level = "error"
    given: dict[str, Any] = field(default_factory=dict)


@functools.cache
def profiles() -> dict[str, tuple[Item, ...]]:
    """All profiles by name, from profiles.yaml."""
    folder = importlib.resources.files("producer.preflight")
    raw = YAML(typ="safe").load(folder.joinpath("profiles.yaml").read_text("utf-8"))
    return {name: tuple(_item(*each) for each in items.items()) for name, items in raw.items()}


def _item(id: str, raw: dict[str, Any]) -> Item:
    given = dict(raw)
    level: Level = given.pop("level", "error")
    return Item(id, level, given)


def profile_of(path: Path) -> str | None:
    """The profile that a file's name asks for: print.pdf, screen.pdf, …, any *.epub."""
    if path.suffix.lower() == ".epub":
        return BOOK_PROFILE
    is_known = path.suffix.lower() == ".pdf" and path.stem in profiles()
    return path.stem if is_known and path.stem != BOOK_PROFILE else None
