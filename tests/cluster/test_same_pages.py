"""Every page of the small county is the same whether the services run in the gateway's process or apart."""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from werkzeug.test import TestResponse

from gateway import create_app
from gateway.clients import Clients
from services.core.times import to_micros
from tests.cluster.in_process import Messages
from tests.gateway.conftest import Settings
from tests.gateway.visits import Browser
from tests.who_may.small_county import TODAY, SmallCounty, opened_small_county

OF_ONE_SHOWING = re.compile(r'(name="(csrf_token|form_id)" value=|nonce=)"[^"]*"')
PERSONAS = ("adviser", "programme_manager", "finance", "duty_manager", "headteacher", "chair_of_governors")
MOST_CALLS = 20
"""Each call costs the page a few milliseconds."""
ASKED_AHEAD = {"/schools/120777": 5, "/schools/120777/board": 3, "/day": 6}
"""Pages that ask so much that they ask each service once; the day, of those in the diary, a second time."""
with (Path(__file__).parents[1] / "who_may" / "pages.csv").open(encoding="utf-8", newline="") as _file:
    PAGES = [row for row in csv.DictReader(_file) if row["method"] == "GET" and row["page"] != "/metrics"]


@dataclass
class Both:
    county: SmallCounty
    together: dict[str, Browser]
    apart: dict[str, Browser]
    messages: Messages


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Both]:
    with opened_small_county(tmp_path_factory.mktemp("apart")) as county:
        county.platform.on(TODAY)
        runtime = county.platform.runtime
        messages = Messages(runtime)
        remote = messages.remote(lambda: to_micros(runtime.now()))
        together = create_app(Clients(runtime), county.accounts, Settings())
        apart = create_app(Clients(remote), county.accounts, Settings())
        yield Both(
            county,
            {persona: county.visit(persona, together) for persona in PERSONAS},
            {persona: county.visit(persona, apart) for persona in PERSONAS},
            messages,
        )


@pytest.mark.parametrize("row", PAGES, ids=[row["page"] for row in PAGES])
def test_the_page_is_the_same(both: Both, row: dict[str, str]) -> None:
    address = both.county.address(row["page"])
    for persona in [each for each in PERSONAS if row[each]][:2]:
        both.messages.asked.clear()
        apart = both.apart[persona].open(address)
        both.county.platform.runtime.settle()  # to open some pages is a fact of its own
        together = both.together[persona].open(address)
        both.county.platform.runtime.settle()
        assert (apart.status_code, apart.location) == (together.status_code, together.location)
        assert shown(apart) == shown(together)
        assert both.messages.asked["tenures"] <= 1
        assert both.messages.asked.total() <= MOST_CALLS


@pytest.mark.parametrize("page", ASKED_AHEAD)
def test_a_page_that_asks_much_asks_each_service_once(both: Both, page: str) -> None:
    (row,) = (row for row in PAGES if row["page"] == page)
    for persona in [each for each in PERSONAS if row[each] == "x"]:
        both.apart[persona].open(both.county.address(page))  # the roles are asked now and then
        both.messages.asked.clear()
        assert both.apart[persona].open(both.county.address(page)).status_code == 200
        assert both.messages.asked["ask"] <= ASKED_AHEAD[page]


def shown(page: TestResponse) -> object:
    """What a page shows, without what is new each time; of a file that is no text, its kind."""
    return OF_ONE_SHOWING.sub("", page.text) if (page.mimetype or "").startswith("text/") else page.mimetype
