"""Personal fields are sealed with a key of the person they are about; to erase the person is to destroy the key.

Keys live in a file of their own, each wrapped by a master key, so that the log can be copied and kept without them.
A sealed value is AES-256-GCM with the event id and field name as associated data: moved elsewhere, it will not open."""

import base64
import contextlib
import os
import sqlite3
import threading
from pathlib import Path

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.keywrap import InvalidUnwrap, aes_key_unwrap, aes_key_wrap

from services.core.events import Event
from services.core.log import LogUnavailable
from services.core.sqlite_file import plain_errors

KEYS, MASTER = "keys.db", "keys.master"
NONCE_BYTES = 12
MASTER_BYTES = 32


class Sealed(msgspec.Struct, frozen=True):
    """A sealed value as a read model keeps it: opened only when it is shown, so that erasing needs no rebuild."""

    person: str
    event_id: bytes
    field: str
    text: str

    def pack(self) -> str:
        return msgspec.json.encode(self).decode()

    @classmethod
    def unpack(cls, packed: str) -> "Sealed":
        return msgspec.json.decode(packed, type=cls)


class KeyStore:
    """Per-person keys. Raises LogUnavailable when the file or its master key can't be used."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = threading.Lock()
        self._master = _master_key(path.with_suffix(".master"), new=not path.exists())
        with plain_errors(path), contextlib.ExitStack() as on_failure:
            self._db = sqlite3.connect(path, check_same_thread=False, isolation_level=None)
            on_failure.callback(self._db.close)
            path.chmod(0o600)
            self._db.execute("PRAGMA journal_mode = WAL")
            self._db.execute("PRAGMA secure_delete = ON")
            self._db.execute("PRAGMA synchronous = FULL")
            self._db.execute("CREATE TABLE IF NOT EXISTS keys (person TEXT PRIMARY KEY, wrapped BLOB NOT NULL)")
            self._db.execute("CREATE TABLE IF NOT EXISTS erased (person TEXT PRIMARY KEY)")
            on_failure.pop_all()

    def seal(self, event: Event, event_id: bytes) -> Event:
        """The event with its personal fields sealed. Raises Erased for a person whose key was destroyed."""
        person: str = getattr(event, "person")  # noqa: B009 - every event with personal fields has it
        cipher = AESGCM(self._key(person))
        sealed = {}
        for field in event.personal_fields:
            text = getattr(event, field)
            if text is not None:
                nonce = os.urandom(NONCE_BYTES)
                box = nonce + cipher.encrypt(nonce, text.encode(), event_id + field.encode())
                sealed[field] = base64.b64encode(box).decode()
        return msgspec.structs.replace(event, **sealed)

    def open(self, sealed: Sealed) -> str | None:
        """The text, or None when the person was erased. Raises ValueError when it was moved or altered."""
        wrapped = self._wrapped(sealed.person)
        if wrapped is None:
            return None
        box = base64.b64decode(sealed.text)
        try:
            cipher = AESGCM(aes_key_unwrap(self._master, wrapped))
            return cipher.decrypt(
                box[:NONCE_BYTES], box[NONCE_BYTES:], sealed.event_id + sealed.field.encode()
            ).decode()
        except (InvalidTag, InvalidUnwrap) as error:
            raise ValueError(f"the sealed field {sealed.field} does not belong to this event or was altered") from error

    def erase(self, person: str) -> bool:
        """Destroy a person's key for good; False when there was none left to destroy."""
        with self._lock, plain_errors(self._path):
            # First say that the person is erased: from then on no other key is made for them.
            self._db.execute("INSERT OR IGNORE INTO erased (person) VALUES (?)", (person,))
            gone = self._db.execute("DELETE FROM keys WHERE person = ?", (person,)).rowcount
            # Until it is folded back into the file, the journal still holds the key as it was.
            self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            return gone > 0

    def copy_to(self, directory: Path) -> None:
        """Write the keys and the master key that wraps them into a directory, as they are at this moment."""
        with self._lock, plain_errors(self._path), contextlib.closing(sqlite3.connect(directory / KEYS)) as copy:
            self._db.backup(copy)
        (directory / MASTER).write_bytes(self._master)

    def close(self) -> None:
        self._db.close()

    def _wrapped(self, person: str) -> bytes | None:
        with self._lock, plain_errors(self._path):
            row = self._db.execute("SELECT wrapped FROM keys WHERE person = ?", (person,)).fetchone()
        return None if row is None else row[0]

    def _key(self, person: str) -> bytes:
        wrapped = self._wrapped(person)
        if wrapped is None:
            key = AESGCM.generate_key(256)
            with self._lock, plain_errors(self._path):
                if self._db.execute("SELECT 1 FROM erased WHERE person = ?", (person,)).fetchone():
                    raise Erased("This person was erased; nothing more can be recorded about them.")
                insert = "INSERT OR IGNORE INTO keys (person, wrapped) VALUES (?, ?)"
                self._db.execute(insert, (person, aes_key_wrap(self._master, key)))
            wrapped = self._wrapped(person)
            if wrapped is None:
                raise Erased("This person was erased; nothing more can be recorded about them.")
        return aes_key_unwrap(self._master, wrapped)


class Erased(Exception):
    """The person's key was destroyed, so nothing can be sealed for them."""


def _master_key(path: Path, *, new: bool) -> bytes:
    """The key that wraps the others: 32 bytes in a file only its owner can read, made together with the store."""
    if new and not path.exists():
        part = path.with_suffix(".part")
        try:
            with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as stream:
                stream.write(os.urandom(MASTER_BYTES))
                stream.flush()
                os.fsync(stream.fileno())
            part.replace(path)
        except OSError as error:
            raise LogUnavailable(f"The master key {path} can't be made: {error.strerror}.") from error
    master = path.read_bytes() if path.exists() else b""
    if len(master) != MASTER_BYTES:
        raise LogUnavailable(f"The master key {path} is missing or damaged. Restore it from a backup.")
    return master
