"""A school converts and gets a new URN: its programme goes on there, whatever came first, link or closure.

Both commands read the predecessor's streams alone, so they may come in any order and months after the day itself.
`told` is when the link was recorded: what the school subscribed to later is not what goes on."""

from collections.abc import Sequence
from datetime import date, datetime

from services.core.commands import Urn, command
from services.core.deciders import Context
from services.core.envelope import RecordedEvent
from services.core.events import Dated, Event
from services.core.service import ReadStream
from services.scheduling.events import (
    ProgrammeHandedOver,
    ProgrammeTakenOver,
    VisitCancelled,
    VisitPlanned,
)
from services.scheduling.programme import (
    AboutYear,
    Programme,
    VisitState,
    decider,
    programme_of,
    programme_stream,
)
from services.scheduling.visit_4 import held_apart

Visits = tuple[tuple[str, VisitState], ...]
"""Visits by their code, as they were planned."""


@command("scheduling.HandOverProgramme")
class HandOverProgramme(AboutYear, frozen=True):
    """The school's programme goes on at its successor from `on`."""

    successor: Urn
    on: date
    told: datetime


@command("scheduling.TakeOverProgramme")
class TakeOverProgramme(AboutYear, frozen=True):
    """The school goes on with the programme of its predecessor from `on`: same visits, adviser and dates."""

    predecessor: Urn
    on: date
    told: datetime


def handing_over(command: HandOverProgramme, read: ReadStream) -> Visits | None:
    return _to_come(command, command.urn, read)


def taking_over(command: TakeOverProgramme, read: ReadStream) -> Visits | None:
    return _to_come(command, command.predecessor, read)


def _to_come(command: HandOverProgramme | TakeOverProgramme, urn: int, read: ReadStream) -> Visits | None:
    """What the school had planned from that day on and did not hold, counting what its closing cancelled and what it
    handed over already; None when it had no programme that year."""
    year, on = command.year, command.on
    events = read(programme_stream(urn, year))
    subscribed = read(f"scheduling.subscription-{urn}-{year}")
    if not events and not any(recorded.recorded <= command.told for recorded in subscribed):
        return None
    goes_on = _cancelled_by_closing(events)
    held = held_apart(urn, year, read)
    return tuple(
        (visit, state)
        for visit, state in programme_of(events).visits.items()
        if (state.stands or state.state == "handed_over" or visit in goes_on)
        and visit not in held
        and state.sittings[-1].day >= on
    )


def _cancelled_by_closing(events: Sequence[RecordedEvent]) -> set[str]:
    """Visits that stand cancelled because the school's record said that it closed, not by anybody's decision."""
    last: dict[str, RecordedEvent] = {}
    for recorded in events:
        if isinstance(recorded.data, VisitCancelled | VisitPlanned):
            last[recorded.data.visit] = recorded
    return {
        visit
        for visit, recorded in last.items()
        if isinstance(recorded.data, VisitCancelled) and recorded.metadata.role == "policy"
    }


def _hand_over(command: HandOverProgramme, programme: Programme, context: Context) -> Sequence[Dated]:
    visits: Visits | None = context.facts
    if visits is None or programme.handed_over is not None:
        return []
    handed = ProgrammeHandedOver(
        command.urn, command.year, command.successor, command.on, tuple(visit for visit, _ in visits)
    )
    return [handed.true_from(command.on)]


def _take_over(command: TakeOverProgramme, programme: Programme, context: Context) -> Sequence[Event | Dated]:
    visits: Visits | None = context.facts
    if visits is None or command.predecessor in programme.predecessors:
        return []
    new = [(visit, state) for visit, state in visits if visit not in programme.visits]
    taken = ProgrammeTakenOver(
        command.urn, command.year, command.predecessor, command.on, tuple(visit for visit, _ in new)
    )
    return [taken.true_from(command.on), *(_planned_again(command, visit, state) for visit, state in new)]


def _planned_again(command: TakeOverProgramme, visit: str, state: VisitState) -> VisitPlanned:
    return VisitPlanned(
        command.urn,
        command.year,
        visit,
        state.adviser,
        state.sittings,
        state.mode,
        state.term,
        state.in_term,
        state.joint,
    )


hand_over_decider = decider(_hand_over)
take_over_decider = decider(_take_over)
