"""Who may sign in: user names, password hashes and the sessions that are open, in DATA_DIR/accounts.db.

Not events: credentials must be replaceable and deletable, and nothing in the log may depend on them.
"""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from threading import BoundedSemaphore
from typing import Any

from argon2 import PasswordHasher
from argon2.exceptions import VerifyMismatchError
from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    DateTime,
    LargeBinary,
    MetaData,
    String,
    Table,
    create_engine,
    delete,
    event,
    select,
)
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.exc import DatabaseError

from gateway.feeds import Feeds
from gateway.subscribers import Subscribers

WORKING_DAY = timedelta(hours=10)
BEFORE_SIGN_IN = timedelta(hours=1)
HASHES_AT_ONCE = 2
"""Each hash takes 64 MB: a crowd at the door must not take all the memory."""

ARGON2ID = PasswordHasher()
DEMONSTRATION_PASSWORD = "norfolk"  # noqa: S105 - made to be known
"""Of every demonstration user; shown on the sign-in page."""

metadata = MetaData()
users = Table(
    "users",
    metadata,
    Column("username", String, primary_key=True),
    Column("person", String, nullable=False),
    Column("hash", String, nullable=False),
    Column("title", String, nullable=False),
    Column("demonstration", Boolean, nullable=False),
)
sessions = Table(
    "sessions",
    metadata,
    Column("sid_hash", LargeBinary, primary_key=True),
    Column("username", String, index=True),
    Column("data", JSON, nullable=False),
    Column("expires", DateTime, nullable=False, index=True),
)
keys = Table("keys", metadata, Column("name", String, primary_key=True), Column("value", String, nullable=False))


class AccountsUnusable(Exception):
    """The file can't be read or written; the text says what to do."""


@dataclass(frozen=True, slots=True)
class User:
    """Someone who can sign in. `person` is the id the services know; `title` is for the sign-in list."""

    username: str
    person: str
    title: str


@dataclass(frozen=True, slots=True)
class OpenSession:
    """A row of the session table, as the gateway needs it."""

    user: User | None
    data: dict[str, Any]


class Accounts:
    """The credential store. Safe to use from many threads. Raises AccountsUnusable when it can't be opened."""

    def __init__(self, path: Path, hasher: PasswordHasher = ARGON2ID) -> None:
        self._engine = create_engine(f"sqlite:///{path}", hide_parameters=True)
        event.listen(self._engine, "connect", _prepare)
        try:
            metadata.create_all(self._engine)
            self.feeds = Feeds(self._engine)
            self.subscribers = Subscribers(self._engine)
        except DatabaseError as error:
            self._engine.dispose()
            raise AccountsUnusable(
                f"The accounts file {path} can't be used ({error.orig}). Restore it from a backup, or move it "
                "away to begin with no accounts."
            ) from error
        self._hasher = hasher
        self._hashing = BoundedSemaphore(HASHES_AT_ONCE)
        self._nobody = self._hasher.hash(secrets.token_hex())

    def close(self) -> None:
        self._engine.dispose()

    def secret(self, name: str) -> str:
        """A random secret made on first use and kept."""
        with self._engine.begin() as db:
            db.execute(insert(keys).values(name=name, value=secrets.token_hex(32)).on_conflict_do_nothing())
            return str(db.execute(select(keys.c.value).where(keys.c.name == name)).scalar_one())

    def add(self, username: str, password: str, person: str, *, title: str = "", demonstration: bool = False) -> None:
        """Add a user, or replace the password of one; a replaced password ends that user's sessions."""
        username = username.strip().casefold()
        row = {"person": person, "hash": self._hash(password), "title": title, "demonstration": demonstration}
        with self._engine.begin() as db:
            db.execute(
                insert(users)
                .values(username=username, **row)
                .on_conflict_do_update(index_elements=["username"], set_=row)
            )
            db.execute(delete(sessions).where(sessions.c.username == username))

    def demonstration_users(self) -> list[User]:
        """The sign-ins that a demonstration shows to everyone."""
        with self._engine.connect() as db:
            rows = db.execute(select(users).where(users.c.demonstration).order_by(users.c.username))
            return [User(row.username, row.person, row.title) for row in rows]

    def verify(self, username: str, password: str) -> User | None:
        """The user, if the password is right. An unknown user takes as long as a wrong password."""
        username = username.strip().casefold()
        with self._engine.connect() as db:
            row = db.execute(select(users).where(users.c.username == username)).one_or_none()
        with self._hashing:
            try:
                self._hasher.verify(row.hash if row else self._nobody, password)
            except VerifyMismatchError:
                return None
        return User(row.username, row.person, row.title) if row else None

    def forget(self, person: str) -> None:
        """Remove every sign-in, session and calendar address of a person."""
        with self._engine.begin() as db:
            theirs = select(users.c.username).where(users.c.person == person)
            db.execute(delete(sessions).where(sessions.c.username.in_(theirs)))
            db.execute(delete(users).where(users.c.person == person))
        self.feeds.forget(person)

    def session(self, sid: str) -> OpenSession | None:
        """The session with this id, if it is open now."""
        joined = sessions.outerjoin(users, sessions.c.username == users.c.username)
        wanted = select(sessions.c.data, users.c.username, users.c.person, users.c.title).select_from(joined)
        with self._engine.connect() as db:
            row = db.execute(
                wanted.where(sessions.c.sid_hash == _digest(sid), sessions.c.expires > _now())
            ).one_or_none()
        if row is None:
            return None
        return OpenSession(User(row.username, row.person, row.title) if row.username else None, row.data)

    def open_session(self, data: Mapping[str, Any], username: str | None = None) -> str:
        """Start a session and return its id; expired ones are cleared on the way."""
        sid = secrets.token_urlsafe(32)
        lasting = WORKING_DAY if username else BEFORE_SIGN_IN
        with self._engine.begin() as db:
            db.execute(delete(sessions).where(sessions.c.expires <= _now()))
            db.execute(
                insert(sessions).values(
                    sid_hash=_digest(sid), username=username, data=dict(data), expires=_now() + lasting
                )
            )
        return sid

    def keep_session(self, sid: str, data: Mapping[str, Any]) -> None:
        with self._engine.begin() as db:
            db.execute(sessions.update().where(sessions.c.sid_hash == _digest(sid)).values(data=dict(data)))

    def close_session(self, sid: str) -> None:
        with self._engine.begin() as db:
            db.execute(delete(sessions).where(sessions.c.sid_hash == _digest(sid)))

    def _hash(self, password: str) -> str:
        with self._hashing:
            return self._hasher.hash(password)


def _prepare(connection: Any, _record: Any) -> None:
    # A power cut may lose the last sign-in or sign-out, never the file: a sync per page is not worth that.
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = NORMAL")
    connection.execute("PRAGMA busy_timeout = 5000")


def _digest(sid: str) -> bytes:
    """What is stored: a copy of the file gives nobody an open session."""
    return sha256(sid.encode()).digest()


def _now() -> datetime:
    return datetime.now(UTC).replace(tzinfo=None)
