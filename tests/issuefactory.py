"""Builds tiny issues in a temporary folder, for tests that then break one thing."""

from __future__ import annotations

import io
import struct
import zlib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

DATE = "2026-12-01"
PAPER: dict[str, Any] = {
    "name": "样报",
    "latin": "SAMPLE",
    "language": "zh-Hans-CN",
    "publisher": "样报社",
    "layout": "tabloid",
    "publishes": ["tuesday", "friday"],
    "pages": 1,
}
STORY = "---\nheadline: 主题\nshort: 短题\n---\n正文第一段。\n\n正文第二段。\n"


@dataclass
class IssueFactory:
    """An issue under construction: change the parts, then `write()` the folder.

    `pages` are pages as in issue.yaml. Without any, one page is made that holds all stories
    of `stories` below one another in rectangles. `stories` are file texts by id.
    """

    root: Path
    paper_id: str = "sample"
    date: str = DATE
    paper: dict[str, Any] = field(default_factory=lambda: dict(PAPER))
    head: dict[str, Any] = field(default_factory=lambda: {"number": 5, "total": 105})
    pages: list[dict[str, Any]] = field(default_factory=list)
    stories: dict[str, str] = field(default_factory=lambda: {"alpha": STORY})
    images: dict[str, bytes] = field(default_factory=dict)

    @property
    def paper_folder(self) -> Path:
        return self.root / "issues" / self.paper_id

    @property
    def folder(self) -> Path:
        return self.paper_folder / self.date

    @property
    def name(self) -> str:
        """The folder as messages name it."""
        return f"issues/{self.paper_id}/{self.date}"

    def write(self) -> Path:
        """Write all files that are not there yet and return the issue's folder."""
        pages = self.pages or [page(*(place_story(id) for id in self.stories))]
        data = {"date": self.date, **self.head, "pages": stacked(pages)}
        self.add_text("../paper.yaml", dump(self.paper))
        self.add_text("issue.yaml", dump(data))
        (self.folder / "stories").mkdir(exist_ok=True)
        for id, text in self.stories.items():
            self.add_text(f"stories/{id}.md", text)
        for name, content in self.images.items():
            self.add_bytes(f"images/{name}", content)
        return self.folder

    def add_text(self, name: str, text: str) -> None:
        self.add_bytes(name, text.encode())

    def add_bytes(self, name: str, content: bytes) -> None:
        """Write a file of the issue, unless the test wrote its own before."""
        self.folder.mkdir(parents=True, exist_ok=True)
        path = self.folder / name
        path.parent.mkdir(exist_ok=True)
        if not path.exists():
            path.write_bytes(content)

    def earlier(self, date: str, number: int, total: int) -> None:
        """Write the issue.yaml of an issue before this."""
        folder = self.paper_folder / date
        folder.mkdir(parents=True)
        text = f"date: {date}\nnumber: {number}\ntotal: {total}\npages: []\n"
        (folder / "issue.yaml").write_text(text, "utf-8")


def page(*items: dict[str, Any], section: str = "要闻", master: str = "news", **more: Any) -> Any:
    """A page of issue.yaml."""
    return {"section": section, "master": master, **more, "place": list(items)}


def place_story(id: str, **more: Any) -> dict[str, Any]:
    """A placement where a story begins; its rectangle is given by `stacked` if left out."""
    return {"story": id, **more}


def place_rest(id: str, **more: Any) -> dict[str, Any]:
    """A placement where a story goes on."""
    return {"continues": id, **more}


def stacked(pages: list[dict[str, Any]], columns: int = 6, rows: int = 10) -> Any:
    """The pages with rectangles, one below the other, where a placement has no place."""
    done = []
    for one in pages:
        slots = ([1, 1 + at * rows, columns, rows] for at in range(len(one["place"])))
        items = [
            {**item, "rect": slot} if _lacks_a_place(item) else item
            for item, slot in zip(one["place"], slots, strict=True)
        ]
        done.append({**one, "place": items})
    return done


def _lacks_a_place(item: Any) -> bool:
    return isinstance(item, dict) and not {"frame", "rect"} & set(item)


def story(body: str = "正文。\n", **head: Any) -> str:
    """A story file's text from its head's keys and its body."""
    return f"---\n{dump({'headline': '主题', **head})}---\n{body}"


def picture_inset(id: str, picture: str) -> dict[str, Any]:
    """A story's inset that is a picture."""
    return {"id": id, "picture": picture, "alt": "画面"}


def dump(data: Any) -> str:
    """Data as YAML in block style: every key and list item has a line of its own."""
    yaml = YAML()
    yaml.width = 1000
    yaml.representer.ignore_aliases = lambda data: True
    text = io.StringIO()
    yaml.dump(data, text)
    return text.getvalue()


def line_of(path: Path, text: str) -> int:
    """The first line of a file that holds a text, from 1."""
    lines = path.read_text("utf-8").splitlines()
    return next(number for number, line in enumerate(lines, 1) if text in line)


def png(width: int = 4, height: int = 4, claimed: tuple[int, int] | None = None) -> bytes:
    """A grey PNG; `claimed` is the size that its header tells instead of the true one."""
    size = claimed or (width, height)
    header = struct.pack(">IIBBBBB", *size, 8, 0, 0, 0, 0)
    rows = zlib.compress((b"\0" + b"\x80" * width) * height)
    chunks = ((b"IHDR", header), (b"IDAT", rows), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, data) for kind, data in chunks)


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
