"""Issuing a document to head and chair alike (VR9), the head's answer, and what follows when it is inaccurate."""

from collections.abc import Sequence

from services.core.authorisation import Role
from services.core.deciders import Context, Refused
from services.core.events import Event
from services.visits.events import CorrectionBegun, CorrectionRefused, RecordAnswered, RecordIssued
from services.visits.record_commands import AnswerRecord, BeginCorrection, IssueRecord, RecordCommand, RefuseCorrection
from services.visits.record_state import Record
from services.visits.record_writing import check_author

RECIPIENTS = (Role.HEADTEACHER.value, Role.CHAIR.value)


def issue(command: IssueRecord, record: Record, context: Context) -> Sequence[Event]:
    _check_author_or_manager(command, context)
    if record.phase != "passed":
        raise Refused("A record is issued once it has passed quality assurance.")
    if record.issued and not command.changes:
        raise Refused("Say what is different from the version before, and why.", "changes")
    version, changes = record.issued + 1, command.changes if record.issued else None
    return [RecordIssued(command.urn, command.year, command.document, version, record.revisions, RECIPIENTS, changes)]


def answer(command: AnswerRecord, record: Record, context: Context) -> Sequence[Event]:
    if not record.issued:
        raise Refused("This has not been issued yet.")
    if command.version != record.issued:
        raise Refused(f"Version {record.issued} was issued since. Read that one, and answer it.", "version")
    if record.phase != "issued":
        raise Refused("This version is answered already, or is being corrected.")
    if command.answer == "inaccurate" and not (command.words or "").strip():
        raise Refused("Say what is inaccurate, in your own words.", "words")
    return [RecordAnswered(command.urn, command.year, command.document, command.version, command.answer, command.words)]


def begin_correction(command: BeginCorrection, record: Record, context: Context) -> Sequence[Event]:
    _check_author_or_manager(command, context)
    if not (context.reason or "").strip():
        raise Refused("Give the reason.", "reason")
    if record.phase not in ("issued", "disputed", "settled"):
        raise Refused("Only what has been issued can be corrected.")
    return [CorrectionBegun(command.urn, command.year, command.document, record.issued)]


def refuse_correction(command: RefuseCorrection, record: Record, context: Context) -> Sequence[Event]:
    _check_author_or_manager(command, context)
    if record.phase != "disputed":
        raise Refused("The head has not called this version inaccurate, so there is nothing to refuse.")
    return [CorrectionRefused(command.urn, command.year, command.document, record.issued, command.words)]


def _check_author_or_manager(command: RecordCommand, context: Context) -> None:
    if context.role != Role.PROGRAMME_MANAGER.value:
        check_author(command, context)
