"""The terms of an academic year, shown and set."""

from datetime import date

from tests.gateway.county import County
from tests.gateway.reading import words
from tests.gateway.today import typed

TERMS = {
    **typed("terms.0.begins", date(2031, 9, 4)),
    **typed("terms.0.ends", date(2031, 12, 19)),
    **typed("terms.1.begins", date(2032, 1, 5)),
    **typed("terms.1.ends", date(2032, 3, 26)),
    **typed("terms.2.begins", date(2032, 4, 12)),
    **typed("terms.2.ends", date(2032, 7, 21)),
}


def test_the_usual_terms_hold_until_they_are_set(county: County) -> None:
    officer = county.visit("officer")
    page = words(officer.open("/terms/2031").text)
    assert "These are only the usual terms" in page
    assert "Autumn term 1 September 2031 to 31 December 2031" in page
    assert officer.fill_in("/terms/2031/set", **TERMS).location == "/terms/2031"
    page = words(officer.open("/terms/2031").text)
    assert "only the usual" not in page
    assert "Autumn term 4 September 2031 to 19 December 2031" in page


def test_a_mistake_is_said_and_nothing_lost(county: County) -> None:
    officer = county.visit("officer")
    no_day = officer.fill_in("/terms/2032/set", **TERMS | {"terms.1.ends-month": "13"})
    assert no_day.status_code == 422
    assert '<a href="#terms.1.ends-day">' in no_day.text
    outside = officer.fill_in("/terms/2040/set", **TERMS)
    assert "must lie between" in outside.text
    assert 'value="2031"' in outside.text


def test_others_read_and_do_not_set(county: County) -> None:
    auditor = county.visit("auditor")
    assert "/terms/2033/set" not in auditor.open("/terms/2033").text
    assert auditor.fill_in("/terms/2033/set", **TERMS).status_code == 403
    assert auditor.open("/terms/3033").status_code == 404
