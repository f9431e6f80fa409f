"""Money is whole pence, and every penny shows."""

import pytest

from services.core.money import pounds


@pytest.mark.parametrize(
    ("pence", "words"),
    [
        (0, "£0.00"),
        (5, "£0.05"),
        (-5, "-£0.05"),
        (-150, "-£1.50"),
        (265000, "£2,650.00"),
        (282000, "£2,820.00"),
        (95_297_000, "£952,970.00"),
        (900_719_925_474_099_301, "£9,007,199,254,740,993.01"),  # more than a float can tell apart
    ],
)
def test_pence_in_words(pence: int, words: str) -> None:
    assert pounds(pence) == words
