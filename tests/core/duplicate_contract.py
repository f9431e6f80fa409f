"""What a log must do besides that knows every event id in it: SQLite's does, EventStoreDB's can't."""

import pytest

from services.core.log import Duplicate, EventLog
from tests.core.toy import coins


def test_the_same_event_id_in_another_stream_is_a_duplicate_and_stores_nothing(log: EventLog) -> None:
    (once,) = coins(1)
    log.append("toy.till-120777", 0, [once])
    with pytest.raises(Duplicate):
        log.append("toy.till-120778", 0, [*coins(2), once])
    assert log.read("toy.till-120778") == []
    log.append("toy.till-120778", 0, coins(2))
