"""A type of event as a log stores it, with what decodes it: shared by every log."""

from collections.abc import Callable

from services.core.events import Event, Undecodable, UnknownEventType, decoder


class StoredType:
    """A stored type name and schema version. `decode` raises whatever the bytes lead it to; `undecodable` is what then
    stands in the event's place, so that the events around it can still be read."""

    __slots__ = ("decode", "name", "version")

    def __init__(self, name: str, version: int) -> None:
        self.name, self.version = name, version
        self.decode: Callable[[bytes], Event | Undecodable]
        try:
            self.decode = decoder(name, version)
        except UnknownEventType as error:
            unknown = Undecodable(str(error))
            self.decode = lambda stored: unknown

    def undecodable(self, error: Exception) -> Undecodable:
        return Undecodable(f"{self.name} version {self.version} can't be read: {error}")
