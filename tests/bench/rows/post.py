"""A form is posted, and the page comes back that shows what it did."""

from collections.abc import Iterator
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path
from time import perf_counter

from tests.bench.harness import Goal, Row, Sample
from tests.bench.sizes import Sizes
from tests.bench.web import Client, served

FIRST_DAY = date(2040, 1, 1)


def rounds(sizes: Sizes, directory: Path) -> Iterator[Sample]:
    with served(directory) as port, closing(Client(port)) as client:
        client.sign_in("finance")
        day = FIRST_DAY
        while True:
            times = []
            for _ in range(sizes.posts):
                times.append(set_price(client, day))
                day += timedelta(days=1)
            times.sort()
            yield {"p50": times[len(times) // 2] * 1_000, "p95": times[len(times) * 95 // 100] * 1_000}


def set_price(client: Client, begins: date) -> float:
    """Seconds from confirming a new price until the price list that shows it has come."""
    pounds = f"{begins.toordinal() / 100:,.2f}"
    client.get("/prices")
    client.send(
        "/prices",
        item="full-service",
        school_status="maintained",
        pence=pounds,
        **{"begins-day": str(begins.day), "begins-month": str(begins.month), "begins-year": str(begins.year)},
    )
    began = perf_counter()
    page = client.send("/prices", step="confirm")
    taken = perf_counter() - began
    if f"£{pounds}" not in page or "Price list" not in page:
        raise AssertionError(f"the price list does not show £{pounds}")
    return taken


ROW = Row(
    name="post",
    title="form post to the page that shows it",
    unit="ms",
    goals=(Goal("p95, ms", of="p95", at_most=60),),
    rounds=rounds,
)
