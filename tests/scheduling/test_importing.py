"""Files of the register through the commands: real ones, cut short, read twice, changed, and with rows in error."""

import csv
import io
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from services.core.deciders import Result
from services.core.uploads import RefusedRow
from services.scheduling.events import SchoolChanged, SchoolRegistered
from services.scheduling.importing import ChangedSchool, LinksReport, SchoolsReport, import_links, import_schools
from tests.scheduling.platform import ROW, Platform

DATA = Path(__file__).parents[2] / "services/sample_county/data"
SCHOOLS, LINKS = DATA / "schools.csv", DATA / "links.csv"
EXTRACTED = date(2022, 7, 1)


def schools(platform: Platform, upload: bytes | Path = SCHOOLS, **options: Any) -> SchoolsReport:
    return import_schools(platform.handle, platform.rehearse, upload, EXTRACTED, **options)


def links(platform: Platform, upload: bytes | Path = LINKS, **options: Any) -> LinksReport:
    return import_links(platform.handle, platform.rehearse, upload, **options)


def altered(changes: Mapping[str, Mapping[str, str]], urns: int | None = None) -> bytes:
    """The sample's first schools, with other values in some cells of some URNs."""
    with SCHOOLS.open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))[:urns]
    out = io.StringIO()
    writer = csv.DictWriter(out, rows[0].keys())
    writer.writeheader()
    writer.writerows({**row, **changes.get(row["URN"], {})} for row in rows)
    return out.getvalue().encode()


def test_the_sample_county_is_registered_and_then_known(platform: Platform) -> None:
    assert schools(platform) == SchoolsReport(registered=348)
    head = platform.runtime.log.head()
    assert schools(platform) == SchoolsReport(unchanged=348)
    assert platform.runtime.log.head() == head
    overview = platform.ask("CountySchools")
    assert overview.by_type_group == {"Academies": 176, "Local authority maintained schools": 167, "Free Schools": 5}


def test_every_sample_school_can_subscribe_for_its_year(platform: Platform) -> None:
    schools(platform)
    for line in platform.ask("CountySchools").schools:
        platform.do("SubscribeSchool", urn=line.urn, year=2022)
    assert sum(platform.ask("CountySchools").subscriptions[2022].values()) == 348


def test_a_dry_run_says_the_same_and_records_nothing(platform: Platform) -> None:
    assert schools(platform, dry_run=True) == SchoolsReport(registered=348)
    assert links(platform, dry_run=True).linked == 233
    assert platform.runtime.log.head() == 0


def test_links_are_recorded_once_from_whichever_side_they_are_told(platform: Platform) -> None:
    assert links(platform) == LinksReport(linked=233, mirrored=232)
    assert links(platform) == LinksReport(unchanged=233, mirrored=232)
    schools(platform)
    [before] = platform.ask("SchoolByUrn", urn=141226).predecessors
    assert (before.urn, before.link_type, before.established) == (120778, "Successor", date(2014, 8, 20))


def test_links_of_other_kinds_are_passed_over(platform: Platform) -> None:
    upload = b"URN,LinkURN,LinkType\n120777,120780,Sixth Form Centre Link\n120777,120781,Successor\n"
    assert links(platform, upload) == LinksReport(linked=1, passed_over=1)


def test_a_changed_row_records_what_changed_from_the_registers_day(platform: Platform) -> None:
    schools(platform, altered({}, urns=2))
    changes = {"120777": {"NumberOfPupils": "150", "Town": "", "LastChangedDate": "20-06-2022"}}
    report = schools(platform, altered(changes, urns=2))
    assert report == SchoolsReport(changed=[ChangedSchool(120777, ("pupils", "town"))], unchanged=1)
    last = platform.runtime.log.read("scheduling.school-120777")[-1]
    assert last.data == SchoolChanged(120777, pupils=150, town=None)
    assert last.metadata.effective_on == date(2022, 6, 20)
    assert schools(platform, altered(changes, urns=2)) == SchoolsReport(unchanged=2)


def test_a_row_whose_day_is_not_news_is_true_from_the_day_of_the_file(platform: Platform) -> None:
    schools(platform, altered({}, urns=1))
    schools(platform, altered({"120777": {"Town": "Diss", "LastChangedDate": "20-06-2022"}}, urns=1))
    older = {"120777": {"Town": "Diss", "NumberOfPupils": "150"}}
    assert schools(platform, altered(older, urns=1)).changed == [ChangedSchool(120777, ("pupils",))]
    assert platform.runtime.log.read("scheduling.school-120777")[-1].metadata.effective_on == EXTRACTED
    assert schools(platform, altered(older, urns=1)) == SchoolsReport(unchanged=1)


def test_an_interrupted_import_is_finished_by_the_next(platform: Platform) -> None:
    class Interrupted(Exception):
        pass

    def failing(name: str, data: Mapping[str, Any]) -> Result:
        if platform.runtime.log.head() >= 100:
            raise Interrupted
        return platform.handle(name, data)

    with pytest.raises(Interrupted):
        import_schools(failing, platform.rehearse, SCHOOLS, EXTRACTED)
    recorded = platform.runtime.log.head()
    assert 100 <= recorded < 348
    assert schools(platform) == SchoolsReport(registered=348 - recorded, unchanged=recorded)
    assert platform.runtime.log.head() == 348


def test_a_list_without_some_columns_says_nothing_about_them(platform: Platform) -> None:
    schools(platform, altered({}, urns=1))
    spine = (
        b"URN,LA,ESTAB,SCHNAME,NFTYPE,MINORGROUP,ICLOSE,ISPRIMARY,ISSECONDARY,ISPOST16,AGELOW,AGEHIGH\n"
        b"120777,926,2000,Aldborough Primary School,Foundation school,Maintained School,1,1,0,0,4,11\n"
    )
    assert schools(platform, spine) == SchoolsReport(unchanged=1)
    assert platform.ask("SchoolByUrn", urn=120777).row.pupils == 135


def test_refusals_of_the_reader_and_of_the_command_stand_together_by_line(platform: Platform) -> None:
    bad = {
        "120777": {"EstablishmentName": "x" * 201},
        "120780": {"URN": "12"},
        "120783": {"EstablishmentStatus (name)": "?"},
    }
    report = schools(platform, altered(bad, urns=4))
    assert report.registered == 1
    assert [(row.line, row.key) for row in report.refused] == [(2, "120777"), (3, "12"), (5, "120783")]
    assert report.refused[0] == RefusedRow(2, "120777", "name: Enter at most 200 characters")


def test_a_row_that_stands_twice_is_told_once(platform: Platform) -> None:
    once = altered({}, urns=1)
    assert schools(platform, once + once.splitlines(keepends=True)[1]) == SchoolsReport(registered=1, repeated=1)


def test_progress_is_told_row_by_row(platform: Platform) -> None:
    told: list[tuple[int, int]] = []
    schools(platform, altered({}, urns=3), progress=lambda done, total: told.append((done, total)))
    assert told == [(1, 3), (2, 3), (3, 3)]


def test_markup_in_a_name_is_only_text(platform: Platform) -> None:
    name = "<script>alert(1)</script> & 'School'"
    schools(platform, altered({"120777": {"EstablishmentName": name}}, urns=1))
    [recorded] = platform.runtime.log.since(0, 10)
    assert isinstance(recorded.data, SchoolRegistered)
    assert recorded.data.name == name
    assert [line.name for line in platform.ask("FindSchools", text="script alert")] == [name]


def test_the_registers_older_row_does_not_take_back_a_later_correction(platform: Platform) -> None:
    schools(platform, altered({}, urns=1))
    platform.do("RecordSchool", **{**ROW, "effective_on": date(2022, 8, 1)})
    assert schools(platform, altered({}, urns=1)) == SchoolsReport(unchanged=1)
    assert platform.ask("SchoolByUrn", urn=120777).row.school_type == "Community school"
