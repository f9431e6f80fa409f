"""The command line as a user meets it: arguments in; exit code, stdout and stderr out."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from services.cli import main
from tests.county import copy_of, loaded

Run = Callable[..., Result]
Ask = Callable[..., Any]


@pytest.fixture
def data_dir(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty DATA_DIR."""
    directory = tmp_path / "data"
    monkeypatch.setenv("DATA_DIR", str(directory))
    return directory


@pytest.fixture
def county(data_dir: Path) -> Path:
    """A DATA_DIR with a copy of the loaded sample county."""
    return copy_of(loaded()[0], data_dir)


@pytest.fixture
def run(data_dir: Path) -> Run:
    def invoke(*arguments: str) -> Result:
        return CliRunner().invoke(main, arguments)

    return invoke


@pytest.fixture
def ask(run: Run) -> Ask:
    """Run a command that must succeed, and read its JSON."""

    def invoke(*arguments: str) -> Any:
        result = run(*arguments, "--json")
        assert result.exit_code == 0, result.output
        return json.loads(result.stdout)

    return invoke


def refused(result: Result, words: str) -> None:
    """Exit 1, and one line on stderr that holds these words."""
    assert result.exit_code == 1, result.output
    assert result.stderr.startswith("Error: ")
    assert result.stderr.count("\n") == 1
    assert words in result.stderr
