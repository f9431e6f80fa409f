"""A school takes the programme for an academic year, from a day whose status decides the price (BR1), or stops."""

from collections.abc import Sequence
from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from services.core.commands import AcademicYear, Command, Urn, command
from services.core.deciders import Context, Decider, Refused
from services.core.events import Dated, Event
from services.core.service import ReadStream
from services.scheduling.events import ProgrammeTakenOver, SchoolSubscribed, SubscriptionEnded
from services.scheduling.parties import require_reason
from services.scheduling.school import School, school_decider, school_stream


@command("scheduling.SubscribeSchool")
class SubscribeSchool(Command, frozen=True):
    """Subscribe a school to the full service for an academic year, from `begins` or (null) its 1 September."""

    urn: Urn
    year: AcademicYear
    begins: date | None = None


@command("scheduling.EndSubscription")
class EndSubscription(Command, frozen=True):
    """A school stops taking the programme: `ends` is the first day without it. A reason must be given."""

    urn: Urn
    year: AcademicYear
    ends: date


AboutSubscription = SubscribeSchool | EndSubscription


class Facts(Struct, frozen=True):
    """What the school's own stream says of it, and the day from which it goes on with a predecessor's programme."""

    school: School | None
    taken_over: date | None = None


class Subscription(Struct, frozen=True):
    """The first day of the year's programme, and the first day without it."""

    begins: date | None = None
    ends: date | None = None


def subscription_stream(command: AboutSubscription) -> str:
    return f"scheduling.subscription-{command.urn}-{command.year}"


def consult(command: AboutSubscription, read_stream: ReadStream) -> Facts:
    school = school_decider.fold(read_stream(school_stream(command.urn)))
    programme = (recorded.data for recorded in read_stream(f"scheduling.programme-{command.urn}-{command.year}"))
    return Facts(school, next((event.on for event in programme if isinstance(event, ProgrammeTakenOver)), None))


def decide(command: AboutSubscription, subscription: Subscription, context: Context) -> Sequence[Dated]:
    facts: Facts = context.facts
    match command:
        case SubscribeSchool():
            return [_subscribe(command, subscription, facts.school)]
        case EndSubscription():
            return _end(command, subscription, facts.taken_over, context)


def _subscribe(command: SubscribeSchool, subscription: Subscription, school: School | None) -> Dated:
    if school is None:
        raise Refused(f"There is no school with URN {command.urn}.", "urn")
    if subscription.begins is not None:
        raise Refused(f"The school is already subscribed for {_words(command.year)}.", "year")
    first = date(command.year, 9, 1)
    begins = command.begins or first
    if not first <= begins < date(command.year + 1, 9, 1):
        raise Refused(f"Enter a day from 1 September {command.year} to 31 August {command.year + 1}.", "begins")
    _check_open(school, begins)
    return SchoolSubscribed(command.urn, command.year, begins).true_from(begins)


def _end(
    command: EndSubscription, subscription: Subscription, taken_over: date | None, context: Context
) -> Sequence[Dated]:
    begins = subscription.begins or taken_over
    if begins is None:
        raise Refused(f"The school does not take the programme for {_words(command.year)}.", "urn")
    if subscription.ends == command.ends:
        return []
    if subscription.ends is not None:
        raise Refused(f"The school stops on {subscription.ends:%-d %B %Y} already.", "ends")
    if not begins < command.ends < date(command.year + 1, 9, 1):
        raise Refused(f"Enter a day after {begins:%-d %B %Y} and before 1 September {command.year + 1}.", "ends")
    require_reason(context, "what is still owed depends on it")
    return [SubscriptionEnded(command.urn, command.year, command.ends).true_from(command.ends)]


def _check_open(school: School, day: date) -> None:
    row = school.latest
    if row.opened is not None and day < row.opened:
        raise Refused(f"{row.name} opens on {row.opened:%-d %B %Y}: it can't subscribe from a day before.", "begins")
    if school.closed_on(day):
        when = f"closed on {row.closed:%-d %B %Y}" if row.closed else "is closed"
        raise Refused(f"{row.name} {when}: it can't subscribe from {day:%-d %B %Y}.", "urn")


def _words(year: int) -> str:
    return f"{year}-{(year + 1) % 100:02d}"


def evolve(subscription: Subscription, event: Event) -> Subscription:
    match event:
        case SchoolSubscribed(begins=begins):
            return replace(subscription, begins=begins)
        case SubscriptionEnded(ends=ends):
            return replace(subscription, ends=ends)
    return subscription


subscription_decider = Decider[Subscription, AboutSubscription](initial=Subscription(), decide=decide, evolve=evolve)
