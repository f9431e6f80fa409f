"""Three grades side by side, and a disagreement that keeps both texts (GR1)."""

from datetime import date

import pytest
from msgspec.structs import replace

from services.core.events import Event
from services.core.testing import Given, given
from services.visits.advisers import Advisers
from services.visits.events import GradeAgreed, GradeDisputed, GradeModerated, LaGradeSet, SchoolGraded
from services.visits.grades import (
    AboutGrade,
    AgreeGrade,
    DisputeGrade,
    Facts,
    GradeOwn,
    ModerateGrade,
    Occasion,
    SetLaGrade,
    grades,
)

PLACE = (120777, 2011, "2", "2012-01", "Achievement")
ASKED: tuple[int, int, Occasion, str] = (120777, 2011, "2", "Achievement")
VISIT = date(2012, 3, 1)
FACTS = Facts(Advisers(((date(2011, 9, 1), "adviser"),)), {"2": VISIT})
OWN = SchoolGraded(*PLACE, "Good", "Books of year 5")
DISPUTED = GradeDisputed(*PLACE, "Good", "Satisfactory", "Progress is quick since autumn", "Two groups fall behind")
DISPUTE = DisputeGrade(*ASKED, "Satisfactory", "Progress is quick since autumn", "Two groups fall behind")


def sheet(*events: Event, by: str = "adviser", facts: Facts = FACTS) -> Given:
    return given(*events).at(VISIT).knowing(facts).by(by)


def test_gr1_the_school_grades_itself_then_both_agree_then_the_authority_sets_its_own() -> None:
    agreed, la = GradeAgreed(*PLACE, "Good"), LaGradeSet(*PLACE, "Satisfactory", "Three years of results")
    sheet(by="headteacher").when(GradeOwn(*ASKED, "Good", "Books of year 5"), grades).then(OWN)
    sheet(OWN).when(AgreeGrade(*ASKED, "Good"), grades).then(agreed)
    for role in ("adviser", "programme_manager"):
        set_la = SetLaGrade(*ASKED, "Satisfactory", "Three years of results")
        sheet(OWN, agreed, by=role).when(set_la, grades).then(la)


def test_gr1_no_grade_takes_the_place_of_another() -> None:
    everything = [OWN, GradeAgreed(*PLACE, "Good"), LaGradeSet(*PLACE, "Inadequate", "Results")]
    state = grades.initial
    for event in everything:
        state = grades.evolve(state, event)
    kept = state["2", "2012-01", "Achievement"]
    assert [kept.own, kept.agreed, kept.la] == everything


def test_nothing_is_agreed_or_disputed_before_the_school_has_graded_itself() -> None:
    sheet().when(AgreeGrade(*ASKED, "Good"), grades).refused("has not graded itself", "heading")
    sheet().when(DISPUTE, grades).refused("has not graded itself", "heading")


def test_edge_disagreement_on_a_grade_keeps_both_texts_and_forces_no_agreement() -> None:
    sheet(OWN).when(DISPUTE, grades).then(DISPUTED)
    moderated = GradeModerated(*PLACE, None, "Both readings can be held until the tests")
    moderate = ModerateGrade(*ASKED, "Both readings can be held until the tests")
    sheet(OWN, DISPUTED, by="programme_manager").when(moderate, grades).then(moderated)
    found = ModerateGrade(*ASKED, "Seen together", "Satisfactory")
    sheet(OWN, DISPUTED, moderated, by="programme_manager").when(found, grades).then(
        GradeModerated(*PLACE, "Satisfactory", "Seen together")
    )
    # They may still come to agree, of their own accord.
    sheet(OWN, DISPUTED).when(AgreeGrade(*ASKED, "Good"), grades).then(GradeAgreed(*PLACE, "Good"))


def test_only_a_disagreement_is_moderated_or_recorded_as_one() -> None:
    sheet(OWN).when(ModerateGrade(*ASKED, "words"), grades).refused("no disagreement", "heading")
    sheet(OWN).when(replace(DISPUTE, adviser_grade="Good"), grades).refused("no disagreement", "adviser_grade")
    agreed = GradeAgreed(*PLACE, "Good")
    sheet(OWN, agreed).when(DISPUTE, grades).refused("agreed on Good", "adviser_grade")


def test_another_agreed_grade_needs_a_reason() -> None:
    agreed = sheet(OWN, GradeAgreed(*PLACE, "Good"))
    agreed.when(AgreeGrade(*ASKED, "Satisfactory"), grades).refused("reason", "reason")
    agreed.because(" ").when(AgreeGrade(*ASKED, "Satisfactory"), grades).refused("reason", "reason")
    corrected = agreed.because("Written down wrongly").when(AgreeGrade(*ASKED, "Satisfactory"), grades)
    corrected.then(GradeAgreed(*PLACE, "Satisfactory"))


def test_the_school_changes_its_mind_until_its_grade_was_discussed() -> None:
    other = GradeOwn(*ASKED, "Outstanding", "More books")
    sheet(OWN).when(other, grades).then(SchoolGraded(*PLACE, "Outstanding", "More books"))
    for discussed in (GradeAgreed(*PLACE, "Good"), DISPUTED):
        sheet(OWN, discussed).when(other, grades).refused("has been discussed", "grade")
        more = GradeOwn(*ASKED, "Good", "More books")
        sheet(OWN, discussed).when(more, grades).then(SchoolGraded(*PLACE, "Good", "More books"))


@pytest.mark.parametrize(
    ("event", "again"),
    [
        (OWN, GradeOwn(*ASKED, "Good", "Books of year 5")),
        (GradeAgreed(*PLACE, "Good"), AgreeGrade(*ASKED, "Good")),
        (DISPUTED, DISPUTE),
        (LaGradeSet(*PLACE, "Good", "Results"), SetLaGrade(*ASKED, "Good", "Results")),
    ],
)
def test_the_same_again_changes_nothing(event: Event, again: AboutGrade) -> None:
    sheet(OWN, event).when(again, grades).then()


@pytest.mark.parametrize(
    "command",
    [
        GradeOwn(*ASKED, "Requires Improvement", "Books"),
        AgreeGrade(*ASKED, "Requires Improvement"),
        SetLaGrade(*ASKED, "Requires Improvement", "Results"),
    ],
)
def test_grade_of_another_framework_is_refused_naming_the_one_in_force(command: AboutGrade) -> None:
    refused = "Requires Improvement is not a grade of the inspection framework of January 2012. Choose one of: Outst"
    sheet(OWN).when(command, grades).refused(refused, "grade")


def test_grade_headings_are_those_of_the_framework_on_the_day_of_the_visit() -> None:
    new = replace(DISPUTE, heading="Quality of education")
    sheet(OWN).when(new, grades).refused("not a heading of the inspection framework of January 2012", "heading")
    autumn = replace(FACTS, days={"2": date(2012, 9, 3)})
    graded = GradeOwn(*ASKED, "Requires Improvement", "Books")
    sheet(by="headteacher", facts=autumn).when(graded, grades).then(
        SchoolGraded(120777, 2011, "2", "2012-09", "Achievement", "Requires Improvement", "Books")
    )
    # The school's grade of the framework before is no grade of this one.
    sheet(OWN, facts=autumn).when(AgreeGrade(*ASKED, "Good"), grades).refused("has not graded itself", "heading")


def test_without_a_date_of_the_visit_today_decides() -> None:
    undated = replace(FACTS, days={})
    sheet(by="headteacher", facts=undated).when(GradeOwn(*ASKED, "Good", "Books of year 5"), grades).then(OWN)


def test_only_an_adviser_of_the_school_grades_with_it() -> None:
    commands: list[AboutGrade] = [AgreeGrade(*ASKED, "Good"), DISPUTE, SetLaGrade(*ASKED, "Good", "Results")]
    for command in commands:
        stranger = given(OWN).at(VISIT).knowing(FACTS).by("adviser", "adviser-2")
        stranger.when(command, grades).refused("Only the school's Link Adviser")
