"""The sections of the service and who finds them useful; what a person may see, the services decide."""

from collections.abc import Iterator
from dataclasses import dataclass

from flask import request, url_for

from gateway.clients import COUNTY_ROLES
from gateway.visitor import clients, signed_in

OFFICE = frozenset({"programme_manager", "programme_officer"})
MONEY = frozenset({"finance", "programme_manager", "auditor"})


@dataclass(frozen=True, slots=True)
class Section:
    """One entry of the bar under the header; no roles means everyone. `endpoint` is its first page, `about` a line on
    what is there."""

    words: str
    endpoint: str
    roles: frozenset[str] = frozenset()
    about: str = ""


SECTIONS = (
    Section("Home", "home.home"),
    Section("Find a school", "schools.find", COUNTY_ROLES),
    Section("County overview", "county.overview", COUNTY_ROLES, "results and subscriptions of all schools"),
    Section("Charges", "charges.county", MONEY, "every charge of a year, by journal and by invoice"),
    Section("Imports", "imports.upload", OFFICE, "schools, links, results and inspections from published files"),
)


def sections() -> Iterator[Section]:
    """The sections of the person signed in."""
    user = signed_in()
    roles = clients().roles(user.person) if user else frozenset()
    return (section for section in SECTIONS if user and (not section.roles or section.roles & roles))


def navigation() -> list[dict[str, object]]:
    """Those sections, as the GOV.UK service navigation wants them."""
    return [
        {
            "text": section.words,
            "href": url_for(section.endpoint),
            "current": request.endpoint == section.endpoint,
            "active": request.blueprint == section.endpoint.partition(".")[0],
        }
        for section in sections()
    ]
