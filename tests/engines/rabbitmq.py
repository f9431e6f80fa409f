"""A RabbitMQ of its own for tests: a private node on free ports, in a directory of its own, as an ordinary process."""

import atexit
import os
import shutil
import signal
import subprocess
import tempfile
import time
from functools import cache
from pathlib import Path
from uuid import uuid4

import pytest

from tests.engines.ports import free_port, reachable

SERVER = shutil.which("rabbitmq-server", path="/usr/lib/rabbitmq/bin")
"""Debian's own command in the PATH would change to the user rabbitmq and its directories."""
EPMD = shutil.which("epmd")
MISSING = "Debian's package rabbitmq-server is not installed: deploy/setup/engines.py adds it where it may"
LIMIT_SECONDS = 60


class RabbitMq:
    """Not running until `start`; what was declared durable outlives `stop`, `kill` and `start`."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        self.port = free_port()
        self._epmd_port, self._dist_port = free_port(), free_port()
        self._node = f"test{uuid4().hex[:8]}@localhost"
        self._server: subprocess.Popen[bytes] | None = None
        self._epmd: subprocess.Popen[bytes] | None = None
        for name in ("home", "mnesia", "log"):  # Erlang keeps the node's cookie in its home
            (directory / name).mkdir()
        (directory / "plugins").write_text("[].\n")
        (directory / "rabbitmq.conf").write_text(f"listeners.tcp.local = 127.0.0.1:{self.port}\n")

    @property
    def url(self) -> str:
        return f"amqp://guest:guest@127.0.0.1:{self.port}//"

    def start(self) -> None:
        """Start the node and wait until it takes connections."""
        if not (SERVER and EPMD):
            raise FileNotFoundError(MISSING)
        self._epmd = self._run(EPMD, "-port", str(self._epmd_port), "-address", "127.0.0.1")
        self._server = self._run(SERVER)
        until = time.monotonic() + LIMIT_SECONDS
        while not reachable(self.port):
            if self._server.poll() is not None or time.monotonic() > until:
                self.kill()
                raise RuntimeError("RabbitMQ did not start:\n" + (self._directory / "out").read_text()[-3000:])
            time.sleep(0.05)

    def _run(self, *command: str) -> subprocess.Popen[bytes]:
        # Its input ends with this process, and the node with its input: it can't be left behind.
        with (self._directory / "out").open("ab") as out:
            return subprocess.Popen(
                command, env=self._environment(), stdin=subprocess.PIPE, stdout=out, stderr=out, start_new_session=True
            )

    def stop(self) -> None:
        """An orderly stop; nothing where it does not run."""
        self._end(signal.SIGTERM)

    def kill(self) -> None:
        """As if the power went."""
        self._end(signal.SIGKILL)

    def remove(self) -> None:
        self.kill()
        shutil.rmtree(self._directory, ignore_errors=True)

    def _end(self, number: signal.Signals) -> None:
        for process, by in ((self._server, number), (self._epmd, signal.SIGKILL)):
            if process is not None and process.stdin is not None:
                os.killpg(process.pid, by)
                process.wait(LIMIT_SECONDS)
                process.stdin.close()
        self._server = self._epmd = None

    def _environment(self) -> dict[str, str]:
        directory = self._directory
        return {
            **os.environ,
            "HOME": str(directory / "home"),
            "RABBITMQ_NODENAME": self._node,
            "RABBITMQ_MNESIA_BASE": str(directory / "mnesia"),
            "RABBITMQ_LOG_BASE": str(directory / "log"),
            "RABBITMQ_CONFIG_FILE": str(directory / "rabbitmq.conf"),
            "RABBITMQ_ENABLED_PLUGINS_FILE": str(directory / "plugins"),
            "RABBITMQ_CONF_ENV_FILE": str(directory / "no-such-file"),
            "RABBITMQ_ALLOW_INPUT": "true",  # so that the shell script becomes the node and is told to stop itself
            "RABBITMQ_DIST_PORT": str(self._dist_port),
            "ERL_EPMD_PORT": str(self._epmd_port),
            "ERL_EPMD_ADDRESS": "127.0.0.1",
            "RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS": "+S 1:1 +sbwt none -kernel inet_dist_use_interface {127,0,0,1}",
        }


def own() -> RabbitMq:
    """A running broker for one test, which removes it. Skips where there is none."""
    if not (SERVER and EPMD):
        pytest.skip(MISSING)
    broker = RabbitMq(Path(tempfile.mkdtemp(prefix="rabbitmq-")))
    broker.start()
    return broker


@cache
def shared() -> RabbitMq:
    """The broker that all tests of this run share; whoever stops it starts it again. Skips where there is none."""
    broker = own()
    atexit.register(broker.remove)
    return broker
