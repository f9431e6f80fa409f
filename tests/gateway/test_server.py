"""The server as a process: starting, being stopped, and clients that do not behave."""

import http.client
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, closing
from pathlib import Path
from urllib.request import urlopen

import pytest
from flask import Flask

from tests import serving

ROOT = Path(__file__).parents[2]


def start(port: int, directory: Path, *by: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [*by, sys.executable, "-m", "tests.gateway.served", str(port), str(directory)],
        cwd=ROOT,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


class Served:
    def __init__(self, process: subprocess.Popen[str]) -> None:
        assert process.stdout
        self.process = process
        self.port = int(process.stdout.readline().removeprefix("port "))

    def get(self, path: str, **headers: str) -> http.client.HTTPResponse:
        with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)) as connection:
            connection.request("GET", path, headers=headers)
            with connection.getresponse() as answer:
                answer.read()
                return answer

    def connect(self) -> socket.socket:
        return socket.create_connection(("127.0.0.1", self.port), timeout=10)


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    with start(0, tmp_path) as process:
        yield Served(process)
        process.kill()


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_when_stopped_the_page_in_hand_is_finished_first(served: Served, how: signal.Signals) -> None:
    with served.connect() as slow:
        slow.sendall(b"GET /metrics HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        assert served.get("/health").status == 200
        served.process.send_signal(how)
        answer = b"".join(iter(lambda: slow.recv(65_536), b""))
    assert answer.startswith(b"HTTP/1.1 200 OK")
    assert answer.endswith(b"finished")
    out, err = served.process.communicate(timeout=10)
    assert (out, err, served.process.returncode) == ("closed\n", "", 0)


def test_a_port_in_use_is_one_clear_line(served: Served, tmp_path: Path) -> None:
    second = start(served.port, tmp_path)
    out, err = second.communicate(timeout=10)
    assert (out, second.returncode) == ("", 1)
    assert err == (
        f"Port {served.port} is in use. Stop what uses it, or choose another, such as PORT={served.port + 1}.\n"
    )


def test_idle_and_stalled_clients_do_not_keep_others_waiting(served: Served) -> None:
    with ExitStack() as clients:
        for _ in range(20):
            clients.enter_context(served.connect())
            clients.enter_context(served.connect()).sendall(b"GET /health HTTP/1.1\r\nHo")
        assert served.get("/health").status == 200


def test_more_clients_than_the_shell_allows_files(tmp_path: Path) -> None:
    with start(0, tmp_path, "sh", "-c", 'ulimit -Sn 256 && exec "$@"', "sh") as process, ExitStack() as clients:
        clients.callback(process.kill)
        served = Served(process)
        for _ in range(300):
            clients.enter_context(served.connect())
        assert served.get("/health").status == 200


def test_more_open_files_than_select_takes(app: Flask) -> None:
    with ExitStack() as files:
        for _ in range(1_024):
            files.enter_context(Path(os.devnull).open())
        with serving.served(app) as address, urlopen(f"{address}/health", timeout=10) as answer:
            assert answer.status == 200


def test_headers_have_a_limit(served: Served) -> None:
    assert served.get("/health", Cookie="x" * 100_000).status == 431


def test_the_answer_does_not_name_the_server(served: Served) -> None:
    assert "Server" not in served.get("/health").headers
