"""Redaction: what a section or a concern held is put beyond use by destroying its key; that it was, and under which
rule, stays."""

from collections.abc import Sequence

from services.core.deciders import Context, Refused
from services.core.events import Event
from services.core.policies import Effect
from services.visits.events import ConcernRedacted, SectionRedacted
from services.visits.record_commands import RedactSection
from services.visits.record_state import Record
from services.visits.record_writing import text_of


def redact(command: RedactSection, record: Record, context: Context) -> Sequence[Event]:
    if not (context.reason or "").strip():
        raise Refused("Give the reason, without repeating what the section holds: it can't be undone.", "reason")
    if command.section not in record.revisions:
        raise Refused("Nothing was ever written in this section.", "section")
    if command.section in record.redacted:
        return []
    person = text_of(command, command.section, record)
    return [SectionRedacted(command.urn, command.year, command.document, command.section, person, command.rule)]


destroy_texts = Effect("visits.destroy_texts", SectionRedacted, lambda redacted, keys: keys.erase(redacted.person))
destroy_texts_of_concerns = Effect(
    "visits.destroy_texts_of_concerns", ConcernRedacted, lambda redacted, keys: keys.erase(redacted.person)
)
