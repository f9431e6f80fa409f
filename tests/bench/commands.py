"""A command of the benchmark and its rules: note a visit to a school, unless it had too many."""

import msgspec

from services.core.commands import Command
from services.core.deciders import Context, Decider, Refused
from services.core.events import Event
from tests.bench.events import VisitNoted

MOST_VISITS = 1_000


class NoteVisit(Command, frozen=True):
    """Note one visit."""

    noted: VisitNoted


class School(msgspec.Struct, frozen=True):
    """What a school's stream says so far."""

    visits: int = 0
    minutes: int = 0


def decide(command: NoteVisit, school: School, _: Context) -> list[VisitNoted]:
    if school.visits >= MOST_VISITS:
        raise Refused(f"A school has at most {MOST_VISITS} visits.", "visits")
    return [command.noted]


def evolve(school: School, happened: Event) -> School:
    if isinstance(happened, VisitNoted):
        return School(school.visits + 1, school.minutes + happened.minutes)
    return school


SCHOOLS: Decider[School, NoteVisit] = Decider(initial=School(), decide=decide, evolve=evolve)
