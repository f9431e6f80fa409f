"""A backup: one zip file with the whole event log as SQLite keeps it, what it should come to, and the keys if wanted.

Any SQLite and zip tool can read it. It is made beside a running server and disturbs nobody; restored, every event is
checked against its hash, and all of them together against the root that was noted when the backup was made."""

import os
import zipfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec

from services.core.keys import KEYS, MASTER
from services.core.log import LogDamaged, LogUnavailable
from services.core.log_copy import Copied, Report, Writer, copy
from services.core.log_place import FILE, make_directory
from services.core.sqlite_copy import SqliteCopy
from services.core.sqlite_log import SqliteLog
from services.core.verify import StoredLog

MANIFEST = "manifest.json"
FORMAT = 1


class Manifest(msgspec.Struct, frozen=True):
    """What a backup holds: how many events, the root of the tree over them (hex), and whether the keys."""

    format: int
    events: int
    root: str
    keys: bool


def back_up(log: StoredLog, file: Path, keys: Callable[[Path], None] | None, report: Report) -> Copied:
    """Write a backup, replacing one of the same name only when it is whole. `keys` writes them into a directory.

    Raises LogDamaged at an event that is not as it was recorded, or LogUnavailable."""
    make_directory(file.parent)
    with TemporaryDirectory(dir=file.parent, prefix=".backup-") as scratch:
        directory = Path(scratch)
        with (
            closing(SqliteCopy(directory / FILE)) as writer,
            closing(SqliteLog(directory / FILE, read_only=True)) as copied_to,
        ):
            copied = copy(log, copied_to, writer, report)
        if keys is not None:
            keys(directory)
        manifest = Manifest(FORMAT, copied.events, copied.root, keys is not None)
        (directory / MANIFEST).write_bytes(msgspec.json.encode(manifest))
        part = directory / "part"
        with part.open("xb") as stream:
            os.fchmod(stream.fileno(), 0o600)
            with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
                for name in (MANIFEST, FILE, *((KEYS, MASTER) if keys is not None else ())):
                    archive.write(directory / name, name)
            stream.flush()
            os.fsync(stream.fileno())
        part.replace(file)
    return copied


@contextmanager
def opened(file: Path) -> Iterator["Backup"]:
    """A backup, unpacked for as long as the block lasts. Raises LogDamaged when the file is no whole backup."""
    with TemporaryDirectory(prefix="restore-") as scratch:
        try:
            with zipfile.ZipFile(file) as archive:
                manifest = msgspec.json.decode(archive.read(MANIFEST), type=Manifest)
                if manifest.format > FORMAT:
                    raise LogDamaged(f"{file} was made by a newer version of this software.")
                for name in (FILE, *((KEYS, MASTER) if manifest.keys else ())):
                    archive.extract(name, scratch)
        except (zipfile.BadZipFile, KeyError, msgspec.MsgspecError, OSError) as error:
            raise LogDamaged(f"{file} can't be read as a backup: {error}.") from error
        with closing(SqliteLog(Path(scratch) / FILE, read_only=True)) as log:
            yield Backup(manifest, log, Path(scratch))


class Backup:
    """An unpacked backup: its manifest, its log, and the directory of its keys."""

    def __init__(self, manifest: Manifest, log: StoredLog, directory: Path) -> None:
        self.manifest, self._log, self._directory = manifest, log, directory

    def check(self, target: StoredLog, directory: Path, *, resume: bool) -> None:
        """Refuse, changing nothing, a log that is not empty (unless a restore of this backup left it so) and a
        directory that holds other keys. Raises LogUnavailable."""
        if target.head() and not resume:
            raise LogUnavailable(
                "The log to restore into is not empty, and nothing was changed. Choose an empty one; if a restore was"
                " cut short, go on with --resume."
            )
        for name, content in self._keys().items():
            if (directory / name).exists() and (directory / name).read_bytes() != content:
                raise LogUnavailable(f"{directory / name} holds other keys already, and nothing was changed.")

    def restore(self, target: StoredLog, writer: Writer, directory: Path, report: Report) -> Copied:
        """Put its keys into the directory and its events at the end of the log.

        Raises LogDamaged when the backup is not what was backed up."""
        for name, content in self._keys().items():
            _write(directory / name, content)
        copied = copy(self._log, target, writer, report)
        if (copied.events, copied.root) != (self.manifest.events, self.manifest.root):
            raise LogDamaged("The backup is not what was backed up: its events do not come to the root noted in it.")
        return copied

    def _keys(self) -> dict[str, bytes]:
        names = (MASTER, KEYS) if self.manifest.keys else ()
        return {name: (self._directory / name).read_bytes() for name in names}


def _write(path: Path, content: bytes) -> None:
    """A file that only its owner can read, on disk when this returns."""
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())
