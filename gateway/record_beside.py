"""What stands beside a record while it is written, and is recorded elsewhere: open actions, grades, ways there."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from flask import url_for

from gateway.concern_acts import OBSERVE, TELL
from gateway.visitor import ask, may

GRADED = ("2", "ip")
"""The visits at which grades are agreed."""
WITH_TARGETS = "1"


@dataclass(frozen=True, slots=True)
class Beside:
    """`grades` are rows of heading, the school's grade, the agreed one (or both, where there is no agreement) and the
    authority's; `links` are words and addresses."""

    actions: tuple[Any, ...]
    grades: list[tuple[str, str, str, str]]
    links: list[tuple[str, str]]


def beside(urn: int, year: int, document: str) -> Beside:
    actions = ask("visits.SchoolActions", urn=urn).value.open if may("visits.SchoolActions", urn=urn) else ()
    graded = document in GRADED and may("visits.SefState", urn=urn)
    sheets = ask("visits.SefState", urn=urn, year=year).value.sheets if graded else ()
    grades = [_row(heading) for sheet in sheets if sheet.occasion == document for heading in sheet.headings]
    links = [("Actions and recommendations", url_for("actions.of_school", urn=urn))]
    if graded:
        links.append(("Grades", url_for("sef.of_school", urn=urn, year=year)))
    if document == WITH_TARGETS:
        links.append(("Targets", url_for("targets.of_school", urn=urn)))
    return Beside(actions, grades, [*links, *_concerns(urn)])


def _concerns(urn: int) -> Iterator[tuple[str, str]]:
    """Each open concern, led to where the school is told of it while it was not; and where a new one is noted."""
    for each in ask("visits.SchoolConcerns", urn=urn).value if may("visits.SchoolConcerns", urn=urn) else ():
        address = {"urn": urn, "concern": each.concern}
        if each.closed is None and each.told_at is None and TELL.offered(**address):
            yield f"Tell the school: {each.aspect}", url_for("concerns.act", name=TELL.name, **address)
        elif each.closed is None:
            yield f"Concern: {each.aspect or 'from before your time'}", url_for("concerns.one", **address)
    if OBSERVE.offered(urn=urn):
        yield OBSERVE.words, url_for("concerns.new", urn=urn)


def _row(heading: Any) -> tuple[str, str, str, str]:
    own, la = heading.own.grade if heading.own else "", heading.la.grade if heading.la else ""
    agreed = heading.agreed.grade if heading.agreed else ""
    if not agreed and heading.disagreements:
        both = heading.disagreements[-1]
        agreed = f"No agreement: school {both.school_grade}, adviser {both.adviser_grade}"
    return heading.heading, own, agreed, la
