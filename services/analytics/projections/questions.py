"""The questions prepared for each visit, and what became of them."""

from sqlalchemy import Boolean, Column, Date, Integer, MetaData, String, Table

from services.analytics.events import QuestionAnswered, QuestionPrepared, QuestionsSent, QuestionWithdrawn
from services.core.envelope import RecordedEvent
from services.core.projections import Projection
from services.core.work import Work

_tables = MetaData()
question = Table(
    "question",
    _tables,
    Column("urn", Integer, primary_key=True),
    Column("year", Integer, primary_key=True),
    Column("visit", String, primary_key=True),
    Column("question", Integer, primary_key=True),
    Column("text", String, nullable=False),
    Column("measure", String),
    Column("pupil_group", String),
    Column("data_version", String),
    Column("prepared", Date, nullable=False),
    Column("withdrawn", Boolean, nullable=False),
    Column("sent", Date),
    Column("finding", String),
    Column("words", String),
    Column("answered", Date),
)

QUESTIONS = Projection("analytics.questions", version=1, tables=[question])


@QUESTIONS.on(QuestionPrepared)
def prepared(event: QuestionPrepared, recorded: RecordedEvent, work: Work) -> None:
    work.put(
        question,
        urn=event.urn,
        year=event.year,
        visit=event.visit,
        question=int(event.question),
        text=event.text,
        measure=event.measure,
        pupil_group=event.group,
        data_version=event.data_version,
        prepared=recorded.metadata.effective_on,
        withdrawn=False,
    )


@QUESTIONS.on(QuestionWithdrawn)
def withdrawn(event: QuestionWithdrawn, recorded: RecordedEvent, work: Work) -> None:
    work.change(question, (event.urn, event.year, event.visit, int(event.question)), withdrawn=True)


@QUESTIONS.on(QuestionsSent)
def sent(event: QuestionsSent, recorded: RecordedEvent, work: Work) -> None:
    for number in event.questions:
        key = event.urn, event.year, event.visit, int(number)
        work.change(question, key, sent=recorded.metadata.effective_on)


@QUESTIONS.on(QuestionAnswered)
def answered(event: QuestionAnswered, recorded: RecordedEvent, work: Work) -> None:
    key = event.urn, event.year, event.visit, int(event.question)
    found = {"finding": event.finding, "words": event.words, "answered": recorded.metadata.effective_on}
    work.change(question, key, **found)
