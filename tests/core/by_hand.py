"""The toy's tables folded by hand: what every read model must equal, however it came about."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, select

from services.core.envelope import RecordedEvent
from services.core.keys import Sealed
from services.core.log import EventLog, pages
from services.core.read_db import parked
from tests.core.toy import CoinTaken, Greeted, PatronNamed, TillOpened, coins_table, entry_table, till_table

Tables = dict[str, Any]
FOLDED = (TillOpened, CoinTaken, Greeted, PatronNamed)


def fold(events: Iterable[RecordedEvent], *, unlucky: int | None = 13) -> Tables:
    """The tables after these events, in plain dictionaries. A coin of `unlucky` pence can't be folded."""
    tills: dict[int, tuple[int, str | None]] = {}
    coins: dict[int, tuple[int, int]] = {}
    entries: list[tuple[int, str]] = []
    set_aside: dict[int, str] = {}
    for recorded in events:
        event = recorded.data
        if recorded.stream in set_aside.values() and isinstance(event, FOLDED):
            set_aside[recorded.position] = recorded.stream
            continue
        match event:
            case TillOpened(urn):
                tills[urn] = 0, None
                entries.append((recorded.position, "The till opened"))
            case CoinTaken(urn, pence) if pence == unlucky:
                set_aside[recorded.position] = recorded.stream
            case CoinTaken(urn, pence):
                before, number = coins.get(urn, (0, 0))
                coins[urn] = before + pence, number + 1
                entries.append((recorded.position, f"Took {pence}p"))
            case Greeted(urn) if urn in tills:
                tills[urn] = 1, tills[urn][1]
            case PatronNamed(urn, _, sealed) if urn in tills:
                tills[urn] = tills[urn][0], sealed
    return {"till": tills, "coins": coins, "entry": entries, "parked": sorted(set_aside)}


def fold_log(log: EventLog, *, unlucky: int | None = 13) -> Tables:
    return fold((recorded for page in pages(log) for recorded in page), unlucky=unlucky)


def tables(connection: Connection) -> Tables:
    """What a read model holds, in the same form."""
    tills = connection.execute(select(till_table)).all()
    coins = connection.execute(select(coins_table)).all()
    return {
        "till": {row.urn: (row.greeted, row.patron and Sealed.unpack(row.patron).text) for row in tills},
        "coins": {row.urn: (row.pence, row.n) for row in coins},
        "entry": [tuple(row) for row in connection.execute(select(entry_table).order_by(entry_table.c.position))],
        "parked": list(connection.scalars(select(parked.c.position).order_by(parked.c.position))),
    }
