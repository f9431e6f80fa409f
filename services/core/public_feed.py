"""The public events of a log, a page at a time, for those who come and ask."""

import time
from collections.abc import Collection, Mapping, Sequence
from typing import Any

import msgspec

from services.core.cloud_events import cloud_event
from services.core.log import EventLog
from services.core.public import public_types


class UnknownType(Exception):
    """Somebody asked for a type of event that is not public; the text names those that are."""


class PublicPage(msgspec.Struct, frozen=True):
    """Public events in the order of the log. `reached` is the position to ask after for what follows."""

    events: Sequence[Mapping[str, Any]]
    reached: int


def public_page(log: EventLog, after: int, limit: int, types: Collection[str], address: str) -> PublicPage:
    """At most `limit` public events after a position, of some types or (none named) of all; none only where the log
    has no more. Raises UnknownType."""
    wanted = _checked(types)
    while True:
        # The head is read first: an event stored after this line may be missing from the page.
        head = log.head()
        found = log.since(after, limit, wanted)
        after = found[-1].position if len(found) == limit else max(head, after, *(each.position for each in found[-1:]))
        # Among those of a public type are some that may not leave: a page of nothing else is not the last.
        events = [event for recorded in found if (event := cloud_event(recorded, address)) is not None]
        if events or len(found) < limit:
            return PublicPage(events, after)


def awaited_page(
    log: EventLog, after: int, limit: int, types: Collection[str], address: str, timeout: float
) -> PublicPage:
    """The same, once there is something on it, or after `timeout` seconds."""
    deadline = time.monotonic() + timeout
    page = public_page(log, after, limit, types, address)
    while not page.events and (remaining := deadline - time.monotonic()) > 0:
        if log.wait(page.reached, remaining):
            page = public_page(log, page.reached, limit, types, address)
    return page


def _checked(types: Collection[str]) -> Collection[str]:
    known = public_types()
    if unknown := [name for name in types if name not in known]:
        raise UnknownType(f"{', '.join(unknown)} can't be subscribed to. Choose among: {', '.join(known)}.")
    return types or list(known)
