"""Quality assurance of a document: by another person than its author, against every criterion of its list."""

from collections.abc import Sequence

from services.core.deciders import Context, Refused
from services.core.events import Event
from services.visits.criteria import criteria_of
from services.visits.events import RecordPassed, RecordReturned
from services.visits.record_commands import PassRecord, ReturnRecord
from services.visits.record_facts import Facts
from services.visits.record_state import Record


def pass_(command: PassRecord, record: Record, context: Context) -> Sequence[Event]:
    _check_reviewer(command, record, context)
    if not all(command.results.values()):
        raise Refused("A record passes when it meets every criterion. Return it, and say what to change.", "results")
    version = record.issued + 1
    return [RecordPassed(command.urn, command.year, command.document, version, record.criteria, command.results)]


def give_back(command: ReturnRecord, record: Record, context: Context) -> Sequence[Event]:
    _check_reviewer(command, record, context)
    return [
        RecordReturned(
            command.urn,
            command.year,
            command.document,
            record.issued + 1,
            record.criteria,
            command.results,
            command.words,
        )
    ]


def _check_reviewer(command: PassRecord | ReturnRecord, record: Record, context: Context) -> None:
    if record.phase != "submitted":
        raise Refused("This is not waiting for quality assurance.")
    facts: Facts = context.facts
    if context.actor in facts.writers or context.actor == facts.hands.author(command.document, context.today):
        raise Refused("Nobody assures the quality of their own record: a colleague must do it.")
    if set(command.results) != {each.criterion for each in criteria_of(record.criteria)}:
        raise Refused("Say of each criterion whether it is met.", "results")
