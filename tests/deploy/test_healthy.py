"""The health check of a container."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from deploy import healthy
from deploy.cluster.ports import free_port


class Answering(BaseHTTPRequestHandler):
    status = 200

    def do_GET(self) -> None:
        self.send_response(self.status if self.path == "/health" else 404)
        self.end_headers()
        self.wfile.write(b"log unavailable")

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Nothing to say."""


@pytest.fixture
def port() -> Iterator[str]:
    server = HTTPServer(("127.0.0.1", 0), Answering)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield str(server.server_port)
    server.shutdown()
    thread.join()
    server.server_close()


def test_healthy_when_every_port_says_so(port: str) -> None:
    assert healthy.main([port, port]) is None


def test_the_reason_when_one_says_no(port: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Answering, "status", 503)
    assert healthy.main([port]) == f"port {port}: 503 log unavailable"


def test_the_reason_when_nobody_answers(port: str) -> None:
    nobody = str(free_port())
    assert (healthy.main([port, nobody]) or "").startswith(f"port {nobody}: ConnectionRefusedError")
