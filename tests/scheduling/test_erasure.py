"""A name is sealed before it is stored; to erase the person is to destroy the one key that opens it."""

from datetime import date
from pathlib import Path

from services.core.authorisation import Role
from services.core.log import pages
from tests.scheduling.platform import ROW, Platform

NAME = "Wilhelmina Ashdown-Pryce"
SEPT_20, TODAY = date(2020, 9, 1), date(2022, 9, 1)


def with_head(platform: Platform) -> Platform:
    platform.do("RecordSchool", **ROW)
    platform.do("SubscribeSchool", urn=120777, year=2022)
    platform.do("RegisterPerson", person="p1", name=NAME)
    platform.do("BeginTenure", person="p1", role="headteacher", begins=SEPT_20, urn=120777, interim=True)
    platform.runtime.settle()
    return platform


def files_that_hold(text: str, directory: Path) -> list[Path]:
    return [path for path in directory.rglob("*") if path.is_file() and text.encode() in path.read_bytes()]


def test_no_file_of_the_platform_holds_a_name(platform: Platform) -> None:
    with_head(platform)
    assert files_that_hold("Community school", platform.directory)
    assert not files_that_hold("Ashdown", platform.directory)


def test_a_name_is_opened_for_those_who_may_see_it(platform: Platform) -> None:
    with_head(platform)
    [holder] = platform.ask("SchoolPeople", urn=120777, on=TODAY)
    assert (holder.name, holder.role, holder.begins, holder.ends, holder.interim) == (
        NAME, Role.HEADTEACHER, SEPT_20, None, True,
    )  # fmt: skip


def test_erasing_takes_the_name_from_every_day_and_nothing_else(platform: Platform) -> None:
    with_head(platform)
    before = platform.ask("CountySchools")
    log = [(recorded.id, recorded.hash, recorded.data) for page in pages(platform.runtime.log) for recorded in page]
    platform.do("ErasePerson", person="p1", reason="They asked")
    [holder] = platform.ask("SchoolPeople", urn=120777, on=date(2021, 1, 1))
    assert (holder.person, holder.name, holder.begins) == ("p1", None, SEPT_20)
    assert platform.ask("SchoolPeople", urn=120777, on=TODAY) == []
    assert platform.ask("CountySchools") == before
    kept = [(recorded.id, recorded.hash, recorded.data) for page in pages(platform.runtime.log) for recorded in page]
    assert kept[:-1] == log


def test_a_rebuild_brings_no_name_back(platform: Platform) -> None:
    with_head(platform)
    platform.do("ErasePerson", person="p1", reason="They asked")
    platform.runtime.settle()
    platform.runtime.projectors["scheduling.people"].rebuild()
    [holder] = platform.ask("SchoolPeople", urn=120777, on=date(2021, 1, 1))
    assert holder.name is None


def test_the_erased_persons_key_is_gone_and_others_stay(platform: Platform) -> None:
    with_head(platform)
    platform.do("RegisterPerson", person="p2", name="Somebody else")
    platform.do("BeginTenure", person="p2", role="headteacher", begins=TODAY, urn=120777)
    platform.do("ErasePerson", person="p1", reason="They asked")
    assert [holder.name for holder in platform.ask("SchoolPeople", urn=120777, on=TODAY)] == ["Somebody else"]
    assert not platform.runtime.keys.erase("p1")
    assert platform.runtime.keys.erase("p2")
