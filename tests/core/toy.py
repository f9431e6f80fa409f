"""A service small enough to see through: a till that opens, takes coins and greets whoever opened it."""

from collections.abc import Iterable
from pathlib import Path
from typing import Annotated, Any
from uuid import uuid4

import msgspec
from msgspec import Meta
from sqlalchemy import Column, Index, Integer, MetaData, String, Table, select

from services.core.authorisation import Actor, Role, Tenure, allow
from services.core.commands import Command, Query, Urn, command, query
from services.core.deciders import Context, Decider, Refused
from services.core.envelope import Metadata, NewEvent, RecordedEvent, prepare
from services.core.events import Event, Personal, PersonId, event
from services.core.events import Urn as StoredUrn
from services.core.keys import Sealed
from services.core.log import EventLog
from services.core.policies import Effect, Policy
from services.core.projections import Projection
from services.core.runtime import Answer, Runtime
from services.core.service import Answers, Handles, Reading, ReadStream, Service
from services.core.settings import Settings
from services.core.sqlite_log import SqliteLog
from services.core.times import london_day, now_micros
from services.core.work import Work
from tests.engines.chosen import keys_in, models_in

OPERATOR = Actor("operator", platform=True)


@event("toy.TillOpened")
class TillOpened(Event, frozen=True, gc=False):
    urn: StoredUrn

    def says(self) -> str:
        return "The till opened"


@event("toy.CoinTaken")
class CoinTaken(Event, frozen=True, gc=False):
    urn: StoredUrn
    pence: int
    note: str = ""

    def says(self) -> str:
        return f"Took {self.pence}p"


@event("toy.Greeted")
class Greeted(Event, frozen=True, gc=False):
    urn: StoredUrn

    def says(self) -> str:
        return "Hello"


@event("toy.PatronNamed")
class PatronNamed(Event, frozen=True, gc=False):
    urn: StoredUrn
    person: PersonId
    name: Personal

    def says(self) -> str:
        return "A patron was named"


@event("toy.PatronForgotten")
class PatronForgotten(Event, frozen=True, gc=False):
    urn: StoredUrn
    person: PersonId

    def says(self) -> str:
        return "A patron was forgotten"


@command("toy.OpenTill")
class OpenTill(Command, frozen=True):
    """Open the till of a school."""

    urn: Urn


@command("toy.TakeCoin")
class TakeCoin(Command, frozen=True):
    urn: Urn
    pence: Annotated[int, Meta(ge=1, le=200)]


@command("toy.Greet")
class Greet(Command, frozen=True):
    urn: Urn


@command("toy.NamePatron")
class NamePatron(Command, frozen=True):
    urn: Urn
    person: str
    name: str


@command("toy.ForgetPatron")
class ForgetPatron(Command, frozen=True):
    urn: Urn
    person: str


@query("toy.Tills")
class Tills(Query, frozen=True):
    at_least: int = 0


@query("toy.Patron")
class Patron(Query, frozen=True):
    urn: Urn


@query("toy.Me")
class Me(Query, frozen=True):
    """Who asks; `anew` has it answered each time."""

    anew: bool = False


class Till(msgspec.Struct, frozen=True):
    is_open: bool = False
    pence: int = 0


def decide(command: Command, till: Till, context: Context) -> list[Event]:
    match command:
        case OpenTill(urn):
            if till.is_open:
                raise Refused("The till is already open.", "urn")
            return [TillOpened(urn)]
        case TakeCoin(urn, pence):
            if not till.is_open:
                raise Refused("Open the till first.")
            return [CoinTaken(urn, pence)]
        case Greet(urn):
            return [Greeted(urn)]
        case NamePatron(urn, person, name):
            return [PatronNamed(urn, person, name)]
        case ForgetPatron(urn, person):
            return [PatronForgotten(urn, person)]
    raise AssertionError(command)


def evolve(till: Till, event: Event) -> Till:
    match event:
        case TillOpened():
            return msgspec.structs.replace(till, is_open=True)
        case CoinTaken(_, pence):
            return msgspec.structs.replace(till, pence=till.pence + pence)
    return till


till_decider = Decider(initial=Till(), decide=decide, evolve=evolve)


def stream_of(command: Any) -> str:
    return f"toy.till-{command.urn}"


_tables = MetaData()
till_table = Table(
    "till",
    _tables,
    Column("urn", Integer, primary_key=True),
    Column("greeted", Integer, nullable=False),
    Column("patron", String),
    Index("till_greeted", "greeted"),
)
coins_table = Table(
    "coins", _tables, Column("urn", Integer, primary_key=True), Column("pence", Integer), Column("n", Integer)
)
entry_table = Table("entry", _tables, Column("position", Integer), Column("says", String))


def make_projection(name: str = "toy.tills", version: int = 1) -> Projection:
    """The same fold under any name: a poisoned coin (13p) makes it fail."""
    projection = Projection(name, version=version, tables=[till_table, coins_table, entry_table])

    @projection.on(TillOpened)
    def opened(event: TillOpened, recorded: RecordedEvent, work: Work) -> None:
        work.put(till_table, urn=event.urn, greeted=0, patron=None)
        work.insert(entry_table, recorded.position, event.says())

    @projection.on(CoinTaken)
    def taken(event: CoinTaken, recorded: RecordedEvent, work: Work) -> None:
        work.insert(entry_table, recorded.position, event.says())
        if event.pence == 13:
            raise ValueError("thirteen is unlucky")
        work.add(coins_table, (event.urn,), pence=event.pence, n=1)

    @projection.on(Greeted)
    def greeted(event: Greeted, recorded: RecordedEvent, work: Work) -> None:
        work.change(till_table, (event.urn,), greeted=1)

    @projection.on(PatronNamed)
    def named(event: PatronNamed, recorded: RecordedEvent, work: Work) -> None:
        sealed = Sealed(event.person, recorded.event_id, "name", event.name)
        work.change(till_table, (event.urn,), patron=sealed.pack())

    return projection


tills = make_projection()


def answer_tills(query: Tills, reading: Reading) -> list[tuple[int, int]]:
    rows = reading.db.execute(
        select(coins_table.c.urn, coins_table.c.pence).where(coins_table.c.pence >= query.at_least)
    )
    return [(row.urn, row.pence) for row in rows]


def answer_patron(query: Patron, reading: Reading) -> str | None:
    packed = reading.db.scalar(select(till_table.c.patron).where(till_table.c.urn == query.urn))
    return None if packed is None else reading.open(Sealed.unpack(packed))


def answer_me(query: Me, reading: Reading) -> list[Any]:
    if query.anew:
        reading.anew()
    return [reading.viewer()]


ANYBODY = allow(Role.ADVISER, Role.HEADTEACHER)

toy = Service(
    "toy",
    commands=[
        Handles(kind, till_decider, stream_of, ANYBODY)
        for kind in (OpenTill, TakeCoin, Greet, NamePatron, ForgetPatron)
    ],
    queries=[
        Answers(Tills, answer_tills, tills, ANYBODY),
        Answers(Patron, answer_patron, tills, ANYBODY),
        Answers(Me, answer_me, tills, ANYBODY),
    ],
    projections=[tills],
    policies=[
        Policy("toy.greet", on=TillOpened, then=lambda event, recorded: Greet(event.urn)),
        Effect("toy.forget", on=PatronForgotten, do=lambda event, keys: keys.erase(event.person)),
    ],
)


def nobody(person: str, read: ReadStream) -> Iterable[Tenure]:
    return []


def open_toy(directory: Path, *, threads: bool = False, tenures: Any = nobody, log: EventLog | None = None) -> Runtime:
    directory.mkdir(parents=True, exist_ok=True)
    log = log or SqliteLog(directory / "events.db")
    return Runtime(
        Settings(data_dir=directory, threads=2),
        [toy],
        log,
        keys_in(directory),
        tenures,
        models=models_in(directory),
        threads=threads,
    )


def do(runtime: Runtime, name: str, **data: Any) -> Any:
    return runtime.handle(f"toy.{name}", data, actor=OPERATOR, command_id=uuid4())


def ask(runtime: Runtime, name: str, **data: Any) -> Answer:
    return runtime.ask(f"toy.{name}", data, actor=OPERATOR)


def coins(*pence: int, urn: int = 120777) -> list[NewEvent]:
    """Coins ready to append."""
    return new_events(*(CoinTaken(urn, amount) for amount in pence))


def new_events(*events: Event) -> list[NewEvent]:
    identity = uuid4()
    return prepare(events, Metadata(identity, identity, identity, "tester", "platform", london_day(now_micros())))
