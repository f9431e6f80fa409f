"""What surrounds every event for ever: who, why, when, caused by what, and the hash that shows a changed byte."""

import hashlib
from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

import msgspec

from services.core.events import Dated, Event, Undecodable, encode
from services.core.times import from_micros


class Metadata(msgspec.Struct, frozen=True, omit_defaults=True):
    """Stored beside every event.

    `causation_id` is the id of the event (for a policy) or command that led to this; `correlation_id` is the first
    command
    of the whole chain; `actor` is a person id or the name of a policy; `role` is the role that allowed it;
    `effective_on` is the day from which the fact is true in the world; `trace` is a W3C traceparent."""

    command_id: UUID
    correlation_id: UUID
    causation_id: UUID
    actor: str
    role: str
    effective_on: date
    reason: str | None = None
    trace: str | None = None


class NewEvent(msgspec.Struct, frozen=True, gc=False):
    """An event ready to store: bytes only, so that a log knows of no service and no key."""

    event_id: bytes
    type: str
    schema_version: int
    metadata: bytes
    data: bytes


class RecordedEvent(msgspec.Struct, gc=False):
    """An event as the log gives it back. `recorded_at` is in microseconds since 1970 (UTC)."""

    position: int
    stream: str
    version: int
    event_id: bytes
    type: str
    schema_version: int
    recorded_at: int
    stored_metadata: bytes
    data: Event | Undecodable
    hash: bytes

    @property
    def id(self) -> UUID:
        return UUID(bytes=self.event_id)

    @property
    def metadata(self) -> Metadata:
        return _decode_metadata(self.stored_metadata)

    @property
    def recorded(self) -> datetime:
        return from_micros(self.recorded_at)


Seal = Callable[[Event, bytes], Event]
"""Replaces an event's personal fields by their sealed form; given the event id they are bound to."""

_decode_metadata = msgspec.json.Decoder(Metadata).decode
_encode_metadata = msgspec.json.Encoder().encode


def event_id(command_id: UUID, index: int) -> bytes:
    """The id of the n-th event of a command: the same command always gives the same ids, so twice is once.

    A UUID of version 8: a digest of the command's id, then the number, so that the ids of one command lie side by side
    in an index. At most 65,536 events come of one command."""
    return _id_of_all(command_id) + index.to_bytes(2)


def _id_of_all(command_id: UUID) -> bytes:
    """The 14 bytes that the ids of one command's events begin with."""
    digest = bytearray(hashlib.sha256(command_id.bytes).digest()[:14])
    digest[6] = digest[6] & 0x0F | 0x80
    digest[8] = digest[8] & 0x3F | 0x80
    return bytes(digest)


def prepare(events: Sequence[Event | Dated], metadata: Metadata, seal: Seal | None = None) -> list[NewEvent]:
    """Turn what a decider returned into bytes to store.

    Raises ValueError when an event holds a personal field and there is nothing to seal it with."""
    prepared = []
    usual, begins = _encode_metadata(metadata), _id_of_all(metadata.command_id)
    for index, item in enumerate(events):
        stored_metadata, data = usual, item
        if isinstance(data, Dated):
            dated = msgspec.structs.replace(metadata, effective_on=data.effective_on)
            stored_metadata, data = _encode_metadata(dated), data.event
        identity = begins + index.to_bytes(2)
        if data.personal_fields:
            if seal is None:
                raise ValueError(f"{data.type_name} holds personal fields and there is no key store to seal them")
            data = seal(data, identity)
        prepared.append(NewEvent(identity, data.type_name, data.schema_version, stored_metadata, encode(data)))
    return prepared


def content_hash(event: NewEvent, stream: str, version: int, recorded_at: int) -> bytes:
    """SHA-256 over everything that is stored of an event except its position, in a form that reads only one way.

    The position is left out so that a log copied to another engine keeps every hash."""
    head = f"{event.event_id.hex()}\n{stream}\n{version}\n{event.type}\n{event.schema_version}\n{recorded_at}\n"
    return hashlib.sha256(b"%b%d\n%b%b" % (head.encode(), len(event.metadata), event.metadata, event.data)).digest()


def as_json(value: Any) -> Any:
    """Plain JSON values of any struct, for people and machines to read."""
    return msgspec.to_builtins(value)
