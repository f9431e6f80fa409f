"""Which targets were statutory, and when (TR3)."""

from datetime import date

import pytest

from services.visits.statutes import statute_for


@pytest.mark.parametrize(
    ("cohort", "day", "statutory"),
    [
        (2011, date(2009, 8, 31), False),
        (2011, date(2009, 9, 1), True),
        (2011, date(2009, 12, 31), True),
        (2012, date(2010, 8, 31), False),
        (2012, date(2010, 9, 1), True),
        (2011, date(2011, 8, 31), True),
        (2012, date(2011, 8, 31), True),
        (2011, date(2011, 9, 1), False),
        (2012, date(2011, 9, 1), False),
        (2013, date(2011, 8, 31), False),
        (2013, date(2011, 11, 17), False),
        (2024, date(2022, 11, 17), False),
    ],
)
def test_tr3_2011_and_2012_until_all_was_revoked_on_1_september_2011(cohort: int, day: date, statutory: bool) -> None:
    law = statute_for(cohort, day)
    assert (law is not None) is statutory
    assert law is None or "SI 2004/2858" in law
