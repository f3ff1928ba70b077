"""A tiny clean press file, made by pikepdf alone, for tests to break in one way each.

Two pages of 100 × 150 mm with 3 mm bleed on all sides; black text that overprints, a rule, a tint
that bleeds, a CMYK picture of 200 ppi. The first page jumps to the second.
"""

from __future__ import annotations

import io
import random
from pathlib import Path

import pikepdf
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from pikepdf import Array, Dictionary, Name, Pdf, Stream, String

from tests.fonts import square

MM = 72 / 25.4
WIDTH, HEIGHT, BLEED = 100 * MM, 150 * MM, 3 * MM
PICTURE_MM, PICTURE_PIXELS = 25.4, 200
FIRST = (
    (12, 8, "样城时报", 20),
    (12, 20, "2026年12月1日 星期二 第96期 总第2148期 今日2版", 8),
    (12, 60, "正文写在这里（下转第2版）", 9),
)
SECOND = ((12, 6, "2 综合 2026年12月1日 星期二 样城时报", 8), (12, 60, "（上接第1版）接着写", 9))
Line = tuple[float, float, str, float]


class PressFile:
    """Makes the file; `lines` of both pages can be other than the clean ones."""

    def __init__(self, folder: Path) -> None:
        source = folder / "square.ttf"
        square.build(source)
        self._font = source
        self._glyphs: dict[str, int] = {}

    def make(self, first: tuple[Line, ...] = FIRST, second: tuple[Line, ...] = SECOND) -> Pdf:
        """The clean file, open."""
        pdf = Pdf.new()
        text = "".join(line[2] for line in (*first, *second))
        font = self._embed(pdf, text)
        for lines in (first, second):
            self._page(pdf, lines, font)
        with pdf.open_metadata(set_pikepdf_as_editor=False) as metadata:
            metadata["dc:title"] = "样城时报 2026年12月1日"
            metadata["pdfxid:GTS_PDFXVersion"] = "PDF/X-4"
        press = Stream(pdf, profile(b"CMYK", b"prtr"), N=4)
        pdf.Root.OutputIntents = Array(
            [
                Dictionary(
                    Type=Name.OutputIntent,
                    S=Name.GTS_PDFX,
                    OutputConditionIdentifier=String("newspaper"),
                    DestOutputProfile=pdf.make_indirect(press),
                )
            ]
        )
        pdf.Root.Lang = String("zh-Hans-CN")
        return pdf

    def _embed(self, pdf: Pdf, text: str) -> pikepdf.Object:
        """The square font, cut to the text's characters, as a composite font."""
        font = TTFont(self._font)
        options = Options(retain_gids=False, notdef_outline=True)
        subsetter = Subsetter(options)
        subsetter.populate(text=text)
        subsetter.subset(font)
        order = {name: at for at, name in enumerate(font.getGlyphOrder())}
        cmap = font.getBestCmap()
        self._glyphs = {chr(code): order[name] for code, name in cmap.items()}
        buffer = io.BytesIO()
        font.save(buffer)
        widths = [font["hmtx"][name][0] for name in font.getGlyphOrder()]
        descriptor = Dictionary(
            Type=Name.FontDescriptor,
            FontName=Name("/ABCDEF+Square"),
            Flags=4,
            FontBBox=Array([0, -200, 1000, 800]),
            ItalicAngle=0,
            Ascent=800,
            Descent=-200,
            CapHeight=800,
            StemV=80,
            FontFile2=pdf.make_indirect(Stream(pdf, buffer.getvalue())),
        )
        inner = Dictionary(
            Type=Name.Font,
            Subtype=Name.CIDFontType2,
            BaseFont=Name("/ABCDEF+Square"),
            CIDSystemInfo=Dictionary(Registry="Adobe", Ordering="Identity", Supplement=0),
            FontDescriptor=pdf.make_indirect(descriptor),
            CIDToGIDMap=Name.Identity,
            W=Array([0, Array(widths)]),
        )
        unicode = Stream(pdf, _to_unicode(self._glyphs))
        return pdf.make_indirect(
            Dictionary(
                Type=Name.Font,
                Subtype=Name.Type0,
                BaseFont=Name("/ABCDEF+Square"),
                Encoding=Name("/Identity-H"),
                DescendantFonts=Array([pdf.make_indirect(inner)]),
                ToUnicode=pdf.make_indirect(unicode),
            )
        )

    def _page(self, pdf: Pdf, lines: tuple[Line, ...], font: pikepdf.Object) -> None:
        page = pdf.add_blank_page(page_size=(WIDTH + 2 * BLEED, HEIGHT + 2 * BLEED))
        page.obj.TrimBox = Array([BLEED, BLEED, WIDTH + BLEED, HEIGHT + BLEED])
        page.obj.BleedBox = page.obj.MediaBox
        page.obj.Resources = Dictionary(
            Font=Dictionary(F=font),
            ExtGState=Dictionary(O=Dictionary(OP=True, op=True, OPM=1)),
            XObject=Dictionary(I=pdf.make_indirect(picture(pdf, PICTURE_PIXELS))),
        )
        parts = ["/O gs", "0 0 0 1 k"]
        for x, y, text, size in lines:
            codes = "".join(f"{self._glyphs[each]:04x}" for each in text)
            parts.append(f"BT /F {size} Tf 1 0 0 1 {at(x, y)} Tm <{codes}> Tj ET")
        parts.append(f"0 0 0 1 K 0.5 w {at(12, 70)} m {at(88, 70)} l S")
        # A tint that reaches over the trim into the bleed, and the picture.
        parts.append(f"0.1 0 0.2 0 k {at(-3, 153)} {106 * MM:.3f} {10 * MM:.3f} re f")
        side = PICTURE_MM * MM
        parts.append(f"q {side:.3f} 0 0 {side:.3f} {at(12, 105)} cm /I Do Q")
        page.obj.Contents = pdf.make_stream("\n".join(parts).encode())


def at(x: float, y: float) -> str:
    """A point in mm from the top left trim corner, as operands."""
    return f"{BLEED + x * MM:.3f} {BLEED + HEIGHT - y * MM:.3f}"


def picture(
    pdf: Pdf, pixels: int, ink: tuple[int, int, int, int] = (120, 90, 110, 60), space: str = "CMYK"
) -> Stream:
    """A picture with the detail of noise, square, of about such inks (0 to 255)."""
    noise = random.Random(7)
    inks = ink if space == "CMYK" else ink[:3]
    data = bytes(
        max(0, value - noise.randrange(60)) for _ in range(pixels * pixels) for value in inks
    )
    return Stream(
        pdf,
        data,
        Type=Name.XObject,
        Subtype=Name.Image,
        Width=pixels,
        Height=pixels,
        BitsPerComponent=8,
        ColorSpace=Name(f"/Device{space}"),
    )


def add(pdf: Pdf, content: str, page: int = 0) -> None:
    """Paint something more on a page; its graphics state is a page's own."""
    pdf.pages[page].contents_add(pdf.make_stream(content.encode()))


def set_ink(pdf: Pdf, **settings: object) -> None:
    """The graphics state that the text is set in."""
    for page in pdf.pages:
        page.obj.Resources.ExtGState.O = Dictionary(**settings)


def replace(pdf: Pdf, old: str, new: str) -> None:
    """Other operators in place of some, on every page that has them."""
    found = False
    for page in pdf.pages:
        content = page.obj.Contents.read_bytes()
        found |= old.encode() in content
        page.obj.Contents = pdf.make_stream(content.replace(old.encode(), new.encode()))
    assert found, old


def profile(space: bytes, device: bytes) -> bytes:
    """As much of an ICC profile as preflight reads: its header."""
    head = bytearray(128)
    head[12:16], head[16:20], head[36:40] = device, space, b"acsp"
    return bytes(head)


def _to_unicode(glyphs: dict[str, int]) -> bytes:
    rows = "".join(f"<{glyph:04x}> <{ord(text):04x}>\n" for text, glyph in glyphs.items())
    return (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap\n"
        "/CMapName /X def /CMapType 2 def\n"
        "1 begincodespacerange <0000> <ffff> endcodespacerange\n"
        f"{len(glyphs)} beginbfchar\n{rows}endbfchar\nendcmap end end\n"
    ).encode()
