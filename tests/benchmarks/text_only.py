"""The producer on the words alone: one story a page, without pictures, print PDF only."""

from __future__ import annotations

import time
from pathlib import Path

from tests.benchmarks.measure import Measured, Stopwatch, add_imports, repeat
from tests.benchmarks.words import TextPage, Words

_STARTED = time.perf_counter()

from producer.errors import Findings, Place  # noqa: E402
from producer.fit.issue import fit_issue  # noqa: E402
from producer.fonts.library import open_library  # noqa: E402
from producer.layouts import load_layout  # noqa: E402
from producer.model import (  # noqa: E402
    Block,
    Facts,
    Issue,
    IssueData,
    Page,
    Paper,
    Rect,
    Run,
    Story,
    StoryHead,
    StoryPlacement,
)
from producer.pdf.write import write_pdf  # noqa: E402
from producer.render import render_issue  # noqa: E402
from tests.benchmarks.gather import TITLE_STYLE  # noqa: E402
from tests.benchmarks.readback import read_back  # noqa: E402

_IMPORTS = time.perf_counter() - _STARTED
