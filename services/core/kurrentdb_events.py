"""How an event lies in EventStoreDB / KurrentDB, and how it is read back.

The event's data is our JSON as it is; its metadata is a JSON object, so that the server's own tools can read it::

    {"event_id": "...", "schema_version": 2, "recorded_at": 1677672000000000, "hash": "<base64>", "metadata": {...}}

`metadata` holds our stored metadata byte for byte: the server never rewrites what it stores, and the bytes are cut out
of the object as they lie there, so the content hash over them still holds. `recorded_at` is by our clock, in
microseconds since 1970; the server's own time of storing is not used.

The server's event id is drawn for each append, and kept when that append is sent again. Were it ours, an append of
events that are stored already would be answered as done, though it stored nothing: see
deploy/adr/0014-an-id-for-each-append.md."""

import re
from collections.abc import Collection
from uuid import UUID, uuid4

import msgspec
from kurrentdbclient import DEFAULT_EXCLUDE_FILTER as NOT_OURS
from kurrentdbclient import NewEvent as Proposed
from kurrentdbclient import RecordedEvent as Served

from services.core.envelope import NewEvent, RecordedEvent, content_hash
from services.core.events import Event, Undecodable
from services.core.stored_type import StoredType
from services.core.times import to_micros
from services.core.verify import StoredEvent


class _Envelope(msgspec.Struct, frozen=True, gc=False):
    """The metadata as the server holds it."""

    event_id: UUID
    schema_version: int
    recorded_at: int
    hash: bytes
    metadata: msgspec.Raw


__all__ = ["NOT_OURS", "Proposed", "Reader", "Served", "envelope_of", "only", "proposed", "stored"]
# NOT_OURS filters out what the server writes for itself: none of its types has a dot after a letter, all of ours do.

_envelope = msgspec.json.Decoder(_Envelope)
_encoded = msgspec.json.Encoder().encode


def proposed(event: NewEvent, stream: str, version: int, recorded_at: int) -> Proposed:
    """The event as it is sent to be stored, at this version of its stream (ours, from 1)."""
    return envelope_of(event, recorded_at, content_hash(event, stream, version, recorded_at))


def envelope_of(event: NewEvent, recorded_at: int, digest: bytes) -> Proposed:
    """The event with the hash that it has, wherever that was made."""
    envelope = _Envelope(
        UUID(bytes=event.event_id), event.schema_version, recorded_at, digest, msgspec.Raw(event.metadata)
    )
    return Proposed(type=event.type, data=event.data, metadata=_encoded(envelope), id=uuid4())


def only(types: Collection[str]) -> str:
    """The server's filter for exactly these types. One pattern in brackets: the client puts ^ before the first of many
    and $ after the last, and would let longer names through."""
    return f"(?:{'|'.join(re.escape(name) for name in sorted(types))})"


def stored(event: Served) -> StoredEvent:
    """The event as its bytes lie in the log, none of them decoded but the envelope.

    One whose metadata is not an envelope (another program's, or a damaged one) has schema version 0 and no hash, which
    nothing reads and every verification names."""
    try:
        found = _envelope.decode(event.metadata)
    except msgspec.MsgspecError:
        recorded_at = to_micros(event.recorded_at) if event.recorded_at else 0
        found = _Envelope(event.id, 0, recorded_at, b"", msgspec.Raw(event.metadata))
    return StoredEvent(
        event.commit_position,
        event.stream_name,
        event.stream_position + 1,
        event.type,
        found.schema_version,
        found.recorded_at,
        found.event_id.bytes,
        bytes(found.metadata),
        event.data,
        found.hash,
    )


class Reader:
    """Decodes events, learning their types as they are met."""

    def __init__(self) -> None:
        self._types: dict[tuple[str, int], StoredType] = {}

    def recorded(self, event: Served) -> RecordedEvent:
        found = stored(event)
        key = event.type, found.schema_version
        kind = self._types.get(key)
        if kind is None:
            kind = self._types[key] = StoredType(*key)
        try:
            data: Event | Undecodable = kind.decode(event.data)
        except Exception as error:  # whatever the bytes hold, the events around them must still be read
            data = kind.undecodable(error)
        # fmt: off
        return RecordedEvent(
            found.position, event.stream_name, found.version, found.event_id, event.type, found.schema_version,
            found.recorded_at, found.metadata, data, found.hash
        )
        # fmt: on
