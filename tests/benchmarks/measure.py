"""How a measurement is taken and told: laps by step, peak memory, what the PDF holds."""

from __future__ import annotations

import gc
import resource
import sys
import time
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from statistics import median
from typing import Any


@dataclass
class Lap:
    """One step's times in seconds: the first run in a new process, and those after it."""

    cold: float = 0.0
    warm: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)

    @property
    def seconds(self) -> float:
        """The median of the warm runs."""
        return median(self.warm) if self.warm else self.cold


@dataclass
class Measured:
    """What one child process has to say; the lap of everything together is named `TOTAL`."""

    name: str
    laps: dict[str, Lap] = field(default_factory=dict)
    peak_once_mb: float = 0.0
    peak_mb: float = 0.0
    pages: int = 0
    characters: int = 0
    lost: int = 0
    note: str = ""

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Measured:
        """From what `dataclasses.asdict` made of it."""
        laps = {name: Lap(**lap) for name, lap in data.pop("laps").items()}
        return cls(laps=laps, **data)

    @property
    def total(self) -> float:
        """Warm seconds of everything together; 0 where nothing was measured."""
        return self.laps[TOTAL].seconds if TOTAL in self.laps else 0.0


IMPORTS = "imports"
TOTAL = "total"


class Stopwatch:
    """Times steps by name; the first run of each is cold."""

    def __init__(self, measured: Measured) -> None:
        self.measured = measured
        self._open: tuple[str, float, float] | None = None

    def add(self, name: str, seconds: float, cpu: float) -> None:
        """One step's time in one run."""
        if name not in self.measured.laps:
            self.measured.laps[name] = Lap(seconds)
        else:
            self.measured.laps[name].warm.append(seconds)
            self.measured.laps[name].cpu.append(cpu)

    @contextmanager
    def lap(self, name: str) -> Iterator[None]:
        """Time the block."""
        wall, cpu = time.perf_counter(), time.process_time()
        yield
        self.add(name, time.perf_counter() - wall, time.process_time() - cpu)

    def begin(self, name: str) -> None:
        """A step begins, and so the one before it ends."""
        self.end()
        self._open = (name, time.perf_counter(), time.process_time())

    def end(self) -> None:
        """The step under way ends."""
        if self._open:
            name, wall, cpu = self._open
            self.add(name, time.perf_counter() - wall, time.process_time() - cpu)
            self._open = None


def repeat(watch: Stopwatch, work: Callable[[int], bytes], runs: int) -> bytes:
    """Run once cold and `runs` times warm, and note the peak memory; the last run's result."""
    result = b""
    for run in range(runs + 1):
        gc.collect()
        with watch.lap(TOTAL):
            result = work(run)
        if run == 0:
            watch.measured.peak_once_mb = peak_mb()
    watch.measured.peak_mb = peak_mb()
    return result


def add_imports(measured: Measured, seconds: float) -> None:
    """Importing is a part of the cold run."""
    measured.laps[IMPORTS] = Lap(seconds)
    measured.laps[TOTAL].cold += seconds


def peak_mb() -> float:
    """The most memory that this process has held."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1024 * 1024 if sys.platform == "darwin" else 1024)


def lost_characters(wanted: str, found: str) -> int:
    """How many characters of a text are not in a PDF's text, wherever they stand."""
    return sum((Counter(_plain(wanted)) - Counter(_plain(found))).values())


def _plain(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())
