"""Whether the event log answers: asked, because who only waits for news can't tell silence from absence."""

from services.core.log import EventLog, LogUnavailable
from services.core.metrics import ENGINE_REACHABLE


def ask_the_log(log: EventLog) -> None:
    """Read a little of it, and tell the metrics whether it answered. Raises LogUnavailable when it did not."""
    try:
        log.since(0, 1)
    except LogUnavailable:
        ENGINE_REACHABLE.labels("log").set(0)
        raise
    ENGINE_REACHABLE.labels("log").set(1)
