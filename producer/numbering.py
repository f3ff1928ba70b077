"""Running numbers: an issue's against those of the issue before it in the paper's folder."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

from producer.errors import Findings, Place
from producer.model import IssueFacts
from producer.textfile import read_text
from producer.yamlfile import Source, read_yaml


@dataclass(frozen=True)
class Numbers:
    """An issue's date and running numbers: within the year, and since the paper began."""

    date: dt.date
    number: int
    total: int

    def following(self, day: dt.date) -> tuple[int, int]:
        """Number and total of the next issue, if it comes out on that day."""
        return (self.number + 1 if day.year == self.date.year else 1), self.total + 1


def issue_folders(paper: Path) -> list[tuple[dt.date, Path]]:
    """A paper's issue folders, oldest first; other folders are left out."""
    found = []
    for folder in paper.iterdir():
        try:
            day = dt.date.fromisoformat(folder.name)
        except ValueError:
            continue
        if folder.is_dir() and folder.name == day.isoformat():
            found.append((day, folder))
    return sorted(found)


def previous_folder(paper: Path, before: dt.date) -> Path | None:
    """The folder of the last issue before a day."""
    earlier = [folder for day, folder in issue_folders(paper) if day < before]
    return earlier[-1] if earlier else None


def read_numbers(folder: Path) -> Numbers | None:
    """An issue's numbers, if its issue.yaml can be read that far."""
    unheard = Findings()  # that issue's own problems are told when it is loaded itself
    text = read_text(folder / "issue.yaml", "issue.yaml", unheard)
    source = read_yaml(text, "issue.yaml", unheard) if text is not None else None
    try:
        data = source.data if source else {}
        day = dt.date.fromisoformat(folder.name)
        return Numbers(day, int(data["number"]), int(data["total"]))
    except (KeyError, ValueError, TypeError):
        return None


def check_numbers(folder: Path, stated: IssueFacts, source: Source, findings: Findings) -> None:
    """The total goes on by one; the number too, and starts again with the year."""
    previous = previous_folder(folder.parent, stated.date)
    if previous is None:
        return
    numbers = read_numbers(previous)
    if numbers is None:
        place = Place(f"{Path(source.file).parent.parent.as_posix()}/{previous.name}/issue.yaml")
        findings.add("issue.previous-unreadable", place, level="warning")
        return
    number, total = numbers.following(stated.date)
    for key, said, right in (("number", stated.number, number), ("total", stated.total, total)):
        if said != right:
            place, last = source.place(key), previous.name
            findings.add(
                "issue.running-number", place, key=key, stated=said, right=right, previous=last
            )
