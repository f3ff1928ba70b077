"""All checks, in the order of their documentation, and what they find in an issue."""

from __future__ import annotations

from collections.abc import Iterable

from producer.checks import facts, heads, numerals, pairs, punctuation, targets, words
from producer.checks.passages import Copy, read_copy
from producer.checks.registry import Check
from producer.errors import Findings, Place
from producer.model import Issue

CHECKS: tuple[Check, ...] = (
    punctuation.half_width_mark,
    pairs.straight_quote,
    pairs.unpaired_mark,
    pairs.nested_mark,
    punctuation.ellipsis,
    punctuation.dash,
    punctuation.doubled_mark,
    punctuation.full_width_form,
    punctuation.space,
    words.doubled_word,
    numerals.mixed,
    numerals.approximate,
    numerals.date,
    numerals.short_year,
    numerals.thousands,
    numerals.range_of_numbers,
    heads.too_long,
    heads.final_mark,
    heads.own_break,
    heads.no_caption,
    heads.no_credit,
    facts.wrong_weekday,
    facts.no_such_date,
    targets.wrong_page,
    targets.own_page,
)
# Faults of fact that must not be printed: `build` looks for them too.
BUILD_CHECKS = (facts.wrong_weekday, facts.no_such_date, targets.wrong_page)


def check_content(issue: Issue, checks: Iterable[Check] = CHECKS) -> Findings:
    """What the checks find in an issue that was loaded, each fault once."""
    return check_copy(read_copy(issue), checks)


def check_copy(copy: Copy, checks: Iterable[Check] = CHECKS) -> Findings:
    """What the checks find in a copy; what the paper waives is told as a count, with the reason."""
    findings = Findings()
    place = Place(f"issues/{copy.issue.paper_id}/paper.yaml")
    for each in checks:
        problems = list(each.problems(copy))
        reason = copy.issue.paper.waive.get(each.id)
        if reason is None:
            findings.extend(problems)
        elif problems:
            findings.add(
                "waiver.used", place, "note", check=each.id, count=len(problems), reason=reason
            )
        elif checks is CHECKS:
            findings.add("preflight.waiver-unused", place, "warning", check=each.id)
    return findings
