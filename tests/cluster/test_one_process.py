"""A platform in one process does without the packages of the distributed runtime, and says so when they are missing."""

import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from services.cli import main

APART = ("amqp", "eventlet", "grpc", "kombu", "kurrentdbclient", "nameko", "opentelemetry", "psycopg")


def test_serving_loads_none_of_them() -> None:
    program = f"import sys, services.cli.serve; print([name for name in {APART} if name in sys.modules])"
    root = Path(__file__).parents[2]
    ran = subprocess.run([sys.executable, "-c", program], cwd=root, check=True, capture_output=True, text=True)
    assert ran.stdout == "[]\n"


@pytest.mark.parametrize("command", [["service", "visits"], ["worker", "visits"], ["edge", "visits"], ["gateway"]])
def test_services_apart_need_a_broker(command: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("AMQP_URL", raising=False)
    result = CliRunner().invoke(main, command)
    assert (result.exit_code, result.stderr) == (
        1,
        "Error: AMQP_URL must name the message broker of services that run apart: amqp://...\n",
    )


def test_where_the_packages_are_missing_it_says_how_to_get_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AMQP_URL", "amqp://localhost")
    monkeypatch.setattr("services.cli.apart.find_spec", lambda _: None)
    result = CliRunner().invoke(main, ["gateway"])
    assert result.stderr.endswith("Install them with: make cluster\n")
