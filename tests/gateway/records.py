"""A school of the sample county whose visits were held, and people at work on its records."""

from datetime import date, time
from typing import Any
from uuid import uuid4

from services.core.authorisation import Actor
from services.scheduling.events import AdviserAllocated, Sitting, VisitHeld, VisitPlanned
from services.scheduling.events.words import Participant
from services.visits.criteria import criteria_of
from services.visits.forms import sections_of
from tests.gateway.county import County
from tests.gateway.facts import happened
from tests.gateway.visits import Browser

YEAR = 2022
ADVISER, COLLEAGUE, MANAGER = "demo-adviser-07", "demo-adviser-22", "demo-manager"
MET = {each.criterion: True for each in criteria_of()}
DAYS = {"1": date(2022, 11, 8), "ip": date(2022, 11, 22), "2": date(2023, 2, 7), "3": date(2023, 6, 13)}


class Desk:
    """One school's records, written and read by whoever is named."""

    def __init__(self, county: County, urn: int) -> None:
        self.county, self.urn = county, urn
        self._signed_up: set[str] = set()
        self.head, self.chair = f"demo-head-{urn}", f"demo-chair-{urn}"
        allocated = AdviserAllocated(urn, 1, ADVISER, date(2022, 9, 1), "accepted")
        happened(county, f"scheduling.allocation-{urn}", allocated)
        people = (Participant("headteacher", "whole", self.head), Participant("chair_of_governors", "part", self.chair))
        for visit, day in DAYS.items():
            sittings = (Sitting(day, time(9), time(12)),)
            planned = VisitPlanned(urn, YEAR, visit, ADVISER, sittings, "in_person", "autumn")
            held = VisitHeld(urn, YEAR, visit, ADVISER, sittings, "in_person", people, True)
            happened(county, f"scheduling.programme-{urn}-{YEAR}", planned, held.true_from(day))

    def visit(self, person: str) -> Browser:
        """That person, signed in: at another window too, when asked again."""
        if person not in self._signed_up:
            self._signed_up.add(self.county.add_sign_in(person))
        return self.county.visit(person)

    def do(self, command: str, by: str, document: str, because: str | None = None, **fields: Any) -> None:
        about = {"urn": self.urn, "year": YEAR, "document": document}
        runtime = self.county.runtime
        result = runtime.handle(
            f"visits.{command}", about | fields, actor=Actor(by), command_id=uuid4(), reason=because
        )
        assert runtime.wait_for(result.position, 10)

    def write(self, document: str) -> None:
        """The adviser fills every section that the form demands."""
        for each in sections_of(document):
            if each.required:
                text = each.choices[0] if each.choices else f"{each.title}: as we saw."
                self.do("WriteSection", ADVISER, document, section=each.section, text=text, revision=0)

    def issue(self, document: str) -> None:
        self.write(document)
        self.do("SubmitRecord", ADVISER, document)
        self.do("PassRecord", MANAGER, document, results=MET)
        self.do("IssueRecord", ADVISER, document)

    def address(self, document: str, *more: object) -> str:
        return "/".join((f"/schools/{self.urn}/records/{YEAR}/{document}", *map(str, more)))
