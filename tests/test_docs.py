"""What the README promises is there: commands, options, exit codes, files."""

from __future__ import annotations

import re
from pathlib import Path

import click
import pytest

from producer.cli import main
from producer.errors import ExitCode

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
def test_links_lead_to_files(text: str) -> None:
    prose = re.sub(r"```.*?```", "", text, flags=re.DOTALL)
    for target in re.findall(r"\]\(([^)#]+)[^)]*\)", prose):
        assert (ROOT / target).is_file(), target


def test_no_option_is_told_that_does_not_exist() -> None:
    known = {"--yes", "--no-install-recommends"}
    for command in main.commands.values():
        known |= {option for parameter in command.params for option in parameter.opts}
    assert set(re.findall(r"`(--[a-z-]+)", README)) <= known
