"""The school that a page is about, and the pages that there are about a school."""

from dataclasses import dataclass

from flask import abort, request, url_for

from gateway.clients import COUNTY_ROLES, Answer, Invalid
from gateway.visitor import ask, clients, may, visitor
from gateway.words import role


@dataclass(frozen=True, slots=True)
class Tab:
    """One of the pages about a school, for those who may ask its `query`; `also` names the blueprints whose pages
    belong to it beside its own, and `about` says what is there."""

    words: str
    endpoint: str
    query: str
    also: frozenset[str] = frozenset()
    about: str = ""


TABS = (
    Tab(
        "School",
        "schools.school",
        "scheduling.SchoolByUrn",
        frozenset({"board", "performance", "calls", "concerns", "readings", "people"}),
    ),
    Tab("Visits", "visits.of_school", "scheduling.SchoolVisits", frozenset({"pm", "questions", "calendar"})),
    Tab("Records", "records.of_school", "visits.SchoolRecords", frozenset({"quality"})),
    Tab("Targets", "targets.of_school", "visits.SchoolTargets"),
    Tab("Self-evaluation", "sef.of_school", "visits.SefState"),
    Tab("Actions", "actions.of_school", "visits.SchoolActions"),
    Tab("Programme", "programme.of_school", "scheduling.SchoolServices", frozenset({"allocation", "extras"})),
    Tab("Results", "results.show", "analytics.SchoolResults"),
    Tab("Charges", "charges.of_school", "billing.SchoolStatement"),
    Tab("History", "history.timeline", "analytics.SchoolTimeline"),
)
MORE = (
    Tab(
        "For the governors",
        "board.of_school",
        "visits.SchoolRecords",
        about="visits, records, targets and questions for their meeting, on one page",
    ),
    Tab(
        "Performance",
        "performance.of_school",
        "analytics.SchoolPerformance",
        about="what was on time, and targets against results",
    ),
    Tab("Concerns and rating", "concerns.of_school", "visits.SchoolConcerns", about="what was observed and decided"),
    Tab("Calls", "calls.of_school", "helpdesk.SchoolCalls", about="what the school asked the help-line"),
    Tab("Readings", "readings.of_school", "visits.Readings", about="who has read what about the school"),
)
"""What the school's first page leads to."""


def the_school(urn: int) -> Answer:
    """What is known of a school (scheduling.SchoolByUrn). Not found when nothing is; raises Forbidden."""
    try:
        answer = ask("scheduling.SchoolByUrn", urn=urn)
    except Invalid:  # no URN at all, such as 12
        answer = None
    if answer is None or answer.value is None:
        abort(404, f"There is no school with the URN {urn} in this record.")
    return answer


def school_tabs(urn: int) -> list[tuple[str, str, bool]]:
    """Words, address and whether it is the section being read, of each page about the school."""
    section = request.blueprint
    return [
        (tab.words, url_for(tab.endpoint, urn=urn), section in tab.also | {tab.endpoint.partition(".")[0]})
        for tab in TABS
        if may(tab.query, urn=urn)
    ]


def more_of_school(urn: int) -> list[tuple[str, str, str]]:
    """Words, address and what is there, of the pages that the school's first page leads to."""
    return [(tab.words, url_for(tab.endpoint, urn=urn), tab.about) for tab in MORE if may(tab.query, urn=urn)]


def may_find() -> bool:
    """Whether the person may look for any school of the county, and so may open each."""
    return may("scheduling.FindSchools", text="any")


def why_seen() -> str:
    """Why the person sees the pages about a school."""
    county = sorted(role(name) for name in clients().roles(visitor().person) & COUNTY_ROLES)
    if county:
        return f"Your role today covers every school of the county: {', '.join(county)}."
    return "You hold a role at this school today. On the day when it ends, so does your access."
