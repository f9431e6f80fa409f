"""Facts of any service put straight into the log of the sample county, for pages that show them."""

from datetime import date, time
from uuid import uuid4

from services.core.envelope import Metadata, prepare
from services.core.events import Dated, Event
from services.scheduling.events import AdviserAllocated, Sitting, VisitHeld, VisitPlanned
from tests.gateway.county import County

SCHOOL = 120825
"""Langham: a school that only the tests with these facts look at."""
YEAR = 2022


def happened(county: County, stream: str, *events: Event | Dated, reason: str | None = None) -> None:
    """Each event is true from its own day, or from 3 October 2022."""
    command_id = uuid4()
    who = "demo-manager", "programme_manager"
    metadata = Metadata(command_id, command_id, command_id, *who, date(2022, 10, 3), reason)
    log = county.runtime.log
    position = log.append(stream, len(log.read(stream)), prepare(events, metadata, county.runtime.keys.seal))
    assert county.runtime.wait_for(position, 10)


def allocate(county: County, adviser: str = "demo-adviser-07") -> None:
    """Make Adviser 07, who can sign in, the school's Link Adviser."""
    allocated = AdviserAllocated(SCHOOL, 1, adviser, date(2022, 9, 1), "accepted")
    happened(county, f"scheduling.allocation-{SCHOOL}", allocated)


def hold_visit(county: County, visit: str, day: date, *, governors: bool) -> None:
    sittings = (Sitting(day, time(9), time(12)),)
    planned = VisitPlanned(SCHOOL, YEAR, visit, "demo-adviser-07", sittings, "in_person", "autumn")
    held = VisitHeld(SCHOOL, YEAR, visit, "demo-adviser-07", sittings, "in_person", (), governors)
    happened(county, f"scheduling.programme-{SCHOOL}-{YEAR}", planned, held.true_from(day))
