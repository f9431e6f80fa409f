"""How documents fold: every saved text as it was sealed, every review, every issued version and its answer."""

import msgspec

from services.core.envelope import RecordedEvent
from services.core.keys import Sealed
from services.core.projections import Projection
from services.core.times import london_day
from services.core.work import Work
from services.visits.events import (
    ActionAgreed,
    CorrectionBegun,
    CorrectionRefused,
    RecommendationMade,
    RecordAnswered,
    RecordIssued,
    RecordPassed,
    RecordReturned,
    RecordStarted,
    RecordSubmitted,
    SectionRedacted,
    SectionWritten,
)
from services.visits.projections.record_tables import (
    TABLES,
    action,
    recommendation,
    record,
    redaction,
    review,
    text,
    version,
)

records = Projection("visits.records", version=1, tables=TABLES)

OfRecord = (
    RecordSubmitted
    | RecordPassed
    | RecordReturned
    | RecordIssued
    | RecordAnswered
    | CorrectionBegun
    | CorrectionRefused
)


def _key(event: OfRecord) -> tuple[int, int, str]:
    return event.urn, event.year, event.document


@records.on(RecordStarted)
def _started(event: RecordStarted, recorded: RecordedEvent, work: Work) -> None:
    work.put(
        record,
        urn=event.urn,
        year=event.year,
        document=event.document,
        form=event.form,
        criteria=event.criteria,
        phase="writing",
        issued=0,
        sent=False,
        since=london_day(recorded.recorded_at),
    )


@records.on(SectionWritten)
def _written(event: SectionWritten, recorded: RecordedEvent, work: Work) -> None:
    work.put(
        text,
        urn=event.urn,
        year=event.year,
        document=event.document,
        section=event.section,
        revision=event.revision,
        part=event.part,
        person=event.person,
        sealed=Sealed(event.person, recorded.event_id, "text", event.text).pack(),
        writer=recorded.metadata.actor,
        saved_on=london_day(recorded.recorded_at),
    )


@records.on(SectionRedacted)
def _redacted(event: SectionRedacted, recorded: RecordedEvent, work: Work) -> None:
    work.put(redaction, person=event.person, rule=event.rule, redacted_on=london_day(recorded.recorded_at))


@records.on(RecordSubmitted)
def _submitted(event: RecordSubmitted, recorded: RecordedEvent, work: Work) -> None:
    _move(event, "submitted", recorded, work)
    work.change(record, _key(event), sent=True)


@records.on(RecordPassed)
def _passed(event: RecordPassed, recorded: RecordedEvent, work: Work) -> None:
    _move(event, "passed", recorded, work)
    _review(event, None, recorded, work)


@records.on(RecordReturned)
def _returned(event: RecordReturned, recorded: RecordedEvent, work: Work) -> None:
    _move(event, "writing", recorded, work)
    _review(event, event.words, recorded, work)


def _review(event: RecordPassed | RecordReturned, words: str | None, recorded: RecordedEvent, work: Work) -> None:
    work.put(
        review,
        urn=event.urn,
        year=event.year,
        document=event.document,
        position=recorded.position,
        version=event.version,
        criteria=event.criteria,
        results=msgspec.json.encode(event.results).decode(),
        words=words,
        reviewed_on=london_day(recorded.recorded_at),
    )


@records.on(RecordIssued)
def _issued(event: RecordIssued, recorded: RecordedEvent, work: Work) -> None:
    _move(event, "issued", recorded, work)
    work.change(record, _key(event), issued=event.version, answer=None)
    work.put(
        version,
        urn=event.urn,
        year=event.year,
        document=event.document,
        version=event.version,
        sections=msgspec.json.encode(event.sections).decode(),
        position=recorded.position,
        issued_on=london_day(recorded.recorded_at),
        changes=event.changes,
    )


@records.on(RecordAnswered)
def _answered(event: RecordAnswered, recorded: RecordedEvent, work: Work) -> None:
    _move(event, "disputed" if event.answer == "inaccurate" else "settled", recorded, work)
    work.change(record, _key(event), answer=event.answer)
    answered_on = london_day(recorded.recorded_at)
    key = (*_key(event), event.version)
    work.change(version, key, answer=event.answer, words=event.words, answered_on=answered_on)


@records.on(CorrectionBegun)
def _correction_begun(event: CorrectionBegun, recorded: RecordedEvent, work: Work) -> None:
    _move(event, "writing", recorded, work)
    work.change(version, (*_key(event), event.version), correction=recorded.metadata.reason)


@records.on(CorrectionRefused)
def _correction_refused(event: CorrectionRefused, recorded: RecordedEvent, work: Work) -> None:
    _move(event, "settled", recorded, work)
    work.change(version, (*_key(event), event.version), refusal=event.words)


def _move(event: OfRecord, phase: str, recorded: RecordedEvent, work: Work) -> None:
    work.change(record, _key(event), phase=phase, since=london_day(recorded.recorded_at))


@records.on(RecommendationMade)
def _recommended(event: RecommendationMade, recorded: RecordedEvent, work: Work) -> None:
    work.put(
        recommendation,
        urn=event.urn,
        recommendation=event.recommendation,
        year=event.year,
        visit=event.visit,
        text=event.text,
        position=recorded.position,
    )


@records.on(ActionAgreed)
def _action_agreed(event: ActionAgreed, recorded: RecordedEvent, work: Work) -> None:
    work.put(
        action,
        urn=event.urn,
        action=event.action,
        year=event.year,
        visit=event.visit,
        text=event.text,
        owner=event.owner,
        due=event.due,
        success=event.success,
        position=recorded.position,
    )
