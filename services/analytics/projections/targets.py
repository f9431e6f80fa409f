"""Every version of a school's targets with what was known when it was set, and how far it was agreed."""

from sqlalchemy import Column, Date, Integer, MetaData, String, Table

from services.core.envelope import RecordedEvent
from services.core.work import Work
from services.visits.events import TargetsAgreed, TargetsProposed, TargetsSanctioned

_tables = MetaData()
target_version = Table(
    "target_version",
    _tables,
    Column("urn", Integer, primary_key=True),
    Column("cohort", Integer, primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("state", String, nullable=False, comment="provisional, proposed or sanctioned"),
    Column("agreed_by", String, nullable=False, comment="roles, one to a line"),
    Column("proposed", Date, nullable=False),
    Column("sanctioned", Date),
    Column("statute", String),
)
target = Table(
    "target",
    _tables,
    Column("urn", Integer, primary_key=True),
    Column("cohort", Integer, primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("measure", String, primary_key=True),
    Column("pupil_group", String, primary_key=True),
    Column("percentage", String, nullable=False),
    Column("count", Integer),
    Column("cohort_size", Integer),
    Column("estimate", String),
    Column("data_version", String),
    Column("earlier", String),
)


def proposed(event: TargetsProposed, recorded: RecordedEvent, work: Work) -> None:
    key = {"urn": event.urn, "cohort": event.cohort, "version": event.version}
    state = "provisional" if event.provisional else "proposed"
    work.put(target_version, **key, state=state, agreed_by="", proposed=recorded.metadata.effective_on)
    for row in event.targets:
        work.put(
            target,
            **key,
            measure=row.measure,
            pupil_group=row.group,
            percentage=row.percentage,
            count=row.count,
            cohort_size=row.cohort_size,
            estimate=row.estimate,
            data_version=row.data_version,
            earlier=row.earlier,
        )


def agreed(event: TargetsAgreed, recorded: RecordedEvent, work: Work) -> None:
    key = event.urn, event.cohort, event.version
    row = work.row(target_version, key)
    if row is not None:
        parties = {*row["agreed_by"].split(), event.by}
        work.change(target_version, key, agreed_by="\n".join(sorted(parties)))


def sanctioned(event: TargetsSanctioned, recorded: RecordedEvent, work: Work) -> None:
    key = event.urn, event.cohort, event.version
    work.change(target_version, key, state="sanctioned", sanctioned=event.meeting, statute=event.statute)
