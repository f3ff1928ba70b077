"""Mending: what is mechanical, shown first; marks only, and all else byte for byte."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from producer.checks.fix import diff, mended
from producer.checks.manuscript import Edit, Manuscript
from producer.checks.passages import copy_of
from producer.checks.run import check_copy
from producer.checks.signs import pairing
from producer.cli import main
from producer.load import load_issue
from producer.markdown.inline import RUBY, TARGET
from producer.model import Page, StoryPlacement
from tests.conftest import make_issue, make_story
from tests.issuefactory import PAPER, IssueFactory, line_of, page, place_story, story

PLACED = StoryPlacement(story="alpha", rect=[1, 1, 1, 1])  # type: ignore[arg-type]
ISSUE = make_issue(
    [Page(section="要闻", master="news", place=(PLACED,))],
    [make_story(), make_story(id="verse", kind="verse")],
)


def mend(raw: str) -> str:
    """A story's file as it is mended."""
    manuscript = Manuscript("issues/x/y/stories/alpha.md", "stories/alpha.md", raw)
    return mended(copy_of(ISSUE, [manuscript])).manuscripts[0].raw


def mend_body(body: str, head: str = "headline: 题") -> str:
    front = f"---\n{head}\n---\n"
    raw = mend(front + body)
    assert raw.startswith(front)
    return raw.removeprefix(front)


@pytest.mark.parametrize(
    ("typed", "right"),
    [
        ("他说,走吧.真的吗?真的!(完)", "他说，走吧。真的吗？真的！（完）"),
        ('他说"走吧",就走', "他说“走吧”，就走"),
        ('“他说"走吧"就走”', "“他说‘走吧’就走”"),
        ('他说\\"走吧\\"就走', "他说“走吧”就走"),
        ("他想...走了--真走", "他想……走了——真走"),
        ("共3~5天", "共3～5天"),
        ("**他说,**走\n去,了", "**他说，**走\n去，了"),
        ("==走吧,==了", "==走吧，==了"),
        ("- 一项,二项\n1. 甲,乙", "- 一项，二项\n1. 甲，乙"),
        ("> 引文,完\n\n## 小,题", "> 引文，完\n\n## 小，题"),
        ("::: note\n编者,按\n:::", "::: note\n编者，按\n:::"),
        ("[菜市,开门](story:a)中,文", "[菜市，开门](story:a)中，文"),
        ("{龑|yǎn,}王,来", "{龑|yǎn,}王，来"),
        ("见https://a.example/?q=1,2,好", "见https://a.example/?q=1,2，好"),
        ("12:30比3.5,3:2", "12:30比3.5,3:2"),
        ('只有一个"号', '只有一个"号'),
        ('“甲"和“乙"', '“甲"和“乙"'),
        ("Only English, here.", "Only English, here."),
        ("问:走吗?", "问：走吗？"),
    ],
)
def test_marks_are_mended(typed: str, right: str) -> None:
    assert mend_body(typed) == right


@pytest.mark.parametrize(
    ("head", "right"),
    [
        ("headline: 江岸,走通了", "headline: 江岸，走通了"),
        ('headline: "江岸\\"走通\\"了, 好"', 'headline: "江岸“走通”了， 好"'),
        ("headline: '江岸\"走通\"了'", "headline: '江岸“走通”了'"),
        ("headline: [江岸, '走,通']", "headline: [江岸, '走，通']"),
        ("headline: 题 # 说明,不改", "headline: 题 # 说明,不改"),
        ("headline: 题\ndeck: >-\n  江岸,\n  走通", "headline: 题\ndeck: >-\n  江岸，\n  走通"),
        (
            "headline: 题\ninsets: [{id: a, picture: 甲,乙: 1}]",
            "headline: 题\ninsets: [{id: a, picture: 甲,乙: 1}]",
        ),
        (
            "headline: 题\ninsets:\n- {id: a, table: '表:甲', head: ['甲,乙'], rows: [['1:2']]}",
            "headline: 题\ninsets:\n- {id: a, table: '表：甲', head: ['甲，乙'], rows: [['1:2']]}",
        ),
    ],
)
def test_the_head_keeps_its_form(head: str, right: str) -> None:
    assert mend(f"---\n{head}\n---\n正文\n") == f"---\n{right}\n---\n正文\n"


def test_line_ends_and_byte_order_marks_stay() -> None:
    raw = "\ufeff---\r\nheadline: 江岸,通\r\n---\r\n甲,乙\r\n\n丙,丁\r\n  \r\n"
    assert mend(raw) == raw.replace(",", "，")


def test_verse_keeps_its_lines_and_indents() -> None:
    raw = "---\nheadline: 诗\nkind: verse\n---\n　　江水,\n\n岸\n"
    manuscript = Manuscript("issues/x/y/stories/verse.md", "stories/verse.md", raw)
    after = mended(copy_of(ISSUE, [manuscript])).manuscripts[0].raw
    assert after == raw.replace(",", "，")


PIECES = st.sampled_from(
    [
        *"江岸步道走通了，。“”‘’（）《》\n ,,.;:?!()\"\"'~3A",
        "...", "--", "。。。", "12:30", "3.5", "**", "==", "\\\"", "\n\n", "\r\n", "- ",
        "{龑|yǎn, (1)}", "[步道,](story:a,b)", "[第2版](page:2)", "https://a.example/?q=1,2", "^1^",
        "1. ", "> ", "\n\n## ", "\n::: note\n", "\n:::\n", "　", "it's", "|",
    ]
)  # fmt: skip
BODIES = st.lists(PIECES, max_size=40).map("".join)
# What mending may touch, on either side; a backslash goes with the quote that it was before.
MARKS = re.compile(r"""[,.;:?!()"'~\-，。；：？！（）“”‘’～—…\\]""")


@given(BODIES)
def test_mending_twice_is_mending_once_and_touches_marks_only(body: str) -> None:
    raw = f"---\nheadline: 题\n---\n{body}"
    once = mend(raw)
    assert mend(once) == once
    assert MARKS.sub("", once) == MARKS.sub("", raw)
    for kept in (
        re.compile(rf"\]{TARGET.pattern}"),
        RUBY,
        re.compile(r"https://a\.example/\?q=1,2"),
    ):
        assert [part[0] for part in kept.finditer(once)] == [p[0] for p in kept.finditer(raw)]


@given(BODIES)
def test_each_character_knows_where_it_was_typed(body: str) -> None:
    raw = f"---\nheadline: '题'\n---\n{body}"
    manuscript = Manuscript("x/stories/alpha.md", "stories/alpha.md", raw)
    for passage in copy_of(ISSUE, [manuscript]).passages:
        typed = manuscript.text
        for sign, spot in zip(passage.text, passage.spots, strict=True):
            assert spot < 0 or typed[spot] == sign or (sign == " " and typed[spot] == "\n")
        found = [spot for spot in passage.spots if spot >= 0]
        assert found == sorted(set(found))
        assert len(found) == len(passage.text), "every character is found"


@given(BODIES)
def test_the_checks_take_any_copy(body: str) -> None:
    raw = f"---\nheadline: 题\n---\n{body}"
    copy = copy_of(ISSUE, [Manuscript("x/stories/alpha.md", "stories/alpha.md", raw)])
    lines = raw.replace("\r\n", "\n").count("\n") + 1
    for problem in check_copy(copy):
        assert problem.text("zh") and 1 <= problem.place.line <= lines


@given(st.text(alphabet="甲“”‘’《》（）", max_size=30))
def test_marks_pair_or_are_lone(text: str) -> None:
    found = pairing(text)
    paired = {*found.pairs, *found.pairs.values()}
    assert paired.isdisjoint(found.lone)
    assert sorted([*paired, *found.lone]) == [at for at, sign in enumerate(text) if sign != "甲"]
    for start, end in found.pairs.items():
        inner = [at for at in (*found.pairs, *found.pairs.values()) if start < at < end]
        assert len(inner) % 2 == 0, "no pair crosses another"


def test_of_two_edits_of_one_place_one_is_made() -> None:
    manuscript = Manuscript("a", "a", "甲...乙,丙")
    edits = [Edit(1, 4, "……"), Edit(3, 4, "。"), Edit(5, 6, "，")]
    assert manuscript.mended(edits).raw in ("甲……乙，丙", "甲..。乙，丙")


def test_a_diff_names_file_and_lines() -> None:
    old, new = (
        Manuscript("x/a.md", "a.md", "一\n甲,乙\n"),
        Manuscript("x/a.md", "a.md", "一\n甲，乙\n"),
    )
    assert list(diff(old, new))[:2] == ["--- x/a.md", "+++ x/a.md"]
    assert "-甲,乙" in diff(old, new)
    assert "+甲，乙" in diff(old, new)


# ---------------------------------------------------------------- the command


@pytest.fixture
def issue(tmp_path: Path) -> IssueFactory:
    body = '一,二。\n\n他说"走吧"就走，12月1日（星期三）。\n'
    made = IssueFactory(
        tmp_path, stories={"alpha": story(body, deck="江岸,通了")}, paper=dict(PAPER)
    )
    made.pages = [page(place_story("alpha"), section="要闻", banner="冬,天")]
    made.write()
    return made


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, [*map(str, arguments), "--language", "en"])


def contents(folder: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_check_tells_file_and_line(issue: IssueFactory) -> None:
    done = run("check", issue.folder)
    alpha = issue.folder / "stories" / "alpha.md"
    assert done.exit_code == 3
    for text, file in (
        ("一,", alpha),
        ("他说", alpha),
        ("江岸", alpha),
        ("冬,", issue.folder / "issue.yaml"),
    ):
        assert f"{file.relative_to(issue.root)}:{line_of(file, text)}\n" in done.output
    assert "2026-12-01 is 星期二" in done.output


def test_a_dry_run_shows_and_writes_nothing(issue: IssueFactory) -> None:
    before = contents(issue.folder)
    done = run("check", issue.folder, "--fix", "--dry-run")
    assert contents(issue.folder) == before
    assert done.exit_code == 3
    for line in (
        "-一,二。",
        "+一，二。",
        "+他说“走吧”就走，12月1日（星期三）。",
        "+deck: 江岸，通了",
    ):
        assert line in done.stdout.splitlines()
    assert re.search(r"^\+ +banner: 冬，天$|^\+.*冬，天", done.stdout, re.MULTILINE)


def test_fix_shows_then_writes_and_reports_what_is_left(issue: IssueFactory) -> None:
    before = contents(issue.folder)
    done = run("check", issue.folder, "--fix")
    assert "+一，二。" in done.stdout
    after = contents(issue.folder)
    assert after.keys() == before.keys()
    assert {path.name for path in after if after[path] != before[path]} == {
        "alpha.md",
        "issue.yaml",
    }
    assert "half-width" not in done.output
    assert done.exit_code == 3, "the weekday is for the editor to mend"
    again = run("check", issue.folder, "--fix")
    assert contents(issue.folder) == after
    assert "+++" not in again.stdout
    load_issue(issue.folder)


def test_json_stands_alone_on_standard_output(issue: IssueFactory) -> None:
    done = run("check", issue.folder, "--fix", "--dry-run", "--json")
    data = json.loads(done.stdout)
    assert {"text.half-width-mark", "fact.weekday"} <= {one["id"] for one in data["problems"]}
    assert "+一，二。" in done.stderr


def test_an_issue_that_cannot_be_loaded_is_left_alone(issue: IssueFactory) -> None:
    path = issue.folder / "stories" / "alpha.md"
    path.write_text("---\nheadline: [\n---\n甲,乙\n", "utf-8")
    before = contents(issue.folder)
    done = run("check", issue.folder, "--fix")
    assert done.exit_code == 3
    assert contents(issue.folder) == before


def test_a_dry_run_is_of_a_fix(issue: IssueFactory) -> None:
    assert run("check", issue.folder, "--dry-run").exit_code == 2


def test_a_folder_that_cannot_be_written_keeps_its_files(
    issue: IssueFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> str:
        raise OSError(28, "No space left on device")

    before = contents(issue.folder)
    monkeypatch.setattr("producer.publish.tempfile.mkdtemp", full)
    assert run("check", issue.folder, "--fix").exit_code == 6
    assert contents(issue.folder) == before
