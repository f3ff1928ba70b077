"""Writes docs/checks.md, the table of all checks: `python -m producer.preflight docs/checks.md`."""

from __future__ import annotations

import sys
from pathlib import Path

from producer.preflight.table import checks_page

if __name__ == "__main__":
    Path(sys.argv[1]).write_text(checks_page(), "utf-8")
