#!/bin/sh
# Make sure of what pip cannot install: a Python with venv, and the libraries that WeasyPrint
# loads. Prints the Python to use on stdout and everything else on stderr; PYTHON names one.
# Installs Debian's packages where that needs no password, else tells the line to run.
set -eu

# WeasyPrint's libraries by soname, each with the Debian package that has it. Without
# harfbuzz-subset every document takes 14 seconds more.
LIBRARIES="
libpango-1.0.so.0:libpango-1.0-0
libpangoft2-1.0.so.0:libpangoft2-1.0-0
libharfbuzz-subset.so.0:libharfbuzz-subset0
"

# The system's own Python is the first choice, then the newest of the others.
find_python() {
    for name in ${PYTHON:-python3 python3.13 python3.12 python3.11}; do
        if "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            command -v "$name"
            return
        fi
    done
}

# Debian keeps ensurepip, without which venv makes no pip, in a package of its own.
missing_venv() {
    [ -n "$1" ] || { echo python3-venv; return; }
    "$1" -c 'import ensurepip, venv' 2>/dev/null && return
    case $("$1" -c 'import sys; print(sys.executable)') in
        /usr/bin/python3) echo python3-venv ;;
        *) "$1" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])' ;;
    esac
}

missing_libraries() {
    for pair in $LIBRARIES; do
        [ -n "$1" ] &&
            "$1" -c 'import ctypes, sys; ctypes.CDLL(sys.argv[1])' "${pair%%:*}" 2>/dev/null ||
            echo "${pair##*:}"
    done
}

install_packages() {
    if [ "$(id -u)" = 0 ]; then
        root=
    elif sudo -n true 2>/dev/null; then
        root="sudo -n"
    else
        echo "sudo apt-get install --yes --no-install-recommends $*" >&2
        exit 1
    fi
    echo "installing $*" >&2
    # A stale list of some other source does no harm.
    $root apt-get update -qq >/dev/null || :
    # Its progress is noise; its errors are told on stderr.
    $root env DEBIAN_FRONTEND=noninteractive \
        apt-get install -qq --yes --no-install-recommends "$@" >/dev/null
}

no_python() {
    echo "no Python of version 3.11 or later found; name one: make PYTHON=/path/to/python3" >&2
    exit 1
}

python=$(find_python)
# Installing helps only where there is none: another Python would be as old as the one there.
if [ -z "$python" ] && { [ -n "${PYTHON:-}" ] || command -v python3 >/dev/null; }; then
    no_python
fi
# shellcheck disable=SC2046 # each word is a package
set -- $(missing_venv "$python") $(missing_libraries "$python")
if [ $# -gt 0 ]; then
    if ! command -v apt-get >/dev/null; then
        echo "missing here, by the names of Debian's packages: $*" >&2
        exit 1
    fi
    install_packages "$@"
    python=$(find_python)
fi
[ -n "$python" ] || no_python
echo "$python"
