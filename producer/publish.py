"""Outputs into place: everything is written beside first, then each file replaced at once."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

from producer.errors import ExitCode, Place, ProducerError, problem

_PAGES = ("pages/page-*.png", "pages/page-*.pdf")


def publish(files: dict[str, bytes], folder: Path) -> None:
    """Put files into a folder; a disk that is full or closed leaves the old ones untouched.

    Raises:
        ProducerError: when the folder cannot be written.
    """
    beside: Path | None = None
    try:
        folder.mkdir(parents=True, exist_ok=True)
        beside = Path(tempfile.mkdtemp(prefix=".new-", dir=folder))
        for name, content in files.items():
            path = beside / name
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
        _replace(files, beside, folder)
    except OSError as error:
        reason = error.strerror or str(error)
        place = Place(folder.as_posix())
        raise ProducerError(
            problem("output.not-written", place, reason=reason), ExitCode.OUTPUT
        ) from error
    finally:
        if beside is not None:
            shutil.rmtree(beside, ignore_errors=True)


def _replace(files: dict[str, bytes], beside: Path, folder: Path) -> None:
    """Move every file into place, or, if one will not go, put all the old ones back.

    An old file is there until the new one takes its name: not even a kill loses both.
    """
    kept = beside / ".old"
    touched: list[str] = []
    try:
        for name in files:
            touched.append(name)
            _keep(folder / name, kept / name)
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (beside / name).replace(folder / name)
    except BaseException:
        for name in touched:
            if (kept / name).exists():
                (kept / name).replace(folder / name)
            else:
                (folder / name).unlink(missing_ok=True)
        raise
    made = {folder / name for name in files}
    for pages in _PAGES:
        if any(path.match(pages) for path in made):
            # An issue that lost pages must not keep files of the old ones.
            for stale in set(folder.glob(pages)) - made:
                stale.unlink()


def _keep(path: Path, target: Path) -> None:
    """Give an old file a second name, or a copy where the disk knows no second names."""
    if not path.exists():
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        target.hardlink_to(path)
    except OSError:
        shutil.copy2(path, target)
