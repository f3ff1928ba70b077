"""Edition and layout to HTML; the only maker of markup.

Text stands in the HTML as `<object data="galley:…">`: the renderer paints the finished
lines. In the screen edition's HTML the text inside is the fallback by which it reads in a
browser as well.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby, pairwise
from pathlib import Path

import jinja2
from jinja2.runtime import Context
from markupsafe import Markup

from producer.compose.classes import between
from producer.edition import Box, Edition, Head, Part, SetLine, Slice
from producer.fonts.library import FontLibrary
from producer.headlines import HeadLine
from producer.layouts import Layout
from producer.model import Inset
from producer.templates import environment
from producer.wording import long_date, page_numeral, words

GALLEY_SCHEME = "galley:"


@dataclass(frozen=True)
class Galley:
    """Lines that are painted as one picture of text; sizes in millimetres."""

    lines: tuple[SetLine, ...]
    width_mm: float
    height_mm: float
    em_pt: float
    row_pt: float


@dataclass(frozen=True)
class Piece:
    """A galley in the page: a whole column, or one paragraph of it where tags are wanted."""

    url: str
    tag: str
    box: Box
    text: str


@dataclass
class Rendered:
    """The issue's HTML and the galleys that it names."""

    html: str = ""
    galleys: dict[str, Galley] = field(default_factory=dict)


@functools.cache
def _environment(folders: tuple[Path, ...]) -> jinja2.Environment:
    """One for each layout: compiling its templates takes longer than filling them."""
    filled = environment(folders)
    filled.filters.update(place=place, mm=_mm, numeral=_numeral, aired=aired)
    return filled


def _mm(value: float) -> str:
    return f"{value:.3f}mm"


@jinja2.pass_context
def _numeral(context: Context, page: int) -> str:
    return page_numeral(context["paper"], page)


class Renderer:
    """Fills one layout's templates from one edition."""

    def __init__(self, edition: Edition, layout: Layout, fonts: FontLibrary, screen: bool) -> None:
        """With `screen`, the HTML holds links, an outline and a piece for each paragraph."""
        self.edition = edition
        self.layout = layout
        self.fonts = fonts
        self.screen = screen
        self.rendered = Rendered()

    def render(self) -> Rendered:
        """The HTML of all pages."""
        issue = self.edition.issue
        self.rendered.html = (
            _environment(self.layout.folders)
            .get_template("issue.html")
            .render(
                edition=self.edition,
                issue=issue,
                paper=issue.paper,
                words=words(issue.paper.language),
                long_date=self._date(),
                layout=self.layout,
                screen=self.screen,
                font_css=self._font_css(),
                pieces=self._pieces,
                links=self._links,
                end_marks=self._end_marks,
                inset=self._inset,
                head_groups=head_groups,
                is_vector=lambda name: issue.pictures[name].vector,
                title=lambda part: issue.stories[part.story].title,
                language=lambda part: issue.stories[part.story].head.language,
            )
        )
        return self.rendered

    def _date(self) -> str:
        date = self.edition.issue.data.date
        return long_date(self.edition.issue.paper.language, date.year, date.month, date.day)

    def _inset(self, part: Part, id: str) -> Inset:
        inset = self.edition.issue.stories[part.story].inset(id)
        assert inset is not None, "load has checked every inset"
        return inset

    def _pieces(self, part: Part) -> Iterator[Piece]:
        """The galleys of a part, in reading order."""
        for number, slice_ in enumerate(part.slices, 1):
            url = f"{GALLEY_SCHEME}{part.anchor}/{number}"
            if self.screen:
                yield from self._paragraphs(url, slice_)
            else:
                yield self._piece(url, "div", slice_, slice_.lines)

    def _links(self, part: Part) -> Iterator[tuple[str, Box]]:
        """The links of a part's text: the address in the document, and the box over it."""
        grid = self.layout.grid
        for slice_ in part.slices:
            for line, row in slice_.lines:
                for link in line.links:
                    kind, _, name = link.target.partition(":")
                    anchor = f"#{name}-1" if kind == "story" else f"#page-{name}"
                    x = slice_.box.x + link.x_em * grid.em_mm
                    y = slice_.box.y + row * grid.row_mm
                    yield anchor, Box(x, y, link.width_em * grid.em_mm, grid.row_mm)

    def _end_marks(self, part: Part) -> Iterator[Box]:
        """The boxes of end marks, in the middle of their lines."""
        mark, grid = self.layout.body.end_mark, self.layout.grid
        for slice_ in part.slices if mark else ():
            for line, row in slice_.lines:
                if mark and line.end_mark_em is not None:
                    size = mark.size_em * grid.em_mm
                    y = slice_.box.y + (row + line.rows / 2) * grid.row_mm - size / 2
                    yield Box(slice_.box.x + line.end_mark_em * grid.em_mm, y, size, size)

    def _paragraphs(self, url: str, slice_: Slice) -> Iterator[Piece]:
        blocks = groupby(slice_.lines, lambda set_line: set_line.line.block)
        for number, (_, group) in enumerate(blocks, 1):
            lines = tuple(group)
            tag = "h3" if lines[0].line.is_subhead else "p"
            yield self._piece(f"{url}/{number}", tag, slice_, lines)

    def _piece(self, url: str, tag: str, slice_: Slice, lines: tuple[SetLine, ...]) -> Piece:
        grid = self.layout.grid
        first = lines[0].row
        rows = lines[-1].row + lines[-1].line.rows - first
        box = Box(
            slice_.box.x, slice_.box.y + first * grid.row_mm, slice_.box.width, rows * grid.row_mm
        )
        moved = tuple(SetLine(line.line, line.row - first) for line in lines)
        self.rendered.galleys[url] = Galley(
            moved, box.width, box.height, grid.body_pt, grid.leading_pt
        )
        return Piece(url, tag, box, "".join(line.line.text for line in lines))

    def _font_css(self) -> str:
        """Every face that the layout or a galley uses, named by file.

        `--producer-song` and the like are families with the whole faces behind them, where rare
        characters need those, and then the faces of other scripts: the style sheet names families
        by these properties.
        """
        faces = {*self.layout.faces, *self.edition.glyphs, *self.edition.whole_faces}
        used = [self.fonts.face(key) for key in self.fonts.keys if key in faces]
        rules = [
            f'@font-face{{font-family:"{face.family}";font-weight:{face.weight};'
            f"src:url(font:{face.key})}}"
            for face in used
        ]
        # Faces of other scripts have Latin letters too, which are not to be seen: they come last.
        keys = sorted(self.edition.whole_faces, key=lambda key: (not self.fonts.is_whole(key), key))
        behind = [self.fonts.face(key).family for key in keys]
        families = sorted({face.family for face in used if face.family not in behind})
        properties = [
            f"--{family.lower().replace(' ', '-')}:"
            + ",".join(f'"{name}"' for name in (family, *behind))
            for family in families
        ]
        return "\n".join([*rules, f":root{{{';'.join(properties)}}}"])


def head_groups(head: Head) -> list[tuple[str, list[HeadLine]]]:
    """The head's lines by what they are: kicker, headline, deck, in this order."""
    return [(kind, list(lines)) for kind, lines in groupby(head.lines, lambda line: line.kind)]


def aired(text: str) -> Markup:
    """A text with the layout's air between ideographs and Latin (CLREQ 3.2.2).

    `.air` is an empty box in the style sheet: the text stays as it is written.
    """
    gap = Markup('<span class="air"></span>')
    mixed = [0, *(at for at, pair in enumerate(pairwise(text), 1) if between(*pair).is_mixed)]
    return gap.join(text[start:end] for start, end in pairwise([*mixed, len(text)]))


def place(box: Box) -> str:
    """A box as CSS declarations."""
    return f"left:{box.x:.3f}mm;top:{box.y:.3f}mm;width:{box.width:.3f}mm;height:{box.height:.3f}mm"


def render_issue(edition: Edition, layout: Layout, fonts: FontLibrary, screen: bool) -> Rendered:
    """The HTML of an edition, for the plant or, with links and tags, for the screen."""
    return Renderer(edition, layout, fonts, screen).render()
