"""Addresses of calendars that need no sign-in: whoever has one reads the calendar, until it is revoked."""

import secrets
from dataclasses import dataclass
from hashlib import sha256

from sqlalchemy import Column, Engine, Integer, LargeBinary, MetaData, String, Table, delete, insert, select
from sqlalchemy.sql import Delete

EVERYTHING_OF_ONES_OWN = 0
"""Stands where a URN would, for the calendar of an adviser's own visits."""

_metadata = MetaData()
feeds = Table(
    "feeds",
    _metadata,
    Column("person", String, primary_key=True),
    Column("urn", Integer, primary_key=True),
    Column("token_hash", LargeBinary, nullable=False, unique=True),
)


@dataclass(frozen=True, slots=True)
class Feed:
    """Whose eyes a calendar is read with, and which school's it is; `urn` is 0 for a person's own visits."""

    person: str
    urn: int


class Feeds:
    """A person has one address for each calendar; only a digest of it is kept, so a copy of the file opens none."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        _metadata.create_all(engine)

    def make(self, person: str, urn: int) -> str:
        """A new address (its unguessable part); the one before ends."""
        token = secrets.token_urlsafe(32)
        with self._engine.begin() as db:
            db.execute(_of(person, urn))
            db.execute(insert(feeds).values(person=person, urn=urn, token_hash=_digest(token)))
        return token

    def exists(self, person: str, urn: int) -> bool:
        with self._engine.connect() as db:
            wanted = select(feeds.c.person).where(feeds.c.person == person, feeds.c.urn == urn)
            return db.scalar(wanted) is not None

    def revoke(self, person: str, urn: int) -> None:
        with self._engine.begin() as db:
            db.execute(_of(person, urn))

    def forget(self, person: str) -> None:
        """End every address of a person."""
        with self._engine.begin() as db:
            db.execute(delete(feeds).where(feeds.c.person == person))

    def find(self, token: str) -> Feed | None:
        """What an address leads to, unless it was revoked."""
        with self._engine.connect() as db:
            row = db.execute(select(feeds.c.person, feeds.c.urn).where(feeds.c.token_hash == _digest(token))).first()
        return Feed(row.person, row.urn) if row else None


def _of(person: str, urn: int) -> Delete:
    return delete(feeds).where(feeds.c.person == person, feeds.c.urn == urn)


def _digest(token: str) -> bytes:
    return sha256(token.encode()).digest()
