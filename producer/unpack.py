"""An archive edition back to the issue's folder: its attached data, unpacked with care."""

from __future__ import annotations

import re
import tempfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import Any

import pikepdf

from producer.errors import Place, ProducerError, problem

# More than any issue has; a file from outside could claim anything.
_FILES, _BYTES = 5000, 1_000_000_000
_PAPER, _DATE = r"[a-z0-9][a-z0-9-]*", r"\d{4}-\d\d-\d\d"
_PATH = re.compile(rf"{_PAPER}/(?:{_DATE}/(?:(?:stories|images)/)?)?[^\\\0:]+")
_ISSUE = re.compile(rf"{_PAPER}/{_DATE}/issue\.yaml")


def is_archive(path: Path) -> bool:
    """Whether a path given for an issue's folder is a PDF file instead."""
    return path.suffix.lower() == ".pdf" and path.is_file()


@contextmanager
def unpacked(archive: Path) -> Iterator[tuple[Path, Path | None]]:
    """The issue's folder in a temporary place, and its plan if it has one of its own.

    Raises:
        ProducerError: when the file is no archive edition, or its data is not as we write it.
    """
    with tempfile.TemporaryDirectory() as scratch:
        issues = Path(scratch) / "issues"
        folder = None
        for name, content in _attached(archive):
            path = issues / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
            folder = path.parent if _ISSUE.fullmatch(name) else folder
        if folder is None:
            raise ProducerError(problem("archive.no-data", Place(str(archive))))
        plan = folder / "plan.json"
        yield folder, plan if plan.is_file() else None


def _attached(archive: Path) -> Iterator[tuple[str, bytes]]:
    """The attached source files by path, within the limits."""
    place = Place(str(archive))
    room = _BYTES
    try:
        with pikepdf.open(archive) as pdf:
            for specification in _specifications(pdf):
                name = str(specification.UF)
                if not _PATH.fullmatch(name) or ".." in PurePosixPath(name).parts:
                    raise ProducerError(problem("archive.unsafe", place, name=name[:80]))
                content = _content(specification.EF.F, room)
                if content is None:
                    raise ProducerError(problem("archive.too-large", place, name=name))
                room -= len(content)
                yield name, content
    except (pikepdf.PdfError, zlib.error, AttributeError, KeyError, TypeError) as error:
        raise ProducerError(problem("archive.broken", place, reason=str(error))) from error


def _specifications(pdf: pikepdf.Pdf) -> list[Any]:
    """The file specifications that are the document's source."""
    files = list(pdf.Root.get("/AF", []))[:_FILES]
    return [each for each in files if each.get("/AFRelationship") == pikepdf.Name.Source]


def _content(stream: Any, room: int) -> bytes | None:
    """A stream's data, unpacked no further than there is room; None where that is too little."""
    raw: bytes = stream.read_raw_bytes()
    packing = stream.get("/Filter")
    if packing is None:
        return raw if len(raw) <= room else None
    if packing != pikepdf.Name.FlateDecode:
        raise TypeError(f"filter {packing}")
    unpacker = zlib.decompressobj()
    content = unpacker.decompress(raw, room + 1)
    return content if len(content) <= room else None
