"""Schools are read from any real extract; what cannot be told for certain is refused with its reason."""

import csv
import io
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.core.uploads import Limits, UnreadableUpload
from services.scheduling.gias import SchoolExtract, SchoolRow, read_schools
from services.scheduling.gias_words import GROUP_OF_TYPE, SPINE_GROUPS, SPINE_TYPES

SAMPLE = Path(__file__).parents[2] / "services/sample_county/data/schools.csv"
GIAS = {
    "URN": "120777",
    "LA (code)": "926",
    "LA (name)": "Norfolk",
    "EstablishmentNumber": "2000",
    "EstablishmentName": "St Peter’s, Aldborough",
    "TypeOfEstablishment (code)": "05",
    "TypeOfEstablishment (name)": "Foundation school",
    "EstablishmentTypeGroup (name)": "Local authority maintained schools",
    "EstablishmentStatus (name)": "Open",
    "OpenDate": "",
    "CloseDate": "",
    "PhaseOfEducation (name)": "Primary",
    "StatutoryLowAge": "4",
    "StatutoryHighAge": "11",
    "SchoolCapacity": "153",
    "NumberOfPupils": "155",
    "LastChangedDate": "16-05-2022",
    "Postcode": "NR11 7PH",
    "HeadFirstName": "Never read",
}
SPINE = {
    "URN": "120777",
    "LA": "926",
    "ESTAB": "2000",
    "SCHNAME": "St Peter’s, Aldborough",
    "ICLOSE": "1",
    "OPENDATE": "",
    "CLOSEDATE": "",
    "MINORGROUP": "Maintained School",
    "NFTYPE": "Foundation school",
    "ISPRIMARY": "1",
    "ISSECONDARY": "0",
    "ISPOST16": "0",
    "AGEL": "4",
    "AGEH": "11",
}


def upload(*rows: dict[str, str], encoding: str = "utf-8") -> bytes:
    text = io.StringIO()
    writer = csv.DictWriter(text, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode(encoding)


def read(*rows: dict[str, str]) -> SchoolExtract:
    return read_schools(upload(*rows))


def school(row: dict[str, str]) -> SchoolRow:
    extract = read(row)
    assert not extract.refused
    (found,) = extract.rows
    return found


def reason(row: dict[str, str]) -> str:
    extract = read(row)
    assert not extract.rows
    (refused,) = extract.refused
    assert refused.line == 2
    return refused.reason


def test_the_sample_county_is_348_primary_schools_167_of_them_maintained() -> None:
    extract = read_schools(SAMPLE)
    assert not extract.refused
    assert Counter(row.type_group for row in extract.rows) == {
        "Local authority maintained schools": 167,
        "Academies": 176,
        "Free Schools": 5,
    }
    assert {row.phase for row in extract.rows} == {"Primary"}
    assert extract.carried == set(SchoolRow.__struct_fields__)
    assert sum(row.open_date is None for row in extract.rows) == 154
    assert sum((row.pupils or 0) > (row.capacity or 0) for row in extract.rows if row.capacity) == 51


def test_quirk_1_windows_1252_and_utf_8_give_the_same_school() -> None:
    expected = school(GIAS)
    assert expected.name == "St Peter’s, Aldborough"
    for encoding in ("cp1252", "utf-8-sig"):
        assert read_schools(upload(GIAS, encoding=encoding)).rows == [expected]


def test_quirk_2_the_spine_gives_the_same_school_under_its_own_names() -> None:
    gias, spine = school(GIAS), read(SPINE)
    (row,) = spine.rows
    assert {name: getattr(row, name) for name in spine.carried} == {name: getattr(gias, name) for name in spine.carried}
    assert {"name", "type_group", "status", "phase"} < spine.carried
    assert not {"capacity", "district", "postcode", "last_changed"} & spine.carried


def test_quirk_3_iclose_is_read_in_the_spine_and_only_there() -> None:
    assert school(SPINE | {"ICLOSE": "2", "CLOSEDATE": "2018-12-31"}).status == "Closed"
    for undocumented in ("3", "0", ""):
        assert "1 (open) or 2 (closed) is expected" in reason(SPINE | {"ICLOSE": undocumented})
    with pytest.raises(UnreadableUpload, match="table of results"):
        read({"RECTYPE": "1", **SPINE})
    without = {name: text for name, text in SPINE.items() if name != "MINORGROUP"}
    with pytest.raises(UnreadableUpload, match="no column named MINORGROUP"):
        read(without)
    assert school(without | {"SCHSTATUS": "Open, but proposed to close"}).status == "Open, but proposed to close"


@pytest.mark.parametrize("mark", ["NULL", " ", "-", "", "NaN"])
def test_quirk_4_marks_for_nothing_are_blanks(mark: str) -> None:
    row = school(GIAS | {"SchoolCapacity": mark, "OpenDate": mark, "Postcode": mark, "StatutoryLowAge": mark})
    assert (row.capacity, row.open_date, row.postcode, row.low_age) == (None, None, "", None)


@pytest.mark.parametrize("urn", ["", "NAT", " "])
def test_quirk_6_summary_rows_are_not_schools(urn: str) -> None:
    assert reason(GIAS | {"URN": urn}) == "a summary row, not a school"


@pytest.mark.parametrize("urn", ["99999", "1000000", "URN120777", "9262000.5"])
def test_a_urn_must_be_from_100000_to_999999(urn: str) -> None:
    extract = read(GIAS | {"URN": urn})
    assert [row.key for row in extract.refused] == [urn]
    assert "from 100000 to 999,999 is expected" in extract.refused[0].reason


def test_quirk_9_the_same_row_again_is_counted_and_another_with_its_urn_refused() -> None:
    extract = read(GIAS, GIAS, GIAS | {"NumberOfPupils": "156"}, GIAS | {"LA (name)": "not a column read"})
    assert len(extract.rows) == 1
    assert extract.repeated == 2
    (refused,) = extract.refused
    assert (refused.line, refused.key) == (4, "120777")
    assert refused.reason == "URN 120777 is on line 2 already, with other details"


def test_quirk_9_a_converted_school_keeps_its_number_under_a_new_urn() -> None:
    academy = {
        "URN": "146692",
        "TypeOfEstablishment (name)": "Academy converter",
        "EstablishmentTypeGroup (name)": "Academies",
    }
    assert [row.urn for row in read(GIAS, GIAS | academy).rows] == [120777, 146692]


def test_quirk_10_codes_are_text_with_their_zeros() -> None:
    row = school(GIAS | {"LA (code)": "001", "EstablishmentNumber": "0042"})
    assert (row.la_code, row.establishment_number) == ("001", "0042")
    assert "three-figure code" in reason(GIAS | {"LA (code)": "E10000020"})
    assert "LA (code) is blank" in reason(GIAS | {"LA (code)": ""})


@pytest.mark.parametrize("day", ["31-08-2022", "31/08/2022", "20220831", "2022-08-31"])
def test_quirk_11_each_form_of_date_is_the_same_day(day: str) -> None:
    assert school(GIAS | {"CloseDate": day}).close_date == date(2022, 8, 31)


def test_quirk_11_a_day_that_cannot_be_is_refused() -> None:
    assert reason(GIAS | {"OpenDate": "31-02-2022"}) == "OpenDate is '31-02-2022': there is no such day"
    closed_first = GIAS | {"OpenDate": "01-09-2012", "CloseDate": "31-08-2012"}
    assert reason(closed_first) == "it closes on 2012-08-31 before it opens on 2012-09-01"


def test_quirk_16_ages_a_planned_closing_day_and_more_pupils_than_places_are_all_right() -> None:
    row = school(
        GIAS
        | {
            "StatutoryLowAge": "2",
            "StatutoryHighAge": "7",
            "EstablishmentStatus (name)": "Open, but proposed to close",
            "CloseDate": "31-08-2022",
        }
    )
    assert (row.low_age, row.high_age, row.close_date) == (2, 7, date(2022, 8, 31))
    assert (row.capacity, row.pupils) == (153, 155)


@pytest.mark.parametrize(
    ("column", "text", "says"),
    [
        ("TypeOfEstablishment (name)", "Grammar school", "the types known are Further education; "),
        ("EstablishmentTypeGroup (name)", "Council schools", "the groups known are Colleges; "),
        ("EstablishmentTypeGroup (name)", "Academies", "belongs to Local authority maintained schools"),
        ("EstablishmentStatus (name)", "Ajar", "the statuses known are Open; Open, but proposed to close; "),
        ("PhaseOfEducation (name)", "First", "the phases known are Not applicable; "),
        ("EstablishmentName", "", "EstablishmentName is blank"),
        ("NumberOfPupils", "many", "NumberOfPupils is 'many': a whole number"),
        ("NumberOfPupils", "-5", "NumberOfPupils is '-5': a whole number"),
    ],
)
def test_words_and_numbers_that_are_not_known_are_refused(column: str, text: str, says: str) -> None:
    assert says in reason(GIAS | {column: text})


def test_words_are_known_in_any_letter_case_and_spacing_and_kept_as_gias_writes_them() -> None:
    row = school(
        GIAS
        | {
            "TypeOfEstablishment (name)": "free  Schools",
            "EstablishmentTypeGroup (name)": "Free schools",
            "EstablishmentStatus (name)": "OPEN",
            "PhaseOfEducation (name)": "all-through",
        }
    )
    assert (row.type_name, row.type_group) == ("Free schools", "Free Schools")
    assert (row.status, row.phase) == ("Open", "All-through")


def test_the_group_is_told_from_the_type_where_the_file_has_no_group() -> None:
    row = {name: text for name, text in GIAS.items() if name != "EstablishmentTypeGroup (name)"}
    assert school(row).type_group == "Local authority maintained schools"


@pytest.mark.parametrize(("spine", "gias"), [*SPINE_TYPES.items(), ("Free school  16-19", "Free schools 16 to 19")])
def test_spine_types_read_as_the_types_of_gias(spine: str, gias: str) -> None:
    minor = "Special School" if "special" in gias else SPINE_GROUPS[GROUP_OF_TYPE[gias]]
    row = school(SPINE | {"NFTYPE": spine, "MINORGROUP": minor})
    assert (row.type_name, row.type_group) == (gias, GROUP_OF_TYPE[gias])


def test_a_spine_group_that_contradicts_the_type_is_refused() -> None:
    assert "a Foundation school belongs to Maintained School" in reason(SPINE | {"MINORGROUP": "Academy"})


@pytest.mark.parametrize(
    ("flags", "ages", "phase"),
    [
        ("100", ("4", "11"), "Primary"),
        ("011", ("11", "18"), "Secondary"),
        ("010", ("11", "16"), "Secondary"),
        ("001", ("16", "19"), "16 plus"),
        ("111", ("4", "19"), "All-through"),
    ],
)
def test_the_spine_tells_a_phase_by_flags_and_ages(flags: str, ages: tuple[str, str], phase: str) -> None:
    names = ("ISPRIMARY", "ISSECONDARY", "ISPOST16", "AGEL", "AGEH")
    assert school(SPINE | dict(zip(names, [*flags, *ages], strict=True))).phase == phase


def test_the_spine_cannot_tell_the_phase_of_a_middle_school() -> None:
    middle = SPINE | {"ISSECONDARY": "1", "AGEL": "9", "AGEH": "13"}
    assert "its phase cannot be told" in reason(middle)


@pytest.mark.parametrize("words", ["Foundation special school", "Academy - Converter special school"])
def test_a_special_school_has_no_phase_in_the_spine(words: str) -> None:
    special = SPINE | {"NFTYPE": words, "MINORGROUP": "Special School"}
    assert school(special).phase == "Not applicable"


def test_a_file_that_is_no_list_of_schools_says_which_columns_are_missing() -> None:
    with pytest.raises(UnreadableUpload, match=r"no column named EstablishmentName, LA \(code\)"):
        read_schools(b"URN,TELIG\n120777,14\n")


@given(st.binary(max_size=300))
def test_any_bytes_give_schools_or_a_clear_refusal(junk: bytes) -> None:
    for start in (b"", upload(GIAS), upload(SPINE)):
        try:
            extract = read_schools(start + junk, Limits(size=10_000, rows=20))
        except UnreadableUpload as refusal:
            answer = str(refusal)
        else:
            answer = str(len(extract.rows) + len(extract.refused))
        assert answer


@given(st.data())
def test_any_cells_give_a_school_or_a_reason(data: st.DataObject) -> None:
    source = data.draw(st.sampled_from([GIAS, SPINE]))
    column = data.draw(st.sampled_from(sorted(source)))
    text = data.draw(st.text(st.characters(codec="utf-8", exclude_categories=["Cc"]), max_size=20))
    extract = read(source | {column: text})
    assert len(extract.rows) + len(extract.refused) == 1
    assert all(row.reason for row in extract.refused)
