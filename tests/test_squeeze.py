"""Driving in and out: which gaps give way first, and how far each one may go."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from producer.compose.justify import space_line
from producer.compose.spacing import Spacing
from producer.fonts.library import FontLibrary
from tests.composing import paragraph_of

MIXED = Spacing(mixed_gap=0.125, mixed_least=0.1, mixed_most=0.25, tightest=0.05)
# A bracket, pauses, CJK–Latin gaps, a stop: 14 characters, natural width 12.75 em.
TEXT = "一（二）三，四AB五。六七八"


def gaps_at(fonts: FontLibrary, text: str, measure: float, fill: bool = True) -> dict[str, float]:
    """What stands behind each character (the last of its kind) of a line of that width."""
    paragraph = paragraph_of(fonts, text, spacing=MIXED)
    line = space_line(paragraph, 0, len(text), measure, fill)
    return {text[at]: round(gap, 4) for at, gap in zip(line.order, line.gaps, strict=True)}


def natural(fonts: FontLibrary, text: str) -> float:
    return float(paragraph_of(fonts, text, spacing=MIXED).right[-1])


def test_the_order_of_squeezing(squares: FontLibrary) -> None:
    """GB/T 15834, 5.1.10, CLREQ 3.1.6: brackets, then pauses, gaps, stops, all gaps last."""
    width = natural(squares, TEXT)

    def squeezed(excess: float) -> tuple[float, ...]:
        gaps = gaps_at(squares, TEXT, width - excess)
        return tuple(gaps[mark] for mark in "一），四。二")

    assert squeezed(0) == (0, 0, 0, 0.125, 0, 0)
    assert squeezed(0.5) == (-0.25, -0.25, 0, 0.125, 0, 0)
    assert squeezed(1.0) == (-0.5, -0.5, 0, 0.125, 0, 0)
    assert squeezed(1.25) == (-0.5, -0.5, -0.25, 0.125, 0, 0)
    assert squeezed(1.5) == (-0.5, -0.5, -0.5, 0.125, 0, 0)
    assert squeezed(1.55) == (-0.5, -0.5, -0.5, 0.1, 0, 0)
    assert squeezed(1.8) == (-0.5, -0.5, -0.5, 0.1, -0.25, 0)
    assert squeezed(2.05) == (-0.5, -0.5, -0.5, 0.1, -0.5, 0)


def test_at_last_all_gaps_give_a_little_alike(squares: FontLibrary) -> None:
    """12 gaps open; inside AB nothing does."""
    width = natural(squares, TEXT)
    gaps = gaps_at(squares, TEXT, width - 2.05 - 12 * 0.02)
    assert (gaps["一"], gaps["六"], gaps["A"]) == pytest.approx((-0.52, -0.02, 0), abs=1e-4)
    gaps = gaps_at(squares, TEXT, width - 2.05 - 12 * 0.2)
    assert gaps["六"] == -MIXED.tightest


def test_cjk_latin_gaps_open_first_and_up_to_the_most(squares: FontLibrary) -> None:
    text = "一二AB三四"
    width = natural(squares, text)
    assert gaps_at(squares, text, width + 0.1) == pytest.approx(
        {"一": 0, "二": 0.175, "A": 0, "B": 0.175, "三": 0, "四": 0}
    )
    gaps = gaps_at(squares, text, width + 0.25 + 0.4)
    assert gaps == pytest.approx({"一": 0.1, "二": 0.35, "A": 0, "B": 0.35, "三": 0.1, "四": 0})


def test_a_last_line_is_not_opened(squares: FontLibrary) -> None:
    assert gaps_at(squares, "一二AB三四", 20, fill=False)["二"] == 0.125


@settings(max_examples=150, deadline=None)
@given(text=st.text("一二三，。（）AB1、“”", min_size=2, max_size=14), change=st.floats(-3, 3))
def test_a_line_is_as_wide_as_it_says(squares: FontLibrary, text: str, change: float) -> None:
    """Whatever is driven in or out: the widths and gaps add up to the line's width."""
    paragraph = paragraph_of(squares, text, spacing=MIXED)
    total = len(paragraph.clusters)
    measure = max(1.0, paragraph.right[-1] + change)
    line = space_line(paragraph, 0, total, measure, fill=True)
    width = sum(cluster.width for cluster in paragraph.clusters) + sum(line.gaps)
    give = sum(paragraph.shrink_after[:-1]) + MIXED.tightest * paragraph.gaps[-1]
    hangs = paragraph.blank_after[-1]
    if paragraph.right[-1] - measure > give + hangs:
        return  # no breaker would give it this line
    can_open = paragraph.gaps[-1] or paragraph.spread[-1]
    if paragraph.right[-1] < measure and not can_open:
        measure = paragraph.right[-1]
    assert measure - 1e-6 <= width <= measure + hangs + 1e-6
    assert all(
        gap >= paragraph.gap_after[at] - paragraph.shrink_after[at] - MIXED.tightest - 1e-6
        for at, gap in zip(line.order[:-1], line.gaps[:-1], strict=True)
    )
