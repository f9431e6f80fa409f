"""A concern as one reader may see it: folded from those of its facts that are theirs to open."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from msgspec import Struct
from sqlalchemy import Row, Select, select

from services.core.audience import Audience
from services.core.keys import Sealed
from services.core.service import Reading
from services.core.times import from_micros
from services.visits.projections.concerns import concern_fact, redaction
from services.visits.queries.record_texts import Redacted

STATES = ("observed", "told", "alerted", "acknowledged", "decided", "reviewed", "closed")
"""How far a concern has come, by the furthest of its facts."""


class ConcernFact(Struct, frozen=True):
    """One thing that happened, the `fact`-th of the concern. `at` is when the school was told or the team alerted;
    `words` what was seen, decided, found or achieved, None where it was `redacted` (at the very moment of that by no
    rule known yet) or where nothing was written. `redactable` tells whether it can be put beyond use."""

    fact: int
    kind: str
    day: date
    role: str
    recorded_at: datetime
    aspect: str | None = None
    told: tuple[str, ...] = ()
    how: str | None = None
    at: datetime | None = None
    words: str | None = None
    requested_by: str | None = None
    reason: str | None = None
    next_review: date | None = None
    redacted: Redacted | None = None
    redactable: bool = False


class ConcernView(Struct, frozen=True):
    """What a reader knows of a concern. `gap_seconds` runs from the school's being told to the alert: below zero when
    the team was alerted first; None until both are known (VR7)."""

    urn: int
    concern: str
    state: str
    aspect: str | None
    observed: date | None
    told_at: datetime | None
    alerted_at: datetime | None
    gap_seconds: int | None
    acknowledged: date | None
    requested_by: str | None
    next_review: date | None
    closed: date | None
    facts: tuple[ConcernFact, ...]


def concerns_of(wanted: Select[Any], reading: Reading) -> tuple[ConcernView, ...]:
    """The concerns of which the reader may open any fact, in the order in which they came up.

    A concern is the authority's alone until the school was told of it, whatever else was done about it before."""
    viewer = reading.viewer()
    found: dict[tuple[int, str], list[ConcernFact]] = {}
    rows = reading.db.execute(wanted.order_by(concern_fact.c.position)).all()
    gone = {(r.urn, r.concern, r.fact): Redacted(r.rule, r.redacted_on) for r in reading.db.execute(select(redaction))}
    told = {(row.urn, row.concern) for row in rows if row.kind == "told"}
    for row in rows:
        for_school = row.kind != "observed" and (row.urn, row.concern) in told
        audience = Audience.CONFIDENTIAL if for_school else Audience.COUNTY
        if viewer.may_open(audience, row.urn, row.day):
            found.setdefault((row.urn, row.concern), []).append(_fact(row, gone, reading))
    # Who came later may learn that a text was redacted, which by itself makes no concern of theirs.
    steps = {key: facts for key, facts in found.items() if any(fact.kind in STATES for fact in facts)}
    return tuple(_folded(urn, concern, facts) for (urn, concern), facts in steps.items())


def _fact(row: Row[Any], gone: Mapping[tuple[int, str, int], Redacted], reading: Reading) -> ConcernFact:
    redacted = gone.get((row.urn, row.concern, row.fact))
    words = reading.open(Sealed.unpack(row.text)) if row.text and redacted is None else row.words
    if row.text and words is None:
        redacted = redacted or Redacted("", None)
    return ConcernFact(
        fact=row.fact,
        kind=row.kind,
        day=row.day,
        role=row.role,
        recorded_at=from_micros(row.recorded_at),
        aspect=row.aspect,
        told=tuple(row.told.split()) if row.told else (),
        how=row.how,
        at=from_micros(row.at) if row.at is not None else None,
        words=words,
        requested_by=row.requested_by,
        reason=row.reason,
        next_review=row.next_review,
        redacted=redacted,
        redactable=row.text is not None and redacted is None,
    )


def _folded(urn: int, concern: str, facts: list[ConcernFact]) -> ConcernView:
    days = {fact.kind: fact.day for fact in facts if fact.kind in STATES}
    told_at = min(_instants(facts, "told"), default=None)
    alerted_at = min(_instants(facts, "alerted"), default=None)
    reviews = [fact.next_review for fact in facts if fact.next_review]
    asked = [fact.requested_by for fact in facts if fact.requested_by]
    return ConcernView(
        urn=urn,
        concern=concern,
        state=max(days, key=STATES.index),
        aspect=next((fact.aspect for fact in facts if fact.aspect), None),
        observed=days.get("observed"),
        told_at=told_at,
        alerted_at=alerted_at,
        gap_seconds=int((alerted_at - told_at).total_seconds()) if told_at and alerted_at else None,
        acknowledged=days.get("acknowledged"),
        requested_by=asked[-1] if asked else None,
        next_review=reviews[-1] if reviews and "closed" not in days else None,
        closed=days.get("closed"),
        facts=tuple(facts),
    )


def _instants(facts: Iterable[ConcernFact], kind: str) -> list[datetime]:
    return [fact.at for fact in facts if fact.kind == kind and fact.at is not None]
