"""One process at a time: an advisory lock that the system releases when its holder dies, however it dies."""

import fcntl
import os
from pathlib import Path


class FileLock:
    """Held from `acquire` to `release`; the file names the holding process for the message to the second one."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file: int | None = None

    def acquire(self) -> bool:
        """True when this process now holds the lock. Raises OSError when the file can't be made."""
        file = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(file)
            return False
        os.truncate(file, 0)
        os.write(file, str(os.getpid()).encode())
        self._file = file
        return True

    def holder(self) -> str:
        """The process id that the file names."""
        return self._path.read_text() or "(unknown)"

    def release(self) -> None:
        if self._file is not None:
            os.close(self._file)
            self._file = None
