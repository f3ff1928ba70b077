"""A frame of a finished page as text, for people to read and compare.

    `    2│  0  +3│字字，⟨-50⟩。字⟨13⟩‹黑M›AI‹›⟨13⟩字{①×60↑33}字│12`

is a line: its baseline's row, its left edge in em, the gap that all its characters have, and
where its last advance ends. A row is a whole number where the line stands on the grid; a row's
top is its number and its foot the next. An em is the body's, 9 pt; rows and ems count from the
frame's top left corner. Lines stand in the order of writing, column by column.

| in the text | is |
|---|---|
| `⟨13⟩` | a gap that is another than the line's (0 where it tells none), in 1/100 em |
| `␣25` | before the text: what word spaces have gained; those that have not are told by `⟨⟩` |
| `‹楷 14 #b0402f›` | from here on another face, size in pt or colour; `‹›` is body type again |
| `{①×60↑33}` | a raised sign: its size and rise in 1/100 of the line's |
| `{gě×40↑94@5}` | a reading above what it follows; its middle is 5/100 em to the right |
| `[Hebrew 187:…]` | another script: its face, its width in 1/100 em |

宋 楷 黑 are the families, M B H S the weights medium, bold, heavy and semibold. Body type is 宋M
of 9 pt. Below a line `·│天黑 ↓24` are the characters with emphasis dots, and how far these are
below the baseline in 1/100 em. Gaps within Latin words are kerning, and told from 13/100 em on.
A narrow quotation mark is a full-width glyph that was moved. pdfium mirrors a quotation mark
that stands before or behind right-to-left text.

A line of a vertical head begins with `↓`: the row of its top, the em of its middle, and the gaps
are those between cells that follow each other; `{↷…}` is turned by 90°, `{12}` side by side.

Then come the shapes, `□ left–right │ top–foot` in em and rows with their colour, and images and
links likewise. Of an image that is cut by its frame the whole extent is told.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise
from typing import NamedTuple

from tests.golden.cells import cell_text, cells_of, foot, is_of_head, top
from tests.golden.lines import (
    Raised,
    TextLine,
    downwards,
    in_reading_order,
    middle,
    read_lines,
)
from tests.golden.notation import BODY, EM_PT, FAMILIES, ROW_PT, hundredths, plain, style_of, tag
from tests.golden.reading import Box, Glyph, PageContent, Shape

# The baseline of body type below its row's top.
_BASELINE_PT = ROW_PT / 2 + 0.38 * EM_PT
_KERNING = 12
_DOT_PT = (0.16 * EM_PT, 0.02)
# An opening mark at a line's start hangs half an em out, a closing one at its end too.
_HANG_PT = 0.6 * EM_PT


class Dumper:
    """Dumps what stands in one frame; `box` is the frame's, in pt from the page's top left."""

    def __init__(self, content: PageContent, box: Box, vertical: bool = False) -> None:
        self.box = box
        self.glyphs = [each for each in content.glyphs if box.holds(each.x, each.y, _HANG_PT)]
        self.shapes = [each for each in content.shapes if self._covers(each.box)]
        self.links = [each for each in content.links if self._covers(each.box)]
        self.vertical = vertical

    def _covers(self, box: Box) -> bool:
        return self.box.holds((box.left + box.right) / 2, (box.top + box.bottom) / 2)

    def dump(self) -> list[str]:
        """The frame's lines of text."""
        head = [each for each in self.glyphs if self.vertical and is_of_head(each)]
        text = [each for each in self.glyphs if each not in head]
        found = [self._cells(line) for line in downwards(head)]
        for line in read_lines(text):
            found.append(self._line(line))
            found += self._dots(line)
        drawn = [self._shape(each) for each in self.shapes if not _is_dot(each)]
        found += [f"{line}{_times(drawn, line)}" for line in dict.fromkeys(drawn)]
        found += [f"{self._area(each.box)} → page {each.page}" for each in self.links]
        return found

    # ------------------------------------------------------------ lines

    def _line(self, line: TextLine) -> str:
        row = self._row(line.y - _BASELINE_PT)
        tracks, text = _text_of(line)
        signs = [each.right for each in line.raised if not each.base]
        right = self._em(max([*signs, *(glyph.right for glyph in line.glyphs)]))
        gap = f"␣{tracks.spaces}" if tracks.spaces else ""
        gap += f"{tracks.others:+d}" if tracks.others else ""
        left = self._em(min(glyph.x for glyph in line.glyphs))
        return f"{row:>6}│{left:>6} {gap:>4}│{text}│{right}"

    def _dots(self, line: TextLine) -> Iterator[str]:
        """A line for the emphasis dots below a line."""
        middles = [_middle(each.box) for each in self.shapes if _is_dot(each)]
        own = [(x, y) for x, y in middles if 0 < y - line.y < EM_PT / 2]
        own = [(x, y) for x, y in own if line.glyphs[0].x < x < line.glyphs[-1].right]
        if own:
            signs = "".join(_dotted(x, line) or f"({self._em(x)})" for x, _ in sorted(own))
            drops = sorted({hundredths(y - line.y, line.size) for _, y in own})
            yield f"{'·':>6}│{'':>11}│{signs} ↓{','.join(map(str, drops))}"

    def _cells(self, line: Sequence[Glyph]) -> str:
        """A line of a vertical head."""
        cells = list(cells_of(line))
        size = line[0].size
        gaps = [hundredths(top(cell) - foot(before), size) for before, cell in pairwise(cells)]
        track = _most(gaps)
        signs = ["", *("" if abs(gap - track) <= bool(track) else f"⟨{gap}⟩" for gap in gaps)]
        text = "".join(sign + cell_text(cell) for sign, cell in zip(signs, cells, strict=True))
        place = f"{self._row(top(cells[0])):>6}↓{self._em(middle(line[0])):>6}"
        common = f"{track:+d}" if track else ""
        style = tag(style_of(line[0]))
        return f"{place} {common:>4}│{style}{text}│{self._row(foot(cells[-1]))}"

    # ------------------------------------------------------------ shapes

    def _shape(self, shape: Shape) -> str:
        return f"{self._area(shape.box)} {shape.kind} {shape.color}"

    def _area(self, box: Box) -> str:
        across = f"{self._em(box.left)}–{self._em(box.right)}"
        return f"     □│{across}│{self._row(box.top)}–{self._row(box.bottom)}│"

    def _em(self, x: float) -> str:
        return plain((x - self.box.left) / EM_PT)

    def _row(self, y: float) -> str:
        return plain((y - self.box.top) / ROW_PT + 1)


# ---------------------------------------------------------------- characters


def _text_of(line: TextLine) -> tuple[Tracks, str]:
    """The line's common gaps and its characters, with all that is out of the common."""
    inline = [each for each in line.raised if not each.base]
    above = {each.base[-1].index: each for each in line.raised if each.base}
    runs: list[Run] = list(_runs(line.glyphs))
    for sign in inline:
        runs.insert(sum(_left(run) < sign.left for run in runs), sign)
    tracks = _tracks(runs, line.size)
    style, text = BODY, ""
    for before, run in pairwise([None, *runs]):
        text += _gap_sign(before, run, tracks, line.size) if before else ""
        if isinstance(run, Raised):
            text += _raised_text(run, line)
            continue
        if style_of(run[0]) != style and not _is_script(run[0]):
            style = style_of(run[0])
            text += tag(style)
        text += _run_text(run)
        text += _raised_text(above[run[-1].index], line) if run[-1].index in above else ""
    return tracks, text


Run = Sequence[Glyph] | Raised


def _runs(glyphs: Sequence[Glyph]) -> Iterator[Sequence[Glyph]]:
    """Single characters, and stretches of another script, which are one."""
    for script, group in groupby(glyphs, lambda each: each.face if _is_script(each) else ""):
        if script:
            yield tuple(group)
        else:
            yield from ((each,) for each in group)


def _is_script(glyph: Glyph) -> bool:
    return glyph.face.partition("-")[0] not in FAMILIES


def _left(run: Run) -> float:
    return run.left if isinstance(run, Raised) else min(each.x for each in run)


def _right(run: Run) -> float:
    return run.right if isinstance(run, Raised) else max(each.right for each in run)


def _gap(before: Run, run: Run, size: float) -> int:
    return hundredths(_left(run) - _right(before), size)


def _is_word(before: Run, run: Run) -> bool:
    """Whether both are letters or figures of one Latin word."""
    return all(
        not isinstance(each, Raised) and each[0].text.isascii() and not each[0].text.isspace()
        for each in (before, run)
    )


def _is_one(before: Run, run: Run) -> bool:
    """Whether both are characters of one glyph, as those of —— are."""
    return not isinstance(before, Raised) and abs(_left(run) - _left(before)) < 0.01


def _is_behind_space(before: Run) -> bool:
    return not isinstance(before, Raised) and before[0].text == " "


class Tracks(NamedTuple):
    """The gaps of most word spaces and of most other characters of a line, in 1/100 em."""

    spaces: int
    others: int


def _tracks(runs: Sequence[Run], size: float) -> Tracks:
    pairs = [pair for pair in pairwise(runs) if not _is_word(*pair)]
    spaces = [_gap(*pair, size) for pair in pairs if _is_behind_space(pair[0])]
    others = [_gap(*pair, size) for pair in pairs if not _is_behind_space(pair[0])]
    return Tracks(_most(spaces), _most(others))


def _most(found: Sequence[int]) -> int:
    """What more than half of the gaps are, if that is not 0."""
    gaps = Counter(found)
    # A move is a whole number of 1/1000 em, so that a gap may be told as one of two neighbours.
    common = max(sorted(gaps), key=lambda gap: (gaps[gap] + gaps[gap - 1], gaps[gap]), default=0)
    return common if 2 * (gaps[common] + gaps[common - 1]) > len(found) > 1 else 0


def _gap_sign(before: Run, run: Run, tracks: Tracks, size: float) -> str:
    gap = _gap(before, run, size)
    if _is_one(before, run):
        return ""
    if _is_word(before, run):
        return f"⟨{gap}⟩" if abs(gap) > _KERNING else ""
    track = tracks.spaces if _is_behind_space(before) else tracks.others
    is_common = abs(gap - track) <= 1 if track else gap == 0
    return "" if is_common else f"⟨{gap}⟩"


def _run_text(run: Sequence[Glyph]) -> str:
    if not _is_script(run[0]):
        return run[0].text
    # Isolated, so that the text beside it stays in its place on a reader's screen.
    width = hundredths(_right(run) - _left(run), run[0].size)
    return f"[{run[0].face} {width}:\u2068{in_reading_order(run)}\u2069]"


def _raised_text(raised: Raised, line: TextLine) -> str:
    first = raised.glyphs[0]
    size = hundredths(first.size, line.size)
    rise = hundredths(line.y - first.y, line.size)
    off = hundredths(raised.off, line.size) if raised.base else 0
    text = "".join(glyph.text for glyph in raised.glyphs)
    return f"{{{text}×{size}↑{rise}{f'@{off}' if off else ''}}}"


def _dotted(x: float, line: TextLine) -> str:
    """The character whose middle is at x, in pt."""
    near = [each for each in line.glyphs if abs((each.x + each.right) / 2 - x) < EM_PT / 50]
    return near[0].text if near else ""


def _is_dot(shape: Shape) -> bool:
    width, height = shape.box.right - shape.box.left, shape.box.bottom - shape.box.top
    size, slack = _DOT_PT
    return abs(width - size) < slack and abs(height - size) < slack


def _times(lines: Sequence[str], line: str) -> str:
    """How often a line is there, if it is more than once: each side of a border is a path."""
    count = lines.count(line)
    return f" ×{count}" if count > 1 else ""


def _middle(box: Box) -> tuple[float, float]:
    return (box.left + box.right) / 2, (box.top + box.bottom) / 2
