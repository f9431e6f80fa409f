"""A county in which two schools have bought 2022-23, and what its clerks do at the end of a month."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

from tests.billing.conversion import ACADEMY_ROW, YEAR, close, link, load_prices, register
from tests.platform import SCHOOL, Platform, opened_platform

BEGAN = "2011-09-01"
BUYER = 148888
BUYER_ROW: dict[str, Any] = ACADEMY_ROW | {
    "urn": BUYER,
    "name": "Holt Academy",
    "opened": "2014-09-01",
    "effective_on": "2014-09-01",
}


@contextmanager
def opened_month_end(directory: Path) -> Iterator[Platform]:
    """A maintained school and an academy that bought 2022-23."""
    with opened_platform(directory) as platform:
        load_prices(platform)
        platform.on(date(2022, 9, 1)).do("scheduling.RecordSchool", **BUYER_ROW)
        for urn in (SCHOOL, BUYER):
            platform.do("scheduling.SubscribeSchool", urn=urn, year=YEAR)
        yield platform


def convert(platform: Platform) -> None:
    """SCHOOL became ACADEMY on 1 April 2023, and it is known since 20 July."""
    platform.on(date(2023, 7, 20))
    for fact in (register, link, close):
        fact(platform)


def export(platform: Platform, route: str, **fields: Any) -> None:
    """What a clerk does: export exactly what the dry run shows."""
    shown = platform.ask("billing.DryRun", by="finance", route=route)
    proposal: dict[str, Any] = {"charges": [line.charge for line in shown.lines], "net": shown.net}
    platform.do("billing.ExportBatch", by="finance", route=route, **{**proposal, **fields})


def kinds(platform: Platform) -> list[tuple[str, int, int]]:
    """(kind, school, days late) of everything that is not as usual."""
    return [(each.kind, each.urn, each.days_late) for each in platform.ask("billing.Exceptions", year=YEAR).found]
