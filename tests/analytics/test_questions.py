"""Hypotheses: prepared by the school's adviser, sent, answered; and who sees which of them."""

from collections.abc import Iterator
from datetime import date, time
from pathlib import Path
from typing import Any, Literal

import pytest
from msgspec.structs import replace

from services.analytics.advisers import Advisers
from services.analytics.events import QuestionAnswered, QuestionPrepared, QuestionsSent, QuestionWithdrawn
from services.analytics.queries.questions import VisitQuestions
from services.analytics.queries.timeline import SchoolTimeline
from services.analytics.questions import DECIDER, AnswerQuestion, PrepareQuestion, SendQuestions, WithdrawQuestion
from services.core import testing
from services.core.authorisation import Forbidden
from services.core.deciders import Refused
from services.core.events import Event
from services.core.schemas import Invalid
from services.core.testing import Given
from services.scheduling.events import AdviserAllocated, AllocationEnded, Sitting, VisitPlanned, VisitReassigned
from tests.analytics.desk import Desk
from tests.analytics.viewers import TENURES, URN, actor

VISIT: tuple[int, int, Literal["1"]] = (URN, 2022, "1")
PREPARE = PrepareQuestion(*VISIT, "Why is reading lower?", "PTREAD_EXP", "all", "revised")
PREPARED = QuestionPrepared(*VISIT, "1", "Why is reading lower?", "PTREAD_EXP", "all", "revised")
SENT = QuestionsSent(*VISIT, ("1",))
ANSWER = AnswerQuestion(*VISIT, "1", "supported", "Phonics was not taught in 2020")
ANSWERED = QuestionAnswered(*VISIT, "1", "supported", "Phonics was not taught in 2020")
WITHDRAWN = QuestionWithdrawn(*VISIT, "1")
ALLOCATED = AdviserAllocated(URN, 1, "adviser", date(2022, 9, 1), "accepted")


def given(*events: Event) -> Given:
    return testing.given(*events).knowing(Advisers())


def test_questions_are_numbered_as_they_are_prepared() -> None:
    given().when(PREPARE, DECIDER).then(PREPARED)
    other = PrepareQuestion(*VISIT, "How are governors kept informed?")
    given(PREPARED).when(other, DECIDER).then(QuestionPrepared(*VISIT, "2", "How are governors kept informed?"))


def test_the_same_question_again_is_nothing_new_unless_it_was_withdrawn() -> None:
    given(PREPARED).when(PREPARE, DECIDER).then()
    given(PREPARED, WITHDRAWN).when(PREPARE, DECIDER).then(replace(PREPARED, question="2"))


def test_a_measure_that_is_not_read_is_refused() -> None:
    given().when(PrepareQuestion(*VISIT, "Why?", "XYZ"), DECIDER).refused("not a measure", "measure")


def test_only_what_was_not_sent_before_is_sent() -> None:
    second = QuestionPrepared(*VISIT, "2", "And maths?")
    third = QuestionPrepared(*VISIT, "3", "And science?")
    send = SendQuestions(*VISIT)
    given(PREPARED).when(send, DECIDER).then(SENT)
    given(PREPARED, SENT).when(send, DECIDER).then()
    given(PREPARED, SENT, second, third, QuestionWithdrawn(*VISIT, "2")).when(send, DECIDER).then(
        QuestionsSent(*VISIT, ("3",))
    )


@pytest.mark.parametrize("events", [[], [PREPARED, WITHDRAWN]])
def test_there_must_be_a_question_to_send(events: list[Event]) -> None:
    given(*events).when(SendQuestions(*VISIT), DECIDER).refused("Prepare one first")


def test_a_sent_question_is_answered_and_the_answer_may_change() -> None:
    given(PREPARED, SENT).when(ANSWER, DECIDER).then(ANSWERED)
    given(PREPARED, SENT, ANSWERED).when(ANSWER, DECIDER).then()
    given(PREPARED, SENT, ANSWERED).when(replace(ANSWER, finding="open"), DECIDER).then(
        replace(ANSWERED, finding="open")
    )


@pytest.mark.parametrize(
    ("events", "why"),
    [([], "no question 1"), ([PREPARED], "Send the questions first"), ([PREPARED, SENT, WITHDRAWN], "was withdrawn")],
)
def test_what_the_school_was_not_asked_can_t_be_answered(events: list[Event], why: str) -> None:
    given(*events).when(ANSWER, DECIDER).refused(why, "question")


def test_a_question_is_withdrawn_once_and_not_after_it_was_answered() -> None:
    withdraw = WithdrawQuestion(*VISIT, "1")
    given(PREPARED, SENT).when(withdraw, DECIDER).then(WITHDRAWN)
    given(PREPARED, WITHDRAWN).when(withdraw, DECIDER).then()
    given(PREPARED, SENT, ANSWERED).when(withdraw, DECIDER).refused("its answer stays", "question")
    given().when(withdraw, DECIDER).refused("no question 1", "question")


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """Two advisers, of whom `adviser` is the school's; today is 1 September 2022."""
    desk = Desk(tmp_path, TENURES | {"adviser-2": TENURES["adviser"]})
    desk.register(URN)
    desk.record(f"scheduling.allocation-{URN}", ALLOCATED)
    yield desk
    desk.close()


def planned(adviser: str) -> VisitPlanned:
    sitting = Sitting(date(2022, 10, 3), time(9), time(12))
    return VisitPlanned(*VISIT, adviser, (sitting,), "in_person", "autumn")


def test_only_the_adviser_of_the_school_or_of_the_visit_may_ask(desk: Desk) -> None:
    desk.handle(PREPARE, actor("adviser"))
    with pytest.raises(Refused, match="Only the school's Link Adviser, or the adviser who makes the visit"):
        desk.handle(PREPARE, actor("adviser-2"))
    for person in ("auditor", "head", "officer"):
        with pytest.raises(Forbidden):
            desk.handle(PREPARE, actor(person))
    programme = f"scheduling.programme-{URN}-2022"
    desk.record(programme, planned("adviser"), VisitReassigned(*VISIT, "adviser-2", "adviser"))
    desk.handle(SendQuestions(*VISIT), actor("adviser-2"))


@pytest.mark.parametrize(
    ("events", "adviser"),
    [
        ([], None),
        ([ALLOCATED], "adviser"),
        ([replace(ALLOCATED, begins=date(2022, 9, 2))], None),
        ([ALLOCATED, replace(ALLOCATED, adviser="b", begins=date(2022, 8, 1))], "adviser"),
        ([replace(ALLOCATED, begins=date(2021, 9, 1)), replace(ALLOCATED, adviser="b")], "b"),
        ([ALLOCATED, AllocationEnded(URN, "adviser", date(2022, 9, 1))], None),
        ([ALLOCATED, AllocationEnded(URN, "adviser", date(2022, 9, 2))], "adviser"),
        ([ALLOCATED, AllocationEnded(URN, "adviser", date(2022, 8, 1))], "adviser"),
        ([replace(ALLOCATED, adviser="b"), AllocationEnded(URN, "adviser", date(2022, 9, 1))], "b"),
    ],
)
def test_the_link_adviser_is_the_last_who_began_and_did_not_stop(events: list[Any], adviser: str | None) -> None:
    advisers = Advisers(
        tuple((event.begins, event.adviser) for event in events if isinstance(event, AdviserAllocated)),
        tuple((event.ends, event.adviser) for event in events if isinstance(event, AllocationEnded)),
    )
    assert advisers.link_adviser(date(2022, 9, 1)) == adviser


def shown(desk: Desk, person: str) -> list[str]:
    return [question.text for question in desk.ask(VisitQuestions(*VISIT), actor(person))]


def test_the_school_sees_questions_once_they_are_sent(desk: Desk) -> None:
    desk.handle(PREPARE)
    assert shown(desk, "adviser") == ["Why is reading lower?"]
    assert shown(desk, "head") == shown(desk, "officer") == []
    assert "Question prepared" not in " ".join(
        entry.says for entry in desk.ask(SchoolTimeline(URN), actor("head")).entries
    )
    desk.handle(SendQuestions(*VISIT))
    assert shown(desk, "head") == ["Why is reading lower?"]


def test_a_question_shows_its_figure_and_what_was_found(desk: Desk) -> None:
    for command in (PREPARE, SendQuestions(*VISIT), ANSWER):
        desk.handle(command)
    (question,) = desk.ask(VisitQuestions(*VISIT), actor("head"))
    assert (question.label, question.group, question.data_version) == ("Expected standard in reading", "all", "revised")
    assert (question.finding, question.words) == ("supported", "Phonics was not taught in 2020")
    assert (question.prepared, question.sent, question.answered) == (date(2022, 9, 1),) * 3


def test_vr2_there_are_no_questions_for_visit_4(desk: Desk) -> None:
    with pytest.raises(Invalid):
        desk.handle(PrepareQuestion(URN, 2022, "4", "What are the objectives?"))  # type: ignore[arg-type]
