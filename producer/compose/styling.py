"""A story's blocks as styled text: faces, labels, lead-ins, drop capitals, and their indents."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

from producer.compose.classes import Class, class_of
from producer.compose.shaping import StyledText
from producer.model import Block, Run, Story
from producer.typestyles import Body, ParagraphStyle

# One em of air between a Chinese lead-in and the text.
_LEAD_IN_GAP = "\u3000"
# Note signs are raised figures: size and rise in body em. Below 6 pt newsprint does not hold them.
_NOTE_SCALE, _NOTE_RISE = 0.67, 0.3
# Air between a drop capital and its text, at least.
_DROP_GAP_EM = 0.2
_ANSWER = re.compile(r"^[^：:]{1,3}[：:]")


@dataclass(frozen=True)
class Styled:
    """One block ready for the shaper.

    `prefix` counts the characters that are not the block's own (a label's or lead-in's; −1
    where a drop capital was taken out), `label` those of a list's label.
    """

    texts: tuple[StyledText, ...]
    style: ParagraphStyle
    prefix: int = 0
    label: int = 0
    drop: str = ""


class Styler:
    """Styles the blocks of stories by a layout's body."""

    def __init__(self, body: Body) -> None:
        self.body = body

    def block(self, story: Story, index: int, has_drop: bool = True) -> Styled:
        """Block number `index` of a story; `has_drop` says whether a drop capital may begin it."""
        block = story.body[index]
        style = self.body.paragraph(block.kind)
        if block.kind == "subhead":
            return Styled((StyledText(block.text, self.body.subhead),), style)
        face = style.face or self.body.regular
        texts = [self._run(run, face) for run in _answered(block)]
        lead_in = self._lead_in(story, index)
        if lead_in:
            return Styled((StyledText(lead_in, self.body.lead_in), *texts), style, len(lead_in))
        if block.label:
            label = StyledText(block.label, self.body.strong)
            return Styled((label, *texts), style, len(block.label), len(block.label))
        if index == 0 and has_drop and self.has_drop_capital(story):
            first, *others = texts
            rest = first._replace(text=first.text[1:])
            return Styled((rest, *others), style, prefix=-1, drop=first.text[0])
        return Styled(tuple(texts), style)

    def has_drop_capital(self, story: Story) -> bool:
        """Whether the story begins with one: asked for, and a character that can be one."""
        if not (story.head.drop_capital and self.body.drop_capital and story.body):
            return False
        first = story.body[0]
        is_word = class_of(first.text[0]) in (Class.IDEOGRAPH, Class.LATIN)
        return first.kind in ("body", "lead") and not story.head.lead_in and is_word

    def _run(self, run: Run, face: str) -> StyledText:
        faces = {"strong": self.body.strong, "emphasis": self.body.emphasis}
        styled = StyledText(run.text, faces.get(run.style, face), reading=run.ruby)
        if run.style == "note":
            return styled._replace(scale=_NOTE_SCALE, rise=_NOTE_RISE)
        return styled._replace(is_dotted=run.style == "dotted")

    def _lead_in(self, story: Story, index: int) -> str:
        lead_in = story.head.lead_in
        if index or not lead_in:
            return ""
        return lead_in + (" " if class_of(lead_in[-1]) is Class.LATIN else _LEAD_IN_GAP)


@dataclass(frozen=True)
class DropCapital:
    """A drop capital's size and depth in body em, and the whole ems that it takes."""

    scale: float
    rise: float
    indent_em: int


def drop_capital(rows: int, row_em: float, width_em: float, descent_em: float) -> DropCapital:
    """One as high as `rows` rows: from the first line's top to the last one's foot.

    Args:
        rows: Rows that it takes.
        row_em: Leading in body em.
        width_em: The character's width in its own em.
        descent_em: How far an ideograph reaches below its baseline, in its own em.
    """
    scale = (rows - 1) * row_em + 1
    rise = -(rows - 1) * row_em - descent_em + descent_em * scale
    return DropCapital(scale, rise, math.ceil(scale * width_em + _DROP_GAP_EM))


def _answered(block: Block) -> tuple[Run, ...]:
    """The runs of a block; an answer's label stands out as strong."""
    label = _ANSWER.match(block.text) if block.kind == "answer" else None
    if label is None or len(block.runs[0].text) < label.end():
        return block.runs
    first, *others = block.runs
    rest = first.model_copy(update={"text": first.text[label.end() :]})
    runs = [Run(text=label[0], style="strong"), rest, *others]
    return tuple(run for run in runs if run.text)
