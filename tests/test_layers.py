"""Upper may import lower: the modules' layers, as `../shared/design.md` has them, in full."""

from __future__ import annotations

import ast
import graphlib
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import ROOT

# From the top; what stands on one line does not import each other. A package is one name:
# its modules may import each other, but not in a ring.
LAYERS = """
__main__
cli
batch | console | inspection | newpaper | scaffold | schema
build
outputs
planner
pdf | epub | preflight | planfile | publish
render
fit
compose
checks
load | plan
references | numbering | facts
stories | pictures
markdown | validate | svg | pdfpicture
textfile | yamlfile
fonts | layouts | colour
bounds | planning | typestyles
edition
headlines
wording
model
report | progress | debian | unpack | webpage
errors
messages | templates
"""
DEPTH = {
    name.strip(): depth
    for depth, line in enumerate(LAYERS.strip().splitlines())
    for name in line.split("|")
}
FILES = sorted((ROOT / "producer").rglob("*.py"))


def module_of(path: Path) -> str:
    """`fit.chain` for producer/fit/chain.py, `fit` for its __init__.py, `` for the root."""
    parts = path.relative_to(ROOT / "producer").with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imports(path: Path) -> Iterator[tuple[str, str]]:
    """The modules of the project that a file imports, and the names it takes from them."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute"
            for name in node.names:
                yield str(node.module), name.name
        elif isinstance(node, ast.Import):
            yield from ((name.name, "") for name in node.names)


def own_imports(path: Path) -> Iterator[tuple[str, str]]:
    for module, name in imports(path):
        if module.split(".")[0] == "producer":
            yield module.removeprefix("producer").lstrip("."), name


def test_every_module_has_a_layer() -> None:
    assert {module_of(path).split(".")[0] for path in FILES} - {""} == set(DEPTH)


@pytest.mark.parametrize("path", FILES, ids=module_of)
def test_imports_go_down(path: Path) -> None:
    own = module_of(path).split(".")[0]
    for module, name in own_imports(path):
        if module == "":
            assert name == "__version__", "nothing else is imported from the package root"
        elif (other := module.split(".")[0]) != own:
            assert own and DEPTH[other] > DEPTH[own], f"{own} imports {other}"


def test_no_modules_import_each_other_in_a_ring() -> None:
    modules = {module_of(path) for path in FILES}
    graph = {
        module_of(path): {
            inner if (inner := f"{module}.{name}") in modules else module
            for module, name in own_imports(path)
            if module
        }
        for path in FILES
    }
    graphlib.TopologicalSorter(graph).prepare()


def test_import_linter_is_told_the_same_order() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    contracts = project["tool"]["importlinter"]["contracts"]
    (layers,) = [each["layers"] for each in contracts if each["type"] == "layers"]
    depths = [
        {DEPTH[name.strip().removeprefix("producer.")] for name in layer.split("|")}
        for layer in layers
    ]
    assert all(len(depth) == 1 for depth in depths)
    assert [min(depth) for depth in depths] == sorted(min(depth) for depth in depths)


@pytest.mark.parametrize(
    ("library", "door"),
    [
        ("weasyprint", "pdf"),
        ("ebooklib", "epub"),
        ("markdown_it", "markdown"),
        ("borax", "facts"),
        ("ortools", "planner"),
    ],
)
def test_one_door_for_each_of_these(library: str, door: str) -> None:
    users = {
        module_of(path).split(".")[0]
        for path in FILES
        for module, _ in imports(path)
        if module.split(".")[0] == library
    }
    assert users == {door}
