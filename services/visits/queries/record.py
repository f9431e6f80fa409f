"""One document: as it is being written, or as a version of it was issued; and how a draft would be judged."""

from typing import Annotated

from msgspec import Meta, Struct
from msgspec.structs import replace
from sqlalchemy import select

from services.core.authorisation import Role
from services.core.commands import AcademicYear, Query, Reference, Urn, query
from services.core.schemas import Invalid
from services.core.service import Reading
from services.visits.criteria import LATEST_CRITERIA
from services.visits.forms import LATEST_FORM, DocumentName, section_of, sections_of
from services.visits.projections.record_tables import record
from services.visits.quality import Draft, Judgement, judge
from services.visits.queries.record_access import access, hands_of
from services.visits.queries.record_header import Header, Person, header_of, person_of
from services.visits.queries.record_lines import (
    ActionLine,
    Key,
    ReviewLine,
    VersionLine,
    actions_of,
    issued_in,
    recommendations_of,
    reviews_of,
    versions_of,
)
from services.visits.queries.record_prefill import prefill
from services.visits.queries.record_sections import SectionLine, as_issued, as_it_stands, asked_for, redactable
from services.visits.queries.record_texts import Texts
from services.visits.queries.record_words import document_title, seen_as, state_words
from services.visits.record_commands import SectionText
from services.visits.record_state import Phase


@query("visits.Record")
class RecordOf(Query, frozen=True):
    """One document of a school's year: as it stands, or as it was issued in a version."""

    urn: Urn
    year: AcademicYear
    document: DocumentName
    version: Annotated[int, Meta(ge=1, le=1000)] | None = None


class DraftText(Struct, frozen=True):
    """What somebody has typed in a section, saved or not."""

    section: Reference
    text: SectionText


@query("visits.CheckDraft")
class CheckDraft(Query, frozen=True):
    """How the typed texts of an adviser's part stand against the quality criteria."""

    urn: Urn
    year: AcademicYear
    document: DocumentName
    texts: tuple[DraftText, ...]


class RecordPaper(Struct, frozen=True):
    """A document. `version` is the one that is shown, None where it is the working text; `issued` the last one; `sent`
    once it was handed over, which closes the school's part; `redactable` has code and title of what data protection may
    redact. Those who see the adviser's draft see it judged by the
    `criteria`."""

    urn: int
    year: int
    document: str
    title: str
    phase: Phase
    state: str
    sent: bool
    version: int | None
    issued: int
    author: Person | None
    header: Header
    sections: tuple[SectionLine, ...]
    recommendations: tuple[str, ...]
    actions: tuple[ActionLine, ...]
    versions: tuple[VersionLine, ...]
    criteria: tuple[Judgement, ...]
    reviews: tuple[ReviewLine, ...]
    redactable: tuple[tuple[str, str], ...]


class _Stored(Struct, frozen=True):
    """What is stored of the document itself, or what it begins with."""

    phase: Phase = "none"
    form: int = LATEST_FORM
    criteria: int = LATEST_CRITERIA
    issued: int = 0
    sent: bool = False


def record_of(asked: RecordOf, reading: Reading) -> RecordPaper:
    """Raises Invalid when there is no such version."""
    key, viewer, db = (asked.urn, asked.year, asked.document), reading.viewer(), reading.db
    stored = _stored(key, reading)
    author = hands_of(*key, db).author(asked.document, viewer.today)
    allowed = access(viewer, asked.urn, stored.phase, author)
    issued = issued_in(key, asked.version or stored.issued, db)
    if asked.version and issued is None:
        raise Invalid({"version": [f"There is no version {asked.version} of this document"]})
    header = header_of(*key, viewer.today, reading)
    form, texts, revisions = sections_of(asked.document, stored.form), Texts(key, reading), issued[0] if issued else {}
    until = issued[1] if issued and asked.version else None
    recommendations = recommendations_of(key, until, db)
    criteria: tuple[Judgement, ...] = ()
    if asked.version:
        sections = as_issued(form, revisions, texts)
    else:
        sections = as_it_stands(form, header, allowed, revisions, texts)
        if allowed.adviser_part:
            sections = tuple(_with_prefill(key, line, reading) for line in sections)
            said = {line.section: line.text or "" for line in sections}
            criteria = _judged(key, stored, header, said, len(recommendations))
    seen = seen_as(stored.phase, allowed.reviews)
    return RecordPaper(
        urn=asked.urn,
        year=asked.year,
        document=asked.document,
        title=document_title(asked.document),
        phase=seen,
        state=state_words(seen, stored.issued),
        sent=stored.sent,
        version=asked.version,
        issued=stored.issued,
        author=person_of(author, reading) if author else None,
        header=header,
        sections=sections,
        recommendations=recommendations,
        actions=actions_of(key, until, db),
        versions=versions_of(key, db),
        criteria=criteria,
        reviews=reviews_of(key, db) if allowed.reviews else (),
        redactable=redactable(form, texts) if viewer.has(Role.DATA_PROTECTION) else (),
    )


def check_draft(asked: CheckDraft, reading: Reading) -> tuple[Judgement, ...]:
    key, viewer = (asked.urn, asked.year, asked.document), reading.viewer()
    header = header_of(*key, viewer.today, reading)
    said = {text.section: text.text for text in asked.texts}
    return _judged(key, _stored(key, reading), header, said, len(recommendations_of(key, None, reading.db)))


def _judged(
    key: Key, stored: _Stored, header: Header, said: dict[str, str], recommendations: int
) -> tuple[Judgement, ...]:
    asked = asked_for(sections_of(key[2], stored.form), header)
    own = tuple(each for each in asked if each.part == "adviser")
    return judge(Draft(own, said, recommendations), stored.criteria)


def _with_prefill(key: Key, line: SectionLine, reading: Reading) -> SectionLine:
    section = section_of(key[2], line.section)
    if line.revision or section is None or not section.sources:
        return line
    return replace(line, prefill=prefill(section, key[0], key[1], reading))


def _stored(key: Key, reading: Reading) -> _Stored:
    c = record.c
    own = select(c.phase, c.form, c.criteria, c.issued, c.sent).where(
        c.urn == key[0], c.year == key[1], c.document == key[2]
    )
    row = reading.db.execute(own).one_or_none()
    return _Stored(*row) if row else _Stored()
