"""`make cluster` after its set-up, on real engines: up, told to stop, killed in parts, and nothing left behind."""

import os
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from urllib.error import URLError

import pytest

from tests.deploy.files import ROOT
from tests.deploy.started import COMMAND, needs_engines, own_environment, printed_until, started

PATIENCE = 300


@pytest.fixture
def environment() -> Iterator[dict[str, str]]:
    with own_environment(SAMPLE_COUNTY="0") as environment:
        yield environment


@pytest.fixture
def cluster(environment: dict[str, str]) -> Iterator["subprocess.Popen[str]"]:
    with started(environment) as process:
        yield process


def until(holds: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.1)


def page(environment: dict[str, str], path: str) -> int | None:
    """The status of a page, or None where nothing answers."""
    address = f"http://127.0.0.1:{environment['PORT']}{path}"
    try:
        with closing(urllib.request.urlopen(address, timeout=PATIENCE)) as response:
            status: int = response.status
            return status
    except (URLError, ConnectionError):
        return None


def await_another(environment: dict[str, str], command: str, former: int) -> None:
    """Wait until this command runs again, as another process."""
    until(lambda: processes(environment, command) not in ([], [former]))


def processes(environment: dict[str, str], words: str = "") -> list[int]:
    """Who runs in this DATA_DIR, by command line or by environment, with these words in the command line."""
    found = []
    for folder in Path("/proc").iterdir():
        if folder.name.isdecimal() and int(folder.name) != os.getpid():
            try:
                command = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
                about = command + (folder / "environ").read_bytes().decode(errors="replace")
            except OSError:
                continue  # it has ended meanwhile
            if environment["DATA_DIR"] in about and words in command:
                found.append(int(folder.name))
    return found


@needs_engines
def test_the_whole_system_comes_up_heals_and_leaves_nothing_behind(
    environment: dict[str, str], cluster: subprocess.Popen[str]
) -> None:
    printed = printed_until(cluster, "Logs of each process")
    assert "STAND-IN FOR EventStoreDB" in printed
    assert f"http://127.0.0.1:{environment['PORT']}" in printed
    assert page(environment, "/sign-in") == 200
    assert page(environment, "/health") == 200
    passwords = [file.read_text() for file in Path(environment["DATA_DIR"]).glob("cluster/*/*password")]
    assert len(passwords) == 3
    assert not [password for password in passwords if processes(environment, password)]

    for command in ("gateway", "service visits", "worker visits"):
        (victim,) = processes(environment, f"services.cli {command}")
        os.kill(victim, signal.SIGKILL)
        await_another(environment, f"services.cli {command}", victim)
    until(lambda: page(environment, "/health") == 200)

    cluster.send_signal(signal.SIGTERM)
    rest, _ = cluster.communicate(timeout=PATIENCE)
    assert cluster.returncode == 0
    assert rest.rstrip().endswith("All has stopped.")
    until(lambda: not processes(environment))


@needs_engines
def test_a_second_one_in_the_same_directory_is_refused(
    environment: dict[str, str], cluster: subprocess.Popen[str]
) -> None:
    printed_until(cluster, "Starting the engines")
    done = subprocess.run(COMMAND, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert done.stderr.startswith(f"Error: Process {cluster.pid} runs a cluster in ")


@needs_engines
def test_all_of_it_ends_with_a_launcher_that_was_killed(
    environment: dict[str, str], cluster: subprocess.Popen[str]
) -> None:
    printed_until(cluster, "Starting the services")
    cluster.kill()
    until(lambda: not processes(environment))


def test_what_this_machine_lacks_is_named_before_anything_starts(environment: dict[str, str], tmp_path: Path) -> None:
    nothing = "import sys; from deploy.cluster import rabbitmq; rabbitmq.installed = lambda: False; "
    program = nothing + "import runpy; runpy.run_module('deploy.cluster', run_name='__main__')"
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert done.stderr == (
        "Error: RabbitMQ is not installed. On Debian: apt-get install rabbitmq-server. Or set AMQP_URL.\n"
    )
    assert "Starting" not in done.stdout
