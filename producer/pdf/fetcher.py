"""What the renderer may read: files of the issue, of the layout, and the built fonts."""

from __future__ import annotations

import mimetypes
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import unquote

from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from producer.fonts.library import FontLibrary
from producer.layouts import find_file


class IssueFetcher(URLFetcher):  # type: ignore[misc]
    """Serves `image:`, `layout:` and `font:` names; every other address is refused.

    A refusal ends the rendering: a page that asks for the network or for another file of
    this machine is a fault of its template, never something to leave out in silence.
    """

    def __init__(
        self,
        images: Path,
        layout: tuple[Path, ...],
        fonts: FontLibrary,
        made: Mapping[str, bytes],
    ) -> None:
        """Pictures that were made ready are given by name; `images` has the drawings.

        `layout` are the layout's folders in the order of their rank.
        """
        super().__init__(allowed_protocols=())
        self._made = made
        self._folders = {"image": (images,), "layout": layout}
        self._fonts = fonts

    def fetch(self, url: str, headers: object = None) -> URLFetcherResponse:
        """The bytes of one permitted file.

        Raises:
            FatalURLFetchingError: for any other address, and for a file that is not there.
        """
        scheme, _, name = url.partition(":")
        name = unquote(name)
        if scheme == "image" and name in self._made:
            kind = "application/octet-stream"
            return URLFetcherResponse(url, self._made[name], {"Content-Type": kind})
        path = self._fonts.path(name) if scheme == "font" else self._file(scheme, name)
        if path is None or not path.is_file():
            raise FatalURLFetchingError(url)
        kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
        return URLFetcherResponse(url, path.read_bytes(), {"Content-Type": kind})

    def _file(self, scheme: str, name: str) -> Path | None:
        return find_file(self._folders.get(scheme, ()), name)
