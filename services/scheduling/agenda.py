"""The agenda of a visit, negotiated between headteacher and adviser until one agrees to the other's (VR4, VR5)."""

from collections.abc import Sequence
from typing import Annotated, Literal, get_args

from msgspec import Meta, Struct

from services.core.authorisation import Role
from services.core.commands import LongText, ShortText, command
from services.core.deciders import Context, Refused
from services.core.events import Event
from services.scheduling.events import AgendaAgreed, AgendaCountered, AgendaItem, AgendaProposed
from services.scheduling.parties import party
from services.scheduling.programme import AboutYear, Agenda, Programme, RecordedVisit, decider
from services.scheduling.visit_changes import HEAD_AND_ADVISER, visit_of_theirs

IP_MINUTES = 300
"""The IP day stays at five hours, whatever the negotiated part is used for (VR5)."""
IP_SLOTS = {"la": 120, "school": 90, "negotiated": 90}
"""Minutes that the guidance names for each part, approximately: only their sum is a rule."""
Aspect = Literal["achievement", "teaching", "leadership", "behaviour", "evidence", "effectiveness"]
IP_ASPECTS: tuple[str, ...] = get_args(Aspect)
"""The six aspects of the second seed; agenda_menu.csv has their words."""


class Item(Struct, frozen=True):
    """One item of an agenda; `slot` and `aspect` are for an IP day."""

    title: ShortText
    source: Literal["programme", "school", "la"]
    minutes: Annotated[int, Meta(ge=5, le=300)]
    slot: Literal["", "la", "school", "negotiated"] = ""
    aspect: Literal["", Aspect] = ""


Items = Annotated[tuple[Item, ...], Meta(min_length=1, max_length=20)]


@command("scheduling.ProposeAgenda")
class ProposeAgenda(AboutYear, frozen=True):
    """Put forward an agenda for a planned visit: the first, one's own once more, or a new one after one was agreed."""

    visit: RecordedVisit
    items: Items


@command("scheduling.CounterAgenda")
class CounterAgenda(AboutYear, frozen=True):
    """Answer the other side's agenda with another, and say why."""

    visit: RecordedVisit
    items: Items
    words: LongText


@command("scheduling.AgreeAgenda")
class AgreeAgenda(AboutYear, frozen=True):
    """Agree to the other side's agenda of that version."""

    visit: RecordedVisit
    version: int


def _propose(command: ProposeAgenda, programme: Programme, context: Context) -> Sequence[Event]:
    by = party(context, HEAD_AND_ADVISER)
    agenda = visit_of_theirs(programme, command.visit, context).agenda
    items = _checked(command)
    if agenda and not agenda.agreed and agenda.by != by:
        raise Refused(f"{_whose(agenda)} put an agenda forward: agree to it, or answer with another and say why.")
    if agenda and agenda.items == items:
        return []
    return [AgendaProposed(command.urn, command.year, command.visit, _next(agenda), items, by.value)]


def _counter(command: CounterAgenda, programme: Programme, context: Context) -> Sequence[Event]:
    by = party(context, HEAD_AND_ADVISER)
    agenda = visit_of_theirs(programme, command.visit, context).agenda
    if agenda is None or agenda.agreed or agenda.by == by:
        raise Refused("There is no agenda of the other side to answer: put one forward.")
    items = _checked(command)
    if agenda.items == items:
        raise Refused("This is the agenda that they put forward: agree to it instead.", "items")
    return [AgendaCountered(command.urn, command.year, command.visit, _next(agenda), items, by.value, command.words)]


def _agree(command: AgreeAgenda, programme: Programme, context: Context) -> Sequence[Event]:
    by = party(context, HEAD_AND_ADVISER)
    agenda = visit_of_theirs(programme, command.visit, context).agenda
    if agenda is None or agenda.version != command.version:
        raise Refused("The agenda has changed since you opened it. Read the latest one.", "version")
    if agenda.agreed:
        return []
    if agenda.by == by:
        raise Refused("You put this agenda forward yourself: the other side agrees to it.", "version")
    return [AgendaAgreed(command.urn, command.year, command.visit, command.version, by.value)]


def _checked(command: ProposeAgenda | CounterAgenda) -> tuple[AgendaItem, ...]:
    items = command.items
    if command.visit == "ip":
        if any(not item.slot for item in items):
            raise Refused("Say of each item whose time it takes: the authority's, the school's or negotiated.", "items")
        total = sum(item.minutes for item in items)
        if total != IP_MINUTES:
            hours = f"{total // 60} h {total % 60:02d} min"
            raise Refused(f"The IP day stays at 5 hours: these items take {hours}.", "items")
    elif any(item.slot or item.aspect for item in items):
        raise Refused("Only an IP day has parts and aspects.", "items")
    return tuple(AgendaItem(item.title, item.source, item.minutes, item.slot, item.aspect) for item in items)


def _next(agenda: Agenda | None) -> int:
    return agenda.version + 1 if agenda else 1


def _whose(agenda: Agenda) -> str:
    return "The headteacher" if agenda.by == Role.HEADTEACHER else "The adviser"


propose_decider = decider(_propose)
counter_decider = decider(_counter)
agree_decider = decider(_agree)
