"""A projection folds the types it names, in order, and nothing else."""

import pytest

from services.core import events
from services.core.envelope import RecordedEvent
from services.core.events import Event, Undecodable
from services.core.projections import Projection, Unreadable, check_types
from services.core.work import Work
from tests.core.toy import CoinTaken, Greeted, TillOpened, make_projection


def recorded(position: int, data: Event | Undecodable, kind: str = "") -> RecordedEvent:
    name = kind or type(data).type_name  # type: ignore[union-attr]
    return RecordedEvent(position, "toy.till-120777", position, bytes(16), name, 1, 0, b"{}", data, b"")


def no_row(*_: object) -> None:
    return None


def test_each_event_goes_to_the_handler_of_its_type_in_order() -> None:
    projection, seen = Projection("toy.seen", version=1, tables=[]), list[tuple[str, int]]()

    @projection.on(TillOpened, Greeted)
    def door(event: Event, recorded: RecordedEvent, work: Work) -> None:
        seen.append(("door", recorded.position))

    @projection.on(CoinTaken)
    def coin(event: CoinTaken, recorded: RecordedEvent, work: Work) -> None:
        seen.append(("coin", event.pence))

    history = [TillOpened(120777), CoinTaken(120777, 5), Greeted(120777), CoinTaken(120777, 9)]
    projection.fold([recorded(at, event) for at, event in enumerate(history)], Work(no_row))
    assert seen == [("door", 0), ("coin", 5), ("door", 2), ("coin", 9)]
    assert projection.types == ["toy.TillOpened", "toy.Greeted", "toy.CoinTaken"]


def test_what_has_no_handler_is_passed_over_even_when_it_cant_be_read() -> None:
    history = [recorded(1, Greeted(1)), recorded(2, Undecodable("damaged"), "toy.Greeted")]
    Projection("toy.deaf", version=1, tables=[]).fold(history, Work(no_row))


def test_an_event_that_cant_be_read_is_not_folded() -> None:
    with pytest.raises(Unreadable, match="damaged"):
        make_projection().fold([recorded(1, Undecodable("damaged"), "toy.CoinTaken")], Work(no_row))


def test_a_projection_of_everything_is_given_everything_and_its_own_handlers_come_first() -> None:
    projection, seen = Projection("toy.every", version=1, tables=[]), list[str]()

    @projection.on_every
    def each(event: Event, recorded: RecordedEvent, work: Work) -> None:
        seen.append(event.says())

    @projection.on(CoinTaken)
    def coin(event: CoinTaken, recorded: RecordedEvent, work: Work) -> None:
        seen.append("a coin")

    projection.fold([recorded(1, TillOpened(1)), recorded(2, CoinTaken(1, 2)), recorded(3, Greeted(1))], Work(no_row))
    assert seen == ["The till opened", "a coin", "Hello"]
    assert projection.types is None


def test_a_type_is_folded_once() -> None:
    with pytest.raises(ValueError, match=r"toy\.tills folds toy\.CoinTaken twice"):
        make_projection().on(CoinTaken)(lambda event, recorded, work: None)


def test_a_folded_type_that_no_service_declares_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    check_types([make_projection()])
    monkeypatch.delitem(events.type_registry, "toy.CoinTaken")
    with pytest.raises(ValueError, match=r"toy\.tills folds toy\.CoinTaken, which no service declares"):
        check_types([make_projection()])
