"""Links between schools are read once each, from the old school to the new."""

from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.core.uploads import Limits, UnreadableUpload
from services.scheduling.gias_links import LinkExtract, LinkRow, read_links

SAMPLE = Path(__file__).parents[2] / "services/sample_county/data/links.csv"
HEADER = "URN,LinkURN,LinkName,LinkType,LinkEstablishedDate\n"
OLD_SIDE = "120803,146692,Diss Academy,Successor,31-12-2018\n"
NEW_SIDE = "146692,120803,Diss Infant School,Predecessor,01-01-2019\n"


def read(*rows: str) -> LinkExtract:
    return read_links((HEADER + "".join(rows)).encode())


def test_the_sample_links_are_read_once_each() -> None:
    extract = read_links(SAMPLE)
    assert not extract.refused
    assert len(extract.rows) + extract.mirrored == 465
    assert Counter(row.link_type.partition(" ")[0] for row in extract.rows) == {"Successor": len(extract.rows)}
    pairs = {(row.urn, row.link_urn) for row in extract.rows}
    assert len(pairs) == len(extract.rows)


@pytest.mark.parametrize("sides", [(OLD_SIDE, NEW_SIDE), (NEW_SIDE, OLD_SIDE)])
def test_quirk_14_both_directions_are_one_link_from_the_successors_first_day(sides: tuple[str, str]) -> None:
    extract = read(*sides)
    assert extract.rows == [LinkRow(120803, 146692, "Diss Academy", "Successor", date(2019, 1, 1))]
    assert extract.mirrored == 1


def test_quirk_14_a_link_told_from_one_side_only_runs_the_same_way() -> None:
    assert read(OLD_SIDE).rows == [LinkRow(120803, 146692, "Diss Academy", "Successor", date(2018, 12, 31))]
    assert read(NEW_SIDE).rows == [LinkRow(120803, 146692, "", "Successor", date(2019, 1, 1))]


@pytest.mark.parametrize("kind", [" - merged", " - amalgamated", " - Split School"])
def test_quirk_14_kinds_of_succession_keep_their_words(kind: str) -> None:
    extract = read(NEW_SIDE.replace("Predecessor", "Predecessor" + kind))
    assert [row.link_type for row in extract.rows] == ["Successor" + kind]


@pytest.mark.parametrize("words", ["Result of Amalgamation", "Expansion", "Closure", "Sixth Form Centre Link", "Other"])
def test_quirk_14_other_links_are_kept_as_they_stand(words: str) -> None:
    extract = read(f"135368,130764,City College,{words},09-08-2007\n")
    assert extract.rows == [LinkRow(135368, 130764, "City College", words, date(2007, 8, 9))]


def test_quirk_14_a_blank_day_is_no_day_and_either_side_may_know_it() -> None:
    blank = OLD_SIDE.replace("31-12-2018", "")
    assert read(blank).rows[0].established is None
    assert read(blank, NEW_SIDE).rows[0].established == date(2019, 1, 1)


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ("120803,120803,Itself,Successor,\n", "it links a school to itself"),
        ("120803,20139,A children's centre,Successor,\n", "LinkURN is '20139'"),
        ("120803,146692,No kind,,\n", "LinkType is blank"),
        ("120803,146692,No day,Successor,31-11-2018\n", "there is no such day"),
    ],
)
def test_a_link_that_cannot_be_is_refused(row: str, says: str) -> None:
    extract = read(row)
    assert not extract.rows
    assert says in extract.refused[0].reason


def test_a_file_that_is_not_of_links_says_what_is_missing() -> None:
    with pytest.raises(UnreadableUpload, match="no column named LinkURN, LinkType"):
        read_links(b"URN,EstablishmentName\n120777,A\n")


@given(st.binary(max_size=300))
def test_any_bytes_give_links_or_a_clear_refusal(junk: bytes) -> None:
    for start in (b"", (HEADER + OLD_SIDE).encode()):
        try:
            extract = read_links(start + junk, Limits(size=10_000, rows=20))
        except UnreadableUpload as refusal:
            answer = str(refusal)
        else:
            answer = str(len(extract.rows) + len(extract.refused))
        assert answer
