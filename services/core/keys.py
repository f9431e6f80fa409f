"""Personal fields are sealed with a key of the person they are about; to erase the person is to destroy the key.

Keys live in a file of their own, each wrapped by a master key, so that the log can be copied and kept without them.
A sealed value is AES-256-GCM with the event id and field name as associated data: moved elsewhere, it will not open."""

import base64
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
        self._lock = threading.Lock()
        self._master = _master_key(path.with_suffix(".master"), new=not path.exists())
        try:
            self._db = sqlite3.connect(path, check_same_thread=False, isolation_level=None)
            path.chmod(0o600)
            self._db.execute("PRAGMA secure_delete = ON")
            self._db.execute("PRAGMA synchronous = FULL")
            self._db.execute("CREATE TABLE IF NOT EXISTS keys (person TEXT PRIMARY KEY, wrapped BLOB NOT NULL)")
            self._db.execute("CREATE TABLE IF NOT EXISTS erased (person TEXT PRIMARY KEY)")
        except sqlite3.Error as error:
            raise LogUnavailable(f"The key store {path} can't be used ({error}). Restore it from a backup.") from error

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
        with self._lock:
            self._db.execute("BEGIN IMMEDIATE")
            gone = self._db.execute("DELETE FROM keys WHERE person = ?", (person,)).rowcount
            self._db.execute("INSERT OR IGNORE INTO erased (person) VALUES (?)", (person,))
            self._db.execute("COMMIT")
        return gone > 0

    def close(self) -> None:
        self._db.close()

    def _wrapped(self, person: str) -> bytes | None:
        with self._lock:
            row = self._db.execute("SELECT wrapped FROM keys WHERE person = ?", (person,)).fetchone()
        return None if row is None else row[0]

    def _key(self, person: str) -> bytes:
        wrapped = self._wrapped(person)
        if wrapped is None:
            key = AESGCM.generate_key(256)
            with self._lock:
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
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as stream:
            stream.write(os.urandom(MASTER_BYTES))
            stream.flush()
            os.fsync(stream.fileno())
    master = path.read_bytes() if path.exists() else b""
    if len(master) != MASTER_BYTES:
        raise LogUnavailable(f"The master key {path} is missing or damaged. Restore it from a backup.")
    return master
