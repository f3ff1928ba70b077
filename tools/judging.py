"""What the checks by other people's programs share: running judges, and fetching by apt."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections import Counter
from collections.abc import Callable, Iterable, Iterator

TIMEOUT_S = 600
FAULTS = (OSError, ValueError, KeyError, subprocess.TimeoutExpired)


class Missing(Exception):
    """A program that a check needs is not here."""


def is_ci() -> bool:
    """Whether every program must be here."""
    return os.environ.get("CI", "").lower() in ("1", "true")


def verdict(name: str, file: str, judge: Callable[[], Iterator[str]]) -> str:
    """Run a judge, print what it says of a file; passed, failed or skipped.

    A judge whose program is missing is skipped, but fails with CI=true.
    """
    try:
        faults = list(judge())
    except Missing as missing:
        if not is_ci():
            print(f"SKIPPED (not passed) {name}: {missing} is missing on this machine")
            return "skipped"
        faults = [f"{missing} is missing on this machine"]
    except FAULTS as error:
        faults = [f"{type(error).__name__}: {error}"]
    print(f"{'FAILED' if faults else 'PASSED'} {name}: {file}")
    for fault in faults:
        print(f"    {fault[:300]}")
    return "failed" if faults else "passed"


def counted(verdicts: Iterable[str]) -> dict[str, int]:
    """How many checks passed, failed and were skipped."""
    counts = Counter(verdicts)
    return {key: counts[key] for key in ("passed", "failed", "skipped")}


def told(counts: dict[str, int]) -> int:
    """Print the counts; the exit status."""
    print(", ".join(f"{number} {key}" for key, number in counts.items()))
    return 1 if counts["failed"] else 0


def apt(packages: Iterable[str]) -> None:
    """Install Debian's packages where that needs no password, else tell the line to run."""
    command = ["apt-get", "install", "-qq", "--yes", "--no-install-recommends", *packages]
    root = [] if os.geteuid() == 0 else ["sudo", "-n"]
    if not shutil.which("apt-get") or _failed([*root, "true"]):
        print(f"missing here; as root: {' '.join(command)}")
        return
    _failed([*root, "apt-get", "update", "-qq"])
    if said := _failed([*root, "env", "DEBIAN_FRONTEND=noninteractive", *command]):
        print(f"{' '.join(command[5:])} cannot be installed: {said}")


def _failed(command: list[str]) -> str:
    """What a command that failed said; empty if it did not."""
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=TIMEOUT_S)
    except FAULTS as error:
        return str(error)
    return (done.stderr.strip()[-300:] or "no reason given") if done.returncode else ""
