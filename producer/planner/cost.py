"""What a page may be charged."""

from __future__ import annotations

from typing import NamedTuple

from producer.planner.model import Bool, Linear
from producer.planning import TermName


class Cost(NamedTuple):
    """How often a term is paid, for a story or for the whole page."""

    term: TermName
    story: str | None
    times: Linear | Bool
