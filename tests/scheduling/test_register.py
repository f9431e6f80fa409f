"""The register of schools as queries show it: what is true by the latest day known, whichever was recorded last."""

from collections.abc import Iterator
from datetime import date
from itertools import count
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import to_builtins

from services.core.authorisation import Role
from services.core.schemas import Invalid
from services.scheduling.queries.schools import LinkedSchool, Subscription
from services.scheduling.school import RecordSchool, school_decider, school_stream
from tests.scheduling.platform import ROW, Platform
from tests.scheduling.rows import ROWS

JUNE, AUGUST, SEPT = date(2022, 6, 1), date(2022, 8, 1), date(2022, 9, 1)
ACADEMY = {"school_type": "Academy converter", "type_group": "Academies"}


def record(platform: Platform, **fields: Any) -> None:
    platform.do("RecordSchool", **{**ROW, **fields})


def test_a_school_is_shown_with_every_field(platform: Platform) -> None:
    record(platform, opened=date(1952, 9, 1), pupils=135, postcode="NR11 7PH", website="www.aldborough.norfolk.sch.uk")
    details = platform.ask("SchoolByUrn", urn=120777)
    assert (details.row.opened, details.row.pupils, details.row.town) == (date(1952, 9, 1), 135, None)
    assert (details.laestab, details.row.website) == ("926/2000", "www.aldborough.norfolk.sch.uk")


def test_an_unknown_school_is_none(platform: Platform) -> None:
    assert platform.ask("SchoolByUrn", urn=999999) is None


@pytest.mark.parametrize("together", [True, False])
def test_late_news_does_not_overwrite_what_is_true_from_a_later_day(platform: Platform, together: bool) -> None:
    record(platform, pupils=135)
    record(platform, pupils=150, effective_on=AUGUST)
    if not together:
        platform.runtime.settle()
    record(platform, pupils=140, town="Norwich", effective_on=JUNE)
    row = platform.ask("SchoolByUrn", urn=120777).row
    assert (row.pupils, row.town) == (150, "Norwich")


def test_late_news_of_another_field_shows_now(platform: Platform) -> None:
    record(platform, pupils=135)
    record(platform, pupils=150, effective_on=AUGUST)
    record(platform, **ACADEMY, effective_on=JUNE)
    row = platform.ask("SchoolByUrn", urn=120777).row
    assert (row.pupils, row.type_group) == (150, "Academies")


def test_of_two_changes_from_one_day_the_last_recorded_shows(platform: Platform) -> None:
    record(platform, pupils=135)
    for pupils in (150, 151):
        record(platform, pupils=pupils, effective_on=AUGUST)
    assert platform.ask("SchoolByUrn", urn=120777).row.pupils == 151


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Platform]:
    platform = Platform(tmp_path_factory.mktemp("county"))
    yield platform
    platform.runtime.close()


URNS = count(100_000)


@given(st.lists(ROWS, min_size=1, max_size=6))
def test_the_register_shows_what_the_events_fold_to(county: Platform, rows: list[RecordSchool]) -> None:
    urn = next(URNS)
    for row in rows:
        county.do("RecordSchool", **{**to_builtins(row), "urn": urn})
    school = school_decider.fold(county.runtime.log.read(school_stream(urn)))
    assert school is not None
    assert county.ask("SchoolByUrn", urn=urn).row == school.latest


def test_a_rebuild_shows_the_same(platform: Platform) -> None:
    record(platform, pupils=135)
    record(platform, name="Aldborough Academy", effective_on=AUGUST)
    record(platform, name="Aldborough School", effective_on=JUNE)
    before = platform.ask("CountySchools")
    platform.runtime.projectors["scheduling.schools"].rebuild()
    assert platform.ask("CountySchools") == before
    assert before.schools[0].name == "Aldborough Academy"


def test_links_show_on_both_sides(platform: Platform) -> None:
    record(platform)
    record(platform, urn=141226, name="Antingham Primary School", **ACADEMY)
    platform.do("LinkSchools", predecessor=120777, successor=141226, link_type="Successor", established=SEPT)
    platform.do("LinkSchools", predecessor=120778, successor=141226, link_type="Successor - merged")
    assert platform.ask("SchoolByUrn", urn=120777).successors == [
        LinkedSchool(141226, "Antingham Primary School", "Successor", SEPT)
    ]
    assert platform.ask("SchoolByUrn", urn=141226).predecessors == [
        LinkedSchool(120778, None, "Successor - merged", None),
        LinkedSchool(120777, "Aldborough Primary School", "Successor", SEPT),
    ]


def test_subscriptions_show_with_the_school_and_count_for_the_county(platform: Platform) -> None:
    record(platform)
    record(platform, urn=141226, **ACADEMY)
    for urn, year in ((120777, 2021), (120777, 2022), (141226, 2022)):
        platform.do("SubscribeSchool", urn=urn, year=year)
    years = [Subscription(2021, date(2021, 9, 1), "full"), Subscription(2022, SEPT, "full")]
    assert platform.ask("SchoolByUrn", urn=120777).subscriptions == years
    overview = platform.ask("CountySchools")
    assert overview.subscriptions == {2021: {ROW["type_group"]: 1}, 2022: {"Academies": 1, ROW["type_group"]: 1}}


def test_the_county_is_counted_by_kind(platform: Platform) -> None:
    record(platform)
    record(platform, urn=141226, name="Acle Academy", **ACADEMY)
    record(platform, urn=120780, name="Zion School", status="Closed", closed=JUNE, phase="Nursery")
    overview = platform.ask("CountySchools")
    assert [line.name for line in overview.schools] == ["Acle Academy", "Aldborough Primary School", "Zion School"]
    assert overview.by_type_group == {ROW["type_group"]: 2, "Academies": 1}
    assert overview.by_status == {"Open": 2, "Closed": 1}
    assert overview.by_phase == {"Primary": 2, "Nursery": 1}


def test_people_of_a_school_on_a_day(platform: Platform) -> None:
    platform.appoint("head-1", Role.HEADTEACHER, date(2015, 9, 1), 120777, ends=date(2020, 9, 1))
    platform.appoint("head-2", Role.HEADTEACHER, date(2020, 9, 1), 120777)
    platform.appoint("head-3", Role.HEADTEACHER, date(2020, 10, 1), 120777)
    platform.appoint("chair-1", Role.CHAIR, date(2015, 9, 1), 120777)
    platform.appoint("elsewhere", Role.CHAIR, date(2015, 9, 1), 120780)
    platform.appoint("adviser", Role.ADVISER, date(2015, 9, 1))

    def people(day: date) -> list[str]:
        return [holder.person for holder in platform.ask("SchoolPeople", urn=120777, on=day)]

    assert people(date(2015, 8, 31)) == []
    assert people(date(2020, 8, 31)) == ["head-1", "chair-1"]
    assert people(date(2020, 9, 1)) == ["head-2", "chair-1"]
    assert people(SEPT) == ["head-2", "head-3", "chair-1"]


def test_a_role_taken_up_again_is_a_second_tenure(platform: Platform) -> None:
    platform.appoint("head", Role.HEADTEACHER, date(2015, 9, 1), 120777, ends=date(2020, 9, 1))
    platform.do("BeginTenure", person="head", role="headteacher", begins=date(2021, 9, 1), urn=120777)
    days = (date(2020, 8, 31), date(2020, 9, 1), date(2021, 9, 1))
    assert [len(platform.ask("SchoolPeople", urn=120777, on=day)) for day in days] == [1, 0, 1]


@pytest.mark.parametrize(
    ("command", "field", "value"),
    [
        ("RecordSchool", "urn", 12345),
        ("RecordSchool", "name", ""),
        ("RecordSchool", "name", "x" * 201),
        ("RecordSchool", "la_code", "92"),
        ("RecordSchool", "establishment_number", "20000"),
        ("RecordSchool", "pupils", -1),
        ("RecordSchool", "high_age", 100),
        ("RecordSchool", "effective_on", "31-08-2022"),
        ("RecordSchool", "head", "A name"),
    ],
)
def test_limits_stand_at_the_door(platform: Platform, command: str, field: str, value: Any) -> None:
    with pytest.raises(Invalid) as refused:
        platform.do(command, **{**ROW, field: value})
    assert list(refused.value.errors) == [field]


@pytest.mark.parametrize("person", ["", "Anne Smith", "anne@example.org", "-1", "x" * 65])
def test_a_persons_identifier_says_nothing_about_them(platform: Platform, person: str) -> None:
    with pytest.raises(Invalid) as refused:
        platform.do("RegisterPerson", person=person, name="Anne Smith")
    assert list(refused.value.errors) == ["person"]
