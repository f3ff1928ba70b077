"""Other people's programs in tests: skipped where they are missing, but never in a CI."""

from __future__ import annotations

import shutil

import pytest

from tools.judging import is_ci


def needs(*programs: str) -> None:
    """Skip a test whose programs are not here; with CI=true, which says that all are, fail."""
    missing = [program for program in programs if not shutil.which(program)]
    if missing:
        reason = f"{', '.join(missing)} missing: see tools/check-pdf.sh --install"
        (pytest.fail if is_ci() else pytest.skip)(reason)
