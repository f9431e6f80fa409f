"""A school of the sample county that no other test looks at, with its head, chair and Link Adviser signed in."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import uuid4

from services.core.authorisation import Actor
from tests.gateway.advised import ADVISER, advise, chair_of, head_of
from tests.gateway.county import County
from tests.gateway.visits import Browser

__all__ = ["ADVISER", "ProgrammeSchool", "academic_year", "programme_school"]


@dataclass(frozen=True)
class ProgrammeSchool:
    """Its people, each in a browser of their own."""

    county: County
    urn: int
    head: Browser
    chair: Browser
    adviser: Browser

    def do(self, command: str, *, by: str, because: str | None = None, **fields: Any) -> None:
        """Have a person do something, and the pages show it."""
        runtime = self.county.runtime
        data = {"urn": self.urn, **fields}
        result = runtime.handle(command, data, actor=Actor(by), command_id=uuid4(), reason=because)
        assert runtime.wait_for(result.position, 10)


def programme_school(county: County, number: int) -> ProgrammeSchool:
    """The open school of that number from the end, of those with results."""
    schools = [line.urn for line in county.ask("scheduling.CountySchools").schools if line.status == "Open"]
    with_results = (urn for urn in reversed(schools) if county.ask("analytics.SchoolResults", urn=urn).years)
    urn = next(urn for place, urn in enumerate(with_results, 1) if place == number)
    return ProgrammeSchool(county, urn, head_of(county, urn), chair_of(county, urn), advise(county, urn))


def academic_year(day: date) -> int:
    return day.year if day.month >= 9 else day.year - 1
