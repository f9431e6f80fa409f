"""A school of the sample county that no other test looks at, with its head, chair and Link Adviser signed up."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import uuid4

from services.core.authorisation import Actor
from tests.gateway.county import County
from tests.gateway.today import in_days
from tests.gateway.visits import Browser

ADVISER = "demo-adviser-22"


@dataclass(frozen=True)
class ProgrammeSchool:
    """Its people by role, each in a browser of their own."""

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
    """The open primary school of that number from the end, of those with results, with an adviser allocated."""
    lines = [line for line in county.ask("scheduling.CountySchools").schools if line.status == "Open"]
    taken = (line.urn for line in reversed(lines) if county.ask("analytics.SchoolResults", urn=line.urn).years)
    urn = next(urn for n, urn in enumerate(taken, 1) if n == number)
    county.record(
        "scheduling.TrainAdviser", person=ADVISER, training="data_analysis", completed=in_days(-9).isoformat()
    )
    school = ProgrammeSchool(
        county,
        urn,
        *(county.visit(county.add_sign_in(f"demo-{role}-{urn}")) for role in ("head", "chair")),
        county.visit(county.add_sign_in(ADVISER)),
    )
    school.do("scheduling.ProposeAdviser", by="demo-manager", adviser=ADVISER, begins=in_days(0).isoformat())
    school.do("scheduling.AcceptProposal", by=f"demo-head-{urn}", proposal=1)
    return school


def academic_year(day: date) -> int:
    return day.year if day.month >= 9 else day.year - 1
