"""Each engine in a process of its own, so that the memory told is its alone."""

from __future__ import annotations

import importlib
import json
import re
import subprocess
import sys
import time
from dataclasses import asdict
from pathlib import Path

from tests.benchmarks.measure import IMPORTS, Lap, Measured, Stopwatch
from tests.benchmarks.words import load_words

# Seconds after which an engine is given up.
_LIMIT = 1200
_CHILD = "tests.benchmarks.child"


def run_child(module: str, words: Path, runs: int) -> Measured:
    """Measure one engine; what goes wrong in it becomes a note."""
    command = [sys.executable, "-m", _CHILD, module, str(words), str(runs)]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=_LIMIT, check=False)
    except subprocess.TimeoutExpired:
        return Measured(note=f"gave up after {_LIMIT} s")
    if done.returncode:
        return Measured(note=_fault(done.stderr) or f"failed with exit code {done.returncode}")
    return Measured.from_json(json.loads(done.stdout.splitlines()[-1]))


def _fault(errors: str) -> str:
    """The exception at the end of a traceback, with the cause that a ProducerError tells below."""
    lines = errors.strip().splitlines()
    starts = [at for at, line in enumerate(lines) if re.match(r"[\w.]+(Error|Exception)\b", line)]
    last = starts[-1] if starts else len(lines) - 1
    return " ".join(line.strip() for line in lines[last : last + 2])


def gather_words(words: Path, folder: Path, home: Path | None) -> str:
    """Write the words of an issue to a file, in a process too: this one stays small.

    A child inherits the peak memory of the process that starts it.
    Returns the fault, if the words could not be gathered.
    """
    paths = (words, folder, home) if home else (words, folder)
    command = [sys.executable, "-m", "tests.benchmarks.gather", *map(str, paths)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return done.stderr.strip() if done.returncode else ""


def _measure(module: str, path: Path, runs: int) -> Measured:
    words, measured = load_words(path), Measured()
    started = time.perf_counter()
    try:
        engine = importlib.import_module(f"tests.benchmarks.{module}")
    except ImportError as error:
        return Measured(note=f"not installed: {error.name}")
    watch = Stopwatch(measured)
    measured.laps[IMPORTS] = Lap(time.perf_counter() - started)
    pdf = engine.measure(words, watch, runs)
    if pdf:
        from tests.benchmarks.readback import read_back  # after the peak memory was taken

        read_back(pdf, words, measured)
    return measured


def main() -> None:
    """Measure the engine that the command line names and print it as JSON."""
    module, path, runs = sys.argv[1:]
    print(json.dumps(asdict(_measure(module, Path(path), int(runs)))))


if __name__ == "__main__":
    main()
