"""Who sees what of a concern and of a rating, and the board on which nothing overdue is hidden."""

from collections.abc import Iterator
from datetime import date, time
from pathlib import Path
from typing import Any

import pytest

from services.core.authorisation import Forbidden
from services.core.deciders import Refused
from services.visits.events import AlertDecided
from services.visits.queries.concern_view import ConcernView
from services.visits.queries.concerns import Board
from services.visits.queries.record_texts import Redacted
from services.visits.queries.risk import RiskView
from tests.platform import SCHOOL, SCHOOL_ROW, Platform, opened_platform
from tests.visits.steps import CONCERN, allocate, close_school, decide, observe, rate, tell

DAY = date(2012, 2, 1)
OTHER = 120778


@pytest.fixture
def platform(tmp_path: Path) -> Iterator[Platform]:
    with opened_platform(tmp_path) as platform:
        allocate(platform)
        yield platform.on(DAY, time(16))


def concerns(platform: Platform, by: str | None = None) -> tuple[ConcernView, ...]:
    found: tuple[ConcernView, ...] = platform.ask("visits.SchoolConcerns", by=by, urn=SCHOOL)
    return found


def kinds(platform: Platform, by: str) -> list[str]:
    return [fact.kind for concern in concerns(platform, by) for fact in concern.facts]


def board(platform: Platform) -> Board:
    found: Board = platform.ask("visits.ConcernsBoard", by="team")
    return found


def new_chair(platform: Platform, begins: date) -> None:
    end: dict[str, Any] = {"person": "chair", "role": "chair_of_governors", "urn": SCHOOL, "ends": begins.isoformat()}
    platform.do("scheduling.EndTenure", **end)
    platform.add_person("new-chair", "chair_of_governors", begins, SCHOOL)


def test_vr7_a_concern_is_the_authoritys_alone_until_the_school_is_told(platform: Platform) -> None:
    observe(platform)
    assert concerns(platform, "head") == ()
    assert kinds(platform, "adviser") == ["observed"]
    tell(platform, "2012-02-01T15:00:00Z")
    assert kinds(platform, "head") == kinds(platform, "chair") == ["told"]
    (seen,) = concerns(platform, "head")
    assert (seen.aspect, seen.state, seen.observed) == ("Leadership and management", "told", None)
    (known,) = concerns(platform, "team")
    assert known.facts[0].words == "No milestones"


def test_vr7_what_was_done_about_a_concern_before_the_school_was_told_is_not_for_the_school_until_then(
    platform: Platform,
) -> None:
    observe(platform)
    decide(platform, "2012-03-01")
    assert concerns(platform, "head") == ()
    assert kinds(platform, "team") == ["observed", "alerted", "acknowledged", "decided"]
    tell(platform, "2012-02-01T15:00:00Z")
    assert kinds(platform, "head") == ["alerted", "acknowledged", "decided", "told"]


def redact(platform: Platform, fact: int, by: str = "dpo") -> None:
    rule = "performance management is not recorded"
    platform.do("visits.RedactConcern", by=by, because="It is about pay", **CONCERN, fact=fact, rule=rule)


def test_edge_pm_content_typed_in_the_wrong_place_is_gone_from_a_concern_and_its_redaction_stays(
    platform: Platform,
) -> None:
    observe(platform, summary="The head's objectives are not met")
    decide(platform, "2012-03-01")
    tell(platform, "2012-02-01T15:00:00Z")
    for fact in (1, 4):
        redact(platform, fact)
    (known,) = concerns(platform, "team")
    texts = {fact.fact: fact for fact in known.facts if fact.redacted}
    assert {number: (each.words, each.redactable) for number, each in texts.items()} == {
        1: (None, False),
        4: (None, False),
    }
    assert texts[1].redacted == Redacted("performance management is not recorded", DAY)
    assert known.state == "decided"
    assert kinds(platform, "head")[-1] == "redacted"
    with pytest.raises(Forbidden):
        redact(platform, 1, by="manager")
    (decided,) = platform.recorded(AlertDecided)
    opened = platform.ask("analytics.TimelineEntry", by="auditor", urn=SCHOOL, position=decided.position)
    assert opened.data["decision"] == "erased"
    assert b"objectives" not in b"".join(
        path.read_bytes() for path in platform.runtime.settings.data_dir.rglob("*.db*")
    )


def test_who_comes_later_sees_no_concern_in_the_redaction_of_its_text(platform: Platform) -> None:
    observe(platform)
    tell(platform, "2012-02-01T15:00:00Z")
    new_chair(platform, date(2012, 2, 20))
    platform.on(date(2012, 2, 20))
    redact(platform, 1)
    assert concerns(platform, "new-chair") == ()


@pytest.mark.parametrize("name", ["visits.TellSchool", "visits.AlertTeam"])
def test_an_adviser_without_a_visit_at_the_school_does_nothing_about_its_concerns(
    platform: Platform, name: str
) -> None:
    observe(platform)
    told = {"told": ["headteacher"], "told_at": "2012-02-01T15:00:00Z", "how": "in_person"}
    with pytest.raises(Refused, match="Only the school's Link Adviser"):
        platform.do(name, by="adviser-2", **CONCERN | (told if name == "visits.TellSchool" else {}))


@pytest.mark.parametrize(
    ("told_at", "gap"), [("2012-02-01T13:00:00Z", 3 * 3600), ("2012-02-01T18:30:00Z", -int(2.5 * 3600))]
)
def test_vr7_the_gap_between_telling_and_alerting_is_known_with_its_order(
    platform: Platform, told_at: str, gap: int
) -> None:
    observe(platform)
    platform.do("visits.AlertTeam", by="adviser", **CONCERN)
    assert concerns(platform)[0].gap_seconds is None
    platform.on(DAY, time(20))
    tell(platform, told_at)
    tell(platform, "2012-02-01T19:00:00Z", told=["clerk_to_governors"], how="letter")
    assert concerns(platform, "head")[0].gap_seconds == gap


def test_vr6_who_asked_for_the_intervention_is_recorded(platform: Platform) -> None:
    observe(platform)
    decide(platform, "2012-03-01")
    assert concerns(platform)[0].requested_by == "governing_body"
    with pytest.raises(Refused, match="VR6"):
        platform.do(
            "visits.DecideAlert",
            by="team",
            **CONCERN,
            decision="Suspend the budget",
            requested_by="authority",
            next_review="2012-03-01",
        )


def test_the_team_and_the_manager_decide_and_nobody_else(platform: Platform) -> None:
    observe(platform)
    platform.do("visits.AlertTeam", by="adviser", **CONCERN)
    for person in ("adviser", "head", "officer", "auditor"):
        with pytest.raises(Forbidden):
            platform.do("visits.AcknowledgeAlert", by=person, **CONCERN)
    platform.do("visits.AcknowledgeAlert", by="manager", **CONCERN)
    assert concerns(platform)[0].state == "acknowledged"
    for person in ("finance", "duty", "officer"):
        with pytest.raises(Forbidden):
            concerns(platform, person)


def test_edge_role_given_to_a_new_person_opens_nothing_confidential_from_before(platform: Platform) -> None:
    observe(platform)
    tell(platform, "2012-02-01T15:00:00Z")
    decide(platform, "2012-05-01")
    rate(platform, "red", "deteriorating", "2012-06-01")
    new_chair(platform, date(2012, 3, 1))
    platform.on(date(2012, 3, 5))
    assert kinds(platform, "head") == ["told", "alerted", "acknowledged", "decided"]
    assert concerns(platform, "new-chair") == ()
    assert platform.ask("visits.SchoolRisk", by="new-chair", urn=SCHOOL).rating is None
    review: dict[str, Any] = CONCERN | {"findings": "The board met twice", "next_review": "2012-06-01"}
    platform.do("visits.ReviewAlert", by="team", **review)
    (seen,) = concerns(platform, "new-chair")
    assert [fact.kind for fact in seen.facts] == ["reviewed"]
    assert (seen.aspect, seen.told_at) == (None, None)
    grant: dict[str, Any] = {"person": "new-chair", "role": "chair_of_governors", "urn": SCHOOL, "since": "2012-02-01"}
    platform.do("scheduling.GrantBackView", by="dpo", because="The governors asked", **grant)
    assert kinds(platform, "new-chair") == kinds(platform, "head")


def test_edge_change_of_head_the_one_who_left_sees_nothing_more(platform: Platform) -> None:
    observe(platform)
    tell(platform, "2012-02-01T15:00:00Z")
    end: dict[str, Any] = {"person": "head", "role": "headteacher", "urn": SCHOOL, "ends": "2012-03-01"}
    platform.do("scheduling.EndTenure", **end)
    platform.on(date(2012, 3, 1))
    with pytest.raises(Forbidden):
        concerns(platform, "head")


def test_edge_school_causing_concern_stands_on_the_board_with_its_age_and_what_is_missing(platform: Platform) -> None:
    observe(platform)
    platform.on(date(2012, 2, 15))
    found = board(platform)
    (row,) = found.concerns
    assert (row.school, row.age, row.concern.told_at) == ("Aldborough Primary School", 14, None)
    assert (found.not_told, found.not_alerted, found.not_acknowledged) == (1, 1, 0)
    assert [(each.urn, each.rating, each.concerns) for each in found.schools] == [(SCHOOL, None, 1)]


def test_the_board_hides_no_school_that_is_past_its_review(platform: Platform) -> None:
    """Screen 8's own test."""
    platform.do("scheduling.RecordSchool", **SCHOOL_ROW | {"urn": OTHER, "name": "Antingham School"})
    rate(platform, "amber-green", "improving", "2012-03-01")
    rate(platform, "red", "deteriorating", "2012-09-01", urn=OTHER)
    assert [each.urn for each in board(platform).schools] == [OTHER, SCHOOL]
    platform.on(date(2012, 3, 2))
    found = board(platform)
    assert [(each.urn, each.overdue) for each in found.schools] == [(SCHOOL, True), (OTHER, False)]
    assert found.overdue == 1
    assert found.ratings[:2] == (("red-plus", 0), ("red", 1))


def test_a_closed_school_stays_on_the_board_and_waits_for_no_review(platform: Platform) -> None:
    rate(platform, "red", "unchanged", "2012-03-01")
    platform.on(date(2012, 4, 2))
    close_school(platform)
    (row,) = board(platform).schools
    assert (row.open, row.overdue) == (False, False)


def test_overdue_concerns_come_first_and_closed_ones_leave_the_board(platform: Platform) -> None:
    observe(platform)
    tell(platform, "2012-02-01T15:00:00Z")
    decide(platform, "2012-03-01")
    observe(platform, concern="2012-C2", aspect="Behaviour and safety", observed="2011-10-01")
    platform.on(date(2012, 3, 2))
    assert [(each.concern.concern, each.overdue) for each in board(platform).concerns] == [
        ("2012-C1", True),
        ("2012-C2", False),
    ]
    platform.do("visits.CloseConcern", by="team", **CONCERN, outcome="Milestones are met")
    assert [each.concern.concern for each in board(platform).concerns] == ["2012-C2"]
    assert concerns(platform, "head")[0].closed == date(2012, 3, 2)


def test_the_board_is_for_those_who_act_on_it(platform: Platform) -> None:
    for person in ("head", "chair", "adviser", "finance"):
        with pytest.raises(Forbidden):
            platform.ask("visits.ConcernsBoard", by=person)


def risk(platform: Platform, by: str) -> RiskView:
    found: RiskView = platform.ask("visits.SchoolRisk", by=by, urn=SCHOOL)
    return found


def test_rr2_stages_are_followed_by_review_after_review(platform: Platform) -> None:
    """The stages of the flow are the facts of an alert: each decision and review is kept, the last sets the next."""
    observe(platform)
    decide(platform, "2012-03-01")
    for findings, next_review in (("Stage 1: the board met", "2012-04-01"), ("Stage 2: a notice", "2012-05-01")):
        review: dict[str, Any] = CONCERN | {"findings": findings, "next_review": next_review}
        platform.do("visits.ReviewAlert", by="team", **review)
    (known,) = concerns(platform, "team")
    assert [fact.words for fact in known.facts if fact.kind == "reviewed"] == [
        "Stage 1: the board met",
        "Stage 2: a notice",
    ]
    assert known.next_review == date(2012, 5, 1)


def test_rr3_the_schools_disagreement_stands_beside_the_rating_until_it_is_made_anew(platform: Platform) -> None:
    rate(platform, "red", "deteriorating", "2012-06-01")
    words: dict[str, Any] = {"urn": SCHOOL, "rating": "red", "words": "Eight pupils sat the tests"}
    platform.do("visits.DisputeRating", by="head", **words)
    assert [fact.words for fact in risk(platform, "chair").disputed] == ["Eight pupils sat the tests"]
    assert [fact.words for fact in board(platform).schools[0].disputed] == ["Eight pupils sat the tests"]
    rate(platform, "red-amber", "improving", "2012-06-01")
    now = risk(platform, "head")
    assert now.rating is not None
    assert (now.rating.rating, now.disputed, len(now.facts)) == ("red-amber", (), 3)
    with pytest.raises(Forbidden):
        platform.do("visits.DisputeRating", by="adviser", **words)
