"""Files out of Debian's packages, without installing them and without root."""

from __future__ import annotations

import subprocess
from collections.abc import Sequence
from pathlib import Path

_TIMEOUT_SECONDS = 900


def run(command: list[str], folder: Path) -> str:
    """Run a command in a folder; an empty string, or one line of why it failed."""
    try:
        done = subprocess.run(
            command,
            cwd=folder,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=_TIMEOUT_SECONDS,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        return str(error)
    if done.returncode == 0:
        return ""
    said = (done.stderr or done.stdout).strip().splitlines() or [f"exit code {done.returncode}"]
    # npm tells the cause first and where its log is last.
    return next((line for line in said if "error" in line), said[-1])


def download(packages: Sequence[str], scratch: Path, source: str = "") -> str:
    """Download packages into `scratch`; an empty string, or why that failed.

    The machine's package lists are tried first. Then new ones are fetched that are ours alone,
    from the machine's sources or from `source`, a line as sources.list has it: so no root is
    needed, and nothing of the system is touched.
    """
    failed = run(["apt-get", "download", "-q", *packages], scratch)
    if not failed:
        return ""
    (scratch / "lists" / "partial").mkdir(parents=True)
    own = ["apt-get", "-q", "-o", f"Dir::State::Lists={scratch}/lists"]
    own += ["-o", f"Dir::Cache={scratch}/cache"]
    if source:
        (scratch / "sources.list").write_text(f"{source}\n", "utf-8")
        own += ["-o", f"Dir::Etc::SourceList={scratch}/sources.list"]
        own += ["-o", "Dir::Etc::SourceParts=/dev/null"]
    return run([*own, "update"], scratch) or run([*own, "download", *packages], scratch)


def unpack(package: Path, folder: Path) -> str:
    """Unpack a package's files into a folder; an empty string, or why that failed."""
    return run(["dpkg-deb", "-x", str(package), str(folder)], package.parent)
