"""A record of visit from draft to the head's answer: who holds the pen, and what is refused."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from services.core.commands import registry
from services.core.deciders import Context
from services.core.schemas import Invalid, load
from services.core.testing import Given
from services.visits.criteria import criteria_of
from services.visits.events import (
    CorrectionBegun,
    CorrectionRefused,
    RecordAnswered,
    RecordIssued,
    RecordPassed,
    RecordReturned,
    RecordStarted,
    RecordSubmitted,
    SectionRedacted,
    SectionWritten,
)
from services.visits.record import record_decider
from services.visits.record_author import Allocation, Hands
from services.visits.record_commands import (
    AboutRecord,
    AnswerRecord,
    BeginCorrection,
    IssueRecord,
    PassRecord,
    RedactSection,
    RefuseCorrection,
    ReturnRecord,
    StartRecord,
    SubmitRecord,
    WriteSection,
)
from services.visits.record_facts import Facts

ABOUT: tuple[int, int, Any] = (120777, 2011, "1")
HELD = date(2011, 11, 8)
HANDS = Hands(maker="adviser", given_at=5, held=HELD)
MET = {each.criterion: True for each in criteria_of()}

STARTED = RecordStarted(*ABOUT, 1, 1)
STRENGTHS = SectionWritten(*ABOUT, "adviser", "strengths", 1, "record-120777-2011-1-strengths-0", "Reading is strong.")
SUBMITTED = RecordSubmitted(*ABOUT, 1)
PASSED = RecordPassed(*ABOUT, 1, 1, MET)
RETURNED = RecordReturned(*ABOUT, 1, 1, MET, "Name the evidence")
ISSUED = RecordIssued(*ABOUT, 1, {"strengths": 1}, ("headteacher", "chair_of_governors"))
INACCURATE = RecordAnswered(*ABOUT, 1, "inaccurate", "We were at 81%")
DRAFT = (STARTED, STRENGTHS)
OUT = (*DRAFT, SUBMITTED, PASSED, ISSUED)


def asked(*events: Any, by: str = "adviser", role: str = "adviser", hands: Hands = HANDS, because: str = "") -> Given:
    """The past of the record, and who asks now."""
    now, facts = datetime(2011, 11, 20, 12, tzinfo=UTC), Facts(hands, frozenset({"adviser"}))
    return Given(events, Context(now, now.date(), facts, because, by, role))


RECORD_COMMANDS = {name: cls for name, cls in registry.items() if issubclass(cls, AboutRecord)}


@pytest.mark.parametrize("name", RECORD_COMMANDS)
def test_vr2_no_command_of_a_record_can_name_visit_4(name: str) -> None:
    with pytest.raises(Invalid) as invalid:
        load(RECORD_COMMANDS[name], {"urn": 120777, "year": 2011, "document": "4"})
    assert "Choose one of" in invalid.value.errors["document"][0]


def test_vr2_every_command_about_a_record_was_tried() -> None:
    assert len(RECORD_COMMANDS) == 10


def test_the_first_saving_starts_the_record() -> None:
    asked().when(WriteSection(*ABOUT, "strengths", "Reading is strong.", 0), record_decider).then(STARTED, STRENGTHS)


def test_started_twice_is_started_once() -> None:
    asked().when(StartRecord(*ABOUT), record_decider).then(STARTED)
    asked(STARTED).when(StartRecord(*ABOUT), record_decider).then()


def test_of_two_who_save_the_second_is_told_and_nothing_is_lost() -> None:
    late = WriteSection(*ABOUT, "strengths", "Reading is weak.", 0)
    asked(*DRAFT).when(late, record_decider).refused("Somebody saved this section after you opened it", "revision")
    again = SectionWritten(*ABOUT, "adviser", "strengths", 2, STRENGTHS.person, "Both")
    asked(*DRAFT).when(WriteSection(*ABOUT, "strengths", "Both", 1), record_decider).then(again)


@pytest.mark.parametrize(
    ("section", "by", "role", "reason"),
    [
        ("strengths", "head", "headteacher", "This part is the adviser's"),
        ("strengths", "chair", "chair_of_governors", "This part is the adviser's"),
        ("strengths", "adviser-2", "adviser", "Only the adviser who writes"),
        ("strengths", "operator", "platform", "Only the adviser who writes"),
        ("analysis", "adviser", "adviser", "This part is the school's"),
        ("analysis", "operator", "platform", "This part is the school's"),
        ("targets", "adviser", "adviser", "no such section"),
    ],
)
def test_each_part_has_its_pen(section: str, by: str, role: str, reason: str) -> None:
    command = WriteSection(*ABOUT, section, "Words", 0)
    asked(STARTED, by=by, role=role).when(command, record_decider).refused(reason)


@pytest.mark.parametrize("role", ["headteacher", "chair_of_governors"])
def test_head_and_chair_write_the_schools_part_until_the_record_is_handed_over(role: str) -> None:
    command = WriteSection(*ABOUT, "analysis", "Ours", 0)
    ours = SectionWritten(*ABOUT, "school", "analysis", 1, "record-120777-2011-1-analysis-0", "Ours")
    asked(STARTED, by="x", role=role).when(command, record_decider).then(ours)
    for since in ((SUBMITTED,), (SUBMITTED, RETURNED), (SUBMITTED, PASSED, ISSUED)):
        asked(*DRAFT, *since, by="x", role=role).when(command, record_decider).refused("the school's part is closed")


def test_pm_monitoring_is_yes_no_or_not_seen_and_nothing_more() -> None:
    about: tuple[int, int, Any] = (120777, 2011, "2")
    said = SectionWritten(*about, "adviser", "pm-monitoring", 1, "record-120777-2011-2-pm-monitoring-0", "not seen")
    asked().when(WriteSection(*about, "pm-monitoring", "not seen", 0), record_decider).then(
        RecordStarted(*about, 1, 1), said
    )
    more = WriteSection(*about, "pm-monitoring", "yes, her objective is attendance", 0)
    asked().when(more, record_decider).refused("Choose one of: yes, no, not seen. Nothing more", "text")


def test_edge_adviser_absent_the_draft_is_handed_over_with_the_visit() -> None:
    reassigned = Hands(maker="adviser-2", given_at=9, held=HELD)
    command = WriteSection(*ABOUT, "strengths", "More", 1)
    asked(*DRAFT, hands=reassigned).when(command, record_decider).refused("Only the adviser who writes")
    more = SectionWritten(*ABOUT, "adviser", "strengths", 2, STRENGTHS.person, "More")
    asked(*DRAFT, by="adviser-2", hands=reassigned).when(command, record_decider).then(more)


def test_edge_adviser_absent_the_schools_next_adviser_has_the_drafts() -> None:
    def hands(begins: date, position: int) -> Hands:
        return Hands(
            "adviser", 5, HELD, (Allocation(date(2011, 9, 1), 1, "adviser"), Allocation(begins, position, "b"))
        )

    day = date(2011, 12, 1)
    assert hands(date(2011, 11, 20), 9).author("1", day) == "b", "allocated after the visit was given"
    assert hands(date(2011, 11, 9), 2).author("1", day) == "b", "takes up the school after the visit was held"
    assert hands(date(2011, 10, 1), 2).author("1", day) == "adviser", "the visit was given to another since"
    assert hands(date(2012, 1, 1), 9).author("1", day) == "adviser", "has not begun yet"


def test_the_annual_report_is_the_link_advisers_and_waits_for_visit_3() -> None:
    link = (Allocation(date(2011, 9, 1), 1, "link"),)
    start = StartRecord(120777, 2011, "annual-report")
    before = Hands("adviser", 5, None, link)
    asked(by="link", hands=before).when(start, record_decider).refused("when visit 3 has been held", "document")
    after = Hands("adviser", 5, HELD, link)
    asked(hands=after).when(start, record_decider).refused("Only the adviser who writes the annual report")
    asked(by="link", hands=after).when(start, record_decider).then(RecordStarted(120777, 2011, "annual-report", 1, 1))


def test_nobody_writes_where_there_is_no_adviser() -> None:
    asked(hands=Hands()).when(StartRecord(*ABOUT), record_decider).refused("no Link Adviser")
    left = Hands(allocations=(Allocation(HELD, 1, "adviser"), Allocation(date(2011, 11, 10), 2, None)))
    asked(hands=left).when(StartRecord(*ABOUT), record_decider).refused("no Link Adviser")


def test_a_record_is_handed_over_when_the_visit_was_held_and_something_is_written() -> None:
    submit = SubmitRecord(*ABOUT)
    asked(*DRAFT).when(submit, record_decider).then(SUBMITTED)
    asked(*DRAFT, SUBMITTED).when(submit, record_decider).then()
    planned = Hands("adviser", 5, None)
    asked(*DRAFT, hands=planned).when(submit, record_decider).refused("Visit 1 has not been held yet")
    asked(STARTED).when(submit, record_decider).refused("Nothing has been written in the adviser's part")
    ours = SectionWritten(*ABOUT, "school", "analysis", 1, "p", "Ours")
    asked(STARTED, ours).when(submit, record_decider).refused("Nothing has been written in the adviser's part")
    asked().when(submit, record_decider).refused("Nothing has been written yet")
    asked(*OUT).when(submit, record_decider).refused("begin a correction first")


def test_what_is_with_quality_assurance_is_not_changed() -> None:
    more = WriteSection(*ABOUT, "strengths", "More", 1)
    asked(*DRAFT, SUBMITTED).when(more, record_decider).refused("with quality assurance")
    asked(*DRAFT, SUBMITTED, PASSED).when(more, record_decider).refused("with quality assurance")
    again = SectionWritten(*ABOUT, "adviser", "strengths", 2, STRENGTHS.person, "More")
    asked(*DRAFT, SUBMITTED, RETURNED).when(more, record_decider).then(again)


@pytest.mark.parametrize(("by", "role"), [("adviser-2", "adviser"), ("manager", "programme_manager")])
def test_a_colleague_passes_or_returns(by: str, role: str) -> None:
    past = (*DRAFT, SUBMITTED)
    asked(*past, by=by, role=role).when(PassRecord(*ABOUT, MET), record_decider).then(PASSED)
    back = ReturnRecord(*ABOUT, MET, "Name the evidence")
    asked(*past, by=by, role=role).when(back, record_decider).then(RETURNED)


def test_nobody_assures_the_quality_of_what_they_wrote_or_are_to_finish() -> None:
    handed_over = Hands("adviser-2", 9, HELD)
    for by in ("adviser", "adviser-2"):
        asking = asked(*DRAFT, SUBMITTED, by=by, hands=handed_over)
        asking.when(PassRecord(*ABOUT, MET), record_decider).refused("their own record")
        asking.when(ReturnRecord(*ABOUT, MET, "x"), record_decider).refused("their own record")


def test_a_review_judges_every_criterion_and_passes_only_what_meets_them() -> None:
    reviewer = asked(*DRAFT, SUBMITTED, by="manager", role="programme_manager")
    reviewer.when(PassRecord(*ABOUT, {"brief": True}), record_decider).refused("of each criterion", "results")
    reviewer.when(PassRecord(*ABOUT, {**MET, "other": True}), record_decider).refused("of each criterion", "results")
    unmet = {**MET, "evidence": False}
    reviewer.when(PassRecord(*ABOUT, unmet), record_decider).refused("every criterion", "results")
    asked(*DRAFT, by="manager").when(PassRecord(*ABOUT, MET), record_decider).refused("not waiting")


def test_vr9_a_record_is_issued_to_head_and_chair_alike() -> None:
    asked(*DRAFT, SUBMITTED, PASSED).when(IssueRecord(*ABOUT), record_decider).then(ISSUED)
    asked(*DRAFT, SUBMITTED).when(IssueRecord(*ABOUT), record_decider).refused("once it has passed")
    stranger = asked(*DRAFT, SUBMITTED, PASSED, by="adviser-2")
    stranger.when(IssueRecord(*ABOUT), record_decider).refused("Only the adviser who writes")
    manager = asked(*DRAFT, SUBMITTED, PASSED, by="manager", role="programme_manager")
    manager.when(IssueRecord(*ABOUT), record_decider).then(ISSUED)


def test_edge_head_answers_inaccurate_with_words_once_and_of_the_latest_version() -> None:
    def answer(version: int, said: Any, words: str | None) -> AnswerRecord:
        return AnswerRecord(*ABOUT, version, said, words)

    head = asked(*OUT, by="head", role="headteacher")
    head.when(answer(1, "inaccurate", "We were at 81%"), record_decider).then(INACCURATE)
    head.when(answer(1, "accurate", None), record_decider).then(RecordAnswered(*ABOUT, 1, "accurate", None))
    head.when(answer(1, "inaccurate", None), record_decider).refused("Say what is inaccurate", "words")
    head.when(answer(1, "inaccurate", "  "), record_decider).refused("Say what is inaccurate", "words")
    head.when(answer(2, "accurate", None), record_decider).refused("Version 1 was issued since", "version")
    asked(*DRAFT).when(answer(1, "accurate", None), record_decider).refused("not been issued")
    asked(*OUT, INACCURATE).when(answer(1, "accurate", None), record_decider).refused("answered already")


def test_edge_head_answers_inaccurate_then_a_version_follows_or_a_reasoned_refusal() -> None:
    disputed = (*OUT, INACCURATE)
    begun = CorrectionBegun(*ABOUT, 1)
    correct = BeginCorrection(*ABOUT)
    asked(*disputed, because="The figure was wrong").when(correct, record_decider).then(begun)
    asked(*disputed, because=" ").when(correct, record_decider).refused("Give the reason", "reason")
    asked(*DRAFT, because="x").when(correct, record_decider).refused("Only what has been issued")
    words = "81% is the provisional figure"
    asked(*disputed).when(RefuseCorrection(*ABOUT, words), record_decider).then(CorrectionRefused(*ABOUT, 1, words))
    asked(*OUT).when(RefuseCorrection(*ABOUT, words), record_decider).refused("not called this version inaccurate")

    rewritten = SectionWritten(*ABOUT, "adviser", "strengths", 2, STRENGTHS.person, "81%")
    again = (*disputed, begun, rewritten, RecordSubmitted(*ABOUT, 2), RecordPassed(*ABOUT, 2, 1, MET))
    asked(*again).when(IssueRecord(*ABOUT), record_decider).refused("Say what is different", "changes")
    second = RecordIssued(*ABOUT, 2, {"strengths": 2}, ISSUED.to, "The figure is 81%")
    asked(*again).when(IssueRecord(*ABOUT, "The figure is 81%"), record_decider).then(second)


def test_edge_pm_content_typed_in_the_wrong_place_is_redacted_under_a_rule() -> None:
    rule: Any = "performance management is not recorded"
    redact = RedactSection(*ABOUT, "strengths", rule)
    redacted = SectionRedacted(*ABOUT, "strengths", STRENGTHS.person, rule)
    dpo = asked(*OUT, by="dpo", role="data_protection_officer", because="Reported by the head")
    dpo.when(redact, record_decider).then(redacted)
    asked(*OUT, by="dpo").when(redact, record_decider).refused("Give the reason", "reason")
    dpo.when(RedactSection(*ABOUT, "support", rule), record_decider).refused("Nothing was ever written", "section")
    asked(*OUT, redacted, by="dpo", because="Again").when(redact, record_decider).then()

    rewritten = SectionWritten(*ABOUT, "adviser", "strengths", 2, "record-120777-2011-1-strengths-1", "Reading")
    asked(*DRAFT, redacted).when(WriteSection(*ABOUT, "strengths", "Reading", 1), record_decider).then(rewritten)
