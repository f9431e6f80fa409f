"""One program that runs as a child process of ours, its output in a file."""

import os
import pwd
import signal
import subprocess
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Program:
    """What to run. `healthy` says whether it answers; `user` is whom it runs as, where we may choose; `stop` is the
    signal on which it ends in order, for which it gets `patience` seconds. What one that `speaks` prints is for the
    person at the terminal, and goes there."""

    name: str
    command: Sequence[str | Path]
    healthy: Callable[[], bool]
    environment: Mapping[str, str] = field(default_factory=dict)
    directory: Path = Path()
    user: str | None = None
    stop: signal.Signals = signal.SIGTERM
    patience: float = 30.0
    speaks: bool = False


class Child:
    """A program's process, started and ended as often as asked, by the thread that lives longest: Linux takes the end
    of that thread for the end of the parent."""

    def __init__(self, program: Program, logs: Path) -> None:
        self.program = program
        self.log = logs / f"{program.name}.log"
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def pid(self) -> int:
        """Its process id. Raises RuntimeError when it was never started."""
        if self._process is None:
            raise RuntimeError(f"{self.program.name} was not started")
        return self._process.pid

    def start(self) -> None:
        program = self.program
        # In a session of its own, so that Ctrl-C reaches us alone; told to stop should we end without telling it.
        command = ["setpriv", "--pdeathsig", program.stop.name.removeprefix("SIG"), *program.command]
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                command,
                cwd=program.directory,
                env={**os.environ, **program.environment},
                stdin=subprocess.DEVNULL,
                stdout=None if program.speaks else log,
                stderr=log,
                start_new_session=True,
                **running_as(program.user),
            )

    def ended(self) -> bool:
        """Whether it is not running."""
        return self._process is None or self._process.poll() is not None

    def tell_to_stop(self) -> None:
        """Have it end in order; `wait` sees that it does."""
        if self._process is not None and self._process.poll() is None:
            self._process.send_signal(self.program.stop)

    def wait(self) -> None:
        """Until it has ended; one that takes too long is killed."""
        if self._process is None:
            return
        try:
            self._process.wait(self.program.patience)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def kill(self) -> None:
        """End it as a crash would."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()

    def last_words(self) -> str:
        """The end of its log, for whoever asks why it does not run."""
        lines = self.log.read_text(errors="replace").splitlines() if self.log.exists() else []
        return "\n".join(lines[-8:])


def running_as(user: str | None) -> dict[str, Any]:
    """Arguments for subprocess: root runs as this user, everybody else as they are."""
    if user is None or os.geteuid() != 0:
        return {}
    entry = pwd.getpwnam(user)
    return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}
