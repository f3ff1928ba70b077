"""The package's metadata, computed from the data: identity, series, accessibility.

Sources: EPUB 3.3, EPUB Accessibility 1.1. No `conformsTo`: that a person must have evaluated.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from producer.model import Issue
from producer.wording import long_date, words

_NAMESPACE = uuid.uuid5(uuid.NAMESPACE_URL, "urn:producer:newspaper")


@dataclass(frozen=True)
class Meta:
    """An element of the metadata: `dc:title`, or `meta` with a property."""

    name: str
    value: str
    attributes: tuple[tuple[str, str], ...] = ()

    @property
    def namespace(self) -> str | None:
        """Dublin Core's, or none for `meta`."""
        return "DC" if self.name != "meta" else None


def book_id(issue: Issue) -> str:
    """The book's identifier: the same for every build of an issue, old or corrected."""
    return f"urn:uuid:{uuid.uuid5(_NAMESPACE, issue.id)}"


def book_title(issue: Issue) -> str:
    """Name of the paper and date."""
    date = issue.data.date
    return f"{issue.paper.name} {long_date(issue.paper.language, date.year, date.month, date.day)}"


def book_metadata(issue: Issue, has_pages: bool, has_pictures: bool, has_cover: bool) -> list[Meta]:
    """All metadata but the time of modification, in a fixed order."""
    paper = issue.paper
    found = [
        Meta("identifier", book_id(issue), (("id", "id"),)),
        Meta("title", book_title(issue)),
        *(Meta("language", language) for language in _languages(issue)),
        Meta("creator", paper.publisher),
        Meta("publisher", paper.publisher),
        Meta("date", issue.data.date.isoformat()),
        Meta("meta", paper.name, (("property", "belongs-to-collection"), ("id", "series"))),
        _refined("collection-type", "series"),
        _refined("group-position", str(issue.data.total)),
    ]
    found += [
        _property(name, value)
        for name, value in _accessibility(issue, has_pages, has_pictures, has_cover)
    ]
    if has_cover:
        # EPUB 2's way, for readers that know no cover-image property.
        found.append(Meta("meta", "", (("name", "cover"), ("content", "image-cover"))))
    return found


def _languages(issue: Issue) -> Iterator[str]:
    """The paper's language first, then those of single stories."""
    yield issue.paper.language
    others = {story.head.language for story in issue.stories.values() if story.head.language}
    yield from sorted(others - {issue.paper.language})


def _accessibility(
    issue: Issue, has_pages: bool, has_pictures: bool, has_cover: bool
) -> Iterable[tuple[str, str]]:
    word = words(issue.paper.language)
    visual = has_pictures or has_cover
    yield "schema:accessMode", "textual"
    if visual:
        yield "schema:accessMode", "visual"
    yield "schema:accessModeSufficient", "textual"
    features = [
        "structuralNavigation",
        "tableOfContents",
        "readingOrder",
        "displayTransformability",
    ]
    features += ["alternativeText"] if visual else []
    features += ["pageNavigation", "pageBreakMarkers"] if has_pages else []
    for feature in features:
        yield "schema:accessibilityFeature", feature
    yield "schema:accessibilityHazard", "none"
    summary = word.access_text + (word.access_pages if has_pages else "")
    summary += (word.access_images if visual else "") + word.access_end
    yield "schema:accessibilitySummary", summary
    if has_pages:
        yield "pageBreakSource", word.print_edition.format(title=book_title(issue))


def _property(name: str, value: str) -> Meta:
    return Meta("meta", value, (("property", name),))


def _refined(name: str, value: str) -> Meta:
    return Meta("meta", value, (("refines", "#series"), ("property", name)))
