"""Pictures of finished pages, drawn by another engine than the one that wrote them."""

from __future__ import annotations

import io
from collections.abc import Iterator

import pypdfium2 as pdfium

PROOF_DPI = 110


def draw_proofs(pdf: bytes, dpi: float = PROOF_DPI) -> Iterator[bytes]:
    """Each page of a PDF as PNG."""
    document = pdfium.PdfDocument(pdf)
    try:
        for page in document:
            image = page.render(scale=dpi / 72).to_pil()
            buffer = io.BytesIO()
            image.save(buffer, "PNG", compress_level=6)
            yield buffer.getvalue()
    finally:
        document.close()
