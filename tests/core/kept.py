"""Read models in files and in PostgreSQL, for tests of what both must do."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

import psycopg
from sqlalchemy import Connection, insert, select

from services.core.postgres_read_db import PostgresReadModels
from services.core.read_db import Generation, ReadModel, ReadModels
from services.core.sqlite_read_db import SqliteReadModels
from tests.core.toy import coins_table
from tests.engines.postgres import database_of

READERS = 2

T = TypeVar("T")


class Kept:
    """Where the read models of a directory are kept; `open` is what each process does for itself."""

    def __init__(self, directory: Path, engine: str) -> None:
        self.directory, self.engine = directory, engine
        self._opened: list[ReadModels] = []

    @property
    def in_files(self) -> bool:
        return self.engine == "files"

    def open(self) -> ReadModels:
        models: ReadModels
        if self.in_files:
            models = SqliteReadModels(self.directory, READERS)
        else:
            models = PostgresReadModels(database_of(self.directory), READERS)
        self._opened.append(models)
        return models

    def generations(self) -> list[str]:
        """Every generation of a toy that takes up room, current or not."""
        if self.in_files:
            return sorted(path.name for path in (self.directory / "read").glob("toy.*.db"))
        return sorted(
            name
            for name in in_database(database_of(self.directory), "SELECT nspname FROM pg_namespace")
            if name.startswith("toy__")
        )

    def litter(self, model: ReadModel, generation: Generation) -> None:
        """Leave this generation as a rebuild does whose process is killed."""
        if self.in_files:
            left = self.directory / "read" / f"toy.tills.v1-{'0' * 16}.db"
            shutil.copy(self.directory / "read" / generation.name, left)
            model.discard(generation)
        else:
            generation.close()

    def close(self) -> None:
        for models in self._opened:
            models.close()


@contextmanager
def kept(directory: Path, engine: str) -> Iterator[Kept]:
    where = Kept(directory, engine)
    yield where
    where.close()


def filled(model: ReadModel, pence: int) -> Generation:
    """A generation that is ready to be swapped in, told from others by one coin."""
    generation = model.begin()
    with generation.writing() as connection:
        connection.execute(insert(coins_table).values(urn=120777, pence=pence, n=1))
    return generation


def coin(generation: Generation) -> int | None:
    return read(generation, lambda connection: connection.scalar(select(coins_table.c.pence)))


def read(generation: Generation, what: Callable[[Connection], T]) -> T:
    with generation.reading() as connection:
        return what(connection)


def in_database(url: str, sql: str) -> list[str]:
    """The first column of what PostgreSQL answers, outside of any read model."""
    with psycopg.connect(url, autocommit=True) as connection:
        cursor = connection.execute(sql.encode())
        return [str(row[0]) for row in cursor] if cursor.description else []
