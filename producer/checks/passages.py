"""Passages: every text of an issue, each character with its place in the file."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import accumulate, pairwise
from pathlib import Path

from producer.checks.manuscript import Edit, Manuscript
from producer.checks.signs import has_han
from producer.errors import Findings, Place
from producer.markdown import parse_body
from producer.markdown.inline import RUBY, TARGET
from producer.model import Issue, Run, Story
from producer.stories import FENCE
from producer.yamlfile import KeyPath, scalars

# The keys of a story's head and of issue.yaml whose values are printed or read aloud.
HEADLINES = ("headline", "kicker", "deck", "short")
_STORY_KEYS = (*HEADLINES, "lead_in", "byline", "caption", "credit", "alt", "quote", "source")
_STORY_TABLES = ("table", "head", "rows")
_ISSUE_KEYS = ("section", "banner", "package", "text", "summary", "title", "alt")
# An item's sign, whose marks might be taken for the text's own.
_ITEM = re.compile(r"[ \t]*(?:>[ \t]*)*(?:-|\d{1,9}[.)])[ \t]+")
# A character farther away than this is not the one looked for.
_REACH = 400
_AROUND = 9


@dataclass(frozen=True)
class Passage:
    """A paragraph, headline or caption: the text that readers see, and where it was typed.

    Attributes:
        text: The characters without markup.
        kind: Of the block, or the key of the head or of issue.yaml.
        language: BCP 47.
        place: Of its beginning, for messages.
        story: The story's id; empty in issue.yaml.
        runs: The block's, for links and styles.
        source: The file, if it was read.
        spots: For each character its place in the source's text, or -1.
    """

    text: str
    kind: str = "body"
    language: str = "zh"
    place: Place = field(default_factory=Place)
    story: str = ""
    runs: tuple[Run, ...] = ()
    source: Manuscript | None = None
    spots: tuple[int, ...] = ()

    @property
    def is_chinese(self) -> bool:
        """Whether the rules for Chinese text are its rules."""
        return self.language.split("-")[0] == "zh"

    @property
    def is_prose(self) -> bool:
        """Whether it is running text of a body, and not verse, a heading or a signature."""
        return self.kind in ("body", "lead", "list", "quotation", "question", "answer", "note")

    @property
    def links(self) -> Iterator[tuple[int, int, str]]:
        """Where each link of the text begins and ends, and its target."""
        ends = accumulate(len(run.text) for run in self.runs)
        for run, end in zip(self.runs, ends, strict=True):
            if run.link:
                yield end - len(run.text), end, run.link

    def link_at(self, at: int) -> str | None:
        """The target of the link that a character is in, if it is in one."""
        return next((target for start, end, target in self.links if start <= at < end), None)

    def place_of(self, at: int) -> Place:
        """The file and line of a character."""
        if self.source is None or self.spots[at] < 0:
            return self.place
        return Place(self.source.file, self.source.line(self.spots[at]))

    def near(self, start: int, end: int) -> str:
        """The words around a fault, on one line."""
        begin, stop = max(start - _AROUND, 0), end + _AROUND
        dots = ("…" if begin else "", "…" if stop < len(self.text) else "")
        return dots[0] + self.text[begin:stop].replace("\n", " ").strip() + dots[1]

    def edit(self, start: int, end: int, text: str) -> tuple[Edit, ...]:
        """The edit that puts other text in place of some characters; none if they are parted."""
        if self.source is None:
            return ()
        spots = self.spots[start:end]
        if min(spots) < 0 or spots[-1] - spots[0] != end - start - 1:
            return ()
        first = spots[0]
        # A backslash before it that is no character of its own would now be one.
        if self.source.text[first - 1 : first] == "\\" and first - 1 not in self.spots:
            first -= 1
        return (Edit(first, spots[-1] + 1, text),)


@dataclass(frozen=True)
class Copy:
    """What the checks read: the issue, and all its passages in order."""

    issue: Issue
    passages: tuple[Passage, ...]
    manuscripts: tuple[Manuscript, ...] = field(default=(), repr=False)

    @property
    def chinese(self) -> Iterator[Passage]:
        """The passages that the rules for Chinese text hold for."""
        return (each for each in self.passages if each.is_chinese and has_han(each.text))

    def line_of(self, story: str, name: str) -> int:
        """The first line of a story's file that names something."""
        sources = (one for one in self.manuscripts if one.path == f"stories/{story}.md")
        return next((one.line(max(one.text.find(name), 0)) for one in sources), 1)


def read_copy(issue: Issue) -> Copy:
    """The copy of an issue that was loaded, from its files."""
    folder = Path(issue.folder)
    paths = [f"stories/{id}.md" for id in issue.stories]
    files = [story.place.file for story in issue.stories.values()]
    if issue.plan_file.endswith("/issue.yaml"):
        paths, files = ["issue.yaml", *paths], [issue.plan_file, *files]
    texts = [folder.joinpath(path).read_bytes().decode("utf-8") for path in paths]
    return copy_of(issue, map(Manuscript, files, paths, texts))


def copy_of(issue: Issue, manuscripts: Iterable[Manuscript]) -> Copy:
    """The copy of an issue whose files hold these texts."""
    kept = tuple(manuscripts)
    return Copy(issue, tuple(p for manuscript in kept for p in _passages(issue, manuscript)), kept)


def _passages(issue: Issue, manuscript: Manuscript) -> Iterator[Passage]:
    if manuscript.path == "issue.yaml":
        blank = Passage("", language=issue.paper.language, source=manuscript)
        yield from _yaml_passages(blank, 0, len(manuscript.text))
        return
    story = issue.stories[Path(manuscript.path).stem]
    language = story.head.language or issue.paper.language
    blank = Passage("", language=language, source=manuscript, story=story.id)
    fence = FENCE.match(manuscript.text)
    if fence:
        yield from _yaml_passages(blank, *fence.span("head"))
        yield from _body_passages(blank, story, manuscript, fence.end())


def _yaml_passages(blank: Passage, begin: int, end: int) -> Iterator[Passage]:
    """The values that are text; a headline that is a list of lines is one passage."""
    assert blank.source is not None
    source = blank.source.text
    lines: list[Passage] = []
    for path, value, start, stop in scalars(source[begin:end]):
        kind = _kind(path, bool(blank.story))
        if not kind or not value.strip():
            continue
        spots = _align(value, source, begin + start, begin + stop)
        place = Place(blank.source.file, blank.source.line(begin + start))
        passage = replace(blank, text=value, kind=kind, place=place, spots=spots)
        if path[0] == "headline":
            lines.append(passage)
        else:
            yield passage
    if lines:
        text = "\n".join(line.text for line in lines)
        spots = tuple(spot for line in lines for spot in (*line.spots, -1))[:-1]
        yield replace(lines[0], text=text, spots=spots)


def _kind(path: KeyPath, in_story: bool) -> str:
    """The key that a text stands under, or nothing if the value is no text."""
    key = next((part for part in reversed(path) if isinstance(part, str)), "")
    if in_story and key in _STORY_TABLES:
        return "cell"
    return key if key in (_STORY_KEYS if in_story else _ISSUE_KEYS) else ""


def _body_passages(
    blank: Passage, story: Story, manuscript: Manuscript, begin: int
) -> Iterator[Passage]:
    """The blocks, parsed from this very text, which may be a mended one."""
    text, file = manuscript.text, manuscript.file
    is_verse, language = story.head.kind == "verse", blank.language
    first = manuscript.line(begin)
    blocks = parse_body(text[begin:], file, Findings(), first, is_verse, language)
    seen = _without_markup(text)
    starts = [*(manuscript.line_start(block.line) for block in blocks), len(text)]
    for block, (start, end) in zip(blocks, pairwise(starts), strict=True):
        sign = _ITEM.match(text, start) if block.label else None
        start = sign.end() if sign else start
        yield replace(
            blank,
            text=block.text,
            kind=block.kind,
            place=Place(file, block.line),
            runs=block.runs,
            spots=_align(block.text, seen, start, end),
        )


def _without_markup(text: str) -> str:
    """The text with the parts of links and readings that are not shown blotted out."""

    def blot(match: re.Match[str], start: int, end: int) -> str:
        whole, at = match[0], match.start()
        return f"{whole[: start - at]}{chr(0) * (end - start)}{whole[end - at :]}"

    links = re.compile(rf"\]{TARGET.pattern}")
    text = links.sub(lambda found: blot(found, found.start(), found.end()), text)
    return RUBY.sub(lambda found: blot(found, found.end(1), found.end()), text)


def _align(text: str, source: str, start: int, end: int) -> tuple[int, ...]:
    """Where each character of a text stands in what it was read from; -1 where it does not.

    The text is the source without markup, so that each is the next of its kind; a line's end
    may have become a space.
    """
    spots = []
    for sign in text:
        limit = min(start + _REACH, end)
        found = source.find(sign, start, limit)
        if sign == " ":
            ends = source.find("\n", start, limit)
            found = min((at for at in (found, ends) if at >= 0), default=-1)
        spots.append(found)
        start = found + 1 if found >= 0 else start
    return tuple(spots)


def next_of(passages: Iterable[Passage]) -> Iterator[tuple[Passage, Passage | None]]:
    """Each passage with the one behind it in the same story."""
    kept = [*passages, None]
    for one, following in pairwise(kept):
        assert one is not None
        yield one, following if following and following.story == one.story else None
