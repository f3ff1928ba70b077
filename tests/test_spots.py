"""Spot colours of PDF advertisements: kept as plates of their own, or in process inks."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Pdf, Stream

from producer.errors import ProducerError
from producer.inspection import InspectOptions, inspect
from producer.pdf.functions import UnknownFunction, read_function
from producer.pdf.spots import SpotError, convert_spots
from producer.preflight.separations import PROCESS, separate
from tests.conftest import ROOT, Build, outputs
from tests.independent import needs
from tests.issuefactory import IssueFactory, page, place_story, story
from tests.test_pdf_picture import advert, saved

# Streams live as long as their file.
KEPT = Pdf.new()
RED = (0.0, 0.9, 0.7, 0.0)


def exponential(inks: tuple[float, ...] = RED) -> Dictionary:
    return Dictionary(FunctionType=2, Domain=Array([0, 1]), C0=Array([0] * 4), C1=Array(inks), N=1)


def separation(name: str = "/Festive Red", function: Any = None) -> Array:
    return Array([Name.Separation, Name(name), Name.DeviceCMYK, function or exponential()])


def ad(content: bytes, **resources: Any) -> Pdf:
    return advert(content, **resources)


def converted(pdf: Pdf) -> list[tuple[list[Any], str]]:
    """The operators of a page after conversion; nothing of it names a spot any more."""
    convert_spots(pdf.pages[0], pdf)
    pdf = Pdf.open(io.BytesIO(saved(pdf)))
    pdf.remove_unreferenced_resources()
    assert "Festive" not in "".join(repr(each) for each in pdf.objects if "Array" in repr(each))
    made = pikepdf.parse_content_stream(pdf.pages[0])
    return [(list(map(_plain, one.operands)), str(one.operator)) for one in made]


def _plain(operand: Any) -> Any:
    return operand if isinstance(operand, pikepdf.Object) else float(operand)


# ---------------------------------------------------------------- functions


def test_a_function_between_two_colours() -> None:
    assert read_function(exponential())([0.5]) == pytest.approx([0, 0.45, 0.35, 0])


def test_functions_in_a_row() -> None:
    parts = Array([exponential(), exponential((1, 0, 0, 0))])
    raw = Dictionary(FunctionType=3, Domain=Array([0, 1]), Functions=parts)
    raw.Bounds, raw.Encode = Array([0.5]), Array([0, 1, 1, 0])
    function = read_function(raw)
    assert function([0.25]) == pytest.approx([0, 0.45, 0.35, 0])
    assert function([0.75]) == pytest.approx([0.5, 0, 0, 0])


def test_a_table_is_interpolated_in_both_directions() -> None:
    # Two inputs, two entries each: the first runs fastest.
    raw = Stream(KEPT, bytes([0, 255, 51, 255]), FunctionType=0, BitsPerSample=8)
    raw.Domain, raw.Range, raw.Size = Array([0, 1, 0, 1]), Array([0, 1]), Array([2, 2])
    function = read_function(raw)
    assert function([0, 0]) == [0]
    assert function([0, 1]) == pytest.approx([0.2])
    assert function([1, 0]) == [1]
    assert function([0.5, 0.5]) == pytest.approx([0.55])
    assert function([2, -1]) == [1], "beyond the domain it stays at the edge"


def calculator(program: bytes, outputs: int) -> Any:
    raw = Stream(KEPT, program, FunctionType=4, Domain=Array([0, 1]))
    raw.Range = Array([-99, 99] * outputs)
    return read_function(raw)


@pytest.mark.parametrize(
    ("program", "results"),
    [
        (b"{ }", [0.5]),
        (b"{ dup 0.4 mul exch 1 exch sub }", [0.2, 0.5]),
        (b"{ 1 2 3 3 1 roll }", [0.5, 3, 1, 2]),
        (b"{ 1 2 3 3 -1 roll }", [0.5, 2, 3, 1]),
        (b"{ 7 2 idiv 7 2 mod 2 3 exp }", [0.5, 3, 1, 8]),
        (b"{ 0.4 gt { 1 } { 2 } ifelse true { 4 } if }", [1, 4]),
        (b"{ 1 index 2 copy }", None),
        (b"{ 4 1 index pop -1.5 abs 2.5 round -2.5 truncate }", [0.5, 4, 1.5, 3, -2]),
        (b"{ pop 90 sin 1 1 atan 5 3 and 1 2 bitshift }", [1, 45, 1, 4]),
        (b"{ pop 2 sqrt dup mul 100 log 1 ln true not { 1 } { 0 } ifelse }", [2, 2, 0, 0]),
    ],
)
def test_a_program(program: bytes, results: list[float] | None) -> None:
    if results is None:
        with pytest.raises(UnknownFunction):
            calculator(program, 1)([0.5])
    else:
        assert calculator(program, len(results))([0.5]) == pytest.approx(results)


@pytest.mark.parametrize("program", [b"{ frobnicate }", b"{ 1", b"1 }"])
def test_a_program_that_cannot_be_read(program: bytes) -> None:
    with pytest.raises(UnknownFunction):
        calculator(program, 1)


# ---------------------------------------------------------------- a page in process inks


def test_fills_strokes_and_what_is_saved() -> None:
    content = (
        b"/S cs 1 scn 0 0 9 9 re f q 0 0 0 1 k /S CS 0.5 SCN 0 0 m 9 9 l S Q 0.5 scn 0 0 9 9 re f"
    )
    told = converted(ad(content, ColorSpace=Dictionary(S=separation())))
    inks = [(values, name) for values, name in told if name in ("k", "K", "cs", "CS", "scn", "SCN")]
    assert inks == [
        ([0, 0.9, 0.7, 0], "k"),
        ([0, 0.9, 0.7, 0], "k"),
        ([0, 0, 0, 1], "k"),
        ([0, 0.9, 0.7, 0], "K"),
        ([0, 0.45, 0.35, 0], "K"),
        ([0, 0.45, 0.35, 0], "k"),
    ]


def test_several_spots_by_a_program() -> None:
    pdf = ad(b"/N cs 0.5 1 scn 0 0 9 9 re f")
    program = Stream(
        pdf, b"{ exch dup 0.5 mul exch 0.2 mul 3 -1 roll 0 exch 0.1 mul }", FunctionType=4
    )
    program.Domain, program.Range = Array([0, 1, 0, 1]), Array([0, 1] * 4)
    names = Array([Name("/Festive Red"), Name("/Festive Gold")])
    space = Array([Name.DeviceN, names, Name.DeviceCMYK, pdf.make_indirect(program)])
    pdf.pages[0].obj.Resources.ColorSpace = Dictionary(N=pdf.make_indirect(space))
    told = converted(pdf)
    assert ([0.25, 0.1, 0, 0.1], "k") in told


def test_process_inks_by_name_and_registration_stay() -> None:
    spaces = Dictionary(B=separation("/Black"), A=separation("/All"))
    pdf = ad(b"/B cs 1 scn 0 0 9 9 re f /A cs 1 scn 0 0 9 9 re f", ColorSpace=spaces)
    convert_spots(pdf.pages[0], pdf)
    assert pdf.pages[0].obj.Contents.read_bytes().count(b"scn") == 2
    assert set(pdf.pages[0].obj.Resources.ColorSpace) == {"/A", "/B"}


def image(pdf: Pdf, space: Any, data: bytes, bits: int = 8) -> Any:
    made = pdf.make_stream(data, Type=Name.XObject, Subtype=Name.Image, Width=2, Height=1)
    made.ColorSpace, made.BitsPerComponent = space, bits
    pdf.pages[0].obj.Resources.XObject = Dictionary(I=made)
    return made


@pytest.mark.parametrize(
    ("data", "bits", "decode", "inks"),
    [
        (b"\x00\xff", 8, None, [0, 0, 0, 0, 0, 230, 178, 0]),
        (b"\x00\xff", 8, [1, 0], [0, 230, 178, 0, 0, 0, 0, 0]),
        (b"\x40", 1, None, [0, 0, 0, 0, 0, 230, 178, 0]),
    ],
)
def test_pictures(data: bytes, bits: int, decode: list[int] | None, inks: list[int]) -> None:
    pdf = ad(b"/I Do")
    made = image(pdf, separation(), data, bits)
    if decode:
        made.Decode = Array(decode)
    converted(pdf)
    assert list(made.read_bytes()) == pytest.approx(inks, abs=1)
    assert (str(made.ColorSpace), int(made.BitsPerComponent)) == ("/DeviceCMYK", 8)


def test_a_picture_with_a_palette() -> None:
    pdf = ad(b"/I Do")
    palette = Array([Name.Indexed, separation(), 1, pikepdf.String(b"\x00\xff")])
    made = image(pdf, palette, b"\x00\x01")
    converted(pdf)
    assert str(made.ColorSpace[1]) == "/DeviceCMYK"
    assert list(bytes(made.ColorSpace[3])) == pytest.approx([0, 0, 0, 0, 0, 230, 178, 0], abs=1)


def test_shadings_and_what_stands_in_forms_and_patterns() -> None:
    pdf = ad(b"/X Do /Sh sh")
    shade = Dictionary(FunctionType=2, Domain=Array([0, 1]), C0=Array([1]), C1=Array([0]), N=1)
    shading = Dictionary(ShadingType=2, ColorSpace=separation(), Coords=Array([0, 0, 9, 9]))
    shading.Function = shade
    tile = pdf.make_stream(b"/S cs 0.5 scn 0 0 4 4 re f", PatternType=1, PaintType=1)
    tile.Resources = Dictionary(ColorSpace=Dictionary(S=separation()))
    form = pdf.make_stream(b"/S cs 1 scn 0 0 4 4 re f", Type=Name.XObject, Subtype=Name.Form)
    form.Resources = Dictionary(ColorSpace=Dictionary(S=separation()), Pattern=Dictionary(P=tile))
    resources = pdf.pages[0].obj.Resources
    resources.Shading, resources.XObject = Dictionary(Sh=shading), Dictionary(X=form)
    converted(pdf)
    assert b"0 .9 .7 0 k" in form.read_bytes().replace(b"0.", b".")
    assert b".45 .35 0 k" in tile.read_bytes().replace(b"0.", b".")
    shading = pdf.pages[0].obj.Resources.Shading.Sh
    assert str(shading.ColorSpace) == "/DeviceCMYK"
    assert read_function(shading.Function)([0.0]) == pytest.approx(RED, abs=0.01)
    assert read_function(shading.Function)([1.0]) == [0] * 4


def uncoloured_pattern(pdf: Pdf) -> None:
    pdf.pages[0].obj.Resources.ColorSpace.S = Array([Name.Pattern, separation()])


def mesh(pdf: Pdf) -> None:
    shading = Dictionary(ShadingType=4, ColorSpace=separation())
    pdf.pages[0].obj.Resources.Shading = Dictionary(Sh=shading)


def alternate_of_light(pdf: Pdf) -> None:
    space = separation()
    space[2] = Array([Name.Lab, Dictionary()])
    pdf.pages[0].obj.Resources.ColorSpace.S = space


def inherited(pdf: Pdf) -> None:
    form = pdf.make_stream(b"0.5 scn 0 0 4 4 re f", Type=Name.XObject, Subtype=Name.Form)
    pdf.pages[0].obj.Resources.XObject = Dictionary(X=form)


def within_the_stream(pdf: Pdf) -> None:
    pdf.pages[0].contents_add(b"BI /W 1 /H 1 /BPC 8 /CS /S ID a EI")


def coarse_samples(pdf: Pdf) -> None:
    image(pdf, separation(), b"\x00", 4)


def unknown_packing(pdf: Pdf) -> None:
    image(pdf, separation(), b"\x00\x00").Filter = Name.JPXDecode


def no_function(pdf: Pdf) -> None:
    space = Array([Name.Separation, Name.Gold, Name.DeviceCMYK, Dictionary(FunctionType=2)])
    pdf.pages[0].obj.Resources.ColorSpace.S = space


@pytest.mark.parametrize(
    "spoil",
    [
        uncoloured_pattern,
        mesh,
        alternate_of_light,
        inherited,
        within_the_stream,
        coarse_samples,
        unknown_packing,
        no_function,
    ],
)
def test_what_cannot_be_converted_is_refused(spoil: Callable[[Pdf], None]) -> None:
    pdf = ad(b"/S cs 0.5 scn 0 0 9 9 re f", ColorSpace=Dictionary(S=separation()))
    spoil(pdf)
    with pytest.raises(SpotError):
        convert_spots(pdf.pages[0], pdf)


# ---------------------------------------------------------------- the finished file

CONTENT = b"/S cs 1 scn 0 0 60 50 re f 0 0 0 1 k 60 0 60 50 re f"


def built(folder: Path, build: Build, spots: str, source: Pdf) -> Path:
    factory = IssueFactory(folder)
    factory.paper |= {"press": {"spots": spots}}
    factory.images["ad.pdf"] = saved(source)
    factory.stories = {"alpha": story("正文。")}
    placed = {"advertisement": "ad.pdf", "alt": "广告", "rect": [1, 41, 3, 20]}
    factory.pages = [page(place_story("alpha", rect=[1, 1, 6, 20]), placed)]
    issue = factory.write()
    build(issue, home=ROOT, only="print")
    return outputs(issue) / "print.pdf"


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory, build: Build) -> dict[str, Path]:
    """The same advertisement in two papers, by what they do with spot colours."""
    spaces = {"ColorSpace": Dictionary(S=separation())}
    return {
        spots: built(tmp_path_factory.mktemp(spots), build, spots, ad(CONTENT, **spaces))
        for spots in ("keep", "convert")
    }


def test_a_kept_spot_has_a_plate_of_its_own(files: dict[str, Path]) -> None:
    needs("gs")
    (separation,) = separate(files["keep"], 72)
    plates = {plate.ink: plate.image for plate in separation.plates}
    assert list(plates) == [*PROCESS, "Festive Red"]
    spot = plates["Festive Red"]
    place = spot.getbbox()
    assert place and spot.getextrema() == (0, 255)
    assert plates["Magenta"].crop(place).getextrema() == (0, 0)


def test_a_converted_spot_is_in_process_inks(files: dict[str, Path]) -> None:
    needs("gs")
    (kept,), (made,) = (separate(files[spots], 72) for spots in ("keep", "convert"))
    plates = {plate.ink: plate.image for plate in made.plates}
    assert tuple(plates) == PROCESS
    place = kept.plates[4].image.getbbox()
    assert place is not None
    least, most = zip(*(plates[name].crop(place).getextrema() for name in PROCESS), strict=True)
    assert least == most == pytest.approx((0, 229.5, 178.5, 0), abs=1)


def test_the_check_holds_a_file_against_its_paper(files: dict[str, Path]) -> None:
    for spots, file in files.items():
        found = inspect(file, InspectOptions())
        (checked,) = found.files
        (result,) = [one for one in checked.results if one.check.id == "spot-colours"]
        assert result.given == {"allowed": spots == "keep"}
        assert result.state == "passed"


def test_a_spot_that_cannot_be_converted_names_the_file(tmp_path: Path, build: Build) -> None:
    source = ad(CONTENT, ColorSpace=Dictionary(S=separation()))
    mesh(source)
    with pytest.raises(ProducerError) as raised:
        built(tmp_path, build, "convert", source)
    (problem,) = raised.value.problems
    assert (problem.id, problem.place.file.rsplit("/", 1)[1]) == ("picture.spot", "ad.pdf")
