"""Facts of other services as their own commands would record them, put straight into the log."""

from uuid import uuid4

from services.core.envelope import Metadata, prepare
from services.core.events import Dated, Event
from services.core.times import london_day
from tests.platform import Platform


def record(platform: Platform, stream: str, event: Event | Dated) -> None:
    """Append one event to a stream, then let everything that follows from it happen."""
    log, command_id = platform.runtime.log, uuid4()
    today = london_day(platform.runtime._clock())
    metadata = Metadata(command_id, command_id, command_id, "test", "platform", today)
    log.append(stream, len(log.read(stream)), prepare([event], metadata))
    platform.runtime.settle()
