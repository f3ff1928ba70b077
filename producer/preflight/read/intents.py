"""Output intents: for which press or screen a file's colours are meant."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Any

_ICC_SPACES = {b"CMYK": "cmyk", b"RGB ": "rgb", b"GRAY": "gray"}
_SIGNATURE = slice(36, 40)


@dataclass(frozen=True)
class Intent:
    """One output intent; `space` and `device` are what the ICC profile in it says.

    space: cmyk, rgb, gray, or empty where no readable profile is embedded.
    device: prtr, mntr, …: the profile's class.
    sha256: of the profile's bytes, empty without one.
    """

    kind: str
    name: str
    space: str
    device: str
    sha256: str = ""


def read_intents(catalogue: Any) -> list[Intent]:
    """All output intents of a document's catalogue."""
    return [_intent(raw) for raw in catalogue.get("/OutputIntents", [])]


def _intent(raw: Any) -> Intent:
    kind = str(raw.get("/S", "")).lstrip("/")
    name = str(raw.get("/OutputConditionIdentifier", ""))
    profile = raw.get("/DestOutputProfile")
    data = profile.read_bytes() if profile is not None else b""
    # A profile's header: class at 12, space at 16, the letters acsp at 36 (ICC.1).
    if data[_SIGNATURE] != b"acsp":
        return Intent(kind, name, "", "")
    space, device = _ICC_SPACES.get(data[16:20], ""), data[12:16].decode("ascii", "replace")
    return Intent(kind, name, space, device, hashlib.sha256(data).hexdigest())
