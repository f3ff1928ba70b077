"""Checks by the veraPDF engine, the reference for PDF/A and PDF/UA."""

from __future__ import annotations

from collections.abc import Iterator

from producer.preflight.registry import Finding, Subject, check, finding, skip
from producer.preflight.verapdf import EngineMissing, validate


@check("verapdf", source="veraPDF validation profiles: ISO 14289-1, ISO 19005-3")
def verapdf(subject: Subject, *, flavour: str) -> Iterator[Finding]:
    """The file keeps the standard that its edition is made to."""
    try:
        failures = validate(subject.path, flavour, subject.engine)
    except EngineMissing as missing:
        yield skip(missing.id, reason=missing.reason)
        return
    for failure in failures:
        yield finding(
            "preflight.standard",
            clause=failure.clause,
            flavour=flavour,
            count=failure.count,
            reason=failure.message,
        )
