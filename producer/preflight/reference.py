"""What finished files are compared with: the issue, its plan, how its paper is printed."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from producer.colour.profile import Profile
from producer.edition import Edition
from producer.layouts import PageSize
from producer.model import Issue

_PRESS_PROFILE = "print"


@dataclass(frozen=True)
class Reference:
    """The issue, its plan after fitting, its layout's page, its printing condition.

    The condition may be left out where no file for the press is checked.
    """

    issue: Issue
    edition: Edition | None
    page: PageSize
    condition: Profile | None = None

    def stated(self, profile: str) -> Mapping[str, Mapping[str, Any]]:
        """What paper and layout state in place of the profile's parameters, check by check.

        A paper's `picture_ppi` is not among them: it is what pictures are brought down to, not
        what the plant refuses.
        """
        size = {"trim_mm": [self.page.width_mm, self.page.height_mm]}
        stated: dict[str, dict[str, Any]] = {"page-size": size}
        if profile == _PRESS_PROFILE:
            stated |= self._press()
        return stated

    def _press(self) -> dict[str, dict[str, Any]]:
        press = self.issue.paper.press
        limit = {"limit": press.ink_limit}
        stated: dict[str, dict[str, Any]] = {
            "ink-total": limit,
            "ink-plates": limit,
            "spot-colours": {"allowed": press.spots == "keep"},
        }
        # Without bleed of its own, the profile's is what a thing at the trim lacks.
        if bleed_mm := self.page.bleed_mm:
            stated["bleed"] = {"bleed_mm": bleed_mm}
            stated["page-boxes"] = {"bleed_mm": bleed_mm, "required": True}
        if self.condition:
            sha256 = hashlib.sha256(self.condition.data).hexdigest()
            stated["output-intent"] = {"condition": self.condition.name, "sha256": sha256}
        return stated
