"""Who may open each address of the API: a subscriber by its token, and nobody by a role or by having signed in."""

import pytest

from gateway.api import create_api
from gateway.clients import Clients
from tests.gateway.conftest import Settings
from tests.who_may.small_county import SmallCounty

ADDRESSES = {
    "/v1/events": "/api/v1/events",
    "/v1/asyncapi.json": "/api/v1/asyncapi.json",
    "/v1/openapi.json": "/api/v1/openapi.json",
    "/v1/schemas/<name>.json": "/api/v1/schemas/scheduling.VisitHeld.v1.json",
}
FOR_EVERYBODY = ADDRESSES.keys() - {"/v1/events"}
"""The contract: it tells of no school."""


def test_every_address_is_in_the_table(county: SmallCounty) -> None:
    api = create_api(Clients(county.platform.runtime), county.accounts, Settings())
    rules = list(api.url_map.iter_rules())
    assert {rule.rule for rule in rules} == ADDRESSES.keys()
    assert {method for rule in rules for method in rule.methods or ()} == {"GET", "HEAD", "OPTIONS"}


@pytest.mark.parametrize("rule", ADDRESSES)
def test_an_address_opens_to_whom_the_table_says(county: SmallCounty, rule: str) -> None:
    token = county.accounts.subscribers.add("portal")
    stranger, manager = county.app.test_client(), county.visit("programme_manager").client
    signs = {
        "nothing": (stranger, {}),
        "a session": (manager, {}),
        "no token": (stranger, {"Authorization": "Bearer"}),
        "an unknown token": (stranger, {"Authorization": f"Bearer {token}x"}),
        "a password": (stranger, {"Authorization": "Basic cG9ydGFsOm5vcmZvbGs="}),
        "the token": (stranger, {"Authorization": f"Bearer {token}"}),
    }
    address = ADDRESSES[rule]
    answers = {sign: client.get(address, headers=shown, buffered=True) for sign, (client, shown) in signs.items()}
    county.accounts.subscribers.revoke("portal")
    answers["a revoked token"] = stranger.get(address, headers=signs["the token"][1], buffered=True)
    opened = {sign for sign, answer in answers.items() if answer.status_code == 200}
    assert opened == (set(answers) if rule in FOR_EVERYBODY else {"the token"})
    for sign in set(answers) - opened:
        assert answers[sign].status_code == 401
        assert answers[sign].headers["WWW-Authenticate"].startswith("Bearer ")
        assert answers[sign].content_type == "application/problem+json"


def test_a_token_opens_no_page(county: SmallCounty) -> None:
    token = county.accounts.subscribers.add("portal")
    page = county.app.test_client().get("/schools", headers={"Authorization": f"Bearer {token}"})
    county.accounts.subscribers.revoke("portal")
    assert page.status_code == 302


def test_a_copy_of_the_file_opens_nothing(county: SmallCounty) -> None:
    token = county.accounts.subscribers.add("portal")
    with county.accounts._engine.connect() as db:
        rows = db.exec_driver_sql("SELECT * FROM subscribers").fetchall()
    county.accounts.subscribers.revoke("portal")
    assert rows
    assert token not in str(rows)


@pytest.mark.parametrize("address", ["/api", "/api/", "/api/v1/nothing", "/api/v1/schemas/..%2Fasyncapi.json"])
def test_what_is_not_there_is_said_as_machines_read_it(county: SmallCounty, address: str) -> None:
    answer = county.app.test_client().get(address)
    assert (answer.status_code, answer.content_type) == (404, "application/problem+json")
