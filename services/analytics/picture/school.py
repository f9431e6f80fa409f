"""The school itself, what it buys, and who its Link Adviser is."""

from datetime import date

from msgspec.structs import replace

from services.analytics.picture.shape import Link, SchoolPicture
from services.core.events import Event
from services.scheduling.events import (
    AdviserAllocated,
    AllocationEnded,
    ProgrammeSettled,
    SchoolChanged,
    SchoolRegistered,
    SchoolsLinked,
    SchoolSubscribed,
)

_DETAILS = ("name", "status", "school_type", "type_group")


def after(picture: SchoolPicture, event: Event, day: date) -> SchoolPicture:
    match event:
        case SchoolRegistered():
            return replace(picture, **{name: getattr(event, name) for name in _DETAILS})
        case SchoolChanged():
            return replace(picture, **{name: v for name, v in event.changes().items() if name in _DETAILS})
        case SchoolsLinked():
            return replace(picture, links=(*picture.links, _link(picture.urn, event)))
        case SchoolSubscribed() | ProgrammeSettled():
            return replace(picture, subscriptions=picture.subscriptions | {event.year: event.programme})
        case AdviserAllocated():
            return replace(picture, adviser=event.adviser)
        case AllocationEnded() if event.adviser == picture.adviser:
            return replace(picture, adviser=None)
    return picture


def _link(urn: int, event: SchoolsLinked) -> Link:
    if event.successor == urn:
        return Link(event.predecessor, "predecessor", event.link_type)
    return Link(event.successor, "successor", event.link_type)
