"""No command without help, an example in it, and a mention in the README."""

from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from services.cli import main
from tests.cli.conftest import Run

README = Path(__file__).parents[2] / "README.md"


def commands(group: click.Group = main, *path: str) -> Iterator[tuple[str, click.Command]]:
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        yield " ".join((*path, name)), command
        if isinstance(command, click.Group):
            yield from commands(command, *path, name)


ALL = [pytest.param(path, command, id=path) for path, command in commands()]


@pytest.mark.parametrize(("path", "command"), ALL)
def test_help_says_what_it_does_with_an_example(path: str, command: click.Command, run: Run) -> None:
    result = run(*path.split(), "--help")
    assert result.exit_code == 0
    assert command.help
    assert f"partnership {path}" in command.help.partition("Example:")[2]


@pytest.mark.parametrize(("path", "command"), ALL)
def test_every_option_says_what_it_is_for(path: str, command: click.Command) -> None:
    for parameter in command.params:
        assert not isinstance(parameter, click.Option) or parameter.help, parameter.name


@pytest.mark.parametrize("path", [path for path, _command in commands()])
def test_the_readme_mentions_it(path: str) -> None:
    assert f"partnership {path}" in README.read_text("utf-8")


def test_the_overview_lists_every_command(run: Run) -> None:
    result = run("--help")
    for path, _command in commands():
        assert path.split()[0] in result.stdout


def test_an_unknown_command_is_a_mistake_of_usage(run: Run) -> None:
    assert run("sreve").exit_code == 2
