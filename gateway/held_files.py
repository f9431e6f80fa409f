"""Files that people sent to be checked, held until they are imported or another takes their place."""

from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp
from threading import Lock
from uuid import uuid4
from weakref import finalize

from werkzeug.datastructures import FileStorage


class HeldFiles:
    """One file for each person, on disk; all are gone when the process ends. Safe to use from many threads."""

    def __init__(self) -> None:
        self._directory = Path(mkdtemp(prefix="partnership-"))
        finalize(self, rmtree, self._directory, ignore_errors=True)
        self._held: dict[str, tuple[str, Path]] = {}
        self._lock = Lock()

    def hold(self, person: str, file: FileStorage) -> str:
        """Keep the file in place of this person's last one, and give the ticket to fetch it with."""
        ticket = uuid4().hex
        path = self._directory / ticket
        file.save(path)
        with self._lock:
            earlier = self._held.get(person)
            self._held[person] = ticket, path
        if earlier:
            earlier[1].unlink(missing_ok=True)
        return ticket

    def fetch(self, person: str, ticket: str) -> Path | None:
        """This person's file, if it is still the one of the ticket."""
        with self._lock:
            held = self._held.get(person)
        return held[1] if held and held[0] == ticket else None
