"""What machines that watch are told by a process without pages."""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen
from uuid import uuid4

import pytest
from sqlalchemy.exc import OperationalError

from deploy.cluster.ports import free_port
from services.cluster.scrape import Watched, scraped
from services.cluster.worker import wrong_with
from services.core.log import LogUnavailable
from services.wiring import OPERATOR
from tests.platform import SCHOOL_ROW, opened_platform


@pytest.fixture
def port() -> int:
    return free_port()


@pytest.fixture
def watched(port: int) -> Iterator[Watched]:
    with scraped(port, "127.0.0.1") as watched:
        yield watched


def broken() -> None:
    raise OperationalError("SELECT", {}, Exception("server closed the connection"))


def told(port: int, path: str) -> tuple[int, str]:
    try:
        with urlopen(f"http://127.0.0.1:{port}/{path}", timeout=60) as answer:
            return answer.status, answer.read().decode()
    except HTTPError as refused:
        with refused:
            return refused.code, refused.read().decode()


def test_a_process_that_is_starting_says_so(watched: Watched, port: int) -> None:
    status, text = told(port, "health")
    assert (status, json.loads(text)) == (503, {"status": "failing", "wrong": ["The process is starting."]})


def test_health_says_what_is_wrong_in_words(watched: Watched, port: int) -> None:
    wrong = ["The message broker (AMQP_URL) can't be reached."]
    watched.of(lambda: wrong)
    assert json.loads(told(port, "health")[1]) == {"status": "failing", "wrong": wrong}
    wrong.clear()
    assert told(port, "health") == (200, '{"status": "ok", "wrong": []}\n')


def test_metrics_are_brought_up_to_date_before_a_scrape(watched: Watched, port: int) -> None:
    measured = list[int]()
    watched.of(lambda: [], lambda: measured.append(1))
    status, text = told(port, "metrics")
    assert status == 200
    assert "partnership_calls_total" in text
    assert measured == [1]


def test_metrics_are_told_also_while_something_is_wrong(watched: Watched, port: int) -> None:
    wrong = ["The event log can't be read."]
    watched.of(lambda: wrong, lambda: pytest.fail("what can't be read was measured"))
    status, text = told(port, "metrics")
    assert status == 200
    assert "partnership_wrong 1.0" in text
    wrong.clear()
    watched.of(lambda: wrong)
    assert "partnership_wrong 0.0" in told(port, "metrics")[1]


def test_there_is_nothing_else(watched: Watched, port: int) -> None:
    assert told(port, "elsewhere")[0] == 404


def test_without_a_port_nothing_is_served() -> None:
    with scraped(0, "127.0.0.1") as watched:
        watched.of(lambda: [])


def test_a_read_model_that_is_stuck_is_named(tmp_path: Path) -> None:
    with opened_platform(tmp_path) as platform:
        runtime = platform.runtime
        runtime.handle("scheduling.RecordSchool", {**SCHOOL_ROW, "urn": 120001}, actor=OPERATOR, command_id=uuid4())
        assert wrong_with(runtime) == []
        platform.on(date(2011, 9, 2))
        assert "scheduling.schools has not taken in what was recorded 30 seconds ago." in wrong_with(runtime)


def test_a_worker_says_what_it_stands_on_that_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with opened_platform(tmp_path) as platform:
        runtime = platform.runtime
        assert wrong_with(runtime) == []

        def away(*_: object) -> None:
            raise LogUnavailable("The log server does not answer. Nothing was recorded.")

        with monkeypatch.context() as patched:
            patched.setattr(runtime.log, "since", away)
            assert wrong_with(runtime) == [
                "The event log can't be read: The log server does not answer. Nothing was recorded."
            ]
        projector = next(iter(runtime.projectors.values()))
        with monkeypatch.context() as patched:
            patched.setattr(projector.model, "current", broken)
            assert wrong_with(runtime) == [
                "The read models' database can't be read: scheduling.schools gives OperationalError."
            ]
