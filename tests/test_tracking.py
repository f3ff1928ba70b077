"""Headlines of few characters are spread; lines with marks at an end are centred optically."""

from __future__ import annotations

import pytest

from producer.compose.coverage import Coverage
from producer.errors import Findings
from producer.fit.heads import HeadSetter, SetHead
from producer.fonts.library import FontLibrary
from producer.layouts import Layout
from producer.typestyles import HeadPart, HeadStyle
from tests.conftest import make_story

FEW = {2: 1.0, 3: 0.5, 4: 0.25}


def set_head(fonts: FontLibrary, layout: Layout, text: object, **style: object) -> SetHead:
    """A headline in a frame of 20 em (200 pt in the tiny layout)."""
    setter = HeadSetter(Coverage(fonts, Findings()), layout.grid, Findings())
    story = make_story("正文", headline=text)
    return setter.story_head(story, HeadStyle.model_validate(style), 20)


def spread(squares: FontLibrary, tiny: Layout, headline: object, size: int = 20) -> SetHead:
    part = HeadPart(face="square", sizes=(size,), tracking=FEW)
    return set_head(squares, tiny, headline, headline=part)


@pytest.mark.parametrize(
    ("headline", "tracking", "x_pt"),
    [
        ("江声", 1.0, 70),  # 2 em and 1 between them: 60 of 200 pt
        ("先行者", 0.5, 60),
        ("夜校开班", 0.25, 52.5),
        ("周末去哪儿", 0.0, 50),
        ("一", 0.0, 90),
        (("江声", "夜校开班"), 0.25, 77.5),  # by the longest line
        ("AI", 0.0, 90),
        ("“江声", 0.0, 60),  # nothing but ideographs is spread
    ],
)
def test_tracking_is_by_the_number_of_characters(
    squares: FontLibrary, tiny: Layout, headline: object, tracking: float, x_pt: float
) -> None:
    line = spread(squares, tiny, headline).lines[0]
    assert (line.tracking_em, line.x_pt) == (tracking, pytest.approx(x_pt))


@pytest.mark.parametrize(("size", "tracking"), [(40, 0.5), (60, 0.16), (66, 0.01), (67, None)])
def test_tracking_never_costs_size(
    squares: FontLibrary, tiny: Layout, size: int, tracking: float | None
) -> None:
    """Three characters of 60 pt leave 20 pt of 200 for two gaps."""
    (line,) = spread(squares, tiny, "先行者", size).lines
    assert line.tracking_em == (tracking or 0.0)
    assert line.x_pt >= 0


def centre(fonts: FontLibrary, layout: Layout, headline: str) -> float:
    """The middle of a headline's characters between its marks, from the middle of 180 pt, in em."""
    part = HeadPart(face="song-black", sizes=(10,), features=("halt",))
    (line,) = set_head(fonts, layout, headline, headline=part).lines
    start, end = len(headline) - len(headline.lstrip("“《")), len(headline.rstrip("”》？，"))
    before = fonts.width_em("song-black", headline[:start], ("halt",))
    middle = before + fonts.width_em("song-black", headline[start:end], ("halt",)) / 2
    return round(line.x_pt / 10 + middle - 9, 2)


@pytest.mark.parametrize(
    ("headline", "off"),
    [
        ("江岸走通", 0),
        ("“江岸”走通", 0),
        ("江岸“走通”", 0),
        ("“江岸走通”", 0),
        ("《江岸》走通，", 0),
        ("江岸走通？", -0.12),  # a mark full of ink counts by half
    ],
)
def test_characters_stand_in_the_middle(
    fonts: FontLibrary, tabloid: Layout, headline: str, off: float
) -> None:
    assert centre(fonts, tabloid, headline) == pytest.approx(off, abs=0.011)


def test_a_line_that_is_moved_stays_within_its_frame(fonts: FontLibrary, tabloid: Layout) -> None:
    part = HeadPart(face="song-black", sizes=(20,), features=("halt",))
    (line,) = set_head(fonts, tabloid, "“江岸走通了没有”吗", headline=part).lines
    width = fonts.width_em("song-black", line.text, ("halt",)) * 20
    assert 0 <= line.x_pt <= 180 - width


def test_a_plate_has_air_at_its_sides_and_below(squares: FontLibrary, tiny: Layout) -> None:
    """Of 200 pt, 10 on either side are the plate's: nine characters of 20 pt fit, not ten."""
    part = {"face": "square", "sizes": (20, 18)}
    style = {"headline": part, "look": "reversed", "sides_pt": 10, "below_pt": 3}
    (line,) = set_head(squares, tiny, "一二三四五六七八九", **style).lines
    assert (line.size_pt, line.x_pt) == (20, 10)
    (line,) = set_head(squares, tiny, "一二三四五六七八九十", **style).lines
    assert (line.size_pt, line.x_pt) == (18, 10)
    found = set_head(squares, tiny, "一二", **style | {"padding_pt": 12})
    assert (found.height_pt, found.rows) == (24, 2)  # 24 + 12 + 3 pt on rows of 20
