"""The visits of each year and their records."""

from datetime import date

from msgspec.structs import replace

from services.analytics.picture.shape import RecordSeen, SchoolPicture, VisitSeen
from services.core.events import Event
from services.scheduling.events import (
    VisitCancelled,
    VisitConfirmed,
    VisitHeld,
    VisitMoved,
    VisitNotHeld,
    VisitPlanned,
    VisitPostponed,
    VisitPutOnHold,
)
from services.visits.events import PmVisitHeld, RecordAnswered, RecordIssued

HELD = "held"


def after(picture: SchoolPicture, event: Event, day: date) -> SchoolPicture:
    match event:
        case VisitPlanned() | VisitMoved():
            return _visit(picture, event.year, event.visit, VisitSeen("planned", event.sittings[-1].day))
        case VisitConfirmed():
            before = picture.visits.get(_key(event.year, event.visit), VisitSeen("planned"))
            return _visit(picture, event.year, event.visit, VisitSeen("confirmed", before.day))
        case VisitPostponed():
            return _visit(picture, event.year, event.visit, VisitSeen("postponed"))
        case VisitPutOnHold():
            return _visit(picture, event.year, event.visit, VisitSeen("on_hold"))
        case VisitCancelled():
            return _visit(picture, event.year, event.visit, VisitSeen("cancelled"))
        case VisitNotHeld():
            return _visit(picture, event.year, event.visit, VisitSeen("not_held", event.day))
        case VisitHeld():
            return _visit(picture, event.year, event.visit, VisitSeen(HELD, event.sittings[-1].day))
        case PmVisitHeld():  # its day is all that everybody may know of it
            return _visit(picture, event.year, "4", VisitSeen(HELD, event.day))
        case RecordIssued():
            issued = {_key(event.year, event.document): RecordSeen(event.version, day)}
            return replace(picture, records=picture.records | issued)
        case RecordAnswered():
            return _answered(picture, event)
    return picture


def _key(year: int, visit: str) -> str:
    return f"{year}-{visit}"


def _visit(picture: SchoolPicture, year: int, visit: str, seen: VisitSeen) -> SchoolPicture:
    """A visit that was held stays so: its plan may have been recorded after its day."""
    key = _key(year, visit)
    if seen.state != HELD and key in picture.visits and picture.visits[key].state == HELD:
        return picture
    return replace(picture, visits=picture.visits | {key: seen})


def _answered(picture: SchoolPicture, event: RecordAnswered) -> SchoolPicture:
    key = _key(event.year, event.document)
    record = picture.records.get(key)
    if record is None or record.version != event.version:
        return picture
    return replace(picture, records=picture.records | {key: replace(record, answer=event.answer)})
