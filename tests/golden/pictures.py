"""Pictures of features that stand side by side, and how far two renderings of one may differ."""

from __future__ import annotations

import io
from pathlib import Path

import pypdfium2 as pdfium
from PIL import Image, ImageChops, ImageStat

from tests.golden.reading import Box
from tests.golden.setting import GoldenSet

FOLDER = Path(__file__).parent / "pictures"
LARGEST_BYTES = 20 * 1024

# Each picture shows the frames of its features, and what lies between them.
PICTURES: dict[str, tuple[str, ...]] = {
    "marks": ("closing-mark", "opening-mark", "hanging-mark", "adjacent-marks"),
    "spacing": ("mixed-gap", "squeezed", "tight"),
    "english-scripts": ("english", "scripts"),
    "characters": ("faces", "emphasis-dots", "note-signs", "readings"),
    "kinds": ("lead-paragraph", "list", "quotation"),
    "verse-interview": ("verse", "interview", "note-signature"),
    "drop-capitals": ("capital-2", "capital-3"),
    "heads": ("three-lines", "break-mark"),
    "plates": ("reversed", "boxed", "tinted"),
    "vertical": ("vertical",),
    "run-round-right": ("round-right",),
    "run-round-left": ("round-left",),
}

# 100 dots an inch: the smallest reading is still to be told from dirt.
_SCALE = 100 / 72
_GREYS = 8
# Another pdfium smooths edges otherwise: that is a mean of 2 to 3.5 (the few greys alone are up to
# 1.7), and up to 0.07 % of the dots are a quarter of the scale apart. A line of 12 em that is moved
# by a dot, which is 0.08 em, sets at least 0.15 % apart. What is less the golden texts tell.
MOST_MEAN = 4.0
FAR, MOST_FAR_SHARE = 64, 0.001


def draw(golden: GoldenSet, name: str) -> Image.Image:
    """A picture as it is now, in shades of grey."""
    spots = [golden.spots[id][0] for id in PICTURES[name]]
    assert len({spot.page for spot in spots}) == 1, f"{name} is on several pages"
    boxes = [golden.box(spot) for spot in spots]
    crop = Box(
        min(box.left for box in boxes),
        min(box.top for box in boxes),
        max(box.right for box in boxes),
        max(box.bottom for box in boxes),
    )
    document = pdfium.PdfDocument(golden.pdf)
    try:
        page = document[spots[0].page - 1].render(scale=_SCALE, grayscale=True).to_pil()
    finally:
        document.close()
    air = 4
    left, top, right, bottom = (round(edge * _SCALE) for edge in crop)
    return page.crop((left - air, top - air, right + air, bottom + air))


def as_png(picture: Image.Image) -> bytes:
    """A picture as a small PNG of few greys."""
    file = io.BytesIO()
    picture.quantize(_GREYS).save(file, "PNG", optimize=True)
    return file.getvalue()


def difference(one: Image.Image, other: Image.Image) -> tuple[float, float]:
    """The mean difference of dots, and the share of those that are far apart; of 255."""
    apart = ImageChops.difference(one.convert("L"), other.convert("L"))
    far = apart.point([255 * (value > FAR) for value in range(256)])
    return ImageStat.Stat(apart).mean[0], ImageStat.Stat(far).mean[0] / 255
