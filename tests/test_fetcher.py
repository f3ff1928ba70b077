"""What the renderer may read: the issue's images, the layout and the fonts; no network."""

from __future__ import annotations

import shutil
import socket
from pathlib import Path

import pytest
from weasyprint.urls import FatalURLFetchingError

from producer.batch import build_one
from producer.build import BuildOptions
from producer.errors import ExitCode, ProducerError
from producer.fonts.library import FontLibrary
from producer.pdf.fetcher import IssueFetcher
from tests.conftest import Build, outputs
from tests.issuefactory import IssueFactory, page, place_story, png, story

MADE = b"made ready"
SECRET = b"secret"


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*args: object, **kwargs: object) -> None:
        raise AssertionError("a socket was opened")

    for name in ("socket", "create_connection", "getaddrinfo"):
        monkeypatch.setattr(socket, name, refuse)


@pytest.fixture
def fetcher(tmp_path: Path, squares: FontLibrary) -> IssueFetcher:
    images, layout, common = (tmp_path / name for name in ("images", "layout", "common"))
    for folder in (images, layout, common):
        (folder / "in").mkdir(parents=True)
    (images / "a.png").write_bytes(png())
    (images / "in" / "桥 1%.png").write_bytes(png())
    (layout / "tiny.css").write_text("p { color: red }")
    (common / "common.css").write_text("p { color: blue }")
    (tmp_path / "secret").write_bytes(SECRET)
    (images / "link.png").symlink_to(tmp_path / "secret")
    (images / "inner.png").symlink_to("a.png")
    for folder in (layout, common):
        (folder / "up").symlink_to(tmp_path)
    return IssueFetcher(images, (layout, common), squares, {"made.png": MADE})


@pytest.mark.parametrize(
    ("url", "kind"),
    [
        ("image:a.png", "image/png"),
        ("image:in/../a.png", "image/png"),
        ("image:in/%E6%A1%A5%201%25.png", "image/png"),
        ("image:inner.png", "image/png"),
        ("image:made.png", "application/octet-stream"),
        ("layout:tiny.css", "text/css"),
        ("layout:common.css", "text/css"),
        ("font:square", "font/ttf"),
    ],
)
def test_files_of_the_issue_are_served(fetcher: IssueFetcher, url: str, kind: str) -> None:
    response = fetcher.fetch(url)
    assert response.read()
    assert response.headers["Content-Type"] == kind


@pytest.mark.parametrize(
    "url",
    [
        "http://example.com/a.png",
        "https://example.com/a.png",
        "ftp://example.com/a.png",
        "//example.com/a.png",
        "data:image/png;base64,iVBORw0KGgo=",
        "file:///etc/passwd",
        "FILE:///etc/passwd",
        "file:secret",
        "/etc/passwd",
        "secret",
        "",
        "image:",
        "image:in",
        "image:missing.png",
        "image:../secret",
        "image:in/../../secret",
        "image:..%2Fsecret",
        "image:%2e%2e/secret",
        "image:/etc/passwd",
        "image:///etc/passwd",
        "image:link.png",
        "layout:../secret",
        "layout:up/secret",
        "layout:../images/a.png",
        "layout:/etc/passwd",
        "font:unknown",
        "font:../secret",
        "font:square.ttf",
        "galley:alpha-1/1",
    ],
)
def test_every_other_address_is_refused(fetcher: IssueFetcher, url: str) -> None:
    with pytest.raises(FatalURLFetchingError):
        fetcher.fetch(url)


# ---------------------------------------------------------------- a template that asks


@pytest.fixture
def home(tiny_root: Path, tmp_path: Path) -> Path:
    """A copy of the tiny layout that a test may break."""
    home = tmp_path / "home"
    shutil.copytree(tiny_root / "layouts", home / "layouts")
    for name in ("fonts", "colour"):
        (home / name).symlink_to(tiny_root / name)
    return home


@pytest.fixture
def folder(factory: IssueFactory) -> Path:
    factory.stories = {"alpha": story("正文见 http://example.com/a.png 一文。")}
    factory.pages = [page(place_story("alpha", rect=[1, 1, 3, 4]))]
    return factory.write()


def ask(home: Path, file: str, text: str) -> None:
    """Make the layout ask for something; a list makes its style sheet ask for bullets."""
    layout = home / "layouts" / "tiny"
    asking = {"issue.html": "<ul><li>x</ul>", "tiny.css": ""}
    asking[file] += text
    template, css = layout / "issue.html", layout / "tiny.css"
    body = template.read_text("utf-8").replace("<body>", f"<body>{asking['issue.html']}")
    template.write_text(body, "utf-8")
    css.write_text(f"{asking['tiny.css']}\n{css.read_text('utf-8')}", "utf-8")


@pytest.mark.logs  # of an SVG picture WeasyPrint tells that it failed, before it ends
@pytest.mark.parametrize(
    ("file", "text"),
    [
        ("issue.html", '<img src="http://example.com/x">'),
        ("issue.html", '<img src="file:///etc/passwd">'),
        ("issue.html", '<img src="image:../secret">'),
        ("issue.html", '<object data="http://example.com/x">'),
        ("issue.html", '<link rel="stylesheet" href="http://example.com/x">'),
        ("issue.html", '<svg viewBox="0 0 9 9"><image href="http://example.com/x"/></svg>'),
        ("tiny.css", '@import url("http://example.com/x");'),
        ("tiny.css", 'body { background: url("http://example.com/x") }'),
        ("tiny.css", 'ul { list-style-image: url("http://example.com/x") }'),
        ("tiny.css", '@font-face { font-family: "X"; src: url("http://example.com/x") }'),
    ],
)
def test_a_template_that_asks_for_more_fails_the_build(
    folder: Path, build: Build, home: Path, file: str, text: str
) -> None:
    build(folder, home=home, only="print")
    before = (outputs(folder) / "print.pdf").read_bytes()
    ask(home, file, text)
    with pytest.raises((ProducerError, FatalURLFetchingError)):
        build(folder, home=home, only="print")
    assert (outputs(folder) / "print.pdf").read_bytes() == before


def test_a_refusal_is_a_report_and_stops_no_other_issue(folder: Path, home: Path) -> None:
    """WeasyPrint's refusal is no Exception but a BaseException: it must not end a batch."""
    ask(home, "issue.html", '<img src="http://example.com/x">')
    report = build_one(folder, BuildOptions(out=home / "out", home=home), None)
    assert report.code != ExitCode.OK
    assert "http://example.com/x" in "".join(problem.text() for problem in report.problems)


def test_a_whole_build_opens_no_socket(folder: Path, build: Build) -> None:
    assert build(folder).code == ExitCode.OK
