"""The worker's counter: requests over a unix socket."""

import socket
import stat
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from services.cluster.counter import Counter
from services.cluster.frames import LENGTH, receive, send


class Slow:
    """Answers with the request in capitals, once it is let go."""

    def __init__(self) -> None:
        self.asked, self.go = threading.Event(), threading.Event()

    def answer(self, request: bytes) -> bytes:
        self.asked.set()
        assert self.go.wait(60)
        return request.upper()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "run" / "s.sock"


@pytest.fixture
def slow() -> Slow:
    return Slow()


@pytest.fixture
def counter(path: Path, slow: Slow) -> Iterator[Counter]:
    counter = Counter(path, slow.answer)
    yield counter
    slow.go.set()
    counter.close(60)


def connected(path: Path) -> socket.socket:
    connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    connection.settimeout(60)
    try:
        connection.connect(str(path))
    except OSError:
        connection.close()
        raise
    return connection


def test_one_connection_carries_one_request_after_another(counter: Counter, slow: Slow, path: Path) -> None:
    slow.go.set()
    with connected(path) as connection:
        for text in (b"one", b"", b"x" * 300_000):
            send(connection, text)
            assert receive(connection) == text.upper()


def test_what_is_in_hand_is_answered_before_it_closes(counter: Counter, slow: Slow, path: Path) -> None:
    with connected(path) as busy, connected(path) as idle:
        send(busy, b"in hand")
        assert slow.asked.wait(60)
        closed = list[bool]()
        closing = threading.Thread(target=lambda: closed.append(counter.close(60)))
        closing.start()
        assert receive(idle) is None
        with pytest.raises(OSError, match="No such file"):
            connected(path)
        slow.go.set()
        assert receive(busy) == b"IN HAND"
        closing.join()
    assert closed == [True]


def test_it_says_when_something_was_not_finished_in_time(counter: Counter, slow: Slow, path: Path) -> None:
    with connected(path) as busy:
        send(busy, b"in hand")
        assert slow.asked.wait(60)
        assert not counter.close(0.01)


def test_a_socket_left_by_a_worker_that_was_killed_is_no_hindrance(path: Path, slow: Slow) -> None:
    path.parent.mkdir()
    with socket.socket(socket.AF_UNIX) as left:
        left.bind(str(path))
    slow.go.set()
    counter = Counter(path, slow.answer)
    with connected(path) as connection:
        send(connection, b"still there?")
        assert receive(connection) == b"STILL THERE?"
    counter.close(60)


def test_other_users_can_not_reach_it(counter: Counter, path: Path) -> None:
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_a_message_cut_short_is_an_error_and_no_message(counter: Counter) -> None:
    one, other = socket.socketpair()
    with one:
        with other:
            other.sendall(LENGTH.pack(10) + b"four")
        with pytest.raises(ConnectionError):
            receive(one)
