"""What the sections of a document said at each saving, and what was redacted."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from msgspec import Struct
from sqlalchemy import Row, select

from services.core.keys import Sealed
from services.core.service import Reading
from services.visits.projections.record_tables import redaction, text
from services.visits.queries.record_lines import Key


class Redacted(Struct, frozen=True):
    """That a text was put beyond use, when, and under which rule (neither, for the moment until that is known here)."""

    rule: str
    on: date | None


class Text(Struct, frozen=True):
    """A saved text. `words` is None once it was redacted."""

    words: str | None
    redacted: Redacted | None
    on: date


class Texts:
    """Every saved text of one document, opened as it is asked for."""

    def __init__(self, key: Key, reading: Reading) -> None:
        urn, year, document = key
        c, self._reading = text.c, reading
        own = select(text).where(c.urn == urn, c.year == year, c.document == document).order_by(c.revision)
        self._rows: dict[tuple[str, int], Row[Any]] = {(r.section, r.revision): r for r in reading.db.execute(own)}
        self.latest: Mapping[str, int] = dict(self._rows.keys())

    def read(self, section: str, revision: int) -> Text | None:
        """What a section said at that revision; None when it was never saved so often."""
        row = self._rows.get((section, revision))
        if row is None:
            return None
        found = self._reading.db.execute(select(redaction).where(redaction.c.person == row.person)).one_or_none()
        if found:
            return Text(None, Redacted(found.rule, found.redacted_on), row.saved_on)
        words = self._reading.open(Sealed.unpack(row.sealed))
        return Text(words, Redacted("", None) if words is None else None, row.saved_on)
