"""Whether somebody may become the Link Adviser of a school: their role, their training, their interests."""

from datetime import date

from msgspec import Struct

from services.core.authorisation import Role
from services.core.service import ReadStream
from services.scheduling.adviser import adviser_decider, adviser_stream
from services.scheduling.adviser_state import Adviser, Training
from services.scheduling.person import Person, person_decider, person_stream


class Candidate(Struct, frozen=True):
    """A person for a school, as the register and their own stream tell of them."""

    id: str
    urn: int
    person: Person
    adviser: Adviser

    def unfit_on(self, day: date) -> str | None:
        """Why they can't be the school's Link Adviser from that day on; None when they can."""
        if not any(tenure.role is Role.ADVISER and tenure.holds_on(day) for tenure in self.person.tenures):
            return f"They are not an adviser on {day:%-d %B %Y}."
        if not self.adviser.trained(Training.DATA_ANALYSIS, day):
            return f"Their training in data analysis is not valid on {day:%-d %B %Y}. Record newer training first."
        if self.adviser.interest_in(self.urn, day):
            return "They declared an interest in this school, so they can't be its Link Adviser. Choose somebody else."
        return None


def candidate(person: str, urn: int, read_stream: ReadStream) -> Candidate:
    """What is known of a person now. Raises Damaged when it can't be read."""
    register = person_decider.fold(read_stream(person_stream(person)))
    return Candidate(person, urn, register, adviser_decider.fold(read_stream(adviser_stream(person))))
