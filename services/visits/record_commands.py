"""What can be asked of a document. None of it can name visit 4, which leaves no record (VR2)."""

from typing import Annotated, Literal

from msgspec import Meta

from services.core.commands import AcademicYear, Command, LongText, Reference, Urn, command
from services.visits.forms import DocumentName

SectionText = Annotated[str, Meta(max_length=10_000)]
Version = Annotated[int, Meta(ge=1, le=1000, description="The issued version that was read")]
Rule = Literal["performance management is not recorded", "nobody may be recognised", "erasure was asked for"]


class AboutRecord(Command, frozen=True):
    """Base of the commands about one document."""

    urn: Urn
    year: AcademicYear
    document: DocumentName


@command("visits.StartRecord")
class StartRecord(AboutRecord, frozen=True):
    """Open a document for writing."""


@command("visits.WriteSection")
class WriteSection(AboutRecord, frozen=True):
    """Save a section. `revision` is the one that the writer had before them, 0 when nothing was saved yet; no text
    clears it."""

    section: Reference
    text: SectionText
    revision: Annotated[int, Meta(ge=0, le=1_000_000)]


@command("visits.SubmitRecord")
class SubmitRecord(AboutRecord, frozen=True):
    """Hand a document over for quality assurance."""


@command("visits.PassRecord")
class PassRecord(AboutRecord, frozen=True):
    """A document meets the quality criteria: `results` has each, by its code."""

    results: dict[Reference, bool]


@command("visits.ReturnRecord")
class ReturnRecord(AboutRecord, frozen=True):
    """Give a document back to its adviser, with what to change."""

    results: dict[Reference, bool]
    words: LongText


@command("visits.IssueRecord")
class IssueRecord(AboutRecord, frozen=True):
    """Issue a document to head and chair. `changes` says what is different and why, from the second version on."""

    changes: LongText | None = None


@command("visits.AnswerRecord")
class AnswerRecord(AboutRecord, frozen=True):
    """The head's answer to an issued version; words are needed when it is inaccurate."""

    version: Version
    answer: Literal["accurate", "inaccurate"]
    words: LongText | None = None


@command("visits.BeginCorrection")
class BeginCorrection(AboutRecord, frozen=True):
    """Open an issued document for a further version. A reason must be given with the command."""


@command("visits.RefuseCorrection")
class RefuseCorrection(AboutRecord, frozen=True):
    """Leave a document as it was issued although the head called it inaccurate, and say why."""

    words: LongText


@command("visits.RedactSection")
class RedactSection(AboutRecord, frozen=True):
    """Destroy what a section ever held, under a rule. A reason that repeats nothing of the content must be given with
    the command."""

    section: Reference
    rule: Rule


RecordCommand = (
    StartRecord
    | WriteSection
    | SubmitRecord
    | PassRecord
    | ReturnRecord
    | IssueRecord
    | AnswerRecord
    | BeginCorrection
    | RefuseCorrection
    | RedactSection
)


def record_stream(command: RecordCommand) -> str:
    return f"visits.record-{command.urn}-{command.year}-{command.document}"
