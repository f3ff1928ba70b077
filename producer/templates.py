"""How all templates are filled: text is escaped, and a name that is unknown is an error."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import jinja2


def environment(folders: Sequence[Path] = ()) -> jinja2.Environment:
    """An environment of the templates in folders, an earlier one's before a later one's."""
    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(folders),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
