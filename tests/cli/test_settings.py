from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Run, refused


def test_every_setting_is_shown_with_its_value_and_meaning(run: Run, data_dir: Path) -> None:
    result = run("settings")
    assert result.exit_code == 0
    assert "DATA_DIR" in result.stdout
    assert str(data_dir) in result.stdout
    assert "Port on which the platform is served" in result.stdout


def test_machines_get_the_value_in_force(ask: Callable[..., Any], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORT", "8123")
    assert {"name": "PORT", "value": "8123"}.items() <= next(s for s in ask("settings") if s["name"] == "PORT").items()


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("PORT", "eighty", "PORT must be a whole number"),
        ("PORT", "70000", "PORT must be a whole number"),
        ("SAMPLE_COUNTY", "yes", "SAMPLE_COUNTY must be 1 or 0"),
        ("LOG_LEVEL", "loud", "LOG_LEVEL must be"),
    ],
)
def test_a_bad_setting_is_named(run: Run, monkeypatch: pytest.MonkeyPatch, name: str, value: str, words: str) -> None:
    monkeypatch.setenv(name, value)
    refused(run("settings"), words)
