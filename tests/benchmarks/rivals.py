"""The other engines at work, each in a process that holds nothing of the project's."""

from __future__ import annotations

import logging
import time
from pathlib import Path
from typing import Any

from tests.benchmarks.css_columns import html_of
from tests.benchmarks.measure import Measured, Stopwatch, add_imports, repeat
from tests.benchmarks.readback import read_back
from tests.benchmarks.typst_columns import source_of
from tests.benchmarks.words import Words


def measure_css_columns(words: Words, runs: int) -> Measured:
    """WeasyPrint's own columns; the font configuration is kept from run to run."""
    measured = Measured("WeasyPrint columns")
    started = time.perf_counter()
    import weasyprint
    from weasyprint.text.fonts import FontConfiguration

    imports = time.perf_counter() - started
    measured.note = f"WeasyPrint {weasyprint.__version__}"
    logging.getLogger("weasyprint").setLevel(logging.ERROR)
    html, configuration = html_of(words), FontConfiguration()
    watch = Stopwatch(measured)

    def work(_run: int) -> bytes:
        with watch.lap("layout"):
            document = weasyprint.HTML(string=html).render(font_config=configuration)
        with watch.lap("write"):
            pdf: bytes = document.write_pdf()
        return pdf

    pdf = repeat(watch, work, runs)
    add_imports(measured, imports)
    read_back(pdf, words, measured)
    return measured


def measure_typst(words: Words, runs: int) -> Measured:
    """Typst, if it is installed; its fonts are found in the cold run only."""
    measured = Measured("Typst")
    started = time.perf_counter()
    try:
        import typst
    except ImportError:
        measured.note = "not installed"
        return measured
    imports = time.perf_counter() - started
    measured.note = f"Typst {getattr(typst, '__version__', '')}".strip()
    folders = sorted({str(Path(face.path).parent) for face in words.type.faces.values()})
    compilers: list[Any] = []

    def work(run: int) -> bytes:
        if not compilers:
            compilers.append(typst.Compiler(b"", font_paths=folders, ignore_system_fonts=True))
        pdf: bytes = compilers[0].compile(input=source_of(words, run), pdf_tags=False)
        return pdf

    pdf = repeat(Stopwatch(measured), work, runs)
    add_imports(measured, imports)
    read_back(pdf, words, measured)
    return measured
