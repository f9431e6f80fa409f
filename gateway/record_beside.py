"""What stands beside a record while it is written, and is recorded elsewhere: open actions, grades, ways there."""

from dataclasses import dataclass
from typing import Any

from flask import url_for

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
    if may("visits.SchoolConcerns", urn=urn):
        links.append(("Tell the school of a concern", url_for("concerns.of_school", urn=urn)))
    return Beside(actions, grades, links)


def _row(heading: Any) -> tuple[str, str, str, str]:
    own, la = heading.own.grade if heading.own else "", heading.la.grade if heading.la else ""
    agreed = heading.agreed.grade if heading.agreed else ""
    if not agreed and heading.disagreements:
        both = heading.disagreements[-1]
        agreed = f"No agreement: school {both.school_grade}, adviser {both.adviser_grade}"
    return heading.heading, own, agreed, la
