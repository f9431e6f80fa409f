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
    """A part of the service; no roles means everyone. `endpoint` is its first page, `about` a line on what is there.

    It stands in the bar under the header, or for those who have the section `under` which it is, in a second bar there.
    `also` names the blueprints whose pages belong to it beside those of its endpoint."""

    words: str
    endpoint: str
    roles: frozenset[str] = frozenset()
    about: str = ""
    under: str = ""
    also: frozenset[str] = frozenset()

    @property
    def is_open(self) -> bool:
        """Whether the page being read belongs to it; a page about one school always belongs to the schools."""
        if "urn" in (request.view_args or {}):
            return self.endpoint == SCHOOLS
        return request.blueprint in self.also | {self.endpoint.partition(".")[0]}


SCHOOLS = "schools.find"
SECTIONS = (
    Section("Home", "home.home"),
    Section("Your day", "day.show", frozenset({"adviser"}), "your visits of the next fortnight, and what to finish"),
    Section("Find a school", SCHOOLS, COUNTY_ROLES),
    Section("County overview", "county.overview", COUNTY_ROLES, "results and subscriptions of all schools", SCHOOLS),
    Section(
        "Performance",
        "performance.county",
        READERS,
        "visits, records, SEFs, targets and actions of a year",
        SCHOOLS,
    ),
    Section(
        "Calibration", "calibration.show", CALIBRATORS, "agreed grades against the inspections that followed", SCHOOLS
    ),
    Section(
        "Imports", "imports.upload", OFFICE, "schools, links, results and inspections from published files", SCHOOLS
    ),
    Section(
        "Planning",
        "planning.board",
        PLANNERS,
        "visits of all schools, what needs a hand, and absent advisers",
        also=frozenset({"terms"}),
    ),
    Section(
        "Self-evaluation",
        "sef.county",
        OFFICE | {"adviser"},
        "which school's form is overdue, due or received",
        "planning.board",
    ),
    Section(
        "Advisers",
        "advisers.county",
        READERS,
        "training, load and absences, and which school has whom",
        also=frozenset({"allocation"}),
    ),
    Section("Quality assurance", "quality.queue", REVIEWERS, "records of visit that wait to be judged by a colleague"),
    Section("Concerns", "concerns.board", CALIBRATORS, "schools by rating, alerts, and what is past its review"),
    Section("Actions", "actions.county", CHASERS, "agreed actions that are overdue or to be moved", "concerns.board"),
    Section(
        "Duty desk",
        "desk.show",
        DESK,
        "calls that wait, a new call, and the help-line now",
        also=frozenset({"calls", "hours"}),
    ),
    Section(
        "Inspections",
        "inspections.board",
        COUNTY_ROLES,
        "every Ofsted inspection that is on, and who goes",
        "desk.show",
    ),
    Section(
        "Finance",
        "finance.workspace",
        MONEY,
        "what is to export, what does not agree, what is not as usual",
        also=frozenset({"exports", "prices"}),
    ),
    Section(
        "Charges", "charges.county", MONEY, "every charge of a year, by journal and by invoice", "finance.workspace"
    ),
)


def sections() -> Iterator[Section]:
    """The sections of the person signed in."""
    user = signed_in()
    roles = clients().roles(user.person) if user else frozenset()
    return (section for section in SECTIONS if user and (not section.roles or section.roles & roles))


def navigation() -> list[dict[str, object]]:
    """The bar, as the GOV.UK service navigation wants it."""
    own = list(sections())
    return [
        {
            "text": section.words,
            "href": url_for(section.endpoint),
            "current": request.endpoint == section.endpoint,
            "active": any(each.is_open for each in (section, *_below(section, own))),
        }
        for section in own
        if section not in _all_below(own)
    ]


def second_bar() -> list[tuple[str, str, bool]]:
    """Words, address and whether it is being read, of a section and those under it, where one of them is being read."""
    own = list(sections())
    for section in own:
        group = [section, *_below(section, own)]
        if len(group) > 1 and any(each.is_open for each in group) and "urn" not in (request.view_args or {}):
            return [(each.words, url_for(each.endpoint), each.is_open) for each in group]
    return []


def _below(section: Section, own: list[Section]) -> list[Section]:
    return [each for each in own if each.under == section.endpoint]


def _all_below(own: list[Section]) -> list[Section]:
    return [each for section in own for each in _below(section, own)]
