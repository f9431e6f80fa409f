"""How far the read models of each service are known to have come."""

import threading
from collections.abc import Iterable


class Positions:
    """Told by the doorbell or by asking, in any order and any number of times."""

    def __init__(self) -> None:
        self._known: dict[str, int] = {}
        self._told = threading.Condition()

    def hear(self, service: str, position: int) -> None:
        """The read models of a service have come as far as a position, or further."""
        with self._told:
            if position > self._known.get(service, -1):
                self._known[service] = position
                self._told.notify_all()

    def lacking(self, services: Iterable[str], position: int) -> list[str]:
        """Those not known to have come so far."""
        return [service for service in services if self._known.get(service, -1) < position]

    def wait(self, services: Iterable[str], position: int, timeout: float) -> bool:
        """Wait until all are known to have come so far, `timeout` seconds at most; False when time ran out."""
        awaited = tuple(services)
        with self._told:
            return self._told.wait_for(lambda: not self.lacking(awaited, position), timeout)
