"""Targets are proposed, commented, agreed by three, and sanctioned; every change begins again (TR1-TR7)."""

from datetime import date
from typing import Any

import pytest
from msgspec.structs import replace

from services.core.testing import Given, Outcome, given
from services.visits.absence_limits import Limits, RecordAbsenceLimits, absence_limits
from services.visits.advisers import Advisers
from services.visits.events import (
    AbsenceLimitsRecorded,
    Target,
    TargetCommented,
    TargetsAgreed,
    TargetsProposed,
    TargetsSanctioned,
)
from services.visits.target_rows import TargetRow
from services.visits.targets import (
    AgreeTargets,
    CommentTarget,
    Facts,
    ProposeTargets,
    SanctionTargets,
    stream,
    targets,
)

URN = 120777
AUTUMN = date(2011, 10, 4)
MEETING = date(2011, 11, 17)
ADVISERS = Advisers(((date(2011, 9, 1), "adviser"),), {"1": "adviser"})
FACTS = Facts(ADVISERS)
ROW = TargetRow("L4EM", "all", "80", 24, 30, estimate="78", data_version="final 2011", earlier="75")
ABSENCE = TargetRow("ABSENCE", "all", "5.3")
ENGLISH_AND_MATHS = Target("L4EM", "all", "80", 24, 30, estimate="78", data_version="final 2011", earlier="75")
PROPOSED = TargetsProposed(URN, 2013, 1, (ENGLISH_AND_MATHS,), provisional=False)
PARTIES = ("headteacher", "chair_of_governors", "adviser")
SIGNED = [TargetsAgreed(URN, 2013, 1, party).true_from(AUTUMN) for party in PARTIES]
SI_2004_2858 = "The Education (School Performance Targets) (England) Regulations 2004 (SI 2004/2858)"


def school(*events: Any) -> Given:
    """The stream of a school's targets for 2013, on a day of the autumn term of 2011."""
    return given(*events).at(AUTUMN).knowing(FACTS).by("headteacher")


def propose(*rows: TargetRow, provisional: bool = False) -> ProposeTargets:
    return ProposeTargets(URN, 2013, rows, provisional)


def rows_of(outcome: Outcome) -> tuple[Target, ...]:
    """The rows of the one proposal that was decided."""
    (event,) = outcome.events
    assert isinstance(event, TargetsProposed)
    return event.targets


def test_each_school_has_a_stream_for_each_summer() -> None:
    assert stream(propose(ROW)) == "visits.targets-120777-2013"


def test_tr1_the_four_measures_and_no_measure_of_other_years() -> None:
    rows = [replace(ROW, measure=code) for code in ("L4EM", "P2ENG", "P2MAT")]
    outcome = school().when(propose(*rows, ABSENCE), targets)
    assert [target.measure for target in rows_of(outcome)] == ["L4EM", "P2ENG", "P2MAT", "ABSENCE"]
    school().when(propose(replace(ROW, measure="PTRWM_EXP")), targets).refused("2013", "targets.0.measure")


def test_tr1_pupils_with_fsm_or_sen_have_rows_of_their_own() -> None:
    for group in ("fsm", "sen"):
        row = replace(ROW, group=group, count=3, cohort_size=6, percentage="50")
        outcome = school().when(propose(ROW, row), targets)
        assert [target.group for target in rows_of(outcome)] == ["all", group]
    school().when(propose(ROW, ROW), targets).refused("two targets for all pupils", "targets.1.measure")


def test_what_was_known_when_the_target_was_set_is_kept_with_it() -> None:
    school().when(propose(ROW), targets).then(PROPOSED)


@pytest.mark.parametrize(
    ("row", "says", "field"),
    [
        ({"count": 31}, "31 of 30 pupils is more than there are", "count"),
        ({"percentage": "81"}, "24 of 30 pupils is 80%, not 81%", "percentage"),
        ({"count": 20, "percentage": "66.6"}, "20 of 30 pupils is 66.7%, not 66.6%", "percentage"),
        ({"count": None}, "how many pupils are to reach it", "count"),
        ({"cohort_size": None}, "how many pupils there are", "cohort_size"),
        ({"cohort_size": 0, "count": 0}, "how many pupils there are", "cohort_size"),
        (
            {"measure": "ABSENCE", "group": "fsm", "count": None, "percentage": None},
            "Enter the percentage",
            "percentage",
        ),
        ({"measure": "OTHER: P scales in reading"}, "is not a measure", "measure"),
    ],
)
def test_a_row_that_can_not_be_is_refused_at_its_place(row: dict[str, Any], says: str, field: str) -> None:
    school().when(propose(ABSENCE, replace(ROW, **row)), targets).refused(says, f"targets.1.{field}")


@pytest.mark.parametrize(
    ("count", "percentage", "kept"), [(20, "67", "67"), (20, "66.7", "66.7"), (20, None, "67"), (1, None, "3")]
)
def test_tr7_count_and_percentage_are_both_kept(count: int, percentage: str | None, kept: str) -> None:
    outcome = school().when(propose(replace(ROW, count=count, percentage=percentage)), targets)
    (target,) = rows_of(outcome)
    assert (target.count, target.cohort_size, target.percentage) == (count, 30, kept)


def test_tr2_no_target_before_the_autumn_five_terms_before_the_tests() -> None:
    school().at(date(2011, 8, 31)).when(propose(ROW), targets).refused("set from 1 September 2011", "cohort")


def test_tr2_a_late_target_is_not_blocked() -> None:
    school().at(date(2012, 2, 1)).when(propose(ROW), targets).then(PROPOSED)


@pytest.mark.parametrize(
    ("known", "says"),
    [
        (Limits(similar_schools="5.2"), "the median of schools with similar FSM (5.2%)"),
        (Limits(own_actual="5.2"), "the school's own absence in 2007/08 (5.2%)"),
        (Limits(earlier_target="5.2"), "the school's target for 2009/10 (5.2%)"),
        (Limits("6.0", "5.2", "5.1"), "(5.2%) and the school's target for 2009/10 (5.1%)"),
    ],
)
def test_tr4_an_absence_target_above_a_limit_needs_an_explanation(known: Limits, says: str) -> None:
    knowing = school().knowing(replace(FACTS, limits=known))
    knowing.when(propose(ABSENCE), targets).refused(says, "targets.0.explanation")
    explained = propose(replace(ABSENCE, explanation="Two families of travellers joined the school"))
    assert rows_of(knowing.when(explained, targets))[0].explanation == "Two families of travellers joined the school"


def test_tr4_an_absence_target_at_the_limits_needs_none() -> None:
    knowing = school().knowing(replace(FACTS, limits=Limits("5.3", "5.3", "5.3")))
    assert knowing.when(propose(ABSENCE), targets).refusal is None


def test_tr5_provisional_targets_can_not_be_agreed_until_the_school_makes_them_final() -> None:
    provisional = replace(PROPOSED, provisional=True)
    school().when(propose(ROW, provisional=True), targets).then(provisional)
    school(provisional).when(AgreeTargets(URN, 2013, 1), targets).refused("provisional")
    school(provisional).when(propose(ROW), targets).then(replace(PROPOSED, version=2))


def test_tr5_nothing_is_provisional_once_the_adviser_has_come() -> None:
    after = school().knowing(replace(FACTS, visited=True))
    after.when(propose(ROW, provisional=True), targets).refused("Visit 1 has taken place", "provisional")


def test_tr6_an_infant_school_has_absence_and_key_stage_1() -> None:
    infant = school().knowing(replace(FACTS, kind="infant"))
    outcome = infant.when(propose(replace(ROW, measure="KS1READ"), ABSENCE), targets)
    assert outcome.refusal is None
    infant.when(propose(ROW), targets).refused("L4EM is not a measure", "targets.0.measure")


def test_tr6_a_special_school_with_a_zero_target_adds_one_in_its_own_words() -> None:
    special = school().knowing(replace(FACTS, kind="special"))
    zero = replace(ROW, count=0, cohort_size=8, percentage="0")
    other = TargetRow("OTHER: P scales in reading", "all", "75")
    special.when(propose(zero), targets).refused("another measurable target", "targets")
    assert [target.measure for target in rows_of(special.when(propose(zero, other), targets))] == [
        "L4EM",
        "OTHER: P scales in reading",
    ]


def test_the_same_proposal_again_changes_nothing() -> None:
    school(PROPOSED, *SIGNED).when(propose(ROW), targets).then()


def test_the_adviser_comments_on_each_target() -> None:
    comment = CommentTarget(URN, 2013, 1, "L4EM", "all", "not_challenging", "The estimate is 78% already")
    said = TargetCommented(URN, 2013, 1, "L4EM", "all", "not_challenging", "The estimate is 78% already")
    adviser = school(PROPOSED).by("adviser")
    adviser.when(comment, targets).then(said)
    school(PROPOSED, said).by("adviser").when(comment, targets).then()
    adviser.when(replace(comment, comment=None), targets).refused("Say why", "comment")
    adviser.when(replace(comment, suitability="suitable", comment=None), targets).then(
        replace(said, suitability="suitable", comment="")
    )
    adviser.when(replace(comment, group="fsm"), targets).refused("no such target", "measure")
    adviser.when(replace(comment, version=2), targets).refused("version 1 is the one to read", "version")


def test_only_an_adviser_of_the_school_comments_or_agrees() -> None:
    stranger = school(PROPOSED).by("adviser", "adviser-2")
    stranger.when(CommentTarget(URN, 2013, 1, "L4EM", "all", "suitable"), targets).refused("Only the school's")
    stranger.when(AgreeTargets(URN, 2013, 1), targets).refused("Only the school's Link Adviser")
    maker = replace(FACTS, advisers=replace(ADVISERS, of_visits={"1": "adviser-2"}))
    stranger.knowing(maker).when(AgreeTargets(URN, 2013, 1), targets).then(TargetsAgreed(URN, 2013, 1, "adviser"))


@pytest.mark.parametrize("role", PARTIES)
def test_the_role_decides_for_whom_one_agrees_once(role: str) -> None:
    agreed = TargetsAgreed(URN, 2013, 1, role)
    school(PROPOSED).by(role).when(AgreeTargets(URN, 2013, 1), targets).then(agreed)
    school(PROPOSED, agreed).by(role).when(AgreeTargets(URN, 2013, 1), targets).then()


def test_the_platform_agrees_for_nobody() -> None:
    school(PROPOSED).by("platform").when(AgreeTargets(URN, 2013, 1), targets).refused("each in person")


def test_nothing_can_be_agreed_before_it_is_proposed() -> None:
    school().when(AgreeTargets(URN, 2013, 1), targets).refused("No targets have been proposed")


def test_the_governing_body_sanctions_what_all_three_agreed() -> None:
    sanction = SanctionTargets(URN, 2013, 1, MEETING)
    chair = school(PROPOSED, *SIGNED).at(date(2011, 11, 20)).by("chair_of_governors")
    sanctioned = TargetsSanctioned(URN, 2013, 1, MEETING, None).true_from(MEETING)
    chair.when(sanction, targets).then(sanctioned)
    chair.when(replace(sanction, meeting=date(2011, 11, 21)), targets).refused("not taken place yet", "meeting")
    chair.when(replace(sanction, meeting=date(2011, 10, 3)), targets).refused("agreed on 4 October 2011", "meeting")
    again = school(PROPOSED, *SIGNED, sanctioned).at(date(2011, 11, 20))
    again.when(sanction, targets).then()
    again.when(replace(sanction, meeting=date(2011, 11, 18)), targets).refused("17 November 2011 already", "meeting")


def test_the_governing_body_does_not_go_first() -> None:
    two = school(PROPOSED, *SIGNED[:2]).at(MEETING)
    two.when(SanctionTargets(URN, 2013, 1, MEETING), targets).refused("Still missing: adviser")


def test_edge_target_changed_after_sign_off_needs_all_three_again_and_the_governing_body() -> None:
    sanctioned = TargetsSanctioned(URN, 2013, 1, MEETING, None).true_from(MEETING)
    signed_off = school(PROPOSED, *SIGNED, sanctioned).at(date(2012, 1, 10))
    changed = replace(PROPOSED, version=2, targets=(replace(ENGLISH_AND_MATHS, percentage="83", count=25),))
    signed_off.when(propose(replace(ROW, percentage="83", count=25)), targets).then(changed)
    after = school(PROPOSED, *SIGNED, sanctioned, changed).at(date(2012, 1, 12))
    for role in PARTIES:
        after.by(role).when(AgreeTargets(URN, 2013, 1), targets).refused("version 2 is the one to read", "version")
        after.by(role).when(AgreeTargets(URN, 2013, 2), targets).then(TargetsAgreed(URN, 2013, 2, role))
    after.when(SanctionTargets(URN, 2013, 2, date(2012, 1, 12)), targets).refused("Still missing: headteacher, chair")


@pytest.mark.parametrize(("cohort", "meeting", "law"), [(2012, date(2010, 12, 1), SI_2004_2858), (2013, MEETING, None)])
def test_tr3_what_was_sanctioned_says_under_which_law(cohort: int, meeting: date, law: str | None) -> None:
    proposed = replace(PROPOSED, cohort=cohort)
    signed = [TargetsAgreed(URN, cohort, 1, party).true_from(meeting) for party in PARTIES]
    chair = given(proposed, *signed).at(meeting).knowing(FACTS).by("chair_of_governors")
    chair.when(SanctionTargets(URN, cohort, 1, meeting), targets).then(
        TargetsSanctioned(URN, cohort, 1, meeting, law).true_from(meeting)
    )


def test_absence_limits_are_recorded_once_by_those_who_know_them() -> None:
    record = RecordAbsenceLimits(URN, 2013, "5.2", None, "5.0")
    recorded = AbsenceLimitsRecorded(URN, 2013, "5.2", None, "5.0")
    office = given().knowing(ADVISERS).by("programme_officer")
    office.when(record, absence_limits).then(recorded)
    office.when(RecordAbsenceLimits(URN, 2013), absence_limits).then()
    given(recorded).knowing(ADVISERS).when(record, absence_limits).then()
    given(recorded).knowing(ADVISERS).when(RecordAbsenceLimits(URN, 2013), absence_limits).refused("at least one")
    given().knowing(ADVISERS).by("adviser", "adviser-2").when(record, absence_limits).refused("Only the school's")
