"""pages.csv says who may open or send each page; everybody asks for every page of a small county.

A row is written by hand: the method, an address in the small county, what came of it for each persona, and for a POST
what the form sends (a day as 2012-03-12, a file as @ and its text). What comes of it is one of

- x: it opened; of a POST: it was done
- no: refused in words by a rule, such as that another adviser is the school's
- led: led to another page, because this one is not theirs
- hidden: not found, so that nothing shows of what there may be or be done here
- nothing: turned away for their roles (somebody who has not signed in: to the sign-in page)

Nothing is recorded: what a page sends is rehearsed."""

import csv
from pathlib import Path

import pytest
from werkzeug.exceptions import HTTPException

from tests.who_may.asking import Asking
from tests.who_may.small_county import PERSONS, SmallCounty

WITHOUT_ROW = {
    ("GET", "/static/<version>/<path:name>"): "how pages look is the same for everybody",
    ("POST", "/sign-in"): "whoever knows the password: tests/gateway/test_sign_in.py",
    ("POST", "/sign-out"): "ends the session in which the others are asked for",
}
with (Path(__file__).parent / "pages.csv").open(encoding="utf-8", newline="") as _file:
    ROWS = list(csv.DictReader(_file))


@pytest.fixture(scope="module")
def asking(the_small_county: SmallCounty) -> Asking:
    return Asking(the_small_county)


@pytest.fixture(scope="module")
def closed(the_small_county: SmallCounty) -> set[tuple[str, str | None]]:
    """Every page by its rule, with each persona whom all its rows turn away."""
    rows = [(row, rule_of(the_small_county, "GET", row["page"])) for row in ROWS if row["method"] == "GET"]
    open_to = {(persona, rule) for row, rule in rows for persona in PERSONS if row[persona]}
    return {(persona, rule) for _, rule in rows for persona in PERSONS} - open_to


def rule_of(county: SmallCounty, method: str, page: str) -> str | None:
    """The URL rule that an address falls under; None where there is no such page."""
    address = county.address(page).partition("?")[0]
    try:
        rule, _ = county.app.url_map.bind("localhost").match(address, method, return_rule=True)
    except HTTPException:
        return None
    return str(rule.rule)


def test_every_page_is_in_the_table(county: SmallCounty) -> None:
    rules = {(method, rule.rule) for rule in county.app.url_map.iter_rules() for method in rule.methods or ()}
    tabled = {(row["method"], rule_of(county, row["method"], row["page"])) for row in ROWS}
    assert {(method, rule) for method, rule in rules if method in ("GET", "POST")} == tabled | WITHOUT_ROW.keys()


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['method']} {row['page']}")
def test_a_page_opens_to_whom_the_table_says_and_leads_nobody_astray(
    county: SmallCounty, asking: Asking, closed: set[tuple[str, str | None]], row: dict[str, str]
) -> None:
    before = county.platform.runtime.log.head()
    came = asking.everybody(row["method"], county.address(row["page"]), row["sends"])
    assert {persona: it.mark for persona, it in came.items()} == {persona: row[persona] for persona in PERSONS}
    assert county.platform.runtime.log.head() == before
    signed_in = [(persona, link) for persona, it in came.items() for link in it.links if persona != "nobody"]
    assert not [(persona, link) for persona, link in signed_in if (persona, rule_of(county, "GET", link)) in closed]
