"""The school that a page is about, and the pages that there are about a school."""

from dataclasses import dataclass

from flask import abort, request, url_for

from gateway.clients import COUNTY_ROLES, Answer, Invalid
from gateway.visitor import ask, clients, may, visitor
from gateway.words import role


@dataclass(frozen=True, slots=True)
class Tab:
    """One of the pages about a school, for those who may ask its `query`."""

    words: str
    endpoint: str
    query: str


TABS = (
    Tab("School", "schools.school", "scheduling.SchoolByUrn"),
    Tab("For governors", "board.of_school", "visits.SchoolRecords"),
    Tab("History", "history.timeline", "analytics.SchoolTimeline"),
    Tab("Results", "results.show", "analytics.SchoolResults"),
    Tab("Performance", "performance.of_school", "analytics.SchoolPerformance"),
    Tab("Visits", "visits.of_school", "scheduling.SchoolVisits"),
    Tab("Programme", "programme.of_school", "scheduling.SchoolServices"),
    Tab("Targets", "targets.of_school", "visits.SchoolTargets"),
    Tab("Self-evaluation", "sef.of_school", "visits.SefState"),
    Tab("Records", "records.of_school", "visits.SchoolRecords"),
    Tab("Calls", "calls.of_school", "helpdesk.SchoolCalls"),
    Tab("Charges", "charges.of_school", "billing.SchoolStatement"),
    Tab("Actions", "actions.of_school", "visits.SchoolActions"),
    Tab("Concerns", "concerns.of_school", "visits.SchoolConcerns"),
)


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
        (tab.words, url_for(tab.endpoint, urn=urn), tab.endpoint.partition(".")[0] == section)
        for tab in TABS
        if may(tab.query, urn=urn)
    ]


def may_find() -> bool:
    """Whether the person may look for any school of the county, and so may open each."""
    return may("scheduling.FindSchools", text="any")


def why_seen() -> str:
    """Why the person sees the pages about a school."""
    county = sorted(role(name) for name in clients().roles(visitor().person) & COUNTY_ROLES)
    if county:
        return f"Your role today covers every school of the county: {', '.join(county)}."
    return "You hold a role at this school today. On the day when it ends, so does your access."
