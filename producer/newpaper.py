"""A new paper's folder: `paper.yaml` with a layout of one's choice and words to be replaced."""

from __future__ import annotations

from pathlib import Path

from producer.errors import ExitCode, Findings, Place, ProducerError, problem
from producer.layouts import find_home, load_layout
from producer.load import file_name, is_paper_name, load_paper

_PAPER = """\
# What all issues of the paper have in common. Name, language, publisher, layout and publication
# days must be there; “producer schema paper” tells every key.
name: 报名
latin: NAME OF THE PAPER
language: zh-Hans-CN
publisher: 出版单位
layout: {layout}
publishes: [monday, tuesday, wednesday, thursday, friday]
pages: {pages}

# up to four short slogans beside the name
ears: []

imprint:
  # licence: 国内统一连续出版物号 CN 00-0000
  items: []   # the masthead's line: publication days, telephone, addresses
  foot: []    # the last page's foot: units, editor, address, price, printer
"""
_PAGES = 4


def start_paper(folder: Path, layout: str) -> None:
    """Write a paper's `paper.yaml`, unless the paper is there and has that layout.

    Args:
        folder: The paper's folder, that need not exist.
        layout: Name of a folder below layouts/.

    Raises:
        ProducerError: if there is no such layout, the paper has another one, the folder's name
            cannot be a paper's or cannot be made.
    """
    load_layout(layout, find_home(folder / "paper.yaml") / "layouts")
    if (folder / "paper.yaml").exists():
        _expect(folder, layout)
    else:
        _write(folder, layout)


def _expect(folder: Path, layout: str) -> None:
    findings = Findings()
    paper = load_paper(folder.resolve(), findings)
    findings.stop_on_errors()
    if paper and paper.layout != layout:
        told = problem("new.other-layout", _place(folder), layout=paper.layout, asked=layout)
        raise ProducerError(told, ExitCode.USAGE)


def _write(folder: Path, layout: str) -> None:
    if not is_paper_name(folder.name):
        told = problem("paper.folder-name", _place(folder), name=folder.name)
        raise ProducerError(told, ExitCode.USAGE)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        text = _PAPER.format(layout=layout, pages=_PAGES)
        (folder / "paper.yaml").write_text(text, "utf-8")
    except OSError as error:
        reason = error.strerror or str(error)
        told = problem("new.unwritable", _place(folder), reason=reason)
        raise ProducerError(told, ExitCode.OUTPUT) from error


def _place(folder: Path) -> Place:
    return Place(file_name((folder / "paper.yaml").resolve()))
