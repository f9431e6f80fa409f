"""What may be done about one visit: when it is offered, what it asks, and how that becomes a command."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from gateway.acts import Act
from gateway.forms import Field, Form
from gateway.visit_rows import (
    Group,
    agenda_groups,
    people_groups,
    read_agenda,
    read_people,
    read_sittings,
    read_titles,
    sitting_groups,
    typed_agenda,
    typed_sittings,
)
from gateway.visit_words import MODES

STANDS = frozenset({"planned", "confirmed", "papers_requested", "papers_received"})
TO_PLAN = frozenset({"not_planned", "postponed", "cancelled", "on_hold", "not_held"})
_A_SITTING = [{"day": "2011-10-03", "starts": "09:00", "ends": "12:00"}]
_AN_ITEM = [{"title": "any", "source": "school", "minutes": 60}]
_MODE = Field("mode", "How", "radios", options=MODES)


@dataclass(frozen=True, slots=True)
class Moment:
    """A visit (scheduling.Details) as somebody finds it: `side` is headteacher or adviser where they are one of the two
    who negotiate."""

    details: Any
    today: date
    side: str

    @property
    def line(self) -> Any:
        return self.details.line

    @property
    def stands(self) -> bool:
        return self.line.state in STANDS and not self.line.date_only

    @property
    def is_due(self) -> bool:
        return self.stands and self.line.planned[0].day <= self.today

    @property
    def prepared_here(self) -> bool:
        return self.stands and self.line.visit != "4"

    @property
    def theirs_to_answer(self) -> bool:
        """Whether the other side's agenda waits for an answer."""
        agenda = self.line.agenda
        return self.prepared_here and agenda is not None and not agenda.agreed and agenda.by != self.side


def _nothing(form: Form) -> dict[str, Any]:
    return {}


@dataclass(frozen=True, slots=True)
class VisitAct:
    """An act with when it is offered, its numbered questions, what they begin with, and how they are read."""

    act: Act
    when: Callable[[Moment], bool]
    groups: Callable[[Moment], tuple[Group, ...]] = lambda moment: ()
    begins: Callable[[Moment], dict[str, str]] = lambda moment: {}
    read: Callable[[Form], dict[str, Any]] = _nothing


def _agenda_of(moment: Moment) -> dict[str, str]:
    agenda = moment.line.agenda
    return typed_agenda(agenda.items if agenda else (), moment.details.slots)


def _held_as_planned(moment: Moment) -> dict[str, str]:
    return {**typed_sittings(moment.line.planned), "mode": moment.line.mode, "role_1": "headteacher", "part_1": "whole"}


def _agenda_groups(moment: Moment) -> tuple[Group, ...]:
    return agenda_groups(ip=moment.line.visit == "ip")


ACTS = (
    VisitAct(
        Act(
            "confirm",
            "scheduling.ConfirmVisit",
            "Confirm the visit",
            "Confirm this visit",
            about="Date and agenda stand.",
        ),
        lambda moment: (
            moment.line.state == "planned"
            and (moment.line.visit == "4" or bool(moment.line.agenda and moment.line.agenda.agreed))
        ),
    ),
    VisitAct(
        Act("agree", "scheduling.AgreeAgenda", "Agree the agenda", "Agree this agenda", example={"version": 1}),
        lambda moment: moment.theirs_to_answer,
    ),
    VisitAct(
        Act(
            "answer",
            "scheduling.CounterAgenda",
            "Answer with another agenda",
            "Send this agenda",
            (Field("words", "Why it should be different", "textarea"),),
            example={"items": _AN_ITEM},
        ),
        lambda moment: moment.theirs_to_answer,
        _agenda_groups,
        _agenda_of,
        read_agenda,
    ),
    VisitAct(
        Act(
            "agenda",
            "scheduling.ProposeAgenda",
            "Put an agenda forward",
            "Put this agenda forward",
            about="Choose what the school gains most from: not every item has to be on it. Items without words are "
            "left out.",
            example={"items": _AN_ITEM},
        ),
        lambda moment: moment.prepared_here and not moment.theirs_to_answer,
        _agenda_groups,
        _agenda_of,
        read_agenda,
    ),
    VisitAct(
        Act(
            "papers",
            "scheduling.RequestPapers",
            "Ask for papers",
            "Ask for these papers",
            (
                Field("titles", "Papers, each on a line of its own", "textarea", beside=True),
                Field("due", "Due on", "date", "For example, 26 9 2011"),
            ),
            example={"titles": ["any"]},
        ),
        lambda moment: moment.prepared_here,
        read=read_titles,
    ),
    VisitAct(
        Act(
            "received",
            "scheduling.ReceivePaper",
            "Record a paper that came",
            "Record this paper",
            (Field("paper", "Paper", "select"), Field("received", "It came on", "date", "For example, 26 9 2011")),
            example={"paper": "1"},
        ),
        lambda moment: any(paper.received is None for paper in moment.line.papers),
    ),
    VisitAct(
        Act(
            "held",
            "scheduling.HoldVisit",
            "Record that it took place",
            "Record this visit",
            (_MODE,),
            about="The day on which it was planned is kept. Governors' part is measured, and nobody is turned away for "
            "coming alone.",
            example={"sittings": _A_SITTING, "participants": [{"role": "headteacher"}]},
        ),
        lambda moment: moment.is_due and moment.prepared_here,
        lambda moment: (*sitting_groups(), *people_groups()),
        _held_as_planned,
        lambda form: {**read_sittings(form), **read_people(form)},
    ),
    VisitAct(
        Act(
            "not-held",
            "scheduling.RecordNotHeld",
            "Record that it did not take place",
            "Record this",
            reason="Why it did not take place",
        ),
        lambda moment: moment.is_due,
    ),
    VisitAct(
        Act(
            "plan",
            "scheduling.PlanVisit",
            "Plan a date",
            "Plan this visit",
            (
                _MODE,
                Field(
                    "joint",
                    "Name of the joint visit, if federated schools share it",
                    hint="The same short name at each school, such as coast-2011",
                    width="govuk-input--width-20",
                ),
                Field(
                    "reason",
                    "Why outside its own term, if it is",
                    "textarea",
                    "Only needed in another term",
                    beside=True,
                ),
            ),
            about="The Link Adviser's time is kept: nobody is booked twice.",
            example={"sittings": _A_SITTING, "joint": "any"},
        ),
        lambda moment: moment.line.state in TO_PLAN,
        lambda moment: sitting_groups(),
        lambda moment: {"mode": "in_person"},
        read_sittings,
    ),
    VisitAct(
        Act(
            "move",
            "scheduling.MoveVisit",
            "Move to another date",
            "Move this visit",
            (_MODE,),
            reason="Why it moves",
            example={"sittings": _A_SITTING},
        ),
        lambda moment: moment.stands,
        lambda moment: sitting_groups(),
        lambda moment: {**typed_sittings(moment.line.planned), "mode": moment.line.mode},
        read_sittings,
    ),
    VisitAct(
        Act(
            "reassign",
            "scheduling.ReassignVisit",
            "Hand to another adviser",
            "Hand this visit over",
            (Field("adviser", "Adviser", "select"),),
            reason="Why somebody else comes",
            about="Those who are free at that time, trained for the visit and without an interest in the school. "
            "Drafts go with the visit; the school keeps its Link Adviser.",
            example={"adviser": "any"},
        ),
        lambda moment: moment.stands,
    ),
    VisitAct(
        Act(
            "postpone",
            "scheduling.PostponeVisit",
            "Postpone without a new date",
            "Postpone this visit",
            reason="Why it is put off",
        ),
        lambda moment: moment.stands,
    ),
    VisitAct(
        Act("cancel", "scheduling.CancelVisit", "Cancel the visit", "Cancel this visit", reason="Why it is cancelled"),
        lambda moment: moment.stands,
    ),
)


def offered(moment: Moment, own: bool, **fixed: Any) -> list[VisitAct]:
    """What the person of the page may do now. `own` is false for an adviser whose visit it is not."""
    return [each for each in ACTS if own and each.when(moment) and each.act.offered(**fixed)]
