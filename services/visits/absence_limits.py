"""What a school's absence target may not be above without an explanation (TR4)."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Annotated

from msgspec import Meta, Struct

from services.core.commands import Command, Urn, command
from services.core.deciders import Context, Decider, Refused
from services.core.events import Event
from services.core.service import ReadStream
from services.visits.advisers import Advisers, advisers_of
from services.visits.events import AbsenceLimitsRecorded

Percent = Annotated[
    str, Meta(pattern=r"100(\.0)?|[0-9]{1,2}(\.[0-9])?", description="Enter a percentage from 0 to 100, such as 5.3")
]
Cohort = Annotated[
    int, Meta(ge=2009, le=2100, description="The summer of the tests: 2013 for targets set in autumn 2011")
]

WORDS = {
    "similar_schools": "the median of schools with similar FSM",
    "own_actual": "the school's own absence in 2007/08",
    "earlier_target": "the school's target for 2009/10",
}


@command("visits.RecordAbsenceLimits")
class RecordAbsenceLimits(Command, frozen=True):
    """Record what an absence target of the cohort is measured against; leave out what is not known."""

    urn: Urn
    cohort: Cohort
    similar_schools: Percent | None = None
    own_actual: Percent | None = None
    earlier_target: Percent | None = None


class Limits(Struct, frozen=True):
    """Absence in per cent, as text; None where none is known."""

    similar_schools: str | None = None
    own_actual: str | None = None
    earlier_target: str | None = None

    def below(self, absence: Decimal) -> list[str]:
        """The limits that this absence is above, in words with their figures."""
        known = [(name, value) for name in WORDS if (value := getattr(self, name)) is not None]
        return [f"{WORDS[name]} ({value}%)" for name, value in known if absence > Decimal(value)]


def stream_of(urn: int, cohort: int) -> str:
    return f"visits.absence-limits-{urn}-{cohort}"


def stream(command: RecordAbsenceLimits) -> str:
    return stream_of(command.urn, command.cohort)


def consult(command: RecordAbsenceLimits, read: ReadStream) -> Advisers:
    return advisers_of(command.urn, autumn_of(command.cohort), read)


def autumn_of(cohort: int) -> int:
    """The academic year in whose autumn targets for the cohort are set: five terms before the tests (TR2)."""
    return cohort - 2


def _decide(command: RecordAbsenceLimits, limits: Limits, context: Context) -> Sequence[Event]:
    advisers: Advisers = context.facts
    advisers.check("1", context)
    new = Limits(command.similar_schools, command.own_actual, command.earlier_target)
    if new == limits:
        return []
    if new == Limits():
        raise Refused("Enter at least one limit.", "similar_schools")
    return [AbsenceLimitsRecorded(command.urn, command.cohort, *(getattr(new, name) for name in WORDS))]


def _evolve(limits: Limits, event: AbsenceLimitsRecorded) -> Limits:
    return Limits(event.similar_schools, event.own_actual, event.earlier_target)


absence_limits = Decider[Limits, RecordAbsenceLimits](initial=Limits(), decide=_decide, evolve=_evolve)
