"""Serving the application over HTTP in this one process: by waitress, with few threads (deploy/adr, decision 7)."""

import errno
import logging
import resource
import signal
import socket
import sys
from types import FrameType
from typing import Any, NoReturn

from flask import Flask
from waitress.server import create_server

from gateway.settings import GatewaySettings

HEADER_BYTES = 32_768
IDLE_SECONDS = 60
CONNECTIONS = 1_000
OPEN_FILES = 10_000
"""Connections, and every thread's own to each read model, are more than the 1,024 that a shell commonly allows."""
TURN_SECONDS = 0.0005
"""Every statement to SQLite lets other threads run, and waits this long at most for each of those that only compute.
With Python's 5 ms a page of twenty statements waits a hundred milliseconds for one that is being rendered."""


class CannotListen(Exception):
    """The address or port can't be had; the text says what to do."""


def listen(host: str, port: int) -> socket.socket:
    """Take the port before anything else is opened: one in use then costs nothing. Raises CannotListen."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    sock = socket.socket(family, socket.SOCK_STREAM)
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        sock.bind((host, port))
        sock.listen(512)
    except OSError as error:
        sock.close()
        if error.errno == errno.EADDRINUSE:
            why = f"Port {port} is in use. Stop what uses it, or choose another, such as PORT={port + 1}."
        else:
            why = f"Can't listen on {host} port {port}: {error.strerror}. Choose another HOST or PORT."
        raise CannotListen(why) from error
    return sock


def serve(app: Flask, sock: socket.socket, settings: GatewaySettings) -> None:
    """Answer requests until SIGINT or SIGTERM, then finish the pages in hand and return."""
    sys.setswitchinterval(TURN_SECONDS)
    allow_open_files()
    server = make_server(app, sock, settings)
    signal.signal(signal.SIGTERM, _stop)
    signal.signal(signal.SIGINT, _stop)
    server.run()
    server.close()


def allow_open_files() -> None:
    """Have this process open as many files as it may, up to OPEN_FILES."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    most = OPEN_FILES if hard == resource.RLIM_INFINITY else min(OPEN_FILES, hard)
    if soft != resource.RLIM_INFINITY and soft < most:
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))


def make_server(app: Flask, sock: socket.socket, settings: GatewaySettings) -> Any:
    """The waitress server, ready to run."""
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)  # it warns of every moment's wait for a thread
    return create_server(
        app,
        sockets=[sock],
        threads=settings.threads,
        ident=None,
        connection_limit=CONNECTIONS,
        channel_timeout=IDLE_SECONDS,
        asyncore_use_poll=True,  # select() ends the server at the first file or connection past the 1,024th
        max_request_header_size=HEADER_BYTES,
        # Twice what the pages take, so that a file somewhat too large gets our page and not a bare line.
        max_request_body_size=2 * settings.upload_limit_mb * 1_000_000,
    )


def _stop(_number: int, _frame: FrameType | None) -> NoReturn:
    raise SystemExit  # waitress's word for a stop: no more requests, five seconds for those in hand
