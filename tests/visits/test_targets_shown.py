"""What people see of targets: state, law, lateness, who agreed, and no small group for outsiders."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from services.core.authorisation import Forbidden
from services.core.deciders import Refused
from services.visits.absence_limits import Limits
from services.visits.queries.targets import CohortTargets
from tests.platform import SCHOOL, SCHOOL_ROW, Platform, opened_platform
from tests.visits.programme import allocate

AUTUMN = date(2011, 10, 4)
MATHS: dict[str, Any] = {
    "measure": "P2MAT",
    "group": "all",
    "count": 24,
    "cohort_size": 30,
    "estimate": "79",
    "data_version": "final 2011",
    "earlier": "78",
}
FEW = MATHS | {"group": "fsm", "count": 2, "cohort_size": 5}
ABSENCE = {"measure": "ABSENCE", "group": "all", "percentage": "5.3"}


@pytest.fixture
def platform(tmp_path: Path) -> Iterator[Platform]:
    with opened_platform(tmp_path) as platform:
        allocate(platform)
        yield platform.on(AUTUMN)


def propose(platform: Platform, *rows: dict[str, Any], provisional: bool = False, cohort: int = 2013) -> None:
    platform.do(
        "visits.ProposeTargets", by="head", urn=SCHOOL, cohort=cohort, targets=list(rows), provisional=provisional
    )


def agree(platform: Platform, version: int = 1, *parties: str) -> None:
    for person in parties or ("head", "chair", "adviser"):
        platform.do("visits.AgreeTargets", by=person, urn=SCHOOL, cohort=2013, version=version)


def shown(platform: Platform, by: str = "head") -> CohortTargets:
    found: tuple[CohortTargets, ...] = platform.ask("visits.SchoolTargets", by=by, urn=SCHOOL)
    return found[0]


def test_a_target_from_proposal_to_sanction(platform: Platform) -> None:
    propose(platform, MATHS, ABSENCE, provisional=True)
    assert shown(platform).versions[0].state == "provisional"
    propose(platform, MATHS, ABSENCE)
    assert shown(platform).versions[0].state == "proposed"
    said: dict[str, Any] = {
        "measure": "P2MAT",
        "group": "all",
        "suitability": "not_challenging",
        "comment": "Aim for 26",
    }
    platform.do("visits.CommentTarget", by="adviser", urn=SCHOOL, cohort=2013, version=2, **said)
    agree(platform, 2)
    assert shown(platform).versions[0].state == "agreed"
    platform.on(date(2011, 11, 20))
    platform.do("visits.SanctionTargets", by="chair", urn=SCHOOL, cohort=2013, version=2, meeting="2011-11-17")
    cohort = shown(platform)
    current, before = cohort.versions
    assert (current.state, current.meeting, current.statute) == ("sanctioned", date(2011, 11, 17), None)
    assert [(each.party, each.day, each.person) for each in current.agreements] == [
        ("headteacher", AUTUMN, "head"),
        ("chair_of_governors", AUTUMN, "chair"),
        ("adviser", AUTUMN, "adviser"),
    ]
    maths = current.lines[0]
    assert (maths.shown, maths.count, maths.cohort_size) == ("80", 24, 30)
    assert (maths.estimate, maths.data_version, maths.earlier) == ("79", "final 2011", "78")
    assert (maths.suitability, maths.comment) == ("not_challenging", "Aim for 26")
    assert (before.version, before.state) == (1, "provisional")
    assert not platform.parked()


def test_tr1_absence_is_held_and_attendance_shown(platform: Platform) -> None:
    propose(platform, ABSENCE)
    (line,) = shown(platform).versions[0].lines
    assert (line.label, line.percentage, line.shown) == ("Attendance", "5.3", "94.7")


def test_tr2_targets_are_late_after_31_december_until_all_three_have_agreed(platform: Platform) -> None:
    propose(platform, MATHS)
    platform.on(date(2011, 12, 31))
    assert (shown(platform).due, shown(platform).late) == (date(2011, 12, 31), False)
    agree(platform, 1, "head", "chair")
    platform.on(date(2012, 1, 1))
    assert shown(platform).late
    agree(platform, 1, "adviser")
    assert (shown(platform).late, shown(platform).set_on) == (True, date(2012, 1, 1))


def test_edge_role_given_to_a_new_person_who_was_head_before_does_not_agree_again_as_chair(platform: Platform) -> None:
    propose(platform, MATHS)
    agree(platform, 1, "head")
    platform.on(date(2011, 11, 1))
    end: dict[str, Any] = {"urn": SCHOOL, "ends": "2011-11-01"}
    platform.do("scheduling.EndTenure", person="head", role="headteacher", **end)
    platform.do("scheduling.EndTenure", person="chair", role="chair_of_governors", **end)
    platform.do("scheduling.BeginTenure", person="head", role="chair_of_governors", urn=SCHOOL, begins="2011-11-01")
    with pytest.raises(Refused, match="You agreed these targets already, as headteacher"):
        agree(platform, 1, "head")


def test_edge_target_changed_after_sign_off_is_not_late_for_that(platform: Platform) -> None:
    propose(platform, MATHS)
    agree(platform)
    platform.on(date(2012, 2, 1))
    propose(platform, MATHS | {"count": 25})
    cohort = shown(platform)
    assert (cohort.late, cohort.versions[0].state, cohort.versions[0].agreed_on) == (False, "proposed", None)
    assert [each.day for each in cohort.versions[0].agreements] == [None, None, None]


def test_tr3_targets_for_2013_are_not_statutory(platform: Platform) -> None:
    propose(platform, MATHS)
    assert shown(platform).versions[0].statute is None


def test_tr4_the_limits_stand_beside_the_target(platform: Platform) -> None:
    platform.do("visits.RecordAbsenceLimits", by="officer", urn=SCHOOL, cohort=2013, similar_schools="5.5")
    propose(platform, ABSENCE)
    assert shown(platform).limits == Limits(similar_schools="5.5")


@pytest.mark.parametrize("reader", ["head", "chair", "adviser", "manager", "team", "auditor"])
def test_tr7_the_school_and_those_in_confidence_see_small_groups(platform: Platform, reader: str) -> None:
    propose(platform, MATHS, FEW)
    few = shown(platform, reader).versions[0].lines[1]
    assert (few.suppressed, few.count, few.percentage) == (False, 2, "40")


@pytest.mark.parametrize("reader", ["officer", "duty-manager"])
def test_tr7_others_see_no_small_group(platform: Platform, reader: str) -> None:
    propose(platform, MATHS | {"cohort_size": 6, "count": 3}, FEW | {"actions": "for two pupils"})
    all_pupils, few = shown(platform, reader).versions[0].lines
    assert (all_pupils.suppressed, all_pupils.percentage) == (False, "50")
    assert few.suppressed
    assert {getattr(few, name) for name in ("percentage", "count", "cohort_size", "actions", "shown")} == {None}


def test_tr1_tr6_the_measures_to_set_are_those_of_the_school_and_the_year(platform: Platform) -> None:
    def codes(cohort: int) -> list[str]:
        return [each.code for each in platform.ask("visits.TargetMeasures", by="head", urn=SCHOOL, cohort=cohort)]

    assert codes(2013) == ["L4EM", "P2ENG", "P2MAT", "ABSENCE"]
    assert codes(2024)[0] == "PTRWM_EXP"
    platform.do("scheduling.RecordSchool", **SCHOOL_ROW | {"high_age": 7})
    assert codes(2013) == ["KS1READ", "KS1WRIT", "KS1MATH", "ABSENCE"]
    platform.do(
        "scheduling.RecordSchool",
        **SCHOOL_ROW | {"school_type": "Community special school", "type_group": "Special schools"},
    )
    assert "OTHER" in codes(2013)


def test_edge_test_results_re_marked_each_target_keeps_the_data_version_it_was_set_on(platform: Platform) -> None:
    propose(platform, MATHS | {"data_version": "provisional 2011"})
    propose(platform, MATHS | {"data_version": "revised 2011"})
    versions = shown(platform).versions
    assert [each.lines[0].data_version for each in versions] == ["revised 2011", "provisional 2011"]


def test_a_proposal_sent_twice_is_one_version(platform: Platform) -> None:
    propose(platform, MATHS)
    propose(platform, MATHS)
    assert len(shown(platform).versions) == 1


def test_nobody_agrees_for_another_and_the_school_alone_proposes(platform: Platform) -> None:
    with pytest.raises(Forbidden, match="headteacher of the school"):
        platform.do("visits.ProposeTargets", by="adviser", urn=SCHOOL, cohort=2013, targets=[MATHS], provisional=False)
    propose(platform, MATHS)
    for person in ("manager", "officer", "finance"):
        with pytest.raises(Forbidden):
            platform.do("visits.AgreeTargets", by=person, urn=SCHOOL, cohort=2013, version=1)
    with pytest.raises(Forbidden, match="chair of governors"):
        platform.do("visits.SanctionTargets", by="head", urn=SCHOOL, cohort=2013, version=1, meeting="2011-10-04")
