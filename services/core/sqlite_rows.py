"""From rows of the event table to recorded events: names of streams and decoders of types, learnt as they are met."""

import sqlite3
from typing import Any

from services.core.envelope import RecordedEvent
from services.core.events import Event, Undecodable
from services.core.stored_type import StoredType


class Rows:
    """Reads rows. `streams` holds the names of streams by number; whoever adds one that is not stored takes it out."""

    def __init__(self) -> None:
        self.streams: dict[int, str] = {}
        self._types: dict[int, StoredType] = {}

    def recorded(self, connection: sqlite3.Connection, rows: list[Any]) -> list[RecordedEvent]:
        names, types = self.streams, self._types
        recorded = []
        for position, stream_id, version, event_id, type_id, recorded_at, metadata, data, digest in rows:
            kind = types.get(type_id) or self._learn_type(connection, type_id)
            stream = names.get(stream_id) or self._learn_name(connection, stream_id)
            try:
                event: Event | Undecodable = kind.decode(data)
            except Exception as error:  # whatever the bytes hold, the events around them must still be read
                event = kind.undecodable(error)
            # fmt: off
            recorded.append(RecordedEvent(
                position, stream, version, event_id, kind.name, kind.version, recorded_at, metadata, event, digest
            ))
            # fmt: on
        return recorded

    def _learn_type(self, connection: sqlite3.Connection, type_id: int) -> StoredType:
        name, version = connection.execute("SELECT name, version FROM types WHERE id = ?", (type_id,)).fetchone()
        kind = self._types[type_id] = StoredType(name, version)
        return kind

    def _learn_name(self, connection: sqlite3.Connection, stream_id: int) -> str:
        name: str = connection.execute("SELECT name FROM streams WHERE id = ?", (stream_id,)).fetchone()[0]
        self.streams[stream_id] = name
        return name
