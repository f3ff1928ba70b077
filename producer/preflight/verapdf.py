"""The one door to the veraPDF engine: Java classes that a class path names."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

ENGINE_VARIABLE = "VERAPDF_CLASSPATH"
_SOURCE = Path(__file__).parent / "Validate.java"
_SECONDS = 600


class EngineMissing(Exception):
    """Java or the engine is not there, or does not run; `id` is the message that says so."""

    def __init__(self, id: str, reason: str = "") -> None:
        self.id = id
        self.reason = reason
        super().__init__(id)


@dataclass(frozen=True)
class Failure:
    """A rule that a file breaks: clause and test, the engine's words, how often."""

    clause: str
    message: str
    count: int


def validate(path: Path, flavour: str, class_path: str) -> list[Failure]:
    """Validate a PDF; no failures mean that it keeps the standard.

    Args:
        path: The file.
        flavour: PDFUA_1, PDFA_3_B, …, as the engine names them.
        class_path: Jars with the engine and what it needs, parted as Java parts them.

    Raises:
        EngineMissing: when Java or the engine cannot be run.
    """
    java = shutil.which("java")
    if not class_path:
        raise EngineMissing("preflight.no-engine")
    if java is None:
        raise EngineMissing("preflight.no-java")
    # A source file is compiled by the java command itself, in memory (JEP 330).
    command = [java, "-cp", class_path, str(_SOURCE), flavour, str(path)]
    done = subprocess.run(
        command, capture_output=True, text=True, timeout=_SECONDS, check=False, encoding="utf-8"
    )
    lines = done.stdout.splitlines()
    if done.returncode or "done" not in lines:
        reason = next((line for line in reversed(done.stderr.splitlines()) if line.strip()), "")
        raise EngineMissing("preflight.engine-fails", reason.strip())
    return [_failure(line) for line in lines if "\t" in line]


def _failure(line: str) -> Failure:
    clause, count, words = line.split("\t", 2)
    return Failure(clause, words, int(count))
