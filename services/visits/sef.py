"""When a school's self-evaluation form is due, and whether it came (VR1)."""

from collections.abc import Sequence
from datetime import date, timedelta

from msgspec import Struct
from msgspec.structs import replace

from services.core.authorisation import Role
from services.core.commands import AcademicYear, Command, Urn, command
from services.core.deciders import Context, Decider, Refused
from services.core.events import Dated, Event
from services.core.service import ReadStream
from services.scheduling.events import ProgrammeTakenOver
from services.visits.advisers import Advisers, advisers_of, readable
from services.visits.events import SefDue, SefOverdue, SefReceived
from services.visits.visit_days import Step, put_off, steps_of

VISIT = "2"
BEFORE_THE_VISIT = timedelta(days=14)
"""Two weeks, in calendar days."""


class AboutSef(Command, frozen=True):
    """Base of the commands about a school's self-evaluation form of one academic year."""

    urn: Urn
    year: AcademicYear


@command("visits.SetSefDue")
class SetSefDue(AboutSef, frozen=True):
    """Visit 2 has a date: the form is due 14 days before, or on `booked_on` when that is later."""

    visit_day: date
    booked_on: date


@command("visits.ReceiveSef")
class ReceiveSef(AboutSef, frozen=True):
    """The school's self-evaluation form came on that day."""

    received: date


@command("visits.NoteSefOverdue")
class NoteSefOverdue(AboutSef, frozen=True):
    """Put on record that the form has not come in time."""


class Sef(Struct, frozen=True):
    """`breached` are the days by which it was due and had not come, in the order recorded."""

    visit_day: date | None = None
    due: date | None = None
    notice_short: bool = False
    breached: tuple[date, ...] = ()
    received: date | None = None


class Facts(Struct, frozen=True):
    """What other streams say: the school's advisers, the dates that visit 2 had, and what became of the form of the
    school whose programme this one goes on with."""

    advisers: Advisers = Advisers()
    steps: tuple[Step, ...] = ()
    before: Sef = Sef()


def stream(command: AboutSef) -> str:
    return stream_of(command.urn, command.year)


def stream_of(urn: int, year: int) -> str:
    return f"visits.sef-{urn}-{year}"


def consult(command: AboutSef, read: ReadStream) -> Facts:
    """Gather the facts. Raises Damaged when an event that they hang on can't be read."""
    programme = readable(read(f"scheduling.programme-{command.urn}-{command.year}"))
    before = Sef()
    for recorded in programme:
        if isinstance(recorded.data, ProgrammeTakenOver):
            before = sef.fold(read(stream_of(recorded.data.predecessor, command.year)))
    return Facts(advisers_of(command.urn, command.year, read), steps_of(VISIT, programme), before)


def missed_day(sef: Sef, day: date, steps: tuple[Step, ...]) -> date | None:
    """The due day that is over by `day` with nothing received and no breach recorded yet; None when there is none.

    A visit booked at short notice makes nobody late, and one that was put off by the due day asks for nothing."""
    if sef.due is None or sef.visit_day is None or sef.received or sef.notice_short:
        return None
    if day <= sef.due or sef.due in sef.breached:
        return None
    off = put_off(sef.visit_day, steps)
    return None if off is not None and off <= sef.due else sef.due


def _decide(command: AboutSef, sef: Sef, context: Context) -> Sequence[Dated | Event]:
    facts: Facts = context.facts
    match command:
        case SetSefDue():
            return _set_due(command, sef, facts)
        case ReceiveSef():
            facts.advisers.check(VISIT, context)
            return _receive(command, sef, facts, context)
        case NoteSefOverdue():
            return _note_overdue(command, sef, facts, context)
    raise TypeError(f"{type(command).__name__} is not about a self-evaluation form")


def _set_due(command: SetSefDue, sef: Sef, facts: Facts) -> Sequence[Dated | Event]:
    before = facts.before
    if sef.received or before.received or sef.visit_day == command.visit_day:
        return []
    in_time = command.visit_day - BEFORE_THE_VISIT
    due = max(in_time, command.booked_on)
    if before.due and before.visit_day == command.visit_day:
        # The visit goes on at this school as it was booked at the other: nobody gets more time, or shorter notice.
        due = before.due
    new = SefDue(command.urn, command.year, command.visit_day, due, notice_short=due > in_time)
    # Whatever was missed by the day of the booking stays missed: moving the visit is no way out.
    return [*_overdue(command, sef, command.booked_on, facts), new]


def _receive(command: ReceiveSef, sef: Sef, facts: Facts, context: Context) -> Sequence[Dated | Event]:
    if command.received > context.today:
        raise Refused("Enter the day on which it came: today or before.", "received")
    if context.role == Role.HEADTEACHER and command.received < context.today:
        # Whether it came late hangs on this day, so whoever had to send it does not choose it.
        raise Refused("You can record what you send today. Of an earlier day, ask your Link Adviser.", "received")
    if sef.received:
        if sef.received == command.received:
            return []
        raise Refused(f"The form was received on {sef.received:%-d %B %Y} already.", "received")
    if sef.due is None:
        raise Refused("Plan visit 2 first: the form is due 14 days before it.", "received")
    overdue = _overdue(command, sef, command.received, facts)
    missed = [due for due in (*sef.breached, *([sef.due] if overdue else [])) if due < command.received]
    due = min(missed, default=sef.due)
    days_late = (command.received - due).days if missed else 0
    received = SefReceived(command.urn, command.year, command.received, due, days_late)
    return [*overdue, received.true_from(command.received)]


def _note_overdue(command: NoteSefOverdue, sef: Sef, facts: Facts, context: Context) -> Sequence[Dated]:
    overdue = _overdue(command, sef, context.today, facts)
    if overdue or sef.breached or sef.received:
        return overdue
    due = f"It is due by {sef.due:%-d %B %Y}" if sef.due else "Visit 2 has no date yet"
    raise Refused(f"The form is not overdue. {due}.")


def _overdue(command: AboutSef, sef: Sef, day: date, facts: Facts) -> list[Dated]:
    missed = missed_day(sef, day, facts.steps)
    if missed is None:
        return []
    return [SefOverdue(command.urn, command.year, missed).true_from(missed + timedelta(days=1))]


def _evolve(sef: Sef, event: Event) -> Sef:
    match event:
        case SefDue(visit_day=visit_day, due=due, notice_short=notice_short):
            return replace(sef, visit_day=visit_day, due=due, notice_short=notice_short)
        case SefOverdue(due=due):
            return replace(sef, breached=(*sef.breached, due))
        case SefReceived(received=received):
            return replace(sef, received=received)
    return sef


sef = Decider[Sef, AboutSef](initial=Sef(), decide=_decide, evolve=_evolve)
