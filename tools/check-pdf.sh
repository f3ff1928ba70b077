#!/bin/sh
# Slow checks of finished PDFs by other people's programs:
#     tools/check-pdf.sh --install       fetch the programs, as far as they can be had here
#     tools/check-pdf.sh out/PAPER/DATE  check its print.pdf, screen.pdf, archive.pdf
# A check whose program is missing is told as SKIPPED, and never counted as passed; with CI=true
# it fails. PYTHON names the Python to use; PDF_TOOLS the folder for the veraPDF engine.
set -eu
here=$(dirname "$0")
for python in ${PYTHON:-"$here/../.venv/bin/python" python3}; do
    if command -v "$python" >/dev/null; then
        exec "$python" "$here/check_pdf.py" "$@"
    fi
done
echo "no Python found; name one: PYTHON=/path/to/python3 tools/check-pdf.sh …" >&2
exit 1
