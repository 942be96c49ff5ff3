"""The documents tell the truth: each command is in both of them, and none that is not there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import typer.main

from qa.cli import main as _registers_all_commands  # noqa: F401
from qa.cli.app import app

ROOT = Path(__file__).resolve().parents[1]
READMES = ("README.md", "README.zh.md")


def code_of(readme: str) -> str:
    text = (ROOT / readme).read_text("utf-8")
    return "\n".join(re.findall(r"```.*?```|`[^`\n]+`", text, re.DOTALL))


def commands() -> set[str]:
    group = typer.main.get_command(app)
    return set(group.commands)  # type: ignore[attr-defined]


@pytest.mark.parametrize("readme", READMES)
def test_every_command_is_documented(readme: str) -> None:
    told = set(re.findall(r"\byinzheng ([a-z]+)\b", (ROOT / readme).read_text("utf-8")))
    assert commands() <= told


@pytest.mark.parametrize("readme", READMES)
def test_every_documented_command_exists(readme: str) -> None:
    assert set(re.findall(r"\byinzheng ([a-z]+)\b", code_of(readme))) <= commands()


@pytest.mark.parametrize("readme", READMES)
def test_every_make_target_exists(readme: str) -> None:
    told = re.findall(r"\bmake ([a-z]+)\b", code_of(readme))
    makefile = (ROOT / "Makefile").read_text("utf-8")
    for target in told:
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), target


@pytest.mark.parametrize("readme", READMES)
def test_every_linked_file_exists(readme: str) -> None:
    text = (ROOT / readme).read_text("utf-8")
    for target in re.findall(r"\]\(([^)#:]+)\)", text):
        assert (ROOT / target).exists(), target


def test_the_changelog_knows_the_version() -> None:
    project = (ROOT / "pyproject.toml").read_text("utf-8")
    assert 'version = "0.1.0"' in project
    assert "## [Unreleased]" in (ROOT / "CHANGELOG.md").read_text("utf-8")
