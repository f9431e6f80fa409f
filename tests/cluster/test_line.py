"""The edge's line to its worker, through the worker's ends and returns."""

import threading
import time
from pathlib import Path
from uuid import uuid4

import pytest

from services.cluster.counter import Counter
from services.cluster.frames import socket_path
from services.cluster.line import Line
from services.cluster.messages import Fault, Request, decode_reply, encode
from services.core.settings import BadSetting, Settings


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data_dir=tmp_path)


def asking(seconds: float = 60) -> bytes:
    return encode(Request("handle", time.time() + seconds, "toy.Do", command_id=uuid4()))


def fault(reply: bytes) -> Fault:
    found = decode_reply(reply).fault
    assert found is not None
    return found


def test_a_worker_that_is_starting_is_waited_for(settings: Settings) -> None:
    replies = list[bytes]()
    line = Line(settings, "toy")
    waiting = threading.Thread(target=lambda: replies.append(line.ask(asking())))
    waiting.start()
    counter = Counter(socket_path(settings, "toy"), lambda _: b"done")
    waiting.join()
    assert replies == [b"done"]
    assert line.health() == []
    line.close()
    counter.close(60)


def test_a_request_whose_worker_ends_is_asked_of_the_next(settings: Settings) -> None:
    line, path = Line(settings, "toy"), socket_path(settings, "toy")
    for name in (b"first", b"second"):
        counter = Counter(path, lambda _, name=name: name)  # type: ignore[misc]
        assert line.ask(asking()) == name
        counter.close(60)
    line.close()


def test_a_worker_that_is_not_there_leaves_nothing_recorded(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("services.cluster.line.STARTING_SECONDS", 0.1)
    line = Line(settings, "toy")
    assert fault(line.ask(asking())) == Fault("ServiceUnavailable", "The service toy is not answering.")
    assert line.health() == ["The worker of toy is not listening: No such file or directory."]


def test_a_worker_that_takes_a_command_and_says_nothing_may_have_done_it(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("services.cluster.line.LATE_SECONDS", 0.1)
    go = threading.Event()
    counter = Counter(socket_path(settings, "toy"), lambda _: b"late" if go.wait(60) else b"")
    assert fault(Line(settings, "toy").ask(asking(0.1))).kind == "OutcomeUnknown"
    go.set()
    counter.close(60)


def test_a_request_that_comes_late_is_not_passed_on(settings: Settings) -> None:
    assert fault(Line(settings, "toy").ask(asking(-1))).kind == "TooLate"


def test_a_directory_too_long_for_a_socket_is_said_so() -> None:
    with pytest.raises(BadSetting, match="DATA_DIR is too long"):
        socket_path(Settings(data_dir=Path("/" + "long" * 30)), "toy")
