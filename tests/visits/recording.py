"""A school's year as far as its records need it: visits planned and held, texts written, reviewed and issued."""

from datetime import date, timedelta
from typing import Any

from services.visits.criteria import criteria_of
from services.visits.forms import sections_of
from tests.platform import SCHOOL, Platform
from tests.scheduling import year

DAYS = {"1": date(2011, 11, 8), "ip": date(2011, 11, 22), "2": date(2012, 2, 7), "3": date(2012, 6, 12)}
MET = {each.criterion: True for each in criteria_of()}


def about(document: str) -> dict[str, Any]:
    return {"urn": SCHOOL, "year": year.YEAR, "document": document}


def plan(platform: Platform, visit: str) -> None:
    year.plan(platform, visit, year.at(DAYS[visit]))


def hold(platform: Platform, visit: str) -> None:
    """Plan a visit, and have it held with head and chair; it is the day after."""
    plan(platform, visit)
    platform.on(DAYS[visit] + timedelta(days=1))
    people = [
        {"role": "headteacher", "part": "whole", "person": "head"},
        {"role": "chair_of_governors", "part": "part", "person": "chair"},
    ]
    sittings = year.typed(year.at(DAYS[visit]))
    year.act(platform, "HoldVisit", visit, by="adviser", sittings=sittings, participants=people)


def write(
    platform: Platform, document: str, section: str, text: str, *, by: str = "adviser", revision: int = 0
) -> None:
    fields = about(document) | {"section": section, "text": text, "revision": revision}
    platform.do("visits.WriteSection", by=by, **fields)


def write_all(platform: Platform, document: str) -> None:
    """Fill every section that the form demands."""
    for section in sections_of(document):
        if section.required:
            write(platform, document, section.section, section.choices[0] if section.choices else section.title)


def review(platform: Platform, document: str) -> None:
    platform.do("visits.SubmitRecord", by="adviser", **about(document))
    platform.do("visits.PassRecord", by="manager", **about(document), results=MET)


def issue(platform: Platform, document: str, **changes: str) -> None:
    """Write, review and issue a document."""
    write_all(platform, document)
    review(platform, document)
    platform.do("visits.IssueRecord", by="adviser", **about(document), **changes)


def shown(platform: Platform, document: str, *, by: str, version: int | None = None) -> Any:
    return platform.ask("visits.Record", by=by, **about(document), version=version)


def texts(paper: Any) -> dict[str, str | None]:
    """What each section says, by its code."""
    return {line.section: line.text for line in paper.sections if line.revision}
