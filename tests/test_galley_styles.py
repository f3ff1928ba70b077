"""Character styles and kinds of paragraphs in a galley: signs, dots, readings, capitals, lists."""

from __future__ import annotations

import pytest

from producer.compose.galley import Composer, Setting
from producer.edition import ASCENT_EM, DESCENT_EM, Line, Mark, Span
from producer.fonts.library import FontLibrary
from producer.layouts import Layout
from producer.typestyles import EndMark, Ruby
from tests.composing import Painted, operands
from tests.conftest import make_composer, make_story

TEN = "一二三四五六七八九十"
HEAD = dict[str, object]


@pytest.fixture
def composer(tabloid: Layout, fonts: FontLibrary) -> Composer:
    return make_composer(tabloid, fonts)


@pytest.fixture
def square(tiny: Layout, squares: FontLibrary) -> Composer:
    """The tiny layout with drop capitals, readings and an end mark; an em is a character."""
    more = {
        "drop_capital": "square-bold",
        "ruby": Ruby(face="square-kai", scale=0.4),
        "end_mark": EndMark(file="end.svg", size_em=0.7),
    }
    body = tiny.body.model_copy(update=more)
    return make_composer(tiny.model_copy(update={"body": body}), squares)


def texts(lines: list[Line]) -> list[str]:
    return [line.text for line in lines]


def faces(line: Line) -> list[str]:
    return [span.face for span in line.spans]


def edges(line: Line) -> tuple[float, float]:
    return line.x_em, round(line.x_em + line.width_em, 4)


# ---------------------------------------------------------------- note signs and dots


def test_a_note_sign_is_small_and_raised(square: Composer) -> None:
    (line,) = square.galley(make_story("一^2^三"), 10, byline="／四")
    body, sign, *_ = line.spans
    assert (body.scale, body.rise_em) == (1, 0)
    assert (sign.scale, sign.rise_em) == (0.67, 0.3)
    assert line.text.startswith("一2三")
    painted = Painted(line, square)
    assert painted.edge("三") - painted.edge("2") == pytest.approx(0.335)  # half an em by 0.67


def test_a_note_sign_stays_with_its_character(square: Composer) -> None:
    """No line begins with one, and no CJK–Latin gap stands beside it."""
    assert texts(square.galley(make_story("一二三四五六七八^12^九十"), 10))[1].startswith("八12")


def test_a_note_sign_has_no_gap_beside_it(composer: Composer) -> None:
    (line,) = composer.galley(make_story("一^2^三"), 10, byline="■四")
    painted = Painted(line, composer)
    assert painted.edge("2") - painted.edge("一") == 1
    assert painted.edge("三") - painted.edge("2") < 0.4


def middles(line: Line, composer: Composer, characters: str) -> list[float]:
    return [edge + 0.5 for text, edge in Painted(line, composer).edges if text in characters]


def test_dots_stand_under_the_middles_of_characters_not_of_marks(square: Composer) -> None:
    (line, *_) = square.galley(make_story("一==二，三“四==五六七八九十一二"), 10)
    assert line.dots_em == pytest.approx(middles(line, square, "二三四"), abs=0.001)


def test_dots_follow_a_justified_line(composer: Composer) -> None:
    story = make_story("样城日报==GDP增长==的新闻排版试了又试，样城日报，样城")
    dotted = [line for line in composer.galley(story, 11) if line.dots_em]
    assert sum(len(line.dots_em) for line in dotted) == 5
    for line in dotted:
        painted = Painted(line, composer)
        known = [(text, edge) for text, edge in painted.edges if text in "GDP增长"]
        for middle, (text, edge) in zip(line.dots_em, known, strict=True):
            assert middle == pytest.approx(edge + width_of(composer, text) / 2, abs=0.03)


def width_of(composer: Composer, text: str) -> float:
    return composer.shaper.fonts.width_em("song", text)


# ---------------------------------------------------------------- readings


def reading_of(line: Line, rise: float) -> Span:
    (found,) = [span for span in line.spans if span.rise_em == pytest.approx(rise)]
    return found


def test_a_reading_is_centred_above_its_character(square: Composer) -> None:
    """Four letters of 0.2 em above one em; the pen goes back to the character's end."""
    (line,) = square.galley(make_story("一{二|abcd}三"), 10, byline="／四")
    reading = reading_of(line, ASCENT_EM + 0.06)
    assert (reading.face, reading.scale) == ("square-kai", 0.4)
    painted = Painted(line, square)
    assert painted.edge("a") == pytest.approx(painted.edge("二") + 0.1, abs=0.002)
    assert painted.edge("三") == pytest.approx(painted.edge("二") + 1, abs=0.002)


def test_a_wide_reading_makes_room(square: Composer) -> None:
    """Eight letters are 1.6 em; they may reach 0.2 em over their neighbours at either side."""
    (line,) = square.galley(make_story("一{二|abcdefgh}三"), 10, byline="／四")
    painted = Painted(line, square)
    assert painted.edge("a") - painted.edge("一") == pytest.approx(0.8, abs=0.002)
    assert painted.edge("三") - painted.edge("h") == pytest.approx(0, abs=0.002)


@pytest.mark.parametrize(
    ("first", "second"),
    [("abcdef", "ghijkl"), ("abcdefgh", "i"), ("a", "bcdefghi"), ("abcd", "efg")],
)
def test_two_readings_do_not_touch(square: Composer, first: str, second: str) -> None:
    story = make_story(f"{{一|{first}}}{{二|{second}}}")
    (line,) = square.galley(story, 10, byline="／四")
    painted = Painted(line, square)
    end_of_first = painted.edge(first[-1]) + 0.5 * 0.4
    assert painted.edge(second[0]) - end_of_first >= 0.1


def test_a_base_with_a_reading_is_not_parted(square: Composer) -> None:
    for before in range(1, 9):
        story = make_story(f"{TEN[:before]}{{天地|ab}}{TEN}", id=f"story-{before}")
        assert any("天地" in line.text for line in square.galley(story, 10))


def test_without_room_a_reading_follows_in_brackets(tiny: Layout, squares: FontLibrary) -> None:
    grid = tiny.grid.model_copy(update={"leading_pt": 12})
    body = tiny.body.model_copy(update={"ruby": Ruby(face="square-kai", scale=0.4)})
    layout = tiny.model_copy(update={"grid": grid, "body": body})
    composer = make_composer(layout, squares)
    story = make_story(f"一二{{三|ab}}四{TEN}五六七")
    lines = composer.galley(story, 10)
    assert texts(lines)[0].startswith("一二三（ab）四")
    assert {span.rise_em for line in lines for span in line.spans} == {0}
    text = story.body[0].text
    assert "".join(text[line.start : line.end] for line in lines) == text
    assert composer.galley(story, 10, Mark(0, lines[1].start)) == lines[1:]


def test_brackets_of_a_reading_stay_with_their_base(tiny: Layout, squares: FontLibrary) -> None:
    composer = make_composer(tiny, squares)  # no readings in its layout at all
    for before in range(1, 9):
        story = make_story(f"{TEN[:before]}{{字|ab}}{TEN}", id=f"story-{before}")
        assert any("字（ab）" in line.text for line in composer.galley(story, 10))


# ---------------------------------------------------------------- drop capitals


@pytest.mark.parametrize(("rows", "scale", "indent"), [(2, 3, 4), (3, 5, 6)])
def test_a_drop_capital(square: Composer, rows: int, scale: float, indent: int) -> None:
    """Rows of 2 em: from the first row's top to the last one's foot it is 3 or 5 em high."""
    story = make_story("天" + TEN * 4, drop_capital=rows)
    first, *others = square.galley(story, 12)
    capital = first.spans[0]
    assert (capital.face, capital.scale) == ("square-bold", scale)
    foot = capital.rise_em - DESCENT_EM * scale
    assert foot == pytest.approx(-2 * (rows - 1) - DESCENT_EM)
    assert (first.text, first.start, first.end) == ("天" + TEN[: 12 - indent], 0, 13 - indent)
    assert edges(first) == (0, 12)
    painted = Painted(first, square)
    assert painted.edges[1] == (TEN[0], pytest.approx(indent))
    assert [edges(line)[0] for line in others] == [indent] * (rows - 1) + [0] * (
        len(others) - rows + 1
    )
    assert "".join(texts([first, *others])) == story.body[0].text


def test_a_galley_goes_on_below_a_drop_capital(square: Composer) -> None:
    story = make_story("天" + TEN * 4, drop_capital=2)
    whole = square.galley(story, 12)
    assert square.galley(story, 12, Mark(0, whole[2].start)) == whole[2:]
    assert "".join(texts(whole)) == story.body[0].text


@pytest.mark.parametrize(
    ("text", "head"),
    [
        pytest.param("天一二", {}, id="short"),
        pytest.param("“天" + TEN * 4, {}, id="quotation mark"),
        pytest.param("天" + TEN * 4, {"lead_in": "本报讯"}, id="lead-in"),
        pytest.param("## 天\n\n" + TEN * 4, {}, id="subhead"),
        pytest.param("- 天" + TEN * 4, {}, id="list"),
    ],
)
def test_no_drop_capital(square: Composer, text: str, head: HEAD) -> None:
    lines = square.galley(make_story(text, drop_capital=2, **head), 12)
    assert {span.scale for line in lines for span in line.spans} == {1}
    assert lines[0].start == 0


# ---------------------------------------------------------------- kinds of paragraphs


def test_list_items_hang_behind_their_labels(composer: Composer) -> None:
    body = f"- {TEN * 2}\n\n  又{TEN * 2}\n\n10. {TEN * 2}"
    lines = composer.galley(make_story(body), 12)
    bullet = [line for line in lines if line.block == 0]
    again = [line for line in lines if line.block == 1]
    number = [line for line in lines if line.block == 2]
    assert bullet[0].text.startswith("•一")
    assert bullet[0].x_em == 1
    assert {line.x_em for line in again} == {bullet[1].x_em}
    assert number[0].text.startswith("10.一")
    assert number[0].x_em == bullet[0].x_em
    for first, second in ((bullet[0], bullet[1]), (number[0], number[1])):
        assert Painted(first, composer).edge("一") == pytest.approx(second.x_em, abs=0.002)
    assert (bullet[0].start, number[0].start) == (0, 0)
    assert all(line.x_em + line.width_em <= 12.001 for line in lines)


def test_a_quotation_stands_in_its_face_and_indent(composer: Composer) -> None:
    lines = composer.galley(make_story(f"> {TEN * 3}"), 12)
    assert {face for line in lines for face in faces(line)} == {"kai"}
    assert [line.x_em for line in lines] == [3, 1, 1]
    assert edges(lines[0])[1] == edges(lines[1])[1] == 12


def test_stanzas_have_air_between_them(composer: Composer) -> None:
    body = "前\n\n::: verse\n一\n二\n\n三\n四\n:::\n\n后"
    lines = composer.galley(make_story(body), 12)
    assert [(line.text.strip(), line.air_rows) for line in lines] == [
        ("前", 0),
        ("一", 0),
        ("二", 0),
        ("三", 1),
        ("四", 0),
        ("后", 0),
    ]


def test_questions_and_answers_have_their_faces(composer: Composer) -> None:
    question, answer = composer.galley(make_story("问：去哪？\n\n答：去样城。"), 20, byline="■某")
    assert faces(question) == ["hei-medium"]
    assert faces(answer)[:2] == ["hei-medium", "song"]
    assert [text for text, _ in Painted(answer, composer).edges][:2] == ["答", "："]
    assert len(list(operands(answer.spans[0]))) >= 2


def test_a_note_stands_in_its_face(composer: Composer) -> None:
    (line,) = composer.galley(make_story("::: note\n一二\n:::"), 12, byline="■某")
    assert faces(line)[0] == "kai"


def test_a_signature_stands_flush_right(composer: Composer) -> None:
    (_, line) = composer.galley(make_story("一\n\n::: signature\n样城日报社\n:::"), 12)
    assert faces(line)[0] == "kai"
    assert Painted(line, composer).edge("社") + 1 == pytest.approx(11 - 0.92, abs=0.002)


# ---------------------------------------------------------------- end marks


@pytest.mark.parametrize(("end", "ink"), [("六。", 0.5), ("六", 1), ("”", 0.5), ("A", 0.5)])
def test_an_end_mark_stands_behind_the_last_character(
    square: Composer, end: str, ink: float
) -> None:
    """A last mark's blank half is given up for the air before the end mark."""
    lines = square.galley(make_story(f"一二三\n\n四五{end}"), 10)
    assert lines[0].end_mark_em is None
    edge = Painted(lines[1], square).edge(end[-1])
    assert lines[1].end_mark_em == pytest.approx(edge + ink + 0.3)
    assert lines[1].text == f"四五{end}"


def test_a_tail_byline_takes_the_end_mark_s_place(square: Composer) -> None:
    lines = square.galley(make_story("一二三"), 10, byline="／四")
    assert [line.end_mark_em for line in lines] == [None]


@pytest.mark.parametrize("length", range(5, 26))
def test_an_end_mark_is_never_parted_from_the_text(square: Composer, length: int) -> None:
    lines = square.galley(make_story((TEN * 3)[:length] + "。"), 10)
    assert lines[-1].text.strip("。")
    assert lines[-1].end_mark_em is not None
    assert lines[-1].end_mark_em + 0.7 <= 10.001
    assert [line.end_mark_em for line in lines[:-1]] == [None] * (len(lines) - 1)


# ---------------------------------------------------------------- links, settings, the cache


def test_links_have_their_characters_edges(square: Composer) -> None:
    lines = square.galley(make_story("一二三[四五六七八九](page:2)十"), 8)
    found = [(line.text, link) for line in lines for link in line.links]
    assert [text for text, _ in found] == ["一二三四五六", "七八九十"]
    assert [(link.x_em, link.width_em, link.target) for _, link in found] == [
        (5, 3, "page:2"),
        (0, 3, "page:2"),
    ]


def test_tracking_opens_every_gap(square: Composer) -> None:
    (line,) = square.galley(make_story("一二AB三"), 10, byline="／四")
    (open_,) = square.galley(make_story("一二AB三"), 10, byline="／四", setting=Setting((), 0.02))
    before, after = Painted(line, square), Painted(open_, square)
    moved = {c: round(after.edge(c) - before.edge(c), 3) for c in "一二AB三"}
    assert moved == {"一": 0, "二": 0.02, "A": 0.04, "B": 0.04, "三": 0.06}


def test_tracking_can_save_a_line(square: Composer) -> None:
    """And no line is longer than its measure for it."""
    story = make_story((TEN * 6)[:58])
    for tracking in (-0.02, 0.02):
        lines = square.galley(story, 20, setting=Setting((), tracking))
        assert "".join(texts(lines)) == story.body[0].text
        assert all(edges(line)[1] <= 20.001 for line in lines)
        assert all(edges(line)[1] == pytest.approx(20, abs=0.001) for line in lines[:-1])


def test_subhead_rows_can_be_set(square: Composer) -> None:
    story = make_story("一\n\n## 二\n\n三")
    rows = [
        [line.rows for line in square.galley(story, 10, setting=setting)]
        for setting in (Setting(), Setting(subhead_rows=1), Setting(subhead_rows=3))
    ]
    assert rows == [[1, 2, 1], [1, 1, 1], [1, 3, 1]]


def test_changes_are_by_block(square: Composer) -> None:
    story = make_story(f"{TEN * 5}一二三四五六七八\n\n{TEN * 5}一二三四五六七八")
    best = square.galley(story, 20)
    assert 1 in square.line_changes(story, 1, 20)
    longer = square.galley(story, 20, setting=Setting(((1, 1),)))
    assert len(longer) == len(best) + 1
    assert [line for line in longer if line.block == 0] == [x for x in best if x.block == 0]


def test_a_galley_is_remembered_and_not_shared(square: Composer) -> None:
    story = make_story(TEN * 3)
    first = square.galley(story, 10)
    second = square.galley(story, 10)
    assert first == second
    first.clear()
    assert square.galley(story, 10) == second != []


def test_a_galley_is_kept_by_content_not_by_name(tiny: Layout, squares: FontLibrary) -> None:
    composer = make_composer(tiny, squares)
    one, other = make_story("一二三"), make_story("四五六")
    assert one.id == other.id
    assert [line.text for line in composer.galley(one, 10)] == ["一二三"]
    assert [line.text for line in composer.galley(other, 10)] == ["四五六"]
