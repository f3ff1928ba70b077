"""One planner on one issue, in a process of its own: its plan judged, its time and memory."""

from __future__ import annotations

import hashlib
import json
import resource
import subprocess
import sys
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from producer.errors import Findings
from producer.fonts.library import open_library
from producer.planner.flatplan import flatplan
from producer.planner.proposal import Proposal
from producer.planner.propose import Options, propose
from tests.conftest import ROOT
from tests.planning.greedy import pack
from tests.planning.judge import Bench
from tests.planning.sample import edited

PLANNER, GREEDY, EDITORS = "planner", "greedy", "editors"
_MODULE = "tests.planning.trial"


@dataclass(frozen=True)
class Trial:
    """What is to be tried; `seconds` is the planner's limit, `pages` those it plans or all."""

    folder: str
    who: str
    seconds: float = 60
    seed: int = 1
    pages: tuple[int, ...] = ()


@dataclass(frozen=True)
class Outcome:
    """The judge's figures as data, time and memory, and the fingerprint of the plan.

    The processor's seconds are of all threads; on a machine that others use they are steadier.
    """

    seconds: float
    cpu_seconds: float
    peak_mb: float
    fingerprint: str
    judged: dict[str, Any]


def run(trial: Trial) -> Outcome | str:
    """Try in a process of its own; a text says what went wrong."""
    command = [sys.executable, "-m", _MODULE, json.dumps(asdict(trial))]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)
    if done.returncode:
        return done.stderr.strip().splitlines()[-1]
    return Outcome(**json.loads(done.stdout.splitlines()[-1]))


def main() -> None:
    """Try what the command line says in JSON, and print the outcome.

    The seconds are those from the folder to the plan, fonts and all.
    """
    trial = Trial(**json.loads(sys.argv[1]))
    started, used = time.perf_counter(), time.process_time()
    bench = Bench(Path(trial.folder), open_library(ROOT / "fonts" / "built"))
    proposal = _proposed(bench, trial)
    seconds, cpu = time.perf_counter() - started, time.process_time() - used
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    judged = bench.judge(proposal)
    shown = flatplan(bench.issue, bench.layout, [proposal], "zh")
    (bench.folder / f"plan-{trial.who}.html").write_text(shown, "utf-8")
    mark = hashlib.sha256(repr(proposal).encode()).hexdigest()[:8]
    print(json.dumps(asdict(Outcome(seconds, cpu, peak, mark, asdict(judged)))))


def _proposed(bench: Bench, trial: Trial) -> Proposal:
    if trial.who == GREEDY:
        return pack(bench.issue, bench.layout, bench.fonts)
    if trial.who == EDITORS:
        return edited(bench.fonts)
    options = Options(frozenset(trial.pages), trial.seconds, trial.seed)
    return propose(bench.issue, bench.layout, bench.fonts, options, Findings())


if __name__ == "__main__":
    main()
