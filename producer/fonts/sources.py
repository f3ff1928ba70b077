"""Getting the source files: npm's pinned packages, or else Debian's."""

from __future__ import annotations

import functools
import hashlib
import os
import shutil
import tarfile
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from producer.debian import download, run, unpack
from producer.fonts.recipe import Face, FontError, Origin, Recipe

# The only collection entry of a plain font file.
_WHOLE_FILE = 0


@dataclass(frozen=True)
class Source:
    """A face's source on disk: a file, and the face's place in it if it is a collection."""

    path: Path
    index: int = _WHOLE_FILE


@dataclass(frozen=True)
class Sources:
    """Where the files came from, and each face's source by the face's key."""

    origin: Origin
    files: dict[str, Source]
    note: str = ""


def fetch_sources(recipe: Recipe, scratch: Path) -> Sources:
    """Fetch all source files: from the cache, from npm, or else from Debian's packages.

    Downloads go into the folder `scratch`, which must stay until the faces are built.

    Raises:
        FontError: where neither way works, or a file is not the one that the recipe pins.
    """
    wanted = [face for face in recipe.faces if not _is_cached(face)]
    failed = ""
    if wanted:
        failed = _fetch_from_npm(wanted, scratch)
    if not failed:
        files = {face.key: Source(_cached(face)) for face in recipe.faces}
        return Sources("npm", files)
    return _fetch_from_apt(recipe, scratch, failed)


def cache_folder() -> Path:
    """The user's cache for downloaded files."""
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache", "producer", "fonts")


def _cached(face: Face) -> Path:
    # The digest in the name: two recipes may share the cache.
    return cache_folder() / f"{face.npm_sha256[:16]}-{Path(face.npm_file).name}"


def _is_cached(face: Face) -> bool:
    path = _cached(face)
    return path.is_file() and file_digest(path) == face.npm_sha256


def file_digest(path: Path) -> str:
    """The sha256 of a file, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _fetch_from_npm(faces: Sequence[Face], scratch: Path) -> str:
    """Fill the cache; an empty string, or why npm could not."""
    npm = shutil.which("npm")
    if npm is None:
        return "npm is not installed"
    packages = sorted({face.npm_package for face in faces})
    pack = functools.partial(_pack, npm, faces, scratch)
    with ThreadPoolExecutor() as pool:
        # One reason is enough: most often the network is missing, for all of them.
        return next(filter(None, list(pool.map(pack, packages))), "")


def _pack(npm: str, faces: Sequence[Face], scratch: Path, package: str) -> str:
    """Fetch one npm package and take its faces out; an empty string, or why not."""
    folder = scratch / package.replace("/", "+")
    folder.mkdir()
    failed = run([npm, "pack", "--loglevel=error", package], folder)
    if failed:
        return f"npm pack {package} failed: {failed}"
    tarball = next(folder.glob("*.tgz"))
    _unpack(tarball, [face for face in faces if face.npm_package == package])
    tarball.unlink()
    return ""


def _unpack(tarball: Path, faces: Iterable[Face]) -> None:
    wanted = {f"package/{face.npm_file}": face for face in faces}
    with tarfile.open(tarball) as archive:
        for member in archive:
            face = wanted.pop(member.name, None)
            content = archive.extractfile(member) if face else None
            if face and content:
                _store(face, content.read())
            if not wanted:
                return
    name = next(iter(wanted))
    raise FontError(
        tarball.name, f"the package has no file {name}", "correct the file in fonts/fonts.yaml"
    )


def _store(face: Face, data: bytes) -> None:
    found = hashlib.sha256(data).hexdigest()
    if found != face.npm_sha256:
        raise FontError(
            f"{face.npm_package}: {face.npm_file}",
            f"sha256 is {found}, the recipe pins {face.npm_sha256}",
            "see what changed; then correct sha256 in fonts/fonts.yaml",
        )
    write_whole(_cached(face), data)


def write_whole(path: Path, data: bytes) -> None:
    """Write beside, then rename: nobody ever sees half a file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    beside.write_bytes(data)
    beside.replace(path)


def _fetch_from_apt(recipe: Recipe, scratch: Path, why: str) -> Sources:
    """Unpack Debian's packages into `scratch`; nothing is installed."""
    failed = download(recipe.apt_packages, scratch)
    if failed:
        raise FontError(
            "fonts",
            f"the source fonts cannot be fetched: {why}; apt-get download failed: {failed}",
            "go online, or install npm; then run this again",
        )
    unpacked = scratch / "debian"
    with ThreadPoolExecutor() as pool:
        into = functools.partial(unpack, folder=unpacked)
        problems = list(filter(None, pool.map(into, sorted(scratch.glob("*.deb")))))
    if problems:
        raise FontError("dpkg-deb -x", problems[0], "free space in the temporary folder")
    fonts = unpacked / "usr" / "share" / "fonts"
    files = {face.key: Source(fonts / face.apt_file, face.apt_index) for face in recipe.faces}
    for source in files.values():
        if not source.path.is_file():
            raise FontError(
                "fonts/fonts.yaml",
                f"Debian's packages have no file {source.path.relative_to(fonts)}",
                "install npm, or correct the apt entry",
            )
    return Sources("apt", files, why)
