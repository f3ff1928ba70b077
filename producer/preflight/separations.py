"""The one door to Ghostscript: the plates that a file's pages are printed from."""

from __future__ import annotations

import functools
import io
import re
import shutil
import subprocess
import tempfile
import urllib.parse
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PIL import Image, ImageChops, ImageMath

PROCESS = ("Cyan", "Magenta", "Yellow", "Black")
_SECONDS = 600
# The device names its files page-1(Cyan).tif, …; what no file may be named is percent-encoded.
_FILE = re.compile(r"page-(\d+)\((.*)\)\.tif")
# Colours stay as the file has them: DeviceCMYK goes through no profile on its way to a plate.
_DEVICE = ("-sDEVICE=tiffsep", "-dOverprint=/simulate", "-dUseCropBox")
_QUIET = ("-q", "-dSAFER", "-dNOPAUSE", "-dBATCH", "-dNOPROMPT")


class RendererMissing(Exception):
    """Ghostscript is not there."""


class RendererFails(ValueError):
    """Ghostscript cannot render the file; the text is what it says."""


def most_ink(total: Image.Image) -> float:
    """The most ink of a picture of total ink, in percent."""
    most = total.getextrema()[1]
    assert isinstance(most, int)
    return most / 2.55


@dataclass(frozen=True)
class Plate:
    """What one ink prints of a page, as the device wrote it."""

    ink: str
    data: bytes

    @property
    def image(self) -> Image.Image:
        """The plate in mode L: 255 is full ink, as far as the file's crop box goes."""
        with Image.open(io.BytesIO(self.data)) as opened:
            return ImageChops.invert(opened.convert("L"))


@dataclass(frozen=True)
class Separation:
    """A page's plates: the four process inks, then spot inks by name."""

    plates: tuple[Plate, ...]

    @property
    def total(self) -> Image.Image:
        """All inks together, in mode I: 255 is one full ink."""
        bands = (plate.image.convert("I") for plate in self.plates)
        return functools.reduce(lambda t, b: _math(lambda a: a["t"] + a["b"], t=t, b=b), bands)


def separate(path: Path, ppi: float) -> tuple[Separation, ...]:
    """Render all pages of a PDF to their plates, overprint simulated.

    Args:
        path: The file.
        ppi: Pixels an inch; a pixel is inked where anything touches it.

    Raises:
        RendererMissing: when Ghostscript is not there.
        RendererFails: when it cannot render the file.
    """
    program = shutil.which("gs")
    if program is None:
        raise RendererMissing
    with tempfile.TemporaryDirectory(prefix="plates-") as folder:
        command = [program, *_QUIET, *_DEVICE, f"-r{ppi:g}", "-o", f"{folder}/page-%d.tif"]
        try:
            done = subprocess.run(
                [*command, str(path.resolve())],
                capture_output=True,
                timeout=_SECONDS,
                check=False,
            )
        except (OSError, subprocess.TimeoutExpired) as error:
            raise RendererFails(str(error)) from error
        separations = _read(Path(folder))
    if done.returncode or not separations:
        said = (done.stderr + done.stdout).decode("utf-8", "replace").split("\n")
        raise RendererFails(next((line.strip() for line in said if line.strip()), "–"))
    return separations


def _read(folder: Path) -> tuple[Separation, ...]:
    pages: dict[int, dict[str, bytes]] = {}
    for path in sorted(folder.iterdir()):
        if named := _FILE.fullmatch(path.name):
            ink = urllib.parse.unquote(named[2])
            pages.setdefault(int(named[1]), {})[ink] = path.read_bytes()
    return tuple(_separation(pages[number]) for number in sorted(pages))


def _separation(plates: dict[str, bytes]) -> Separation:
    spots = sorted(plates.keys() - set(PROCESS))
    return Separation(tuple(Plate(ink, plates[ink]) for ink in (*PROCESS, *spots) if ink in plates))


Pixels = tuple[int, int, int, int]


def wet_spots(total: Image.Image, limit: float, cell: int) -> Iterator[tuple[Pixels, float]]:
    """Where total ink is over a limit: spots apart, the wettest first.

    Args:
        total: As `Separation.total` gives it.
        limit: In percent.
        cell: Pixels; spots nearer to one another than this are one.

    Yields:
        Left, top, right and bottom in pixels, and the most ink there in percent.
    """
    # Each plate is rounded to a step: over the limit is what is so whatever the rounding did.
    allowed = int(limit * 2.55 + 2)
    over = _math(lambda a: (a["t"] > allowed) * 255, t=total).convert("L")
    cells = dict(_inked_cells(over, cell)) if over.getbbox() else {}
    spots = []
    while cells:
        box = _gathered(cells)
        spots.append((box, most_ink(total.crop(box))))
    yield from sorted(spots, key=lambda spot: (-spot[1], spot[0]))


def _inked_cells(over: Image.Image, cell: int) -> Iterator[tuple[tuple[int, int], Pixels]]:
    for top in range(0, over.height, cell):
        for left in range(0, over.width, cell):
            part = over.crop(
                (left, top, min(left + cell, over.width), min(top + cell, over.height))
            )
            if inked := part.getbbox():
                x0, y0, x1, y1 = inked
                yield (left // cell, top // cell), (left + x0, top + y0, left + x1, top + y1)


def _gathered(cells: dict[tuple[int, int], Pixels]) -> Pixels:
    """Take a cell and all that hang together with it; the box around what they hold."""
    open_cells, boxes = [next(iter(cells))], []
    while open_cells:
        column, row = open_cells.pop()
        if (column, row) in cells:
            boxes.append(cells.pop((column, row)))
            open_cells += [(column + x, row + y) for x in (-1, 0, 1) for y in (-1, 0, 1)]
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return min(lefts), min(tops), max(rights), max(bottoms)


def _math(rule: Any, **images: Image.Image) -> Image.Image:
    made = ImageMath.lambda_eval(rule, **images)
    assert isinstance(made, Image.Image)
    return made
