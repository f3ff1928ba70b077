"""Other people's programs in tests: skipped where they are missing, but never by a CI."""

from __future__ import annotations

import os
import shutil
import subprocess

import pytest


def needs(*programs: str) -> None:
    """Skip a test whose programs are not here; where CI=true says that all are, fail."""
    missing = [program for program in programs if not shutil.which(program)]
    if not missing:
        return
    reason = f"{', '.join(missing)} missing: see tools/check-pdf.sh --install"
    if os.environ.get("CI", "").lower() in ("1", "true"):
        pytest.fail(reason)
    pytest.skip(reason)


def run(*command: object) -> str:
    """What a program says; it must end well."""
    needs(str(command[0]))
    words = [str(word) for word in command]
    done = subprocess.run(words, capture_output=True, text=True, timeout=600, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout
