"""Blocks of stories shaped once, and what setting them to a measure needs."""

from __future__ import annotations

from dataclasses import dataclass, replace

from producer.compose.breaking import Shape
from producer.compose.coverage import Coverage
from producer.compose.paragraph import Paragraph
from producer.compose.shaping import RubyStyle, Shaper
from producer.compose.spacing import Spacing
from producer.compose.styling import DropCapital, Styled, Styler, drop_capital
from producer.edition import ASCENT_EM, DESCENT_EM
from producer.layouts import Layout
from producer.model import Story
from producer.typestyles import Body

# Readings stand so far above the box of their character; they need most of their own height.
_RUBY_RISE_EM, _RUBY_HEIGHT = 0.06, 0.9


@dataclass(frozen=True)
class Prepared:
    """A block that has been shaped, and what it needs to be set to a measure."""

    styled: Styled
    paragraph: Paragraph
    hang: int
    drop: DropCapital | None


class Preparer:
    """Shapes the blocks of stories in the faces of one layout, each for all measures."""

    def __init__(self, layout: Layout, language: str, coverage: Coverage) -> None:
        self.body: Body = layout.body
        self.row_em = layout.grid.leading_pt / layout.grid.body_pt
        self.coverage = coverage
        self.shaper = Shaper(coverage.fonts, _spacing(self.body), language, self._ruby())
        self.styler = Styler(self.body)
        self._prepared: dict[tuple[object, ...], Prepared] = {}
        self._contents: dict[tuple[int, int], Story] = {}

    def content_of(self, story: Story) -> tuple[int, int]:
        """What tells a story's content, whatever its id: the story is kept, so that it stays so."""
        content = id(story.head), id(story.body)
        self._contents.setdefault(content, story)
        return content

    def prepare(self, story: Story, index: int, is_marked: bool, has_drop: bool = True) -> Prepared:
        """Shape a block once for all measures."""
        marked = is_marked and self.body.end_mark is not None
        key = (self.content_of(story), index, marked, has_drop)
        if key not in self._prepared:
            styled = self.styler.block(story, index, has_drop)
            self._check_characters(story, index, styled)
            size = self.body.end_mark.size_em if marked and self.body.end_mark else 0.0
            paragraph = self.shaper.paragraph(
                styled.texts, language=story.head.language, hang=styled.label, end_mark_em=size
            )
            hang = round(paragraph.left[styled.label]) if styled.label else 0
            if story.body[index].kind == "list" and not styled.label and index:
                # An item's further paragraphs stand below its first.
                hang = self.prepare(story, index - 1, False).hang
            self._prepared[key] = Prepared(styled, paragraph, hang, self._drop(story, styled))
        return self._prepared[key]

    def shape(
        self, prepared: Prepared, measure: float, offset: int
    ) -> tuple[Shape, tuple[float, ...]]:
        """Measure and indents of a block's lines, and where each of the first ones begins."""
        style = prepared.styled.style
        indent = self.body.indent_em if style.indent_em is None else style.indent_em
        hang, left = prepared.hang, style.left_em
        room = measure - left - style.right_em - hang
        if offset or (hang and not prepared.styled.label):
            return Shape(room), (left + hang,)
        if prepared.drop:
            drop = float(prepared.drop.indent_em)
            rows = round((prepared.drop.scale - 1) / self.row_em) + 1
            return Shape(room, (drop,) * rows), (*(left + drop,) * rows, left)
        if hang:
            return Shape(room, (-float(hang),)), (left, left + hang)
        return Shape(room, (indent,) if indent else ()), (left + indent, left)

    def _ruby(self) -> RubyStyle | None:
        """Readings above their characters, if the leading has room for them."""
        ruby = self.body.ruby
        if ruby is None or self.row_em - 1 < ruby.scale * _RUBY_HEIGHT:
            return None
        return RubyStyle(ruby.face, ruby.scale, ASCENT_EM + _RUBY_RISE_EM)

    def _check_characters(self, story: Story, index: int, styled: Styled) -> None:
        place = replace(story.place, line=story.body[index].line)
        for text in styled.texts:
            self.coverage.check(text.text, text.face, place, story.title)
            if text.reading:
                face = self.body.ruby.face if self.body.ruby else text.face
                self.coverage.check(text.reading, face, place, story.title)
        if styled.drop:
            face = self.body.drop_capital or self.body.regular
            self.coverage.check(styled.drop, face, place, story.title)

    def _drop(self, story: Story, styled: Styled) -> DropCapital | None:
        if not styled.drop:
            return None
        face = self.body.drop_capital or self.body.regular
        width = self.shaper.fonts.width_em(face, styled.drop)
        return drop_capital(story.head.drop_capital or 2, self.row_em, width, DESCENT_EM)


def _spacing(body: Body) -> Spacing:
    return Spacing(
        body.kinsoku,
        body.mixed_gap_em,
        body.mixed_gap_least_em,
        body.mixed_gap_most_em,
        body.tightest_gap_em,
    )
