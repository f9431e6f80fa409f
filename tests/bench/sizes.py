"""How much work each row does: the default, a smoke run of about a minute, and the least that still runs."""

import msgspec


class Sizes(msgspec.Struct, frozen=True):
    """Counts for one run of the benchmark, each for one round unless it says otherwise.

    Many short rounds stand a busy machine better than few long ones: what else it does falls on all contestants."""

    name: str
    rounds: int
    long_rounds: int
    appends: int
    batches: int
    commands: int
    appends_per_writer: int
    slow_appends_per_writer: int
    stock: int
    """events in the log that is replayed, rebuilt from and loaded from"""
    peer_stock: int
    """events in the peer's store; a rate needs fewer of them than of ours, and the peer is slow to fill"""
    loads: int
    peer_projected: int
    live_batches: int
    live_waits: int
    posts: int
    pages_per_client: int
    round_trips: int
    relayed: int
    seen: int
    projected: int
    """events in the log from which PostgreSQL's read model is rebuilt"""


FULL = Sizes(
    name="full",
    rounds=21,
    long_rounds=5,
    appends=400,
    batches=20,
    commands=150,
    appends_per_writer=150,
    slow_appends_per_writer=50,
    stock=1_000_000,
    peer_stock=100_000,
    loads=150,
    peer_projected=2_000,
    live_batches=5,
    live_waits=200,
    posts=10,
    pages_per_client=36,
    round_trips=800,
    relayed=6000,
    seen=200,
    projected=200_000,
)

QUICK = Sizes(
    name="quick",
    rounds=5,
    long_rounds=3,
    appends=300,
    batches=15,
    commands=100,
    appends_per_writer=60,
    slow_appends_per_writer=25,
    stock=100_000,
    peer_stock=20_000,
    loads=100,
    peer_projected=1_000,
    live_batches=5,
    live_waits=100,
    posts=10,
    pages_per_client=10,
    round_trips=800,
    relayed=3000,
    seen=100,
    projected=50_000,
)

TINY = Sizes(
    name="tiny",
    rounds=1,
    long_rounds=1,
    appends=5,
    batches=2,
    commands=3,
    appends_per_writer=3,
    slow_appends_per_writer=2,
    stock=2_000,
    peer_stock=1_000,
    loads=3,
    peer_projected=20,
    live_batches=1,
    live_waits=3,
    posts=2,
    pages_per_client=2,
    round_trips=16,
    relayed=30,
    seen=3,
    projected=2_000,
)

BY_NAME = {sizes.name: sizes for sizes in (FULL, QUICK, TINY)}
