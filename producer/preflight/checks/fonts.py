"""Checks of fonts: that every glyph is in the file, and is the one that was meant."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from producer.preflight.read.fonts import Font
from producer.preflight.registry import Finding, Subject, check, finding


@check("font-embedded", source="ISO 15930-7 (PDF/X-4); ISO 19005-3, 6.2.11.4; ISO 14289-1, 7.21.4")
def font_embedded(subject: Subject) -> Iterator[Finding]:
    """Every font that shows text is in the file."""
    yield from _each(subject, "preflight.font-embedded", lambda font: not font.is_embedded)


@check("font-subset", source="House rule: a whole Chinese font is 10 MB")
def font_subset(subject: Subject) -> Iterator[Finding]:
    """Only the glyphs used are in the file."""
    yield from _each(
        subject,
        "preflight.font-subset",
        lambda font: font.is_embedded and font.kind != "Type3" and not font.is_subset,
    )


@check("font-type3", source="ISO 32000-1, 9.6.5; printing plants' data sheets")
def font_type3(subject: Subject) -> Iterator[Finding]:
    """No font of drawings: it has no hints, and often no characters."""
    yield from _each(subject, "preflight.font-type3", lambda font: font.kind == "Type3")


def _each(subject: Subject, id: str, is_bad: Callable[[Font], bool]) -> Iterator[Finding]:
    """A finding for every bad font and page, where it is used first."""
    for page in subject.pdf.pages:
        told = set()
        for text in page.texts():
            if is_bad(text.font) and text.font.name not in told:
                told.add(text.font.name)
                yield finding(id, page.number, text.box, font=text.font.name)


@check("glyph-missing", source="ISO 14289-1, 7.21.8; ISO 19005-3, 6.2.11.8 (.notdef)")
def glyph_missing(subject: Subject) -> Iterator[Finding]:
    """No text shows .notdef, the box that stands for a character that a font lacks."""
    for page in subject.pdf.pages:
        for text in page.texts():
            if any(text.font.is_missing(code) for code in text.codes):
                yield finding("preflight.glyph-missing", page.number, text.box, font=text.font.name)


@check("glyph-untold", source="ISO 14289-1, 7.21.7; ISO 19005-3, 6.2.11.7 (ToUnicode)")
def glyph_untold(subject: Subject) -> Iterator[Finding]:
    """Every glyph tells its character, so that text can be searched and read aloud."""
    for page in subject.pdf.pages:
        lost = sum(each.text in ("", "\ufffd") for each in page.characters)
        if lost:
            yield finding("preflight.glyph-untold", page.number, count=lost)
