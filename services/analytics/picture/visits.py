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
from services.visits.events import PmVisitHeld, PmVisitWithdrawn, RecordAnswered, RecordIssued

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
            return _visit_4_held(picture, event)
        case PmVisitWithdrawn():
            return _visit_4_withdrawn(picture, event)
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


def _visit_4_held(picture: SchoolPicture, event: PmVisitHeld) -> SchoolPicture:
    """Held on the day logged. The picture takes facts by the day on which they are true, so what is true of an earlier
    day may have been logged after a later day was withdrawn: it stays."""
    before = picture.visits.get(_key(event.year, "4"))
    if before is not None and before.state == HELD:
        return picture
    return _visit(picture, event.year, "4", VisitSeen(HELD, event.day))


def _visit_4_withdrawn(picture: SchoolPicture, event: PmVisitWithdrawn) -> SchoolPicture:
    key = _key(event.year, "4")
    if picture.visits.get(key) != VisitSeen(HELD, event.day):
        return picture
    return replace(picture, visits=picture.visits | {key: VisitSeen("withdrawn")})


def _answered(picture: SchoolPicture, event: RecordAnswered) -> SchoolPicture:
    key = _key(event.year, event.document)
    record = picture.records.get(key)
    if record is None or record.version != event.version:
        return picture
    return replace(picture, records=picture.records | {key: replace(record, answer=event.answer)})
