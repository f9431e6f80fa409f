"""Answers and events as they cross: typed on both sides, so that a page sees the same objects as in one process."""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from functools import cache
from typing import Any, get_type_hints

import msgspec

from services.cluster.messages import encode
from services.core.events import Dated, Event, type_registry
from services.core.runtime import Answer
from services.core.service import Answers


class _Answered(msgspec.Struct, frozen=True):
    value: msgspec.Raw
    as_at: datetime
    position: int


class _Foreseen(msgspec.Struct, frozen=True):
    """An event that a command would record, and its day where that is not today."""

    type: str
    data: msgspec.Raw
    effective_on: date | None


_decode_answered = msgspec.json.Decoder(_Answered).decode
_decode_foreseen = msgspec.json.Decoder(list[_Foreseen]).decode


def encode_answer(answer: Answer) -> bytes:
    return encode(_Answered(msgspec.Raw(encode(answer.value)), answer.as_at, answer.position))


def decode_answer(stored: bytes, answers: Answers) -> Answer:
    """The answer, its value of the type that the query's function says it returns."""
    answered = _decode_answered(stored)
    return Answer(_decoder(answers.answer).decode(answered.value), answered.as_at, answered.position)


@cache
def _decoder(answer: Callable[..., Any]) -> msgspec.json.Decoder[Any]:
    return msgspec.json.Decoder(get_type_hints(answer)["return"])


def encode_events(decided: Sequence[Event | Dated]) -> bytes:
    return encode([_foreseen(item) for item in decided])


def _foreseen(item: Event | Dated) -> _Foreseen:
    event, day = (item.event, item.effective_on) if isinstance(item, Dated) else (item, None)
    return _Foreseen(event.type_name, msgspec.Raw(encode(event)), day)


def decode_events(stored: bytes) -> list[Event | Dated]:
    return [_event(each) for each in _decode_foreseen(stored)]


def _event(foreseen: _Foreseen) -> Event | Dated:
    event = msgspec.json.decode(foreseen.data, type=type_registry[foreseen.type])
    return event if foreseen.effective_on is None else Dated(event, foreseen.effective_on)
