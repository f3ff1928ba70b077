"""Checks of type as the press sees it: black, overprint, sizes and thin rules."""

from __future__ import annotations

from collections.abc import Iterator

from producer.preflight.read.colours import Colour
from producer.preflight.read.objects import Text
from producer.preflight.registry import Finding, Subject, check, finding

# So much black, or so much ink, and the eye takes a colour for black.
_DARK_K, _DARK_TOTAL = 0.8, 2.2
_SLACK_PT = 0.005
_FULL = 0.999


@check("text-black", source="Printing plants' data sheets: text 100 K only")
def text_black(subject: Subject) -> Iterator[Finding]:
    """Black text is black ink alone: four inks never meet exactly."""
    for number, text in _texts(subject):
        inks = text.look.fill.inks
        if inks and sum(inks[:3]) > 0 and _is_dark(text.look.fill):
            said = "/".join(f"{100 * ink:.0f}" for ink in inks[:4])
            yield finding("preflight.text-black", number, text.box, inks=said)


@check("text-overprint", source="ISO 32000-1, 8.6.7; ISO 15930-7 (PDF/X-4)")
def text_overprint(subject: Subject) -> Iterator[Finding]:
    """Text in full black overprints: else a white rim shows where the plates shift."""
    for number, text in _texts(subject):
        if _is_full_black(text.look.fill) and not text.look.keeps_ink_below:
            grey = text.look.fill.space.painted.family != "cmyk" and text.look.overprints_fill
            id = "preflight.text-grey" if grey else "preflight.text-knocks-out"
            yield finding(id, number, text.box)


@check("text-small", source="Newspaper plants' data sheets; house rule 6 pt")
def text_small(subject: Subject, *, least_pt: float) -> Iterator[Finding]:
    """No text below the size that newsprint holds."""
    for number, text in _texts(subject):
        if text.size_pt < least_pt - _SLACK_PT:
            size = f"{text.size_pt:.1f}"
            yield finding("preflight.text-small", number, text.box, size=size, least=least_pt)


@check("text-coloured", source="Newspaper plants' data sheets; house rule 8 pt")
def text_coloured(subject: Subject, *, least_pt: float) -> Iterator[Finding]:
    """Small text is black or white: screened inks eat fine strokes."""
    for number, text in _texts(subject):
        fill = text.look.fill
        is_plain = fill.inks is None or fill.is_paper or fill.is_black_plate
        if not is_plain and not _is_dark(fill) and text.size_pt < least_pt - _SLACK_PT:
            size = f"{text.size_pt:.1f}"
            yield finding("preflight.text-coloured", number, text.box, size=size, least=least_pt)


@check("hairline", source="Newspaper plants' data sheets; house rule 0.25 pt")
def hairline(subject: Subject, *, least_pt: float) -> Iterator[Finding]:
    """No line is thinner than a plate holds, whether stroked or a filled strip."""
    for page in subject.pdf.pages:
        for shape in page.shapes():
            colour = shape.look.stroke if shape.stroked else shape.look.fill
            is_thin = shape.thin_pt is not None and shape.thin_pt < least_pt - _SLACK_PT
            if is_thin and not colour.is_paper:
                width = f"{shape.thin_pt:.2f}"
                yield finding(
                    "preflight.hairline", page.number, shape.box, width=width, least=least_pt
                )


def _texts(subject: Subject) -> Iterator[tuple[int, Text]]:
    return ((page.number, text) for page in subject.pdf.pages for text in page.texts())


def _is_full_black(colour: Colour) -> bool:
    return (
        colour.is_black_plate and colour.total_ink is not None and colour.total_ink >= 100 * _FULL
    )


def _is_dark(colour: Colour) -> bool:
    inks = colour.inks
    return inks is not None and (inks[3] >= _DARK_K or sum(inks) >= _DARK_TOTAL)
