"""No orphans: a process ends when the launcher that started it does, however that ended.

The launcher holds the writing end of a pipe and never writes; the system closes it with the launcher."""

import os
import select
import threading
import time
from collections.abc import Callable

GRACE_SECONDS = 10.0
"""How long a process that was told to stop may take to answer what it has in hand."""


def hold_on_to(pipe: int, stop: Callable[[], object]) -> None:
    """Call `stop` when nobody holds the other end of the pipe any more; end this process if that does not."""

    def watch() -> None:
        select.select([pipe], [], [])  # which gives way to others where everything is patched, as in the edge
        stop()
        time.sleep(GRACE_SECONDS)
        os._exit(1)

    threading.Thread(target=watch, name="lifeline", daemon=True).start()
