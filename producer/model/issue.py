"""One issue, loaded and checked."""

from __future__ import annotations

from pydantic import Field

from producer.model.base import Data, Identifier
from producer.model.paper import Paper
from producer.model.plan import IssueData, Page
from producer.model.story import Story


class Picture(Data):
    """An image file that was opened and found sound."""

    name: str
    path: str
    width: float
    height: float
    vector: bool

    @property
    def is_pdf(self) -> bool:
        """Whether it is a PDF page, which print places as it is."""
        return self.name.lower().endswith(".pdf")


class Facts(Data):
    """What follows from the date and the paper, in the paper's language."""

    weekday: str
    lunar: str | None


class Issue(Data):
    """One issue, loaded and checked."""

    id: str = Field(description="<paper>/<date>")
    paper_id: Identifier
    folder: str
    paper: Paper
    data: IssueData
    facts: Facts
    stories: dict[str, Story]
    pictures: dict[str, Picture]
    plan_file: str = Field("", description="The file that the pages come from, for messages")
    lines: dict[str, int] = Field({}, description="issue.yaml: `pages.0.place.2` → line")

    @property
    def pages(self) -> tuple[Page, ...]:
        """The plan's pages in order."""
        return self.data.pages
