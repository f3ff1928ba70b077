"""Checks of pictures: as fine as they are placed large, and really so."""

from __future__ import annotations

from collections.abc import Iterator

from producer.preflight.read.images import is_blown_up
from producer.preflight.registry import Finding, Subject, check, finding


@check("picture-coarse", source="Newspaper plants' data sheets: 170 to 300 ppi, line art 600")
def picture_coarse(subject: Subject, *, least_ppi: float, line_art_ppi: float) -> Iterator[Finding]:
    """No picture has fewer pixels than its size on the page needs."""
    for page in subject.pdf.pages:
        for picture in page.pictures():
            least = line_art_ppi if picture.facts.is_line_art else least_ppi
            # Half a pixel may be missing for rounding's sake.
            if picture.ppi < least - 0.5:
                yield finding(
                    "preflight.picture-coarse",
                    page.number,
                    picture.box,
                    ppi=round(picture.ppi),
                    least=least,
                )


@check("picture-fine", source="House rule: more pixels than a plate can show are weight only")
def picture_fine(subject: Subject, *, most_ppi: float, line_art_ppi: float) -> Iterator[Finding]:
    """No picture has many more pixels than can be seen."""
    for page in subject.pdf.pages:
        for picture in page.pictures():
            most = line_art_ppi if picture.facts.is_line_art else most_ppi
            if picture.ppi > most + 0.5:
                yield finding(
                    "preflight.picture-fine",
                    page.number,
                    picture.box,
                    ppi=round(picture.ppi),
                    most=most,
                )


@check("picture-blown-up", source="House rule")
def picture_blown_up(subject: Subject) -> Iterator[Finding]:
    """No picture was made larger by inventing pixels."""
    for page in subject.pdf.pages:
        for picture in page.pictures():
            if is_blown_up(picture.facts):
                yield finding("preflight.picture-blown-up", page.number, picture.box)
