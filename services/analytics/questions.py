"""The questions (hypotheses) that an adviser draws from the data before a visit, sends to the school, and answers from
what the visit found: one stream for each school, year and visit."""

from collections.abc import Sequence
from typing import Annotated, Literal

from msgspec import Meta, Struct
from msgspec.structs import replace

from services.analytics.advisers import Advisers, advisers_of
from services.analytics.events import QuestionAnswered, QuestionPrepared, QuestionsSent, QuestionWithdrawn
from services.analytics.measures import MEASURES
from services.core.commands import AcademicYear, Command, LongText, ShortText, Urn, command
from services.core.deciders import Context, Decider, Refused
from services.core.events import Event
from services.core.service import ReadStream

QuestionedVisit = Annotated[
    Literal["1", "2", "3", "ip"], Meta(description="A visit that leaves a record: visit 4 does not (VR2)")
]
QuestionId = Annotated[str, Meta(pattern=r"^[1-9][0-9]{0,3}$", description="Counts the questions of a visit from 1")]
Group = Literal["all", "fsm", "sen"]
Finding = Literal["supported", "not_supported", "open"]


class AboutQuestions(Command, frozen=True):
    """Base of the commands about the questions for one visit of a school."""

    urn: Urn
    year: AcademicYear
    visit: QuestionedVisit


@command("analytics.PrepareQuestion")
class PrepareQuestion(AboutQuestions, frozen=True):
    """Write down a question to think about at a visit, and which figure of which data version led to it, if one did."""

    text: Annotated[str, Meta(min_length=1, max_length=500)]
    measure: Annotated[str, Meta(description="The code of a measure")] | None = None
    group: Group | None = None
    data_version: ShortText | None = None


@command("analytics.WithdrawQuestion")
class WithdrawQuestion(AboutQuestions, frozen=True):
    """Do not ask a question after all."""

    question: QuestionId


@command("analytics.SendQuestions")
class SendQuestions(AboutQuestions, frozen=True):
    """Send the school the questions that it was not sent before."""


@command("analytics.AnswerQuestion")
class AnswerQuestion(AboutQuestions, frozen=True):
    """Record what the visit found; a later finding takes the place of an earlier one."""

    question: QuestionId
    finding: Finding
    words: LongText


class Question(Struct, frozen=True):
    """`finding` is the last one, with its words."""

    text: str
    measure: str | None
    group: str | None
    withdrawn: bool = False
    sent: bool = False
    finding: tuple[str, str] | None = None


Questions = dict[str, Question]
"""By their number, as text, in the order prepared."""


def stream(command: AboutQuestions) -> str:
    return f"analytics.questions-{command.urn}-{command.year}-{command.visit}"


def consult(command: AboutQuestions, read_stream: ReadStream) -> Advisers:
    return advisers_of(command.urn, command.year, command.visit, read_stream)


def _decide(command: AboutQuestions, questions: Questions, context: Context) -> Sequence[Event]:
    advisers: Advisers = context.facts
    advisers.check(context)
    match command:
        case PrepareQuestion():
            return _prepare(command, questions)
        case WithdrawQuestion():
            return _withdraw(command, questions)
        case SendQuestions():
            return _send(command, questions)
        case AnswerQuestion():
            return _answer(command, questions)
    raise TypeError(f"{type(command).__name__} is not about questions")


def _prepare(command: PrepareQuestion, questions: Questions) -> Sequence[Event]:
    if command.measure is not None and command.measure not in MEASURES:
        raise Refused(f"{command.measure} is not a measure that is read here.", "measure")
    asked = command.text, command.measure, command.group
    if any((each.text, each.measure, each.group) == asked for each in questions.values() if not each.withdrawn):
        return []
    number = str(len(questions) + 1)
    return [QuestionPrepared(command.urn, command.year, command.visit, number, *asked, command.data_version)]


def _withdraw(command: WithdrawQuestion, questions: Questions) -> Sequence[Event]:
    question = _known(command.question, questions)
    if question.withdrawn:
        return []
    if question.finding is not None:
        raise Refused("This question was answered: its answer stays, so it can't be withdrawn.", "question")
    return [QuestionWithdrawn(command.urn, command.year, command.visit, command.question)]


def _send(command: SendQuestions, questions: Questions) -> Sequence[Event]:
    asked = {number: question for number, question in questions.items() if not question.withdrawn}
    if not asked:
        raise Refused("There is no question to send. Prepare one first.")
    unsent = tuple(number for number, question in asked.items() if not question.sent)
    return [QuestionsSent(command.urn, command.year, command.visit, unsent)] if unsent else []


def _answer(command: AnswerQuestion, questions: Questions) -> Sequence[Event]:
    question = _known(command.question, questions)
    if question.withdrawn:
        raise Refused("This question was withdrawn.", "question")
    if not question.sent:
        raise Refused("The school has not been sent this question. Send the questions first.", "question")
    if question.finding == (command.finding, command.words):
        return []
    return [
        QuestionAnswered(command.urn, command.year, command.visit, command.question, command.finding, command.words)
    ]


def _known(number: str, questions: Questions) -> Question:
    if number not in questions:
        raise Refused(f"There is no question {number} for this visit.", "question")
    return questions[number]


def _evolve(questions: Questions, event: Event) -> Questions:
    match event:
        case QuestionPrepared():
            return questions | {event.question: Question(event.text, event.measure, event.group)}
        case QuestionWithdrawn():
            return questions | {event.question: replace(questions[event.question], withdrawn=True)}
        case QuestionsSent():
            return questions | {number: replace(questions[number], sent=True) for number in event.questions}
        case QuestionAnswered():
            found = event.finding, event.words
            return questions | {event.question: replace(questions[event.question], finding=found)}
    return questions


DECIDER = Decider[Questions, AboutQuestions](initial={}, decide=_decide, evolve=_evolve)
