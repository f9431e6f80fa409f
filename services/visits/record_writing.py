"""Starting, writing and handing over a document: who holds the pen, and that no saving overwrites another unseen."""

from collections.abc import Sequence

from services.core.authorisation import Role
from services.core.deciders import Context, Refused
from services.core.events import Event
from services.visits.criteria import LATEST_CRITERIA
from services.visits.events import DOCUMENT_WORDS, RecordStarted, RecordSubmitted, SectionWritten
from services.visits.forms import LATEST_FORM, Section
from services.visits.record_author import visit_of
from services.visits.record_commands import RecordCommand, StartRecord, SubmitRecord, WriteSection
from services.visits.record_facts import Facts
from services.visits.record_state import Record, evolve

OF_THE_SCHOOL = (Role.HEADTEACHER.value, Role.CHAIR.value)


def start(command: StartRecord, record: Record, context: Context) -> Sequence[Event]:
    if record.phase != "none":
        return []
    if context.role not in OF_THE_SCHOOL or command.document == "annual-report":
        check_author(command, context)
    return [_started(command, context)]


def write(command: WriteSection, record: Record, context: Context) -> Sequence[Event]:
    begun: list[Event] = []
    if record.phase == "none":
        begun = [_started(command, context)]
        record = evolve(record, begun[0])
    section = record.section(command.document, command.section)
    if section is None:
        raise Refused(f"The {DOCUMENT_WORDS[command.document]} has no such section.", "section")
    _check_pen(command, section, record, context)
    if command.text and section.choices and command.text not in section.choices:
        raise Refused(f"Choose one of: {', '.join(section.choices)}. Nothing more is recorded here.", "text")
    revision = record.revisions.get(command.section, 0)
    if command.revision != revision:
        words = "Somebody saved this section after you opened it. Put both texts together, then save again."
        raise Refused(words, "revision")
    person = text_of(command, command.section, record)
    written = SectionWritten(
        command.urn,
        command.year,
        command.document,
        section.part,
        command.section,
        revision + 1,
        person,
        command.text,
    )
    return [*begun, written]


def submit(command: SubmitRecord, record: Record, context: Context) -> Sequence[Event]:
    check_author(command, context)
    if record.phase == "submitted":
        return []
    _check_being_written(command, record)
    facts: Facts = context.facts
    if facts.hands.held is None:
        raise Refused(f"{_visit_title(command.document)} has not been held yet, so there is nothing to hand over.")
    own = [name for name in record.revisions if name not in record.redacted]
    if not any(part.part == "adviser" for name in own if (part := record.section(command.document, name))):
        raise Refused("Nothing has been written in the adviser's part yet.")
    return [RecordSubmitted(command.urn, command.year, command.document, record.issued + 1)]


def check_author(command: RecordCommand, context: Context) -> None:
    """Raises Refused when another asks than the adviser whose draft it is today."""
    facts: Facts = context.facts
    author = facts.hands.author(command.document, context.today)
    if author is None:
        raise Refused("The school has no Link Adviser and the visit no adviser yet, so nobody can write this.")
    if context.actor != author:
        raise Refused(f"Only the adviser who writes the {DOCUMENT_WORDS[command.document]} may do this.")


def text_of(command: RecordCommand, section: str, record: Record) -> str:
    """Whose key seals a section's text: one for each section, and another after each redaction."""
    redactions = record.redactions.get(section, 0)
    return f"record-{command.urn}-{command.year}-{command.document}-{section}-{redactions}"


def _started(command: RecordCommand, context: Context) -> RecordStarted:
    facts: Facts = context.facts
    if command.document == "annual-report" and facts.hands.held is None:
        raise Refused("The annual report is begun when visit 3 has been held.", "document")
    return RecordStarted(command.urn, command.year, command.document, LATEST_FORM, LATEST_CRITERIA)


def _check_pen(command: WriteSection, section: Section, record: Record, context: Context) -> None:
    if section.part == "school":
        if context.role not in OF_THE_SCHOOL:
            raise Refused("This part is the school's: its head or chair writes it.", "section")
        if record.sent:
            words = "The adviser has handed the record over, so the school's part is closed. Say it in your answer."
            raise Refused(words, "section")
        return
    if context.role in OF_THE_SCHOOL:
        raise Refused("This part is the adviser's.", "section")
    check_author(command, context)
    _check_being_written(command, record)


def _check_being_written(command: RecordCommand, record: Record) -> None:
    if record.phase == "none":
        raise Refused("Nothing has been written yet.")
    if record.phase != "writing":
        in_review = "It is with quality assurance: it can be changed when it is returned."
        raise Refused(
            in_review if record.phase in ("submitted", "passed") else "It has been issued: begin a correction first."
        )


def _visit_title(document: str) -> str:
    visit = visit_of(document)
    return "The IP day" if visit == "ip" else f"Visit {visit}"
