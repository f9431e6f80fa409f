"""/metrics and /health of a process without pages, on a port of its own: METRICS_PORT."""

import json
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

from prometheus_client import Gauge, make_wsgi_app

WRONG = Gauge("partnership_wrong", "How many things /health says are wrong, 0 when all is well")

Health = Callable[[], Sequence[str]]
"""What is wrong, a sentence each; nothing when all is well."""


def _starting() -> list[str]:
    return ["The process is starting."]


class Watched:
    """What is asked when somebody scrapes: `of` says whom, once it is there."""

    def __init__(self) -> None:
        self._health: Health = _starting
        self._measure: Callable[[], object] = lambda: None
        self._metrics = make_wsgi_app()

    def of(self, health: Health, measure: Callable[[], object] = lambda: None) -> None:
        """From now on, `health` is asked what is wrong, and `measure` brings gauges up to date before a scrape."""
        self._health, self._measure = health, measure

    def __call__(self, environ: dict[str, Any], start: Any) -> Iterable[bytes]:
        if environ["PATH_INFO"] == "/metrics":
            wrong = self._health()
            WRONG.set(len(wrong))
            if not wrong:  # what can't be reached can't be measured: then the last figures stand
                self._measure()
            metrics: Iterable[bytes] = self._metrics(environ, start)
            return metrics
        if environ["PATH_INFO"] != "/health":
            start("404 Not Found", [("Content-Type", "text/plain")])
            return [b"There are /health and /metrics here.\n"]
        wrong = list(self._health())
        start("503 Service Unavailable" if wrong else "200 OK", [("Content-Type", "application/json")])
        return [json.dumps({"status": "failing" if wrong else "ok", "wrong": wrong}).encode() + b"\n"]


class _Silent(WSGIRequestHandler):
    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """A scrape every few seconds is no news."""


@contextmanager
def scraped(port: int, host: str) -> Iterator[Watched]:
    """Serve both until the block ends, or neither when the port is 0. Raises OSError when the port is taken."""
    watched = Watched()
    if not port:
        yield watched
        return
    server = make_server(host, port, watched, WSGIServer, _Silent)
    thread = threading.Thread(target=server.serve_forever, name="scrape", daemon=True)
    thread.start()
    try:
        yield watched
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
