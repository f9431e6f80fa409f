"""The stand-in as a process of its own, to be stopped, killed and started again."""

import signal
import socket
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[3]
STOP_SECONDS = 20


class Double:
    """Keeps its port and its directory from one start to the next."""

    def __init__(self, directory: Path) -> None:
        self.directory, self.port = directory, _free_port()
        self.url = f"esdb://127.0.0.1:{self.port}?Tls=false"
        self._process: subprocess.Popen[str] | None = None

    def start(self) -> "Double":
        """Return when it answers. Raises RuntimeError when it ends instead."""
        command = [sys.executable, "-m", "tests.engines.kurrentdb"]
        command += ["--port", str(self.port), "--data", str(self.directory)]
        self._process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
        if self._process.stdout is None or "listens" not in self._process.stdout.readline():
            raise RuntimeError(f"KurrentDB's stand-in did not start on port {self.port}")
        return self

    def stop(self) -> None:
        self._end(signal.SIGTERM)

    def kill(self) -> None:
        """End it at once, with whatever it has in hand."""
        self._end(signal.SIGKILL)

    def restart(self) -> None:
        self.kill()
        self.start()

    def hang(self) -> None:
        """Stand still without closing anything, until `go_on`."""
        self._signal(signal.SIGSTOP)

    def go_on(self) -> None:
        self._signal(signal.SIGCONT)

    def _signal(self, number: signal.Signals) -> None:
        if self._process is not None:
            self._process.send_signal(number)

    def _end(self, number: signal.Signals) -> None:
        if self._process is not None:
            self._process.send_signal(number)
            self._process.wait(STOP_SECONDS)
            if self._process.stdout is not None:
                self._process.stdout.close()
            self._process = None


def _free_port() -> int:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        port: int = listening.getsockname()[1]
        return port
