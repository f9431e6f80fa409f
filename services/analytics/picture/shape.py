"""What a picture of a school holds."""

from datetime import date

from msgspec import Struct, field


class Link(Struct, frozen=True):
    """Another school that this one followed (`predecessor`) or was followed by (`successor`)."""

    urn: int
    relation: str
    link_type: str


class VisitSeen(Struct, frozen=True):
    """How a visit stands: planned, confirmed, postponed, on_hold, cancelled, not_held, held, or withdrawn where it was
    logged by mistake; `day` is the last day of it where one is set."""

    state: str
    day: date | None = None


class RecordSeen(Struct, frozen=True):
    """The latest version of a document that was issued, the day, and the head's answer to it."""

    version: int
    issued: date
    answer: str | None = None


class TargetsSeen(Struct, frozen=True):
    """How the latest version of a cohort's targets stands: provisional, proposed, agreed (by all) or sanctioned."""

    version: int
    state: str
    agreed_by: tuple[str, ...] = ()
    statute: str | None = None


class SefSeen(Struct, frozen=True):
    """The self-evaluation form of a year; `days_late` is None until it came."""

    due: date | None = None
    overdue: bool = False
    received: date | None = None
    days_late: int | None = None


class Grades(Struct, frozen=True):
    """The three grades under one heading, held apart (GR1); `disputed` while school and adviser do not agree."""

    school: str | None = None
    agreed: str | None = None
    authority: str | None = None
    disputed: bool = False


class ActionSeen(Struct, frozen=True):
    """An open action; `status` is red, amber or green once it was reviewed."""

    text: str
    owner: str
    due: date
    status: str | None = None


class ConcernSeen(Struct, frozen=True):
    """An open concern: observed, told, alerted, acknowledged, decided or reviewed."""

    aspect: str
    state: str


class RiskSeen(Struct, frozen=True):
    """The authority's rating, which is no forecast of an inspection (RR1)."""

    rating: str
    direction: str


class SchoolPicture(Struct, frozen=True):
    """What was known of a school.

    `charged` is the sum of its charges, part-years and reversals in pence; `subscriptions` gives the programme by
    academic year, as bought and then as agreed; `results` the key stage 2 figures by year of the tests; `inspected` and
    `grade` are of the latest inspection. `visits` and `records` are keyed by academic year and visit or document, as
    2022-1; `grades` by framework, then heading; `calls` counts those to the help-line."""

    urn: int
    name: str | None = None
    status: str | None = None
    school_type: str | None = None
    type_group: str | None = None
    links: tuple[Link, ...] = ()
    subscriptions: dict[int, str] = field(default_factory=dict)
    adviser: str | None = None
    charged: int = 0
    visits: dict[str, VisitSeen] = field(default_factory=dict)
    records: dict[str, RecordSeen] = field(default_factory=dict)
    results: dict[int, dict[str, str]] = field(default_factory=dict)
    targets: dict[int, TargetsSeen] = field(default_factory=dict)
    sefs: dict[int, SefSeen] = field(default_factory=dict)
    grades: dict[str, dict[str, Grades]] = field(default_factory=dict)
    inspected: date | None = None
    grade: str | None = None
    actions: dict[str, ActionSeen] = field(default_factory=dict)
    concerns: dict[str, ConcernSeen] = field(default_factory=dict)
    risk: RiskSeen | None = None
    calls: int = 0
