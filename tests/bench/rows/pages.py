"""Every kind of page of the sample county, asked for by 16 clients at once, and a long table beside plain Jinja.

The times are the server's own."""

import re
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from functools import partial
from pathlib import Path

from tests.bench.harness import Goal, Row, Sample, seconds
from tests.bench.page_times import p99, page_times
from tests.bench.plain_jinja import compare
from tests.bench.sizes import Sizes
from tests.bench.web import Client, served

CLIENTS = 16
ADDRESSES = (
    "/",
    "/schools?q=church",
    "/schools/{urn}",
    "/schools/{urn}/history",
    "/schools/{urn}/results",
    "/schools/{urn}/charges",
    "/charges",
    "/county",
    "/prices",
)


def rounds(sizes: Sizes, directory: Path) -> Iterator[Sample]:
    with served(directory) as port, closing(Client(port)) as auditor:
        auditor.sign_in("auditor")
        urns = sorted(set(re.findall(r'href="/schools/(\d{6})"', auditor.get("/schools?q=primary"))))
        while True:
            before = page_times(auditor)
            taken = seconds(everyone_asks, port, auditor.cookies, urns, sizes.pages_per_client)
            times = page_times(auditor)
            times.subtract(before)
            yield {
                "p99 of the slowest page": max(p99(times, page) for page, _ in times),
                "p99 of all": p99(times),
                "pages/s": CLIENTS * sizes.pages_per_client / taken,
                **compare(),
            }


def everyone_asks(port: int, cookies: dict[str, str], urns: Sequence[str], pages: int) -> None:
    """Each client asks for so many pages without a pause, of every kind in turn and about one school after another."""
    with ThreadPoolExecutor(CLIENTS) as pool:
        list(pool.map(partial(one_asks, port, cookies, urns, pages), range(CLIENTS)))


def one_asks(port: int, cookies: dict[str, str], urns: Sequence[str], pages: int, client: int) -> None:
    with closing(Client(port, cookies)) as browser:
        for number in range(client, client + pages):
            browser.get(ADDRESSES[number % len(ADDRESSES)].format(urn=urns[number * 7 % len(urns)]))


ROW = Row(
    name="pages",
    title="any page of the sample county, 16 clients",
    unit="ms",
    goals=(
        Goal("p99 of the slowest page, ms", of="p99 of the slowest page", at_most=50),
        Goal("x plain Jinja, a table of 100 rows", of="plain Jinja, µs", beside="table, µs", at_least=2.5),
    ),
    rounds=rounds,
    long=True,
)
