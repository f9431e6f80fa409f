"""The event that every row writes and reads: nine typed fields, about 380 bytes of JSON."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import Any
from uuid import NAMESPACE_OID, UUID, uuid4, uuid5

import msgspec

from services.core.envelope import Metadata
from services.core.events import Event, Urn, event

SCHOOLS = 400
FIRST_URN = 120_000
HEADINGS = ("overall effectiveness", "quality of education", "behaviour", "personal development")
NEXT_STEP = "Look again at the reading of the pupils named in the autumn plan, and at their attendance."


@event("bench.VisitNoted", version=1)
class VisitNoted(Event, frozen=True, gc=False):
    urn: Urn
    visit: UUID
    heading: str
    grade: int
    held_at: datetime
    minutes: int
    adviser: str
    evidence: str
    next_step: str

    def says(self) -> str:
        return f"Visit noted: {self.heading} agreed at {self.grade}"


def visit_noted(number: int, urn: int | None = None) -> VisitNoted:
    """The n-th event of an endless, repeatable supply, about `urn` or about one of 400 schools in turn."""
    return VisitNoted(
        urn=FIRST_URN + number % SCHOOLS if urn is None else urn,
        visit=uuid5(NAMESPACE_OID, str(number)),
        heading=HEADINGS[number % len(HEADINGS)],
        grade=1 + number % 4,
        held_at=datetime(2022, 9, 1, 13, tzinfo=UTC) + timedelta(hours=number % 7000),
        minutes=minutes_of(number),
        adviser=f"adviser-{number % 25:02}",
        evidence=f"Books, a learning walk, talk with pupils, sample {number:07}: three in four met the aim.",
        next_step=NEXT_STEP,
    )


def minutes_of(number: int) -> int:
    """How long the n-th visit took."""
    return 60 + number % 120


def visits_noted() -> Iterator[VisitNoted]:
    return map(visit_noted, count())


def fields_of(noted: VisitNoted) -> dict[str, Any]:
    """The same fields by name, each of its own type."""
    return msgspec.structs.asdict(noted)


def metadata() -> Metadata:
    """What surrounds the events of one command: a new one each time."""
    command = uuid4()
    return Metadata(
        command_id=command,
        correlation_id=command,
        causation_id=command,
        actor="person-0017",
        role="adviser",
        effective_on=date(2022, 9, 1),
    )
