"""The platform served over loopback by `partnership serve`, on the sample county, and clients that ask it for pages."""

import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from html import unescape
from http.client import HTTPConnection
from pathlib import Path
from socket import socket
from urllib.parse import urlencode

from gateway.accounts import DEMONSTRATION_PASSWORD

HOST = "127.0.0.1"
PATIENCE_SECONDS = 120


class Client:
    """Somebody with a browser: keeps its connection and cookies, and the hidden fields of the page last opened."""

    def __init__(self, port: int, cookies: dict[str, str] | None = None) -> None:
        self._connection = HTTPConnection(HOST, port, timeout=PATIENCE_SECONDS)
        self.cookies = dict(cookies or {})
        self.text = ""

    def close(self) -> None:
        self._connection.close()

    def get(self, address: str) -> str:
        """A page's text. Raises AssertionError when the answer is not a page."""
        status, _ = self._ask("GET", address)
        assert status == 200, f"GET {address} gave {status}"
        return self.text

    def send(self, address: str, **typed: str) -> str:
        """Fill in the form of the page last opened and send it; where it leads is the page that shows it."""
        status, location = self._ask("POST", address, urlencode({**self._hidden_fields(), **typed}))
        return self.get(location) if status == 303 else self.text

    def sign_in(self, username: str) -> None:
        self.get("/sign-in")
        self.send("/sign-in", username=username, password=DEMONSTRATION_PASSWORD)

    def _ask(self, method: str, address: str, body: str | None = None) -> tuple[int, str]:
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        self._connection.request(method, address, body, headers)
        response = self._connection.getresponse()
        self.text = response.read().decode()
        for cookie in response.headers.get_all("Set-Cookie", []):
            name, _, value = cookie.partition(";")[0].partition("=")
            self.cookies[name] = value
        return response.status, response.headers.get("Location", "")

    def _hidden_fields(self) -> dict[str, str]:
        found = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', self.text)
        return {name: unescape(value) for name, value in found}


@contextmanager
def served(directory: Path) -> Iterator[int]:
    """The platform on the sample county, in a process of its own; gives its port."""
    with closing(socket()) as free:
        free.bind((HOST, 0))
        port: int = free.getsockname()[1]
    # Without a demonstration, so that rows of different days are about the same county.
    own = {"DATA_DIR": str(directory / "county"), "HOST": HOST, "PORT": str(port), "DEMONSTRATION": "0"}
    environment = {**os.environ, **own}
    server = subprocess.Popen(
        [sys.executable, "-m", "services.cli", "serve"], env=environment, stdout=subprocess.DEVNULL
    )
    try:
        wait_until_ready(server, port)
        yield port
    finally:
        server.terminate()
        server.wait()


def wait_until_ready(server: "subprocess.Popen[bytes]", port: int) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline and server.poll() is None:
        with closing(Client(port)) as client:
            try:
                client.get("/health")
            except OSError:
                time.sleep(0.1)
            else:
                return
    raise AssertionError(f"the platform did not start: exit code {server.poll()}")
