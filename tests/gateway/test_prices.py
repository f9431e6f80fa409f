"""The price list, and setting a price."""

import pytest

from gateway.amounts import NotMoney, pence
from tests.gateway.county import County
from tests.gateway.reading import table, words
from tests.gateway.visits import Browser, hidden_fields

PRICE = {
    "item": "full-service",
    "school_status": "maintained",
    "pence": "£2,750.50",
    "begins-day": "1",
    "begins-month": "9",
    "begins-year": "2099",
}
MAINTAINED = "Full service, maintained schools, without VAT"


@pytest.fixture
def finance(county: County) -> Browser:
    return county.visit("finance")


@pytest.mark.parametrize(
    ("typed", "amount"),
    [
        ("2650", 265_000),
        ("2,650", 265_000),
        ("£2,650.00", 265_000),
        (" 2650.05 ", 265_005),
        ("£ 0.01", 1),
        ("1,000,000", 100_000_000),
    ],
)
def test_amounts_are_read_as_they_are_written(typed: str, amount: int) -> None:
    assert pence(typed) == amount


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "abc",
        "-5",
        "2.650,00",
        "26,50",
        "2650.5",
        "2650.005",
        "1e3",
        "²650",
        "２６５０",
        "£",
        "1,0000",
        "$5",
        "1" * 500,
    ],
)
def test_what_may_be_another_amount_than_meant_is_turned_away(typed: str) -> None:
    with pytest.raises(NotMoney):
        pence(typed)


def test_the_list_says_what_holds_who_set_it_and_when(finance: Browser) -> None:
    page = finance.open("/prices").text
    assert table(page, MAINTAINED)[-1][:4] == ["1 September 2011", "£2,650.00", "Now", "price list"]
    assert table(page, "Full service, non-maintained schools, without VAT")[-1][1] == "£2,820.00"
    assert "As at <time" in page


def test_a_price_is_checked_then_confirmed_and_sent_twice_is_set_once(finance: Browser, county: County) -> None:
    before = county.runtime.log.head()
    check = finance.fill_in("/prices", **PRICE)
    assert check.status_code == 200
    assert "Price of full-service for maintained schools set to £2,750.50, from 1 September 2099" in words(check.text)
    assert county.runtime.log.head() == before
    for _ in range(2):
        assert finance.send("/prices", **hidden_fields(check), step="confirm").location == "/prices"
    assert county.runtime.log.head() == before + 1
    page = finance.open("/prices").text
    assert "Saved" in page
    assert [row[:4] for row in table(page, MAINTAINED)[1:]] == [
        ["1 September 2099", "£2,750.50", "Not yet", "Finance officer"],
        ["1 September 2011", "£2,650.00", "Now", "price list"],
    ]
    again = finance.fill_in("/prices", **PRICE)
    assert again.status_code == 422
    assert "That is the price on that day already" in again.text


def test_what_was_typed_comes_back_to_be_changed(finance: Browser) -> None:
    check = finance.fill_in("/prices", **PRICE | {"pence": "2,999.00"})
    page = finance.send("/prices", **hidden_fields(check), step="change")
    assert page.status_code == 200
    assert 'value="2,999.00"' in page.text
    assert 'value="2099"' in page.text


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({"pence": "2.750,50"}, "Enter an amount in pounds and pence, like 2,650.00"),
        ({"pence": ""}, "Enter the price"),
        ({"pence": "1,000,000.01"}, "Enter £1,000,000.00 or less"),
        ({"begins-month": "13"}, "Enter a real date"),
        ({"school_status": ""}, "Enter a value"),
        ({"school_status": "<script>alert(1)</script>"}, "Choose one of"),
    ],
)
@pytest.mark.parametrize("step", ["", "confirm"])
def test_a_mistake_is_said_at_its_field_and_nothing_is_recorded(
    finance: Browser, county: County, typed: dict[str, str], says: str, step: str
) -> None:
    before = county.runtime.log.head()
    page = finance.fill_in("/prices", **PRICE | typed, step=step)
    assert page.status_code == 422
    assert says in page.text
    assert "<title>Error: Price list" in page.text
    assert "<script>alert" not in page.text
    assert county.runtime.log.head() == before


def test_every_mistake_is_said_at_once(finance: Browser) -> None:
    page = finance.fill_in("/prices", pence="x").text
    for field in ("#school_status", "#pence", "#begins-day"):
        assert f'<a href="{field}">' in page


@pytest.mark.parametrize("username", ["auditor", "manager"])
def test_others_see_the_list_and_no_form(county: County, username: str) -> None:
    browser = county.visit(username)
    page = browser.open("/prices")
    assert page.status_code == 200
    assert "Check this price" not in page.text
    token = hidden_fields(page)["csrf_token"]
    form_id = "6f0d5a3e-3c0b-4f1e-9b53-7a1de5d2c2f4"
    for step in ("", "confirm"):
        refused = browser.send("/prices", **PRICE, csrf_token=token, form_id=form_id, step=step)
        assert refused.status_code == 403
        assert "Only these roles may do this: finance." in refused.text
