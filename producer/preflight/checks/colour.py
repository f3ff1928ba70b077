"""Checks of colour: for which press, in which spaces and inks, blended in which."""

from __future__ import annotations

from collections.abc import Iterator

from producer.preflight.read.objects import Painted, Picture, Shade, Shape, Text, painted_spaces
from producer.preflight.registry import Finding, Subject, check, finding

_COLOUR_OF: dict[type[Painted], str] = {
    Text: "preflight.colour-text",
    Shape: "preflight.colour-shape",
    Picture: "preflight.colour-picture",
    Shade: "preflight.colour-shade",
}


@check("output-intent", source="ISO 15930-7 (PDF/X-4); ISO 19005-3, 6.2.3")
def output_intent(
    subject: Subject, *, kind: str, space: str, device: str, condition: str, sha256: str
) -> Iterator[Finding]:
    """One output intent of the wanted kind, with a profile of the wanted space and condition."""
    intents = [each for each in subject.pdf.intents if each.kind == kind]
    if not intents:
        yield finding("preflight.no-output-intent", kind=kind)
    for intent in intents:
        if not intent.space:
            yield finding("preflight.no-profile", name=intent.name or kind)
        elif space not in ("any", intent.space) or device not in ("any", intent.device):
            found = f"{intent.space}/{intent.device}"
            yield finding("preflight.profile", found=found, wanted=f"{space}/{device}")
        elif sha256 not in ("any", intent.sha256) or condition not in ("any", intent.name):
            found, wanted = (
                f"{a} ({b[:8]})" for a, b in ((intent.name, intent.sha256), (condition, sha256))
            )
            yield finding("preflight.condition", found=found, wanted=wanted)


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
            for space in painted_spaces(painted):
                if (family := space.family) not in allowed:
                    id = _COLOUR_OF[type(painted)]
                    yield finding(id, page.number, painted.box, space=family)


@check("spot-colours", source="Printing plants' data sheets: plates that are paid for")
def spot_colours(subject: Subject, *, allowed: bool) -> Iterator[Finding]:
    """No ink but the four of the process, unless the paper keeps spot colours."""
    for page in subject.pdf.pages if not allowed else ():
        for painted in page.content:
            for space in painted_spaces(painted):
                for name in space.spots:
                    yield finding("preflight.spot", page.number, painted.box, name=name)


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
