"""`partnership serve` as its user meets it: a process with an address, signals and a directory."""

import os
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.request
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from services.core.log import LogUnavailable, pages
from services.core.settings import Settings
from services.wiring import open_log_read_only

PATIENCE = 60
Environment = dict[str, str]


@pytest.fixture
def environment(data_dir: Path) -> Environment:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    unbuffered = {"PYTHONUNBUFFERED": "1"}
    return {**os.environ, **unbuffered, "DATA_DIR": str(data_dir), "PORT": str(port), "DEMONSTRATION": "0"}


@contextmanager
def serving(environment: Environment) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """A server that answers, and what it printed until then."""
    # As a shell starts what it puts in the background: with Ctrl-C ignored.
    command = ["sh", "-c", "trap '' INT; exec \"$0\" -m services.cli serve", sys.executable]
    with subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as server:
        try:
            yield server, _until_serving(server)
        finally:
            server.kill()


def _until_serving(server: subprocess.Popen[str]) -> str:
    assert server.stdout
    printed = ""
    for line in server.stdout:
        printed += line
        if line.startswith("Serving at "):
            return printed
    raise AssertionError(f"never served: {printed}{server.communicate()}")


def cannot_serve(environment: Environment, words: str) -> None:
    command = [sys.executable, "-m", "services.cli", "serve"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=PATIENCE, check=False)
    assert done.returncode == 1, done
    assert done.stderr.startswith("Error: ")
    assert done.stderr.count("\n") == 1
    assert words in done.stderr


def page(environment: Environment, path: str) -> tuple[int, str]:
    with urllib.request.urlopen(f"http://127.0.0.1:{environment['PORT']}{path}", timeout=PATIENCE) as response:
        return response.status, response.read().decode()


@pytest.mark.parametrize("stop", [signal.SIGINT, signal.SIGTERM])
def test_pages_until_it_is_told_to_stop(environment: Environment, stop: signal.Signals, county: Path) -> None:
    with serving(environment) as (server, printed):
        assert f"http://127.0.0.1:{environment['PORT']}" in printed
        assert "password norfolk" in printed
        status, html = page(environment, "/sign-in")
        assert status == 200
        assert "adviser07" in html
        server.send_signal(stop)
        _, errors = server.communicate(timeout=PATIENCE)
    assert server.returncode == 0
    assert "Traceback" not in errors


def test_an_empty_directory_is_loaded_and_kept(environment: Environment) -> None:
    with serving(environment) as (server, printed):
        assert "Loading the sample county" in printed
        server.send_signal(signal.SIGINT)
        server.communicate(timeout=PATIENCE)
        assert server.returncode == 0
    with serving(environment) as (_server, printed):
        assert "Loading" not in printed
        assert "adviser07" in printed


def test_a_loading_that_was_stopped_and_then_killed_is_finished(environment: Environment, data_dir: Path) -> None:
    for stop, events, code in ((signal.SIGTERM, 100, 0), (signal.SIGKILL, 1_000, -signal.SIGKILL)):
        command = [sys.executable, "-m", "services.cli", "serve"]
        with subprocess.Popen(
            command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        ) as server:
            while sum(recorded(data_dir).values()) < events:
                assert server.poll() is None
                time.sleep(0.05)
            server.send_signal(stop)
            _, errors = server.communicate(timeout=PATIENCE)
        assert (server.returncode, errors) == (code, "")
    with serving(environment) as (_server, printed):
        assert "Loading the sample county" in printed
        assert "adviser07" in printed
    types = recorded(data_dir)
    assert types["scheduling.SchoolSubscribed"] == types["billing.ChargeRaised"] == 348


def recorded(data_dir: Path) -> dict[str, int]:
    """How many events of each type are in the log; none when there is no log yet."""
    try:
        with open_log_read_only(Settings(data_dir=data_dir)) as log:
            return Counter(event.type for page in pages(log) for event in page)
    except LogUnavailable:
        return {}


def test_without_the_sample_county(environment: Environment) -> None:
    with serving({**environment, "SAMPLE_COUNTY": "0"}) as (_server, printed):
        assert "Loading" not in printed
        assert "password" not in printed
        assert page(environment, "/sign-in")[0] == 200


def test_a_port_in_use(environment: Environment, data_dir: Path) -> None:
    with closing(socket.create_server(("127.0.0.1", int(environment["PORT"])))):
        cannot_serve(environment, f"Port {environment['PORT']} is in use.")
    assert not data_dir.exists()


def test_a_directory_in_use(environment: Environment, county: Path) -> None:
    with serving(environment) as (server, _printed):
        with closing(socket.socket()) as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        cannot_serve({**environment, "PORT": str(port)}, f"already in use by process {server.pid}")


def test_a_directory_that_can_not_be_made(environment: Environment, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    cannot_serve({**environment, "DATA_DIR": str(tmp_path / "file" / "data")}, "Choose another DATA_DIR.")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_directory_that_can_not_be_written(environment: Environment, data_dir: Path) -> None:
    data_dir.mkdir(mode=0o500)
    cannot_serve(environment, "can't be written to")


def test_a_damaged_log(environment: Environment, data_dir: Path) -> None:
    data_dir.mkdir()
    (data_dir / "events.db").write_bytes(b"not a database, " * 1000)
    cannot_serve(environment, "restore it from a backup")


def test_a_log_of_a_newer_version(environment: Environment, data_dir: Path) -> None:
    data_dir.mkdir()
    with closing(sqlite3.connect(data_dir / "events.db")) as db:
        db.execute("PRAGMA application_id = 0x53495050")
        db.execute("PRAGMA user_version = 99")
        db.execute("CREATE TABLE events (position)")
    cannot_serve(environment, "written by a newer version of this software")


def test_a_bad_port(environment: Environment) -> None:
    cannot_serve({**environment, "PORT": "http"}, "PORT must be a whole number")


def test_reading_and_rebuilding_beside_it(environment: Environment, county: Path) -> None:
    with serving(environment):
        for arguments in (["verify"], ["rebuild"], ["rebuild", "--check"], ["replay", "--school", "120777"]):
            command = [sys.executable, "-m", "services.cli", *arguments]
            done = subprocess.run(
                command, env=environment, capture_output=True, text=True, timeout=PATIENCE, check=False
            )
            assert done.returncode == 0, done
        assert page(environment, "/sign-in")[0] == 200
