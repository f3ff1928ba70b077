#!/bin/sh
# Slow checks of a finished e-book by other people's programs:
#     tools/check-epub.sh --install      fetch the programs, as far as they can be had here
#     tools/check-epub.sh BOOK.epub …    check; exit 1 if a check failed
# A check whose program is missing is told as SKIPPED, and never counted as passed; with CI=true
# it fails.
# PYTHON names the Python to use; EPUB_TOOLS the folder for the programs (.venv/epub-tools).
set -eu
here=$(dirname "$0")
for python in ${PYTHON:-"$here/../.venv/bin/python" python3}; do
    if command -v "$python" >/dev/null; then
        exec "$python" "$here/check_epub.py" "$@"
    fi
done
echo "no Python found; name one: PYTHON=/path/to/python3 tools/check-epub.sh …" >&2
exit 1
