"""A PostgreSQL server of the tests' own: started on a free port of this machine, stopped, crashed and started again."""

import atexit
import hashlib
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from functools import cache
from pathlib import Path
from typing import Any

import psycopg
import pytest

INSTALLED = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
PATIENCE = 60
OWNER = "postgres"

# A server that dies with the tests has nothing to keep; one that is crashed on purpose recovers from its journal.
FASTER = ("fsync=off", "full_page_writes=off", "max_connections=200", "shared_buffers=256MB", "max_wal_size=2GB")


class PostgresServer:
    """One server in a temporary directory. It refuses to run as root, so then it runs as the user `postgres`."""

    def __init__(self) -> None:
        if not INSTALLED:
            pytest.skip("PostgreSQL is not installed: apt-get install postgresql")
        self._programs = INSTALLED[-1].parent
        self._as: dict[str, Any] = {"user": OWNER, "group": OWNER, "extra_groups": []} if os.getuid() == 0 else {}
        self.directory = Path(tempfile.mkdtemp(prefix="postgres-"))
        if self._as:
            shutil.chown(self.directory, OWNER, OWNER)
        self.port = free_port()
        self._process: subprocess.Popen[bytes] | None = None
        self._run("initdb", "--locale=C", "--encoding=UTF8", f"--username={OWNER}", "--auth=trust", "--no-sync")
        self.start()

    def url(self, database: str = "postgres") -> str:
        return f"postgresql://{OWNER}@127.0.0.1:{self.port}/{database}"

    def start(self) -> None:
        """Start it, and wait until it answers."""
        settings = ("listen_addresses=127.0.0.1", "unix_socket_directories=", f"port={self.port}", *FASTER)
        options = [option for setting in settings for option in ("-c", setting)]
        with (self.directory / "log").open("ab") as log:
            self._process = subprocess.Popen(
                [self._programs / "postgres", "-D", self.directory / "data", *options],
                cwd=self.directory,
                stdout=log,
                stderr=log,
                **self._as,
            )
        deadline = time.monotonic() + PATIENCE
        while not self._answers():
            assert self._process.poll() is None, (self.directory / "log").read_text()
            assert time.monotonic() < deadline, "PostgreSQL did not start"

    def run(self) -> None:
        """Start it unless it runs."""
        if self._process is None:
            self.start()

    def stop(self) -> None:
        """Stop it at once, all it promised kept: its sessions are cut off."""
        self._end(signal.SIGINT)

    def crash(self) -> None:
        """End it as a failing machine would: the next start recovers."""
        self._end(signal.SIGQUIT)

    def database(self, name: str) -> str:
        """The address of a new, empty database."""
        with psycopg.connect(self.url(), autocommit=True) as connection:
            connection.execute(f'CREATE DATABASE "{name}" TEMPLATE template0'.encode())
        return self.url(name)

    def checkpoint(self) -> None:
        """Have it write to its tables' files all that it holds in memory."""
        with psycopg.connect(self.url(), autocommit=True) as connection:
            connection.execute("CHECKPOINT")

    def remove(self) -> None:
        if self._process is not None:
            self.crash()
        shutil.rmtree(self.directory, ignore_errors=True)

    def _answers(self) -> bool:
        try:
            psycopg.connect(self.url(), connect_timeout=5).close()
        except psycopg.OperationalError:
            return False
        return True

    def _end(self, how: signal.Signals) -> None:
        assert self._process is not None
        self._process.send_signal(how)
        self._process.wait(PATIENCE)
        self._process = None

    def _run(self, program: str, *options: str) -> None:
        command = [str(self._programs / program), "-D", str(self.directory / "data"), *options]
        subprocess.run(command, check=True, cwd=self.directory, capture_output=True, **self._as)


def free_port() -> int:
    """A port of this machine that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@cache
def server() -> PostgresServer:
    """The server that all tests of this run share, for as long as they leave it running."""
    started = PostgresServer()
    atexit.register(started.remove)
    return started


@cache
def database_of(directory: Path) -> str:
    """The address of the database that belongs to a directory: new for who asks first."""
    return server().database(f"test_{hashlib.sha256(str(directory).encode()).hexdigest()[:16]}")
