"""A RabbitMQ of its own for tests: the launcher's private broker, stopped, killed and started again."""

import atexit
import re
import shutil
import tempfile
import time
from functools import cache
from pathlib import Path
from urllib.request import urlopen

import pytest

from deploy.cluster import rabbitmq
from deploy.cluster.child import Child
from deploy.cluster.ports import free_port

MISSING = "Debian's package rabbitmq-server is not installed: deploy/setup/engines.py adds it where it may"
LIMIT_SECONDS = 60
DEPTH = "rabbitmq_detailed_queue_messages"


class RabbitMq:
    """Not running until `start`; what was declared durable outlives `stop`, `kill` and `start`."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        # The user that RabbitMQ's own documents speak of, so that a test may write an address down.
        self._broker = rabbitmq.RabbitMq(directory / "broker", free_port(), users=("guest", "subscriber"))
        (directory / "broker").mkdir()
        (directory / "broker" / "guest-password").write_text("guest")
        self._broker.prepare()
        self._children = [Child(program, directory) for program in self._broker.programs()]

    @property
    def port(self) -> int:
        return self._broker.port

    @property
    def url(self) -> str:
        return self._broker.url()

    def depth(self, queue: str) -> int | None:
        """How many messages Prometheus reads that a queue holds; RabbitMQ counts every five seconds."""
        url = f"http://127.0.0.1:{self._broker.metrics_port}/metrics/detailed?family=queue_coarse_metrics"
        with urlopen(url) as answer:
            found = re.search(rf'^{DEPTH}{{.*queue="{re.escape(queue)}"}} (\d+)', answer.read().decode(), re.MULTILINE)
        return int(found[1]) if found else None

    def start(self) -> None:
        """Start the node and wait until it takes connections."""
        if not rabbitmq.installed():
            raise FileNotFoundError(MISSING)
        for child in self._children:
            child.start()
            until = time.monotonic() + LIMIT_SECONDS
            while not child.program.healthy():
                if child.ended() or time.monotonic() > until:
                    self.kill()
                    raise RuntimeError(f"RabbitMQ did not start:\n{child.last_words()}")
                time.sleep(0.05)

    def stop(self) -> None:
        """An orderly stop; nothing where it does not run."""
        for child in reversed(self._children):
            child.tell_to_stop()
            child.wait()

    def kill(self) -> None:
        """As if the power went."""
        for child in self._children:
            child.kill()

    def remove(self) -> None:
        self.kill()
        shutil.rmtree(self._directory, ignore_errors=True)


@cache
def shared() -> RabbitMq:
    """The broker that all tests of this run share; whoever stops it starts it again. Skips where there is none."""
    if not rabbitmq.installed():
        pytest.skip(MISSING)
    broker = RabbitMq(Path(tempfile.mkdtemp(prefix="rabbitmq-")))
    atexit.register(broker.remove)
    broker.start()
    return broker
