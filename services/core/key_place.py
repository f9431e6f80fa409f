"""A key store by where its keys are kept, with the master key from a file."""

from pathlib import Path

from services.core.keys import KeyStore
from services.core.master_key import master_key
from services.core.postgres_keys import PostgresKeys
from services.core.sqlite_keys import SqliteKeys


def keys_in_file(path: Path, master: Path | None = None) -> KeyStore:
    """The key store in a file, by the master key in another: beside it, unless one is named."""
    new = not path.exists()
    # The master key first: without it there must be no store that looks as if it had one.
    secret = master_key(master or path.with_suffix(".master"), new=new)
    return KeyStore(SqliteKeys(path), secret)


def keys_in_postgres(url: str, master: Path) -> KeyStore:
    """The key store in a database, by the master key in a file."""
    kept = PostgresKeys(url)
    try:
        new = not any(True for _ in kept.all()) and not any(True for _ in kept.destroyed())
        return KeyStore(kept, master_key(master, new=new))
    except BaseException:
        kept.close()
        raise
