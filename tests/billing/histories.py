"""Schools and their histories, as scheduling would have recorded them."""

from datetime import date
from uuid import UUID, uuid5

from services.core.envelope import Metadata, RecordedEvent, prepare
from services.core.events import Dated, Event
from services.core.times import BEFORE_RECORDS
from services.scheduling.events import (
    ProgrammeSettled,
    SchoolChanged,
    SchoolRegistered,
    SchoolSubscribed,
    ServiceDelivered,
)

MAINTAINED, ACADEMY = 120777, 141226
YEAR_BEGINS = date(2022, 9, 1)
_IDS = UUID("00000000-0000-4000-8000-000000000000")


def school(
    urn: int, school_type: str, type_group: str, opened: date | None = None, name: str = "Holt Primary"
) -> Dated:
    registered = SchoolRegistered(
        urn=urn,
        name=name,
        la_code="926",
        establishment_number="2000",
        school_type=school_type,
        type_group=type_group,
        status="Open",
        phase="Primary",
        opened=opened,
    )
    return registered.true_from(opened or BEFORE_RECORDS)


def maintained(urn: int = MAINTAINED) -> Dated:
    return school(urn, "Community school", "Local authority maintained schools")


def academy(urn: int = ACADEMY, opened: date = date(2014, 9, 1)) -> Dated:
    return school(urn, "Academy converter", "Academies", opened)


def became_academy(urn: int, day: date) -> Dated:
    return SchoolChanged(urn, school_type="Academy converter", type_group="Academies").true_from(day)


def subscribed(urn: int, year: int = 2022, programme: str = "full") -> Dated:
    begins = date(year, 9, 1)
    return SchoolSubscribed(urn, year, begins, programme).true_from(begins)


def settled(urn: int, *visits: str, begins: date = YEAR_BEGINS, version: int = 1) -> Dated:
    """A tailored programme of these visits; without any, the full one."""
    programme, chosen = ("tailored", visits) if visits else ("full", ("1", "2", "3", "4"))
    return ProgrammeSettled(urn, begins.year, version, programme, chosen, begins).true_from(begins)


def delivered(urn: int, service: str, quantity: int = 1, day: date = date(2022, 11, 9)) -> Dated:
    return ServiceDelivered(urn, 2022, f"{urn}-2022-1", service, quantity, day).true_from(day)


def stream_of(urn: int, event: Event) -> str:
    """Where scheduling keeps an event of a school."""
    match event:
        case SchoolSubscribed(year=year):
            return f"scheduling.subscription-{urn}-{year}"
        case ProgrammeSettled(year=year):
            return f"scheduling.agreement-{urn}-{year}"
        case ServiceDelivered(year=year):
            return f"scheduling.services-{urn}-{year}"
    return f"scheduling.school-{urn}"


def metadata(number: int, effective_on: date = YEAR_BEGINS) -> Metadata:
    command_id = uuid5(_IDS, str(number))
    return Metadata(command_id, command_id, command_id, "person-1", "programme_officer", effective_on)


def history(stream: str, *items: Event | Dated) -> list[RecordedEvent]:
    """A stream as it is read back, its events recorded in this order."""
    recorded = []
    for position, item in enumerate(items, 1):
        (new,) = prepare([item], metadata(position))
        data = item.event if isinstance(item, Dated) else item
        envelope = position, stream, position, new.event_id, new.type, new.schema_version, position, new.metadata
        recorded.append(RecordedEvent(*envelope, data, b""))
    return recorded
