"""Where the time goes: one warm build of the words alone, by function and by module."""

from __future__ import annotations

import cProfile
import pstats
from collections import defaultdict
from pathlib import Path
from typing import cast

from tests.benchmarks.measure import Measured, Stopwatch
from tests.benchmarks.text_only import build, issue_of
from tests.benchmarks.words import Words

_Key = tuple[str, int, str]
_Stats = dict[_Key, tuple[int, int, float, float, object]]


def profile(words: Words, top: int = 25) -> str:
    """The costliest modules and functions by their own time; profiling slows calls down."""
    issue, profiler = issue_of(words), cProfile.Profile()
    build(words, issue, Stopwatch(Measured()))
    profiler.enable()
    build(words, issue, Stopwatch(Measured()))
    profiler.disable()
    # typeshed has no word for this attribute, which pstats' own documentation tells of.
    stats = cast(_Stats, pstats.Stats(profiler).stats)  # type: ignore[attr-defined]
    total = sum(own for _, _, own, _, _ in stats.values())
    modules: dict[str, float] = defaultdict(float)
    for key, (_, _, own, _, _) in stats.items():
        modules[_module(key)] += own
    lines = [f"{total:.3f} s under the profiler", "", f"{'own s':>8} {'%':>5}  module"]
    for name, own in sorted(modules.items(), key=lambda item: -item[1])[:top]:
        lines.append(f"{own:8.3f} {100 * own / total:5.1f}  {name}")
    lines += ["", f"{'own s':>8} {'all s':>8} {'calls':>8}  function"]
    for key, (_, calls, own, all_, _) in sorted(stats.items(), key=lambda i: -i[1][2])[:top]:
        lines.append(f"{own:8.3f} {all_:8.3f} {calls:8}  {_module(key)}:{key[1]} {key[2]}")
    return "\n".join(lines)


def _module(key: _Key) -> str:
    """A file as a dotted name from its package on; C functions under one name."""
    if key[0] == "~":
        return "(C)"
    parts = Path(key[0]).with_suffix("").parts
    for anchor in ("site-packages", "producer", "python3.11", "python3.12", "python3.13"):
        if anchor in parts:
            at = parts.index(anchor) + (anchor != "producer")
            return ".".join(parts[at:])
    return ".".join(parts[-2:])
