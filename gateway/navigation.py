"""The sections of the service and who finds them useful; what a person may see, the services decide."""

from collections.abc import Iterator
from dataclasses import dataclass

from flask import request, url_for

from gateway.clients import COUNTY_ROLES
from gateway.visitor import clients, signed_in

OFFICE = frozenset({"programme_manager", "programme_officer"})
READERS = COUNTY_ROLES - {"finance", "duty_officer"}
PLANNERS = OFFICE | {"adviser", "auditor"}
CALIBRATORS = frozenset({"programme_manager", "achievement_and_intervention", "auditor"})
REVIEWERS = frozenset({"adviser", "programme_manager"})
DESK = frozenset({"duty_officer", "duty_manager", "programme_manager"})
MONEY = frozenset({"finance", "programme_manager", "auditor"})

CHASERS = frozenset(
    {"adviser", "programme_manager", "programme_officer", "achievement_and_intervention", "auditor", "duty_manager"}
)


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
    Section("Your day", "day.show", frozenset({"adviser"}), "your visits of the next fortnight, and what to finish"),
    Section("Find a school", "schools.find", COUNTY_ROLES),
    Section("County overview", "county.overview", COUNTY_ROLES, "results and subscriptions of all schools"),
    Section("Planning", "planning.board", PLANNERS, "visits of all schools, what needs a hand, and absent advisers"),
    Section("Advisers", "advisers.county", READERS, "training, load and absences, and which school has whom"),
    Section("Performance", "performance.county", READERS, "visits, records, SEFs, targets and actions of a year"),
    Section("Calibration", "calibration.show", CALIBRATORS, "agreed grades against the inspections that followed"),
    Section("Quality assurance", "quality.queue", REVIEWERS, "records of visit that wait to be judged by a colleague"),
    Section("Duty desk", "desk.show", DESK, "calls that wait, a new call, and the help-line now"),
    Section("Inspections", "inspections.board", COUNTY_ROLES, "every Ofsted inspection that is on, and who goes"),
    Section("Finance", "finance.workspace", MONEY, "what is to export, what does not agree, what is not as usual"),
    Section("Charges", "charges.county", MONEY, "every charge of a year, by journal and by invoice"),
    Section("Self-evaluation", "sef.county", OFFICE | {"adviser"}, "which school's form is overdue, due or received"),
    Section("Imports", "imports.upload", OFFICE, "schools, links, results and inspections from published files"),
    Section("Concerns", "concerns.board", CALIBRATORS, "schools by rating, alerts, and what is past its review"),
    Section("Actions", "actions.county", CHASERS, "agreed actions that are overdue or to be moved"),
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
