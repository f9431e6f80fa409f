"""Targets as they were proposed, agreed and sanctioned."""

from datetime import date
from typing import Annotated

from msgspec import Meta, Struct

from services.core.events import Event, Urn, event

Percentage = Annotated[str, Meta(description="A decimal number, as text")]
SMALL_GROUP = 6
"""Outsiders see no figure about fewer pupils than this (TR7)."""


def is_small(pupils: int | None) -> bool:
    """Whether a group has so few pupils that outsiders see no figure about it."""
    return pupils is not None and pupils < SMALL_GROUP


class Target(Struct, frozen=True):
    """One row of a school's target form: a measure for all pupils (group all) or some (fsm, sen).

    A share of pupils has `count` of `cohort_size` and `percentage`; absence has a percentage alone. `estimate`,
    `data_version` and `earlier` are what was known when it was set; `explanation` is demanded by TR4 alone."""

    measure: str
    group: str
    percentage: Percentage
    count: int | None = None
    cohort_size: int | None = None
    estimate: str | None = None
    data_version: str | None = None
    earlier: str | None = None
    actions: str | None = None
    special_factors: str | None = None
    explanation: str | None = None


@event("visits.TargetsProposed")
class TargetsProposed(Event, frozen=True, gc=False):
    """A school's targets for the tests of the summer of `cohort`, all of them as one version that replaces the one
    before. `provisional` until the adviser's visit (TR5)."""

    urn: Urn
    cohort: int
    version: int
    targets: tuple[Target, ...]
    provisional: bool

    def says(self) -> str:
        again = f" (version {self.version}: to be agreed again)" if self.version > 1 else ""
        return f"Targets proposed for {self.cohort}{again}: {len(self.targets)} measures"


@event("visits.TargetCommented")
class TargetCommented(Event, frozen=True, gc=False):
    """The adviser's comment on one target: `suitability` is suitable, unrealistic or not_challenging."""

    urn: Urn
    cohort: int
    version: int
    measure: str
    group: str
    suitability: str
    comment: str

    def says(self) -> str:
        return f"The adviser called the target for {self.measure} ({self.group}) {self.suitability.replace('_', ' ')}"


@event("visits.TargetsAgreed")
class TargetsAgreed(Event, frozen=True, gc=False):
    """One party agreed a version of the targets: `by` is headteacher, chair_of_governors or adviser."""

    urn: Urn
    cohort: int
    version: int
    by: str

    def says(self) -> str:
        return f"The {self.by.replace('_', ' ')} agreed the targets for {self.cohort}"


@event("visits.TargetsSanctioned")
class TargetsSanctioned(Event, frozen=True, gc=False):
    """The governing body sanctioned the agreed targets at its meeting. True from `meeting`. `statute` names the law
    under which they were statutory on that day; null when none was in force (TR3)."""

    public = True

    urn: Urn
    cohort: int
    version: int
    meeting: date
    statute: str | None = None

    def says(self) -> str:
        kind = "statutory" if self.statute else "non-statutory"
        return f"The governing body sanctioned the {kind} targets for {self.cohort}"


@event("visits.AbsenceLimitsRecorded")
class AbsenceLimitsRecorded(Event, frozen=True, gc=False):
    """What an absence target of the cohort may not be above without an explanation (TR4): the median of schools with
    similar FSM, the school's own absence in 2007/08, its target for 2009/10; null where none is known."""

    urn: Urn
    cohort: int
    similar_schools: Percentage | None
    own_actual: Percentage | None
    earlier_target: Percentage | None

    def says(self) -> str:
        return f"Limits of the absence target for {self.cohort} recorded"
