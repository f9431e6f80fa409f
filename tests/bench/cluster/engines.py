"""The engines that the rows share, and what is kept of them with a result."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path
from typing import Any

from kombu import Connection

from tests.engines import rabbitmq
from tests.engines.kurrentdb.process import Double

LIBRARIES = ("nameko", "kombu", "amqp", "eventlet", "kurrentdbclient")
KURRENTDB_URL = os.environ.get("KURRENTDB_URL", "")


def engines() -> dict[str, Any]:
    """What the rows run over."""
    with Connection(rabbitmq.shared().url) as connection:
        broker = connection.connection.server_properties["version"]
    log = "as KURRENTDB_URL says" if KURRENTDB_URL else "the tests' stand-in"
    return {"rabbitmq": broker, "kurrentdb": log, **{name: version(name) for name in LIBRARIES}}


@contextmanager
def log_server(directory: Path) -> Iterator[str]:
    """The address of the event log of services that run apart: KURRENTDB_URL, or else the tests' stand-in."""
    if KURRENTDB_URL:
        yield KURRENTDB_URL
        return
    double = Double(directory).start()
    try:
        yield double.url
    finally:
        double.stop()
