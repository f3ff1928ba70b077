"""JSON Schema of what editors write, so that their tools complete and check it."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel

from producer.model import IssueData, Paper, StoryHead

# kind of file → the model of its data; a story's is that of its front matter.
MODELS: dict[str, type[BaseModel]] = {"paper": Paper, "issue": IssueData, "story": StoryHead}
_TITLES = {"paper": "paper.yaml", "issue": "issue.yaml", "story": "front matter of stories/*.md"}
_DIALECT = "https://json-schema.org/draft/2020-12/schema"


def schema(kind: str) -> dict[str, Any]:
    """The JSON Schema of one kind of file."""
    made = MODELS[kind].model_json_schema(by_alias=True)
    rect = made.get("$defs", {}).get("Rect")
    if rect:
        made["$defs"]["Rect"] = _object_or_list(rect)
    return {"$schema": _DIALECT, **made, "title": _TITLES[kind]}


def schemas() -> dict[str, dict[str, Any]]:
    """The schemas of all kinds, by kind."""
    return {kind: schema(kind) for kind in MODELS}


def _object_or_list(rect: dict[str, Any]) -> dict[str, Any]:
    """The model takes a rectangle as `[column, row, columns, rows]` too, and does so by code."""
    sides = list(rect["properties"])
    listed = {
        "type": "array",
        "description": f"[{', '.join(sides)}]",
        "items": {"type": "integer", "minimum": 1},
        "minItems": len(sides),
        "maxItems": len(sides),
    }
    return {"title": rect.get("title", "Rect"), "anyOf": [listed, rect]}
