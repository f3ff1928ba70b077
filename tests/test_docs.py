"""What the README promises is there: commands, options, exit codes, files."""

from __future__ import annotations

import re
from pathlib import Path
from typing import get_args

import click
import pytest

from producer.cli import main
from producer.errors import ExitCode, Findings
from producer.markdown import parse_body
from producer.markdown.parser import CONTAINERS
from producer.model.story import BlockKind, RunStyle

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text("utf-8")
CHINESE = (ROOT / "README.zh-CN.md").read_text("utf-8")


def test_exit_codes_stand_in_one_table() -> None:
    rows = re.findall(r"^\| (\d+) \| ([A-Z_]+) \|", README, re.MULTILINE)
    assert rows == [(str(int(code)), code.name) for code in ExitCode]


@pytest.mark.parametrize("text", [README, CHINESE])
@pytest.mark.parametrize("name", list(main.commands))
def test_every_command_is_told(text: str, name: str) -> None:
    assert f"`producer {name}" in text


@pytest.mark.parametrize("name", list(main.commands))
def test_every_option_is_told(name: str) -> None:
    for parameter in main.commands[name].params:
        if isinstance(parameter, click.Option) and "--help" not in parameter.opts:
            assert any(f"`{option}" in README for option in parameter.opts), parameter.opts


@pytest.mark.parametrize("text", [README, CHINESE])
def test_every_kind_of_paragraph_can_be_written_as_the_table_says(text: str) -> None:
    signs = [sign.replace("\\|", "|") for sign in re.findall(r"`([^`\n]+)`", text)]
    names = [name for name in CONTAINERS if re.search(f"`(::: )?{name}`", text)]
    assert names == list(CONTAINERS)
    typed = [*signs, *(f"::: {name}\n字\n:::" for name in names)]
    found = [block for one in typed for block in parse_body(one, "", Findings())]
    assert {block.kind for block in found} == set(get_args(BlockKind))
    assert {run.style for block in found for run in block.runs} == set(get_args(RunStyle))
    assert any(run.ruby for block in found for run in block.runs)


@pytest.mark.parametrize("text", [README, CHINESE])
def test_links_lead_to_files(text: str) -> None:
    prose = re.sub(r"```.*?```|`[^`\n]*`", "", text, flags=re.DOTALL)
    for target in re.findall(r"\]\(([^)#]+)[^)]*\)", prose):
        assert (ROOT / target).is_file(), target


def test_no_option_is_told_that_does_not_exist() -> None:
    known = {"--yes", "--no-install-recommends"}
    for command in main.commands.values():
        known |= {option for parameter in command.params for option in parameter.opts}
    assert set(re.findall(r"`(--[a-z-]+)", README)) <= known
