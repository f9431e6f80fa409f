"""The benchmark is reached through the command line, and its own exit code comes through."""

import importlib.util

import pytest

from tests.cli.conftest import Run, refused


def test_arguments_are_passed_on(run: Run) -> None:
    assert run("bench", "--rows", "no-such-row").exit_code == 2


def test_without_the_library_it_says_what_to_do(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda _name: None)
    refused(run("bench"), "make bench")
