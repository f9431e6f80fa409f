"""What crosses between a gateway and a service comes out as it went in."""

from datetime import UTC, date, datetime
from typing import Any, get_type_hints

import msgspec
import pytest

from services.cluster.faults import WORDS, ServiceFailed, error_of, fault_of
from services.cluster.messages import Fault, decode_reply, faulty
from services.cluster.values import decode_answer, decode_events, encode_answer, encode_events
from services.core.deciders import Refused
from services.core.events import type_registry
from services.core.runtime import Answer
from services.core.schemas import Invalid
from services.wiring import SERVICES
from tests.cluster.samples import samples

QUERIES = {name: answers for service in SERVICES for name, answers in service.queries.items()}
NOON = datetime(2012, 3, 1, 12, tzinfo=UTC)


def sent(fault: Fault) -> Fault:
    return msgspec.json.decode(msgspec.json.encode(fault), type=Fault)


@pytest.mark.parametrize("name", sorted(QUERIES))
def test_every_answer_comes_out_as_the_objects_that_pages_see_in_one_process(name: str) -> None:
    for value in samples(get_type_hints(QUERIES[name].answer)["return"]):
        answer = Answer(value, NOON, 812)
        came = decode_answer(msgspec.Raw(encode_answer(answer)), QUERIES[name])
        assert came == answer
        assert shape(came.value) == shape(value)


def shape(value: Any) -> Any:
    """A value with the type of each of its parts: a list is no tuple, though the two may hold the same."""
    if isinstance(value, msgspec.Struct):
        return type(value), [shape(getattr(value, name)) for name in value.__struct_fields__]
    if isinstance(value, dict):
        return dict, [(type(key), shape(each)) for key, each in value.items()]
    if isinstance(value, (list, tuple)):
        return type(value), [shape(each) for each in value]
    return type(value)


@pytest.mark.parametrize("name", sorted(type_registry))
def test_every_event_that_a_command_would_record_comes_out_as_it_was(name: str) -> None:
    for event in samples(type_registry[name]):
        decided = [event, event.true_from(date(2011, 9, 1))]
        assert decode_events(msgspec.Raw(encode_events(decided))) == decided


@pytest.mark.parametrize("kind", WORDS)
def test_every_error_comes_out_as_its_class_with_its_words(kind: type[Exception]) -> None:
    came = error_of(sent(fault_of(kind("What happened, and what to do."))))
    assert type(came) is kind
    assert str(came) == "What happened, and what to do."


def test_an_invalid_command_comes_out_with_what_is_wrong_with_each_field() -> None:
    came = error_of(sent(fault_of(Invalid({"urn": ["Enter a value"], "rows.3.name": ["Too long", "Odd"]}))))
    assert isinstance(came, Invalid)
    assert came.errors == {"urn": ["Enter a value"], "rows.3.name": ["Too long", "Odd"]}


@pytest.mark.parametrize("field", [None, "year"])
def test_a_refusal_comes_out_with_its_field(field: str | None) -> None:
    came = error_of(sent(fault_of(Refused("The year is closed.", field))))
    assert isinstance(came, Refused)
    assert (came.message, came.field) == ("The year is closed.", field)


def test_of_an_unforeseen_error_only_its_class_is_told() -> None:
    came = error_of(sent(fault_of(ZeroDivisionError("Ann Other's marks"))))
    assert isinstance(came, ServiceFailed)
    assert str(came) == "The service failed: ZeroDivisionError."


def test_an_error_of_a_newer_service_is_a_failure_with_its_words() -> None:
    reply = decode_reply(faulty("SomethingNew", "Why."))
    assert reply.fault is not None
    assert isinstance(error_of(reply.fault), ServiceFailed)
