"""What was known when a target was set, the target, and the result that followed."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from services.analytics.area import NATIONAL, PublishAreaFigures
from services.analytics.queries.targets import CohortTargets, Met, TargetsAgainstResults, TargetsMet
from services.analytics.results import PublishResults
from services.core.events import Event
from services.visits.events import Target, TargetsAgreed, TargetsProposed, TargetsSanctioned
from tests.analytics.desk import Desk
from tests.analytics.viewers import TENURES, actor

URN = 120777
COHORT = 2018
SET_ON = date(2016, 10, 14)
RWM = Target("PTRWM_EXP", "all", "65", 13, 20, estimate="62", data_version="estimates of autumn 2016", earlier="60")
FSM = Target("PTRWM_EXP", "fsm", "50", 2, 4)
ABSENCE = Target("ABSENCE", "all", "4.8")
AGREED: list[Event] = [TargetsAgreed(URN, COHORT, 1, by) for by in ("adviser", "chair_of_governors", "headteacher")]
SANCTIONED = TargetsSanctioned(URN, COHORT, 1, date(2016, 12, 1))


def propose(desk: Desk, *targets: Target, version: int = 1, provisional: bool = False) -> None:
    proposed = TargetsProposed(URN, COHORT, version, targets, provisional)
    desk.record(f"visits.targets-{URN}-{COHORT}", proposed.true_from(SET_ON))


def sanction(desk: Desk) -> None:
    desk.record(f"visits.targets-{URN}-{COHORT}", *AGREED, SANCTIONED)


def publish(desk: Desk, value: str, version: str) -> None:
    desk.handle(PublishResults(URN, COHORT, version, {"PTRWM_EXP": value}))


def latest(desk: Desk) -> CohortTargets:
    cohort = desk.ask(TargetsAgainstResults(URN))[0]
    assert isinstance(cohort, CohortTargets)
    return cohort


def test_a_target_shows_what_was_known_when_it_was_set_and_then_its_result(desk: Desk) -> None:
    desk.register(URN)
    propose(desk, RWM)
    (before,) = latest(desk).targets
    assert (before.result, before.met, before.difference) == (None, None, None)
    publish(desk, "70", "provisional")
    desk.handle(PublishAreaFigures("926", "Norfolk", COHORT, "averages", {"PTRWM_EXP": "61"}))
    desk.handle(PublishAreaFigures(NATIONAL, "England", COHORT, "averages", {"PTRWM_EXP": "64"}))
    (row,) = latest(desk).targets
    assert (row.set_on, row.estimate, row.data_version, row.earlier) == (SET_ON, "62", "estimates of autumn 2016", "60")
    assert (row.percentage, row.count, row.cohort_size) == ("65", 13, 20)
    assert row.result is not None
    assert (row.result.value, row.result.data_version) == ("70", "provisional")
    assert (row.difference, row.met) == ("5", True)
    assert row.la is not None
    assert row.national is not None
    assert (row.la.value, row.national.value, row.national.data_version) == ("61", "64", "averages")


def test_edge_test_results_re_marked_every_comparison_names_its_data_version(desk: Desk) -> None:
    desk.register(URN)
    propose(desk, RWM)
    publish(desk, "70", "provisional")
    first = latest(desk).targets[0]
    publish(desk, "60", "revised after re-marking")
    second = latest(desk).targets[0]
    assert first.result is not None
    assert second.result is not None
    assert (first.result.data_version, first.met) == ("provisional", True)
    assert (second.result.data_version, second.met, second.difference) == ("revised after re-marking", False, "-5")
    assert second.data_version == first.data_version == "estimates of autumn 2016"


@pytest.mark.parametrize("target", [FSM, ABSENCE])
def test_a_target_without_a_published_result_is_neither_met_nor_missed(desk: Desk, target: Target) -> None:
    desk.register(URN)
    propose(desk, target)
    publish(desk, "70", "provisional")
    (row,) = latest(desk).targets
    assert (row.result, row.la, row.met) == (None, None, None)


def test_a_marker_is_no_result(desk: Desk) -> None:
    desk.register(URN)
    propose(desk, RWM)
    sanction(desk)
    publish(desk, "SUPP", "provisional")
    (row,) = latest(desk).targets
    assert row.result is not None
    assert (row.result.meaning, row.difference, row.met) == ("suppressed: 5 pupils or fewer", None, None)
    assert desk.ask(TargetsMet(COHORT)) == ()


def test_how_far_targets_are_agreed(desk: Desk) -> None:
    desk.register(URN)
    propose(desk, RWM, provisional=True)
    assert latest(desk).state == "provisional"
    propose(desk, RWM, version=2)
    assert (latest(desk).version, latest(desk).state) == (2, "proposed")
    stream = f"visits.targets-{URN}-{COHORT}"
    for by in ("adviser", "chair_of_governors"):
        desk.record(stream, TargetsAgreed(URN, COHORT, 2, by))
    assert latest(desk).state == "proposed"
    desk.record(stream, TargetsAgreed(URN, COHORT, 2, "headteacher"))
    assert latest(desk).state == "agreed"
    desk.record(stream, TargetsSanctioned(URN, COHORT, 2, date(2016, 12, 1), "SI 2004/2858"))
    assert (latest(desk).state, latest(desk).statute) == ("sanctioned", "SI 2004/2858")


def test_only_sanctioned_targets_of_all_pupils_count_as_met(desk: Desk) -> None:
    desk.set_clock(datetime(2023, 1, 2, tzinfo=UTC))
    desk.register(URN)
    propose(desk, RWM, FSM, ABSENCE)
    publish(desk, "65", "provisional")
    assert desk.ask(TargetsMet(COHORT)) == ()
    sanction(desk)
    assert desk.ask(TargetsMet(COHORT)) == (Met(URN, 1, 1),)
    publish(desk, "64", "revised")
    assert desk.ask(TargetsMet(COHORT)) == (Met(URN, 0, 1),)


def test_tr7_targets_of_a_small_group_are_not_for_outsiders(tmp_path: Path) -> None:
    desk = Desk(tmp_path, TENURES)
    desk.register(URN)
    propose(desk, RWM, FSM)
    seen = {
        person: [row.group for row in desk.ask(TargetsAgainstResults(URN), actor(person))[0].targets]
        for person in ("adviser", "head", "officer")
    }
    assert seen == {"adviser": ["all", "fsm"], "head": ["all", "fsm"], "officer": ["all"]}
    desk.close()
