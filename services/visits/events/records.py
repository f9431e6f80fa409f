"""Records of visit and the annual report, from the first draft to the head's answer, and who opened them."""

from datetime import date
from typing import Annotated

from msgspec import Meta

from services.core.audience import Audience
from services.core.events import AcademicYear, Event, Personal, PersonId, Urn, event
from services.visits.events.texts import TextOf

Document = Annotated[
    str,
    Meta(description="1, 2, 3 or ip: the record of that visit; annual-report: the report to governors. Never 4 (VR2)"),
]

DOCUMENT_WORDS = {
    "1": "record of visit 1",
    "2": "record of visit 2",
    "3": "record of visit 3",
    "ip": "record of the IP day",
    "annual-report": "annual report to governors",
}


@event("visits.RecordStarted")
class RecordStarted(Event, frozen=True, gc=False):
    """A document was opened for writing, on a version of its form and of the quality criteria."""

    urn: Urn
    year: AcademicYear
    document: Document
    form: int
    criteria: int

    def says(self) -> str:
        return f"The {DOCUMENT_WORDS[self.document]} was started"


@event("visits.SectionWritten")
class SectionWritten(Event, frozen=True, gc=False):
    """A section of a document was saved. `part` is school or adviser; `revision` counts that section's savings, so
    that of two people who write at once neither overwrites the other unseen. Drafts stand on no timeline: an
    issued document does."""

    audience = Audience.COUNTY

    urn: Urn
    year: AcademicYear
    document: Document
    part: str
    section: str
    revision: int
    person: TextOf
    text: Personal

    def concerns(self) -> tuple[int, ...]:
        return ()

    def says(self) -> str:
        return f"Section {self.section} of the {DOCUMENT_WORDS[self.document]} was saved"


@event("visits.SectionRedacted")
class SectionRedacted(Event, frozen=True, gc=False):
    """What a section held was put beyond use: its key was destroyed. `rule` says under which rule; nothing of the
    content stands here."""

    urn: Urn
    year: AcademicYear
    document: Document
    section: str
    person: TextOf
    rule: str

    def says(self) -> str:
        return f"A section of the {DOCUMENT_WORDS[self.document]} was redacted ({self.rule})"


@event("visits.RecordSubmitted")
class RecordSubmitted(Event, frozen=True, gc=False):
    """The adviser handed a document over for quality assurance. `version` counts what is meant to be issued."""

    audience = Audience.COUNTY

    urn: Urn
    year: AcademicYear
    document: Document
    version: int

    def says(self) -> str:
        return f"The {DOCUMENT_WORDS[self.document]} (version {self.version}) was handed over for quality assurance"


@event("visits.RecordPassed")
class RecordPassed(Event, frozen=True, gc=False):
    """A document passed quality assurance. `results` has each criterion of the version `criteria`, met or not."""

    audience = Audience.COUNTY

    urn: Urn
    year: AcademicYear
    document: Document
    version: int
    criteria: int
    results: dict[str, bool]

    def says(self) -> str:
        return f"The {DOCUMENT_WORDS[self.document]} (version {self.version}) passed quality assurance"


@event("visits.RecordReturned")
class RecordReturned(Event, frozen=True, gc=False):
    """Quality assurance gave a document back to its adviser, with what to change (`words`)."""

    audience = Audience.COUNTY

    urn: Urn
    year: AcademicYear
    document: Document
    version: int
    criteria: int
    results: dict[str, bool]
    words: str

    def says(self) -> str:
        return f"The {DOCUMENT_WORDS[self.document]} (version {self.version}) was returned by quality assurance"


@event("visits.RecordIssued")
class RecordIssued(Event, frozen=True, gc=False):
    """A document was issued, to the head and the chair alike (VR9). `sections` gives the revision of each section in
    it; `changes` what is different from the version before and why, from the second on."""

    urn: Urn
    year: AcademicYear
    document: Document
    version: int
    sections: dict[str, int]
    to: tuple[str, ...]
    changes: str | None = None

    def says(self) -> str:
        return f"The {DOCUMENT_WORDS[self.document]} (version {self.version}) was issued to head and chair"


@event("visits.RecordAnswered")
class RecordAnswered(Event, frozen=True, gc=False):
    """The head answered an issued document: accurate or inaccurate, with words."""

    urn: Urn
    year: AcademicYear
    document: Document
    version: int
    answer: str
    words: str | None = None

    def says(self) -> str:
        said = f": {self.words}" if self.words else ""
        return f"The head called the {DOCUMENT_WORDS[self.document]} (version {self.version}) {self.answer}{said}"


@event("visits.CorrectionBegun")
class CorrectionBegun(Event, frozen=True, gc=False):
    """An issued document is being corrected: a further version will follow, this one stays. The reason stands with
    the event."""

    urn: Urn
    year: AcademicYear
    document: Document
    version: int

    def says(self) -> str:
        return f"The {DOCUMENT_WORDS[self.document]} (version {self.version}) is being corrected"


@event("visits.CorrectionRefused")
class CorrectionRefused(Event, frozen=True, gc=False):
    """The document stays as it was issued although the head called it inaccurate; `words` say why. Both are kept."""

    urn: Urn
    year: AcademicYear
    document: Document
    version: int
    words: str

    def says(self) -> str:
        return f"The {DOCUMENT_WORDS[self.document]} (version {self.version}) stays as it is: {self.words}"


@event("visits.PaperOpened")
class PaperOpened(Event, frozen=True, gc=False):
    """Somebody opened a paper about a school: `paper` is such as record-2022-1-v1 or concern-A7. Once a day for each
    reader. The head sees this log; it stands on no timeline."""

    urn: Urn
    paper: str
    reader: PersonId
    role: str
    day: date

    def concerns(self) -> tuple[int, ...]:
        return ()

    def says(self) -> str:
        return f"{self.paper} was opened"
