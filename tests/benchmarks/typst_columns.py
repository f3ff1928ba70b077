"""Typst: the same pages, columns, sizes and font files; lines broken over whole paragraphs."""

from __future__ import annotations

import importlib.metadata
import json
from pathlib import Path
from typing import Any

import typst

from tests.benchmarks.measure import Stopwatch
from tests.benchmarks.words import Block, FaceFile, TextPage, TypeSpec, Words

_SETUP = """
#set page(width: {width_mm}mm, height: {height_mm}mm, columns: {columns}, margin: (
  left: {left_mm}mm, top: {top_mm}mm,
  right: {width_mm}mm - {left_mm}mm - {area_pt}pt,
  bottom: {height_mm}mm - {top_mm}mm - {rows_pt}pt))
#set columns(gutter: {gutter_pt}pt)
#set text(lang: "{lang}", region: "{region}", ligatures: false, fallback: false,
  overhang: false, features: {features}, top-edge: 0.88em, bottom-edge: -0.12em, {regular})
#set par(justify: true, leading: {gap_pt}pt, spacing: {gap_pt}pt,
  first-line-indent: (amount: {indent_em}em, all: true))
#let title(body) = place(top, scope: "parent", float: true, clearance: 0pt,
  block(height: {title_pt}pt, width: 100%, align(center + horizon, text({title}, body))))
#let subhead(body) = block(height: {subhead_pt}pt, width: 100%, above: {gap_pt}pt, sticky: true,
  below: {gap_pt}pt, align(center + horizon, text({subhead}, body)))
#let regular(body) = body
#let strong(body) = text({strong}, body)
#let emphasis(body) = text({emphasis}, body)
"""

# The faces' quotation marks are a Chinese em wide; in English text they are to be narrow.
_NARROW_QUOTES = '("palt",)'


def measure(words: Words, watch: Stopwatch, runs: int) -> bytes:
    """The last PDF; the fonts are found in the cold run only."""
    watch.measured.version = importlib.metadata.version("typst")
    watch.measured.note = "sets pages on all processors; cpu tells its work"
    folders = sorted({str(Path(face.path).parent) for face in words.type.faces.values()})
    make: Any = typst.Compiler  # its stub cannot be called with a list of folders
    compilers: list[Any] = []

    def work(run: int) -> bytes:
        if not compilers:
            compilers.append(make(b"", font_paths=folders, ignore_system_fonts=True))
        pdf: bytes = compilers[0].compile(input=source_of(words, run), pdf_tags=False)
        return pdf

    return watch.repeat(work, runs)


def source_of(words: Words, run: int) -> bytes:
    """All pages as Typst source.

    Typst keeps the layout of what it has set before. Each run has a body size that differs by
    a millionth of a point, so that it sets all words anew as the other engines do.
    """
    pages = "\n#pagebreak()\n".join(_page(page) for page in words.pages)
    return (_setup(words.type, words.language, run) + pages).encode()


def _setup(spec: TypeSpec, language: str, run: int) -> str:
    gap = spec.leading_pt - spec.body_pt
    return _SETUP.format(
        width_mm=spec.width_mm,
        height_mm=spec.height_mm,
        left_mm=spec.left_mm,
        top_mm=spec.top_mm,
        columns=spec.columns,
        area_pt=spec.area_width_pt,
        rows_pt=spec.rows * spec.leading_pt,
        gutter_pt=spec.gutter_em * spec.body_pt,
        lang=language.split("-")[0],
        region=language.split("-")[-1].lower(),
        features=_NARROW_QUOTES if language.startswith("en") else "()",
        gap_pt=gap,
        indent_em=spec.indent_em,
        title_pt=spec.title_rows * spec.leading_pt,
        subhead_pt=spec.subhead_rows * spec.leading_pt - gap,
        **{name: _face(face, run) for name, face in spec.faces.items()},
    )


def _face(face: FaceFile, run: int) -> str:
    size = face.size_pt - run * 1e-6
    return f'font: "{face.family}", weight: {face.weight}, size: {size:.6f}pt'


def _page(page: TextPage) -> str:
    return f"#title({_string(page.title)})\n" + "\n".join(_block(b) for b in page.blocks)


def _block(block: Block) -> str:
    runs = (f"{run.style}({_string(run.text)})" for run in block.runs)
    kind = "subhead" if block.kind == "subhead" else "par"
    return f"#{kind}(({', '.join(runs)},).join())"


def _string(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
