"""The PDF editions as a table: what each is for, and how its file is finished."""

from __future__ import annotations

import functools
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from producer.colour.profile import load_profile
from producer.edition import Edition
from producer.errors import Findings
from producer.fonts.library import FontLibrary
from producer.layouts import Layout
from producer.model import Issue
from producer.pdf.finish import finish_print
from producer.pdf.pictures import Encode, PictureDesk, press_encoder, screen_encoder
from producer.pdf.write import write_pdf
from producer.render import render_issue

_SCREEN_PPI = 150


class Medium(NamedTuple):
    """What an edition's pictures become, and its written file: resolution in pixels an inch."""

    ppi: int
    encode: Encode
    finish: Callable[[bytes], bytes]


class PdfEdition(NamedTuple):
    """An edition: links and tags or none, the renderer's name of its standard, its medium."""

    screen: bool
    variant: str | None
    medium: Callable[[Issue, Layout, Path, FontLibrary], Medium]


def _press(issue: Issue, layout: Layout, colour: Path, fonts: FontLibrary) -> Medium:
    press = issue.paper.press
    profile = load_profile(press.profile, colour, Path(issue.folder).parent)
    encode = press_encoder(profile, press.ink_limit)
    finish = functools.partial(
        finish_print, issue=issue, layout=layout, profile=profile, fonts=fonts
    )
    return Medium(press.picture_ppi, encode, finish)


def _screen(_issue: Issue, _layout: Layout, _colour: Path, _fonts: FontLibrary) -> Medium:
    return Medium(_SCREEN_PPI, screen_encoder(), lambda written: written)


PDF_EDITIONS: dict[str, PdfEdition] = {
    # The renderer's own PDF/X is a label only, with an id by chance: `finish` does all of it.
    "print": PdfEdition(False, None, _press),
    "screen": PdfEdition(True, "pdf/ua-1", _screen),
}


def make_pdf(
    name: str,
    edition: Edition,
    layout: Layout,
    fonts: FontLibrary,
    colour: Path,
    findings: Findings,
) -> bytes:
    """Make one of the editions; `colour` is the folder of the ICC profiles.

    Raises:
        ProducerError: when the profile is missing, a picture cannot be made right, or the
            renderer is asked for other files.
    """
    kind = PDF_EDITIONS[name]
    medium = kind.medium(edition.issue, layout, colour, fonts)
    pictures = PictureDesk(edition, medium.encode, medium.ppi, findings, kind.screen).files()
    findings.stop_on_errors()
    rendered = render_issue(edition, layout, fonts, kind.screen)
    written = write_pdf(
        rendered,
        edition,
        layout,
        fonts,
        findings,
        tagged=kind.screen,
        pictures=pictures,
        variant=kind.variant,
    )
    return medium.finish(written)
