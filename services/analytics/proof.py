"""Proof of facts that anybody can check without this platform: what is stored of each, and the hash over it."""

from collections.abc import Iterable, Iterator

from msgspec import Struct

from services.analytics.entries import readable
from services.core.envelope import NewEvent, RecordedEvent, content_hash
from services.core.events import encode

HOW_TO_CHECK = (
    "The hash of a fact is SHA-256 over the UTF-8 text of its event id in hexadecimal, its stream, version, type,"
    " schema version and instant of recording in microseconds since 1970, each followed by a line feed; then the number"
    " of bytes of its metadata and a line feed; then its metadata and its data, as they stand here."
)


class PackedFact(Struct, frozen=True):
    """All that is stored of a fact; `metadata` and `data` are None where it is not for whoever asked for the pack."""

    position: int
    stream: str
    version: int
    event_id: str
    type: str
    schema_version: int
    recorded_at: int
    says: str
    hash: str
    metadata: str | None = None
    data: str | None = None


class PackFault(Struct, frozen=True):
    """A fact of a pack that is not what its hash was made of."""

    position: int
    says: str


def packed(recorded: RecordedEvent, *, opens: bool) -> PackedFact:
    """A fact as a pack holds it. Raises Damaged."""
    event = readable(recorded)
    stored = (recorded.stored_metadata.decode(), encode(event).decode()) if opens else (None, None)
    return PackedFact(
        recorded.position,
        recorded.stream,
        recorded.version,
        recorded.event_id.hex(),
        recorded.type,
        recorded.schema_version,
        recorded.recorded_at,
        event.says(),
        recorded.hash.hex(),
        *stored,
    )


def is_as_recorded(recorded: RecordedEvent) -> bool:
    """Whether what was read of a fact still has the hash that was made when it was recorded. Raises Damaged."""
    return not list(faults([packed(recorded, opens=True)]))


def faults(facts: Iterable[PackedFact]) -> Iterator[PackFault]:
    """The facts whose content has another hash than is said; one whose content is kept back can't be checked."""
    for fact in facts:
        if fact.metadata is None or fact.data is None:
            continue
        event = NewEvent(
            bytes.fromhex(fact.event_id), fact.type, fact.schema_version, fact.metadata.encode(), fact.data.encode()
        )
        if content_hash(event, fact.stream, fact.version, fact.recorded_at).hex() != fact.hash:
            yield PackFault(fact.position, fact.says)
