#!/bin/sh
# Slow checks of finished PDFs by other people's programs:
#     tools/check-pdf.sh --install       fetch the programs, as far as they can be had here
#     tools/check-pdf.sh out/PAPER/DATE  check its print.pdf, screen.pdf, archive.pdf
# A check whose program is missing is told as SKIPPED, and never counted as passed; with CI=true
# it fails. PYTHON names a Python that has the project's libraries; PDF_TOOLS the folder for the
# veraPDF engine (~/.cache/producer/verapdf).
set -eu
here=$(dirname "$0")
python=${PYTHON:-"$here/../.venv/bin/python"}
if ! command -v "$python" >/dev/null; then
    echo "no Python found; run make check-pdf, or name one: PYTHON=/path/to/python3" >&2
    exit 1
fi
exec "$python" "$here/check_pdf.py" "$@"
