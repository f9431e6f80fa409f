"""The last answers given: each is good for as long as its projection stands at the position it was read at."""

import threading
from collections import OrderedDict
from collections.abc import Hashable
from typing import Any

SIZE = 500


class Recent:
    """The values last put, by key; the one that was longest without use goes first."""

    def __init__(self, size: int = SIZE) -> None:
        self._size = size
        self._lock = threading.Lock()
        self._kept: OrderedDict[Hashable, Any] = OrderedDict()

    def get(self, key: Hashable) -> Any | None:
        """The value, or None when it is not, or no longer, kept."""
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
            return self._kept.get(key)

    def put(self, key: Hashable, value: Any) -> None:
        with self._lock:
            self._kept[key] = value
            if len(self._kept) > self._size:
                self._kept.popitem(last=False)
