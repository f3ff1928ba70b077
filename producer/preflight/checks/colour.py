"""Checks of colour and ink: for which press, in which inks, how much of them."""

from __future__ import annotations

from collections.abc import Iterator

from producer.preflight.read.colours import Colour, Space
from producer.preflight.read.images import UnseenError, greatest_ink
from producer.preflight.read.objects import Painted, Picture, Shade, Shape, Text
from producer.preflight.registry import Finding, Subject, check, finding

_ROUNDING = 0.5
_COLOUR_OF: dict[type[Painted], str] = {
    Text: "preflight.colour-text",
    Shape: "preflight.colour-shape",
    Picture: "preflight.colour-picture",
    Shade: "preflight.colour-shade",
}


@check("output-intent", source="ISO 15930-7 (PDF/X-4); ISO 19005-3, 6.2.3")
def output_intent(subject: Subject, *, kind: str, space: str, device: str) -> Iterator[Finding]:
    """One output intent of the wanted kind, with a readable profile of the wanted space."""
    intents = [each for each in subject.pdf.intents if each.kind == kind]
    if not intents:
        yield finding("preflight.no-output-intent", kind=kind)
    for intent in intents:
        if not intent.space:
            yield finding("preflight.no-profile", name=intent.name or kind)
        elif space not in ("any", intent.space) or device not in ("any", intent.device):
            found = f"{intent.space}/{intent.device}"
            yield finding("preflight.profile", found=found, wanted=f"{space}/{device}")


@check("pdfx-version", source="ISO 15930-7 (PDF/X-4)")
def pdfx_version(subject: Subject, *, versions: list[str]) -> Iterator[Finding]:
    """The file claims to be PDF/X of a version that the plant takes."""
    found = subject.pdf.pdfx_version
    if found not in versions:
        yield finding("preflight.pdfx-version", found=found or "–", wanted=", ".join(versions))


@check("colour-space", source="ISO 15930-7 (PDF/X-4); printing plants' data sheets: no RGB")
def colour_space(subject: Subject, *, allowed: list[str]) -> Iterator[Finding]:
    """Every object is painted in a colour space that the profile allows."""
    for page in subject.pdf.pages:
        for painted in page.content:
            for space in _spaces(painted):
                if (family := space.painted.family) not in allowed:
                    id = _COLOUR_OF[type(painted)]
                    yield finding(id, page.number, painted.box, space=family)


def _spaces(painted: Painted) -> Iterator[Space]:
    """The spaces of what an object really paints; a pattern without colour paints its cells."""
    if isinstance(painted, Picture) and not painted.facts.is_stencil:
        # A JPEG 2000 image may leave its space to its own data.
        yield painted.facts.space or Space("unknown")
    elif isinstance(painted, Shade):
        yield painted.space
    else:
        spaces = dict.fromkeys(colour.space.painted for colour in _colours(painted))
        yield from (space for space in spaces if space.family != "pattern")


@check("ink-total", source="ISO 12647-3; newsprint plants' data sheets: 200 to 240 %")
def ink_total(subject: Subject, *, limit: float, ppi: float) -> Iterator[Finding]:
    """Nowhere more ink than the paper takes: samples of pictures, colours of all else."""
    for page in subject.pdf.pages:
        for painted in page.content:
            try:
                ink = _ink(painted, ppi)
            except UnseenError:
                yield finding("preflight.ink-unseen", page.number, painted.box, level="warning")
                continue
            if ink is not None and ink > limit + _ROUNDING:
                is_picture = isinstance(painted, Picture)
                id = "preflight.ink-picture" if is_picture else "preflight.ink-object"
                yield finding(id, page.number, painted.box, ink=round(ink), limit=limit)


def _ink(painted: Painted, ppi: float) -> float | None:
    if isinstance(painted, Picture) and not painted.facts.is_stencil:
        return greatest_ink(painted.facts, painted.ppi, ppi)
    return max((colour.total_ink or 0.0 for colour in _colours(painted)), default=None)


def _colours(painted: Painted) -> list[Colour]:
    """The colours that an object is filled and stroked with."""
    if isinstance(painted, Shade) or (isinstance(painted, Text) and not painted.visible):
        return []
    if not isinstance(painted, Shape):
        return [painted.look.fill]
    look = painted.look
    return [look.fill] * painted.filled + [look.stroke] * painted.stroked


@check("transparency", source="ISO 15930-7 (PDF/X-4); Ghent Workgroup, PDF/X-4 application notes")
def transparency(subject: Subject, *, live: bool, spaces: list[str]) -> Iterator[Finding]:
    """Transparency only where the profile allows it, blended in the press's own space."""
    for page in subject.pdf.pages:
        for painted in page.content:
            soft = isinstance(painted, Picture) and painted.facts.has_soft_mask
            if not live and (painted.look.is_transparent or soft):
                yield finding("preflight.transparent", page.number, painted.box)
            # Even what is opaque is turned into its group's space, and black into four inks.
            space = painted.look.blend_space or page.group_space
            if space and spaces and space not in spaces:
                wanted = ", ".join(spaces)
                yield finding(
                    "preflight.blend-space", page.number, painted.box, found=space, wanted=wanted
                )
