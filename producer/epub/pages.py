"""Pictures of the printed pages: the cover, and the small one in each page's front document."""

from __future__ import annotations

import io

import pypdfium2 as pdfium

from producer.epub.names import COVER_IMAGE, thumbnail_file
from producer.epub.pictures import LONG_SIDE, Resource

THUMBNAIL_WIDTH = 600
_QUALITY = {"cover": 85, "thumbnail": 70}


def draw_pages(print_pdf: bytes, pages: int) -> tuple[Resource | None, dict[int, Resource]]:
    """The cover from page 1 and a thumbnail of each of the first `pages` pages."""
    thumbnails = {}
    cover = None
    document = pdfium.PdfDocument(print_pdf)
    try:
        for number in range(1, min(pages, len(document)) + 1):
            page = document[number - 1]
            if number == 1:
                scale = LONG_SIDE / max(page.get_size())
                image = _jpeg(page, scale, _QUALITY["cover"])
                cover = Resource(COVER_IMAGE, "image/jpeg", image, ("cover-image",))
            scale = THUMBNAIL_WIDTH / page.get_width()
            image = _jpeg(page, scale, _QUALITY["thumbnail"])
            thumbnails[number] = Resource(thumbnail_file(number), "image/jpeg", image)
    finally:
        document.close()
    return cover, thumbnails


def _jpeg(page: pdfium.PdfPage, scale: float, quality: int) -> bytes:
    target = io.BytesIO()
    image = page.render(scale=scale).to_pil().convert("RGB")
    image.save(target, "JPEG", quality=quality, optimize=True)
    return target.getvalue()
