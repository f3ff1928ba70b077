"""The reference front page: read from the scanner's text, set with its five jumps, and moved.

No sentence of it stands here: the text is taken from beside the repository.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium
import pytest

from producer.errors import ExitCode
from tests.conftest import ROOT, Build, outputs
from tests.issuefactory import IssueFactory, page, place_rest, place_story, story

SEED = ROOT.parent / "shared" / "seed" / "front-page.txt"
pytestmark = pytest.mark.skipif(not SEED.is_file(), reason="the seed page is not here")

FULL = str.maketrans(",:;!?()", "，：；！？（）")
JUMP = "（下转第4版）"
# Where the stories stand on page 1, and go on on another, in the order of the page.
NAMES = ("lead", "second", "council", "congress", "conference", "nine-days")
FIRST = {
    "lead": {"rect": [1, 15, 6, 13], "style": "lead"},
    "second": {"rect": [1, 29, 6, 23], "style": "second"},
    "council": {"rect": [1, 56, 2, 14], "style": "member"},
    "congress": {"rect": [3, 56, 4, 7], "style": "member"},
    "conference": {"rect": [3, 63, 4, 7], "style": "member"},
    "nine-days": {"rect": [1, 71, 6, 10], "style": "second"},
}
REST = {
    "lead": [1, 1, 2, 39],
    "council": [3, 1, 2, 39],
    "congress": [5, 1, 2, 39],
    "conference": [1, 41, 3, 40],
    "nine-days": [4, 41, 3, 40],
}
FILLER = "".join(f"这是为试排而写的第{number}句话，只求把版面填满。" for number in range(1, 15))


def mended(text: str) -> str:
    """Full-width punctuation where the scanner made it half-width, but not inside numbers."""
    kept = re.split(r"(?<=\d)([,:])(?=\d)", text)
    return "".join(part if at % 2 else part.translate(FULL) for at, part in enumerate(kept))


@dataclass
class Scan:
    """The scanner's text: the masthead's lines, then groups of headings and their paragraphs."""

    masthead: list[str]
    groups: list[tuple[list[str], list[str]]] = field(default_factory=list)

    @classmethod
    def read(cls, path: Path) -> Scan:
        lines = [line.strip() for line in path.read_text("utf-8").splitlines() if line.strip()]
        name = next(at for at, line in enumerate(lines) if line.startswith("# "))
        banner = next(at for at, line in enumerate(lines) if line.startswith("## "))
        scan = cls([line.removeprefix("# ") for line in lines[:banner]])
        assert name < banner
        parts = groupby(lines[banner:], key=lambda line: line.startswith("#"))
        chunks = [[mended(line.lstrip("# ")) for line in chunk] for _, chunk in parts]
        scan.groups = [(chunks[at], whole(chunks[at + 1])) for at in range(0, len(chunks), 2)]
        return scan


def whole(lines: list[str]) -> list[str]:
    """Paragraphs that the scanner cut at a column's end, joined again."""
    paragraphs: list[str] = []
    for line in lines:
        if paragraphs and not paragraphs[-1].endswith(("。", "！", "？", "”", "）")):
            paragraphs[-1] += line
        else:
            paragraphs.append(line)
    return paragraphs


def in_two(headline: str) -> str | list[str]:
    """An editor's break: a long headline without a gap is parted in its middle."""
    middle = len(headline) // 2
    return headline if " " in headline else [headline[:middle], headline[middle:]]


@dataclass
class Seed:
    """The front page as data."""

    scan: Scan
    banner: str = ""
    package: str = ""
    stories: dict[str, str] = field(default_factory=dict)
    headlines: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for id, (headings, paragraphs) in zip(NAMES, self.scan.groups, strict=True):
            *above, headline = headings
            kicker = above.pop() if above else None
            if above and id == "lead":
                self.banner = above[0]
            elif above:
                self.package = above[0]
            self.headlines[id] = headline
            self.stories[id] = self._story(id, headline, kicker, paragraphs)

    def _story(self, id: str, headline: str, kicker: str | None, paragraphs: list[str]) -> str:
        head: dict[str, Any] = {"headline": headline if id == "lead" else in_two(headline)}
        head |= {"kicker": kicker} if kicker else {}
        body = "\n\n".join(paragraphs)
        if body.startswith("本报讯 "):
            head["lead_in"], body = body.split(" ", 1)
        if "■" in body:
            body, head["byline"] = (part.strip() for part in body.split("■"))
        if JUMP in body:
            # What followed on page 4 is not known.
            body = body.replace(JUMP, "") + f"\n\n{FILLER}"
            head["short"] = headline[:8]
        return story(body, **head)


@pytest.fixture(scope="module")
def seed() -> Seed:
    return Seed(Scan.read(SEED))


def build_seed(folder: Path, seed: Seed, build: Build, takes_up: int) -> list[str]:
    """Build the issue, the jumps taken up on that page; each page's text without spaces."""
    factory = IssueFactory(folder, "yangpu", "2023-07-27", stories=dict(seed.stories))
    date, weekday, lunar, numbers, count, name, latin, *ears, imprint = masthead(seed)
    licence, *items = imprint.split(" ")
    factory.paper |= {"name": name, "latin": latin, "ears": ears, "pages": 8}
    factory.paper |= {"publishes": ["tuesday", "thursday"], "publisher": name}
    factory.paper["imprint"] = {"licence": licence, "items": items}
    number, total = map(int, re.findall(r"\d+", numbers))
    assert date == "2023年7月27日"
    factory.head = {"number": number, "total": total, "weekday": weekday}
    factory.head |= {"lunar": lunar.removeprefix("农历"), "page_count": int(count[2])}
    factory.pages = pages_of(seed, takes_up, factory)
    report = build(factory.write(), home=ROOT, only="print")
    assert report.code == ExitCode.OK
    # The facts stated are right; that frames are not quite full is no matter here.
    problems = {found.id for found in report.problems if found.level != "note"}
    assert problems <= {"fit.underset", "column.widow"}
    document = pdfium.PdfDocument(outputs(factory.folder) / "print.pdf")
    return ["".join(one.get_textpage().get_text_bounded().split()) for one in document]


def masthead(seed: Seed) -> list[str]:
    """The masthead's parts, the date's two lines as one."""
    year, day, *others = map(mended, seed.scan.masthead)
    return [year + day, *others]


def pages_of(seed: Seed, takes_up: int, factory: IssueFactory) -> list[dict[str, Any]]:
    placed = {id: place_story(id, **where) for id, where in FIRST.items()}
    members = [placed.pop(id) for id in ("council", "congress", "conference")]
    package = {"package": seed.package, "rect": [1, 54, 6, 16], "place": members}
    first = [placed["lead"], placed["second"], package, placed["nine-days"]]
    pages = [page(*first, section="要闻", master="front", banner=seed.banner)]
    for number in range(2, 9):
        if number == takes_up:
            rest = [place_rest(id, rect=rect) for id, rect in REST.items()]
            pages.append(page(*rest, section="综合"))
        else:
            factory.stories[f"filler-{number}"] = story(FILLER, headline="试排")
            pages.append(page(place_story(f"filler-{number}", rect=[1, 1, 6, 20])))
    return pages


@pytest.fixture(scope="module")
def printed(seed: Seed, build: Build, tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    return build_seed(tmp_path_factory.mktemp("seed"), seed, build, 4)


def test_the_scan_is_read_whole(seed: Seed) -> None:
    """Every character once, in order, and no half-width mark beside an ideograph."""
    parts = ["".join([*headings, *paragraphs]) for headings, paragraphs in seed.scan.groups]
    text = "".join("".join(parts).split())
    raw = re.sub(r"[#\s]", "", SEED.read_text("utf-8")).translate(FULL)
    assert raw.endswith(text.translate(FULL))
    assert raw.index(text[:9]) < 200
    assert not re.search(r"[\u4e00-\u9fff][,:;!?()]|[,:;!?()][\u4e00-\u9fff]", text)
    assert text.count(JUMP) == 5


def test_the_masthead_is_complete(seed: Seed, printed: list[str]) -> None:
    for part in masthead(seed):
        for piece in re.split(r"[ （）]", part) if "总第" in part else part.split(" "):
            assert piece.removeprefix("本期") in printed[0], piece
    assert seed.banner in printed[0]


def test_eight_pages_and_five_jumps(printed: list[str]) -> None:
    assert len(printed) == 8
    assert [text.count(JUMP) for text in printed] == [5, *[0] * 7]
    assert [text.count("（上接第1版）") for text in printed] == [0, 0, 0, 5, *[0] * 4]


def test_the_package_and_its_stories_stand_on_the_front_page(
    seed: Seed, printed: list[str]
) -> None:
    for text in (seed.package, *seed.headlines.values()):
        assert "".join(text.split()) in printed[0]


def test_the_second_story_is_complete_with_its_byline(seed: Seed, printed: list[str]) -> None:
    _, paragraphs = seed.scan.groups[1]
    text = "".join("".join(paragraphs).split())
    assert re.search(r"■记者\w+$", text)
    assert text in printed[0]


def test_moved_to_page_five_every_number_changes(seed: Seed, build: Build, tmp_path: Path) -> None:
    printed = build_seed(tmp_path, seed, build, 5)
    assert [text.count("（下转第5版）") for text in printed] == [5, *[0] * 7]
    assert [text.count("（上接第1版）") for text in printed] == [0, 0, 0, 0, 5, *[0] * 3]
    assert not any("第4版" in text for text in printed)
