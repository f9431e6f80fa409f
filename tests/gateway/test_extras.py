"""The chargeable services of a school, from recommendation to delivery."""

import pytest

from tests.gateway.county import County
from tests.gateway.reading import table
from tests.gateway.today import in_days, typed
from tests.gateway.visits import Browser

CAPTION = "Services of all years"


@pytest.fixture
def urn(county: County) -> int:
    """A school that no other test looks at."""
    open_now = [line.urn for line in county.ask("scheduling.CountySchools").schools if line.status == "Open"]
    return int(open_now[-5])


def states(browser: Browser, urn: int) -> list[str]:
    return [row[5] for row in table(browser.open(f"/schools/{urn}/services").text, CAPTION)[1:]]


def test_br2_recommended_ordered_delivered_and_another_cancelled(county: County, urn: int) -> None:
    today = in_days(0)
    year = today.year if today.month >= 9 else today.year - 1
    manager, officer = county.visit("manager"), county.visit("officer")
    head = county.visit(county.add_sign_in(f"demo-head-{urn}"))
    address, first = f"/schools/{urn}/services", f"/schools/{urn}/services/{urn}-{year}-1"
    assert "No service has been recommended or ordered yet" in head.open(address).text
    service = {"year": str(year), "service": "intensive-monitoring", "purpose": "A board for mathematics"}
    assert manager.fill_in(f"{address}/recommend", **service).location == address
    assert head.fill_in(f"{first}/order", purpose="A board for mathematics", quantity="2").location == address
    assert states(head, urn) == [f"Ordered on {today.day} {today:%B %Y}"]
    too_many = officer.fill_in(f"{first}/deliver", quantity="3", **typed("delivered", today))
    assert too_many.status_code == 422
    assert "2 of 2 are still to deliver" in too_many.text
    assert officer.fill_in(f"{first}/deliver", quantity="2", **typed("delivered", today)).location == address
    assert states(head, urn)[0].startswith("Delivered, last on")
    own = service | {"service": "validation", "purpose": "Observations", "quantity": "1"}
    assert head.fill_in(f"{address}/order", **own).location == address
    refused = head.fill_in(f"/schools/{urn}/services/{urn}-{year}-2/cancel")
    assert refused.status_code == 422
    assert "Give the reason" in refused.text
    head.fill_in(f"/schools/{urn}/services/{urn}-{year}-2/cancel", reason="No money left")
    assert states(head, urn)[1].endswith(": No money left")


def test_nobody_is_offered_what_they_may_not_do(county: County, urn: int) -> None:
    auditor = county.visit("auditor")
    page = auditor.open(f"/schools/{urn}/services").text
    assert f"/schools/{urn}/services/" not in page
    assert auditor.open(f"/schools/{urn}/services/{urn}-2022-9/deliver").status_code == 404
    assert auditor.open(f"/schools/{urn}/services/charge").status_code == 404
    form = auditor.fill_in(f"/schools/{urn}/services/order", year="2022", service="validation", purpose="Anything")
    assert form.status_code == 403
    assert county.visit("head120777").open(f"/schools/{urn}/services").status_code == 403
