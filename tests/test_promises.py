"""What the project promises: text, outputs and code that can be relied on."""

from __future__ import annotations

import ast
import errno
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from producer.errors import ExitCode, ProducerError
from producer.pdf.galley import GalleyImage
from tests.conftest import ROOT, Build, outputs
from tests.issuefactory import IssueFactory, page, place_rest, place_story, story

MODULES = sorted((ROOT / "producer").rglob("*.py"))
ALPHA, BETA = "样城新闻今天天晴人们出门看报纸" * 20, "天地玄黄宇宙洪荒日月盈昃" * 9
Lines = tuple[Any, ...]


# ---------------------------------------------------------------- code


def module_id(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("path", MODULES, ids=module_id)
def test_a_module_says_what_it_is_for_and_is_short(path: Path) -> None:
    text = path.read_text("utf-8")
    docstring = ast.get_docstring(ast.parse(text)) if text.strip() else None
    assert docstring, "no docstring"
    assert docstring.splitlines()[0].endswith((".", ":")), "its first line is not a sentence"
    assert text.count("\n") <= 300


@pytest.mark.parametrize("path", MODULES, ids=module_id)
def test_public_names_have_docstrings(path: Path) -> None:
    tree = ast.parse(path.read_text("utf-8"))
    assert [node.name for node in _public(tree) if not ast.get_docstring(node)] == []


def _public(scope: ast.Module | ast.ClassDef) -> Iterator[ast.FunctionDef | ast.ClassDef]:
    """Functions and classes of a module, and of its public classes."""
    for node in scope.body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_"):
            yield node
            if isinstance(node, ast.ClassDef):
                yield from _public(node)


# ---------------------------------------------------------------- the last good outputs stay


@pytest.fixture
def folder(factory: IssueFactory) -> Path:
    """A tiny issue of two pages and a jump."""
    factory.stories = {"alpha": story(ALPHA, headline="题"), "beta": story(BETA, headline="乙")}
    factory.pages = [
        page(place_story("alpha", rect=[1, 1, 1, 12]), place_story("beta", rect=[2, 1, 2, 8])),
        page(place_rest("alpha", rect=[1, 1, 3, 9])),
    ]
    return factory.write()


def files(folder: Path) -> dict[str, bytes]:
    """Every file of an issue's outputs and what it holds."""
    found = [path for path in outputs(folder).rglob("*") if path.is_file()]
    return {path.relative_to(outputs(folder)).as_posix(): path.read_bytes() for path in found}


def failure(build: Build, folder: Path, **options: Any) -> ProducerError:
    with pytest.raises(ProducerError) as raised:
        build(folder, **options)
    return raised.value


@pytest.fixture
def before(folder: Path, build: Build) -> dict[str, bytes]:
    """The outputs of a first build; then the issue changes."""
    build(folder)
    path = folder / "stories" / "beta.md"
    path.write_text(path.read_text("utf-8").replace("天地", "地天"), "utf-8")
    return files(folder)


def no_space(*args: object, **kwargs: object) -> None:
    raise OSError(errno.ENOSPC, "No space left on device")


def test_a_full_disk_leaves_the_last_outputs(
    folder: Path, build: Build, before: dict[str, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("producer.publish.os.fsync", no_space)
    error = failure(build, folder)
    assert error.code == ExitCode.OUTPUT
    assert "No space left on device" in error.problems[-1].cause()
    assert files(folder) == before


DENIED = PermissionError(errno.EACCES, "Permission denied")


@pytest.mark.parametrize("failing", [DENIED, KeyboardInterrupt()], ids=["denied", "ctrl-c"])
@pytest.mark.parametrize("at", [0, 1, 2, 3])
def test_a_file_that_is_not_replaced_leaves_them_all(
    folder: Path,
    build: Build,
    before: dict[str, bytes],
    monkeypatch: pytest.MonkeyPatch,
    at: int,
    failing: BaseException,
) -> None:
    """Not print.pdf of today beside screen.pdf of yesterday."""
    replace, count = Path.replace, iter(range(1000))

    def fails_once(path: Path, target: Path) -> Path:
        if next(count) == at:
            raise failing
        return replace(path, target)

    monkeypatch.setattr(Path, "replace", fails_once)
    with pytest.raises((ProducerError, KeyboardInterrupt)):
        build(folder)
    assert files(folder) == before


def test_a_closed_folder_is_told(folder: Path, build: Build) -> None:
    outputs(folder).parent.mkdir(parents=True)
    outputs(folder).write_text("a file where the folder should be")
    error = failure(build, folder)
    assert (error.code, error.problems[-1].id) == (ExitCode.OUTPUT, "output.not-written")


def test_faulty_data_leaves_the_last_outputs(
    folder: Path, build: Build, before: dict[str, bytes]
) -> None:
    (folder / "stories" / "gamma.md").write_text("no front matter")
    assert failure(build, folder).code == ExitCode.BAD_DATA
    assert files(folder) == before


# ---------------------------------------------------------------- no character is lost


def dropped(lines: Lines) -> Lines:
    return lines[:4] + lines[5:]


def doubled(lines: Lines) -> Lines:
    return (*lines[:4], lines[4]._replace(line=lines[3].line), *lines[5:])


def swapped(lines: Lines) -> Lines:
    fourth, fifth = lines[4:6]
    swap = (fourth._replace(line=fifth.line), fifth._replace(line=fourth.line))
    return (*lines[:4], *swap, *lines[6:])


@pytest.mark.parametrize("change", [dropped, doubled, swapped])
@pytest.mark.parametrize("name", ["print", "screen"])
def test_a_line_that_is_not_painted_as_it_should_is_found(
    folder: Path,
    build: Build,
    before: dict[str, bytes],
    monkeypatch: pytest.MonkeyPatch,
    change: Callable[[Lines], Lines],
    name: str,
) -> None:
    """38 characters stand before the fifth line of the first story."""
    draw = GalleyImage.draw

    def faulty(self: GalleyImage, *args: Any) -> None:
        if len(self.galley.lines) > 6:
            self.galley = replace(self.galley, lines=change(self.galley.lines))
        draw(self, *args)

    monkeypatch.setattr(GalleyImage, "draw", faulty)
    error = failure(build, folder, only=name)
    assert error.code == ExitCode.LOST_TEXT
    told = next(found for found in error.problems if found.level == "error")
    assert told.id == "text.differs"
    assert told.place.file.endswith("stories/alpha.md")
    assert (told.values["at"], told.values["file"]) == (38, f"{name}.pdf")
    assert told.values["wanted"] == ALPHA[38:54]
    assert files(folder) == before


@pytest.mark.parametrize(
    "forgotten",
    [
        "{{ line.text }}",
        "{{ part.head.from_line }}",
        "{{ part.jump_line.text }}",
        "{{ piece.url }}",
    ],
)
def test_what_a_template_forgets_is_found(
    folder: Path, build: Build, tiny_root: Path, tmp_path: Path, forgotten: str
) -> None:
    home = tmp_path / "home"
    shutil.copytree(tiny_root, home, symlinks=True)
    template = home / "layouts" / "tiny" / "page.html"
    text = template.read_text("utf-8")
    assert forgotten in text
    template.write_text(text.replace(f">{forgotten}<", "><").replace(f'"{forgotten}"', '""'))
    assert failure(build, folder, home=home, only="print").code == ExitCode.LOST_TEXT


def test_an_opening_mark_that_hangs_out_is_read_back(factory: IssueFactory, build: Build) -> None:
    """Half of the tiny layout's em is more than half of the tabloid's."""
    factory.stories = {"alpha": story("一二三四五六七八“甲乙”丙丁。")}
    factory.pages = [page(place_story("alpha", rect=[1, 1, 1, 6]))]
    assert build(factory.write(), only="print").code == ExitCode.OK
