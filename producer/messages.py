"""The wording of every message, by id and language; the catalogue is messages.yaml."""

from __future__ import annotations

import functools
import importlib.resources
from typing import NamedTuple

from ruamel.yaml import YAML

LANGUAGES = ("en", "zh")


class Message(NamedTuple):
    """What is wrong, and what to do about it; both may hold `{value}` fields."""

    cause: str
    mend: str


@functools.cache
def catalogue() -> dict[str, dict[str, Message]]:
    """All messages: id → language → message."""
    text = importlib.resources.files("producer").joinpath("messages.yaml").read_text("utf-8")
    raw = YAML(typ="safe").load(text)
    return {
        id: {language: Message(*words) for language, words in languages.items()}
        for id, languages in raw.items()
    }


def message(id: str, language: str) -> Message:
    """The message of an id, in English where the language is not known.

    Raises:
        KeyError: for an id that the catalogue lacks; a test looks for all ids used.
    """
    languages = catalogue()[id]
    return languages.get(language.split("-")[0].split("_")[0], languages["en"])
