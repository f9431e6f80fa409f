"""Files go in by commands; each row that does not is named with its reason."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from services.core.settings import Settings
from services.sample_county.loader import DATA
from services.wiring import open_log_read_only
from tests.cli.conftest import Run, refused

SCHOOLS = (DATA / "schools.csv").read_text("utf-8").splitlines(keepends=True)
FILES = [
    (("schools", str(DATA / "schools.csv"), "--effective-on", "1 July 2022"), "registered", 348),
    (("links", str(DATA / "links.csv")), "linked", 233),
    (("ks2", str(DATA / "ks2_2018.csv"), "--year", "2018", "--data-version", "final"), "published", 259),
    (("areas", str(DATA / "ks2_la_averages.csv"), "--data-version", "April 2025"), "published", 120),
    (("inspections", str(DATA / "ofsted_history.csv")), "published", 648),
]


@pytest.fixture
def few(tmp_path: Path) -> Path:
    """Five schools."""
    file = tmp_path / "five.csv"
    file.write_text("".join(SCHOOLS[:6]), "utf-8")
    return file


def head(data_dir: Path) -> int:
    with open_log_read_only(Settings(data_dir=data_dir)) as log:
        return log.head()


def test_each_kind_of_file_is_taken_once(ask: Callable[..., Any], data_dir: Path) -> None:
    for arguments, outcome, number in FILES:
        report = ask("import", *arguments)
        assert report[outcome] == number, arguments
        after = head(data_dir)
        again = ask("import", *arguments)
        assert again["unchanged"] >= number
        assert head(data_dir) == after, "the same file twice records nothing"


def test_a_dry_run_says_the_same_and_records_nothing(few: Path, ask: Callable[..., Any], data_dir: Path) -> None:
    dry = ask("import", "schools", str(few), "--dry-run")
    assert head(data_dir) == 0
    assert dry["dry_run"] is True
    assert dry["registered"] == 5
    assert ask("import", "schools", str(few)) == {**dry, "dry_run": False}


def test_a_refused_row_is_named_by_line_and_reason(few: Path, run: Run, ask: Callable[..., Any]) -> None:
    few.write_text("".join([*SCHOOLS[:3], SCHOOLS[3].replace("926", "Norfolk", 1), "x,y\n"]), "utf-8")
    result = run("import", "schools", str(few))
    assert result.exit_code == 0
    assert "Why it was refused" in result.stdout
    assert "Imported: 2 registered" in result.stdout
    assert "2 refused." in result.stdout
    refusals = ask("import", "schools", str(few))["refused"]
    assert [row["line"] for row in refusals] == [4, 5]
    assert "LA (code) is 'Norfolk'" in refusals[0]["reason"]


def test_a_changed_row_records_what_changed_from_its_day(few: Path, run: Run, ask: Callable[..., Any]) -> None:
    run("import", "schools", str(few))
    few.write_text("".join(SCHOOLS[:6]).replace("Aldborough Primary School", "Aldborough School"), "utf-8")
    changed = ask("import", "schools", str(few), "--effective-on", "2022-09-01")["changed"]
    assert changed == [{"urn": 120777, "fields": ["name"]}]


def test_markup_in_a_file_is_text(few: Path, run: Run) -> None:
    few.write_text("".join([*SCHOOLS[:2], SCHOOLS[2].replace("926", "[bold]9[/bold]", 1)]), "utf-8")
    assert "[bold]9[/bold]" in run("import", "schools", str(few)).stdout


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "The file is empty."),
        (b"PK\x03\x04rest", "This is an Excel workbook"),
        (b"a,b\n1,2\n", "The file has no column named URN"),
        (b"\xff\xfeU\x00", "This file is in UTF-16"),
    ],
)
@pytest.mark.parametrize("kind", [("schools",), ("links",), ("ks2", "--year", "2018", "--data-version", "final")])
def test_a_file_that_can_not_be_used(
    tmp_path: Path, run: Run, content: bytes, words: str, kind: tuple[str, ...]
) -> None:
    (tmp_path / "bad.csv").write_bytes(content)
    refused(run("import", kind[0], str(tmp_path / "bad.csv"), *kind[1:]), words)


def test_a_file_that_is_not_there(run: Run) -> None:
    refused(run("import", "schools", "nowhere.csv"), "nowhere.csv cannot be opened: No such file")


def test_results_of_levels_are_refused(run: Run) -> None:
    arguments = ("--year", "2015", "--data-version", "final")
    refused(run("import", "ks2", str(DATA / "ks2_2018.csv"), *arguments), "Results before 2016 are levels")


def test_a_year_is_needed(run: Run) -> None:
    assert run("import", "ks2", str(DATA / "ks2_2018.csv")).exit_code == 2
