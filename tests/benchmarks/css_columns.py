"""WeasyPrint by itself: one multi-column box of fixed height on each page."""

from __future__ import annotations

import logging
from html import escape
from pathlib import Path

import weasyprint
from weasyprint.text.fonts import FontConfiguration

from tests.benchmarks.measure import Stopwatch
from tests.benchmarks.words import Block, TextPage, TypeSpec, Words

_CSS = """
@page {{ size: {width_mm}mm {height_mm}mm; margin: 0 }}
html {{ {regular}; line-height: {leading_pt}pt; font-variant-ligatures: none }}
body, h2, h3, p {{ margin: 0; padding: 0 }}
section {{ box-sizing: border-box; height: {height_mm}mm; overflow: hidden; break-after: page;
  padding: {top_mm}mm 0 0 {left_mm}mm }}
section:last-child {{ break-after: auto }}
h2, .text {{ width: {area_pt}pt }}
h2 {{ {title}; line-height: {title_pt}pt; text-align: center }}
.text {{ height: {text_pt}pt; text-align: justify; columns: {columns}; column-gap: {gutter_pt}pt }}
p {{ text-indent: {indent_em}em }}
h3 {{ {subhead}; line-height: {leading_pt}pt; padding: {pad_pt}pt 0; text-align: center }}
b {{ {strong} }}
i {{ {emphasis}; font-style: normal }}
"""


def measure(words: Words, watch: Stopwatch, runs: int) -> bytes:
    """The last PDF; the font configuration is kept from run to run, as the producer's is."""
    watch.measured.version = weasyprint.__version__
    logging.getLogger("weasyprint").setLevel(logging.ERROR)
    html, configuration = html_of(words), FontConfiguration()

    def work(_run: int) -> bytes:
        with watch.lap("layout"):
            document = weasyprint.HTML(string=html).render(font_config=configuration)
        with watch.lap("write"):
            pdf: bytes = document.write_pdf()
        return pdf

    return watch.repeat(work, runs)


def html_of(words: Words) -> str:
    """All pages as HTML for WeasyPrint's own columns."""
    pages = "\n".join(_page(page) for page in words.pages)
    return (
        f'<!DOCTYPE html><html lang="{words.language}"><head><meta charset="utf-8">'
        f"<title>{words.date}</title><style>{_faces(words.type)}{_css(words.type)}</style>"
        f"</head><body>{pages}</body></html>"
    )


def _faces(spec: TypeSpec) -> str:
    files = {(face.family, face.weight, face.path) for face in spec.faces.values()}
    return "".join(
        f'@font-face{{font-family:"{family}";font-weight:{weight};src:url({Path(path).as_uri()})}}'
        for family, weight, path in sorted(files)
    )


def _css(spec: TypeSpec) -> str:
    faces = {
        name: f'font-family:"{face.family}";font-weight:{face.weight};font-size:{face.size_pt}pt'
        for name, face in spec.faces.items()
    }
    return _CSS.format(
        width_mm=spec.width_mm,
        height_mm=spec.height_mm,
        left_mm=spec.left_mm,
        top_mm=spec.top_mm,
        area_pt=spec.area_width_pt,
        title_pt=spec.title_rows * spec.leading_pt,
        text_pt=(spec.rows - spec.title_rows) * spec.leading_pt,
        columns=spec.columns,
        gutter_pt=spec.gutter_em * spec.body_pt,
        leading_pt=spec.leading_pt,
        indent_em=spec.indent_em,
        pad_pt=(spec.subhead_rows - 1) * spec.leading_pt / 2,
        **faces,
    )


def _page(page: TextPage) -> str:
    text = "\n".join(_block(block) for block in page.blocks)
    return f'<section><h2>{escape(page.title)}</h2><div class="text">{text}</div></section>'


def _block(block: Block) -> str:
    tags = {"regular": "{}", "strong": "<b>{}</b>", "emphasis": "<i>{}</i>"}
    runs = (tags[run.style].format(escape(run.text).replace("\n", "<br>")) for run in block.runs)
    tag = "h3" if block.kind == "subhead" else "p"
    return f"<{tag}>{''.join(runs)}</{tag}>"
