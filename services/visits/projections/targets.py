"""The read model of targets: every version of every summer with its rows, comments and agreements."""

from typing import Any

from msgspec import UNSET
from sqlalchemy import Boolean, Column, Date, Integer, MetaData, String, Table

from services.core.envelope import RecordedEvent
from services.core.projections import Projection
from services.core.work import Work
from services.scheduling.events import SchoolChanged, SchoolRegistered
from services.visits.events import (
    AbsenceLimitsRecorded,
    TargetCommented,
    TargetsAgreed,
    TargetsProposed,
    TargetsSanctioned,
)

_metadata = MetaData()
_WORDS = ("estimate", "data_version", "earlier", "actions", "special_factors", "explanation")
_FIGURES = ("measure", "percentage", "count", "cohort_size", *_WORDS)


def _of_a_version(name: str, *columns: Column[Any]) -> Table:
    keys = (Column(key, Integer, primary_key=True) for key in ("urn", "cohort", "version"))
    return Table(name, _metadata, *keys, *columns)


version = _of_a_version(
    "version",
    Column("provisional", Boolean, nullable=False),
    Column("proposed_on", Date, nullable=False),
    Column("meeting", Date),
    Column("statute", String),
)
target = _of_a_version(
    "target",
    Column("place", Integer, primary_key=True),
    Column("measure", String, nullable=False),
    Column("pupils", String, nullable=False),
    Column("percentage", String, nullable=False),
    Column("count", Integer),
    Column("cohort_size", Integer),
    *(Column(name, String) for name in _WORDS),
)
comment = _of_a_version(
    "comment",
    Column("measure", String, primary_key=True),
    Column("pupils", String, primary_key=True),
    Column("suitability", String, nullable=False),
    Column("comment", String, nullable=False),
)
agreement = _of_a_version(
    "agreement",
    Column("party", String, primary_key=True),
    Column("day", Date, nullable=False),
    Column("person", String, nullable=False),
)
limits = Table(
    "limits",
    _metadata,
    Column("urn", Integer, primary_key=True),
    Column("cohort", Integer, primary_key=True),
    Column("similar_schools", String),
    Column("own_actual", String),
    Column("earlier_target", String),
)
school = Table(
    "school",
    _metadata,
    Column("urn", Integer, primary_key=True),
    Column("school_type", String, nullable=False),
    Column("high_age", Integer),
)

targets = Projection("visits.targets", version=1, tables=[version, target, comment, agreement, limits, school])


@targets.on(TargetsProposed)
def _proposed(event: TargetsProposed, recorded: RecordedEvent, work: Work) -> None:
    key = {"urn": event.urn, "cohort": event.cohort, "version": event.version}
    proposed_on = recorded.metadata.effective_on
    work.put(version, **key, provisional=event.provisional, proposed_on=proposed_on, meeting=None, statute=None)
    for place, row in enumerate(event.targets):
        work.put(target, **key, place=place, pupils=row.group, **{name: getattr(row, name) for name in _FIGURES})


@targets.on(TargetCommented)
def _commented(event: TargetCommented, recorded: RecordedEvent, work: Work) -> None:
    work.put(
        comment,
        urn=event.urn,
        cohort=event.cohort,
        version=event.version,
        measure=event.measure,
        pupils=event.group,
        suitability=event.suitability,
        comment=event.comment,
    )


@targets.on(TargetsAgreed)
def _agreed(event: TargetsAgreed, recorded: RecordedEvent, work: Work) -> None:
    work.put(
        agreement,
        urn=event.urn,
        cohort=event.cohort,
        version=event.version,
        party=event.by,
        day=recorded.metadata.effective_on,
        person=recorded.metadata.actor,
    )


@targets.on(TargetsSanctioned)
def _sanctioned(event: TargetsSanctioned, recorded: RecordedEvent, work: Work) -> None:
    work.change(version, (event.urn, event.cohort, event.version), meeting=event.meeting, statute=event.statute)


@targets.on(AbsenceLimitsRecorded)
def _limits(event: AbsenceLimitsRecorded, recorded: RecordedEvent, work: Work) -> None:
    work.put(limits, **{name: getattr(event, name) for name in event.__struct_fields__})


@targets.on(SchoolRegistered)
def _registered(event: SchoolRegistered, recorded: RecordedEvent, work: Work) -> None:
    work.put(school, urn=event.urn, school_type=event.school_type, high_age=event.high_age)


@targets.on(SchoolChanged)
def _changed(event: SchoolChanged, recorded: RecordedEvent, work: Work) -> None:
    if event.school_type is not UNSET:
        work.change(school, (event.urn,), school_type=event.school_type)
    if event.high_age is not UNSET:
        work.change(school, (event.urn,), high_age=event.high_age)
