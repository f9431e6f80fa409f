"""What stands beside a document's sections: its versions, reviews, recommendations and actions."""

from datetime import date
from typing import Any

import msgspec
from msgspec import Struct
from sqlalchemy import ColumnElement, Connection, Table, select

from services.visits.criteria import criteria_of
from services.visits.projections.record_tables import action, recommendation, review, version

Key = tuple[int, int, str]
"""URN, academic year and document."""


class VersionLine(Struct, frozen=True):
    """An issued version and what came of it. `correction` and `refusal` say why it was, or was not, corrected."""

    version: int
    issued_on: date
    changes: str | None
    answer: str | None
    words: str | None
    answered_on: date | None
    correction: str | None
    refusal: str | None


class ReviewLine(Struct, frozen=True):
    """One quality assurance: the criteria that were not met, and (unless it passed) what to change."""

    version: int
    passed: bool
    unmet: tuple[str, ...]
    words: str | None
    on: date


class ActionLine(Struct, frozen=True):
    """An action agreed at the visit."""

    text: str
    owner: str
    due: date
    success: str


def versions_of(key: Key, db: Connection) -> tuple[VersionLine, ...]:
    """The latest first."""
    ordered = select(*(version.c[name] for name in VersionLine.__struct_fields__)).where(*_own(version, key))
    return tuple(VersionLine(*row) for row in db.execute(ordered.order_by(version.c.version.desc())))


def issued_in(key: Key, number: int, db: Connection) -> tuple[dict[str, int], int] | None:
    """The revision of each section in a version, and where its issue stands in the log; None when there is none."""
    own = select(version.c.sections, version.c.position).where(*_own(version, key), version.c.version == number)
    row = db.execute(own).one_or_none()
    return None if row is None else (msgspec.json.decode(row.sections, type=dict[str, int]), row.position)


def reviews_of(key: Key, db: Connection) -> tuple[ReviewLine, ...]:
    """The latest first."""
    rows = db.execute(select(review).where(*_own(review, key)).order_by(review.c.position.desc()))
    return tuple(
        ReviewLine(row.version, row.words is None, _unmet(row.criteria, row.results), row.words, row.reviewed_on)
        for row in rows
    )


def recommendations_of(key: Key, until: int | None, db: Connection) -> tuple[str, ...]:
    """Those recorded with the visit (for the annual report: in the year), up to a position in the log."""
    rows = db.execute(select(recommendation).where(*_of_visit(recommendation, key, until)))
    return tuple(row.text for row in sorted(rows, key=lambda row: row.position))


def actions_of(key: Key, until: int | None, db: Connection) -> tuple[ActionLine, ...]:
    """Those agreed at the visit (for the annual report: in the year), up to a position in the log."""
    rows = db.execute(select(action).where(*_of_visit(action, key, until)))
    return tuple(ActionLine(r.text, r.owner, r.due, r.success) for r in sorted(rows, key=lambda row: row.position))


def _unmet(criteria: int, results: str) -> tuple[str, ...]:
    met = msgspec.json.decode(results, type=dict[str, bool])
    return tuple(each.sentence for each in criteria_of(criteria) if not met.get(each.criterion))


def _own(table: Table, key: Key) -> list[ColumnElement[bool]]:
    urn, year, document = key
    return [table.c.urn == urn, table.c.year == year, table.c.document == document]


def _of_visit(table: Table, key: Key, until: int | None) -> list[ColumnElement[Any]]:
    urn, year, document = key
    wanted: list[ColumnElement[Any]] = [table.c.urn == urn, table.c.year == year]
    if document != "annual-report":
        wanted.append(table.c.visit == document)
    if until is not None:
        wanted.append(table.c.position < until)
    return wanted
