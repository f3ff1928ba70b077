"""`python -m producer.colour`: fetch the ICC profiles that are missing."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from producer.colour.recipe import fetch_profiles, load_recipe
from producer.errors import ExitCode, ProducerError


def main() -> int:
    """Run the command; returns its exit code."""
    parser = argparse.ArgumentParser(prog="python -m producer.colour", description=__doc__)
    parser.add_argument("--colour", type=Path, default=Path("colour"), help="has profiles.yaml")
    options = parser.parse_args()
    try:
        fetched = fetch_profiles(load_recipe(options.colour))
    except ProducerError as error:
        print(error, file=sys.stderr)
        return error.code
    if fetched:
        print(f"fetched profiles: {', '.join(fetched)}")
    return ExitCode.OK


if __name__ == "__main__":
    sys.exit(main())
