"""Concerns, alerts and the authority's rating of risk."""

from datetime import date, datetime

from services.core.audience import Audience
from services.core.events import Event, Personal, PersonalOrNone, Upcaster, Urn, event, upcast
from services.visits.events.texts import TextOf


@event("visits.ConcernObserved")
class ConcernObserved(Event, frozen=True, gc=False):
    """An adviser saw an aspect at risk of being unsatisfactory, or an agenda not tackled (VR7). For the authority
    alone, until the school is told. True from `observed`."""

    audience = Audience.COUNTY

    urn: Urn
    concern: str
    aspect: str
    observed: date
    person: TextOf
    summary: Personal

    def says(self) -> str:
        return f"Concern observed: {self.aspect}"


@event("visits.SchoolTold")
class SchoolTold(Event, frozen=True, gc=False):
    """The school was told of a concern: whom (roles), when, and how (in_person, telephone, letter or email)."""

    audience = Audience.CONFIDENTIAL

    urn: Urn
    concern: str
    aspect: str
    told: tuple[str, ...]
    told_at: datetime
    how: str

    def says(self) -> str:
        told = " and ".join(role.replace("_", " ") for role in self.told)
        was = "was" if len(self.told) == 1 else "were"
        return f"The {told} {was} told of a concern: {self.aspect}"


@event("visits.TeamAlerted")
class TeamAlerted(Event, frozen=True, gc=False):
    """The Achievement and Intervention team was alerted to a concern."""

    audience = Audience.CONFIDENTIAL

    urn: Urn
    concern: str
    aspect: str
    alerted_at: datetime

    def says(self) -> str:
        return f"The Achievement and Intervention team was alerted: {self.aspect}"


@event("visits.AlertAcknowledged")
class AlertAcknowledged(Event, frozen=True, gc=False):
    """The team took note of an alert."""

    audience = Audience.CONFIDENTIAL

    urn: Urn
    concern: str

    def says(self) -> str:
        return "The Achievement and Intervention team acknowledged the alert"


@event("visits.AlertDecided", version=2)
class AlertDecided(Event, frozen=True, gc=False):
    """What is done about an alert. `requested_by` is governing_body, consultation or authority: intervention is first
    the governing body's (VR6). Looked at again on `next_review`. `unsealed` is the decision where it was stored before
    such texts had keys: it can't be put beyond use."""

    audience = Audience.CONFIDENTIAL

    urn: Urn
    concern: str
    requested_by: str
    next_review: date
    person: TextOf
    decision: PersonalOrNone
    unsealed: str | None = None

    def says(self) -> str:
        return "Decided on the alert"


@event("visits.AlertReviewed", version=2)
class AlertReviewed(Event, frozen=True, gc=False):
    """How a concern stands; looked at again on `next_review`. `unsealed` as in a decision."""

    audience = Audience.CONFIDENTIAL

    urn: Urn
    concern: str
    next_review: date
    person: TextOf
    findings: PersonalOrNone
    unsealed: str | None = None

    def says(self) -> str:
        return "The concern was reviewed"


@event("visits.ConcernClosed", version=2)
class ConcernClosed(Event, frozen=True, gc=False):
    """A concern is over. The school had been told before: an alert can't close otherwise (VR7). `unsealed` as in a
    decision."""

    audience = Audience.CONFIDENTIAL

    urn: Urn
    concern: str
    person: TextOf
    outcome: PersonalOrNone
    unsealed: str | None = None

    def says(self) -> str:
        return "The concern was closed"


def _unsealed(field: str) -> Upcaster:
    return lambda data: {**data, "person": "", field: None, "unsealed": data[field]}


upcast("visits.AlertDecided", from_version=1)(_unsealed("decision"))
upcast("visits.AlertReviewed", from_version=1)(_unsealed("findings"))
upcast("visits.ConcernClosed", from_version=1)(_unsealed("outcome"))


@event("visits.ConcernRedacted")
class ConcernRedacted(Event, frozen=True, gc=False):
    """The text of one fact of a concern, the `fact`-th of its stream, was put beyond use: its key was destroyed.
    `rule` says under which rule; nothing of the content stands here."""

    audience = Audience.CONFIDENTIAL

    urn: Urn
    concern: str
    fact: int
    person: TextOf
    rule: str

    def says(self) -> str:
        return f"A text about a concern was redacted ({self.rule})"


@event("visits.RiskRated")
class RiskRated(Event, frozen=True, gc=False):
    """The authority's rating of a school: red-plus, red, red-amber, amber-green or n/a; direction deteriorating,
    unchanged or improving; under a version of the criteria. Not a forecast of an inspection, nor an overall
    judgement (RR1)."""

    audience = Audience.CONFIDENTIAL

    urn: Urn
    rating: str
    direction: str
    rationale: str
    criteria: int
    next_review: date
    de_escalation: str | None = None

    def says(self) -> str:
        return f"Risk rated {self.rating}, {self.direction}"


@event("visits.RatingDisputed")
class RatingDisputed(Event, frozen=True, gc=False):
    """The school disagrees with its rating, in its own words (RR3)."""

    audience = Audience.CONFIDENTIAL

    urn: Urn
    rating: str
    words: str

    def says(self) -> str:
        return f"The school disagrees with its rating: {self.words}"
