"""An application served over HTTP by the gateway's own server, in a thread of the test."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from flask import Flask

from gateway.server import listen, make_server
from services.core.settings import Settings


@contextmanager
def served(app: Flask) -> Iterator[str]:
    """The address at which an application is served until the block ends."""
    sock = listen("127.0.0.1", 0)
    host, port = sock.getsockname()
    server = make_server(app, sock, Settings())
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    try:
        yield f"http://{host}:{port}"
    finally:
        server.task_dispatcher.shutdown()
        server.trigger.pull_trigger(server.close)
        thread.join(5)
