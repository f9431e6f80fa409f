"""BR8: twelfths of a price add back to the penny, wherever the year is cut."""

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.billing.part_years import academic_year_of, change_day, months_before, share, split

PRICES = st.integers(0, 100_000_000)
MONTHS = st.integers(0, 12)


def test_br8_the_two_prices_of_the_seed_in_seven_and_five_twelfths() -> None:
    assert split(265_000, 7) == (154_583, 110_417)
    assert split(282_000, 7) == (164_500, 117_500)


@given(PRICES, MONTHS)
def test_br8_two_parts_add_back_and_each_is_the_nearest_penny(pence: int, months: int) -> None:
    first, rest = split(pence, months)
    assert first + rest == pence
    assert abs(first * 12 - pence * months) <= 6
    assert abs(rest * 12 - pence * (12 - months)) <= 6


@given(PRICES, st.lists(MONTHS, max_size=5))
def test_br8_any_number_of_parts_adds_back(pence: int, cuts: list[int]) -> None:
    bounds = [0, *sorted(cuts), 12]
    assert sum(share(pence, first, last) for first, last in pairwise(bounds)) == pence


@given(PRICES)
def test_a_whole_year_is_the_price_and_no_month_is_nothing(pence: int) -> None:
    assert split(pence, 12) == (pence, 0)
    assert split(pence, 0) == (0, pence)


@pytest.mark.parametrize(
    ("at", "months"),
    [
        (date(2022, 9, 1), 0),
        (date(2022, 9, 15), 0),
        (date(2022, 9, 16), 1),
        (date(2022, 12, 31), 4),
        (date(2023, 1, 1), 4),
        (date(2023, 3, 31), 7),
        (date(2023, 4, 1), 7),
        (date(2023, 4, 15), 7),
        (date(2023, 4, 16), 8),
        (date(2023, 8, 31), 12),
        (date(2021, 1, 1), 0),
        (date(2024, 1, 1), 12),
    ],
)
def test_a_change_counts_from_the_nearest_first_of_a_month(at: date, months: int) -> None:
    assert months_before(at, 2022) == months


@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)))
def test_a_change_day_is_the_first_of_a_month_not_far_away(at: date) -> None:
    assert change_day(at).day == 1
    assert abs((change_day(at) - at).days) <= 16
    assert change_day(change_day(at)) == change_day(at)


@pytest.mark.parametrize(
    ("day", "year"), [(date(2022, 8, 31), 2021), (date(2022, 9, 1), 2022), (date(2023, 1, 1), 2022)]
)
def test_the_academic_year_of_a_day(day: date, year: int) -> None:
    assert academic_year_of(day) == year
