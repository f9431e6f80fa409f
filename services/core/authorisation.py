"""Who may do and see what: decided in the service, by the role that the actor holds on the day."""

from collections.abc import Iterable
from datetime import date
from enum import StrEnum

import msgspec

from services.core.audience import Audience


class Role(StrEnum):
    """The roles of the programme (domain vocabulary). County roles cover every school; school roles cover one."""

    ADVISER = "adviser"
    PROGRAMME_MANAGER = "programme_manager"
    PROGRAMME_OFFICER = "programme_officer"
    FINANCE = "finance"
    AUDITOR = "auditor"
    DUTY_OFFICER = "duty_officer"
    DUTY_MANAGER = "duty_manager"
    INTERVENTION = "achievement_and_intervention"
    DATA_PROTECTION = "data_protection_officer"
    HEADTEACHER = "headteacher"
    CHAIR = "chair_of_governors"

    @property
    def words(self) -> str:
        return self.value.replace("_", " ")

    @property
    def of_a_school(self) -> bool:
        return self in (Role.HEADTEACHER, Role.CHAIR)


class Tenure(msgspec.Struct, frozen=True):
    """A role held from `begins` until the day before `ends`, at one school or (urn None) for the county.

    `sees_since` is the day from which confidential facts may be opened, where a reasoned grant moved it back.
    `reads_only` is the sight that a role gives of another school, such as a predecessor: it is for reading alone."""

    role: Role
    urn: int | None
    begins: date
    ends: date | None = None
    sees_since: date | None = None
    reads_only: bool = False

    def holds_on(self, day: date) -> bool:
        return self.begins <= day and (self.ends is None or day < self.ends)

    def covers(self, day: date) -> bool:
        """Whether a confidential fact of that day was, or by a grant is, this role holder's to know."""
        return (self.sees_since or self.begins) <= day and (self.ends is None or day < self.ends)


class Actor(msgspec.Struct, frozen=True):
    """Who acts: a person by opaque id, or the platform itself (a policy or the operator at the command line)."""

    id: str
    platform: bool = False


IN_CONFIDENCE = frozenset({Role.ADVISER, Role.PROGRAMME_MANAGER, Role.INTERVENTION, Role.DATA_PROTECTION, Role.AUDITOR})
"""Those of the authority who may open what is confidential between it and a school."""


class Viewer(msgspec.Struct, frozen=True):
    """Who asks, with every role they hold, held or will hold: for answers that differ from person to person."""

    person: str
    today: date
    tenures: tuple[Tenure, ...] = ()
    platform: bool = False

    def has(self, *roles: Role, urn: int | None = None) -> bool:
        """Whether they hold one of these roles today (a role of a school: at that school)."""
        return self.platform or any(
            tenure.role in roles and tenure.holds_on(self.today) and (not tenure.role.of_a_school or tenure.urn == urn)
            for tenure in self.tenures
        )

    def is_insider(self, urn: int) -> bool:
        """Whether they work at that school or, for the authority, with schools in confidence."""
        return self.has(*IN_CONFIDENCE) or self.has(Role.HEADTEACHER, Role.CHAIR, urn=urn)

    def may_open(self, audience: Audience, urn: int, day: date, participants: Iterable[str] = ()) -> bool:
        """Whether a fact of that day about that school is for them, who may see the school at all."""
        if self.platform or audience is Audience.SCHOOL:
            return True
        if audience is Audience.PARTICIPANTS:
            return self.person in participants
        if self.has(*IN_CONFIDENCE):
            return True
        return audience is Audience.CONFIDENTIAL and any(t.urn == urn and t.covers(day) for t in self.tenures)


class Rule(msgspec.Struct, frozen=True):
    """Roles that may do something: for any school, or only for the school they belong to."""

    county: frozenset[Role] = frozenset()
    school: frozenset[Role] = frozenset()


class Forbidden(Exception):
    """The actor's roles on the day do not allow this; the text says who may."""


def allow(*roles: Role) -> Rule:
    """A rule from a list of roles; each counts for the schools its kind covers."""
    return Rule(
        county=frozenset(role for role in roles if not role.of_a_school),
        school=frozenset(role for role in roles if role.of_a_school),
    )


ANYONE_IN_THE_COUNTY = allow(*(role for role in Role if not role.of_a_school))
EVERYONE = allow(*Role)
COUNTY_READERS = allow(*(ANYONE_IN_THE_COUNTY.county - {Role.FINANCE, Role.DUTY_OFFICER}))
"""Those of the authority who read what is written of a school's work. Finance needs its status and its charges, the
duty officer who knows it and what it rang about: neither needs its records, targets, grades or history."""
READERS = allow(*COUNTY_READERS.county, Role.HEADTEACHER, Role.CHAIR)


def authorise(rule: Rule, actor: Actor, tenures: Iterable[Tenure], urn: int | None, day: date) -> str:
    """The role in which the actor may act on that day, for that school (or, urn None, for no school in particular).

    Raises Forbidden. A school role is never enough for something that names no school."""
    if actor.platform:
        return "platform"
    for tenure in tenures:
        if not tenure.holds_on(day):
            continue
        if tenure.role in rule.county:
            return tenure.role.value
        if tenure.role in rule.school and urn is not None and tenure.urn == urn:
            return tenure.role.value
    raise Forbidden(f"Only these roles may do this: {_words(rule)}.")


def roles_held(tenures: Iterable[Tenure], day: date) -> list[Tenure]:
    """Those that hold on a day, without what their holder may only read on account of them."""
    return [tenure for tenure in tenures if tenure.holds_on(day) and not tenure.reads_only]


def _words(rule: Rule) -> str:
    county = sorted(role.words for role in rule.county)
    school = sorted(f"{role.words} of the school" for role in rule.school)
    return ", ".join(county + school) or "nobody but the platform itself"
