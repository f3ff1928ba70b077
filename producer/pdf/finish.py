"""The print edition finished as PDF/X-4 (ISO 15930-7): inks, overprint, boxes, output intent."""

from __future__ import annotations

import hashlib
import io
import uuid
from xml.sax.saxutils import escape

import pikepdf

from producer import __version__
from producer.colour.inks import InkTable
from producer.colour.profile import Profile
from producer.errors import ExitCode, Place, ProducerError, problem
from producer.fonts.library import FontLibrary
from producer.layouts import Layout
from producer.model import Issue, Press
from producer.pdf.content import UnknownColour
from producer.pdf.marks import add_marks
from producer.pdf.placed import fill_places
from producer.pdf.recolour import Recolourer

_X4 = "PDF/X-4"
_XMP = """\
<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"
 xmlns:xmpMM="http://ns.adobe.com/xap/1.0/mm/" xmlns:pdfxid="http://www.npes.org/pdfx/ns/id/">
<pdfxid:GTS_PDFXVersion>{version}</pdfxid:GTS_PDFXVersion>
<pdf:Producer>{producer}</pdf:Producer>
<pdf:Trapped>False</pdf:Trapped>
<dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>
<xmp:CreatorTool>{creator}</xmp:CreatorTool>
<xmp:CreateDate>{date}</xmp:CreateDate>
<xmp:ModifyDate>{date}</xmp:ModifyDate>
<xmp:MetadataDate>{date}</xmp:MetadataDate>
<xmpMM:DocumentID>uuid:{id}</xmpMM:DocumentID>
<xmpMM:InstanceID>uuid:{id}</xmpMM:InstanceID>
<xmpMM:VersionID>1</xmpMM:VersionID>
<xmpMM:RenditionClass>default</xmpMM:RenditionClass>
</rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="w"?>
"""


def finish_print(
    written: bytes, issue: Issue, layout: Layout, profile: Profile, fonts: FontLibrary
) -> bytes:
    """The file that the renderer wrote, as the printing plant takes it.

    Its ids come from its content and its dates from the issue: the same input, the same bytes.

    Raises:
        ProducerError: when a page has a colour that cannot be told in inks.
    """
    press = issue.paper.press
    with pikepdf.open(io.BytesIO(written)) as pdf:
        _recolour(pdf, layout, profile, press)
        fill_places(pdf, issue)
        for page in pdf.pages:
            _drop(page.obj, "/Annots")
        _drop(pdf.Root, "/Names", "/Dests", "/Outlines")
        if press.marks:
            add_marks(pdf, _slugs(pdf, issue, profile), fonts, layout.caption.face)
        _intend(pdf, profile)
        describe(pdf, issue, hashlib.sha256(written).digest())
        buffer = io.BytesIO()
        pdf.save(buffer, deterministic_id=True, force_version="1.6")
    return buffer.getvalue()


def _recolour(pdf: pikepdf.Pdf, layout: Layout, profile: Profile, press: Press) -> None:
    inks = InkTable(layout.inks, profile, press.ink_limit)
    recolourer = Recolourer(pdf, inks, profile, press.ink_limit)
    for number, page in enumerate(pdf.pages, 1):
        try:
            recolourer.page(page)
        except UnknownColour as error:
            place = Place(layout.folder.as_posix())
            unknown = problem("colour.space", place, page=number, space=str(error))
            raise ProducerError(unknown, ExitCode.SETUP) from error


def _slugs(pdf: pikepdf.Pdf, issue: Issue, profile: Profile) -> list[str]:
    """What tells a page's plates from those of others."""
    pages = len(pdf.pages)
    facts = f"{issue.paper.name} {issue.data.date.isoformat()}"
    return [f"{facts} {number}/{pages} {profile.name}" for number in range(1, pages + 1)]


def _drop(holder: pikepdf.Object, *keys: str) -> None:
    for key in keys:
        if key in holder:
            del holder[key]


def _intend(pdf: pikepdf.Pdf, profile: Profile) -> None:
    """Name the printing condition that the inks are meant for."""
    embedded = pdf.make_stream(profile.data, N=4)
    pdf.Root.OutputIntents = pikepdf.Array(
        [
            pikepdf.Dictionary(
                Type=pikepdf.Name.OutputIntent,
                S=pikepdf.Name.GTS_PDFX,
                OutputConditionIdentifier=profile.name,
                OutputCondition=profile.info,
                Info=profile.info,
                DestOutputProfile=embedded,
            )
        ]
    )


def describe(pdf: pikepdf.Pdf, issue: Issue, digest: bytes) -> None:
    """Metadata, alike in the document's information and in XMP; the digest gives the ids."""
    info = pdf.docinfo
    date, tool = issue.data.date, f"producer {__version__}"
    texts = {
        "title": str(info.get("/Title", issue.id)),
        "author": issue.paper.publisher,
        "creator": tool,
        "producer": str(info["/Producer"]),
        "date": f"{date.isoformat()}T00:00:00Z",
        "version": _X4,
        "id": str(uuid.UUID(bytes=digest[:16], version=5)),
    }
    xmp = _XMP.format(**{key: escape(text) for key, text in texts.items()})
    pdf.Root.Metadata = pdf.make_stream(
        xmp.encode(), Type=pikepdf.Name.Metadata, Subtype=pikepdf.Name.XML
    )
    stamp = f"D:{date:%Y%m%d}000000Z"
    info["/Title"], info["/Author"], info["/Creator"] = texts["title"], texts["author"], tool
    info["/CreationDate"], info["/ModDate"] = stamp, stamp
    info["/Trapped"], info["/GTS_PDFXVersion"] = pikepdf.Name("/False"), _X4
