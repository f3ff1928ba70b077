"""Checks of what a newspaper's pages say of one another: jumps, dates, numbers, stories."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from producer.errors import Findings
from producer.preflight.registry import Finding, Subject, check, finding, skip
from producer.preflight.sayings import Folio, Said, jumps_from, jumps_to, read_folio, weekday_of
from producer.preflight.text import check_text


@check("jumps", source="Trade custom; house rule: each 下转 has its 上接")
def jumps(subject: Subject) -> Iterator[Finding]:
    """Each jump line has its from line on the page that it names, and the other way round."""
    pages = subject.pdf.pages
    language, paper = subject.language, subject.issue.paper if subject.issue else None
    leaving = {page.number: jumps_to(page, language, paper) for page in pages}
    coming = {page.number: jumps_from(page, language, paper) for page in pages}
    yield from _unanswered(leaving, coming, "preflight.jump-to")
    yield from _unanswered(coming, leaving, "preflight.jump-from")


def _unanswered(
    these: dict[int, list[Said]], others: dict[int, list[Said]], id: str
) -> Iterator[Finding]:
    """Lines that name a page on which too few lines name theirs."""
    for page, lines in these.items():
        answers = {
            other: Counter(line.page for line in said)[page] for other, said in others.items()
        }
        for line in lines:
            if answers.get(line.page, 0) > 0:
                answers[line.page] -= 1
            else:
                yield finding(id, page, line.box, line=line.text, there=line.page)


@check("folio-date", source="出版形式差错数计算方法, 2020: every page has its date; house rule")
def folio_date(subject: Subject) -> Iterator[Finding]:
    """Every page has the masthead's date, and the weekday that the date falls on."""
    folios = _folios(subject)
    masthead = folios[0]
    if masthead.date is None:
        yield finding("preflight.no-date", 1)
        return
    right = subject.issue.data.date if subject.issue else masthead.date
    for number, folio in enumerate(folios, 1):
        if folio.date is None:
            yield finding("preflight.no-date", number)
        elif folio.date != right:
            yield finding("preflight.date", number, folio.box, found=folio.date, wanted=right)
        elif folio.weekday and folio.weekday != weekday_of(right, subject.language):
            wanted = weekday_of(right, subject.language)
            yield finding(
                "preflight.weekday", number, folio.box, found=folio.weekday, wanted=wanted
            )


@check("folio-page", source="出版形式差错数计算方法, 2020: pages are numbered in order")
def folio_page(subject: Subject) -> Iterator[Finding]:
    """Every page after the first has its own number in its folio."""
    for number, folio in enumerate(_folios(subject), 1):
        # A folio without a date is another check's business.
        if number == 1 or folio.date is None or number in folio.pages:
            continue
        said = ", ".join(map(str, folio.pages)) or "–"
        yield finding("preflight.folio-page", number, folio.box, found=said, wanted=number)


@check("folio-number", source="报纸出版管理规定, art. 31; house rule")
def folio_number(subject: Subject) -> Iterator[Finding]:
    """Running numbers and the number of pages are the same wherever they are told, and true."""
    folios = _folios(subject)
    data = subject.issue.data if subject.issue else None
    first = folios[0]
    number = data.number if data else first.number
    total = data.total if data else first.total
    count = len(folios)
    for page, folio in enumerate(folios, 1):
        for found, wanted in (
            (folio.number, number),
            (folio.total, total),
            (folio.page_count, count),
        ):
            if found is not None and found != wanted:
                yield finding(
                    "preflight.folio-number", page, folio.box, found=found, wanted=wanted or "–"
                )


def _folios(subject: Subject) -> list[Folio]:
    return [read_folio(page, subject.language) for page in subject.pdf.pages]


@check("stories", source="House rule: no character is lost or doubled")
def stories(subject: Subject) -> Iterator[Finding]:
    """The text of every story, head and jump line stands once where the plan has it."""
    if subject.edition is None:
        yield skip("preflight.no-issue")
        return
    found = Findings()
    check_text(subject.path.read_bytes(), subject.path.name, subject.edition, found)
    yield from (Finding(each) for each in found)
