"""The last answers given: each is good for as long as its projection stands at the position it was read at."""

import threading
from collections import OrderedDict
from collections.abc import Hashable
from typing import Any

SIZE = 500


class Recent:
    """The value last put under each key; the one that was longest without use goes first."""

    def __init__(self, size: int = SIZE) -> None:
        self._size = size
        self._lock = threading.Lock()
        self._kept: OrderedDict[Hashable, tuple[int, Any]] = OrderedDict()

    def get(self, key: Hashable, position: int) -> Any | None:
        """The value put for this position, or None when it is not, or no longer, kept."""
        with self._lock:
            at, value = self._kept.get(key, (position, None))
            if at != position:
                return None
            if value is not None:
                self._kept.move_to_end(key)
            return value

    def put(self, key: Hashable, position: int, value: Any) -> None:
        """In place of what was kept for another position."""
        with self._lock:
            self._kept[key] = position, value
            self._kept.move_to_end(key)
            if len(self._kept) > self._size:
                self._kept.popitem(last=False)
