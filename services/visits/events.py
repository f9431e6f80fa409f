"""What visits publishes: records of visit, targets, self-evaluation, actions, concerns, reports, and that visit 4
was."""

from datetime import date, datetime, time
from typing import Annotated

from msgspec import Meta, Struct

from services.core.audience import Audience
from services.core.events import AcademicYear, Event, Personal, PersonId, Urn, event

Document = Annotated[
    str,
    Meta(description="1, 2, 3 or ip: the record of that visit; annual-report: the report to governors. Never 4 (VR2)"),
]
TextOf = Annotated[str, Meta(description="Whose key seals the text: the key can be destroyed, and the text with it")]
Percentage = Annotated[str, Meta(description="A decimal number, as text")]

DOCUMENT_WORDS = {
    "1": "record of visit 1",
    "2": "record of visit 2",
    "3": "record of visit 3",
    "ip": "record of the IP day",
    "annual-report": "annual report to governors",
}


class Target(Struct, frozen=True):
    """One row of a school's target form: a measure for all pupils (group all) or some (fsm, sen).

    A share of pupils has `count` of `cohort_size` and `percentage`; absence has a percentage alone. `estimate`,
    `data_version` and `earlier` are what was known when it was set; `explanation` is demanded by TR4 alone."""

    measure: str
    group: str
    percentage: Percentage
    count: int | None = None
    cohort_size: int | None = None
    estimate: str | None = None
    data_version: str | None = None
    earlier: str | None = None
    actions: str | None = None
    special_factors: str | None = None
    explanation: str | None = None


class Meeting(Struct, frozen=True):
    """One of the three meetings of visit 4: with the headteacher, with the governors, together. London wall time."""

    meeting: str
    starts: time
    ends: time
    roles: tuple[str, ...]


# Records of visit, and the annual report


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


# Targets


@event("visits.TargetsProposed")
class TargetsProposed(Event, frozen=True, gc=False):
    """A school's targets for the tests of the summer of `cohort`, all of them as one version that replaces the one
    before. `provisional` until the adviser's visit (TR5)."""

    urn: Urn
    cohort: int
    version: int
    targets: tuple[Target, ...]
    provisional: bool

    def says(self) -> str:
        again = f" (version {self.version}: to be agreed again)" if self.version > 1 else ""
        return f"Targets proposed for {self.cohort}{again}: {len(self.targets)} measures"


@event("visits.TargetCommented")
class TargetCommented(Event, frozen=True, gc=False):
    """The adviser's comment on one target: `suitability` is suitable, unrealistic or not_challenging."""

    urn: Urn
    cohort: int
    version: int
    measure: str
    group: str
    suitability: str
    comment: str

    def says(self) -> str:
        return f"The adviser called the target for {self.measure} ({self.group}) {self.suitability.replace('_', ' ')}"


@event("visits.TargetsAgreed")
class TargetsAgreed(Event, frozen=True, gc=False):
    """One party agreed a version of the targets: `by` is headteacher, chair_of_governors or adviser."""

    urn: Urn
    cohort: int
    version: int
    by: str

    def says(self) -> str:
        return f"The {self.by.replace('_', ' ')} agreed the targets for {self.cohort}"


@event("visits.TargetsSanctioned")
class TargetsSanctioned(Event, frozen=True, gc=False):
    """The governing body sanctioned the agreed targets at its meeting. True from `meeting`. `statute` names the law
    under which they were statutory on that day; null when none was in force (TR3)."""

    urn: Urn
    cohort: int
    version: int
    meeting: date
    statute: str | None = None

    def says(self) -> str:
        kind = "statutory" if self.statute else "non-statutory"
        return f"The governing body sanctioned the {kind} targets for {self.cohort}"


@event("visits.AbsenceLimitsRecorded")
class AbsenceLimitsRecorded(Event, frozen=True, gc=False):
    """What an absence target of the cohort may not be above without an explanation (TR4): the median of schools with
    similar FSM, the school's own absence in 2007/08, its target for 2009/10; null where none is known."""

    urn: Urn
    cohort: int
    similar_schools: Percentage | None
    own_actual: Percentage | None
    earlier_target: Percentage | None

    def says(self) -> str:
        return f"Limits of the absence target for {self.cohort} recorded"


# Self-evaluation and grades


@event("visits.SefDue")
class SefDue(Event, frozen=True, gc=False):
    """The self-evaluation form is due 14 days before visit 2 (VR1), or at once when the visit was booked at shorter
    notice (`notice_short`)."""

    urn: Urn
    year: AcademicYear
    visit_day: date
    due: date
    notice_short: bool

    def says(self) -> str:
        short = " (the visit was booked at short notice)" if self.notice_short else ""
        return f"The SEF is due by {self.due:%-d %B %Y}{short}"


@event("visits.SefOverdue")
class SefOverdue(Event, frozen=True, gc=False):
    """The SEF had not come by the end of `due`. True from the day after. Moving the visit does not undo this (VR1)."""

    urn: Urn
    year: AcademicYear
    due: date

    def says(self) -> str:
        return f"The SEF had not come by {self.due:%-d %B %Y}"


@event("visits.SefReceived")
class SefReceived(Event, frozen=True, gc=False):
    """The SEF came. True from `received`. `due` is the earliest day that it was late against, or the day it was due;
    `days_late` is 0 when it came in time."""

    urn: Urn
    year: AcademicYear
    received: date
    due: date
    days_late: int

    def says(self) -> str:
        late = f"{self.days_late} days late" if self.days_late != 1 else "1 day late"
        return f"The SEF was received {late if self.days_late else 'on time'}"


@event("visits.SchoolGraded")
class SchoolGraded(Event, frozen=True, gc=False):
    """The school's own grade under a heading, in the words of an inspection framework, with its evidence. `occasion`
    is the visit (2 or ip)."""

    urn: Urn
    year: AcademicYear
    occasion: str
    framework: str
    heading: str
    grade: str
    evidence: str

    def says(self) -> str:
        return f"The school graded itself {self.grade} for {self.heading}"


@event("visits.GradeAgreed")
class GradeAgreed(Event, frozen=True, gc=False):
    """School and adviser agreed a grade under a heading."""

    urn: Urn
    year: AcademicYear
    occasion: str
    framework: str
    heading: str
    grade: str

    def says(self) -> str:
        return f"Grade agreed for {self.heading}: {self.grade}"


@event("visits.GradeDisputed")
class GradeDisputed(Event, frozen=True, gc=False):
    """School and adviser do not agree under a heading: both grades, each in its party's own words (GR1)."""

    urn: Urn
    year: AcademicYear
    occasion: str
    framework: str
    heading: str
    school_grade: str
    adviser_grade: str
    school_words: str
    adviser_words: str

    def says(self) -> str:
        return f"No agreement on {self.heading}: the school says {self.school_grade}, the adviser {self.adviser_grade}"


@event("visits.GradeModerated")
class GradeModerated(Event, frozen=True, gc=False):
    """A disagreement was moderated. Both texts stay; `grade` is null when moderation found none that both can hold."""

    urn: Urn
    year: AcademicYear
    occasion: str
    framework: str
    heading: str
    grade: str | None
    words: str

    def says(self) -> str:
        return f"Moderated for {self.heading}: {self.grade or 'no agreed grade'}"


@event("visits.LaGradeSet")
class LaGradeSet(Event, frozen=True, gc=False):
    """The authority's own grade for the school under a heading; the other grades stay as they are."""

    urn: Urn
    year: AcademicYear
    occasion: str
    framework: str
    heading: str
    grade: str
    rationale: str

    def says(self) -> str:
        return f"The authority's grade for {self.heading}: {self.grade}"


# Recommendations and actions


@event("visits.RecommendationMade")
class RecommendationMade(Event, frozen=True, gc=False):
    """A key recommendation of a visit."""

    urn: Urn
    year: AcademicYear
    visit: str
    recommendation: str
    text: str

    def says(self) -> str:
        return f"Recommended: {self.text}"


@event("visits.ActionAgreed")
class ActionAgreed(Event, frozen=True, gc=False):
    """An action agreed at a visit: who owns it (a role, never a name), by when, and how success will be seen."""

    urn: Urn
    year: AcademicYear
    visit: str
    action: str
    text: str
    owner: str
    due: date
    success: str

    def says(self) -> str:
        return f"Action agreed: {self.text} ({self.owner}, by {self.due:%-d %B %Y})"


@event("visits.ActionReviewed")
class ActionReviewed(Event, frozen=True, gc=False):
    """At a later visit: how the action stands (red, amber or green) and the evidence of its impact."""

    urn: Urn
    year: AcademicYear
    visit: str
    action: str
    status: str
    evidence: str

    def says(self) -> str:
        return f"Action reviewed ({self.status}): {self.evidence}"


@event("visits.ActionClosed")
class ActionClosed(Event, frozen=True, gc=False):
    """An action is over: `outcome` is achieved, withdrawn or school_closed."""

    urn: Urn
    action: str
    outcome: str
    evidence: str

    def says(self) -> str:
        return f"Action closed, {self.outcome.replace('_', ' ')}: {self.evidence}"


@event("visits.ActionMoved")
class ActionMoved(Event, frozen=True, gc=False):
    """An open action went on at another school, which followed this one or took it in. True from `on`."""

    urn: Urn
    action: str
    to: Urn
    on: date

    def says(self) -> str:
        return f"An open action went on at school {self.to}"


@event("visits.ActionTaken")
class ActionTaken(Event, frozen=True, gc=False):
    """An action of a school that this one followed or took in goes on here. True from `on`."""

    urn: Urn
    predecessor: Urn
    year: AcademicYear
    visit: str
    action: str
    text: str
    owner: str
    due: date
    success: str
    on: date

    def says(self) -> str:
        return f"Action of school {self.predecessor} goes on here: {self.text}"


# Concerns and risk


@event("visits.ConcernObserved")
class ConcernObserved(Event, frozen=True, gc=False):
    """An adviser saw an aspect at risk of being unsatisfactory, or an agenda not tackled (VR7). For the authority
    alone, until the school is told. True from `observed`."""

    audience = Audience.COUNTY

    urn: Urn
    concern: str
    aspect: str
    observed: date
    person: TextOf
    summary: Personal

    def says(self) -> str:
        return f"Concern observed: {self.aspect}"


@event("visits.SchoolTold")
class SchoolTold(Event, frozen=True, gc=False):
    """The school was told of a concern: whom (roles), when, and how (in_person, telephone, letter or email)."""

    audience = Audience.CONFIDENTIAL

    urn: Urn
    concern: str
    aspect: str
    told: tuple[str, ...]
    told_at: datetime
    how: str

    def says(self) -> str:
        told = " and ".join(role.replace("_", " ") for role in self.told)
        return f"The {told} was told of a concern: {self.aspect}"


@event("visits.TeamAlerted")
class TeamAlerted(Event, frozen=True, gc=False):
    """The Achievement and Intervention team was alerted to a concern."""

    audience = Audience.CONFIDENTIAL

    urn: Urn
    concern: str
    aspect: str
    alerted_at: datetime

    def says(self) -> str:
        return f"The Achievement and Intervention team was alerted: {self.aspect}"


@event("visits.AlertAcknowledged")
class AlertAcknowledged(Event, frozen=True, gc=False):
    """The team took note of an alert."""

    audience = Audience.CONFIDENTIAL

    urn: Urn
    concern: str

    def says(self) -> str:
        return "The Achievement and Intervention team acknowledged the alert"


@event("visits.AlertDecided")
class AlertDecided(Event, frozen=True, gc=False):
    """What is done about an alert. `requested_by` is governing_body, consultation or authority: intervention is first
    the governing body's (VR6). Looked at again on `next_review`."""

    audience = Audience.CONFIDENTIAL

    urn: Urn
    concern: str
    decision: str
    requested_by: str
    next_review: date

    def says(self) -> str:
        return f"Decided on the alert: {self.decision}"


@event("visits.AlertReviewed")
class AlertReviewed(Event, frozen=True, gc=False):
    """How a concern stands; looked at again on `next_review`."""

    audience = Audience.CONFIDENTIAL

    urn: Urn
    concern: str
    findings: str
    next_review: date

    def says(self) -> str:
        return f"The concern was reviewed: {self.findings}"


@event("visits.ConcernClosed")
class ConcernClosed(Event, frozen=True, gc=False):
    """A concern is over. The school had been told before: an alert can't close otherwise (VR7)."""

    audience = Audience.CONFIDENTIAL

    urn: Urn
    concern: str
    outcome: str

    def says(self) -> str:
        return f"The concern was closed: {self.outcome}"


@event("visits.RiskRated")
class RiskRated(Event, frozen=True, gc=False):
    """The authority's rating of a school: red-plus, red, red-amber, amber-green or n/a; direction deteriorating,
    unchanged or improving; under a version of the criteria. Not a forecast of an inspection, nor an overall
    judgement (RR1)."""

    audience = Audience.CONFIDENTIAL

    urn: Urn
    rating: str
    direction: str
    rationale: str
    criteria: int
    next_review: date
    de_escalation: str | None = None

    def says(self) -> str:
        return f"Risk rated {self.rating}, {self.direction}"


@event("visits.RatingDisputed")
class RatingDisputed(Event, frozen=True, gc=False):
    """The school disagrees with its rating, in its own words (RR3)."""

    audience = Audience.CONFIDENTIAL

    urn: Urn
    rating: str
    words: str

    def says(self) -> str:
        return f"The school disagrees with its rating: {self.words}"


# Visit 4: support for the headteacher's performance management. It leaves no record (VR2)


@event("visits.PmVisitHeld")
class PmVisitHeld(Event, frozen=True, gc=False):
    """Visit 4 took place: its three meetings and who was there by role, nothing of what was said. True from `day`.
    Others than those who took part see the day alone."""

    audience = Audience.PARTICIPANTS

    urn: Urn
    year: AcademicYear
    day: date
    adviser: PersonId
    meetings: tuple[Meeting, ...]
    present: tuple[PersonId, ...]
    training_completed: date

    def known_to(self) -> tuple[str, ...]:
        return (self.adviser, *self.present)

    def says(self) -> str:
        return f"Visit 4 took place on {self.day:%-d %B %Y}"


@event("visits.FeedbackFormLeft")
class FeedbackFormLeft(Event, frozen=True, gc=False):
    """The form about the service was left with the governors after visit 4."""

    audience = Audience.PARTICIPANTS

    urn: Urn
    year: AcademicYear
    took_part: tuple[PersonId, ...]

    def known_to(self) -> tuple[str, ...]:
        return self.took_part

    def says(self) -> str:
        return "A feedback form about the service was left with the governors"


@event("visits.FeedbackFormReturned")
class FeedbackFormReturned(Event, frozen=True, gc=False):
    """The form came back: answers from 1 (poor) to 5 (very good) about the service, and about nothing else."""

    audience = Audience.PARTICIPANTS

    urn: Urn
    year: AcademicYear
    took_part: tuple[PersonId, ...]
    answers: dict[str, int]

    def known_to(self) -> tuple[str, ...]:
        return self.took_part

    def says(self) -> str:
        return "The feedback form about the service was returned"
