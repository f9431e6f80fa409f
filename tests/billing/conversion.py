"""A school that becomes an academy on 1 April 2023, within a year that it has bought: the facts, each known once."""

from typing import Any
from uuid import UUID, uuid5

from services.billing.events import ChargeRaised, ChargeReversed, PartYearCharged
from services.core.events import Event
from tests.platform import SCHOOL, SCHOOL_ROW, Platform

ACADEMY = 149999
ACADEMY_ROW: dict[str, Any] = SCHOOL_ROW | {
    "urn": ACADEMY,
    "name": "Aldborough Academy",
    "school_type": "Academy converter",
    "type_group": "Academies",
    "opened": "2023-04-01",
    "effective_on": "2023-04-01",
}
CLOSED_ROW: dict[str, Any] = SCHOOL_ROW | {"status": "Closed", "closed": "2023-03-31", "effective_on": "2023-03-31"}
LINK: dict[str, Any] = {
    "predecessor": SCHOOL,
    "successor": ACADEMY,
    "link_type": "Successor",
    "established": "2023-04-01",
}
YEAR = 2022
IDS = UUID("00000000-0000-4000-8000-000000000077")


def load_prices(platform: Platform) -> None:
    for status, pence in (("maintained", 265_000), ("non-maintained", 282_000)):
        price: dict[str, Any] = {
            "item": "full-service",
            "school_status": status,
            "pence": pence,
            "begins": "2011-09-01",
        }
        platform.do("billing.SetPrice", by="finance", **price)


def link(platform: Platform, **fields: Any) -> None:
    platform.do("scheduling.LinkSchools", again=uuid5(IDS, "link"), **LINK | fields)


def close(platform: Platform, **fields: Any) -> None:
    platform.do("scheduling.RecordSchool", again=uuid5(IDS, "close"), **CLOSED_ROW | fields)


def register(platform: Platform, **fields: Any) -> None:
    platform.do("scheduling.RecordSchool", again=uuid5(IDS, "register"), **ACADEMY_ROW | fields)


FACTS = (link, close, register)


def lines(platform: Platform, urn: int = SCHOOL, year: int = YEAR) -> list[tuple[str, int, str]]:
    """(kind, pence, route) of each line of an account, in order."""
    events: list[Event] = platform.events(ChargeRaised, PartYearCharged, ChargeReversed)
    return [
        (type(event).__name__, event.net, event.route)  # type: ignore[attr-defined]
        for event in events
        if (event.urn, event.year) == (urn, year)  # type: ignore[attr-defined]
    ]
