"""WeasyPrint's door: rendered HTML and its galleys to the bytes of a PDF."""

from __future__ import annotations

import functools
import gc
import logging
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from weasyprint import HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError

from producer.edition import Edition
from producer.errors import ExitCode, Findings, Place, ProducerError, problem
from producer.fonts.library import FontLibrary
from producer.layouts import Layout
from producer.pdf.fetcher import IssueFetcher
from producer.pdf.galley import GalleyFonts, GalleyImage
from producer.pdf.placed import places
from producer.render import Rendered

# Boxes are many and live long: looking for garbage among them costs 8 % and finds none.
_GC_THRESHOLDS = (100_000, 50, 1000)
_LOGGERS = ("weasyprint", "fontTools")


@functools.cache
def font_configuration() -> FontConfiguration:
    """One for the process: each new one copies every font file, and leaks."""
    return FontConfiguration()


class _Collector(logging.Handler):
    """Turns the renderer's log into findings: nothing that it drops goes unseen."""

    def __init__(self, findings: Findings) -> None:
        super().__init__(logging.WARNING)
        self.findings = findings

    def emit(self, record: logging.LogRecord) -> None:
        self.findings.add("renderer.warning", level="warning", text=record.getMessage())


@contextmanager
def _quiet_rendering(findings: Findings) -> Iterator[None]:
    """Collect the renderer's warnings, and let the collector of garbage rest from now on."""
    handler = _Collector(findings)
    loggers = [logging.getLogger(name) for name in _LOGGERS]
    kept = [(logger, logger.propagate) for logger in loggers]
    for logger in loggers:
        logger.addHandler(handler)
        logger.propagate = False
    gc.set_threshold(*_GC_THRESHOLDS)
    try:
        yield
    finally:
        for logger, propagate in kept:
            logger.removeHandler(handler)
            logger.propagate = propagate


def write_pdf(
    rendered: Rendered,
    edition: Edition,
    layout: Layout,
    fonts: FontLibrary,
    findings: Findings,
    *,
    tagged: bool,
    pictures: Mapping[str, bytes],
    variant: str | None = None,
) -> bytes:
    """Lay out and write one PDF; the same input gives the same bytes.

    The renderer's warnings become findings.

    Args:
        rendered: The HTML and its galleys.
        edition: What is written.
        layout: Its design.
        fonts: Its faces.
        findings: Takes what the renderer says.
        tagged: Whether the text gets a tree of tags.
        pictures: The pictures made ready, by name.
        variant: What the renderer calls a standard, e.g. `pdf/ua-1`.

    Raises:
        ProducerError: when the layout asks for what is not the issue's, its own or a font.
    """
    images = Path(edition.issue.folder) / "images"
    fetcher = IssueFetcher(images, layout.folders, fonts, pictures)
    galley_fonts = GalleyFonts(fonts, edition.glyphs)
    cache: dict[str, Any] = {
        url: GalleyImage(galley, galley_fonts) for url, galley in rendered.galleys.items()
    }
    if not tagged:
        cache |= places(edition.issue.pictures.values())
    with _quiet_rendering(findings):
        try:
            html = HTML(string=rendered.html, url_fetcher=fetcher, base_url="layout:")
            document = html.render(font_config=font_configuration(), cache=cache)
            pdf: bytes = document.write_pdf(pdf_tags=tagged, pdf_variant=variant)
        except FatalURLFetchingError as refusal:
            place = Place(layout.folder.as_posix())
            refused = problem("renderer.refused", place, url=str(refusal))
            raise ProducerError(refused, ExitCode.SETUP) from refusal
    return pdf
