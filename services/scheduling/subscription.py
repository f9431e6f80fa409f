"""A school takes the programme for an academic year, from a day whose status decides the price (BR1)."""

from collections.abc import Sequence
from datetime import date

from services.core.commands import AcademicYear, Command, Urn, command
from services.core.deciders import Context, Decider, Refused
from services.core.events import Dated, Event
from services.core.service import ReadStream
from services.scheduling.events import SchoolSubscribed
from services.scheduling.school import School, school_decider, school_stream


@command("scheduling.SubscribeSchool")
class SubscribeSchool(Command, frozen=True):
    """Subscribe a school to the full service for an academic year, from `begins` or (null) its 1 September."""

    urn: Urn
    year: AcademicYear
    begins: date | None = None


def subscription_stream(command: SubscribeSchool) -> str:
    return f"scheduling.subscription-{command.urn}-{command.year}"


def the_school(command: SubscribeSchool, read_stream: ReadStream) -> School | None:
    """What the school's own stream says of it: the fact that the decision hangs on."""
    return school_decider.fold(read_stream(school_stream(command.urn)))


def decide(command: SubscribeSchool, subscribed: bool, context: Context) -> Sequence[Dated]:
    school: School | None = context.facts
    if school is None:
        raise Refused(f"There is no school with URN {command.urn}.", "urn")
    if subscribed:
        raise Refused(f"The school is already subscribed for {_words(command.year)}.", "year")
    first = date(command.year, 9, 1)
    begins = command.begins or first
    if not first <= begins < date(command.year + 1, 9, 1):
        raise Refused(f"Enter a day from 1 September {command.year} to 31 August {command.year + 1}.", "begins")
    _check_open(school, begins)
    return [SchoolSubscribed(command.urn, command.year, begins).true_from(begins)]


def _check_open(school: School, day: date) -> None:
    row = school.latest
    if row.opened is not None and day < row.opened:
        raise Refused(f"{row.name} opens on {row.opened:%-d %B %Y}: it can't subscribe from a day before.", "begins")
    # "Open, but proposed to close" has a closing date too, which may yet not come true.
    if row.status == "Closed" and (row.closed is None or row.closed <= day):
        when = f"closed on {row.closed:%-d %B %Y}" if row.closed else "is closed"
        raise Refused(f"{row.name} {when}: it can't subscribe from {day:%-d %B %Y}.", "urn")


def _words(year: int) -> str:
    return f"{year}-{(year + 1) % 100:02d}"


def evolve(subscribed: bool, event: Event) -> bool:
    return subscribed or isinstance(event, SchoolSubscribed)


subscription_decider = Decider[bool, SubscribeSchool](initial=False, decide=decide, evolve=evolve)
