"""PDF advertisements in the print edition: the renderer keeps their place, finishing fills it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pikepdf
from weasyprint.urls import iri_to_uri

from producer.errors import Place, ProducerError, problem
from producer.model import Issue, Picture
from producer.pdf.spots import SpotError, convert_spots
from producer.pdfpicture import PX_PER_PT, trim


class PdfPlace:
    """A PDF page in the shape of a WeasyPrint image; it writes the call of a form to come."""

    def __init__(self, picture: Picture, name: str) -> None:
        self._size = picture.width, picture.height
        self._name = name
        with pikepdf.open(picture.path) as pdf:
            self._left, self._bottom, _, _ = trim(pdf.pages[0])
        self.ratio = picture.width / picture.height

    def get_intrinsic_size(self, _resolution: Any, _font_size: Any) -> tuple[float, float, float]:
        """Width, height and ratio."""
        return *self._size, self.ratio

    def draw(self, stream: Any, width: float, height: float, _style: Any) -> None:
        """Map the page's trim to the box, whose origin is its top left corner."""
        across = width / self._size[0] * PX_PER_PT
        down = height / self._size[1] * PX_PER_PT
        stream.transform(across, 0, 0, -down, -self._left * across, height + self._bottom * down)
        stream.draw_x_object(self._name)


def places(pictures: Iterable[Picture]) -> dict[str, PdfPlace]:
    """What the renderer gets for each PDF, by its address."""
    return {
        iri_to_uri(f"image:{picture.name}"): PdfPlace(picture, _form_name(picture))
        for picture in pictures
        if picture.is_pdf
    }


def fill_places(pdf: pikepdf.Pdf, issue: Issue) -> None:
    """Give every page the forms; what a page does not paint, its readers do not load.

    Raises:
        ProducerError: when the paper converts spot colours, and one of them cannot be.
    """
    for picture in issue.pictures.values():
        if picture.is_pdf:
            # Not closed here: what is copied is read when the copy is written.
            source = pikepdf.open(picture.path)
            if issue.paper.press.spots == "convert":
                _convert(source, picture, issue)
            form = pdf.copy_foreign(_form(source.pages[0]))
            for page in pdf.pages:
                page.obj.Resources.XObject[f"/{_form_name(picture)}"] = form


def _convert(source: pikepdf.Pdf, picture: Picture, issue: Issue) -> None:
    try:
        convert_spots(source.pages[0], source)
    except SpotError as error:
        place = Place(f"issues/{issue.id}/images/{picture.name}")
        raise ProducerError(problem("picture.spot", place, what=str(error))) from error


def _form(page: pikepdf.Page) -> pikepdf.Object:
    left, bottom, width, height = trim(page)
    # A page begins in black, whatever the page around it has set.
    page.contents_add(b"0 0 0 1 k 0 0 0 1 K", prepend=True)
    form = page.as_form_xobject()
    form.BBox = pikepdf.Array([left, bottom, left + width, bottom + height])
    return form


def _form_name(picture: Picture) -> str:
    return "Placed-" + picture.name.encode().hex()
