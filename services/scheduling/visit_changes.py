"""A planned visit is confirmed, put off, cancelled, or interrupted by an inspection or the school's closing."""

from collections.abc import Sequence
from datetime import date

from msgspec import Struct

from services.core.authorisation import Role
from services.core.commands import Reference, command
from services.core.deciders import Context, Refused
from services.core.events import Event
from services.core.service import ReadStream
from services.scheduling.events import (
    Sitting,
    VisitCancelled,
    VisitConfirmed,
    VisitPostponed,
    VisitPutOnHold,
    visit_title,
)
from services.scheduling.parties import party, require_reason
from services.scheduling.programme import AboutYear, AnyVisit, Programme, VisitState, decider
from services.scheduling.school import school_decider, school_stream
from services.scheduling.visit_4 import held_apart

HEAD_AND_ADVISER = frozenset({Role.HEADTEACHER, Role.ADVISER})


@command("scheduling.ConfirmVisit")
class ConfirmVisit(AboutYear, frozen=True):
    """Headteacher or adviser say that date and agenda stand. Of visit 4 only the date is kept, so it has no agenda."""

    visit: AnyVisit


@command("scheduling.PostponeVisit")
class PostponeVisit(AboutYear, frozen=True):
    """Put a planned visit off without another date yet. A reason must be given."""

    visit: AnyVisit


@command("scheduling.CancelVisit")
class CancelVisit(AboutYear, frozen=True):
    """A planned visit will not take place. A reason must be given."""

    visit: AnyVisit


@command("scheduling.HoldVisitsForInspection")
class HoldVisitsForInspection(AboutYear, frozen=True):
    """Ofsted is in the school from `begins` to `ends`, as it heard on the day `called`: what is planned from then until
    the end waits."""

    call: Reference
    called: date
    begins: date
    ends: date


@command("scheduling.CancelVisitsAfterClosing")
class CancelVisitsAfterClosing(AboutYear, frozen=True):
    """The school's record says that it is closed: no visit is made after its last day, which is `closed` unless the
    record has another."""

    closed: date


def visit_of_theirs(programme: Programme, visit: str, context: Context) -> VisitState:
    """The planned visit. Raises Refused to an adviser whose visit it is not."""
    state = programme.standing(visit)
    check_theirs(state, visit, context)
    return state


def check_theirs(state: VisitState, visit: str, context: Context) -> None:
    """Raises Refused to an adviser whose visit it is not."""
    if context.role == Role.ADVISER and context.actor != state.adviser:
        raise Refused(f"{visit_title(visit)} is another adviser's: only the adviser who makes it can do this.", "visit")


def _confirm(command: ConfirmVisit, programme: Programme, context: Context) -> Sequence[Event]:
    by = party(context, HEAD_AND_ADVISER)
    visit = visit_of_theirs(programme, command.visit, context)
    if visit.state == "confirmed":
        return []
    if command.visit != "4" and not (visit.agenda and visit.agenda.agreed):
        raise Refused("Agree the agenda first: a visit is confirmed with its date and its agenda.", "visit")
    return [VisitConfirmed(command.urn, command.year, command.visit, by.value)]


def _postpone(command: PostponeVisit, programme: Programme, context: Context) -> Sequence[Event]:
    visit = visit_of_theirs(programme, command.visit, context)
    require_reason(context, "the date was kept free for this visit")
    return [VisitPostponed(command.urn, command.year, command.visit, visit.adviser)]


def _cancel(command: CancelVisit, programme: Programme, context: Context) -> Sequence[Event]:
    visit = visit_of_theirs(programme, command.visit, context)
    require_reason(context, "the school loses this visit")
    return [VisitCancelled(command.urn, command.year, command.visit, visit.adviser)]


def held_before(command: HoldVisitsForInspection, read: ReadStream) -> frozenset[str]:
    return held_apart(command.urn, command.year, read)


def _hold(command: HoldVisitsForInspection, programme: Programme, context: Context) -> Sequence[Event]:
    first, last = min(command.called, command.begins), command.ends
    held: frozenset[str] = context.facts
    return [
        VisitPutOnHold(command.urn, command.year, visit, state.adviser, command.call, command.begins, command.ends)
        for visit, state in programme.visits.items()
        if state.stands and visit not in held and any(first <= sitting.day <= last for sitting in state.sittings)
    ]


class Closing(Struct, frozen=True):
    """The last day of a school (None when its record does not say that it is closed), and what it held apart."""

    last: date | None
    held: frozenset[str]


def closing(command: CancelVisitsAfterClosing, read: ReadStream) -> Closing:
    school = school_decider.fold(read(school_stream(command.urn)))
    last = None
    if school is not None and school.latest.status == "Closed":
        last = school.latest.closed or command.closed
    return Closing(last, held_apart(command.urn, command.year, read))


def _close(command: CancelVisitsAfterClosing, programme: Programme, context: Context) -> Sequence[Event]:
    known: Closing = context.facts
    return [
        VisitCancelled(command.urn, command.year, visit, state.adviser)
        for visit, state in programme.visits.items()
        if known.last is not None
        and state.stands
        and visit not in known.held
        and _ends_after(known.last, state.sittings)
    ]


def _ends_after(day: date, sittings: tuple[Sitting, ...]) -> bool:
    return sittings[-1].day > day


confirm_decider = decider(_confirm)
postpone_decider = decider(_postpone)
cancel_decider = decider(_cancel)
hold_decider = decider(_hold)
close_decider = decider(_close)
