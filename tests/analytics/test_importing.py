"""Importing files: what a report says, that it is so, and that the same file twice records nothing."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime

import pytest

from services.analytics.import_run import Report
from services.analytics.importing import import_area_figures, import_inspections, import_ks2
from services.analytics.queries.cells import Cell
from services.analytics.queries.results import Inspections, SchoolResults
from services.core.uploads import RefusedRow, UnreadableUpload
from tests.analytics.desk import Desk
from tests.analytics.sample import SAMPLE, urns_of

HEADER = "RECTYPE,LEA,URN,TELIG,PTRWM_EXP,READPROG\n"
KS2 = HEADER + "1,926,120777,14,71%,-1.9\n1,926,120778,4,SUPP,SUPP\n"
NOW = datetime(2026, 9, 1, 12, tzinfo=UTC)
Import = Callable[[Desk], Report]


@dataclass
class File:
    """One of the sample county's files: how it is imported, and how many commands it calls for."""

    name: str
    run: Import
    commands: int


FILES = [
    File("ks2_2018.csv", lambda desk: import_ks2(*desk.importing(), SAMPLE / "ks2_2018.csv", 2018, "tables"), 317),
    File(
        "ks2_national_2018.csv",
        lambda desk: import_ks2(*desk.importing(), SAMPLE / "ks2_national_2018.csv", 2018, "tables"),
        1,
    ),
    File(
        "ks2_la_averages.csv",
        lambda desk: import_area_figures(*desk.importing(), SAMPLE / "ks2_la_averages.csv", "averages"),
        120,
    ),
    File(
        "ofsted_history.csv",
        lambda desk: import_inspections(*desk.importing(), SAMPLE / "ofsted_history.csv"),
        833,
    ),
]


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_a_file_of_the_sample_county_is_taken_whole_and_the_second_time_records_nothing(desk: Desk, file: File) -> None:
    if file.name in ("ks2_2018.csv", "ofsted_history.csv"):
        desk.register(*urns_of(SAMPLE / file.name))
    desk.set_clock(NOW)
    first = file.run(desk)
    assert (first.published, first.revised, first.unchanged, first.refused) == (file.commands, 0, 0, [])
    head = desk.log.head()
    second = file.run(desk)
    assert (second.published, second.revised, second.unchanged, second.refused) == (0, 0, file.commands, [])
    assert desk.log.head() == head


def ks2(desk: Desk, text: str, version: str = "revised", *, dry_run: bool = False) -> Report:
    return import_ks2(*desk.importing(), text.encode(), 2018, version, dry_run=dry_run)


def test_a_report_says_what_became_of_each_row(desk: Desk) -> None:
    desk.register(120777, 120778)
    ks2(desk, KS2, "provisional")
    changed = KS2.replace("71%", "72%")
    unsound = (
        "1,926,999999,10,50%,0\n1,926,12077,10,50%,0\n4,,,600000,64%,\n5,,,610000,65%,\n1,926,120777,14,72%,-1.9\n"
    )
    dry = ks2(desk, changed + unsound, dry_run=True)
    head = desk.log.head()
    report = ks2(desk, changed + unsound)
    assert report == dry
    assert report == Report(
        published=1,
        revised=1,
        unchanged=2,
        passed_over=1,
        refused=[
            RefusedRow(4, "999999", "There is no school with URN 999999 here. Import its details first."),
            RefusedRow(5, "12077", "URN is '12077': a whole number from 100000 to 999,999 is expected"),
        ],
    )
    assert desk.log.head() == head + 2


def test_a_dry_run_records_nothing(desk: Desk) -> None:
    desk.register(120777, 120778)
    head = desk.log.head()
    assert ks2(desk, KS2, dry_run=True).published == 2
    assert desk.log.head() == head


def test_markers_and_numbers_are_kept_as_the_file_has_them(desk: Desk) -> None:
    desk.register(120778)
    ks2(desk, KS2)
    cells = [row.years[0].school for row in desk.ask(SchoolResults(120778)).measures]
    suppressed = Cell("SUPP", "suppressed: 5 pupils or fewer", "revised")
    assert cells == [Cell("4", "", "revised"), suppressed, suppressed]


def test_a_blank_in_a_summary_row_leaves_what_another_file_gave(desk: Desk) -> None:
    desk.register(120777)
    averages = b"Short Desc,Years,LA and Regions,Values,LA Number\nKS2R_Prog_VA,2018 (Rev),England,0.03,970\n"
    import_area_figures(*desk.importing(), averages, "averages")
    ks2(desk, KS2 + "5,,,610000,65%, \n")
    national = {row.code: row.years[0].national for row in desk.ask(SchoolResults(120777)).measures}
    assert national["READPROG"] == Cell("0.03", "", "averages (revised)")
    assert national["PTRWM_EXP"] == Cell("65", "", "revised")


def test_results_of_tests_not_yet_taken_are_refused_row_by_row(desk: Desk) -> None:
    desk.register(120777, 120778)
    report = import_ks2(*desk.importing(), KS2.encode(), 2023, "revised")
    assert [(row.line, row.reason) for row in report.refused] == [
        (2, "The tests of 2023 have not been taken yet."),
        (3, "The tests of 2023 have not been taken yet."),
    ]


def test_inspections_are_refused_with_their_line(desk: Desk) -> None:
    desk.register(120777)
    file = (
        b"URN,Rating,Inspection Date\n120777,Good,20150617\n120777,Satisfactory,20130617\n"
        b"120778,Good,20150617\n120777,Inadequate,20150617\n120777,Good,17/06/2015\n120777,,20160617\n"
    )
    report = import_inspections(*desk.importing(), file)
    assert (report.published, report.unchanged) == (1, 1)
    assert [(row.line, row.reason.split(":")[0].split(".")[0]) for row in report.refused] == [
        (3, "'Satisfactory' was not an overall grade on 17 June 2013"),
        (4, "There is no school with URN 120778 here"),
        (5, "the inspection of URN 120777 on 2015-06-17 is on line 2 already, with other details"),
        (7, "Rating is blank"),
    ]
    assert [one.inspected for one in desk.ask(Inspections(120777))] == [date(2015, 6, 17)]


def test_progress_is_told_row_by_row(desk: Desk) -> None:
    told: list[tuple[int, int]] = []
    import_ks2(
        *desk.importing(), KS2.encode(), 2018, "revised", progress=lambda done, total: told.append((done, total))
    )
    assert told == [(1, 2), (2, 2)]


@pytest.mark.parametrize("run", [import_inspections, import_area_figures, import_ks2])
def test_a_file_of_something_else_is_refused_whole(desk: Desk, run: Callable[..., Report]) -> None:
    about = {import_ks2: (2018, "revised"), import_area_figures: ("averages",)}.get(run, ())
    with pytest.raises(UnreadableUpload, match="no column named"):
        run(*desk.importing(), b"Name,Age\nA,1\n", *about)
