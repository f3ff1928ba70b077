"""How a measurement is taken: laps by step, first cold and then warm, and the peak memory."""

from __future__ import annotations

import gc
import resource
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from statistics import median
from typing import Any

# Short work is repeated until that many seconds or runs are over.
_ENOUGH_S, _MOST_RUNS = 1.5, 10

TOTAL = "all together"
IMPORTS = "imports"
COMPOSING = "composing alone"


@dataclass
class Lap:
    """One step's times in seconds: the first run in a new process, and those after it."""

    cold: float
    warm: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)

    @property
    def seconds(self) -> float:
        """The median of the warm runs."""
        return median(self.warm) if self.warm else self.cold

    @property
    def cpu_seconds(self) -> float:
        """The median of the warm runs' processor time, of all threads."""
        return median(self.cpu) if self.cpu else 0.0


@dataclass
class Measured:
    """What one child process has to say; `peak_once_mb` is the peak of the first run."""

    laps: dict[str, Lap] = field(default_factory=dict)
    peak_once_mb: float = 0.0
    peak_mb: float = 0.0
    pages: int = 0
    characters: int = 0
    lost: int = 0
    version: str = ""
    note: str = ""

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Measured:
        """From what `dataclasses.asdict` made of it."""
        laps = {name: Lap(**lap) for name, lap in data["laps"].items()}
        return cls(**{**data, "laps": laps})

    def add_round(self, other: Measured) -> None:
        """A later process of the same engine: its medians become one warm run more."""
        for name, lap in other.laps.items():
            own = self.laps.setdefault(name, Lap(lap.cold))
            if lap.warm:
                own.warm.append(lap.seconds)
                own.cpu.append(lap.cpu_seconds)
        self.peak_once_mb = max(self.peak_once_mb, other.peak_once_mb)
        self.peak_mb = max(self.peak_mb, other.peak_mb)
        self.pages, self.characters, self.lost = other.pages, other.characters, other.lost
        self.version, self.note = other.version, other.note

    @property
    def total(self) -> float:
        """Warm seconds of everything together; 0 where nothing was measured."""
        return self.laps[TOTAL].seconds if TOTAL in self.laps else 0.0


class Stopwatch:
    """Times steps by name; the first time of each is its cold one."""

    def __init__(self, measured: Measured) -> None:
        self.measured = measured
        self._under_way: tuple[str, float, float] | None = None

    def repeat(self, work: Callable[[int], bytes], runs: int) -> bytes:
        """Run once cold, imports counted, and at least `runs` times warm; the last result.

        Short work is run more often, until it has taken a while: its median is steadier then.
        """
        result, run, until = b"", 0, 0.0
        while run <= runs or (runs and run <= _MOST_RUNS and time.perf_counter() < until):
            gc.collect()
            with self.lap(TOTAL):
                result = work(run)
            if run == 0:
                self.measured.peak_once_mb = _peak_mb()
                until = time.perf_counter() + _ENOUGH_S
            run += 1
        if IMPORTS in self.measured.laps:
            self.measured.laps[TOTAL].cold += self.measured.laps[IMPORTS].cold
        self.measured.peak_mb = _peak_mb()
        return result

    @contextmanager
    def lap(self, name: str) -> Iterator[None]:
        """Time a block."""
        wall, cpu = time.perf_counter(), time.process_time()
        yield
        self._add(name, time.perf_counter() - wall, time.process_time() - cpu)

    def begin(self, name: str) -> None:
        """A step begins, and so the one before it ends."""
        self.end()
        self._under_way = (name, time.perf_counter(), time.process_time())

    def end(self) -> None:
        """The step under way ends."""
        if self._under_way:
            name, wall, cpu = self._under_way
            self._add(name, time.perf_counter() - wall, time.process_time() - cpu)
            self._under_way = None

    def _add(self, name: str, seconds: float, cpu: float) -> None:
        lap = self.measured.laps.get(name)
        if lap is None:
            self.measured.laps[name] = Lap(seconds)
        else:
            lap.warm.append(seconds)
            lap.cpu.append(cpu)


def _peak_mb() -> float:
    """The most memory that this process has held."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1024 * 1024 if sys.platform == "darwin" else 1024)
