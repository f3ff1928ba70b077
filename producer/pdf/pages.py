"""The print edition in other bindings: one file a page, and spreads as a reader holds them."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterator

import pikepdf

from producer.model import Issue
from producer.pdf.finish import describe
from producer.pdfpicture import trim

_NAME = pikepdf.Name


def at_trim(printed: bytes) -> bytes:
    """The print edition as readers get it, without what is cut away: for proofs and covers."""
    with pikepdf.open(io.BytesIO(printed)) as pdf:
        if all(page.obj.MediaBox == page.obj.TrimBox for page in pdf.pages):
            return printed
        for page in pdf.pages:
            page.obj.MediaBox = page.obj.BleedBox = page.obj.TrimBox
        buffer = io.BytesIO()
        pdf.save(buffer, deterministic_id=True)
    return buffer.getvalue()


def split_pages(printed: bytes, issue: Issue) -> Iterator[bytes]:
    """Each page of the print edition as a PDF/X-4 file of its own."""
    with pikepdf.open(io.BytesIO(printed)) as pdf:
        # The renderer names every picture on every page.
        pdf.remove_unreferenced_resources()
        for number, page in enumerate(pdf.pages, 1):
            single = pikepdf.new()
            single.pages.append(page)
            yield _finished(single, pdf, issue, f"{number}".encode() + printed)


def reader_spreads(printed: bytes, issue: Issue) -> bytes:
    """The print edition in reader's spreads: the front alone, then even and odd pages abreast."""
    with pikepdf.open(io.BytesIO(printed)) as pdf:
        spreads = pikepdf.new()
        pages = list(pdf.pages)
        for pair in [pages[:1], *(pages[at : at + 2] for at in range(1, len(pages), 2))]:
            _add_spread(spreads, pair)
        return _finished(spreads, pdf, issue, b"spreads" + printed)


def _add_spread(spreads: pikepdf.Pdf, pages: list[pikepdf.Page]) -> None:
    """Place pages beside one another at their trim."""
    content, forms, right, top = "", pikepdf.Dictionary(), 0.0, 0.0
    for number, page in enumerate(pages):
        left, bottom, width, height = trim(page)
        name = f"/Page{number}"
        form = spreads.copy_foreign(page.as_form_xobject())
        form.BBox = pikepdf.Array([left, bottom, left + width, bottom + height])
        forms[name] = form
        content += f"q 1 0 0 1 {right - left:.4f} {-bottom:.4f} cm {name} Do Q\n"
        right, top = right + width, max(top, height)
    spread = spreads.add_blank_page(page_size=(round(right, 4), round(top, 4)))
    spread.obj.Contents = spreads.make_stream(content.encode())
    spread.obj.Resources = pikepdf.Dictionary(XObject=forms)
    spread.obj.TrimBox = spread.obj.BleedBox = spread.obj.MediaBox
    spread.obj.Group = pikepdf.Dictionary(
        Type=_NAME.Group, S=_NAME.Transparency, CS=_NAME.DeviceCMYK, I=True
    )


def _finished(made: pikepdf.Pdf, source: pikepdf.Pdf, issue: Issue, seed: bytes) -> bytes:
    """The file's bytes, with the output intent and the facts of the print edition."""
    made.Root.OutputIntents = made.copy_foreign(source.make_indirect(source.Root.OutputIntents))
    made.Root.Lang = str(source.Root.Lang)
    for key in ("/Title", "/Subject", "/Producer"):
        if key in source.docinfo:
            made.docinfo[key] = str(source.docinfo[key])
    describe(made, issue, hashlib.sha256(seed).digest())
    buffer = io.BytesIO()
    made.save(buffer, deterministic_id=True, force_version="1.6")
    return buffer.getvalue()
