"""What a decision about a document hangs on beside the document itself."""

from msgspec import Struct

from services.core.service import ReadStream
from services.visits.advisers import readable
from services.visits.events import SectionWritten
from services.visits.record_author import Hands, hands_of
from services.visits.record_commands import RecordCommand, record_stream


class Facts(Struct, frozen=True):
    """Whose hands the document is in, and everybody who ever wrote in its adviser's part."""

    hands: Hands
    writers: frozenset[str] = frozenset()


def consult(command: RecordCommand, read: ReadStream) -> Facts:
    """Gather them. Raises Damaged when an event can't be read."""
    writers = frozenset(
        recorded.metadata.actor
        for recorded in readable(read(record_stream(command)))
        if isinstance(recorded.data, SectionWritten) and recorded.data.part == "adviser"
    )
    return Facts(hands_of(command.urn, command.year, command.document, read), writers)
