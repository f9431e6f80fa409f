"""What a person uploads is read, or refused in words they can act on; never anything else."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.core.uploads import LONGEST_FIELD, Limits, RefusedRow, Row, Table, UnreadableUpload

WANTED = {"urn": ("URN",), "name": ("EstablishmentName", "SCHNAME")}
SMALL = Limits(size=100_000, rows=50)


def read(upload: bytes | Path, limits: Limits = SMALL) -> tuple[list[Row], list[RefusedRow]]:
    table = Table(upload, WANTED, key="urn", limits=limits)
    return list(table.rows()), table.refused


def names(upload: bytes) -> list[str]:
    return [row.values["name"] for row in read(upload)[0]]


@pytest.mark.parametrize(
    "upload",
    [
        pytest.param("URN,SCHNAME\n120777,St Mary’s\n".encode(), id="utf-8"),
        pytest.param("\ufeffURN,SCHNAME\n120777,St Mary’s\n".encode(), id="utf-8 with a byte order mark"),
        pytest.param("URN,SCHNAME\r\n120777,St Mary’s\r\n".encode("cp1252"), id="cp1252, CRLF"),
        pytest.param("URN,SCHNAME\r120777,St Mary’s".encode("cp1252"), id="CR, no final newline"),
        pytest.param("URN\tSCHNAME\n120777\tSt Mary’s".encode(), id="tabs"),
        pytest.param('"urn" , " schName "\n"120777", St Mary’s \n'.encode().replace(b" , ", b","), id="titles"),
        pytest.param("\n\nURN,SCHNAME\n\n120777,St Mary’s\n,\n\n".encode(), id="blank lines"),
        pytest.param("ESTAB,SCHNAME,URN,,\n1,St Mary’s,120777,,\n".encode(), id="other order, columns without names"),
    ],
)
def test_the_same_row_is_read_from_every_kind_of_text_file(upload: bytes) -> None:
    assert [row.values for row in read(upload)[0]] == [{"urn": "120777", "name": "St Mary’s"}]


@pytest.mark.parametrize(
    ("upload", "says"),
    [
        (b"", "The file is empty"),
        (b"\xef\xbb\xbf\r\n \n", "The file is empty"),
        (b"URN,SCHNAME\n\n", "no rows under them"),
        (b"PK\x03\x04rest of a workbook", "Excel workbook"),
        (b"\xd0\xcf\x11\xe0old workbook", "old Excel"),
        (b"%PDF-1.7", "PDF"),
        ("URN,SCHNAME\n1,A".encode("utf-16"), "UTF-16"),
        ("URN,SCHNAME\n1,A".encode("utf-16-le"), "Line 1 holds byte 00"),
        (b"URN,SCHNAME\r\n120777,a\r\n120778,\x01b\r\n", "Line 3 holds byte 01"),
        (b"URN,SCHNAME\n120777,\x81\n", "neither UTF-8 nor Windows-1252"),
        (b"URN,SCHNAME,urn\n1,A,1\n", "Two columns have the same name: urn"),
        (b"Name;URN\nA;1\n", "no column named URN. Its first columns are: Name;URN"),
        (b'URN,"SCHNAME\n1,A\n', "The column names cannot be read"),
        (b'URN,SCHNAME\n120777,"Open\n120778,B\n120779,C\n', "opened on line 2 is not closed"),
        (b'URN,SCHNAME\n120777,"Open\n120778,B"\n120779,"C\n', "opened on line 4 is not closed"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_in_words(upload: bytes, says: str) -> None:
    if says.endswith("line 4 is not closed"):
        upload += b"120780,D\n"
    with pytest.raises(UnreadableUpload, match=".*" + says.replace("(", r"\(")):
        read(upload)


def test_sizes_are_limited() -> None:
    with pytest.raises(UnreadableUpload, match="larger than 10 bytes"):
        read(b"URN,SCHNAME\n1,A", Limits(size=10))
    with pytest.raises(UnreadableUpload, match="over 2 rows"):
        read(b"URN,SCHNAME\n1,A\n2,B\n3,C\n", Limits(rows=2))
    with pytest.raises(UnreadableUpload, match="over 2 rows"):
        read(b"URN,SCHNAME\n1\n2\n3\n", Limits(rows=2))
    with pytest.raises(UnreadableUpload, match="Line 2 is over"):
        read(b"URN,SCHNAME\n1," + b"A" * 1_000_001, Limits())


def test_a_path_reads_as_its_bytes_do_and_a_missing_one_says_so(tmp_path: Path) -> None:
    path = tmp_path / "schools.csv"
    path.write_bytes(b"URN,SCHNAME\n120777,Aldborough\n")
    assert read(path) == read(path.read_bytes())
    with pytest.raises(UnreadableUpload, match=r"gone\.csv cannot be opened: No such file"):
        read(tmp_path / "gone.csv")
    with pytest.raises(UnreadableUpload, match="cannot be opened"):
        read(tmp_path)
    with pytest.raises(UnreadableUpload, match="larger than 10 bytes"):
        read(path, Limits(size=10))


def test_quirk_8_ragged_rows_are_refused_by_line_and_the_rest_is_read() -> None:
    rows, refused = read(b"URN,SCHNAME\n120777,A\n120778\n120779,C,x\n120780,D\n")
    assert [row.line for row in rows] == [2, 5]
    assert refused == [
        RefusedRow(3, "120778", "the row has 1 fields where 2 are expected"),
        RefusedRow(4, "120779", "the row has 3 fields where 2 are expected"),
    ]


def test_lines_are_the_lines_of_the_file_even_after_line_breaks_in_quotes() -> None:
    rows, refused = read(b'\nURN,SCHNAME\n120777,"A\r\nB\n\nC"\n\n120778,"D\nE",x\n120779,F\n')
    assert [(row.line, row.values["name"]) for row in rows] == [(3, "A\r\nB\n\nC"), (10, "F")]
    assert refused == [RefusedRow(8, "120778", "the row has 3 fields where 2 are expected (lines 8 to 9)")]


def test_a_row_with_odd_quotation_marks_is_refused_alone() -> None:
    rows, refused = read(b'URN,SCHNAME\n120777,"A" or B\n120778,5" pipe\n120779,"C\n')
    assert [row.values["name"] for row in rows] == ['5" pipe']
    assert [row.line for row in refused] == [2, 4]
    assert refused[0].reason == "the row cannot be read: its quotation marks do not pair up"


@pytest.mark.parametrize("length", [LONGEST_FIELD + 1, 200_000])
def test_a_very_long_field_is_refused_alone(length: int) -> None:
    rows, refused = read(b"URN,SCHNAME\n120777," + b"A" * length + b"\n120778,B\n", Limits())
    assert [row.line for row in rows] == [3]
    assert [row.line for row in refused] == [2]
    assert refused[0].reason.endswith("a field is longer than 4,000 characters")


def test_quirk_15_commas_and_both_apostrophes_in_names_are_kept() -> None:
    upload = 'URN,SCHNAME\n1,"St Peter’s, St Paul\'s & All Saints"\n'
    for encoding in ("utf-8", "cp1252"):
        assert names(upload.encode(encoding)) == ["St Peter’s, St Paul's & All Saints"]


def test_the_first_title_asked_for_wins() -> None:
    assert names(b"SCHNAME,URN,EstablishmentName\nold,1,new\n") == ["new"]


def test_a_caller_can_refuse_a_row() -> None:
    table = Table(b"URN,SCHNAME\n" + b"9" * 100 + b",A\n", WANTED, key="urn", limits=SMALL)
    for row in table.rows():
        table.refuse(row, "no such school")
    assert table.refused == [RefusedRow(2, "9" * 60, "no such school")]


@given(st.binary(max_size=400))
def test_any_bytes_give_rows_or_a_clear_refusal(upload: bytes) -> None:
    for start in (b"", b"URN,SCHNAME\n"):
        try:
            rows, refused = read(start + upload)
        except UnreadableUpload as refusal:
            answer = str(refusal)
        else:
            answer = f"{len(rows)} rows, {len(refused)} refused" if rows or refused else ""
        assert answer


@given(st.text(alphabet=',"\r\n\t aé1', max_size=60))
def test_any_text_gives_rows_in_file_order_with_true_lines(text: str) -> None:
    try:
        rows, refused = read(f"URN,SCHNAME\n{text}".encode())
    except UnreadableUpload:
        return
    lines = [row.line for row in rows]
    assert lines == sorted(set(lines))
    assert not set(lines) & {row.line for row in refused}
    ends = text.replace("\r\n", "\n").replace("\r", "\n").count("\n")
    assert all(2 <= line <= ends + 2 for line in lines)
