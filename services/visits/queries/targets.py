"""What a school's targets are, how they came to be, and under which law (screen 6)."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from msgspec import Struct
from sqlalchemy import Select, Table, bindparam, select

from services.core.authorisation import Viewer
from services.core.commands import Query, Urn, query
from services.core.service import Reading
from services.visits.absence_limits import Cohort, Limits, autumn_of
from services.visits.events import is_small
from services.visits.measures import ABSENCE, Measure, kind_by, label_of, measures_for
from services.visits.projections.targets import agreement, comment, limits, school, target, version
from services.visits.statutes import statute_for
from services.visits.targets import PARTIES

_VERSIONS = (
    select(version).where(version.c.urn == bindparam("urn")).order_by(version.c.cohort.desc(), version.c.version.desc())
)
_LIMITS = select(limits).where(limits.c.urn == bindparam("urn"))


def _in_order(table: Table) -> Select[Any]:
    return select(table).where(table.c.urn == bindparam("urn")).order_by(*table.primary_key.columns)


_TARGETS, _COMMENTS, _AGREEMENTS = map(_in_order, (target, comment, agreement))


@query("visits.SchoolTargets")
class SchoolTargets(Query, frozen=True):
    """A school's targets of every summer, the latest first, with every version of them."""

    urn: Urn


@query("visits.TargetMeasures")
class TargetMeasures(Query, frozen=True):
    """The measures that a school sets targets for, for the tests of that summer (TR1, TR6)."""

    urn: Urn
    cohort: Cohort


class Line(Struct, frozen=True):
    """One target. Where it is `suppressed` (a small group, TR7) it has no figure and no words.

    A share has `count` of `cohort_size`. Absence is held as absence; `shown` is the attendance."""

    measure: str
    label: str
    group: str
    suppressed: bool
    percentage: str | None = None
    count: int | None = None
    cohort_size: int | None = None
    estimate: str | None = None
    data_version: str | None = None
    earlier: str | None = None
    actions: str | None = None
    special_factors: str | None = None
    explanation: str | None = None
    suitability: str | None = None
    comment: str | None = None

    @property
    def shown(self) -> str | None:
        """The figure as people read it: attendance where absence is held."""
        if self.percentage is None or self.measure != ABSENCE:
            return self.percentage
        return str(100 - Decimal(self.percentage))


class Agreement(Struct, frozen=True):
    """One party's agreement; `person` is who gave it. Both None while it is missing."""

    party: str
    day: date | None
    person: str | None


class Version(Struct, frozen=True):
    """One version of a summer's targets. `meeting` is the governing body's, once it sanctioned them; `statute` the law
    under which they were statutory then, or, before, are today: None where they are not statutory (TR3)."""

    version: int
    provisional: bool
    proposed_on: date
    lines: tuple[Line, ...]
    agreements: tuple[Agreement, ...]
    meeting: date | None
    statute: str | None

    @property
    def agreed_on(self) -> date | None:
        """The day on which the last of the three agreed."""
        days = [each.day for each in self.agreements]
        return None if None in days else max(day for day in days if day is not None)

    @property
    def state(self) -> str:
        """provisional, proposed, agreed or sanctioned."""
        if self.provisional:
            return "provisional"
        if self.meeting is not None:
            return "sanctioned"
        return "agreed" if self.agreed_on else "proposed"


class CohortTargets(Struct, frozen=True):
    """The targets for the tests of one summer: `versions` has the current one first, none where only the limits of the
    absence target are known. They were to be set by `due`, and
    were first agreed by all three on `set_on`; `late` says that it was, or has become, later (TR2)."""

    cohort: int
    due: date
    set_on: date | None
    late: bool
    limits: Limits
    versions: tuple[Version, ...]

    @property
    def current(self) -> Version | None:
        return self.versions[0] if self.versions else None


def school_targets(query: SchoolTargets, reading: Reading) -> tuple[CohortTargets, ...]:
    viewer = reading.viewer()
    insider = viewer.is_insider(query.urn)
    rows = _by_version(_TARGETS, query.urn, reading)
    comments = _by_version(_COMMENTS, query.urn, reading)
    agreements = _by_version(_AGREEMENTS, query.urn, reading)
    by_cohort: dict[int, list[Version]] = defaultdict(list)
    for row in reading.db.execute(_VERSIONS, {"urn": query.urn}):
        key = row.cohort, row.version
        said = {(each.measure, each.pupils): each for each in comments[key]}
        by_cohort[row.cohort].append(
            Version(
                row.version,
                row.provisional,
                row.proposed_on,
                tuple(_line(each, said.get((each.measure, each.pupils)), insider) for each in rows[key]),
                _agreements(agreements[key]),
                row.meeting,
                row.statute if row.meeting else statute_for(row.cohort, viewer.today),
            )
        )
    known = {row.cohort: _limits(row) for row in reading.db.execute(_LIMITS, {"urn": query.urn})}
    return tuple(
        _cohort(cohort, tuple(by_cohort[cohort]), known.get(cohort, Limits()), viewer)
        for cohort in sorted({*by_cohort, *known}, reverse=True)
    )


def target_measures(query: TargetMeasures, reading: Reading) -> tuple[Measure, ...]:
    row = reading.db.execute(select(school).where(school.c.urn == query.urn)).one_or_none()
    return tuple(measures_for(query.cohort, kind_by(row.school_type, row.high_age)).values()) if row else ()


def _by_version(rows: Select[Any], urn: int, reading: Reading) -> dict[tuple[int, int], list[Any]]:
    found: dict[tuple[int, int], list[Any]] = defaultdict(list)
    for row in reading.db.execute(rows, {"urn": urn}):
        found[row.cohort, row.version].append(row)
    return found


def _line(row: Any, said: Any, insider: bool) -> Line:
    label = label_of(row.measure)
    if not insider and is_small(row.cohort_size):
        return Line(row.measure, label, row.pupils, suppressed=True)
    return Line(
        row.measure,
        label,
        row.pupils,
        suppressed=False,
        percentage=row.percentage,
        count=row._mapping["count"],
        cohort_size=row.cohort_size,
        estimate=row.estimate,
        data_version=row.data_version,
        earlier=row.earlier,
        actions=row.actions,
        special_factors=row.special_factors,
        explanation=row.explanation,
        suitability=said.suitability if said else None,
        comment=said.comment if said else None,
    )


def _agreements(rows: Sequence[Any]) -> tuple[Agreement, ...]:
    given = {row.party: row for row in rows}
    return tuple(
        Agreement(party, given[party].day, given[party].person) if party in given else Agreement(party, None, None)
        for party in PARTIES
    )


def _limits(row: Any) -> Limits:
    return Limits(row.similar_schools, row.own_actual, row.earlier_target)


def _cohort(cohort: int, versions: tuple[Version, ...], known: Limits, viewer: Viewer) -> CohortTargets:
    due = date(autumn_of(cohort), 12, 31)
    set_on = min((day for each in versions if (day := each.agreed_on)), default=None)
    return CohortTargets(cohort, due, set_on, (set_on or viewer.today) > due, known, versions)
