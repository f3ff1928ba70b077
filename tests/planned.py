"""What tests of the planner share: invented copy of any length, and plans tried by the fit."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, cycle, islice
from pathlib import Path
from typing import Any

from producer.edition import Edition
from producer.errors import Findings
from producer.fit.issue import fit_issue
from producer.fonts.library import FontLibrary
from producer.layouts import Layout
from producer.load import load_issue
from producer.model import Rect
from producer.planner.proposal import PageProposal, PlacedStory, Proposal
from producer.planner.propose import Options, alternatives
from producer.planner.writeback import written
from tests.issuefactory import IssueFactory, story

SENTENCES = (
    "清早的渡口起了雾，船工先把缆绳理顺，再等头一班客人。",
    "集市九点收摊，菜贩们把剩下的萝卜装进筐里，说好明天还来。",
    "图书室的灯修好了，孩子们排着队换书，管理员一本一本登记。",
    "河堤上的步道又长了一截，跑步的人绕到桥下才折回来。",
    "老钟楼敲过三下，卖糖人的师傅收起炉子，地上还留着一圈糖霜。",
    "工人在巷口换水管，街坊端来热茶，活儿赶在天黑前做完了。",
)
HEADLINES = (
    "渡口添了早班船",
    "集市收摊前的半小时",
    "图书室里亮起新灯",
    "河堤步道再长一里",
    "钟楼下的糖人摊",
    "巷口换上新水管",
    "晒谷场边办起夜校",
    "桥头的修伞匠",
    "学生食堂加一道热汤",
    "码头旧仓改成球馆",
    "山路拐弯处装了镜子",
    "茶馆里说起老故事",
)


def copy(characters: int, paragraph: int = 90) -> str:
    """Invented text of so many characters, parted into paragraphs of different length."""
    pieces, left = cycle(SENTENCES), characters
    paragraphs = []
    for length in cycle((paragraph, paragraph // 2, paragraph * 2)):
        if left <= 0:
            break
        text = ""
        while len(text) < min(length, left):
            text += next(pieces)
        paragraphs.append(text)
        left -= len(text)
    return "\n\n".join(paragraphs) + "\n"


def fill(factory: IssueFactory, lengths: list[int], **head: Any) -> list[str]:
    """Stories of these lengths, named s1, s2, …"""
    factory.paper["layout"] = "tabloid"
    factory.stories = {}
    for number, (length, line) in enumerate(zip(lengths, cycle(HEADLINES), strict=False), 1):
        factory.stories[f"s{number}"] = story(copy(length), headline=line, **head)
    return list(islice(factory.stories, len(lengths)))


def propose(
    folder: Path, layout: Layout, fonts: FontLibrary, **options: Any
) -> tuple[Proposal, list[Proposal]]:
    """The plan of a folder, and all alternatives."""
    issue, _ = load_issue(folder, is_planned=False)
    findings = Findings()
    found = alternatives(issue, layout, fonts, Options(**options), findings)
    return found[0], found


def fitted(
    folder: Path, proposal: Proposal, layout: Layout, fonts: FontLibrary
) -> tuple[Edition, Findings]:
    """The folder with the plan written into it, fitted as a build does."""
    path = folder / "issue.yaml"
    path.write_text(written(path.read_text("utf-8"), proposal), "utf-8")
    issue, _ = load_issue(folder, is_planned=bool(not proposal.left_over))
    findings = Findings()
    return fit_issue(issue, layout, fonts, findings), findings


def faults(findings: Findings) -> list[str]:
    """What a proposed plan must not hold."""
    return [each.text() for each in findings if each.level == "error" or each.id == "fit.underset"]


def overlaps(page: PageProposal) -> Iterator[tuple[str, str]]:
    """Pairs on a page that share a cell or touch without a row of air between them."""
    taken: list[tuple[str, Rect]] = [(each.story, each.rect) for each in page.stories]
    taken += [each for each in page.taken if each[0] not in {one.story for one in page.stories}]
    for (one, first), (other, second) in combinations(taken, 2):
        if first.overlaps(second):
            yield one, other


def stories(proposal: Proposal) -> list[PlacedStory]:
    return [story for page in proposal.pages for story in page.stories]
