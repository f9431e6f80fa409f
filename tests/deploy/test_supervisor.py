"""The supervisor of `make cluster`: what ends is started again, and nothing is left behind."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import textwrap
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from deploy.cluster import supervisor as supervising
from deploy.cluster.child import Program
from deploy.cluster.ports import Ports, answers, free_port, in_use
from deploy.cluster.supervisor import NotRunning, Supervisor

PATIENCE = 60
LISTENING = """
import signal, socket, sys, time
server = socket.create_server(("127.0.0.1", int(sys.argv[1])))
print("listening", flush=True)
signal.signal(signal.SIGTERM, lambda *_: sys.exit(print("stopped in order", flush=True)))
while True:
    server.accept()[0].close()
"""


def listening(name: str, port: int) -> Program:
    return Program(name, [sys.executable, "-c", LISTENING, str(port)], lambda: answers(port))


def until(holds: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return Path(f"/proc/{pid}/stat").read_text().split()[2] != "Z"


@pytest.fixture
def said() -> list[str]:
    return []


@pytest.fixture
def supervisor(tmp_path: Path, said: list[str]) -> Iterator[Supervisor]:
    kept = Supervisor(tmp_path / "logs", said.append)
    yield kept
    kept.stop()


def test_it_waits_until_a_program_answers_and_keeps_what_it_prints(supervisor: Supervisor, tmp_path: Path) -> None:
    port = free_port()
    supervisor.start([listening("door", port)])
    assert answers(port)
    supervisor.stop()
    assert not answers(port)
    assert (tmp_path / "logs" / "door.log").read_text() == "listening\nstopped in order\n"


def test_what_ends_is_started_again(supervisor: Supervisor, said: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(supervising, "BRIEF_SECONDS", 0.0)
    port = free_port()
    supervisor.start([listening("door", port)])
    first = supervisor.pids()["door"]
    os.kill(first, signal.SIGKILL)
    stopping = threading.Event()

    def look() -> None:
        with contextlib.suppress(AssertionError):
            until(lambda: supervisor.pids()["door"] != first and answers(port))
        stopping.set()

    looking = threading.Thread(target=look)
    looking.start()
    supervisor.watch(stopping)
    looking.join()
    assert answers(port)
    assert len(said) == 1
    assert said[0].startswith("door ended and is started again")


def test_one_that_does_not_come_up_is_named_with_its_last_words(supervisor: Supervisor) -> None:
    failing = Program("door", [sys.executable, "-c", "raise SystemExit('no key')"], lambda: False)
    with pytest.raises(NotRunning, match=r"door ended: see .*door\.log\nno key"):
        supervisor.start([failing])


def test_one_that_never_answers_is_named(supervisor: Supervisor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(supervising, "START_SECONDS", 0.0)
    deaf = Program("door", [sys.executable, "-c", LISTENING, str(free_port())], lambda: False)
    with pytest.raises(NotRunning, match="door does not answer"):
        supervisor.start([deaf])


def test_children_end_with_a_supervisor_that_was_killed(tmp_path: Path) -> None:
    port = free_port()
    script = textwrap.dedent(f"""
        import sys
        from pathlib import Path
        from tests.deploy.test_supervisor import Supervisor, listening
        supervisor = Supervisor(Path({str(tmp_path / "logs")!r}), print)
        supervisor.start([listening("door", {port})])
        print(supervisor.pids()["door"], flush=True)
        sys.stdin.read()
    """)
    with subprocess.Popen(
        [sys.executable, "-c", script], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout
        child = int(process.stdout.readline())
        assert alive(child)
        process.kill()
    until(lambda: not alive(child))


def test_ports_stay_the_same_while_nobody_else_takes_them(tmp_path: Path) -> None:
    file = tmp_path / "ports.json"
    ports = Ports(file)
    visits, billing = ports.of("visits", 2), ports.of("billing", 2)
    assert len({visits, visits + 1, billing, billing + 1}) == 4
    assert ports.of("visits", 2) == visits
    assert Ports(file).of("visits", 2) == visits
    with socket.create_server(("127.0.0.1", visits + 1)):
        assert in_use(visits + 1)
        assert Ports(file).of("visits", 2) != visits
