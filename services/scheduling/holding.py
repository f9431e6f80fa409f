"""A visit takes place, with whom, or does not (VR3). Visit 4 is recorded elsewhere, by the fact alone (VR2)."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Literal

from msgspec import Meta, Struct

from services.core.commands import Reference, command
from services.core.deciders import Context, Refused
from services.core.events import Dated
from services.core.times import LONDON
from services.scheduling.events import Participant, Sitting, VisitHeld, VisitNotHeld, visit_title
from services.scheduling.parties import require_reason
from services.scheduling.programme import (
    AboutYear,
    AnyVisit,
    Mode,
    Programme,
    RecordedVisit,
    Sittings,
    decider,
)
from services.scheduling.visit_changes import visit_of_theirs
from services.scheduling.visit_facts import check_sittings

GOVERNORS = frozenset({"chair_of_governors", "governor"})


class Present(Struct, frozen=True):
    """Somebody who took part, by role, for the whole visit or part of it; `stands_in_for` the role of somebody absent,
    such as the chair."""

    role: Literal[
        "headteacher",
        "chair_of_governors",
        "governor",
        "deputy_headteacher",
        "senior_leader",
        "staff",
        "clerk",
        "other",
    ]
    part: Literal["whole", "part"] = "whole"
    person: Reference | None = None
    stands_in_for: Literal["headteacher", "chair_of_governors"] | None = None


@command("scheduling.HoldVisit")
class HoldVisit(AboutYear, frozen=True):
    """A visit took place, on these days, with these people. The planned date stays as it was planned."""

    visit: RecordedVisit
    sittings: Sittings
    participants: Annotated[tuple[Present, ...], Meta(min_length=1, max_length=30)]
    mode: Mode = "in_person"


@command("scheduling.RecordNotHeld")
class RecordNotHeld(AboutYear, frozen=True):
    """A planned visit did not take place on its day. A reason must be given."""

    visit: AnyVisit


def _hold(command: HoldVisit, programme: Programme, context: Context) -> Sequence[Dated]:
    visit = visit_of_theirs(programme, command.visit, context)
    check_sittings(command.year, command.sittings)
    if _begins(command.sittings[-1]) > context.now:
        raise Refused("This is still to come: record the visit once it took place.", "sittings")
    held = VisitHeld(
        command.urn,
        command.year,
        command.visit,
        visit.adviser,
        command.sittings,
        command.mode,
        tuple(Participant(each.role, each.part, each.person, each.stands_in_for) for each in command.participants),
        any(GOVERNORS & {each.role, each.stands_in_for} for each in command.participants),
    )
    return [held.true_from(command.sittings[-1].day)]


def _not_held(command: RecordNotHeld, programme: Programme, context: Context) -> Sequence[Dated]:
    visit = visit_of_theirs(programme, command.visit, context)
    require_reason(context, "the school and the adviser had agreed on the date")
    first = visit.sittings[0]
    if _begins(first) > context.now:
        raise Refused(f"{visit_title(command.visit)} is still to come: move, postpone or cancel it instead.", "visit")
    missed = VisitNotHeld(command.urn, command.year, command.visit, visit.adviser, first.day)
    return [missed.true_from(first.day)]


def _begins(sitting: Sitting) -> datetime:
    return datetime.combine(sitting.day, sitting.starts, LONDON)


held_decider = decider(_hold)
not_held_decider = decider(_not_held)
