"""A school is found by a few letters, however its name is written."""

from collections.abc import Iterator

import pytest

from services.scheduling.search_words import plain
from tests.scheduling.platform import ROW, Platform

SCHOOLS = (
    (100001, "St Peter’s CofE Primary School", "1001", "Norwich", "NR1 1AA", "Open"),
    (100002, "Saint Paul's Church of England Infant School", "1002", "Diss", "IP22 1AB", "Open"),
    (100003, "St. Mary's (Endowed) C.E. V.A. Primary School", "1003", "Thetford", "IP24 2ZZ", "Open"),
    (100004, "All Saints Academy", "1004", "Great Yarmouth", "NR30 3CC", "Open"),
    (100005, "Norwich Road Academy", "1005", "Thetford", "IP24 2HT", "Open"),
    (100006, "Old Norwich School", "1006", "King's Lynn", "PE30 1AA", "Closed"),
    (100007, "Café-Terrace Nursery", "1007", None, None, "Open"),
    (100008, "Norwich Lane School", "1008", "Holt", "NR25 6AA", "Closed"),
)


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Platform]:
    platform = Platform(tmp_path_factory.mktemp("county"))
    for urn, name, number, town, postcode, status in SCHOOLS:
        row = {"urn": urn, "name": name, "establishment_number": number, "town": town, "postcode": postcode}
        platform.do("RecordSchool", **{**ROW, **row, "status": status})
    yield platform
    platform.runtime.close()


def found(county: Platform, text: str, limit: int = 20) -> list[int]:
    return [line.urn - 100_000 for line in county.ask("FindSchools", text=text, limit=limit)]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("st peter's", 1),
        ("St Peter’s", 1),
        ("ST PETERS", 1),
        ("saint pet", 1),
        ("st paul", 2),
        ("saint paul", 2),
        ("st mary", 3),
        ("peters cofe", 1),
        ("peters c of e", 1),
        ("peters church of eng", 1),
        ("pauls CofE", 2),
        ("mary c of e", 3),
        ("all saint", 4),
        ("cafe terrace", 7),
        ("café", 7),
        ("100003", 3),
        ("926/1004", 4),
        ("9261004", 4),
        ("IP24 2HT", 5),
        ("ip242h", 5),
        ("kings lynn", 6),
        ("King’s L", 6),
        ("yarmouth", 4),
        ("school diss", 2),
    ],
)
def test_ways_to_write_it_find_the_same_school(county: Platform, text: str, first: int) -> None:
    assert found(county, text)[:1] == [first]


def test_names_that_begin_so_come_first_then_names_then_places_and_the_closed_last(county: Platform) -> None:
    assert found(county, "norwich") == [5, 8, 6, 1]


@pytest.mark.parametrize("text", ["orwich", "peters diss", "zzz", "%", "_", "'"])
def test_letters_inside_a_word_and_signs_find_nothing(county: Platform, text: str) -> None:
    assert found(county, text) == []


def test_no_more_are_given_than_were_asked_for(county: Platform) -> None:
    assert len(found(county, "1000", limit=3)) == 3


def test_the_plain_form_of_a_name() -> None:
    assert plain("St. Peter’s & St Paul's C.E.  Féte") == "st peters st pauls ce fete"
