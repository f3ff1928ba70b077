"""Data against the model: pydantic's errors told as problems with file:line, cause and mend."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from typing import Any, TypeVar, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from producer.errors import Findings
from producer.yamlfile import KeyPath, Source

Model = TypeVar("Model", bound=BaseModel)

# pydantic's error types that have words of their own; the rest is told as data.invalid.
_IDS = {
    "missing": "data.missing-key",
    "string_type": "data.not-text",
    "int_parsing": "data.not-a-number",
    "int_type": "data.not-a-number",
    "int_from_float": "data.not-a-number",
    "tuple_type": "data.not-a-list",
    "model_type": "data.not-a-mapping",
    "model_attributes_type": "data.not-a-mapping",
    "string_too_short": "data.empty",
    "too_short": "data.empty",
    "date_parsing": "date.no-such-day",
    "date_from_datetime_parsing": "date.no-such-day",
    "date_from_datetime_inexact": "date.no-such-day",
    "date_type": "date.no-such-day",
    "placement_kind": "data.placement-kind",
    "frame_or_rect": "data.frame-or-rect",
    "inset_kind": "data.inset-kind",
    "inset_side": "data.inset-side",
    "picture_alt": "data.picture-alt",
    "table_cells": "data.table-cells",
    "wish_columns": "data.wish-columns",
}


def validate(model: type[Model], source: Source, findings: Findings) -> Model | None:
    """The data as the model has it, or None with every problem noted."""
    try:
        return model.model_validate(source.data)
    except ValidationError as error:
        _tell(model, source, error.errors(include_url=False), findings)
        return None


def _tell(
    model: type[BaseModel], source: Source, errors: list[ErrorDetails], findings: Findings
) -> None:
    """Note each error once: a union complains about one value in the name of every member."""
    told: set[tuple[str | int, ...]] = set()
    for error in errors:
        path = source.locate(error["loc"])
        missing = error["loc"][-1:] if error["type"] == "missing" else ()
        if (*path, *missing) in told or _is_echo(error):
            continue
        told.add((*path, *missing))
        if error["type"] == "extra_forbidden":
            _tell_unknown_key(model, source, error, path, findings)
        else:
            _tell_value(source, error, path, findings)


def _tell_value(source: Source, error: ErrorDetails, path: KeyPath, findings: Findings) -> None:
    """Note a value that is missing or that the model refuses."""
    id = _IDS.get(error["type"], "data.invalid")
    key = str(error["loc"][-1]) if error["type"] == "missing" else source.name(path)
    value = error["input"] if isinstance(error["input"], str | int | float) else "…"
    findings.add(id, source.place(*path), key=key, value=value, reason=error["msg"])


def _tell_unknown_key(
    model: type[BaseModel], source: Source, error: ErrorDetails, path: KeyPath, findings: Findings
) -> None:
    """Note a key that the model lacks, with the one that was probably meant."""
    key = str(path[-1])
    known = sorted(set(_keys(model, error["loc"][:-1])))
    near = difflib.get_close_matches(key, known, 1, 0.5)
    place, name = source.place(*path), source.name(path)
    if near:
        findings.add("data.unknown-key-near", place, key=name, near=near[0])
    else:
        findings.add("data.unknown-key", place, key=name, known=", ".join(known))


def _is_echo(error: ErrorDetails) -> bool:
    """A list of which all items are bad is also called too short: no news."""
    return error["type"] == "too_short" and bool(error["input"])


def _keys(model: type[BaseModel], loc: tuple[str | int, ...]) -> Iterator[str]:
    """The keys that may stand where a `loc` points."""
    models = [model]
    for part in loc:
        if len(models) > 1:  # a union's tag is the key that names the member
            models = [one for one in models if part in one.model_fields] or models
        elif isinstance(part, str):
            models = _models_of_field(models[0], part) or models
    for one in models:
        for name, field in one.model_fields.items():
            yield field.alias or name


def _models_of_field(model: type[BaseModel], key: str) -> list[type[BaseModel]]:
    """The models that a field's type is made of."""
    for name, field in model.model_fields.items():
        if key in (name, field.alias):
            return list(_models_in(field.annotation))
    return []


def _models_in(kind: Any) -> Iterator[type[BaseModel]]:
    """The models inside a type such as `tuple[Annotated[A, …] | B, ...]`."""
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        yield kind
    for part in get_args(kind):
        yield from _models_in(part)
