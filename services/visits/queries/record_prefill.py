"""The annual report begins with what the year's issued records say; the adviser finishes it."""

from sqlalchemy import select

from services.core.service import Reading
from services.visits.events import DOCUMENT_WORDS
from services.visits.forms import Section
from services.visits.projections.record_tables import record
from services.visits.queries.record_lines import issued_in
from services.visits.queries.record_texts import Texts


def prefill(section: Section, urn: int, year: int, reading: Reading) -> str | None:
    """What the sources of a section say in their last issued versions; None when they say nothing."""
    said = [_said(urn, year, document, source, reading) for document, source in section.sources]
    return "\n\n".join(part for part in said if part) or None


def _said(urn: int, year: int, document: str, section: str, reading: Reading) -> str | None:
    c, key = record.c, (urn, year, document)
    last = reading.db.scalar(select(c.issued).where(c.urn == urn, c.year == year, c.document == document))
    issued = issued_in(key, last, reading.db) if last else None
    text = Texts(key, reading).read(section, issued[0].get(section, 0)) if issued else None
    return f"From the {DOCUMENT_WORDS[document]}:\n{text.words}" if text and text.words else None
