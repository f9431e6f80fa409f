"""Services as processes of their own, for tests that kill, stop and restart them."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from services.cluster.bell import Listener
from services.cluster.pool import Pool, Proxy
from services.cluster.positions import Positions
from services.cluster.remote import RemoteRuntime
from services.core.service import Service
from services.wiring import SERVICES

ROOT = Path(__file__).parents[2]
LIMIT_SECONDS = 60


@dataclass
class Place:
    """Where services are started: the environment that they get."""

    data: Path
    amqp_url: str
    kurrentdb_url: str = ""
    otlp_url: str = ""
    postgres_url: str = ""
    metrics_port: int = 0

    def environment(self) -> dict[str, str]:
        return {
            **os.environ,
            "DATA_DIR": str(self.data),
            "AMQP_URL": self.amqp_url,
            "KURRENTDB_URL": self.kurrentdb_url,
            "OTLP_URL": self.otlp_url,
            "POSTGRES_URL": self.postgres_url,
            "METRICS_PORT": str(self.metrics_port),
            "LOG_LEVEL": "error",
        }


class Launched:
    """`partnership service NAME`."""

    def __init__(self, place: Place, service: str) -> None:
        command = [sys.executable, "-m", "services.cli", "service", service]
        self.process = subprocess.Popen(command, cwd=ROOT, env=place.environment(), stdout=subprocess.DEVNULL)

    def child(self, kind: str) -> int:
        """The process id of its `worker` or its `edge`, once there is one."""
        marks = {"worker": "services.cli", "edge": "services.cluster.edge_process"}
        found = list[int]()

        def there() -> bool:
            found[:] = [pid for pid in children(self.process.pid) if marks[kind] in command_of(pid)]
            return bool(found)

        until(there)
        return found[0]

    def kill(self, kind: str) -> None:
        os.kill(self.child(kind), signal.SIGKILL)

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(LIMIT_SECONDS)


def children(pid: int) -> list[int]:
    listed = subprocess.run(["ps", "-A", "-o", "pid=,ppid="], check=True, capture_output=True, text=True).stdout
    pairs = [line.split() for line in listed.splitlines()]
    return [int(own) for own, parent in pairs if int(parent) == pid]


def command_of(pid: int) -> str:
    return subprocess.run(["ps", "-o", "args=", "-p", str(pid)], check=False, capture_output=True, text=True).stdout


def alive(pid: int) -> bool:
    return bool(command_of(pid).strip())


def until(true: Callable[[], bool]) -> None:
    """Wait for a condition, with a generous limit."""
    limit = time.monotonic() + LIMIT_SECONDS
    while not true():
        assert time.monotonic() < limit, "it never came about"
        time.sleep(0.02)


@contextmanager
def launched(place: Place, *services: Service) -> Iterator[dict[str, Launched]]:
    """Each service by name, running until the block ends."""
    running = {service.name: Launched(place, service.name) for service in services}
    try:
        yield running
    finally:
        for each in running.values():
            each.process.terminate()
        for each in running.values():
            each.stop()


@contextmanager
def remote(amqp_url: str, *services: Service) -> Iterator[RemoteRuntime]:
    """What a gateway has of them."""
    positions, pool = Positions(), Pool(lambda: Proxy(amqp_url))
    with Listener(amqp_url, positions):
        yield RemoteRuntime(services or SERVICES, pool.call, positions, call_all=pool.call_all)
    pool.close()


def wait_at_most(seconds: float, monkeypatch: pytest.MonkeyPatch) -> None:
    """How long callers wait for an answer during a test."""
    monkeypatch.setattr("services.cluster.remote.PATIENCE", seconds)


def ready(runtime: RemoteRuntime) -> None:
    """Wait until every service answers."""
    until(lambda: not runtime.health()["wrong"])
