"""What helpdesk publishes: calls and what became of them, calls about inspections, and the help-line's hours."""

from datetime import date, datetime, time
from typing import Annotated

from msgspec import Meta, Struct

from services.core.audience import Audience
from services.core.events import Event, Personal, PersonalOrNone, PersonId, Urn, event

CallId = Annotated[str, Meta(description="Opaque identifier of a call")]
CallSubject = Annotated[str, Meta(description="Whose key seals the caller's name and words: one for each call")]

INSPECTION_WORDS = {
    "inspection": "inspection",
    "monitoring_visit": "monitoring visit",
    "theme_inspection": "theme inspection",
}


class DayHours(Struct, frozen=True):
    """When the help-line is open on a weekday (1 Monday to 7 Sunday), London wall time, `closes` excluded."""

    weekday: int
    opens: time
    closes: time


@event("helpdesk.HoursSet")
class HoursSet(Event, frozen=True, gc=False):
    """The help-line's week and its two numbers from `begins` on (HR1). A weekday that is not named is closed."""

    begins: date
    week: tuple[DayHours, ...]
    number: str
    out_of_hours_number: str

    def says(self) -> str:
        return f"Help-line hours set from {self.begins:%-d %B %Y}"


@event("helpdesk.HolidaySet")
class HolidaySet(Event, frozen=True, gc=False):
    """A day on which the help-line is closed, whatever the weekday. A bank holiday is none until it is set."""

    day: date
    name: str

    def says(self) -> str:
        return f"The help-line is closed on {self.day:%-d %B %Y}: {self.name}"


@event("helpdesk.HolidayWithdrawn")
class HolidayWithdrawn(Event, frozen=True, gc=False):
    """A day follows its weekday after all."""

    day: date

    def says(self) -> str:
        return f"The help-line follows its usual hours on {self.day:%-d %B %Y}"


@event("helpdesk.ResponseTargetSet")
class ResponseTargetSet(Event, frozen=True, gc=False):
    """How many minutes of opening time a first response may take, for a category from `begins` on; null for no
    target."""

    category: str
    minutes: int | None
    begins: date

    def says(self) -> str:
        return f"Response target for {self.category.replace('_', ' ')} set"


@event("helpdesk.CallReceived")
class CallReceived(Event, frozen=True, gc=False):
    """A call about a day-to-day issue. True from the day it came. `hours` is the version (event count) of the
    calendar that it is measured by for ever; `respond_by` is null where no target was set."""

    audience = Audience.CONFIDENTIAL

    call: CallId
    urn: Urn
    received_at: datetime
    channel: str
    category: str
    urgency: str
    caller_role: str
    out_of_hours: bool
    hours: int
    respond_by: datetime | None
    person: CallSubject
    caller: Personal
    summary: Personal

    def says(self) -> str:
        late = ", out of hours" if self.out_of_hours else ""
        return f"The {self.caller_role.replace('_', ' ')} called the help-line: {self.category.replace('_', ' ')}{late}"


@event("helpdesk.OfstedCallReceived")
class OfstedCallReceived(Event, frozen=True, gc=False):
    """A school told the desk that Ofsted is coming (HR2): `kind` is inspection, monitoring_visit or theme_inspection,
    on site from `begins` to `ends`, both included. True from the day of the call. `invites_authority` tells
    whether an academy wants the authority at the feedback; `hours` and `respond_by` are those of any call."""

    call: CallId
    urn: Urn
    received_at: datetime
    kind: str
    told_at: datetime
    begins: date
    ends: date
    caller_role: str
    out_of_hours: bool
    hours: int
    invites_authority: bool
    person: CallSubject
    caller: Personal
    lead_inspector: PersonalOrNone = None
    team: PersonalOrNone = None
    briefing_issues: PersonalOrNone = None
    respond_by: datetime | None = None

    def says(self) -> str:
        return f"Ofsted {INSPECTION_WORDS[self.kind]} from {self.begins:%-d %B %Y} to {self.ends:%-d %B %Y}"


@event("helpdesk.InspectionDatesChanged")
class InspectionDatesChanged(Event, frozen=True, gc=False):
    """An inspection that was called is on other days."""

    call: CallId
    urn: Urn
    begins: date
    ends: date

    def says(self) -> str:
        return f"Ofsted comes from {self.begins:%-d %B %Y} to {self.ends:%-d %B %Y} instead"


@event("helpdesk.AdviserTold")
class AdviserTold(Event, frozen=True, gc=False):
    """The school's Link Adviser was told of a call about an inspection; null when the school had none, so that the
    programme's managers were told."""

    call: CallId
    urn: Urn
    adviser: PersonId | None

    def says(self) -> str:
        return (
            "The Link Adviser was told of the inspection"
            if self.adviser
            else "The managers were told of the inspection"
        )


@event("helpdesk.ManagerContacted")
class ManagerContacted(Event, frozen=True, gc=False):
    """Whoever took the call contacted the duty manager (HR3). True from the day of `contacted_at`."""

    audience = Audience.COUNTY

    call: CallId
    urn: Urn
    manager: PersonId
    contacted_at: datetime

    def says(self) -> str:
        return "The duty manager was contacted about the call"


@event("helpdesk.ContactAcknowledged")
class ContactAcknowledged(Event, frozen=True, gc=False):
    """The duty manager confirmed having been reached: the second of two facts (HR3)."""

    audience = Audience.COUNTY

    call: CallId
    urn: Urn

    def says(self) -> str:
        return "The duty manager confirmed the contact"


@event("helpdesk.CallAssigned")
class CallAssigned(Event, frozen=True, gc=False):
    """Somebody is to answer the call."""

    audience = Audience.COUNTY

    call: CallId
    urn: Urn
    to: PersonId

    def says(self) -> str:
        return "The call was given to somebody to answer"


@event("helpdesk.CallAnswered")
class CallAnswered(Event, frozen=True, gc=False):
    """The first response: `open_seconds` of opening time after the call came, by the calendar of its day; `in_time`
    is null where there was no target."""

    audience = Audience.CONFIDENTIAL

    call: CallId
    urn: Urn
    answered_at: datetime
    open_seconds: int
    in_time: bool | None
    person: CallSubject
    advice: Personal

    def says(self) -> str:
        return "The help-line answered the call"


@event("helpdesk.CallResolved")
class CallResolved(Event, frozen=True, gc=False):
    """The matter of a call is settled; `follow_up` is when to ask again, if ever."""

    audience = Audience.CONFIDENTIAL

    call: CallId
    urn: Urn
    resolved_at: datetime
    follow_up: date | None = None

    def says(self) -> str:
        return "The call was resolved"


@event("helpdesk.CallClosed")
class CallClosed(Event, frozen=True, gc=False):
    """Nothing more is to come of a call."""

    audience = Audience.CONFIDENTIAL

    call: CallId
    urn: Urn

    def says(self) -> str:
        return "The call was closed"


@event("helpdesk.CallReopened")
class CallReopened(Event, frozen=True, gc=False):
    """A resolved or closed call goes on. The reason stands with the event."""

    audience = Audience.CONFIDENTIAL

    call: CallId
    urn: Urn

    def says(self) -> str:
        return "The call was opened again"


@event("helpdesk.FeedbackArranged")
class FeedbackArranged(Event, frozen=True, gc=False):
    """Who of the authority goes to the inspectors' feedback, and when: the adviser, else a team leader (`attends` is
    a role); an academy's only by its invitation."""

    call: CallId
    urn: Urn
    attends: str
    person_attending: PersonId | None
    feedback_at: datetime

    def says(self) -> str:
        return f"The {self.attends.replace('_', ' ')} goes to the inspectors' feedback"


@event("helpdesk.InspectionOutcomeRecorded")
class InspectionOutcomeRecorded(Event, frozen=True, gc=False):
    """How an inspection went, in the words of its framework, once it may be known. The inspection leaves the board."""

    call: CallId
    urn: Urn
    outcome: str

    def says(self) -> str:
        return f"Outcome of the inspection: {self.outcome}"


@event("helpdesk.CallerErased")
class CallerErased(Event, frozen=True, gc=False):
    """The key to what was sealed about a call was ordered destroyed; its times and counts stay."""

    call: CallId
    urn: Urn
    person: CallSubject

    def says(self) -> str:
        return "A caller's details were erased"
