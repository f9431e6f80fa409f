"""The rows of services that run apart, at their least size, over engines of the tests' own. No figure is judged."""

from pathlib import Path

import pytest

from tests.bench.cluster import ROWS, raw_publisher
from tests.bench.tiny import WholeRun, run, whole_run
from tests.engines import rabbitmq

pytestmark = pytest.mark.usefixtures("broker")


@pytest.fixture(scope="module")
def broker() -> None:
    rabbitmq.shared()


@pytest.fixture(scope="module")
def everything(tmp_path_factory: pytest.TempPathFactory, broker: None) -> WholeRun:
    return whole_run(tmp_path_factory.mktemp("bench"), "--cluster")


@pytest.mark.parametrize("name", ROWS)
def test_a_row_prints_every_goal_and_figure_and_keeps_them(everything: WholeRun, name: str) -> None:
    table, line = everything.found(ROWS[name])
    assert all(figure > 0 and f"{figure_name} " in table for figure_name, figure in line["figures"].items())
    assert set(line["engines"]) >= {"rabbitmq", "kurrentdb", "nameko", "kombu"}


def test_a_publisher_that_leaves_messages_out_breaks_its_row(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(raw_publisher, "publish", lambda url, messages, batch: None)
    result = run(tmp_path, "--cluster", "--rows", "relay")
    assert result.exit_code == 1
    assert "messages were published and 0 came" in result.stderr


def test_without_a_broker_it_says_what_is_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rabbitmq, "shared", lambda: pytest.skip(rabbitmq.MISSING))
    result = run(tmp_path, "--cluster")
    assert result.exit_code == 2
    assert "rabbitmq-server is not installed" in result.stderr
