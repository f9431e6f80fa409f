"""The price list of the seed, set at the first start."""

from datetime import date

from services.billing.price_list import load_price_list
from services.billing.queries.prices import PriceList
from tests.billing.office import Office

BEGAN = date(2011, 9, 1)


def prices(office: Office) -> list[tuple[str, int, date]]:
    return [(line.school_status, line.pence, line.begins) for line in office.ask(PriceList())]


def test_br1_the_list_holds_both_prices_of_the_seed(office: Office) -> None:
    assert prices(office) == [("maintained", 265000, BEGAN), ("non-maintained", 282000, BEGAN)]
    assert [event.metadata.effective_on for event in office.log.read("billing.prices")] == [BEGAN, BEGAN]


def test_loading_it_again_records_nothing(office: Office) -> None:
    head = office.log.head()
    load_price_list(office.runtime.handle)
    assert office.log.head() == head


def test_loading_it_again_does_not_undo_what_finance_set_since(office: Office) -> None:
    office.set_price("maintained", 264000, BEGAN)
    load_price_list(office.runtime.handle)
    assert prices(office) == [("maintained", 264000, BEGAN), ("non-maintained", 282000, BEGAN)]


def test_a_line_says_who_set_the_price_and_by_which_event(office: Office) -> None:
    first = office.ask(PriceList())[0]
    (event, _) = office.log.read("billing.prices")
    assert (first.by, first.recorded_at, first.event_id) == ("price list", event.recorded, event.id)
