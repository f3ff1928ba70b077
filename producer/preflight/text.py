"""Nothing lost: the finished PDF is read again and every story compared with its data."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import replace

import pypdfium2 as pdfium

from producer.edition import Box, Edition, Part, PlacedInset
from producer.errors import Findings, Place
from producer.model import Story
from producer.preflight.read.characters import Character, read_characters

_SLACK_MM = 0.3
# A reading above a column's first line stands out of the column's box, into the head's air.
_READING_MM = 1.0
_SHOWN = 16
# Pairs that one glyph paints in the built faces: a PDF's glyph can say but one of them.
_ONE_GLYPH = str.maketrans("〜‒⋯∕―‧・•", "～–…／—···")


def check_text(pdf: bytes, name: str, edition: Edition, findings: Findings) -> None:
    """Compare every story of an edition, and its heads, with what a PDF's pages say.

    Overset text is missing by somebody's leave and is not told twice.
    """
    document = pdfium.PdfDocument(pdf)
    try:
        if len(document) != len(edition.pages):
            findings.add("text.pages", Place(name), pages=len(document), wanted=len(edition.pages))
            return
        pages = [[each for each in read_characters(page) if each.text] for page in document]
    finally:
        document.close()
    stories: dict[str, list[Part]] = {}
    for part in edition.parts():
        stories.setdefault(part.story, []).append(part)
    for id, parts in stories.items():
        _check_story(edition, edition.issue.stories[id], parts, pages, name, findings)


def _check_story(
    edition: Edition,
    story: Story,
    parts: list[Part],
    pages: list[list[Character]],
    name: str,
    findings: Findings,
) -> None:
    found = "".join(
        _text_in(
            _outside_insets(part, pages[part.page - 1]), _raised(slice_.box, top_mm=_READING_MM)
        )
        for part in parts
        for slice_ in part.slices
    )
    if not any(part.overset_lines for part in parts):
        wanted = _unbracketed(story_text(story, _tail(edition, parts[0])), story)
        _compare(wanted, _unbracketed(found, story), story, name, findings)
    for part in parts:
        # The mark of an overset frame may stand on anything in it.
        if part.overset_lines:
            continue
        for placed in part.insets:
            _check_inset(story, placed, pages[part.page - 1], name, findings)
        head = "".join(line.text for line in part.head.lines)
        head += (part.head.byline or "") + (part.head.from_line or "")
        found = _text_in(pages[part.page - 1], _raised(part.head.box, foot_mm=_READING_MM))
        # Cells that stand side by side are read as a line, whatever column they belong to.
        in_order = part.head.direction != "vertical"
        _compare(head, found, story, name, findings, in_order)
        if part.jump_line:
            said = _text_in(pages[part.page - 1], part.jump_line.box)
            _compare(part.jump_line.text, said, story, name, findings)


def _check_inset(
    story: Story, placed: PlacedInset, page: list[Character], name: str, findings: Findings
) -> None:
    """Each piece of an inset's text stands in its box; layouts may add signs between them.

    A credit at a line's end is written before its line: it is taken out first.
    """
    inset = story.inset(placed.id)
    assert inset is not None, "load has checked every inset"
    # A picture may hold letters of its own: only its caption is compared.
    found = _normal(_text_in(page, placed.caption_box or placed.box))
    cells = (*inset.head, *(cell for row in inset.rows for cell in row))
    for piece in (inset.credit, inset.source, inset.caption, inset.quote, inset.table, *cells):
        wanted = _normal(str(piece if piece is not None else ""))
        if wanted not in found:
            _compare(wanted, found, story, name, findings)
            return
        found = found.replace(wanted, "", 1)


def _outside_insets(part: Part, page: list[Character]) -> list[Character]:
    """A page's characters but those of the part's insets: these may lie inside a column (绕排)."""
    if not part.insets:
        return page
    boxes = [inset.box for inset in part.insets]
    return [each for each in page if not any(_is_in(each, box) for box in boxes)]


def story_text(story: Story, tail: str = "") -> str:
    """A story's characters in the order of the page: lead-in, body, byline.

    A label stands before its item, a reading (注音) after the text that it is for.
    """
    body = (
        (block.label or "") + "".join(run.text + (run.ruby or "") for run in block.runs)
        for block in story.body
    )
    return (story.head.lead_in or "") + "".join(body) + tail


def _unbracketed(text: str, story: Story) -> str:
    """A text without the brackets in which readings stand where the leading has no room."""
    text = _normal(text)
    for run in (run for block in story.body for run in block.runs if run.ruby):
        reading = _normal(run.ruby or "")
        text = text.replace(f"({reading})", reading)
    return text


def _tail(edition: Edition, first: Part) -> str:
    byline = edition.issue.stories[first.story].head.byline
    return f"{edition.issue.paper.byline_mark}{byline}" if byline and not first.head.byline else ""


def _raised(box: Box, top_mm: float = 0.0, foot_mm: float = 0.0) -> Box:
    """A box whose top and foot stand so much higher."""
    return replace(box, y=box.y - top_mm, height=box.height + top_mm - foot_mm)


def _text_in(characters: Iterable[Character], box: Box) -> str:
    return "".join(character.text for character in characters if _is_in(character, box))


def _is_in(character: Character, box: Box) -> bool:
    return (
        box.x - _SLACK_MM < character.x < box.x + box.width
        and box.y < character.y < box.y + box.height
    )


def _compare(
    wanted: str,
    found: str,
    story: Story,
    name: str,
    findings: Findings,
    in_order: bool = True,
) -> None:
    """Characters in order, white space aside; one glyph may stand for two like characters."""
    left = _normal(wanted)
    right = _without_set_hyphens(_normal(found), left)
    has_order = in_order and not _is_turned(left)
    if left == right or (not has_order and _in_any_order(left) == _in_any_order(right)):
        return
    pairs = enumerate(zip(left, right, strict=False))
    at = next((at for at, (one, other) in pairs if one != other), min(len(left), len(right)))
    findings.add(
        "text.differs",
        story.place,
        file=name,
        story=story.title,
        at=at,
        wanted=left[at : at + _SHOWN],
        found=right[at : at + _SHOWN],
    )


def _without_set_hyphens(found: str, wanted: str) -> str:
    """The text without the hyphens that parted its words at lines' ends."""
    kept: list[str] = []
    for character in found:
        if character != "-" or wanted[len(kept) : len(kept) + 1] == "-":
            kept.append(character)
    return "".join(kept)


def _is_turned(text: str) -> bool:
    """Whether a text has right-to-left letters: readers of PDF turn its lines each their way."""
    return any(unicodedata.bidirectional(character) in ("R", "AL") for character in text)


def _in_any_order(text: str) -> list[str]:
    """A text's characters without brackets and quotes, which readers mirror in turned text."""
    kept = (character for character in text if not unicodedata.mirrored(character))
    return sorted(character for character in kept if character not in "“”‘’")


def _normal(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text.translate(_ONE_GLYPH)).split())
