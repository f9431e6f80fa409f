"""Systems that may read the public events over HTTP: each has a token, which the operator gives and takes away."""

import re
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256

from sqlalchemy import Column, DateTime, Engine, LargeBinary, MetaData, String, Table, delete, insert, select
from sqlalchemy.exc import IntegrityError

NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")

_metadata = MetaData()
subscribers = Table(
    "subscribers",
    _metadata,
    Column("name", String, primary_key=True),
    Column("token_hash", LargeBinary, nullable=False, unique=True),
    Column("added", DateTime, nullable=False),
)


class BadSubscriber(Exception):
    """A subscriber that can't be added; the text says why and what to do."""


@dataclass(frozen=True, slots=True)
class Subscriber:
    """A system, as the operator calls it; `added` is in UTC."""

    name: str
    added: datetime


class Subscribers:
    """Only a digest of each token is kept, so a copy of the file opens nothing."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        _metadata.create_all(engine)

    def add(self, name: str) -> str:
        """The token of a new subscriber, which can't be had again. Raises BadSubscriber."""
        if not NAME.fullmatch(name):
            raise BadSubscriber(f"{name!r} can't be a name: use small letters, digits and hyphens, at most 64.")
        token, added = secrets.token_urlsafe(32), datetime.now(UTC).replace(tzinfo=None)
        try:
            with self._engine.begin() as db:
                db.execute(insert(subscribers).values(name=name, token_hash=_digest(token), added=added))
        except IntegrityError as error:
            again = f"partnership subscriber revoke {name}"
            raise BadSubscriber(f"There is a subscriber {name}. For another token, first: {again}") from error
        return token

    def all(self) -> list[Subscriber]:
        with self._engine.connect() as db:
            rows = db.execute(select(subscribers).order_by(subscribers.c.name))
            return [Subscriber(row.name, row.added) for row in rows]

    def revoke(self, name: str) -> bool:
        """End a subscriber's token; False when there is no such subscriber."""
        with self._engine.begin() as db:
            return db.execute(delete(subscribers).where(subscribers.c.name == name)).rowcount > 0

    def knows(self, token: str) -> bool:
        """Whether some subscriber has this token."""
        with self._engine.connect() as db:
            wanted = select(subscribers.c.name).where(subscribers.c.token_hash == _digest(token))
            return db.scalar(wanted) is not None


def _digest(token: str) -> bytes:
    return sha256(token.encode()).digest()
