"""Who opened which paper about a school: once a day for each reader. The head sees it."""

from collections.abc import Sequence

from services.core.commands import Command, Reference, Urn, command
from services.core.deciders import Context, Decider
from services.core.events import Event
from services.visits.events import PaperOpened

Opened = frozenset[PaperOpened]
"""What was opened on the last day on which anything was."""


@command("visits.NotePaperOpened")
class NotePaperOpened(Command, frozen=True):
    """Whoever asks opened a paper, such as record-2022-1-v1. Sent by the page that shows it."""

    urn: Urn
    paper: Reference


def readings_stream(command: NotePaperOpened) -> str:
    return f"visits.readings-{command.urn}"


def _decide(command: NotePaperOpened, opened: Opened, context: Context) -> Sequence[PaperOpened]:
    reading = PaperOpened(command.urn, command.paper, context.actor, context.role, context.today)
    return [] if reading in opened else [reading]


def _evolve(opened: Opened, event: Event) -> Opened:
    if not isinstance(event, PaperOpened):
        return opened
    return frozenset(each for each in opened if each.day == event.day) | {event}


readings_decider = Decider[Opened, NotePaperOpened](initial=frozenset(), decide=_decide, evolve=_evolve)
