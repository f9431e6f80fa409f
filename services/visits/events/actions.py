"""Recommendations and actions."""

from datetime import date

from services.core.events import AcademicYear, Event, Urn, event


@event("visits.RecommendationMade")
class RecommendationMade(Event, frozen=True, gc=False):
    """A key recommendation of a visit."""

    urn: Urn
    year: AcademicYear
    visit: str
    recommendation: str
    text: str

    def says(self) -> str:
        return f"Recommended: {self.text}"


@event("visits.ActionAgreed")
class ActionAgreed(Event, frozen=True, gc=False):
    """An action agreed at a visit: who owns it (a role, never a name), by when, and how success will be seen."""

    urn: Urn
    year: AcademicYear
    visit: str
    action: str
    text: str
    owner: str
    due: date
    success: str

    def says(self) -> str:
        return f"Action agreed: {self.text} ({self.owner.replace('_', ' ')}, by {self.due:%-d %B %Y})"


@event("visits.ActionReviewed")
class ActionReviewed(Event, frozen=True, gc=False):
    """At a later visit: how the action stands (red, amber or green) and the evidence of its impact."""

    urn: Urn
    year: AcademicYear
    visit: str
    action: str
    status: str
    evidence: str

    def says(self) -> str:
        return f"Action reviewed ({self.status}): {self.evidence}"


@event("visits.ActionClosed")
class ActionClosed(Event, frozen=True, gc=False):
    """An action is over: `outcome` is achieved, withdrawn or school_closed."""

    urn: Urn
    action: str
    outcome: str
    evidence: str

    def says(self) -> str:
        return f"Action closed, {self.outcome.replace('_', ' ')}: {self.evidence}"


@event("visits.ActionMoved")
class ActionMoved(Event, frozen=True, gc=False):
    """An open action went on at another school, which followed this one or took it in. True from `on`."""

    urn: Urn
    action: str
    to: Urn
    on: date

    def says(self) -> str:
        return f"An open action went on at school {self.to}"


@event("visits.ActionTaken")
class ActionTaken(Event, frozen=True, gc=False):
    """An action of a school that this one followed or took in goes on here. True from `on`."""

    urn: Urn
    predecessor: Urn
    year: AcademicYear
    visit: str
    action: str
    text: str
    owner: str
    due: date
    success: str
    on: date

    def says(self) -> str:
        return f"Action of school {self.predecessor} goes on here: {self.text}"
