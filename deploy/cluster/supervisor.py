"""Starts programs in stages, starts again what ends, and stops all in the opposite order."""

import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from deploy.cluster.child import Child, Program

START_SECONDS = 300.0
"""How long a program may take until it answers: the first start of a service folds the whole log."""
LOOK_SECONDS = 0.25
BRIEF_SECONDS = 10.0
"""What ran for less than this waits as long before it is started again."""


class NotRunning(Exception):
    """A program that can't be got to run; the text names it, its log, and its last words."""


class Supervisor:
    """Keeps children. Start and watch it in the main thread, and `stop` it whatever happened."""

    def __init__(self, logs: Path, say: Callable[[str], None]) -> None:
        logs.mkdir(parents=True, exist_ok=True)
        self._logs, self._say = logs, say
        self._stages: list[list[Child]] = []
        self._started: dict[str, float] = {}

    def start(self, programs: Sequence[Program]) -> None:
        """Start these together and wait until each answers. Raises NotRunning."""
        stage = [Child(program, self._logs) for program in programs]
        self._stages.append(stage)
        for child in stage:
            self._start(child)
        for child in stage:
            self._wait_until_healthy(child)

    def watch(self, stopping: threading.Event) -> None:
        """Until told to stop: start again what ended."""
        while not stopping.wait(LOOK_SECONDS):
            for child in self._children():
                if child.ended() and self._may_start(child):
                    self._say(f"{child.program.name} ended and is started again. Its log: {child.log}")
                    self._start(child)

    def stop(self) -> None:
        """End all, stage by stage, the last started first."""
        while self._stages:
            for child in self._stages[-1]:
                child.tell_to_stop()
            for child in self._stages.pop():
                child.wait()

    def pids(self) -> dict[str, int]:
        """The process id of each program by its name."""
        return {child.program.name: child.pid for child in self._children()}

    def _children(self) -> list[Child]:
        return [child for stage in self._stages for child in stage]

    def _start(self, child: Child) -> None:
        self._started[child.program.name] = time.monotonic()
        child.start()

    def _may_start(self, child: Child) -> bool:
        """A program that ends at once would otherwise be started many times a second."""
        return time.monotonic() - self._started[child.program.name] > BRIEF_SECONDS

    def _wait_until_healthy(self, child: Child) -> None:
        deadline = time.monotonic() + START_SECONDS
        while not child.program.healthy():
            if child.ended():
                raise NotRunning(f"{child.program.name} ended: see {child.log}\n{child.last_words()}")
            if time.monotonic() > deadline:
                raise NotRunning(f"{child.program.name} does not answer: see {child.log}\n{child.last_words()}")
            time.sleep(LOOK_SECONDS)
