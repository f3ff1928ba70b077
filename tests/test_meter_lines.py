"""What the meter takes for a line, a column, an edge and a gap: small pages in the square font.

The font's em is 10 pt here, its ASCII half of that, and lines stand where a test puts them, so
every figure is known beforehand. Where the meter corrects a simpler definition, a test shows why.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
import weasyprint
from weasyprint.text.fonts import FontConfiguration

from tests.fonts import square
from tests.meter.measures import Figures, measure_pdf

FULL = "天地玄黄宇宙洪荒日月"
EM = 10
LEADING = 15
# A line: its left edge in em, its text, and more CSS if need be.
Line = tuple[float, str] | tuple[float, str, str]
Measure = Callable[..., Figures]


@pytest.fixture(scope="module")
def measure(tiny_root: Path) -> Measure:
    """Sets lines below one another from a left edge on, in pt, and measures the page."""
    source = (tiny_root / "fonts" / "built" / "square.ttf").as_uri()
    configuration = FontConfiguration()

    def run(*lines: Line | None, left: float = 20, leading: float = LEADING) -> Figures:
        html = "".join(
            _line(left + line[0] * EM, 20 + at * leading, *line[1:])
            for at, line in enumerate(lines)
            if line
        )
        css = (
            f"@font-face {{ font-family: {square.FAMILY}; src: url({source}) }}"
            f"@page {{ size: 400pt 900pt; margin: 0 }}"
            f"p {{ position: absolute; margin: 0; white-space: pre; line-height: 1;"
            f" font: {EM}pt/1 {square.FAMILY} }}"
        )
        document = weasyprint.HTML(string=f"<style>{css}</style>{html}")
        return measure_pdf(document.write_pdf(font_config=configuration))

    return run


def _line(x: float, y: float, text: str, more: str = "") -> str:
    return f'<p style="left: {x}pt; top: {y}pt; {more}">{text}</p>'


def told(figures: Figures, kind: str) -> list[str]:
    return [fault.text for fault in figures.faults if fault.kind == kind]


def paragraph(lines: int, indent: float = 2, left: float = 0, em: int = 10) -> Iterable[Line]:
    """A justified paragraph whose last line is half full."""
    yield left + indent, FULL[: int(em - indent)]
    for _ in range(lines - 2):
        yield left, FULL[:em]
    yield left, FULL[: em // 2]


# ---------------------------------------------------------------- full lines and edges


def test_full_lines_are_those_that_a_paragraph_goes_on_below(measure: Measure) -> None:
    figures = measure(*paragraph(4), *paragraph(5))
    assert (figures.counts["lines"], figures.counts["full"]) == (9, 3 + 4)
    assert figures.as_json()["flush_p95_pt"] == 0
    assert figures.faults == []


@pytest.mark.parametrize("left", [20, 20.1, 20.12, 20.2])
def test_the_edge_is_exact_wherever_the_column_stands(measure: Measure, left: float) -> None:
    """Rounded to quarters of a point it would be an eighth off."""
    assert measure(*paragraph(6), left=left).as_json()["flush_p95_pt"] == pytest.approx(0, abs=2e-3)


def test_marks_that_hang_over_the_edge_do_not_tell_where_it_is(measure: Measure) -> None:
    """Most lines of a dialogue may end in a mark whose blank half hangs over."""
    dialogue = [(0.5, f"{FULL[:9]}。")] * 5
    figures = measure((2, FULL[:8]), *[(0, FULL)] * 3, *dialogue, (0, FULL[:5]))
    assert figures.as_json()["flush_p95_pt"] == 0
    assert told(figures, "ragged") == []


def test_a_line_that_does_not_reach_the_edge_is_ragged(measure: Measure) -> None:
    """Nine characters, where the tenth with its comma does not fit."""
    figures = measure(*paragraph(6), (2, FULL[:8]), (0, FULL[:9]), (0, "天，地"))
    assert told(figures, "ragged") == [FULL[:9]]
    assert told(figures, "ended early") == []


def test_a_line_that_passes_the_edge_is_ragged(measure: Measure) -> None:
    figures = measure(*paragraph(6), (2, FULL[:8]), (0, FULL + "天"), (0, FULL), (0, FULL[:2]))
    assert told(figures, "ragged") == [FULL + "天"]


def test_the_blank_half_of_a_closing_mark_may_hang(measure: Measure) -> None:
    line = (0, f"{FULL[:9]}天，", "letter-spacing: -0.5pt")
    figures = measure(*paragraph(6), (2, FULL[:8]), line, (0, FULL[:2]))
    assert figures.as_json()["flush_p95_pt"] == 0


def test_a_closing_mark_short_of_the_edge_is_not_flush(measure: Measure) -> None:
    """It ends where its ink and its blank end: what is missing after that is seen."""
    line = (0, f"{FULL[:9]}，", "letter-spacing: -0.4pt")
    figures = measure(*paragraph(6), (2, FULL[:8]), line, (0, FULL[:2]))
    assert told(figures, "ragged") == [f"{FULL[:9]}，"]


def test_a_paragraph_may_end_before_one_without_indent(measure: Measure) -> None:
    """The next character would have fitted: the line was ended on purpose."""
    figures = measure(*paragraph(6), (2, FULL[:8]), (0, FULL[:7]), (0, FULL), (0, FULL[:2]))
    assert told(figures, "ended early") == [FULL[:7]]
    assert told(figures, "ragged") == []


def test_among_ragged_lines_none_was_ended_on_purpose(measure: Measure) -> None:
    """A breaker that leaves lines short has left this one short as well."""
    ragged = [(0, FULL[:9]), (0, "天，地" + FULL[:7])]
    ended = [(2, FULL[:8]), (0, FULL[:7]), (0, FULL), (0, FULL[:2])]
    figures = measure(*paragraph(6), (2, FULL[:8]), *ragged, *ended)
    assert told(figures, "ended early") == []
    assert told(figures, "ragged") == [FULL[:9], FULL[:7]]


def test_frames_one_above_the_other_have_their_own_edges(measure: Measure) -> None:
    figures = measure(*paragraph(8), None, None, *paragraph(6, em=8))
    assert figures.counts["full"] == 7 + 5
    assert figures.faults == []


def test_verse_has_no_edge(measure: Measure) -> None:
    lines = [(1, FULL[:length]) for length in (7, 8, 6, 7, 7, 8, 7)]
    figures = measure(*lines, None, *paragraph(12, left=15))
    assert told(figures, "ragged") == []
    assert len(told(figures, "ended early")) == 4


def test_a_run_of_short_paragraphs_belongs_to_its_column(measure: Measure) -> None:
    """Eight of one line each are no column 2 em to the right."""
    short = [(2, FULL[: 5 + at % 3]) for at in range(8)]
    figures = measure(*paragraph(5), *short)
    assert figures.counts["full"] == 4
    assert figures.faults == []


def test_a_frame_that_stands_two_em_in_is_a_column(measure: Measure) -> None:
    figures = measure(*paragraph(9), None, *paragraph(12, left=2))
    assert figures.counts["full"] == 8 + 11


def test_lines_that_begin_with_a_halved_mark_stay_in_their_column(measure: Measure) -> None:
    """The mark's origin is half an em to the left of the column."""
    opened = [(-0.5, f"“{FULL[:9]}天", "letter-spacing: -0.05em")] * 4
    figures = measure(*paragraph(4), *paragraph(4), *opened, (0, FULL), (0, FULL[:2]))
    assert figures.counts["full"] == 3 + 3 + 5


# ---------------------------------------------------------------- gaps


def test_gaps_are_what_is_more_than_an_em(measure: Measure) -> None:
    figures = measure(*paragraph(4), (2, FULL[:8], "letter-spacing: 1pt"), (0, FULL[:2]))
    assert figures.as_json()["gap_max_em"] == pytest.approx(0.1, abs=2e-3)


def test_a_typed_space_is_no_gap(measure: Measure) -> None:
    """An em is left between a lead-in and the text."""
    figures = measure(*paragraph(4), (2, "本报讯　天地玄黄"), (0, FULL[:2]))
    assert figures.as_json()["gap_max_em"] == 0


def test_a_superscript_is_no_gap(measure: Measure) -> None:
    raised = '<span style="font-size: 5pt; vertical-align: 4pt">12</span>'
    figures = measure(*paragraph(4), (2, f"天地{raised}玄黄"), (0, FULL[:2]))
    assert figures.as_json()["gap_max_em"] == 0


def test_loose_lines_are_told_with_their_place(measure: Measure) -> None:
    wide = (2, FULL[:8], "letter-spacing: 3pt")
    loose = (0, "天地玄黄宇宙洪荒日月天地", "letter-spacing: 0.9pt")
    figures = measure(*paragraph(8, em=10), wide, (0, FULL[:2]))
    assert figures.counts["very loose"] == 0, "the column is ten em wide"
    lines = [(0, "天地玄黄宇宙洪荒日月天地")] * 6
    figures = measure(*lines, loose, wide, *lines)
    assert told(figures, "very loose") == [FULL[:8]]
    (fault,) = [fault for fault in figures.faults if fault.kind == "loose"]
    assert (fault.page, fault.column, round(fault.amount, 3)) == (1, 1, 0.09)


# ---------------------------------------------------------------- marks and air


@pytest.mark.parametrize(
    ("first", "count"),
    [((2, "——天地"), 0), ((0, "——天地"), 1), ((0, "，天地"), 1), ((2, "，天"), 1)],
)
def test_only_a_paragraph_may_begin_with_a_dash(measure: Measure, first: Line, count: int) -> None:
    assert measure(*paragraph(5), first, *paragraph(5)).counts["kinsoku"] == count


def test_no_line_ends_with_an_opening_mark(measure: Measure) -> None:
    figures = measure(*paragraph(4), (2, "天地《"), (0, "玄黄"))
    assert told(figures, "kinsoku") == ["天地《"]


def test_a_hyphen_at_a_lines_end_is_read(measure: Measure) -> None:
    """pdfium tells it as a control character, and the line would seem to end before it."""
    lines = [(0, "天地玄黄宇宙洪荒abc-"), (0, "defg，" + FULL[:7])]
    figures = measure(*[(0, "天地玄黄宇宙洪荒日月")] * 6, *lines)
    assert told(figures, "ragged") == []
    assert figures.counts["full"] == 7


def test_marks_side_by_side_take_less_than_two_em(measure: Measure) -> None:
    squeezed = '天地<span style="letter-spacing: -5pt">。</span>”玄黄'
    figures = measure(*paragraph(4), (2, "天地。”玄黄"), (2, squeezed), (2, "天（）地"))
    assert figures.counts["pairs"] == 3
    assert told(figures, "not squeezed") == ["天地。”玄黄"], "nothing is blank within （）"


def test_air_is_beside_what_the_line_is_driven_out_by(measure: Measure) -> None:
    """A line that is driven out has gaps everywhere: these are no air."""
    aired = '天<span style="letter-spacing: 1.5pt">地</span>ab'
    driven = ("天地玄黄ab", "letter-spacing: 1.5pt")
    figures = measure(*paragraph(4), (2, aired), (2, *driven))
    assert (figures.counts["borders"], figures.counts["aired"]) == (2, 1)


# ---------------------------------------------------------------- grid


def test_the_grid_is_exact_over_a_whole_page(measure: Measure) -> None:
    """A leading that is rounded to tenths would be 2 pt off after forty lines."""
    figures = measure(*paragraph(40), leading=12.55)
    assert figures.as_json()["grid_p95_pt"] == pytest.approx(0, abs=0.02)


def test_a_line_off_the_grid_is_seen(measure: Measure) -> None:
    lines = [(0, FULL)] * 5 + [(0, FULL, "margin-top: 2pt")] * 2
    assert measure(*lines, *paragraph(5)).as_json()["grid_p95_pt"] == pytest.approx(2, abs=0.01)
