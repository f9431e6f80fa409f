"""Whether a URN is a school that scheduling knows."""

from typing import Protocol

from services.core.deciders import Context, Refused
from services.core.service import ReadStream


class AboutASchool(Protocol):
    """A command that names a school."""

    @property
    def urn(self) -> int: ...


def is_known(command: AboutASchool, read_stream: ReadStream) -> bool:
    """True when scheduling has recorded anything of the school: gathered before a command is decided."""
    return bool(read_stream(f"scheduling.school-{command.urn}"))


def must_be_known(command: AboutASchool, context: Context) -> None:
    """Raises Refused unless `is_known` found the school."""
    if not context.facts:
        raise Refused(f"There is no school with URN {command.urn} here. Import its details first.", "urn")
