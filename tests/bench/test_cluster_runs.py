"""The rows of services that run apart, at their least size, over engines of the tests' own. No figure is judged."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.bench import __main__ as bench
from tests.bench.cluster import ROWS, raw_publisher
from tests.bench.sizes import TINY
from tests.engines import rabbitmq

pytestmark = pytest.mark.usefixtures("broker")


@pytest.fixture
def broker() -> None:
    rabbitmq.shared()


def run(tmp_path: Path, *arguments: str) -> Result:
    return CliRunner().invoke(bench.main, ["--cluster", "--size", "tiny", "--at", str(tmp_path), *arguments])


@pytest.mark.parametrize("name", ROWS)
def test_a_row_prints_every_goal_and_figure_and_keeps_them(tmp_path: Path, name: str) -> None:
    kept = tmp_path / "results.jsonl"
    result = run(tmp_path, "--rows", name, "--results", str(kept))
    assert result.exit_code == 0, result.output
    assert f"{name}: {ROWS[name].title}" in result.stdout
    assert all(goal.label in result.stdout and goal.words() in result.stdout for goal in ROWS[name].goals)
    (line,) = [json.loads(line) for line in kept.read_text().splitlines()]
    assert (line["row"], line["size"], line["rounds"]) == (name, "tiny", TINY.rounds)
    assert len(line["goals"]) == len(ROWS[name].goals)
    assert all(figure > 0 and f"{figure_name} " in result.stdout for figure_name, figure in line["figures"].items())
    assert set(line["engines"]) >= {"rabbitmq", "kurrentdb", "nameko", "kombu"}


def test_a_publisher_that_leaves_messages_out_breaks_its_row(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(raw_publisher, "publish", lambda url, messages, batch: None)
    result = run(tmp_path, "--rows", "relay")
    assert result.exit_code == 1
    assert "messages were published and 0 came" in result.stderr


def test_without_a_broker_it_says_what_is_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rabbitmq, "shared", lambda: pytest.skip(rabbitmq.MISSING))
    result = run(tmp_path)
    assert result.exit_code == 2
    assert "rabbitmq-server is not installed" in result.stderr
