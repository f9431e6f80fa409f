"""What a row of the register comes to: the first registers, a later one records what differs on its day."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given as examples
from hypothesis import strategies as st
from msgspec import UNSET
from msgspec.structs import replace

from services.core.deciders import Context
from services.core.events import Dated, Event
from services.core.testing import given
from services.core.times import BEFORE_RECORDS, from_micros
from services.scheduling.events import SchoolChanged, SchoolRegistered
from services.scheduling.school import OPTIONAL, RecordSchool, School, school_decider
from tests.scheduling.platform import ROW
from tests.scheduling.rows import ROWS, row

MAY, JULY, AUGUST, OCTOBER = date(2022, 5, 16), date(2022, 7, 1), date(2022, 8, 1), date(2022, 10, 1)
MAINTAINED = "Local authority maintained schools"
REGISTERED = SchoolRegistered(
    120777, "Aldborough Primary School", "926", "2000", "Community school", MAINTAINED, "Open", "Primary", pupils=135
)


def test_the_first_row_registers_the_school_from_its_opening() -> None:
    opened = date(1952, 9, 1)
    given().when(row(opened=opened), school_decider).then(replace(REGISTERED, opened=opened).true_from(opened))


def test_a_school_without_a_day_of_opening_was_there_before_records() -> None:
    given().when(row(), school_decider).then(REGISTERED.true_from(BEFORE_RECORDS))


def test_the_same_row_again_records_nothing() -> None:
    given(REGISTERED).when(row(), school_decider).then()


def test_a_later_row_records_only_what_changed() -> None:
    changed = SchoolChanged(120777, pupils=140, town="Norwich")
    given(REGISTERED).when(row(pupils=140, town="Norwich"), school_decider).then(changed.true_from(JULY))


def test_null_clears_a_field_and_a_field_left_out_says_nothing() -> None:
    cleared = SchoolChanged(120777, pupils=None).true_from(JULY)
    given(REGISTERED).when(row(pupils=None), school_decider).then(cleared)
    given(REGISTERED).when(row(pupils=UNSET), school_decider).then()


def test_a_change_is_true_from_the_registers_own_day() -> None:
    changed = row(pupils=140, last_changed=MAY)
    given(REGISTERED).when(changed, school_decider).then(SchoolChanged(120777, pupils=140).true_from(MAY))


def test_the_day_of_the_file_counts_when_something_later_than_the_rows_own_day_is_known() -> None:
    known = SchoolChanged(120777, town="Norwich").true_from(date(2022, 6, 1))
    changed = row(town="Norwich", pupils=140, last_changed=MAY)
    given(REGISTERED, known).when(changed, school_decider).then(SchoolChanged(120777, pupils=140).true_from(JULY))


def test_a_change_on_its_own_day_again_records_nothing() -> None:
    known = SchoolChanged(120777, pupils=140).true_from(MAY)
    same = row(pupils=140, last_changed=MAY, effective_on=date(2020, 1, 1))
    given(REGISTERED, known).when(same, school_decider).then()


def test_late_news_fills_the_time_before_a_change_that_is_known() -> None:
    known = SchoolChanged(120777, pupils=150).true_from(OCTOBER)
    late = row(pupils=140, effective_on=AUGUST)
    decided = given(REGISTERED, known).at(OCTOBER).when(late, school_decider)
    decided.then(SchoolChanged(120777, pupils=140).true_from(AUGUST))
    school = folded(REGISTERED.true_from(BEFORE_RECORDS), known, *decided.events)
    assert [school.on(day).pupils for day in (JULY, AUGUST, OCTOBER)] == [135, 140, 150]
    assert school.latest.pupils == 150


def test_late_news_about_another_field_holds_from_its_day_on() -> None:
    known = SchoolChanged(120777, pupils=150).true_from(OCTOBER)
    academy: dict[str, Any] = {"school_type": "Academy converter", "type_group": "Academies"}
    late = row(**academy, effective_on=AUGUST)
    decided = given(REGISTERED, known).at(OCTOBER).when(late, school_decider)
    decided.then(SchoolChanged(120777, **academy).true_from(AUGUST))
    school = folded(REGISTERED.true_from(BEFORE_RECORDS), known, *decided.events)
    assert [school.on(day).type_group for day in (JULY, AUGUST, OCTOBER)] == [MAINTAINED, "Academies", "Academies"]


def test_an_old_row_that_was_true_then_records_nothing() -> None:
    known = SchoolChanged(120777, pupils=150).true_from(OCTOBER)
    given(REGISTERED, known).at(OCTOBER).when(row(effective_on=AUGUST), school_decider).then()


def test_of_two_changes_from_one_day_the_last_recorded_counts() -> None:
    first, second = (SchoolChanged(120777, pupils=pupils).true_from(MAY) for pupils in (140, 141))
    assert folded(REGISTERED.true_from(BEFORE_RECORDS), first, second).latest.pupils == 141


def test_a_change_before_the_opening_is_known_too() -> None:
    opens = date(2023, 9, 1)
    school = folded(
        replace(REGISTERED, opened=opens).true_from(opens),
        SchoolChanged(120777, name="Aldborough Academy").true_from(MAY),
    )
    assert school.latest.name == "Aldborough Academy"


def test_no_change_is_recorded_before_it_is_true() -> None:
    future = row(pupils=140, effective_on=date(2022, 9, 2))
    given(REGISTERED).at(date(2022, 9, 1)).when(future, school_decider).refused("in the future", "effective_on")
    given(REGISTERED).at(date(2022, 9, 2)).when(future, school_decider).then(
        SchoolChanged(120777, pupils=140).true_from(date(2022, 9, 2))
    )


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("school_type", "Comunity school", "not a type of school"),
        ("type_group", "Academies", "belongs to Local authority maintained schools"),
        ("status", "Opened", "Open, but proposed to close"),
        ("phase", "Infants", "Primary"),
    ],
)
def test_only_words_of_the_register_are_taken(field: str, value: str, words: str) -> None:
    given().when(row(**{field: value}), school_decider).refused(words, field)


def folded(*events: Event | Dated) -> School:
    school = None
    for event in events:
        school = school_decider.evolve(school, event)
    assert school is not None
    return school


TODAY = Context(from_micros(0), date(2023, 1, 1))


@examples(st.lists(ROWS, min_size=1, max_size=6))
def test_whatever_came_before_a_row_is_true_on_its_day_and_says_nothing_twice(rows: list[RecordSchool]) -> None:
    school: School | None = None
    for said in rows:
        decided = school_decider.decide(said, school, TODAY)
        for event in decided:
            assert isinstance(event, Dated)
            school = school_decider.evolve(school, event)
            if isinstance(event.event, SchoolChanged):
                assert school is not None
                picture = school.on(event.effective_on)
                assert {field: getattr(picture, field) for field in said.stated()} == said.stated()
        assert not school_decider.decide(said, school, TODAY)


def test_every_field_of_a_registration_can_be_said() -> None:
    assert {*OPTIONAL, *ROW} - {"effective_on"} == set(SchoolRegistered.__struct_fields__)
