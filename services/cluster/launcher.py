"""Keeps a service's worker and edge running, each started again when it ends, and stops both in order."""

import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence

from services.cluster.lifeline import GRACE_SECONDS
from services.core.logs import logger

FIRST_PAUSE, LONGEST_PAUSE = 0.2, 2.0
"""Seconds before a process that ended is started again; doubled each time that it ends soon."""
SOON_SECONDS = 10.0

Command = Callable[[int], Sequence[str]]
"""The program and its arguments, given the lifeline's file descriptor."""


def worker_command(service: str) -> Command:
    return lambda pipe: [sys.executable, "-m", "services.cli", "worker", service, "--lifeline", str(pipe)]


def edge_command(service: str) -> Command:
    return lambda pipe: [sys.executable, "-m", "services.cluster.edge_process", service, str(pipe)]


class Kept:
    """One process, started again whenever it ends, until `stop`."""

    def __init__(self, name: str, command: Command, lifeline: int) -> None:
        self._name, self._command, self._lifeline = name, command, lifeline
        self._stopping = threading.Event()
        self._lock = threading.Lock()
        self._process = self._start()
        self._thread = threading.Thread(target=self._keep, name=name, daemon=True)
        self._thread.start()

    def _start(self) -> subprocess.Popen[bytes]:
        # A session of its own: Ctrl-C reaches the launcher alone, which then stops one after the other.
        return subprocess.Popen(self._command(self._lifeline), pass_fds=[self._lifeline], start_new_session=True)

    def _keep(self) -> None:
        pause = FIRST_PAUSE
        while True:
            began = time.monotonic()
            code = self._process.wait()
            pause = min(2 * pause, LONGEST_PAUSE) if time.monotonic() - began < SOON_SECONDS else FIRST_PAUSE
            if not self._stopping.is_set():
                logger.warning("process ended", process=self._name, code=code, again_in=pause)
            if self._stopping.wait(pause):
                return
            with self._lock:
                if self._stopping.is_set():
                    return
                self._process = self._start()

    def stop(self) -> None:
        """Tell the process to stop, and end it when it does not."""
        with self._lock:
            self._stopping.set()
            self._process.terminate()
        try:
            self._process.wait(GRACE_SECONDS)
        except subprocess.TimeoutExpired:
            logger.error("process did not stop and was killed", process=self._name)
            self._process.kill()
        self._thread.join()


def launch(service: str, stopping: threading.Event) -> None:
    """Keep both processes of a service running until `stopping` is set; then the edge takes no more, what is in hand is
    answered, and the worker ends."""
    # The system closes the writing end with this process, whatever becomes of it: that ends the other two.
    reading, writing = os.pipe()
    worker = Kept(f"worker of {service}", worker_command(service), reading)
    edge = Kept(f"edge of {service}", edge_command(service), reading)
    stopping.wait()
    edge.stop()
    worker.stop()
    os.close(reading)
    os.close(writing)
