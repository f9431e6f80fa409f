"""The state of one document: what was written, how often, and how far it has come."""

from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from services.core.events import Event
from services.visits.events import (
    CorrectionBegun,
    CorrectionRefused,
    RecordAnswered,
    RecordIssued,
    RecordPassed,
    RecordReturned,
    RecordStarted,
    RecordSubmitted,
    SectionRedacted,
    SectionWritten,
)
from services.visits.forms import Section, section_of

Phase = Literal["none", "writing", "submitted", "passed", "issued", "disputed", "settled"]
"""Disputed: the head called it inaccurate. Settled: the head called it accurate, or a correction was refused."""


class Record(Struct, frozen=True):
    """`revisions` counts the savings of each section, `redactions` how often its text was destroyed; `sent` once it was
    first handed over for quality assurance; `issued` is the last version that was issued."""

    phase: Phase = "none"
    form: int = 0
    criteria: int = 0
    revisions: dict[str, int] = {}
    redactions: dict[str, int] = {}
    redacted: frozenset[str] = frozenset()
    sent: bool = False
    issued: int = 0

    def section(self, document: str, section: str) -> Section | None:
        return section_of(document, section, self.form)


def evolve(record: Record, event: Event) -> Record:
    match event:
        case RecordStarted(form=form, criteria=criteria):
            return replace(record, phase="writing", form=form, criteria=criteria)
        case SectionWritten(section=section, revision=revision):
            revisions = {**record.revisions, section: revision}
            return replace(record, revisions=revisions, redacted=record.redacted - {section})
        case SectionRedacted(section=section):
            redactions = {**record.redactions, section: record.redactions.get(section, 0) + 1}
            return replace(record, redactions=redactions, redacted=record.redacted | {section})
        case RecordSubmitted():
            return replace(record, phase="submitted", sent=True)
        case RecordReturned() | CorrectionBegun():
            return replace(record, phase="writing")
        case RecordPassed():
            return replace(record, phase="passed")
        case RecordIssued(version=version):
            return replace(record, phase="issued", issued=version)
        case RecordAnswered(answer=answer):
            return replace(record, phase="disputed" if answer == "inaccurate" else "settled")
        case CorrectionRefused():
            return replace(record, phase="settled")
    return record
