"""Personal fields are sealed with a key of the person they are about; to erase the person is to destroy the key.

Keys are kept apart from the log, each wrapped by a master key, so that the log can be copied and kept without them.
A sealed value is AES-256-GCM with the event id and field name as associated data: moved elsewhere, it will not open."""

import base64
import os
from contextlib import closing
from itertools import islice
from pathlib import Path

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.keywrap import InvalidUnwrap, aes_key_unwrap, aes_key_wrap

from services.core.events import Event
from services.core.log import LogUnavailable
from services.core.sqlite_keys import SqliteKeys
from services.core.wrapped_keys import WrappedKeys, copy_keys

KEYS, MASTER = "keys.db", "keys.master"
NONCE_BYTES = 12


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
    """Seals and opens, by keys that a master key wraps. Raises LogUnavailable when it did not wrap those kept."""

    def __init__(self, kept: WrappedKeys, master: bytes) -> None:
        self._kept, self._master = kept, master
        for _, wrapped in islice(kept.all(), 1):
            try:
                aes_key_unwrap(master, wrapped)
            except InvalidUnwrap as error:
                raise LogUnavailable(
                    "The master key is not the one by which the personal keys were wrapped. Restore it from a backup,"
                    " or set KEYS_MASTER_FILE to the file that holds it."
                ) from error

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
        wrapped = self._kept.get(sealed.person)
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
        return self._kept.destroy(person)

    def copy_to(self, directory: Path) -> None:
        """Write the keys and the master key that wraps them into a directory, as files."""
        with closing(SqliteKeys(directory / KEYS)) as written:
            copy_keys(self._kept, written)
        (directory / MASTER).write_bytes(self._master)

    def close(self) -> None:
        self._kept.close()

    def _key(self, person: str) -> bytes:
        wrapped = self._kept.get(person)
        if wrapped is None:
            wrapped = self._kept.keep(person, aes_key_wrap(self._master, AESGCM.generate_key(256)))
        return aes_key_unwrap(self._master, wrapped)
