"""A visit gets a planned date, another one, or another adviser; the adviser's time is claimed in the diary first."""

from collections.abc import Sequence
from datetime import date

from services.core.authorisation import Role
from services.core.commands import Reference, command
from services.core.deciders import Context, Refused
from services.core.events import Event
from services.core.service import ReadStream
from services.scheduling.diary import ReserveTime
from services.scheduling.events import VisitMoved, VisitPlanned, VisitReassigned, visit_title, visit_words
from services.scheduling.parties import require_reason
from services.scheduling.programme import (
    TERM_OF_VISIT,
    AboutYear,
    AnyVisit,
    Mode,
    Programme,
    Sittings,
    decider,
)
from services.scheduling.visit_facts import (
    Facts,
    VisitingAdviser,
    check_fit,
    check_free,
    check_open,
    check_sittings,
    gather,
    link_adviser,
    planned_before,
    term_of,
    visiting,
)


@command("scheduling.PlanVisit")
class PlanVisit(AboutYear, frozen=True):
    """Plan a visit by the school's Link Adviser, in one part or in two half days. Visits of federated schools that are
    one visit have the same `joint`. A reason must be given outside the term that the visit belongs to."""

    visit: AnyVisit
    sittings: Sittings
    mode: Mode = "in_person"
    joint: Reference | None = None


@command("scheduling.MoveVisit")
class MoveVisit(AboutYear, frozen=True):
    """Move a planned visit to another date; the same adviser makes it. A reason must be given."""

    visit: AnyVisit
    sittings: Sittings
    mode: Mode = "in_person"


@command("scheduling.ReassignVisit")
class ReassignVisit(AboutYear, frozen=True):
    """Another adviser makes a planned visit, with its drafts; the school keeps its Link Adviser. A reason must be
    given."""

    visit: AnyVisit
    adviser: Reference


def consult_plan(command: PlanVisit, read: ReadStream) -> Facts:
    day = command.sittings[0].day
    return gather(command.urn, command.year, link_adviser(command.urn, day, read), day, read)


def consult_move(command: MoveVisit, read: ReadStream) -> Facts:
    visit = planned_before(command.urn, command.year, command.visit, read)
    return gather(command.urn, command.year, visit.adviser if visit else None, command.sittings[0].day, read)


def claim_plan(command: PlanVisit, read: ReadStream) -> ReserveTime | None:
    """The time that must be free first."""
    adviser = link_adviser(command.urn, command.sittings[0].day, read)
    return time_for(command, adviser, command.sittings, command.joint) if adviser else None


def claim_move(command: MoveVisit, read: ReadStream) -> ReserveTime | None:
    """The new time; the old is kept until the move is recorded."""
    visit = planned_before(command.urn, command.year, command.visit, read)
    return time_for(command, visit.adviser, command.sittings, visit.joint) if visit else None


def consult_reassign(command: ReassignVisit, read: ReadStream) -> VisitingAdviser:
    visit = planned_before(command.urn, command.year, command.visit, read)
    day = visit.sittings[0].day if visit else date(command.year, 9, 1)
    return visiting(command.adviser, day, read)


def claim_reassign(command: ReassignVisit, read: ReadStream) -> ReserveTime | None:
    """The new adviser's time."""
    visit = planned_before(command.urn, command.year, command.visit, read)
    return time_for(command, command.adviser, visit.sittings, visit.joint) if visit else None


def time_for(
    command: PlanVisit | MoveVisit | ReassignVisit, adviser: str, sittings: Sittings, joint: str | None
) -> ReserveTime:
    return ReserveTime(adviser, command.urn, command.year, command.visit, sittings=sittings, joint=joint)


def _plan(command: PlanVisit, programme: Programme, context: Context) -> Sequence[Event]:
    facts: Facts = context.facts
    visit, sittings = command.visit, command.sittings
    _check_not_done(programme, visit)
    if facts.settled is not None and visit != "ip" and visit not in facts.settled:
        raise Refused(f"{visit_title(visit)} is not in the programme that the school agreed.", "visit")
    _check_when(command, programme, facts)
    if facts.visiting is None:
        raise Refused("The school has no Link Adviser on that day: allocate one first.", "urn")
    _check_planner(facts.visiting, context)
    check_free(facts.visiting, sittings)
    term, in_term = _term(command, facts, context)
    planned = VisitPlanned(
        command.urn, command.year, visit, facts.visiting.person, sittings, command.mode, term, in_term, command.joint
    )
    return [planned]


def _move(command: MoveVisit, programme: Programme, context: Context) -> Sequence[Event]:
    facts: Facts = context.facts
    visit = programme.standing(command.visit)
    if (visit.sittings, visit.mode) == (command.sittings, command.mode):
        return []
    require_reason(context, "the school and the adviser had agreed on the date")
    _check_when(command, programme, facts)
    if facts.visiting is None or facts.visiting.person != visit.adviser:
        raise Refused("The visit has changed hands this moment. Look at it again.", "visit")
    _check_planner(facts.visiting, context)
    check_free(facts.visiting, command.sittings)
    term, in_term = _term(command, facts, context)
    moved = VisitMoved(
        command.urn,
        command.year,
        command.visit,
        visit.adviser,
        command.sittings,
        visit.sittings,
        command.mode,
        term,
        in_term,
    )
    return [moved]


def _reassign(command: ReassignVisit, programme: Programme, context: Context) -> Sequence[Event]:
    visit = programme.standing(command.visit)
    if visit.adviser == command.adviser:
        return []
    require_reason(context, "the school expects somebody else")
    chosen: VisitingAdviser = context.facts
    check_fit(chosen, command.urn, command.visit, visit.sittings[0].day)
    check_free(chosen, visit.sittings)
    return [VisitReassigned(command.urn, command.year, command.visit, command.adviser, visit.adviser)]


def _check_not_done(programme: Programme, visit: str) -> None:
    state = programme.visits.get(visit)
    if state is not None and (state.stands or state.state == "held"):
        words = "took place already" if state.state == "held" else "is planned already: move it instead"
        raise Refused(f"{visit_title(visit)} {words}.", "visit")


def _check_when(command: PlanVisit | MoveVisit, programme: Programme, facts: Facts) -> None:
    check_sittings(command.year, command.sittings)
    if programme.handed_over is not None and command.sittings[-1].day >= programme.handed_over:
        since = f"{programme.handed_over:%-d %B %Y}"
        raise Refused(f"The programme goes on at the school's successor from {since}: plan the visit there.", "urn")
    check_open(facts.school, command.sittings)


def _check_planner(visiting: VisitingAdviser, context: Context) -> None:
    if context.role == Role.ADVISER and context.actor != visiting.person:
        raise Refused("Only the school's Link Adviser or the programme office plans its visits.", "urn")


def _term(command: PlanVisit | MoveVisit, facts: Facts, context: Context) -> tuple[str, bool]:
    term, in_term = term_of(command.year, command.visit, command.sittings, facts.terms)
    if not in_term:
        require_reason(context, f"{visit_words(command.visit)} belongs to the {TERM_OF_VISIT[command.visit]} term")
    return term, in_term


plan_decider = decider(_plan)
move_decider = decider(_move)
reassign_decider = decider(_reassign)
