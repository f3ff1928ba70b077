"""`python -m producer.fonts`: build what is missing or stale; `--check` only looks."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from producer.errors import ExitCode
from producer.fonts.build import build_fonts, check_fonts
from producer.fonts.recipe import FontError


def main() -> int:
    """Run the command; returns its exit code."""
    parser = argparse.ArgumentParser(prog="python -m producer.fonts", description=__doc__)
    parser.add_argument("--fonts", type=Path, default=Path("fonts"), help="folder of fonts.yaml")
    parser.add_argument("--check", action="store_true", help="tell what is missing or stale")
    options = parser.parse_args()
    try:
        return _check(options.fonts) if options.check else _build(options.fonts)
    except FontError as error:
        print(error, file=sys.stderr)
        return error.code


def _check(fonts: Path) -> int:
    found = check_fonts(fonts)
    for line in found:
        print(f"fonts: {line}; run `make fonts`")
    return ExitCode.SETUP if found else ExitCode.OK


def _build(fonts: Path) -> int:
    line = build_fonts(fonts)
    if line:
        print(line)
    return ExitCode.OK


if __name__ == "__main__":
    sys.exit(main())
