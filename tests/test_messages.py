"""The message catalogue and the code that uses it agree."""

from __future__ import annotations

import ast
import string
from collections.abc import Iterator
from pathlib import Path

import pytest

from producer.messages import LANGUAGES, Message, catalogue
from producer.outputs import OUTPUTS

SOURCES = sorted((Path(__file__).parent.parent / "producer").rglob("*.py"))
CALLS = ("problem", "add", "_add", "finding", "skip")

# Ids that are put together from a prefix and a value.
WORDS = (
    *("level.", "count.", "figure.", "step.", "place."),
    *("preflight-state.", "preflight-words.", "preflight-plate."),
    *("plan-state.", "plan-taken.", "plan-words."),
)
PREFIXES = (*WORDS, "check.", "plan-term.")


def trees() -> Iterator[tuple[Path, ast.Module]]:
    for path in SOURCES:
        yield path, ast.parse(path.read_text("utf-8"))


def calls() -> Iterator[tuple[str, ast.Call]]:
    """Every call that makes a problem of an id that is written out, and where."""
    for path, tree in trees():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and _name(node.func) in CALLS and node.args:
                first = node.args[0]
                is_id = isinstance(first, ast.Constant) and "." in str(first.value)
                if is_id:
                    yield f"{path.name}:{node.lineno}", node


def _name(function: ast.expr) -> str:
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else ""


def _id(call: ast.Call) -> str:
    first = call.args[0]
    assert isinstance(first, ast.Constant)
    return str(first.value)


def constants() -> set[str]:
    """All strings of the code: ids that tables hold are among them."""
    return {
        node.value
        for _, tree in trees()
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }


def fields(message: Message) -> set[str]:
    """The names in braces of a message."""
    texts = (message.cause, message.mend)
    return {name for text in texts for _, name, _, _ in string.Formatter().parse(text) if name}


def test_the_search_finds_calls() -> None:
    assert len(list(calls())) > 40


@pytest.mark.parametrize("id", catalogue())
def test_a_message_is_in_every_language_with_the_same_fields(id: str) -> None:
    languages = catalogue()[id]
    assert set(languages) == set(LANGUAGES)
    assert len({frozenset(fields(message)) for message in languages.values()}) == 1
    if not id.startswith((*WORDS, "hint.")):
        assert all(message.cause and message.mend for message in languages.values())


def test_every_id_used_has_a_message() -> None:
    unknown = {f"{where} {_id(call)}" for where, call in calls() if _id(call) not in catalogue()}
    assert unknown == set()


def test_every_message_is_used() -> None:
    known = constants()
    unused = {id for id in catalogue() if id not in known and not id.startswith(PREFIXES)}
    assert unused == set()


def test_calls_give_the_fields_that_the_message_needs() -> None:
    lacking = set()
    for where, call in calls():
        given = {word.arg for word in call.keywords}
        # `**values`, and methods that add values of their own, cannot be judged from here.
        if None not in given and _name(call.func) != "_add" and _id(call) in catalogue():
            needed = fields(catalogue()[_id(call)]["en"])
            lacking |= {(where, _id(call), field) for field in needed - given}
    assert lacking == set()


def test_every_step_that_is_shown_has_words() -> None:
    steps = {
        str(call.args[0].value)
        for path, tree in trees()
        if path.name == "build.py"
        for call in ast.walk(tree)
        if isinstance(call, ast.Call)
        and _name(call.func) == "step"
        and isinstance(call.args[0], ast.Constant)
    }
    shown = {id.removeprefix("step.") for id in catalogue() if id.startswith("step.")}
    assert shown == steps | set(OUTPUTS)
