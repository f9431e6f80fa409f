"""Compares the log with the last seal over it, again and again, and tells the metrics.

A seal says nothing until somebody checks it. So a process of its own does, with a key and a disk of its own: who can
change the log can then not change what it is compared with. Each check reads the whole log."""

import threading
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

from prometheus_client import Gauge

from services.core.examine import examine
from services.core.log import LogUnavailable
from services.core.logs import logger
from services.core.metrics import ENGINE_REACHABLE
from services.core.seals import Broken, Signer, opened
from services.core.verify import StoredLog

RETRY_SECONDS = 30.0
NAMED = 20
"""How many faults are named in a log line."""

# With a label, so that they are not there before the first check has said anything.
SEAL_OK = Gauge("partnership_seal_ok", "1 while the log is as it was recorded and sealed, else 0", ["log"])
SEAL_CHECKED = Gauge("partnership_seal_checked_timestamp_seconds", "When the log was last checked whole", ["log"])

OpenLog = Callable[[], AbstractContextManager[StoredLog]]


class SealWatch:
    """`file` keeps the last seal over a log that was sound; `signer` has signed it, and names the log."""

    def __init__(self, open_log: OpenLog, signer: Signer, file: Path) -> None:
        self._open_log, self._signer, self._file = open_log, signer, file
        self._wrong = ["The log was not checked yet."]

    def run(self, seconds: float, stopping: threading.Event) -> None:
        """Check every so many seconds until told to stop; sooner again while the log is away."""
        while not stopping.is_set():
            stopping.wait(seconds if self.check() else RETRY_SECONDS)

    def check(self) -> bool:
        """Check once, and seal the log anew when it is sound; False when it could not be read."""
        try:
            with self._open_log() as log:
                self._wrong = self._compared(log)
        except LogUnavailable as error:
            ENGINE_REACHABLE.labels("log").set(0)
            self._wrong = [str(error)]
            return False
        ENGINE_REACHABLE.labels("log").set(1)
        SEAL_OK.labels(self._signer.origin).set(not self._wrong)
        SEAL_CHECKED.labels(self._signer.origin).set(time.time())
        return True

    def wrong(self) -> list[str]:
        """What the last check found; nothing when all is well."""
        return self._wrong

    def _compared(self, log: StoredLog) -> list[str]:
        try:
            sealed = opened(self._file.read_text(), self._signer.verifier_key()) if self._file.exists() else None
        except Broken as error:
            logger.error("seal broken", why=str(error))
            return [f"{self._file}: {error}"]
        found = examine(log, sealed)
        if found.faults:
            named = [{"position": fault.position, "wrong": fault.wrong} for fault in found.faults[:NAMED]]
            logger.error("log is not as it was recorded", faults=len(found.faults), first=named)
            return [f"The log is not as it was recorded: {len(found.faults)} faults. See: partnership verify"]
        fresh = self._file.with_suffix(".new")
        fresh.write_text(self._signer.sign(found.tree))
        fresh.replace(self._file)
        return []
