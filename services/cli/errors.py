"""What a user can put right is one line on stderr and exit 1; what is our fault keeps its traceback."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager

import click
from sqlalchemy.exc import OperationalError

from services.core.authorisation import Forbidden
from services.core.deciders import Damaged, Refused
from services.core.log import Conflict, LogUnavailable
from services.core.read_db import Unwritable
from services.core.runtime import Unknown
from services.core.schemas import Invalid
from services.core.seals import Broken
from services.core.settings import BadSetting
from services.core.uploads import UnreadableUpload
from services.core.wrapped_keys import Erased

EXPECTED = (
    Broken,
    Refused,
    Invalid,
    Forbidden,
    Conflict,
    Damaged,
    Erased,
    LogUnavailable,
    BadSetting,
    UnreadableUpload,
    Unknown,
    Unwritable,
)
THE_DISK = {errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EACCES, errno.EPERM, errno.ENOTDIR}


@contextmanager
def one_line_errors() -> Iterator[None]:
    """Inside, expected failures become click's own, which it prints without a traceback."""
    try:
        yield
    except EXPECTED as error:
        raise click.ClickException(_line(str(error))) from error
    except OperationalError as error:
        raise click.ClickException(
            f"A read model can't be used ({_line(str(error.orig))}). Try: partnership rebuild"
        ) from error
    except OSError as error:
        if error.errno not in THE_DISK:
            raise
        raise click.ClickException(f"{error.filename or 'The disk'} can't be used: {error.strerror}.") from error


def _line(text: str) -> str:
    return " ".join(text.split())
